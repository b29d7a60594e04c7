// A form with data-guard is sent once: a double click, or Enter pressed twice, books one appointment. The button that was
// used says that it is busy. Coming back through the history makes the form usable again.
const release = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-guard]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  event.submitter?.setAttribute("aria-busy", "true");
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});
document.addEventListener("htmx:after:swap", () => document.querySelectorAll("form[data-sent]").forEach(release));

// The first field to correct gets the focus, and the reader hears its error, which describes it. Of a form that is refused as
// a whole it is the first one to fill in again: the password, after a wrong one.
const firstToCorrect = (root) => {
  const form = root.querySelector('form > [role="alert"]:not([hidden])')?.parentElement;
  return root.querySelector('[aria-invalid="true"]') ?? Array.from(form?.elements ?? []).find((field) => field.required && !field.value);
};
const focusFirstError = (root) => firstToCorrect(root)?.focus();
document.addEventListener("htmx:after:swap", (event) => focusFirstError(event.target));
focusFirstError(document);

// How much of a text is left, from 80 % on.
const count = (field) => {
  const counter = document.getElementById(field.dataset.count);
  if (!counter) return;
  const length = field.value.length;
  counter.hidden = length < field.maxLength * 0.8;
  counter.querySelector("[data-count-value]").textContent = length;
  counter.toggleAttribute("data-near", length >= field.maxLength * 0.95);
};
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-count]")) count(event.target);
});
document.querySelectorAll("[data-count]").forEach(count);

// Passwords can be looked at.
const readyReveal = () =>
  document.querySelectorAll("[data-reveal][hidden]").forEach((button) => {
    button.hidden = false;
  });
readyReveal();
document.addEventListener("htmx:after:swap", readyReveal);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reveal]");
  if (!button) return;
  const field = document.getElementById(button.dataset.reveal);
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
});
