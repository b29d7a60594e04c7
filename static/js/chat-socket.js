// The one socket of a page: the first [data-socket] says where. What arrives is told as an event `room:<to>` of the
// document, its opening as `room:open`, its loss as `room:away`. `window.huntzenRoom.say(frame)` answers whether it was sent.
// A lost socket is opened again, later and later, at once when the network or the page comes back.
const place = document.querySelector("[data-socket]");
if (place) {
  const address = new URL(place.dataset.socket, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  // The server says this of a sign-in that is over or an appointment that is off: the page has to be loaded again.
  const NOT_WELCOME = 1008;
  let socket;
  let pause = 500;
  let timer;
  let gone = false;

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`room:${name}`, { detail }));
  const isOpen = () => socket?.readyState === WebSocket.OPEN;

  const open = () => {
    clearTimeout(timer);
    if (gone || (socket && socket.readyState <= WebSocket.OPEN)) return;
    const mine = new WebSocket(address);
    socket = mine;
    mine.addEventListener("open", () => {
      pause = 500;
      tell("open");
    });
    mine.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(data);
      tell(frame.to, frame);
    });
    mine.addEventListener("close", ({ code }) => {
      if (socket !== mine) return;
      tell("away", { code });
      if (code === NOT_WELCOME) {
        gone = true;
        location.reload();
        return;
      }
      timer = setTimeout(open, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, 15000);
    });
  };

  window.huntzenRoom = {
    isOpen,
    say(frame) {
      if (!isOpen()) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
  };
  const comeBack = () => {
    pause = 500;
    open();
  };
  window.addEventListener("online", comeBack);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && comeBack());
  window.addEventListener("pagehide", () => {
    gone = true;
    socket?.close();
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    gone = false;
    comeBack();
  });
  // After every script has said what it wants to hear.
  queueMicrotask(open);
}
