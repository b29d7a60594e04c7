//! What people want to be told, and where.

use huntzen::notifications::model::News;

use super::world::World;
use crate::support::{actors::PASSWORD, client::Client, page::Page};

const PATH: &str = "/employee/notifications/preferences";
const ADDRESS: &str = "/employee/notifications/personal-address";

async fn changes(client: &Client, path: &str, changes: &[(&str, &str)]) -> Page {
    let page = client.get(path).await;
    client.submit(&page, path, changes).await
}

/// The link in the last mail.
fn link(world: &World) -> String {
    let mails = world.app.mails();
    let mail = mails.last().expect("a mail");
    let url = world.app.url("/personal-address/");
    let line = mail.text.lines().find(|line| line.starts_with(&url));
    let line = line.unwrap_or_else(|| panic!("no link in {}", mail.text));
    line.trim_start_matches(&world.app.shared.config.public_url)
        .to_owned()
}

#[tokio::test]
async fn what_is_turned_off_is_not_said() {
    let world = World::start().await;
    let patient = world.app.client().signed_in_as(&world.employee);
    let page = changes(&patient, PATH, &[("mail_booked", ""), ("app_booked", "")]).await;
    page.assert_see_other(PATH);
    patient
        .follow(&page)
        .await
        .assert_text("Vos préférences sont enregistrées");
    let id = world.booked("video").await;
    let (employee, practitioner) = world.mails().await;
    assert!(employee.is_none() && practitioner.is_some());
    let page = patient.get("/employee/notifications").await;
    page.assert_text("Rien de nouveau");
    assert_eq!(page.texts(".bell-count").len(), 0);
    world.announces(id, News::Confirmed).await;
    patient
        .get("/employee/notifications")
        .await
        .assert_text("Votre rendez-vous est confirmé");
    // Turned on again, what was told meanwhile is there.
    let page = changes(&patient, PATH, &[("app_booked", "true")]).await;
    page.assert_status(303);
    patient
        .get("/employee/notifications")
        .await
        .assert_text("Votre rendez-vous est enregistré");
}

#[tokio::test]
async fn a_change_is_always_shown_in_the_application() {
    let world = World::start().await;
    let patient = world.app.client().signed_in_as(&world.employee);
    // Everything off, and a field that the page does not have.
    patient
        .post(PATH, &[("app_changed", "false")])
        .await
        .assert_see_other(PATH);
    let id = world.booked("video").await;
    world.moves(id, "2026-03-24T09:00:00Z").await;
    let (employee, _) = world.mails().await;
    assert!(employee.is_none());
    let page = patient.get("/employee/notifications").await;
    page.assert_text("Votre rendez-vous change de date");
    assert_eq!(page.texts(".notice").len(), 1);
}

#[tokio::test]
async fn hostile_preferences_are_refused_or_read_as_nothing() {
    let world = World::start().await;
    let patient = world.app.client().signed_in_as(&world.employee);
    for (from, until) in [
        ("22:00", "22:00"),
        ("25:61", "07:00"),
        ("", ""),
        ("07:00:00'--", "x"),
    ] {
        let page = changes(
            &patient,
            PATH,
            &[
                ("quiet", "true"),
                ("quiet_from", from),
                ("quiet_until", until),
            ],
        )
        .await;
        page.assert_status(422);
        assert!(!page.texts(".field-error").is_empty());
    }
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM notification_preferences"),
        0
    );
    let strange = [
        ("mail_'; DROP TABLE users", "true"),
        ("mail_booked", "yes"),
        ("user_id", "1"),
    ];
    patient.post(PATH, &strange).await.assert_status(303);
    let muted = world
        .app
        .text("SELECT muted_mail FROM notification_preferences");
    assert_eq!(
        muted.as_deref(),
        Some("{booked,confirmed,changed,reminder_48h,reminder_24h,reminder_1h,company_news}")
    );
}

#[tokio::test]
async fn a_personal_address_is_proved_before_it_is_used() {
    let world = World::start().await;
    let patient = world.app.client().signed_in_as(&world.employee);
    let ask = async |email: &str| {
        let page = patient.get(PATH).await;
        patient
            .submit(&page, ADDRESS, &[("email", email), ("password", PASSWORD)])
            .await
    };
    ask("moi@maison.example").await.assert_see_other(PATH);
    world.app.run_jobs().await;
    let mails = world.app.mails();
    let mail = mails.last().expect("a mail");
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        ("moi@maison.example", "Confirmez votre adresse")
    );
    assert_eq!(
        mail.sender.as_ref().map(|sender| sender.name.as_str()),
        Some("Rendez-vous")
    );
    for name in [
        world.employee.first_name.as_str(),
        "TechCorp",
        "HuntZen Care",
    ] {
        assert!(!mail.text.contains(name), "{}", mail.text);
    }
    let first = link(&world);
    // Not proved yet: still the account's.
    world.booked("video").await;
    assert!(world.mails().await.0.is_some());
    // Asking again ends the first link.
    ask("autre@maison.example").await.assert_see_other(PATH);
    world.app.run_jobs().await;
    let second = link(&world);
    let visitor = world.app.client();
    visitor.get(&first).await.assert_status(410);
    visitor.get(&second).await.assert_ok();
    // Looking at it changes nothing: mail scanners follow links.
    assert_eq!(world.app.text("SELECT email FROM personal_addresses"), None);
    let page = visitor.get(&second).await;
    visitor
        .submit(&page, &second, &[])
        .await
        .assert_ok()
        .assert_text("Adresse confirmée");
    visitor.get(&second).await.assert_status(410);
    world.booked_at("2026-03-24T09:00:00Z", "video").await;
    let before = world.app.mails().len();
    world.app.run_jobs().await;
    let to: Vec<String> = world
        .app
        .mails()
        .split_off(before)
        .into_iter()
        .map(|mail| mail.to)
        .collect();
    assert!(to.contains(&"autre@maison.example".to_owned()), "{to:?}");
    assert!(!to.contains(&world.employee.email), "{to:?}");
    patient.get(PATH).await.assert_text("autre@maison.example");
    let page = patient.get(PATH).await;
    let removal = format!("{ADDRESS}/removal");
    patient
        .submit(&page, &removal, &[])
        .await
        .assert_see_other(PATH);
    assert_eq!(world.app.text("SELECT email FROM personal_addresses"), None);
}

#[tokio::test]
async fn a_link_is_worth_nothing_once_it_is_old_tampered_or_made_for_something_else() {
    let world = World::start().await;
    let patient = world.app.client().signed_in_as(&world.employee);
    let page = patient.get(PATH).await;
    patient
        .submit(
            &page,
            ADDRESS,
            &[("email", "moi@maison.example"), ("password", PASSWORD)],
        )
        .await
        .assert_status(303);
    world.app.run_jobs().await;
    let good = link(&world);
    let visitor = world.app.client();
    let mut tampered = good.clone().into_bytes();
    let at = tampered.len() - 20;
    tampered[at] = if tampered[at] == b'A' { b'B' } else { b'A' };
    let tampered = String::from_utf8(tampered).expect("ASCII");
    for wrong in [tampered.as_str(), "/personal-address/x"] {
        visitor.get(wrong).await.assert_status(410);
        visitor.post(wrong, &[]).await.assert_status(410);
    }
    let elsewhere = good.replace("/personal-address/", "/password-reset/");
    assert_ne!(visitor.get(&elsewhere).await.status, 200);
    world.app.clock.advance(chrono::Duration::hours(49));
    visitor.post(&good, &[]).await.assert_status(410);
    assert_eq!(world.app.text("SELECT email FROM personal_addresses"), None);
}

#[tokio::test]
async fn nobody_fills_a_strangers_mailbox_from_here() {
    let world = World::start().await;
    let patient = world.app.client().signed_in_as(&world.employee);
    let ask = async |email: &str| {
        patient
            .post(ADDRESS, &[("email", email), ("password", PASSWORD)])
            .await
    };
    for wrong in [
        "",
        "moi",
        "a@b@c.example",
        "a@b.example\r\nBcc: c@d.example",
    ] {
        ask(wrong).await.assert_status(422);
    }
    let own = world.employee.email.clone();
    ask(&own)
        .await
        .assert_status(422)
        .assert_text("C’est déjà l’adresse de votre compte");
    for number in 0..5 {
        ask(&format!("voisin{number}@maison.example"))
            .await
            .assert_status(303);
    }
    ask("voisin6@maison.example").await.assert_status(422);
    // Taking it back does not give the links back.
    patient
        .post(&format!("{ADDRESS}/removal"), &[])
        .await
        .assert_status(303);
    ask("voisin7@maison.example").await.assert_status(422);
    world.app.clock.advance(chrono::Duration::hours(25));
    ask("voisin8@maison.example").await.assert_status(303);
}

#[tokio::test]
async fn a_practitioner_has_preferences_and_no_personal_address() {
    let world = World::start().await;
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let path = "/practitioner/notifications/preferences";
    let page = doctor.get(path).await;
    page.assert_ok().assert_nowhere("personal-address");
    let ticked = page.form(path);
    let mails: Vec<_> = ticked
        .iter()
        .filter(|(name, _)| name.starts_with("mail_"))
        .collect();
    assert_eq!(mails.len(), 4, "{mails:?}");
    doctor
        .submit(&page, path, &[("mail_reminder_1h", "true")])
        .await
        .assert_status(303);
    let muted = world
        .app
        .text("SELECT muted_mail FROM notification_preferences");
    assert_eq!(muted.as_deref(), Some("{reminder_48h}"));
}
