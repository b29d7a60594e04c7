// <span data-countdown="2026-11-20T13:30:00Z"> says how long is left as m:ss, then reloads the page once it is over, so that
// the server says what happens next.
const tick = () => {
  for (const clock of document.querySelectorAll("[data-countdown]")) {
    const left = Math.round((new Date(clock.dataset.countdown) - Date.now()) / 1000);
    if (left >= 0) {
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    } else if (!clock.dataset.over) {
      clock.dataset.over = "true";
      if (left > -5) location.reload();
    }
  }
};
tick();
setInterval(tick, 1000);
