//! One employee: the address before the account is opened, the mail that never arrived, the usage.

use huntzen::{
    infra::{
        config::MailTransport,
        jobs::{Runner, retry::MAX_ATTEMPTS},
        mailer::Mailer,
    },
    jobs::registry,
};
use secrecy::SecretString;

use super::Office;
use crate::support::{app::config_for, smtp::SmtpSink};

async fn invited(name: &str) -> (Office, String, String) {
    let office = Office::open().await;
    let email = office.address(name);
    office
        .import(&format!("email;prenom;nom\n{email};Chloé;Durand\n"))
        .await;
    let path = format!("/rh/employees/{}", office.id_of(&email));
    (office, email, path)
}

#[tokio::test]
async fn a_mail_that_is_given_up_marks_its_invitation_and_a_new_link_clears_it() {
    let (office, email, path) = invited("chloe").await;
    let sink = SmtpSink::start().await;
    sink.refuse_recipients(Some("550 5.1.1 no such user"));
    let mut config = config_for(
        &office.app.login_url("huntzen_office"),
        office.app.address(),
    );
    config.mail = MailTransport::Smtp(SecretString::from(sink.url.as_str()));
    let mailer = Mailer::open(&config, office.app.clock.clone()).expect("a mailer");
    let runner = Runner::new(office.app.shared.clone(), mailer, registry());

    runner.run_until_idle().await.expect("the outbox");
    let list = office.hr.get("/rh/employees?status=bounced").await;
    assert!(list.texts("tbody tr").is_empty(), "it is tried again first");
    office.app.sql(&format!(
        "UPDATE jobs SET attempts = {}, run_at = '2000-01-01' WHERE status = 'pending'",
        MAX_ATTEMPTS - 1
    ));
    runner.run_until_idle().await.expect("the outbox");

    let list = office.hr.get("/rh/employees?status=bounced").await;
    assert_eq!(list.texts("tbody tr").len(), 1);
    list.assert_text("Une invitation n’est pas arrivée")
        .assert_text("L’e-mail n’a pas pu être remis");
    office
        .hr
        .get(&path)
        .await
        .assert_text("L’invitation n’est pas arrivée");
    let page = office.hr.get(&path).await;
    office
        .hr
        .submit(&page, &format!("{path}/invitation"), &[])
        .await
        .assert_status(303);
    office
        .hr
        .get(&path)
        .await
        .assert_nowhere("n’est pas arrivée");
    sink.refuse_recipients(None);
    runner.run_until_idle().await.expect("the outbox");
    assert_eq!(sink.received().len(), 1);
    assert!(sink.received()[0].recipients[0].contains(&email));
}

#[tokio::test]
async fn an_address_is_corrected_until_the_account_is_opened() {
    let (office, email, path) = invited("chole").await;
    let old_link = office.link_of(&email);
    let right = office.address("chloe");
    let page = office.hr.get(&path).await;
    let form = format!("{path}/address");
    let answer = office
        .hr
        .submit(&page, &form, &[("email", &right.to_uppercase())])
        .await;
    answer.assert_see_other(&path);
    office
        .hr
        .follow(&answer)
        .await
        .assert_text("L’adresse est corrigée");
    assert_eq!(
        office.id_of(&right).to_string(),
        path.rsplit('/').next().unwrap_or_default()
    );
    office
        .app
        .client()
        .get(&old_link)
        .await
        .assert_status(410)
        .assert_text("plus récente");
    office.app.run_jobs().await;
    let to: Vec<String> = office.app.mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(
        to,
        std::slice::from_ref(&right),
        "and nothing to the wrong address"
    );

    // Once somebody answers there, the address is theirs.
    office.app.sql(&format!(
        "UPDATE invitations SET accepted_at = now(); UPDATE users SET status = 'active' WHERE email = '{right}'"
    ));
    let answer = office
        .hr
        .post(&form, &[("email", &office.address("prise"))])
        .await;
    office
        .hr
        .follow(&answer)
        .await
        .assert_text("son adresse ne change plus");
    assert_eq!(
        office.app.count(&format!(
            "SELECT count(*) FROM users WHERE email = '{right}'"
        )),
        1
    );
    office.hr.get(&path).await.assert_nowhere("/address\"");
    // Suspended and never opened again: the same.
    office
        .app
        .sql("UPDATE users SET status = 'suspended' WHERE role = 'employee'");
    office
        .hr
        .post(&form, &[("email", &office.address("prise"))])
        .await
        .assert_see_other(&path);
    assert_eq!(
        office.app.count(&format!(
            "SELECT count(*) FROM users WHERE email = '{right}'"
        )),
        1
    );
}

#[tokio::test]
async fn an_address_cannot_be_corrected_into_somebody_else_s() {
    let (office, email, path) = invited("chloe").await;
    let elsewhere = office.app.company("Autre");
    let stranger = office.app.employee_of(&elsewhere);
    let taken = office.address("prise");
    office.app.sql(&format!(
        "UPDATE users SET email = '{taken}' WHERE id = '{}'",
        stranger.id
    ));
    let colleague = office.app.employee_of(&office.company);
    let hr = office.app.hr_of(&office.company);
    let form = format!("{path}/address");
    for address in [
        "",
        "faux",
        "a@ailleurs.example",
        &stranger.email,
        &taken,
        &colleague.email,
        &hr.email,
        "<script>alert(1)</script>",
    ] {
        let answer = office.hr.post(&form, &[("email", address)]).await;
        answer.assert_status(422);
        assert_eq!(answer.texts("#email-error").len(), 1, "{address}");
        assert_eq!(
            office.app.count(&format!(
                "SELECT count(*) FROM users WHERE email = '{email}'"
            )),
            1
        );
    }
    let foreign = format!("/rh/employees/{}/address", stranger.id);
    office
        .hr
        .post(&foreign, &[("email", &office.address("x"))])
        .await
        .assert_status(404);
    assert_eq!(
        office.app.count(&format!(
            "SELECT count(*) FROM users WHERE email = '{taken}'"
        )),
        1
    );
}

#[tokio::test]
async fn usage_is_shown_by_month_as_the_setting_of_the_month_allows_and_nothing_else() {
    let office = Office::open().await;
    let employee = office.app.employee_of(&office.company);
    let practitioner = office.app.practitioner();
    office
        .app
        .consultation(&employee, &practitioner)
        .completed(2_700);
    let path = format!("/rh/employees/{}", employee.id);
    office
        .hr
        .get(&path)
        .await
        .assert_text("ne voit pas l’usage personne par personne")
        .assert_nowhere("En tout");
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM data_accesses WHERE what = 'employee_usage'"),
        0
    );
    office.app.discloses(&office.company, "banded");
    office.hr.get(&path).await.assert_nowhere("En tout");

    let named = office.app.company("Ouverte");
    office.app.discloses(&named, "named");
    let hr = office.app.client().signed_in_as(&office.app.hr_of(&named));
    let employee = office.app.employee_of(&named);
    office
        .app
        .consultation(&employee, &practitioner)
        .completed(2_700);
    let page = hr.get(&format!("/rh/employees/{}", employee.id)).await;
    page.assert_text("En tout");
    assert!(
        page.texts("tbody tr")[0].contains("45"),
        "this month's minutes"
    );
    page.assert_nowhere(&practitioner.id.to_string());
    page.assert_nowhere(&practitioner.email);
    assert_eq!(page.texts("tbody tr").len(), 12);
    assert_eq!(
        office.app.count(&format!(
            "SELECT count(*) FROM data_accesses WHERE what = 'employee_usage' AND subject_id = '{}'",
            employee.id
        )),
        1,
        "and the person finds out that it was looked at"
    );
}

#[tokio::test]
async fn hr_reaches_no_colleague_and_not_itself_through_the_employees() {
    let office = Office::open().await;
    let colleague = office.app.hr_of(&office.company);
    let before = "SELECT md5(string_agg(u::text, ',' ORDER BY u.id)) FROM users u";
    let accounts = office.app.text(before);
    let me = office
        .app
        .text("SELECT user_id FROM sessions LIMIT 1")
        .expect("a session");
    for id in [colleague.id.to_string(), me] {
        let path = format!("/rh/employees/{id}");
        office.hr.get(&path).await.assert_status(404);
        for (action, fields) in [
            (
                "",
                vec![("first_name", "A"), ("last_name", "B"), ("role", "admin")],
            ),
            ("/address", vec![("email", "x@y.example")]),
            ("/invitation", vec![("issue", "1")]),
            ("/suspension", vec![]),
            ("/reactivation", vec![]),
        ] {
            office
                .hr
                .post(&format!("{path}{action}"), &fields)
                .await
                .assert_status(404);
        }
    }
    assert_eq!(office.app.text(before), accounts);
    // Nor does a form that says more than it asks make somebody more than an employee.
    let email = office.address("promue");
    office
        .hr
        .post(
            "/rh/employees",
            &[
                ("email", &email),
                ("first_name", "A"),
                ("last_name", "B"),
                ("role", "admin"),
                ("status", "active"),
            ],
        )
        .await
        .assert_status(303);
    assert_eq!(
        office.app.text(&format!(
            "SELECT role || ' ' || status FROM users WHERE email = '{email}'"
        )),
        Some("employee pending".to_owned())
    );
}
