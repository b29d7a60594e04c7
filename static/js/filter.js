// A filter form sends itself when a choice changes; its button is for keyboards and for browsers without this.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.filters");
  if (form && event.target.matches("select")) form.requestSubmit();
});
