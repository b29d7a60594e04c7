// A clinical note is saved while it is written. The page says when it was saved, or why it was not, keeps trying, and keeps
// the text; what another page saved meanwhile is shown beside it, and nothing is saved until one of both is chosen.
const REST = 1500;
const LONGEST = 10_000;
const RETRIES = [3000, 6000, 15_000, 30_000];

for (const form of document.querySelectorAll("form[data-note]")) {
  const { csrf, revision, writer, turn, html } = form.elements;
  const status = form.querySelector("#note-status");
  const troubles = form.querySelectorAll("[data-when]");
  const edit = `${new URL(form.action).pathname}/edit`;
  let timer = 0;
  let dirtySince = 0;
  let saving = false;
  let failures = 0;

  const says = (state) => {
    for (const trouble of troubles) trouble.hidden = trouble.dataset.when !== state;
    // What was saved before is not what is written now.
    status.hidden = ["offline", "session", "other", "large"].includes(state);
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  const unsaved = () => "unsaved" in form.dataset;
  const chooses = () => ["conflict", "signed"].includes(status.dataset.state);

  const settled = (answer, page, sent) => {
    status.innerHTML = page;
    status.dataset.state = answer.status === 200 ? "saved" : answer.status === 422 ? "invalid" : "conflict";
    const there = status.querySelector("[data-revision]")?.dataset.revision;
    if (status.querySelector("[name=then]")) status.dataset.state = "signed";
    for (const mine of status.querySelectorAll("[data-keep-mine]")) mine.hidden = false;
    failures = 0;
    says("");
    if (answer.status === 200) {
      revision.value = there;
      if (html.value === sent) {
        delete form.dataset.unsaved;
        dirtySince = 0;
        form.dispatchEvent(new Event("draft:saved"));
      } else later(REST);
    } else status.dataset.revision = there;
  };

  // Signed in again, perhaps in another tab: the same person goes on here, with that session's token.
  const returned = async () => {
    const answer = await fetch(edit, { headers: { accept: "text/html" } });
    if (new URL(answer.url).pathname === "/login") return "session";
    if (answer.status >= 500) return "offline";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // The note's form, or the addendum's once it is signed: both are named after their person.
    const fresh = page.querySelector("form[data-draft]");
    if (!fresh?.dataset.draft.startsWith(form.dataset.draft)) return "other";
    csrf.value = fresh.elements.csrf.value;
    return "";
  };

  const fails = (state) => {
    says(state);
    later(RETRIES[Math.min(failures++, RETRIES.length - 1)]);
  };

  const save = async () => {
    clearTimeout(timer);
    if (saving || !unsaved() || chooses()) return;
    saving = true;
    const sent = html.value;
    turn.value = Number(turn.value) + 1;
    try {
      if (failures > 0) {
        const absent = await returned();
        if (absent) return fails(absent);
      }
      says("saving");
      const body = new URLSearchParams({ csrf: csrf.value, revision: revision.value, writer: writer.value, turn: turn.value, html: sent });
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        redirect: "manual",
        headers: { "HX-Request-Type": "partial" },
        signal: AbortSignal.timeout(20_000),
      });
      if ([200, 409, 422].includes(answer.status)) settled(answer, await answer.text(), sent);
      else if (answer.status === 413) says("large");
      else fails(answer.type === "opaqueredirect" || [403, 404].includes(answer.status) ? "session" : "offline");
    } catch {
      fails("offline");
    } finally {
      saving = false;
    }
  };

  const touched = () => {
    form.dataset.unsaved = "";
    dirtySince ||= Date.now();
    if (status.dataset.state === "invalid") status.dataset.state = "";
    if (failures === 0 && !chooses()) says("saving");
    later(Math.max(0, Math.min(REST, dirtySince + LONGEST - Date.now())));
  };

  document.addEventListener("trix-initialize", () => {
    for (const field of [writer, turn]) field.disabled = false;
    for (const mine of status.querySelectorAll("[data-keep-mine]")) mine.hidden = false;
    // The beginning of a text that the server has not taken, or that was found again.
    if (form.hasAttribute("data-draft-sent")) form.dataset.unsaved = "";
    else if ("draftFilled" in form.dataset) touched();
  });
  form.addEventListener("input", (event) => event.target === html && touched());
  form.addEventListener("draft:filled", () => html.disabled || touched());
  window.addEventListener("online", () => later(0));
  window.addEventListener("focus", () => failures > 0 && later(0));
  document.addEventListener("visibilitychange", () => document.hidden && save());

  status.addEventListener("click", (event) => {
    if (event.target.closest("[data-keep-mine]")) {
      revision.value = status.querySelector("[data-revision]").dataset.revision;
      status.dataset.state = "";
      form.dataset.unsaved = "";
      save();
    } else if (event.target.closest("[data-take-theirs]")) {
      form.dispatchEvent(new Event("draft:saved"));
      delete form.dataset.unsaved;
    }
  });
  // The form itself is sent: as one more saving of this page.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    turn.value = Number(turn.value) + 1;
    delete form.dataset.unsaved;
  });
  window.addEventListener("pageshow", (event) => event.persisted && touched());
  window.addEventListener("beforeunload", (event) => {
    if (unsaved() && failures > 0) event.preventDefault();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
