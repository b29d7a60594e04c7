// The agenda's forms open in one dialog: htmx puts a form into <dialog data-editor>, which then shows itself; a form that
// comes back with errors replaces the one that was sent. Closing empties it, and the focus returns to where it was.
const editor = () => document.querySelector("dialog[data-editor]");

document.addEventListener("htmx:after:swap", () => {
  const dialog = editor();
  if (!dialog?.firstElementChild) return;
  if (!dialog.open) dialog.showModal();
  const wrong = dialog.querySelector('[aria-invalid="true"]');
  (wrong ?? dialog.querySelector(".modal-body :is(input:not([type=hidden]), select, textarea)"))?.focus();
  showKind(dialog);
});

document.addEventListener(
  "close",
  (event) => {
    if (event.target.matches("dialog[data-editor]")) event.target.replaceChildren();
  },
  true,
);

// Arrow keys walk through the calendar: up and down along a day, left and right to the nearest thing of the next day.
const step = (from, key) => {
  const days = [...document.querySelectorAll(".calendar [data-day]")];
  const at = days.indexOf(from.closest("[data-day]"));
  if (at < 0) return null;
  const links = (day) => [...(day?.querySelectorAll("a") ?? [])].filter((link) => link.offsetParent);
  const own = links(days[at]);
  const monthly = from.closest(".month") !== null;
  if (!monthly && key === "ArrowDown") return own[own.indexOf(from) + 1];
  if (!monthly && key === "ArrowUp") return own[own.indexOf(from) - 1];
  const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key];
  const near = links(days[at + move]);
  const top = from.getBoundingClientRect().top;
  const far = (link) => Math.abs(link.getBoundingClientRect().top - top);
  return monthly ? near[0] : near.sort((one, other) => far(one) - far(other))[0];
};

document.addEventListener("keydown", (event) => {
  if (!event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return;
  const from = event.target.closest?.(".calendar [data-day] a");
  const to = from && step(from, event.key);
  if (!to) return;
  event.preventDefault();
  to.focus();
});

// What only one kind of exception has is shown with it; without this both are there, and the server takes what it needs.
const showKind = (root) => {
  const kind = root.querySelector("input[name=kind]:checked")?.value;
  if (!kind) return;
  for (const part of root.querySelectorAll("[data-kind]")) part.hidden = part.dataset.kind !== kind;
};
document.addEventListener("change", (event) => {
  if (event.target.matches("input[name=kind]")) showKind(event.target.form);
});
showKind(document);
