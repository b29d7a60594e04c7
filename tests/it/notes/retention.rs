//! How long records are kept, and what is left of them.

use chrono::Duration;
use huntzen::{infra::actor::Worker, notes::queries::retention};

use super::{HOME, World};

/// Days of twenty years, and a month more.
const TWENTY_YEARS: i64 = 20 * 366 + 30;

#[tokio::test]
async fn a_record_goes_twenty_years_after_its_last_act_with_its_key() {
    let world = World::start().await;
    let app = &world.app;
    let note = app.signed_note(world.consultation, "session", "<div>Ancienne.</div>");
    let path = World::path_of(note);
    world
        .browser
        .post(&format!("{path}/addenda"), &[("text", "Complément.")])
        .await
        .assert_see_other(&path);
    app.clinical_note(world.consultation, "referral", "<div>Brouillon.</div>");
    let other = app.employee_of(&world.company);
    let consultation = app.consultation(&other, &world.practitioner);
    let theirs = consultation.at("2026-03-13T09:00:00Z").completed(600);
    app.signed_note(theirs, "session", "<div>D’une autre personne.</div>");

    app.clock.advance(Duration::days(19 * 365));
    app.run_jobs().await;
    assert_eq!(world.count(), 3);
    // They met again: nineteen years later, the time begins anew.
    let again = app.consultation(&other, &world.practitioner);
    again.at("2045-01-13T09:00:00Z").completed(600);
    app.clock.advance(Duration::days(TWENTY_YEARS - 19 * 365));
    app.run_jobs().await;
    assert_eq!(world.count(), 1);
    assert_eq!(app.count("SELECT count(*) FROM clinical_records"), 1);
    assert_eq!(app.count("SELECT count(*) FROM clinical_addenda"), 0);
    assert_eq!(
        app.count("SELECT count(*) FROM data_keys WHERE scope = 'clinical'"),
        1
    );
    let ledger = "SELECT count(*) FROM destroyed_keys WHERE reason = 'destroyed'";
    assert_eq!(app.count(ledger), 1);
    let trail = "SELECT count(*) FROM audit_logs WHERE action = 'CLINICAL_RECORDS_EXPIRED' AND actor_role = 'worker'
                 AND detail ->> 'records' = '1' AND detail ->> 'notes' = '2'";
    assert_eq!(app.count(trail), 1);
    // The consultation itself stays: it counts.
    assert_eq!(
        app.count("SELECT count(*) FROM consultations WHERE status = 'completed'"),
        3
    );
    let browser = app.client().signed_in_as(&world.practitioner);
    browser.get(&path).await.assert_status(404);
    browser
        .get(HOME)
        .await
        .assert_text("D’une autre personne.")
        .assert_nowhere("Ancienne");
}

#[tokio::test]
async fn a_late_addendum_keeps_a_record() {
    let world = World::start().await;
    let app = &world.app;
    let note = app.signed_note(world.consultation, "session", "<div>Ancienne.</div>");
    app.clock.advance(Duration::days(10 * 365));
    let browser = app.client().signed_in_as(&world.practitioner);
    let path = World::path_of(note);
    browser
        .post(&format!("{path}/addenda"), &[("text", "Dix ans après.")])
        .await
        .assert_see_other(&path);
    let before = app.now() - Duration::days(9 * 365);
    let worker = Worker::door(&app.shared);
    let forget = |before| worker.write(move |tx| retention::forget(tx, before));
    assert_eq!(forget(before).await.expect("looked").records, 0);
    let gone = forget(app.now() + Duration::days(1))
        .await
        .expect("forgotten");
    assert_eq!((gone.records, gone.notes), (1, 1));
    assert_eq!(world.count(), 0);
}
