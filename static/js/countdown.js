// <span data-countdown="2026-11-20T13:30:00Z" data-now="2026-11-20T13:20:00Z"> says how long is left as m:ss, on the
// server's clock (`data-now` says how far this device's is from it), and reloads the page once it is over, so that the
// server says what happens next. The last two minutes show (data-near) and are announced once, in the sentence of a
// [data-countdown-last].
const LAST = 120;
for (const clock of document.querySelectorAll("[data-countdown]")) {
  const ahead = clock.dataset.now ? Date.now() - new Date(clock.dataset.now) : 0;
  const end = new Date(clock.dataset.countdown);
  const tick = () => {
    const left = Math.round((end - (Date.now() - ahead)) / 1000);
    if (left < 0) {
      clearInterval(ticking);
      // A page that comes back from the history is not loaded over and over.
      if (left > -5) location.reload();
      return;
    }
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left <= LAST && !clock.hasAttribute("data-near")) {
      clock.setAttribute("data-near", "");
      for (const said of document.querySelectorAll("[data-countdown-last]")) {
        said.textContent = said.dataset.countdownLast;
      }
    }
  };
  const ticking = setInterval(tick, 1000);
  tick();
}
