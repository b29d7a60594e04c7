//! A file of a thousand people with its mistakes, from the list and back to it, as HR sees it.

use std::fmt::Write as _;

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn hr_imports_a_thousand_people_with_errors_corrects_them_and_takes_it_back() {
    imports_a_thousand_people(false).await;
}

#[tokio::test]
async fn a_thousand_people_are_imported_and_taken_back_on_a_phone() {
    imports_a_thousand_people(true).await;
}

async fn imports_a_thousand_people(on_a_phone: bool) {
    let app = TestApp::start().await;
    let company = app.company("Verreries et miroiteries réunies de la rive gauche");
    let hr = app.hr_of(&company);
    let left = app.employee_of(&company);
    let mut browser = Browser::open(&app).await;
    if on_a_phone {
        browser.picks_up_a_phone().await;
    }
    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.goto("/rh/employees").await;
    browser.inspects("HR: one employee, selectable").await;
    browser.goto("/rh/employees/import").await;
    browser.inspects("HR: an import to begin").await;

    let mut csv = String::from("email;prénom;nom;service;poste\n");
    for number in 0..1_000 {
        let email = match number % 100 {
            7 => format!("personne-{number}@ailleurs.example"),
            42 => format!("pas-une-adresse-{number}"),
            _ => format!("personne-{number}@{}", company.domain),
        };
        writeln!(csv, "{email};Marie-Charlotte;de La Rochefoucauld {number};Direction des systèmes d’information;Cheffe de projet")
            .expect("a row");
    }
    browser
        .choose_file("file", "mille.csv", csv.as_bytes())
        .await;
    browser.submit("/rh/employees/import").await;
    browser.reads("20 lignes sont refusées").await;
    browser.inspects("HR: the preview of a thousand rows").await;
    let path = browser.path().await;
    browser.submit(&format!("{path}/confirmation")).await;
    browser.reads("980 invitations sont en route").await;
    browser.inspects("HR: the report of a thousand rows").await;
    assert_eq!(app.count("SELECT count(*) FROM invitations"), 980);
    let refused = browser.download(&format!("a[href='{path}/refused']")).await;
    assert_eq!(String::from_utf8_lossy(&refused).lines().count(), 21);

    browser.click(&format!("a[href='{path}/absent']")).await;
    browser.reads(&left.email).await;
    browser.inspects("HR: who is not in the file").await;
    browser.click("input[name='id']").await;
    browser.click("#selection button[type=submit]").await;
    browser.reads("Un accès va être suspendu").await;
    browser.inspects("HR: a selection to confirm").await;
    browser.submit("/rh/employees/selection").await;
    browser.reads("Un accès est suspendu").await;

    browser.goto(&format!("{path}/undoing")).await;
    browser.reads("980 comptes").await;
    browser.inspects("HR: an import to undo").await;
    browser.submit(&format!("{path}/undoing")).await;
    browser.reads("L’import est annulé").await;
    browser.inspects("HR: an import undone").await;
    assert_eq!(
        app.count("SELECT count(*) FROM users WHERE role = 'employee'"),
        1
    );

    // More than a request can do: the page says how far it is, and then that it is done.
    let many: String = (1_000..2_200).fold(csv, |mut csv, number| {
        writeln!(csv, "personne-{number}@{};A;B {number};;", company.domain).expect("a row");
        csv
    });
    browser.goto("/rh/employees/import").await;
    browser.inspects("HR: earlier imports").await;
    browser
        .choose_file("file", "deux-mille.csv", many.as_bytes())
        .await;
    browser.submit("/rh/employees/import").await;
    browser.reads("Si vous confirmez").await;
    let path = browser.path().await;
    browser.submit(&format!("{path}/confirmation")).await;
    browser.sees("#progress progress").await;
    browser.inspects("HR: an import under way").await;
    app.runner(huntzen::infra::jobs::Registry::default().job(huntzen::companies::jobs::run_import))
        .run_until_idle()
        .await
        .expect("the outbox");
    browser.reads("L’import est terminé").await;
    browser.inspects("HR: an import just done").await;
    browser.click("#progress a.btn").await;
    browser.reads("Nouveaux comptes").await;

    browser.goto("/rh/employees").await;
    browser.click("#all").await;
    browser.set("action", "move").await;
    browser.click("#selection button[type=submit]").await;
    browser.reads("vont changer de service").await;
    browser.inspects("HR: many to move").await;
    let id = app
        .text("SELECT user_id FROM employees LIMIT 1")
        .expect("somebody");
    browser.goto(&format!("/rh/employees/{id}")).await;
    browser.inspects("HR: one employee").await;
    browser.close().await;
}

#[tokio::test]
async fn an_employee_registers_and_hr_approves() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let hr = app.hr_of(&company);
    let mut browser = Browser::open(&app).await;
    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.goto("/rh/employees/registrations").await;
    browser.inspects("HR: registration is closed").await;
    browser.click("input[value='approval']").await;
    browser.submit("/rh/employees/registrations").await;
    browser.reads("C’est enregistré").await;
    browser.sign_out().await;

    let email = format!("chloe@{}", company.domain);
    browser.goto("/register").await;
    browser.inspects("a registration").await;
    for (field, value) in [
        ("email", email.as_str()),
        ("first_name", "Chloé"),
        ("last_name", "Durand"),
    ] {
        browser.fill(field, value).await;
    }
    browser.submit("/register").await;
    browser.reads("peut s’inscrire").await;
    browser.inspects("a registration that was sent").await;
    app.run_jobs().await;
    let mails = app.mails();
    let text = &mails.last().expect("a mail").text;
    let at = text.find("/register/").expect("a link");
    let link = text[at..]
        .split_whitespace()
        .next()
        .expect("a link")
        .to_owned();
    browser.goto(&link).await;
    browser.inspects("a registration to confirm").await;
    browser.submit(&link).await;
    browser.reads("Votre demande est arrivée").await;
    browser.inspects("a registration that waits").await;

    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.goto("/rh/employees/registrations").await;
    browser.reads(&email).await;
    browser.inspects("HR: somebody waits").await;
    browser
        .click("form[action$='/approval'] button[type=submit]")
        .await;
    browser.reads("L’accès est accordé").await;
    browser.close().await;
}
