// <section data-jitsi="/api/v1/jitsi/token" data-origin="https://…" data-consultation data-csrf data-language [data-audio-only]>
// is the door of a Jitsi room: [data-join] asks for a token, brings in the server's own script and opens the room in
// [data-frame]; leaving it, or the page, takes everything away. What goes wrong is said in [data-problem]. The page's socket
// is told who is there, as for a room without a server.
const HEARTBEAT = 20000;
const tell = (frame) => window.huntzenRoom?.say({ to: "presence", ...frame });
const scripts = new Map();
const bring = (address) => {
  if (!scripts.has(address)) {
    const script = document.createElement("script");
    script.src = address;
    const brought = new Promise((resolve, reject) => {
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => {
        scripts.delete(address);
        script.remove();
        reject(new Error(address));
      });
    });
    scripts.set(address, brought);
    document.head.append(script);
  }
  return scripts.get(address);
};
for (const room of document.querySelectorAll("[data-jitsi]")) {
  const [door, frame, problem] = ["[data-join]", "[data-frame]", "[data-problem]"].map((part) => room.querySelector(part));
  let meeting;
  const me = crypto.randomUUID?.() ?? "00000000-0000-4000-8000-" + String(Date.now()).padStart(12, "0").slice(-12);
  const arrive = () => tell({ type: "join", peer: me });
  const leave = () => {
    if (meeting) tell({ type: "leave" });
    meeting?.dispose();
    meeting = undefined;
    frame.hidden = true;
    room.removeAttribute("data-open");
    room.removeAttribute("data-in-room");
  };
  const enter = async () => {
    const { consultation, csrf, origin, language } = room.dataset;
    const answer = await fetch(room.dataset.jitsi, { method: "POST", body: new URLSearchParams({ consultation, csrf }) });
    if (!answer.ok) throw new Error(answer.status);
    const entrance = await answer.json();
    await bring(`${origin}/external_api.js`);
    const audioOnly = "audioOnly" in room.dataset;
    frame.hidden = false;
    meeting = new window.JitsiMeetExternalAPI(entrance.domain, {
      roomName: entrance.room,
      jwt: entrance.token,
      parentNode: frame,
      lang: language,
      configOverwrite: {
        startAudioOnly: audioOnly,
        startWithVideoMuted: audioOnly,
        disableInviteFunctions: true,
        doNotStoreRoom: true,
        p2p: { enabled: false },
      },
    });
    meeting.addListener("readyToClose", leave);
    meeting.addListener("videoConferenceJoined", arrive);
    room.setAttribute("data-open", "");
    room.setAttribute("data-in-room", "");
  };
  door.addEventListener("click", async () => {
    door.disabled = true;
    problem.hidden = true;
    try {
      await enter();
    } catch {
      leave();
      problem.hidden = false;
    }
    door.disabled = false;
  });
  document.addEventListener("room:open", () => meeting && arrive());
  setInterval(() => meeting && tell({ type: "here" }), HEARTBEAT);
  document.addEventListener("page:fresh", ({ detail }) => detail.querySelector("[data-jitsi]") || (leave(), location.reload()));
  addEventListener("pagehide", leave);
}
