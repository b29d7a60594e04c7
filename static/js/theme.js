// The theme changes under the finger; the form still tells the server, which remembers it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const choice = event.submitter;
  if (!form.matches("[data-theme-form]") || !choice) return;
  event.preventDefault();
  document.documentElement.dataset.theme = choice.value;
  for (const button of form.querySelectorAll("[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button === choice));
  }
  const body = new URLSearchParams(new FormData(form, choice));
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
});
