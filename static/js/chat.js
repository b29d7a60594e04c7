// A [data-chat] becomes live: what the socket says is put where the page would have drawn it, and the form goes through
// the socket. Without a socket the form is a form. See templates/chat/thread.html.
const chat = document.querySelector("[data-chat][data-open]");
if (chat && !chat.hasAttribute("data-past")) {
  const find = (name) => chat.querySelector(`[data-chat-${name}]`);
  const [list, scroll, form, input] = [find("messages"), find("scroll"), find("form"), find("input")];
  const [error, typing, file, chosen, changing, state] = [
    find("error"), find("typing"), find("file"), find("chosen"), find("changing"), find("state"),
  ];
  let last = Number(chat.dataset.last);
  let otherRead = Number(chat.dataset.otherRead);
  let told = 0; // how far the server knows that we have read
  let editing = null; // the message that is being changed
  let lived = false; // once there was a socket, what is written waits for the next one rather than leave the page
  const waiting = new Map(); // what was sent and is not kept yet, by client id

  const say = (type, more = {}) => window.huntzenRoom?.say({ to: "chat", type, ...more }) ?? false;
  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };
  const complain = (why) => {
    error.hidden = !why;
    error.querySelector("span").textContent = why ?? "";
  };

  // The first message of a day says which day it is; the last seen one says that it is.
  const tidy = () => {
    let day = "";
    for (const item of list.querySelectorAll("[data-message]")) {
      item.querySelector(".chat-day").hidden = item.dataset.day === day;
      day = item.dataset.day;
      if (item.hasAttribute("data-mine")) item.toggleAttribute("data-seen", Number(item.dataset.position) <= otherRead);
    }
    find("empty").hidden = list.querySelector(".chat-message") !== null;
  };

  // What was read is what was on a screen that somebody looked at.
  const read = () => {
    if (document.visibilityState !== "visible" || !document.hasFocus() || !chat.checkVisibility()) return;
    const theirs = [...list.querySelectorAll("[data-message]:not([data-mine])")].pop();
    const position = Number(theirs?.dataset.position ?? 0);
    if (position > told && say("read", { up_to: position })) {
      told = position;
      chat.querySelector("[data-chat-reading]")?.remove();
    }
  };

  const put = (html) => {
    const follow = atEnd();
    const part = document.createElement("template");
    part.innerHTML = html;
    for (const item of part.content.querySelectorAll("[data-message]")) {
      const known = list.querySelector(`[data-message="${item.dataset.message}"]`);
      if (known) {
        known.replaceWith(item);
        continue;
      }
      if (item.dataset.client) forget(item.dataset.client);
      else typing.textContent = "";
      // A change of a message that is further up than this page goes.
      const first = list.querySelector("[data-message]");
      if (first && list.querySelector("[data-chat-older]") && Number(item.dataset.position) < Number(first.dataset.position)) continue;
      const pending = list.querySelector("[data-pending]");
      if (pending) pending.before(item);
      else list.append(item);
    }
    tidy();
    if (follow) toEnd();
    read();
  };

  const forget = (client) => {
    waiting.delete(client);
    list.querySelector(`[data-pending="${client}"]`)?.remove();
  };

  const send = (text) => {
    const client = crypto.randomUUID();
    const item = find("pending").content.firstElementChild.cloneNode(true);
    item.dataset.pending = client;
    item.querySelector(".chat-text").textContent = text;
    list.append(item);
    waiting.set(client, text);
    tidy();
    toEnd();
    say("send", { client_id: client, text });
  };

  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 2, 160)}px`;
  };
  const clear = () => {
    input.value = "";
    editing = null;
    changing.hidden = true;
    if (file) file.value = "";
    if (chosen) chosen.hidden = true;
    complain(null);
    grow();
  };

  const upload = async () => {
    const button = form.querySelector("[type=submit]");
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { "HX-Request-Type": "partial" },
      });
      if (answer.status === 204) {
        form.elements.client_id.value = crypto.randomUUID();
        clear();
      } else if (answer.status === 422) complain(await answer.text());
      else form.submit();
    } catch {
      complain(state.dataset.away);
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("submit", (event) => {
    const text = input.value.trim();
    if (file?.files.length) {
      event.preventDefault();
      upload();
    } else if (lived) {
      event.preventDefault();
      if (!text) return input.focus();
      if (!editing) send(text);
      else if (!say("edit", { id: editing, text })) return complain(state.dataset.away);
      clear();
      input.focus();
    }
  });

  // Enter sends where there is a keyboard; on a phone it is a new line.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && editing) return clear();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  });

  let typed = 0;
  input.addEventListener("input", () => {
    grow();
    if (input.value && Date.now() - typed > 2500) {
      typed = Date.now();
      say("typing");
    }
  });

  file?.addEventListener("change", () => {
    const [one] = file.files;
    complain(one && one.size > Number(file.dataset.most) ? file.dataset.tooLarge : null);
    if (!error.hidden) file.value = "";
    chosen.hidden = !file.files.length;
    chosen.querySelector("span").textContent = file.files[0]?.name ?? "";
  });
  find("unchoose")?.addEventListener("click", () => {
    file.value = "";
    chosen.hidden = true;
  });

  chat.addEventListener("click", async (event) => {
    const older = event.target.closest("[data-chat-older]");
    if (older) {
      event.preventDefault();
      const answer = await fetch(older.href, { headers: { "HX-Request-Type": "partial" } });
      if (!answer.ok) return location.assign(older.href);
      const below = scroll.scrollHeight - scroll.scrollTop;
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      older.closest("li").replaceWith(part.content);
      tidy();
      scroll.scrollTop = scroll.scrollHeight - below;
      return;
    }
    const change = event.target.closest("[data-chat-change]");
    if (change && window.huntzenRoom?.isOpen()) {
      event.preventDefault();
      const item = change.closest("[data-message]");
      editing = item.dataset.message;
      changing.hidden = false;
      input.value = item.querySelector(".chat-text")?.textContent ?? "";
      grow();
      input.focus();
    } else if (event.target.closest("[data-chat-keep]")) {
      clear();
      input.focus();
    } else if (event.target.closest("[data-chat-delete]")) {
      say("delete", { id: editing });
      clear();
      input.focus();
    }
  });

  let silence;
  const said = {
    messages: ({ html, last: seen }) => {
      last = seen;
      put(html);
    },
    stored: () => {},
    read: ({ up_to: position }) => {
      otherRead = Math.max(otherRead, position);
      tidy();
    },
    typing: () => {
      const follow = atEnd();
      typing.textContent = typing.dataset.text;
      if (follow) toEnd();
      clearTimeout(silence);
      silence = setTimeout(() => { typing.textContent = ""; }, 5000);
    },
    refused: ({ client_id: client, why }) => {
      if (client) {
        if (!input.value) input.value = waiting.get(client) ?? "";
        forget(client);
        tidy();
      }
      complain(why);
    },
  };
  document.addEventListener("room:chat", ({ detail }) => said[detail.type]?.(detail));
  document.addEventListener("room:open", () => {
    state.hidden = true;
    lived = true;
    say("resume", { after: last });
    for (const [client, text] of waiting) say("send", { client_id: client, text });
    read();
  });
  document.addEventListener("room:away", () => {
    told = 0;
    state.textContent = state.dataset.away;
    state.hidden = false;
  });
  for (const moment of ["focus", "visibilitychange"]) window.addEventListener(moment, read);
  document.addEventListener("visibilitychange", read);
  grow();
  toEnd();
}
