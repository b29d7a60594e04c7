// <section data-call="polite|impolite" data-ice="[…]" [data-audio-only]> is a room for two browsers that speak with each
// other directly (WebRTC, perfect negotiation: https://w3c.github.io/webrtc-pc/#perfect-negotiation-example). The page's
// socket carries their signals. [data-state] says where it is: door, ready, waiting, connecting, connected, interrupted,
// taken; what each state shows is the style sheet's matter, and [data-say] holds the sentence for each.
const HEARTBEAT = 20000;
const PATIENCE = 4000;
const send = (frame) => window.huntzenRoom?.say(frame);
const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
  (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

for (const room of document.querySelectorAll("[data-call]")) {
  const part = (name) => room.querySelector(`[data-${name}]`);
  const polite = room.dataset.call === "polite";
  const audioOnly = "audioOnly" in room.dataset;
  const me = uuid();
  const preview = part("preview");
  const local = part("local");
  const remote = part("remote");
  const status = part("status");
  const problem = part("problem");
  // What this browser sends; who the other one is; how they are connected.
  let media;
  let screen;
  let other;
  let link;
  let heard = 0;
  let joined = false;

  const say = (state) => {
    if (room.dataset.state === state) return;
    room.dataset.state = state;
    status.textContent = status.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
  };
  const show = (video, stream) => {
    if (video.srcObject !== stream) video.srcObject = stream;
  };

  // Devices

  const wanted = () => {
    const [microphone, camera] = [part("microphones"), part("cameras")];
    const chosen = (select) => (select?.value ? { deviceId: { exact: select.value } } : {});
    return {
      audio: { echoCancellation: true, noiseSuppression: true, ...chosen(microphone) },
      video: audioOnly ? false : { width: { ideal: 1280 }, height: { ideal: 720 }, ...chosen(camera) },
    };
  };
  const capture = async () => {
    const asked = wanted();
    try {
      return await navigator.mediaDevices.getUserMedia(asked);
    } catch (error) {
      // No camera, or somebody else uses it: a voice is better than nothing.
      if (asked.video && error.name !== "NotAllowedError") {
        return navigator.mediaDevices.getUserMedia({ audio: asked.audio, video: false });
      }
      throw error;
    }
  };
  const list = async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    for (const [name, kind] of [["microphones", "audioinput"], ["cameras", "videoinput"]]) {
      const select = part(name);
      if (!select) continue;
      const before = media?.getTracks().find((track) => `${track.kind}input` === kind)?.getSettings().deviceId;
      select.replaceChildren(...devices.filter((device) => device.kind === kind)
        .map((device, at) => new Option(device.label || `${select.dataset.name} ${at + 1}`, device.deviceId, false, device.deviceId === before)));
      select.disabled = !select.length;
    }
  };
  const replace = async (kind, track) => {
    const sender = link?.peer.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)?.sender;
    await sender?.replaceTrack(track ?? null);
  };
  const prepare = async () => {
    problem.hidden = true;
    try {
      const fresh = await capture();
      const muted = { audio: !enabled("audio"), video: !enabled("video") };
      media?.getTracks().forEach((track) => track.stop());
      media = fresh;
      for (const track of media.getTracks()) {
        track.enabled = !muted[track.kind];
        await replace(track.kind, track.kind === "video" && screen ? screen.getVideoTracks()[0] : track);
      }
      for (const video of [preview, local]) show(video, media);
      room.toggleAttribute("data-without-camera", !media.getVideoTracks().length);
      await list();
      if (room.dataset.state === "door") say("ready");
      return true;
    } catch (error) {
      problem.textContent = error.name === "NotAllowedError" ? problem.dataset.refused : problem.dataset.missing;
      problem.hidden = false;
      return false;
    }
  };
  const enabled = (kind) => room.dataset[`${kind}Off`] === undefined;
  const toggle = (kind) => {
    room.toggleAttribute(`data-${kind}-off`, enabled(kind));
    for (const track of media?.getTracks() ?? []) {
      if (track.kind === kind) track.enabled = enabled(kind);
    }
    for (const button of room.querySelectorAll(`[data-toggle="${kind}"]`)) {
      button.setAttribute("aria-pressed", String(enabled(kind)));
    }
  };
  const share = async () => {
    const button = part("share");
    if (screen) {
      screen.getTracks().forEach((track) => track.stop());
      screen = undefined;
      await replace("video", media.getVideoTracks()[0]);
      show(local, media);
    } else {
      try {
        screen = await navigator.mediaDevices.getDisplayMedia({ video: true });
      } catch {
        return;
      }
      const [track] = screen.getVideoTracks();
      track.addEventListener("ended", () => screen && share());
      await replace("video", track);
      show(local, screen);
    }
    room.toggleAttribute("data-sharing", Boolean(screen));
    button.setAttribute("aria-pressed", String(Boolean(screen)));
  };

  // The connection

  const signal = (data) => link && send({ to: "call", type: "signal", target: link.other, data });
  const drop = () => {
    if (!link) return;
    clearTimeout(link.worry);
    link.peer.close();
    link = undefined;
    show(remote, null);
  };
  const connect = () => {
    drop();
    const peer = new RTCPeerConnection({ iceServers: JSON.parse(room.dataset.ice) });
    const mine = { peer, other, making: false, ignoring: false, settling: false, received: Promise.resolve() };
    link = mine;
    const stream = new MediaStream();
    // Both kinds are always negotiated: a camera that is found or lost later changes no line of the session. The polite
    // side answers on the lines that the other one offers.
    if (!polite) {
      for (const kind of audioOnly ? ["audio"] : ["audio", "video"]) {
        const track = kind === "video" && screen ? screen.getVideoTracks()[0] : media.getTracks().find((found) => found.kind === kind);
        peer.addTransceiver(track ?? kind, { direction: "sendrecv", streams: [media] });
      }
    }
    peer.addEventListener("track", ({ track }) => {
      stream.addTrack(track);
      show(remote, stream);
      remote.play?.().catch(() => {});
    });
    peer.addEventListener("icecandidate", ({ candidate }) => candidate && link === mine && signal({ candidate }));
    peer.addEventListener("negotiationneeded", async () => {
      try {
        mine.making = true;
        await peer.setLocalDescription();
        if (link === mine) signal({ description: peer.localDescription });
      } finally {
        mine.making = false;
      }
    });
    const watch = () => {
      if (link !== mine) return;
      clearTimeout(mine.worry);
      switch (peer.iceConnectionState) {
        case "connected":
        case "completed":
          return say("connected");
        case "failed":
          say("interrupted");
          return peer.restartIce();
        case "disconnected":
          say("interrupted");
          mine.worry = setTimeout(() => link === mine && peer.restartIce(), PATIENCE);
      }
    };
    peer.addEventListener("iceconnectionstatechange", watch);
    say("connecting");
  };
  const understand = async (mine, { description, candidate }) => {
    const { peer } = mine;
    if (description) {
      const ready = !mine.making && (peer.signalingState === "stable" || mine.settling);
      mine.ignoring = !polite && description.type === "offer" && !ready;
      if (mine.ignoring) return;
      mine.settling = description.type === "answer";
      await peer.setRemoteDescription(description);
      mine.settling = false;
      if (description.type === "offer") {
        for (const transceiver of peer.getTransceivers()) {
          const { kind } = transceiver.receiver.track;
          const track = kind === "video" && screen ? screen.getVideoTracks()[0] : media.getTracks().find((found) => found.kind === kind);
          transceiver.direction = "sendrecv";
          if (transceiver.sender.track !== (track ?? null)) await transceiver.sender.replaceTrack(track ?? null);
        }
        await peer.setLocalDescription();
        signal({ description: peer.localDescription });
      }
    } else if (candidate) {
      try {
        await peer.addIceCandidate(candidate);
      } catch (error) {
        if (!mine.ignoring) throw error;
      }
    }
  };

  // The room

  const join = async () => {
    if (!media && !(await prepare())) return;
    joined = true;
    room.setAttribute("data-in-room", "");
    say("waiting");
    room.scrollIntoView({ block: "nearest" });
    send({ to: "presence", type: "join", peer: me, after: heard });
  };
  const leave = (state = "ready") => {
    if (joined) send({ to: "presence", type: "leave" });
    joined = false;
    room.removeAttribute("data-in-room");
    other = undefined;
    drop();
    if (screen) share();
    media?.getTracks().forEach((track) => track.stop());
    media = undefined;
    for (const video of [preview, local]) show(video, null);
    say(state);
  };
  const receive = {
    presence: (message) => {
      if (message.type === "taken" || message.type === "shut") return leave(message.type);
      if (!joined || message.type !== "who") return;
      if (message.other === other && link) return;
      // With the socket alone gone, the two still see each other.
      if (!message.other && link?.peer.iceConnectionState === "connected") return;
      other = message.other ?? undefined;
      if (other) connect();
      else {
        drop();
        say("waiting");
      }
    },
    call: (message) => {
      heard = Math.max(heard, message.position);
      if (!joined) return;
      if (message.from !== other || !link) {
        other = message.from;
        connect();
      }
      const mine = link;
      mine.received = mine.received.then(() => link === mine && understand(mine, message.data)).catch(() => say("interrupted"));
    },
  };
  // Over, or not to be entered any more: there is no room on the page as it is now.
  document.addEventListener("page:fresh", ({ detail }) => {
    if (detail.querySelector("[data-call]")) return;
    leave("shut");
    // What somebody is writing is not lost for it.
    if (!document.querySelector("[data-chat-input]")?.value) location.reload();
  });

  document.addEventListener("room:open", () => {
    if (joined) send({ to: "presence", type: "join", peer: me, after: heard });
  });
  for (const [part, take] of Object.entries(receive)) {
    document.addEventListener(`room:${part}`, ({ detail }) => take(detail));
  }
  addEventListener("online", () => link?.peer.restartIce());
  navigator.connection?.addEventListener?.("change", () => link?.peer.restartIce());
  navigator.mediaDevices?.addEventListener("devicechange", () => media && list());
  addEventListener("pagehide", () => leave("door"));
  setInterval(() => joined && send({ to: "presence", type: "here" }), HEARTBEAT);

  part("prepare").addEventListener("click", prepare);
  part("join").addEventListener("click", join);
  part("hang-up").addEventListener("click", () => leave("door"));
  for (const button of room.querySelectorAll("[data-toggle]")) {
    button.addEventListener("click", () => toggle(button.dataset.toggle));
  }
  for (const select of room.querySelectorAll("select")) select.addEventListener("change", prepare);
  if (navigator.mediaDevices?.getDisplayMedia) part("share")?.addEventListener("click", share);
  else part("share")?.remove();
  if (!navigator.mediaDevices) {
    problem.textContent = problem.dataset.missing;
    problem.hidden = false;
  }
  room.dataset.state = "door";
}
