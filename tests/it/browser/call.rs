//! Two people in two browsers see and hear each other, start, lose each other, find each other again, end.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};
use chrono::Duration;

/// How many pictures of the other were drawn.
const FRAMES: &str =
    "return document.querySelector('[data-remote]').getVideoPlaybackQuality().totalVideoFrames";

impl Browser {
    async fn number(&self, script: &str) -> f64 {
        let answer = self.client.execute(script, Vec::new()).await;
        answer.ok().and_then(|value| value.as_f64()).unwrap_or(-1.0)
    }

    async fn is_in_state(&self, state: &str) {
        self.sees(&format!("[data-call][data-state='{state}']"))
            .await;
    }

    /// Waits until more pictures of the other arrive than now.
    async fn sees_the_other_move(&self) {
        let before = self.number(FRAMES).await;
        let more = format!("{FRAMES} > {}", before + 3.0);
        self.waits_until(&more).await;
        let heard = "return document.querySelector('[data-remote]').srcObject.getAudioTracks()
            .some(track => track.readyState === 'live' && !track.muted)";
        self.waits_until(heard).await;
    }

    /// What the page's connection calls itself: another name after each restart.
    async fn name_of_the_way(&self) -> String {
        let script = "const links = window.links ?? [];
            return (links[links.length - 1]?.localDescription?.sdp ?? '').match(/ice-ufrag:(\\S+)/)?.[1] ?? ''";
        let answer = self.client.execute(script, Vec::new()).await;
        answer
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

#[tokio::test]
async fn two_people_meet_start_lose_each_other_and_end() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let start = app.now() + Duration::minutes(10);
    let id = app
        .consultation(&employee, &practitioner)
        .at(&start.to_rfc3339())
        .confirmed();
    let state = || app.text("SELECT concat_ws(' ', status, duration_seconds) FROM consultations");
    let (mut patient, mut doctor) = (
        Browser::open_with_devices(&app).await,
        Browser::open_with_devices(&app).await,
    );
    let (theirs, own) = (
        format!("/employee/consultations/{id}"),
        format!("/practitioner/consultations/{id}"),
    );
    patient.sign_in(&employee.email, PASSWORD).await;
    patient.arrives_at("/employee").await;
    patient.goto(&theirs).await;
    patient.sees("[data-call]").await;
    patient.inspects("employee: the door").await;
    // Oneself first, and which camera.
    patient.click("[data-prepare]").await;
    patient.is_in_state("ready").await;
    patient
        .waits_until("return document.querySelector('[data-preview]').videoWidth > 0")
        .await;
    let cameras = "return document.querySelector('[data-cameras]').options.length";
    assert!(patient.number(cameras).await >= 1.0);
    patient.inspects("employee: before entering").await;
    patient.click("[data-join]").await;
    patient.is_in_state("waiting").await;

    doctor.sign_in(&practitioner.email, PASSWORD).await;
    doctor.arrives_at("/practitioner").await;
    doctor.goto(&own).await;
    doctor.sees("[data-call]").await;
    doctor.click("[data-join]").await;
    for browser in [&patient, &doctor] {
        browser.is_in_state("connected").await;
        browser.sees_the_other_move().await;
    }
    patient.inspects("employee: in the room").await;
    doctor.inspects("practitioner: in the room").await;

    // Starting keeps the two together, and both pages say it.
    doctor.submit(&format!("{own}/start")).await;
    doctor.sees("[data-elapsed]").await;
    patient.reads("La consultation est en cours").await;
    assert_eq!(state().as_deref(), Some("in_progress"));
    for browser in [&patient, &doctor] {
        browser.is_in_state("connected").await;
        browser.sees_the_other_move().await;
    }

    // A microphone that is off is off for the other, and says so here.
    patient.click("[data-toggle=audio]").await;
    patient
        .sees("[data-toggle=audio][aria-pressed=false]")
        .await;
    patient.click("[data-toggle=audio]").await;

    // Whoever shares the screen sends it instead of the camera's picture, and the camera's again afterwards.
    let sends_a_screen = "window.links.at(-1).getSenders()
        .some(({ track }) => track?.kind === 'video' && 'displaySurface' in track.getSettings())";
    for shared in [true, false] {
        patient.click("[data-share]").await;
        patient
            .sees(&format!("[data-share][aria-pressed={shared}]"))
            .await;
        patient
            .waits_until(&format!("return {sends_a_screen} === {shared}"))
            .await;
        doctor.sees_the_other_move().await;
    }

    // The socket is cut: the pages see each other, and it comes back by itself.
    patient
        .runs("window.cut = window.sockets.at(-1); window.cut.close()")
        .await;
    patient
        .waits_until(
            "return window.sockets.at(-1) !== window.cut && window.sockets.at(-1).readyState === 1",
        )
        .await;
    patient.sees_the_other_move().await;
    // The way is lost: another one is negotiated over the socket.
    let before = patient.name_of_the_way().await;
    patient.runs("window.links.at(-1).restartIce()").await;
    let other = format!(
        "return !window.links.at(-1).localDescription.sdp.includes('ice-ufrag:{before}')
             && window.links.at(-1).signalingState === 'stable'"
    );
    patient.waits_until(&other).await;
    for browser in [&patient, &doctor] {
        browser.is_in_state("connected").await;
        browser.sees_the_other_move().await;
    }
    // A page that is loaded again is another page, and the two meet again.
    patient.goto(&theirs).await;
    patient.sees("[data-call]").await;
    patient.click("[data-join]").await;
    for browser in [&patient, &doctor] {
        browser.is_in_state("connected").await;
        browser.sees_the_other_move().await;
    }

    app.clock.advance(Duration::seconds(3_007));
    doctor.click("[data-dialog=end]").await;
    doctor
        .click(&format!(
            "dialog form[action='{own}/end'] button[type=submit]"
        ))
        .await;
    doctor.reads("50 min").await;
    patient.reads("Cette consultation a duré 50 min").await;
    assert_eq!(state().as_deref(), Some("completed 3007"));
    doctor.reads("Présences dans la salle").await;
    // Both sides' presence was written down, and nobody is there any more.
    let still = app.count("SELECT count(*) FROM presences WHERE left_at IS NULL");
    assert_eq!(still, 0);
    let people = app.count("SELECT count(DISTINCT person_id) FROM presences");
    assert_eq!(people, 2);

    // The same duration on both dashboards and in the file.
    doctor.goto("/practitioner").await;
    doctor.reads("50 min").await;
    doctor.goto("/practitioner/activity").await;
    let file = doctor.download("a[href*='.csv']").await;
    let file = String::from_utf8(file).expect("UTF-8");
    assert!(file.contains("3007"), "{file}");
    patient.goto("/employee/consultations?tab=past").await;
    patient.reads("50 min").await;

    // They do not agree on it: the employee says so, the practitioner corrects, the team sees both.
    patient.goto(&format!("{theirs}/duration")).await;
    patient.inspects("employee: contest a duration").await;
    patient.fill("minutes", "40").await;
    patient.set("reason", "ended_earlier").await;
    patient.submit(&format!("{theirs}/duration")).await;
    patient.arrives_at(&theirs).await;
    patient.inspects("employee: a contested duration").await;
    doctor.goto(&own).await;
    doctor
        .reads("La personne indique une durée de 40 min")
        .await;
    doctor.inspects("practitioner: a contested duration").await;
    doctor.goto(&format!("{own}/duration")).await;
    doctor.inspects("practitioner: correct a duration").await;
    doctor.set("ended", "10:40").await;
    doctor.set("reason", "agreed").await;
    doctor.submit(&format!("{own}/duration")).await;
    doctor.arrives_at(&own).await;
    doctor.reads("Durée corrigée").await;
    let state = state().unwrap_or_default();
    assert!(state.starts_with("completed 2"), "{state}");
    doctor.sign_out().await;
    doctor.sign_in(&app.admin().email, PASSWORD).await;
    doctor.arrives_at("/admin").await;
    doctor.goto("/admin/durations?tab=all").await;
    doctor.reads(&id.to_string()).await;
    doctor.inspects("admin: contested durations").await;
    patient.close().await;
    doctor.close().await;
}
