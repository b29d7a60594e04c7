//! The product's main job in one browser, from the company's CSV to the practitioner's.

use chrono::{DateTime, Utc};
use huntzen::infra::mailer::Mail;

use super::Browser;
use crate::support::{
    TestApp,
    actors::{Company, Hr, PASSWORD, Practitioner},
};

/// The next Monday, 10:00 in Paris: free in every practitioner's week.
const SLOT: &str = "2026-03-23T09:00:00Z";

/// Who takes part.
struct Cast {
    app: TestApp,
    company: Company,
    hr: Hr,
    practitioner: Practitioner,
    chloe: String,
}

#[tokio::test]
async fn from_the_company_s_csv_to_the_practitioner_s() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.discloses(&company, "named");
    let cast = Cast {
        hr: app.hr_of(&company),
        practitioner: app.practitioner(),
        chloe: format!("chloe.brunel@{}", company.domain),
        company,
        app,
    };
    let mut browser = Browser::open(&cast.app).await;

    hr_imports_its_employees(&cast, &mut browser).await;
    the_invited_employee_activates_the_account(&cast, &mut browser).await;
    the_employee_finds_a_practitioner_and_books(&cast, &mut browser).await;
    the_practitioner_leads_the_consultation(&cast, &mut browser).await;
    the_practitioner_downloads_the_activity(&cast, &mut browser).await;
    hr_sees_a_count_and_a_duration(&cast, &mut browser).await;
    the_platform_sees_its_totals(&cast, &mut browser).await;

    browser.close().await;
}

async fn hr_imports_its_employees(cast: &Cast, browser: &mut Browser) {
    let domain = &cast.company.domain;
    let csv = format!(
        "\u{feff}Nom;Prénom;E-mail;Service;Fonction\r\n\
         Brunel;Chloé;Chloe.Brunel@{domain};Finance;Contrôleuse de gestion\r\n\
         \r\n\
         D’Almeida;Awa;awa@{domain};\"Ventes; export\";\r\n\
         Martin;;sans.prenom@{domain};;\r\n\
         Ailleurs;Zoé;zoe@ailleurs.example;;\r\n"
    );
    browser.sign_in(&cast.hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.goto("/rh/employees").await;
    browser.inspects("HR: no employee yet").await;
    browser.goto("/rh/employees/import").await;
    browser.inspects("HR: choose a file").await;
    browser
        .choose_file("file", "équipe.csv", csv.as_bytes())
        .await;
    browser.submit("/rh/employees/import").await;

    browser.sees("form[action$='/confirmation']").await;
    browser.inspects("HR: preview").await;
    for name in ["Brunel", "D’Almeida"] {
        browser.reads(name).await;
    }
    assert_eq!(
        cast.app.count("SELECT count(*) FROM employees"),
        0,
        "nothing before HR confirms"
    );
    browser
        .click("form[action$='/confirmation'] button[type=submit]")
        .await;
    browser.sees("form[action='/logout']").await;
    browser.arrives_after("/confirmation").await;
    browser.inspects("HR: imported").await;
    assert_eq!(cast.app.count("SELECT count(*) FROM employees"), 2);

    browser.goto("/rh/employees").await;
    browser.reads("Brunel").await;
    browser.inspects("HR: employees").await;
    browser.sign_out().await;
}

async fn the_invited_employee_activates_the_account(cast: &Cast, browser: &mut Browser) {
    cast.app.run_jobs().await;
    let mail = mail_to(cast, &cast.chloe);
    browser.becomes_somebody_else().await;
    browser.goto(link_in(&mail, "/invitation/")).await;
    browser.inspects("employee: invitation").await;

    browser.fill("password", PASSWORD).await;
    browser.fill("password_again", PASSWORD).await;
    browser.click("label[for=health_data]").await;
    browser.click("label[for=terms]").await;
    browser
        .click("form[action^='/invitation/'] button[type=submit]")
        .await;

    browser.arrives_at("/employee").await;
}

async fn the_employee_finds_a_practitioner_and_books(cast: &Cast, browser: &mut Browser) {
    let profile = format!("/employee/booking/{}", cast.practitioner.id);
    browser.goto("/employee/booking").await;
    browser.inspects("employee: search").await;
    browser.fill("q", &cast.practitioner.last_name).await;
    browser
        .click("form[action='/employee/booking'] button[type=submit]")
        .await;
    browser.click(&format!("h2 a[href='{profile}']")).await;
    browser.arrives_at(&profile).await;
    browser.inspects("employee: free slots").await;

    browser.click(&format!("button.slot[value='{SLOT}']")).await;
    browser.sees("[data-countdown]").await;
    browser.inspects("employee: confirm the slot").await;
    browser
        .click("label:has(input[name=format][value=video])")
        .await;
    browser
        .click("form[action$='/confirmation'] button[type=submit]:not([form])")
        .await;
    browser.sees("ol.timeline").await;
    browser.reads(&cast.practitioner.last_name).await;
    browser.inspects("employee: booked").await;
    assert_eq!(
        cast.app
            .text("SELECT starts_at::text FROM consultations WHERE status = 'scheduled'"),
        Some("2026-03-23 09:00:00+00".to_owned())
    );

    browser.goto("/employee/consultations").await;
    browser.inspects("employee: consultations").await;
    cast.app.run_jobs().await;
    browser.sign_out().await;
}

async fn the_practitioner_leads_the_consultation(cast: &Cast, browser: &mut Browser) {
    browser.sign_in(&cast.practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    browser.goto("/practitioner/consultations").await;
    browser.inspects("practitioner: to confirm").await;
    browser.click("form[action$='/confirmation'] button").await;
    browser.sees("[role=status], .toast, .flash, .alert").await;
    let path = format!(
        "/practitioner/consultations/{}",
        cast.app
            .text("SELECT id FROM consultations")
            .expect("a consultation")
    );
    browser.goto(&path).await;
    browser.inspects("practitioner: confirmed").await;

    travel_to(cast, SLOT);
    browser.goto(&path).await;
    browser.submit(&format!("{path}/start")).await;
    browser.sees("[data-elapsed]").await;
    browser.inspects("practitioner: in progress").await;
    cast.app.clock.advance(chrono::Duration::minutes(42));
    browser.goto(&path).await;
    browser.click("[data-dialog=end]").await;
    browser.inspects("practitioner: end, asked").await;
    browser.click("dialog[open] button[type=submit]").await;
    browser.reads("42 min").await;
    browser.inspects("practitioner: completed").await;
    assert_eq!(
        cast.app.count("SELECT duration_seconds FROM consultations"),
        42 * 60
    );
}

async fn the_practitioner_downloads_the_activity(cast: &Cast, browser: &mut Browser) {
    browser.goto("/practitioner/activity").await;
    browser.reads("42 min").await;
    browser.inspects("practitioner: activity").await;

    let file = browser.download("a[href*='activity.csv']").await;

    let text = String::from_utf8(file).expect("UTF-8");
    let text = text
        .strip_prefix('\u{feff}')
        .expect("a byte order mark, for French spreadsheets");
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records()
        .map(|row| row.expect("a row"));
    let row = rows
        .find(|row| row.iter().any(|cell| cell == cast.company.name))
        .unwrap_or_else(|| panic!("no line of the company:\n{text}"));
    assert!(row.iter().any(|cell| cell == "1"), "{row:?}");
    assert!(
        row.iter().any(|cell| cell.contains("42") || cell == "2520"),
        "{row:?}"
    );
    assert!(!text.contains("Brunel"), "the statement names nobody");
    browser.sign_out().await;
}

async fn hr_sees_a_count_and_a_duration(cast: &Cast, browser: &mut Browser) {
    browser.sign_in(&cast.hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.goto("/rh/usage").await;
    browser.reads("Brunel").await;
    browser.reads("42 min").await;
    browser.inspects("HR: usage").await;
    let source = browser.client.source().await.expect("the page");
    for secret in [
        &cast.practitioner.last_name,
        "23 mars",
        "2026-03-23",
        "10:00",
    ] {
        assert!(!source.contains(secret), "HR reads {secret:?}");
    }
    browser.goto("/employee/consultations").await;
    assert!(!browser.text().await.contains(&cast.practitioner.last_name));
    browser.goto("/rh/usage").await;
    browser.sign_out().await;
}

async fn the_platform_sees_its_totals(cast: &Cast, browser: &mut Browser) {
    let (admin, super_admin) = (cast.app.admin(), cast.app.super_admin());
    browser.sign_in(&admin.email, PASSWORD).await;
    browser.arrives_at("/admin").await;
    browser.reads("42 min").await;
    browser.inspects("admin: home").await;
    for (path, name) in [
        ("/admin/companies", "TechCorp"),
        ("/admin/practitioners", cast.practitioner.last_name.as_str()),
        ("/admin/reports", "42 min"),
    ] {
        browser.goto(path).await;
        browser.reads(name).await;
        browser.inspects(path).await;
        assert!(
            !browser.text().await.contains("Brunel"),
            "{path} names an employee"
        );
    }
    browser.sign_out().await;
    browser.sign_in(&super_admin.email, PASSWORD).await;
    browser.arrives_at("/super-admin").await;
    browser.inspects("super admin: home").await;
    assert!(!browser.text().await.contains("Brunel"));
    browser.sign_out().await;
}

fn travel_to(cast: &Cast, moment: &str) {
    let moment: DateTime<Utc> = moment.parse().expect("a date");
    cast.app.clock.advance(moment - cast.app.now());
}

/// The last mail to an address.
fn mail_to(cast: &Cast, address: &str) -> Mail {
    cast.app
        .mails()
        .into_iter()
        .rev()
        .find(|mail| mail.to == address)
        .unwrap_or_else(|| panic!("no mail to {address}"))
}

/// The address in the mail that has this path.
fn link_in<'mail>(mail: &'mail Mail, path: &str) -> &'mail str {
    mail.text
        .split_whitespace()
        .find(|word| word.contains(path))
        .unwrap_or_else(|| panic!("no link to {path}:\n{}", mail.text))
}
