//! A company asks to join: the form, its link, and what the platform admin decides.

use futures_util::future::join;
use huntzen::infra::{
    crypto::{LinkPurpose, LinkToken},
    mailer::Mail,
};
use uuid::Uuid;

use crate::support::{TestApp, client::Client, page::Page};

const FORM: &str = "/company-request";

const FIELDS: [(&str, &str); 10] = [
    ("name", "Verrerie du Marais"),
    ("legal_name", "Verrerie du Marais SAS"),
    ("siret", "123 456 782 00010"),
    ("sector", "Artisanat"),
    ("size", "small"),
    ("first_name", "Ève"),
    ("last_name", "O’Brien"),
    ("email", "Eve@Verrerie.example"),
    ("domain", "verrerie.example"),
    ("message", "Bonjour,\nnous sommes douze."),
];

async fn ask(client: &Client, changes: &[(&str, &str)]) -> Page {
    let fields: Vec<_> = FIELDS
        .into_iter()
        .map(|(name, value)| {
            let changed = changes.iter().find(|(field, _)| *field == name);
            (name, changed.map_or(value, |(_, value)| *value))
        })
        .collect();
    client.post(FORM, &fields).await
}

/// The link of the latest request from an address.
fn link_of(app: &TestApp, email: &str) -> String {
    let column = |name: &str| -> Uuid {
        app.text(&format!(
            "SELECT {name} FROM company_requests WHERE email = '{email}' ORDER BY asked_at DESC LIMIT 1"
        ))
        .expect("a request")
        .parse()
        .expect("a uuid")
    };
    let token = LinkToken {
        id: column("id"),
        user_id: Uuid::nil(),
        nonce: column("nonce"),
    };
    let signed = app.shared.links.sign(LinkPurpose::CompanyRequest, &token);
    format!("{FORM}/{signed}")
}

/// A company that asked and confirmed; its page on the platform's side.
async fn pending(app: &TestApp, changes: &[(&str, &str)]) -> String {
    let client = app.client();
    ask(&client, changes).await.assert_ok();
    let email = changes
        .iter()
        .find(|(name, _)| *name == "email")
        .map_or("eve@verrerie.example", |(_, email)| *email);
    client.post(&link_of(app, email), &[]).await.assert_ok();
    let id = app
        .text(&format!(
            "SELECT company_id FROM company_requests WHERE email = '{email}'"
        ))
        .expect("a company");
    format!("/admin/companies/{id}")
}

/// The mails that bring an invitation, in the order in which they left.
fn invitations(app: &TestApp) -> Vec<Mail> {
    let mut mails = app.mails();
    mails.retain(|mail| mail.text.contains("/invitation/"));
    mails
}

fn statuses(app: &TestApp) -> String {
    app.text("SELECT string_agg(status, ' ' ORDER BY created_at, id) FROM companies")
        .unwrap_or_default()
}

#[tokio::test]
async fn a_company_asks_confirms_and_waits_for_the_platform() {
    let app = TestApp::start().await;
    let visitor = app.client();
    visitor.get(FORM).await.assert_ok();
    let sent = ask(&visitor, &[]).await;
    sent.assert_ok()
        .assert_text("eve@Verrerie.example".replace("eve", "Eve").as_str());
    assert_eq!(statuses(&app), "", "nothing is registered before the link");

    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "eve@verrerie.example");
    let link = link_of(&app, "eve@verrerie.example");
    let address = app.url(&link);
    assert!(mails[0].text.contains(&address) && mails[0].html.contains(&address));

    // Opening a link changes nothing: mail scanners open every one.
    let page = visitor.get(&link).await;
    page.assert_ok().assert_text("Verrerie du Marais");
    assert_eq!(statuses(&app), "");
    let done = visitor.submit(&page, &link, &[]).await;
    done.assert_ok()
        .assert_text("Votre demande nous est parvenue");
    assert_eq!(statuses(&app), "pending");

    let admin = app.client().signed_in_as(&app.admin());
    let list = admin.get("/admin/companies?status=pending").await;
    list.assert_ok().assert_text("Verrerie du Marais");
    let href = list.attributes("td a", "href").remove(0);
    let page = admin.get(&href).await;
    page.assert_ok()
        .assert_text("123\u{a0}456\u{a0}782\u{a0}00010")
        .assert_text("Ève O’Brien")
        .assert_text("nous sommes douze")
        .assert_text("Le demandeur, par le lien reçu");
}

#[tokio::test]
async fn a_link_registers_one_company_however_often_it_is_followed() {
    let app = TestApp::start().await;
    ask(&app.client(), &[]).await.assert_ok();
    let link = link_of(&app, "eve@verrerie.example");
    let (one, two) = (app.client(), app.client());
    let (first, second) = join(one.post(&link, &[]), two.post(&link, &[])).await;
    first.assert_ok();
    second.assert_ok();
    app.client().post(&link, &[]).await.assert_ok();
    assert_eq!(statuses(&app), "pending");
    assert_eq!(
        app.count("SELECT count(*) FROM audit_logs WHERE action = 'COMPANY_REQUESTED'"),
        1
    );
}

#[tokio::test]
async fn a_link_ends_and_no_other_link_opens_a_request() {
    let app = TestApp::start().await;
    ask(&app.client(), &[]).await.assert_ok();
    let link = link_of(&app, "eve@verrerie.example");
    let mut altered = link.clone();
    let last = if altered.ends_with('A') { 'B' } else { 'A' };
    altered.pop();
    altered.push(last);
    app.client().post(&altered, &[]).await.assert_status(410);
    // The same fields, signed for another purpose.
    let fields = app
        .shared
        .links
        .verify(LinkPurpose::CompanyRequest, &link[FORM.len() + 1..])
        .expect("ours");
    let other = app.shared.links.sign(LinkPurpose::Invitation, &fields);
    let other = format!("{FORM}/{other}");
    app.client().get(&other).await.assert_status(410);

    app.clock.advance(chrono::Duration::hours(48));
    app.client().get(&link).await.assert_status(410);
    app.client().post(&link, &[]).await.assert_status(410);
    assert_eq!(statuses(&app), "");
    app.clock.advance(chrono::Duration::hours(48));
    app.run_jobs().await;
    assert_eq!(
        app.count("SELECT count(*) FROM company_requests"),
        0,
        "forgotten"
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_kept() {
    let app = TestApp::start().await;
    for (field, value, said) in [
        (
            "siret",
            "123 456 782 00011",
            "sa clé de contrôle est fausse",
        ),
        ("siret", "123", "compte 14 chiffres"),
        ("email", "eve@gmail.com", "une adresse personnelle"),
        ("email", "eve@ailleurs.example", "pas au domaine indiqué"),
        (
            "domain",
            "orange.fr",
            "Tout le monde peut avoir une adresse",
        ),
        ("domain", "<script>", "pas un nom de domaine"),
        ("name", "", "Ce champ est nécessaire"),
        ("size", "huge", "Choisissez un effectif"),
    ] {
        let page = ask(&app.client(), &[(field, value)]).await;
        page.assert_status(422).assert_text(said);
        let kept = page.attributes(&format!("input[name={field}]"), "value");
        assert!(
            field == "size" || value.is_empty() || kept == [value],
            "{field}: {kept:?}"
        );
    }
    assert_eq!(app.count("SELECT count(*) FROM company_requests"), 0);
}

#[tokio::test]
async fn nobody_learns_which_companies_exist_and_nobody_s_mailbox_is_filled() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.sql(&format!(
        "UPDATE companies SET siret = '12345678200010' WHERE id = '{}'",
        company.id
    ));
    let email = format!("eve@{}", company.domain);
    let known = [
        ("email", email.as_str()),
        ("domain", company.domain.as_str()),
    ];
    let shown = |page: &Page| {
        page.texts("main")
            .join(" ")
            .replace(&email, "@")
            .replace("Eve@Verrerie.example", "@")
    };
    let (one, other) = (
        ask(&app.client(), &known).await,
        ask(&app.client(), &[]).await,
    );
    assert_eq!((one.status, shown(&one)), (other.status, shown(&other)));
    app.client()
        .post(&link_of(&app, &email), &[])
        .await
        .assert_ok();

    for _ in 0..3 {
        let page = ask(&app.client(), &known).await;
        assert_eq!((page.status, shown(&page)), (200, shown(&one)));
    }
    app.run_jobs().await;
    let mails = app.mails();
    assert!(mails.iter().filter(|mail| mail.to == email).count() <= 3);
    let refused = ask(&app.client(), &[("email", "zoe@verrerie.example")]).await;
    refused.assert_status(429).assert_text("Trop de demandes");
    assert_eq!(app.count("SELECT count(*) FROM company_requests"), 5);
    app.clock.advance(chrono::Duration::hours(25));
    ask(&app.client(), &[]).await.assert_ok();
}

#[tokio::test]
async fn a_validated_company_gets_its_domain_and_its_first_hr_account() {
    let app = TestApp::start().await;
    let path = pending(&app, &[]).await;
    let admin = app.client().signed_in_as(&app.admin());
    let early = [
        ("first_name", "Ève"),
        ("last_name", "O’Brien"),
        ("email", "eve@verrerie.example"),
    ];
    admin
        .post(&format!("{path}/team"), &early)
        .await
        .assert_status(422)
        .assert_text("n’est pas active");
    let page = admin.get(&path).await;
    let validation = format!("{path}/validation");
    admin
        .submit(&page, &validation, &[])
        .await
        .assert_see_other(&path);
    assert_eq!(statuses(&app), "active");
    assert_eq!(
        app.text("SELECT array_to_string(email_domains, ' ') FROM companies")
            .as_deref(),
        Some("verrerie.example")
    );

    // The form is filled with whoever asked.
    let page = admin.get(&path).await;
    let team = format!("{path}/team");
    admin
        .submit(&page, &team, &[])
        .await
        .assert_see_other(&path);
    for (email, said) in [
        ("eve@verrerie.example", "elle a déjà un compte"),
        ("eve@ailleurs.example", "aucun des domaines confirmés"),
        ("eve@gmail.com", "une adresse personnelle"),
    ] {
        let fields = [
            ("first_name", "Ève"),
            ("last_name", "Ott"),
            ("email", email),
        ];
        admin
            .post(&team, &fields)
            .await
            .assert_status(422)
            .assert_text(said);
    }
    app.run_jobs().await;
    let mails = invitations(&app);
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.subject, "Votre espace RH pour Verrerie du Marais");

    // Sent again, the first link ends.
    let page = admin.get(&path).await;
    let resend = page
        .attributes("form[action$='/invitation']", "action")
        .remove(0);
    admin
        .submit(&page, &resend, &[])
        .await
        .assert_see_other(&path);
    let old = mail
        .text
        .split("/invitation/")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    let old = format!("/invitation/{}", old.expect("a link"));
    app.client().get(&old).await.assert_status(410);
    app.run_jobs().await;
    let mails = invitations(&app);
    let text = &mails.get(1).expect("the second").text;
    let link = text
        .split("/invitation/")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    let link = format!("/invitation/{}", link.expect("a link"));

    let browser = app.client();
    let page = browser.get(&link).await;
    page.assert_ok().assert_text("vous confie son espace RH");
    assert!(
        page.attributes("input[name=health_data]", "name")
            .is_empty()
    );
    let password = "quatre renards dansent lundi";
    let fields = [
        ("password", password),
        ("password_again", password),
        ("locale", "fr"),
        ("terms", "true"),
    ];
    browser.post(&link, &fields).await.assert_see_other("/rh");
    browser.get("/rh/employees").await.assert_ok();
    assert_eq!(
        app.text("SELECT string_agg(kind, ' ') FROM consents")
            .as_deref(),
        Some("terms"),
        "HR has no health data here to agree about"
    );
}

#[tokio::test]
async fn two_admins_who_decide_at_once_decide_once() {
    let app = TestApp::start().await;
    let path = pending(&app, &[]).await;
    let (one, two) = (
        app.client().signed_in_as(&app.admin()),
        app.client().signed_in_as(&app.admin()),
    );
    let (validation, refusal) = (format!("{path}/validation"), format!("{path}/refusal"));
    let reason = [("reason", "Hors de France.")];
    let (first, second) = join(one.post(&validation, &[]), two.post(&refusal, &reason)).await;
    first.assert_see_other(&path);
    second.assert_see_other(&path);
    assert_eq!(app.count("SELECT count(*) FROM company_decisions"), 1);
    assert_eq!(
        app.count("SELECT count(*) FROM audit_logs WHERE action IN ('COMPANY_VALIDATED', 'COMPANY_REFUSED')"),
        1
    );
    let again = one.post(&validation, &[]).await;
    one.follow(&again)
        .await
        .assert_text("Une décision avait déjà été prise");
    app.run_jobs().await;
    let told = app
        .mails()
        .iter()
        .filter(|mail| mail.subject != "Confirmez votre demande")
        .count();
    assert_eq!(told, 1, "one answer");
}

#[tokio::test]
async fn a_refusal_and_a_suspension_have_a_reason_that_is_read_by_those_concerned() {
    let app = TestApp::start().await;
    let path = pending(&app, &[]).await;
    let boss = app.admin();
    let admin = app.client().signed_in_as(&boss);
    let refusal = format!("{path}/refusal");
    for reason in ["", "  \n"] {
        let page = admin.post(&refusal, &[("reason", reason)]).await;
        page.assert_status(422).assert_text("Donnez le motif");
    }
    admin
        .post(&refusal, &[("reason", "Hors de France.")])
        .await
        .assert_see_other(&path);
    app.run_jobs().await;
    let mails = app.mails();
    let mail = mails.last().expect("an answer");
    assert_eq!(mail.to, "eve@verrerie.example");
    assert!(mail.text.contains("Hors de France.") && mail.html.contains("Hors de France."));
    admin.post(&format!("{path}/validation"), &[]).await;
    assert_eq!(statuses(&app), "refused", "what is refused stays refused");
    admin
        .get(&path)
        .await
        .assert_text("Hors de France.")
        .assert_text(&boss.last_name);
    // Neither texts nor names in the trail.
    assert_eq!(
        app.count("SELECT count(*) FROM audit_logs WHERE detail::text LIKE '%France%'"),
        0
    );

    let company = app.company("TechCorp");
    let hr = app.hr_of(&company);
    let path = format!("/admin/companies/{}", company.id);
    admin
        .post(&format!("{path}/suspension"), &[("reason", "")])
        .await
        .assert_status(422);
    admin
        .post(
            &format!("{path}/suspension"),
            &[("reason", "Contrat échu.")],
        )
        .await
        .assert_see_other(&path);
    admin
        .post(&format!("{path}/reactivation"), &[])
        .await
        .assert_see_other(&path);
    app.run_jobs().await;
    let mut told: Vec<String> = app
        .mails()
        .iter()
        .filter(|mail| mail.to == hr.email)
        .map(|mail| mail.subject.clone())
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "L’accès de TechCorp est rétabli",
            "L’accès de TechCorp est suspendu"
        ]
    );
}

#[tokio::test]
async fn one_siret_and_one_domain_are_one_client_s() {
    let app = TestApp::start().await;
    let first = pending(&app, &[]).await;
    let second = pending(
        &app,
        &[("email", "zoe@verrerie.example"), ("name", "Verrerie bis")],
    )
    .await;
    let admin = app.client().signed_in_as(&app.admin());
    let (one, two) = (
        format!("{first}/validation"),
        format!("{second}/validation"),
    );
    let other = app.client().signed_in_as(&app.admin());
    join(admin.post(&one, &[]), other.post(&two, &[])).await;
    assert_eq!(
        app.count("SELECT count(*) FROM companies WHERE status = 'active'"),
        1
    );
    let late = if app
        .count("SELECT count(*) FROM companies WHERE status = 'active' AND name = 'Verrerie bis'")
        == 1
    {
        first
    } else {
        second
    };
    admin
        .get(&late)
        .await
        .assert_text("Une autre entreprise lui ressemble");
    let refused = admin.post(&format!("{late}/validation"), &[]).await;
    admin
        .follow(&refused)
        .await
        .assert_text("deux entreprises ne peuvent pas les partager");
    assert_eq!(
        app.count("SELECT count(*) FROM companies WHERE status = 'active'"),
        1
    );
}

#[tokio::test]
async fn the_contract_limits_the_accounts_and_the_admin_sees_no_employee() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let employee = app.employee_of(&company);
    let hr = app.client().signed_in_as(&app.hr_of(&company));
    let admin = app.client().signed_in_as(&app.admin());
    let path = format!("/admin/companies/{}", company.id);
    let contract = format!("{path}/contract");
    for wrong in ["0", "-1", "x", "1000001"] {
        let page = admin.post(&contract, &[("max_employees", wrong)]).await;
        page.assert_status(422)
            .assert_text("Un nombre entier de 1 à");
    }
    admin
        .post(&contract, &[("max_employees", "1")])
        .await
        .assert_see_other(&path);
    let email = format!("nouvelle@{}", company.domain);
    let fields = [
        ("email", email.as_str()),
        ("first_name", "Nina"),
        ("last_name", "Roy"),
    ];
    hr.post("/rh/employees", &fields)
        .await
        .assert_status(422)
        .assert_text("Tous les comptes de votre contrat (1) sont utilisés");
    admin
        .post(&contract, &[("max_employees", "")])
        .await
        .assert_see_other(&path);
    hr.post("/rh/employees", &fields).await.assert_status(303);
    let page = admin.get(&path).await;
    page.assert_nowhere(&employee.email).assert_nowhere("Nina");
    let nobody = format!("/admin/companies/{}/contract", Uuid::new_v4());
    admin
        .post(&nobody, &[("max_employees", "1")])
        .await
        .assert_status(404);
}

#[tokio::test]
async fn an_invitation_is_resent_to_hr_alone() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let hr = app.client().signed_in_as(&app.hr_of(&company));
    let email = format!("nouvelle@{}", company.domain);
    let fields = [
        ("email", email.as_str()),
        ("first_name", "Nina"),
        ("last_name", "Roy"),
    ];
    hr.post("/rh/employees", &fields).await.assert_status(303);
    let nina = app
        .text(&format!("SELECT id FROM users WHERE email = '{email}'"))
        .expect("an account");
    let admin = app.client().signed_in_as(&app.admin());
    let path = format!("/admin/companies/{}/team/{nina}/invitation", company.id);
    admin
        .post(&path, &[("issue", "1")])
        .await
        .assert_status(404);
    assert_eq!(
        app.count("SELECT max(issue) FROM invitations"),
        1,
        "an employee is HR's to invite"
    );
}
