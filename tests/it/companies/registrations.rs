//! Employees who register themselves: nobody learns who is known, and nobody gets in by another's door.

use chrono::Duration;
use futures_util::future::join;

use super::Office;
use crate::support::{client::Client, page::Page};

const FORM: &str = "/register";

async fn asks(client: &Client, email: &str) -> Page {
    client
        .post(
            FORM,
            &[
                ("email", email),
                ("first_name", "Chloé"),
                ("last_name", "Durand"),
            ],
        )
        .await
}

impl Office {
    fn allows(&self, rule: &str) {
        self.app.sql(&format!(
            "UPDATE companies SET self_registration = '{rule}' WHERE id = '{}'",
            self.company.id
        ));
    }

    /// The link that was mailed to this address last.
    async fn registration_link(&self, email: &str) -> Option<String> {
        self.app.run_jobs().await;
        let mails = self.app.mails();
        let mail = mails.iter().rfind(|mail| mail.to == email)?;
        let at = mail.text.find("/register/")?;
        let link = mail.text[at..].split_whitespace().next()?;
        Some(link.to_owned())
    }
}

fn accounts_of(office: &Office, email: &str) -> i64 {
    office.app.count(&format!(
        "SELECT count(*) FROM users WHERE email = '{email}'"
    ))
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_the_page() {
    let office = Office::open().await;
    office.allows("automatic");
    let closed = office.app.company("Fermée");
    let known = office.app.employee_of(&office.company);
    let hr = office.app.hr_of(&office.company);
    let reference = asks(&office.app.client(), &office.address("nouvelle")).await;
    let shape = |page: &Page, email: &str| page.readable().replace(email, "X");
    let expected = shape(&reference, &office.address("nouvelle"));
    for email in [
        known.email.clone(),
        hr.email.clone(),
        office.app.admin().email.clone(),
        format!("inconnue@{}", closed.domain),
        "personne@nulle-part.example".to_owned(),
    ] {
        let page = asks(&office.app.client(), &email).await;
        assert_eq!(page.status, reference.status, "{email}");
        assert_eq!(shape(&page, &email), expected, "{email}");
    }
    office.app.run_jobs().await;
    let mails = office.app.mails();
    let mut told: Vec<_> = mails
        .iter()
        .map(|mail| (mail.to.as_str(), mail.subject.as_str()))
        .collect();
    told.sort_unstable();
    assert!(
        told.iter()
            .all(|(to, _)| !to.contains("nulle-part") && !to.contains(&closed.domain)),
        "who cannot register gets no mail from us: {told:?}"
    );
    assert!(
        told.contains(&(
            known.email.as_str(),
            "Vous avez déjà un compte HuntZen Care"
        )),
        "{told:?}"
    );
}

#[tokio::test]
async fn nobody_registers_where_the_company_does_not_allow_it() {
    let office = Office::open().await;
    let email = office.address("chloe");
    asks(&office.app.client(), &email).await.assert_ok();
    assert_eq!(
        office.registration_link(&email).await,
        None,
        "off by default"
    );

    office.allows("automatic");
    asks(&office.app.client(), &email).await.assert_ok();
    let link = office.registration_link(&email).await.expect("a link");
    office.allows("off");
    let visitor = office.app.client();
    visitor.get(&link).await.assert_status(410);
    visitor.post(&link, &[]).await.assert_status(410);
    office.allows("automatic");
    office.app.sql("UPDATE companies SET status = 'suspended'");
    visitor.post(&link, &[]).await.assert_status(410);
    assert_eq!(accounts_of(&office, &email), 0);
}

#[tokio::test]
async fn an_address_at_a_confirmed_domain_opens_an_account_by_itself() {
    let office = Office::open().await;
    office.allows("automatic");
    let email = office.address("chloe");
    let visitor = office.app.client();
    asks(&visitor, &email.to_uppercase()).await.assert_ok();
    let link = office.registration_link(&email).await.expect("a link");
    visitor
        .get(&link)
        .await
        .assert_ok()
        .assert_text("TechCorp")
        .assert_text(&email);
    assert_eq!(
        accounts_of(&office, &email),
        0,
        "reading a mail opens nothing"
    );

    let answer = visitor.post(&link, &[]).await;
    answer.assert_status(303);
    assert_eq!(answer.location(), office.link_of(&email));
    visitor
        .follow(&answer)
        .await
        .assert_ok()
        .assert_text("Bienvenue Chloé");
    assert_eq!(
        office.app.text(&format!(
            "SELECT concat_ws('|', role, status, company_id) FROM users WHERE email = '{email}'"
        )),
        Some(format!("employee|pending|{}", office.company.id))
    );
    // The link is spent, whoever holds it.
    visitor.post(&link, &[]).await.assert_status(410);
    office.app.client().get(&link).await.assert_status(410);
    assert_eq!(accounts_of(&office, &email), 1);
    assert_eq!(office.app.count("SELECT count(*) FROM registrations"), 0);
    office.hr.get("/rh/employees").await.assert_text(&email);
}

#[tokio::test]
async fn two_clicks_at_once_open_one_account() {
    let office = Office::open().await;
    office.allows("automatic");
    let email = office.address("chloe");
    let (one, two) = (office.app.client(), office.app.client());
    asks(&one, &email).await.assert_ok();
    let link = office.registration_link(&email).await.expect("a link");
    let (first, second) = join(one.post(&link, &[]), two.post(&link, &[])).await;
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
    assert_eq!(accounts_of(&office, &email), 1);
    assert_eq!(office.invitation_mails(), 1);
}

#[tokio::test]
async fn hr_approves_and_refuses_those_who_wait_at_its_own_company() {
    let office = Office::open().await;
    office.allows("approval");
    let (yes, no) = (office.address("oui"), office.address("non"));
    for email in [&yes, &no] {
        let visitor = office.app.client();
        asks(&visitor, email).await.assert_ok();
        let link = office.registration_link(email).await.expect("a link");
        visitor
            .post(&link, &[])
            .await
            .assert_ok()
            .assert_text("ressources humaines de TechCorp");
        // Again: the same words, and nobody waits twice.
        visitor
            .post(&link, &[])
            .await
            .assert_ok()
            .assert_text("ressources humaines de TechCorp");
    }
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM users WHERE role = 'employee'"),
        0
    );
    let id = |email: &str| {
        office
            .app
            .text(&format!(
                "SELECT id FROM registrations WHERE email = '{email}'"
            ))
            .expect("one")
    };
    let path =
        |email: &str, what: &str| format!("/rh/employees/registrations/{}/{what}", id(email));
    office
        .hr
        .get("/rh/employees")
        .await
        .assert_text("2 personnes attendent votre accord");

    let stranger = office
        .app
        .client()
        .signed_in_as(&office.app.hr_of(&office.app.company("Autre")));
    stranger
        .get("/rh/employees/registrations")
        .await
        .assert_nowhere(&yes);
    for what in ["approval", "refusal"] {
        stranger
            .post(&path(&yes, what), &[])
            .await
            .assert_status(404);
    }
    let (approval, refusal) = (path(&yes, "approval"), path(&no, "refusal"));
    office
        .hr
        .post(&approval, &[])
        .await
        .assert_see_other("/rh/employees/registrations");
    office
        .hr
        .post(&refusal, &[])
        .await
        .assert_see_other("/rh/employees/registrations");
    for spent in [&approval, &refusal] {
        office.hr.post(spent, &[]).await.assert_status(404);
    }
    assert_eq!(
        (accounts_of(&office, &yes), accounts_of(&office, &no)),
        (1, 0)
    );
    office.app.run_jobs().await;
    let mails = office.app.mails();
    let last = |to: &str| {
        mails
            .iter()
            .rfind(|mail| mail.to == to)
            .map(|mail| mail.subject.clone())
    };
    assert_eq!(
        last(&yes).as_deref(),
        Some("TechCorp vous invite sur HuntZen Care")
    );
    assert_eq!(
        last(&no).as_deref(),
        Some("Votre demande d’accès à HuntZen Care")
    );
}

#[tokio::test]
async fn a_full_contract_makes_everybody_wait_and_hr_is_told_why() {
    let office = Office::open().await;
    office.allows("automatic");
    office.app.employee_of(&office.company);
    office.app.sql("UPDATE companies SET max_employees = 1");
    let (email, visitor) = (office.address("chloe"), office.app.client());
    asks(&visitor, &email).await.assert_ok();
    let link = office.registration_link(&email).await.expect("a link");
    visitor
        .post(&link, &[])
        .await
        .assert_ok()
        .assert_text("ressources humaines");
    let id = office
        .app
        .text("SELECT id FROM registrations")
        .expect("somebody waits");
    let answer = office
        .hr
        .post(&format!("/rh/employees/registrations/{id}/approval"), &[])
        .await;
    office.hr.follow(&answer).await.assert_text("sont utilisés");
    assert_eq!(accounts_of(&office, &email), 0);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM registrations WHERE status = 'waiting'"),
        1
    );
}

#[tokio::test]
async fn a_domain_of_another_company_leads_there_and_a_claimed_one_nowhere() {
    let office = Office::open().await;
    office.allows("automatic");
    let elsewhere = office.app.company("Autre");
    office.app.sql(&format!(
        "UPDATE companies SET self_registration = 'approval' WHERE id = '{}'",
        elsewhere.id
    ));
    let email = format!("chloe@{}", elsewhere.domain);
    let visitor = office.app.client();
    asks(&visitor, &email).await.assert_ok();
    let link = office.registration_link(&email).await.expect("a link");
    visitor
        .post(&link, &[])
        .await
        .assert_ok()
        .assert_text("Autre")
        .assert_nowhere("TechCorp");
    office
        .hr
        .get("/rh/employees/registrations")
        .await
        .assert_nowhere(&email);

    // Claimed by HR and not proved; a subdomain; a look-alike.
    office
        .app
        .claimed_domain(&office.app.hr_of(&office.company));
    let claimed = office
        .app
        .text("SELECT domain FROM company_domain_claims")
        .expect("a claim");
    for domain in [
        claimed,
        format!("rh.{}", office.company.domain),
        format!("x{}", office.company.domain),
    ] {
        let email = format!("chloe@{domain}");
        asks(&office.app.client(), &email).await.assert_ok();
        assert_eq!(office.registration_link(&email).await, None, "{email}");
    }
}

#[tokio::test]
async fn links_end_are_bound_to_their_purpose_and_cannot_be_guessed() {
    let office = Office::open().await;
    office.allows("automatic");
    let email = office.address("chloe");
    let visitor = office.app.client();
    asks(&visitor, &email).await.assert_ok();
    let link = office.registration_link(&email).await.expect("a link");
    let token = link.trim_start_matches("/register/").to_owned();
    for path in [
        format!("/invitation/{token}"),
        format!("/password-reset/{token}"),
        format!("/company-request/{token}"),
        format!("/register/x{token}"),
        "/register/%00".to_owned(),
    ] {
        let status = visitor.get(&path).await.status;
        assert!(matches!(status, 400 | 404 | 410), "{path}: {status}");
    }
    office.app.clock.advance(Duration::hours(24));
    visitor.get(&link).await.assert_status(410);
    visitor.post(&link, &[]).await.assert_status(410);
    assert_eq!(accounts_of(&office, &email), 0);
    office.app.clock.advance(Duration::hours(24));
    office.app.run_jobs().await;
    assert_eq!(
        office.app.count("SELECT count(*) FROM registrations"),
        0,
        "and is forgotten"
    );
}

#[tokio::test]
async fn nobody_fills_a_mailbox_or_the_table_from_one_place() {
    let office = Office::open().await;
    office.allows("automatic");
    let email = office.address("victime");
    for _ in 0..5 {
        asks(&office.app.client(), &email).await.assert_ok();
    }
    office.app.run_jobs().await;
    assert_eq!(office.app.mails().len(), 3);
    for number in 5..30 {
        asks(&office.app.client(), &office.address(&format!("p{number}")))
            .await
            .assert_ok();
    }
    asks(&office.app.client(), &office.address("encore"))
        .await
        .assert_status(429);
}

#[tokio::test]
async fn an_incomplete_form_comes_back_with_its_values() {
    let office = Office::open().await;
    let visitor = office.app.client();
    for (fields, wrong) in [
        (
            [("email", ""), ("first_name", "A"), ("last_name", "B")],
            "email",
        ),
        (
            [
                ("email", "a@gmail.com"),
                ("first_name", "A"),
                ("last_name", "B"),
            ],
            "email",
        ),
        (
            [
                ("email", "a@b.example"),
                ("first_name", ""),
                ("last_name", "B"),
            ],
            "first_name",
        ),
        (
            [
                ("email", "a@b.example"),
                ("first_name", "A"),
                ("last_name", "a\u{202e}b"),
            ],
            "last_name",
        ),
    ] {
        let page = visitor.post(FORM, &fields).await;
        page.assert_status(422);
        assert_eq!(
            page.texts(&format!("#{wrong}-error")).len(),
            1,
            "{fields:?}"
        );
    }
    assert_eq!(office.app.count("SELECT count(*) FROM registrations"), 0);
}

#[tokio::test]
async fn only_hr_decides_whether_its_own_company_is_open() {
    let office = Office::open().await;
    let elsewhere = office.app.company("Autre");
    office
        .hr
        .post("/rh/employees/registrations", &[("rule", "approval")])
        .await
        .assert_see_other("/rh/employees/registrations");
    let rule = |id| {
        office.app.text(&format!(
            "SELECT self_registration FROM companies WHERE id = '{id}'"
        ))
    };
    assert_eq!(rule(office.company.id).as_deref(), Some("approval"));
    assert_eq!(rule(elsewhere.id).as_deref(), Some("off"));
    for odd in ["", "everybody", "Automatic"] {
        office
            .hr
            .post("/rh/employees/registrations", &[("rule", odd)])
            .await
            .assert_status(303);
        assert_eq!(rule(office.company.id).as_deref(), Some("approval"));
    }
    office
        .hr
        .get("/rh/employees/registrations")
        .await
        .assert_text("/register");
}
