// A form with data-draft keeps what is being written in this tab (sessionStorage) until it is saved: an expired session, a
// lost connection or a page left by mistake loses nothing. The name holds whose it is; nobody else finds it. It goes with the
// tab, with what was saved (data-draft-done, which may name it; `draft:saved` on the form), with signing out in any tab, and
// after a day. `draft:filled` tells the form that its fields were given other values.
const DAY = 24 * 60 * 60 * 1000;
const KEPT = ["journal:", "note:"];

const drop = (beginning = "") => {
  for (const name of Object.keys(sessionStorage))
    if (KEPT.some((kind) => name.startsWith(kind)) && name.startsWith(beginning)) sessionStorage.removeItem(name);
};

const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.hasAttribute("name") && (field.type !== "hidden" || field.hasAttribute("data-draft-keep")) && field.type !== "submit",
  );

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
  form.dispatchEvent(new Event("draft:filled"));
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

const done = document.querySelector("[data-draft-done]");
if (done) drop(done.dataset.draftDone || "journal:");

for (const form of document.querySelectorAll("form[data-draft]")) {
  const shown = read(form);
  // What the server just refused is in the form already.
  const draft = form.hasAttribute("data-draft-sent") ? null : find(form);
  if (draft && JSON.stringify(draft) !== JSON.stringify(shown)) {
    fill(form, draft);
    form.dataset.draftFilled = "";
    const note = form.querySelector("[data-draft-found]");
    note.hidden = false;
    note.querySelector("[data-draft-drop]").addEventListener("click", () => {
      fill(form, shown);
      drop(form.dataset.draft);
      note.hidden = true;
      form.elements.text.focus();
    });
  }
  form.addEventListener("input", () => keep(form));
  form.addEventListener("draft:saved", () => drop(form.dataset.draft));
}

// Who signs out in one tab, signs out in all: what they were writing goes too, and pages with nothing unsaved in them go to
// the sign-in.
const tabs = new BroadcastChannel("huntzen:signed-out");
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[action='/logout']")) return;
  drop();
  tabs.postMessage("");
});
tabs.addEventListener("message", () => {
  drop();
  const unsaved = document.querySelector("form[data-unsaved]");
  if (document.querySelector("form[data-draft], [data-draft-done], [data-private]") && !unsaved) location.replace("/login");
});
