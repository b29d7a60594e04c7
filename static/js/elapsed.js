// <span data-elapsed="2026-11-23T13:30:00Z" data-now="2026-11-23T13:42:07Z"> goes on counting from what the server wrote,
// on the server's clock: `data-now` says how far this device's is from it. Clocks that come later count as well.
const ahead = new WeakMap();
const clockOf = (seconds) => {
  const pad = (figure) => String(figure).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
};
setInterval(() => {
  for (const clock of document.querySelectorAll("[data-elapsed]")) {
    if (!ahead.has(clock)) ahead.set(clock, Date.now() - new Date(clock.dataset.now));
    const since = new Date(clock.dataset.elapsed);
    clock.textContent = clockOf(Math.max(0, Math.floor((Date.now() - ahead.get(clock) - since) / 1000)));
  }
}, 1000);
