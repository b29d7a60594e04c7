//! Invitations: sent, resent, followed, accepted once.

use super::Office;
use crate::support::{client::Client, page::Page};
use futures_util::future::join;
use huntzen::privacy::consents::CURRENT_VERSION;

const PASSWORD: &str = "quatre renards dansent lundi";

const ACCEPTED: [(&str, &str); 5] = [
    ("password", PASSWORD),
    ("password_again", PASSWORD),
    ("locale", "en"),
    ("terms", "true"),
    ("health_data", "true"),
];

async fn invited(name: &str) -> (Office, String) {
    let office = Office::open().await;
    let email = office.address(name);
    office
        .import(&format!("email;prenom;nom\n{email};Chloé;Durand\n"))
        .await;
    (office, email)
}

async fn accept(client: &Client, link: &str, changes: &[(&str, &str)]) -> Page {
    let fields: Vec<_> = ACCEPTED
        .into_iter()
        .map(|(name, value)| {
            let changed = changes.iter().find(|(field, _)| *field == name);
            (name, changed.map_or(value, |(_, value)| *value))
        })
        .collect();
    client.post(link, &fields).await
}

fn status_of(office: &Office, email: &str) -> String {
    office
        .app
        .text(&format!("SELECT status FROM users WHERE email = '{email}'"))
        .expect("an account")
}

#[tokio::test]
async fn an_invited_person_activates_the_account_and_lands_in_the_safe_space() {
    let (office, email) = invited("chloe").await;
    office.app.run_jobs().await;
    let mails = office.app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, email);
    assert_eq!(mails[0].subject, "TechCorp vous invite sur HuntZen Care");
    let link = office.link_of(&email);
    let address = office.app.url(&link);
    assert!(mails[0].html.contains(&address) && mails[0].text.contains(&address));
    assert!(mails[0].text.contains("mars"), "{}", mails[0].text);

    let browser = office.app.client();
    let page = browser.get(&link).await;
    page.assert_ok()
        .assert_text("TechCorp")
        .assert_text("Chloé");
    assert!(
        page.attributes("input[type=checkbox]", "checked")
            .is_empty(),
        "no box is ticked"
    );
    accept(&browser, &link, &[])
        .await
        .assert_see_other("/employee");

    assert!(browser.session_id().is_some(), "signed in");
    assert_eq!(status_of(&office, &email), "active");
    assert_eq!(
        office.app.text("SELECT string_agg(kind || ' ' || version || ' ' || locale, ', ' ORDER BY kind) FROM consents").as_deref(),
        Some(&*format!("health_data {CURRENT_VERSION} fr, terms {CURRENT_VERSION} fr")),
        "in the language they were read in"
    );
    assert_eq!(
        office
            .app
            .text(&format!("SELECT locale FROM users WHERE email = '{email}'"))
            .as_deref(),
        Some("en")
    );
    let again = browser
        .post("/login", &[("email", &email), ("password", PASSWORD)])
        .await;
    again.assert_status(303);
}

#[tokio::test]
async fn an_english_speaker_is_invited_in_english() {
    let office = Office::open().await;
    let email = office.address("ada");
    office
        .hr
        .post(
            "/rh/employees",
            &[
                ("email", &email),
                ("first_name", "Ada"),
                ("last_name", "Byron"),
                ("locale", "en"),
            ],
        )
        .await
        .assert_status(303);
    office.app.run_jobs().await;
    let mail = &office.app.mails()[0];
    assert_eq!(mail.subject, "TechCorp invites you to HuntZen Care");
    assert!(mail.html.contains("Hello Ada") && mail.text.contains("works once"));
}

#[tokio::test]
async fn a_link_works_once() {
    let (office, email) = invited("chloe").await;
    let link = office.link_of(&email);
    accept(&office.app.client(), &link, &[])
        .await
        .assert_status(303);
    office.app.clock.advance(chrono::Duration::minutes(3));

    let thief = office.app.client();
    thief
        .get(&link)
        .await
        .assert_status(410)
        .assert_text("déjà activé");
    accept(&thief, &link, &[]).await.assert_status(410);
    assert!(
        thief.session_id().is_none(),
        "even with the right password, a used link opens nothing"
    );
}

#[tokio::test]
async fn a_double_click_accepts_once_and_signs_in() {
    let (office, email) = invited("chloe").await;
    let link = office.link_of(&email);
    let (one, two) = (office.app.client(), office.app.client());
    let (first, second) = join(accept(&one, &link, &[]), accept(&two, &link, &[])).await;

    first.assert_see_other("/employee");
    second.assert_see_other("/employee");
    assert_eq!(office.app.count("SELECT count(*) FROM credentials c JOIN users u ON u.id = c.user_id WHERE u.role = 'employee'"), 1);
    assert_eq!(office.app.count("SELECT count(*) FROM consents"), 2);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM audit_logs WHERE action = 'EMPLOYEE_ACTIVATED'"),
        1
    );

    let other = "huit pianos rouges attendent";
    let wrong = office.app.client();
    accept(
        &wrong,
        &link,
        &[("password", other), ("password_again", other)],
    )
    .await
    .assert_status(410);
    assert!(wrong.session_id().is_none());
}

#[tokio::test]
async fn a_link_ends_after_seven_days_and_a_resend_opens_a_new_one() {
    let (office, email) = invited("chloe").await;
    office.app.run_jobs().await;
    let old = office.link_of(&email);
    office
        .app
        .clock
        .advance(chrono::Duration::days(7) - chrono::Duration::seconds(1));
    office.app.client().get(&old).await.assert_ok();
    office.app.clock.advance(chrono::Duration::seconds(1));
    let expired = office.app.client().get(&old).await;
    expired
        .assert_status(410)
        .assert_text("a expiré")
        .assert_text("ressources humaines");
    accept(&office.app.client(), &old, &[])
        .await
        .assert_status(410);

    let hr = office
        .app
        .client()
        .signed_in_as(&office.app.hr_of(&office.company));
    let list = hr.get("/rh/employees").await;
    list.assert_text("Invitation expirée");
    let action = format!("/rh/employees/{}/invitation", office.id_of(&email));
    hr.submit(&list, &action, &[])
        .await
        .assert_see_other("/rh/employees");
    // The same page's button again: another click, no other mail.
    hr.submit(&list, &action, &[])
        .await
        .assert_see_other("/rh/employees");
    office.app.run_jobs().await;

    assert_eq!(office.app.mails().len(), 2);
    let fresh = office.link_of(&email);
    assert_ne!(fresh, old);
    assert!(office.app.mails()[1].text.contains(&fresh));
    office
        .app
        .client()
        .get(&old)
        .await
        .assert_status(410)
        .assert_text("plus récente");
    accept(&office.app.client(), &fresh, &[])
        .await
        .assert_see_other("/employee");
}

#[tokio::test]
async fn all_expired_invitations_are_sent_again_together() {
    let office = Office::open().await;
    let row = |name: &str| format!("{};Chloé;Durand\n", office.address(name));
    office
        .import(&format!("email;prenom;nom\n{}{}", row("a"), row("b")))
        .await;
    office.app.clock.advance(chrono::Duration::days(8));
    let hr = office
        .app
        .client()
        .signed_in_as(&office.app.hr_of(&office.company));
    hr.post(
        "/rh/employees",
        &[
            ("email", &office.address("c")),
            ("first_name", "C"),
            ("last_name", "D"),
        ],
    )
    .await
    .assert_status(303);
    let done = hr.post("/rh/employees/invitations", &[]).await;
    hr.follow(&done)
        .await
        .assert_text("2 invitations sont renvoyées");
    office.app.run_jobs().await;
    assert_eq!(
        office.app.mails().len(),
        3,
        "the links that ended before their mail left are not sent"
    );
    let again = hr.post("/rh/employees/invitations", &[]).await;
    hr.follow(&again).await.assert_text("rien n’a été renvoyé");
}

#[tokio::test]
async fn a_link_that_was_altered_or_never_existed_opens_nothing() {
    let (office, email) = invited("chloe").await;
    let link = office.link_of(&email);
    let mut altered = link.clone();
    let last = altered.pop().expect("a letter");
    altered.push(if last == 'A' { 'B' } else { 'A' });
    for path in [altered.as_str(), "/invitation/x", &link[..link.len() - 4]] {
        let visitor = office.app.client();
        visitor
            .get(path)
            .await
            .assert_status(410)
            .assert_text("Ce lien n’est pas complet");
        accept(&visitor, path, &[]).await.assert_status(410);
    }
    office.app.sql("DELETE FROM invitations");
    office.app.client().get(&link).await.assert_status(410);
    assert_eq!(status_of(&office, &email), "pending");
}

#[tokio::test]
async fn nothing_is_accepted_without_both_consents_and_a_strong_password() {
    let (office, email) = invited("chloe.durand").await;
    let link = office.link_of(&email);
    let cases: [(&[(&str, &str)], &str); 6] = [
        (&[("terms", "")], "terms"),
        (&[("health_data", "")], "health_data"),
        (
            &[("password", "court"), ("password_again", "court")],
            "password",
        ),
        (
            &[
                ("password", "chloe durand 2026"),
                ("password_again", "chloe durand 2026"),
            ],
            "password",
        ),
        (
            &[("password_again", "autre chose de différent")],
            "password_again",
        ),
        (&[("password", "")], "password"),
    ];
    for (changes, wrong) in cases {
        let visitor = office.app.client();
        let answer = accept(&visitor, &link, changes).await;
        answer.assert_status(422).assert_nowhere(PASSWORD);
        assert_eq!(
            answer.texts(&format!("#{wrong}-error")).len(),
            1,
            "{changes:?}"
        );
        assert!(visitor.session_id().is_none());
    }
    assert_eq!(status_of(&office, &email), "pending");
    assert_eq!(office.app.count("SELECT count(*) FROM consents"), 0);
    office
        .app
        .client()
        .post(&link, &[])
        .await
        .assert_status(422);
}

#[tokio::test]
async fn a_suspended_invitation_is_closed_until_it_is_restored() {
    let (office, email) = invited("chloe").await;
    let path = format!("/rh/employees/{}", office.id_of(&email));
    office
        .hr
        .post(&format!("{path}/suspension"), &[])
        .await
        .assert_see_other(&path);
    office.app.run_jobs().await;
    assert!(
        office.app.mails().is_empty(),
        "no mail for a closed account"
    );
    let link = office.link_of(&email);
    office
        .app
        .client()
        .get(&link)
        .await
        .assert_status(410)
        .assert_text("Cet accès est fermé");
    accept(&office.app.client(), &link, &[])
        .await
        .assert_status(410);

    office
        .hr
        .post(&format!("{path}/reactivation"), &[])
        .await
        .assert_see_other(&path);
    assert_eq!(status_of(&office, &email), "pending");
    accept(&office.app.client(), &link, &[])
        .await
        .assert_see_other("/employee");
    let flash = office
        .hr
        .post(&format!("{path}/invitation"), &[("issue", "1")])
        .await;
    office
        .hr
        .follow(&flash)
        .await
        .assert_text("n’attend plus d’invitation");
}

#[tokio::test]
async fn the_outbox_holds_ids_and_no_address() {
    let (office, email) = invited("chloe").await;
    let payload = office.app.text("SELECT payload FROM jobs").expect("a job");
    assert!(
        !payload.contains(&email) && !payload.contains("Chlo"),
        "{payload}"
    );
    let nonce = office
        .app
        .text("SELECT nonce FROM invitations")
        .expect("a nonce");
    assert!(!payload.contains(&nonce), "{payload}");
}
