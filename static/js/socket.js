// <main data-socket="/employee/consultations/…/socket"> keeps one socket open for the whole page. Whoever has something to
// say dispatches "socket:send" on document, with the frame as detail; what the server says arrives as "socket:message".
// "socket:open" and "socket:close" tell whether frames can leave now. A lost socket is opened again, later each time.
const LONGEST = 15000;
for (const page of document.querySelectorAll("[data-socket]")) {
  let socket;
  let pause = 500;
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`socket:${name}`, { detail }));
  const open = () => {
    const address = new URL(page.dataset.socket, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      pause = 500;
      page.setAttribute("data-live", "");
      tell("open");
    });
    socket.addEventListener("message", ({ data }) => tell("message", JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => {
      page.removeAttribute("data-live");
      tell("close");
      // Refused for good: signed out, or cancelled. The page itself will say so.
      if (code === 1008) return;
      setTimeout(open, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST);
    });
  };
  document.addEventListener("socket:send", ({ detail }) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(detail));
  });
  open();
}
