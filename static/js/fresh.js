// What a page says of its consultation changes while people look at it: each [data-fresh] (with an id) is replaced by what
// the server draws now, when the socket says that something changed (`room:room`), and when a form[data-in-call] is sent
// by somebody who is in the room ([data-in-room]) and would leave it with the page. `page:fresh` tells the rest, with the
// new document.
const adopt = (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const region of document.querySelectorAll("[data-fresh]")) {
    const now = fresh.getElementById(region.id);
    // Nobody's question disappears while it is read.
    if (now && !region.querySelector("dialog[open]")) region.replaceWith(document.adoptNode(now));
  }
  document.dispatchEvent(new CustomEvent("page:fresh", { detail: fresh }));
};
document.addEventListener("room:room", async ({ detail }) => {
  if (detail.type !== "changed") return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (answer.ok) adopt(await answer.text());
});
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-in-call]");
  if (!form || !document.querySelector("[data-in-room]")) return;
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (answer.ok) adopt(await answer.text());
  else location.reload();
});
