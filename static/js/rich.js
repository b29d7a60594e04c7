// A [data-rich] field becomes an editor (Trix, which the page loads after this): its markup is sent in the place of the plain
// text. Without Trix the plain field stays.
const { head } = document;
if (document.querySelector("[data-rich]")) {
  // Trix brings its few rules as a <style>, which the page's policy refuses: our sheet has them.
  const insert = head.insertBefore;
  head.insertBefore = (node, before) => (node.matches?.("style[data-tag-name]") ? node : insert.call(head, node, before));
}

// A heading of a text is below those of the page.
document.addEventListener("trix-before-initialize", () => {
  Trix.config.blockAttributes.heading1.tagName = "h3";
});
// What is pasted comes without styles and handlers: the server takes none of them, and the policy stops them aloud.
document.addEventListener("trix-before-paste", ({ paste }) => {
  if (!paste.html) return;
  const { body } = new DOMParser().parseFromString(paste.html, "text/html");
  for (const element of body.querySelectorAll("script, style, template, svg, math, iframe, object")) element.remove();
  for (const element of body.querySelectorAll("*"))
    for (const { name, value } of [...element.attributes])
      if (name !== "href" || !/^(https?|mailto|tel):/i.test(value)) element.removeAttribute(name);
  paste.html = body.innerHTML;
});
// Texts only.
document.addEventListener("trix-file-accept", (event) => event.preventDefault());
document.addEventListener("trix-attachment-add", (event) => event.attachment.remove());

const become = (field) => {
  const [plain, markup, toolbar] = ["text", "text-markup", "text-toolbar"].map((id) => document.getElementById(id));
  const form = markup.form;
  const editor = document.createElement("trix-editor");
  editor.id = "text-editor";
  editor.className = "textarea rich-editor prose";
  editor.setAttribute("input", markup.id);
  editor.setAttribute("toolbar", toolbar.id);
  editor.setAttribute("aria-labelledby", "text-label");
  editor.setAttribute("aria-multiline", "true");
  for (const name of ["aria-describedby", "aria-invalid"])
    if (plain.hasAttribute(name)) editor.setAttribute(name, plain.getAttribute(name));
  toolbar.hidden = false;
  plain.before(editor);
  plain.hidden = plain.disabled = true;
  markup.disabled = false;
  document.getElementById("text-label").addEventListener("click", () => editor.focus());

  let known = markup.value;
  editor.addEventListener("trix-initialize", () => {
    known = markup.value;
    field.dataset.ready = "";
  });
  // Formatting is writing too, and gives no event of its own.
  editor.addEventListener("trix-change", () => {
    if (!("ready" in field.dataset) || markup.value === known) return;
    known = markup.value;
    markup.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("draft:filled", () => {
    editor.editor?.loadHTML(markup.value);
    editor.focus();
  });

  // Trix listens to the pointer; keys press buttons as well.
  const tools = [...toolbar.querySelectorAll(".rich-tool")];
  toolbar.addEventListener("click", (event) => {
    const tool = event.target.closest(".rich-tool");
    if (tool && event.detail === 0) tool.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  });
  const watch = new MutationObserver(() => {
    for (const tool of tools)
      if (tool.dataset.trixAttribute) tool.setAttribute("aria-pressed", String(tool.hasAttribute("data-trix-active")));
  });
  watch.observe(toolbar, { subtree: true, attributeFilter: ["data-trix-active"] });
  for (const tool of tools) if (tool.dataset.trixAttribute) tool.setAttribute("aria-pressed", "false");
};

document.addEventListener("DOMContentLoaded", () => {
  if (window.Trix) document.querySelectorAll("[data-rich]").forEach(become);
});
