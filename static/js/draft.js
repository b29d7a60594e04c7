// A form with data-draft keeps what is being written in this tab (sessionStorage) until it is saved: an expired session, a
// lost connection or a page left by mistake loses nothing. The name holds whose it is; nobody else finds it. It goes with the
// tab, with the saved entry (data-draft-done), with signing out, and after a day.
const DAY = 24 * 60 * 60 * 1000;
const kept = "journal:";

const drop = () => {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(kept)) sessionStorage.removeItem(name);
};

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");

const read = (form) =>
  fieldsOf(form)
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);

const fill = (form, draft) => {
  const values = new Map();
  for (const [name, value] of draft) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of fieldsOf(form)) {
    const own = values.get(field.name) ?? [];
    if (["radio", "checkbox"].includes(field.type)) field.checked = own.includes(field.value);
    else field.value = own[0] ?? "";
  }
};

const keep = (form) => {
  try {
    sessionStorage.setItem(form.dataset.draft, JSON.stringify({ at: Date.now(), fields: read(form) }));
  } catch {
    // A browser without room or without storage: the form itself still holds everything.
  }
};

const find = (form) => {
  try {
    const draft = JSON.parse(sessionStorage.getItem(form.dataset.draft));
    return draft && Date.now() - draft.at < DAY ? draft.fields : null;
  } catch {
    return null;
  }
};

if (document.querySelector("[data-draft-done]")) drop();

for (const form of document.querySelectorAll("form[data-draft]")) {
  const shown = read(form);
  // What the server just refused is in the form already.
  const draft = form.hasAttribute("data-draft-sent") ? null : find(form);
  if (draft && JSON.stringify(draft) !== JSON.stringify(shown)) {
    fill(form, draft);
    const note = form.querySelector("[data-draft-found]");
    note.hidden = false;
    note.querySelector("[data-draft-drop]").addEventListener("click", () => {
      fill(form, shown);
      drop();
      note.hidden = true;
      form.elements.text.focus();
    });
  }
  form.addEventListener("input", () => keep(form));
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[action='/logout']")) drop();
});
