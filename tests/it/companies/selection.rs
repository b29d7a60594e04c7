//! Several employees at a time: what is confirmed happens, once, to the company's own people.

use futures_util::future::join;

use super::Office;
use crate::support::page::Page;

fn status(office: &Office, email: &str) -> String {
    office
        .app
        .text(&format!("SELECT status FROM users WHERE email = '{email}'"))
        .expect("an account")
}

/// The confirmation page for these people.
async fn confirmation(office: &Office, action: &str, ids: &[String]) -> Page {
    let ids: String = ids.iter().map(|id| format!("&id={id}")).collect();
    office
        .hr
        .get(&format!("/rh/employees/selection?action={action}{ids}"))
        .await
}

const FORM: &str = "/rh/employees/selection";

#[tokio::test]
async fn a_selection_says_how_many_and_changes_nothing_before_it_is_confirmed() {
    let office = Office::open().await;
    let people: Vec<_> = (0..3)
        .map(|_| office.app.employee_of(&office.company))
        .collect();
    office.app.sql(&format!(
        "UPDATE users SET status = 'suspended' WHERE id = '{}'",
        people[2].id
    ));
    let list = office.hr.get("/rh/employees").await;
    assert_eq!(
        list.attributes("input[type=checkbox][name=id][form=selection]", "value")
            .len(),
        3
    );
    let ids: Vec<_> = people.iter().map(|person| person.id.to_string()).collect();
    let page = confirmation(&office, "suspend", &ids).await;
    page.assert_ok()
        .assert_text("2 accès vont être suspendus")
        .assert_text("Pour une autre personne cochée, rien ne change")
        .assert_text(&people[0].email)
        .assert_nowhere(&people[2].email);
    assert_eq!(status(&office, &people[0].email), "active");

    let answer = office.hr.submit(&page, FORM, &[]).await;
    answer.assert_see_other("/rh/employees");
    office
        .hr
        .follow(&answer)
        .await
        .assert_text("2 accès sont suspendus");
    for person in &people {
        assert_eq!(status(&office, &person.email), "suspended");
    }
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM audit_logs WHERE action = 'EMPLOYEES_SUSPENDED'"),
        1
    );
}

#[tokio::test]
async fn the_same_form_sent_twice_at_once_acts_once_and_says_the_same() {
    let office = Office::open().await;
    let email = office.address("chloe");
    office
        .import(&format!("email;prenom;nom\n{email};Chloé;Durand\n"))
        .await;
    let page = confirmation(&office, "invite", &[office.id_of(&email).to_string()]).await;
    page.assert_text("Une invitation va partir");
    let other = office.hr.copy();
    let (one, two) = join(
        office.hr.submit(&page, FORM, &[]),
        other.submit(&page, FORM, &[]),
    )
    .await;
    one.assert_see_other("/rh/employees");
    two.assert_see_other("/rh/employees");
    assert_eq!(office.invitation_mails(), 2, "the import's and one more");
    assert_eq!(
        office.app.count("SELECT changed FROM employee_selections"),
        1
    );
    // Much later, the page is still open in another tab.
    office.hr.submit(&page, FORM, &[]).await.assert_status(303);
    assert_eq!(office.invitation_mails(), 2);
}

#[tokio::test]
async fn another_company_s_people_are_not_there() {
    let office = Office::open().await;
    let ours = office.app.employee_of(&office.company);
    let theirs = office.app.employee_of(&office.app.company("Autre"));
    let colleague = office.app.hr_of(&office.company);
    let ids = [theirs.id, colleague.id, ours.id].map(|id| id.to_string());
    let page = confirmation(&office, "suspend", &ids).await;
    page.assert_text("Un accès va être suspendu")
        .assert_nowhere(&theirs.email)
        .assert_nowhere(&colleague.email);
    let people = ids.join(" ");
    for action in ["suspend", "reactivate", "invite", "move"] {
        let key = uuid::Uuid::new_v4().to_string();
        let answer = office
            .hr
            .post(
                FORM,
                &[
                    ("request_key", &key),
                    ("action", action),
                    ("people", &people),
                    ("department", "Prise"),
                ],
            )
            .await;
        answer.assert_status(303);
    }
    for stranger in [&theirs.email, &colleague.email] {
        assert_eq!(status(&office, stranger), "active");
    }
    assert_eq!(
        office.app.count(&format!(
            "SELECT count(*) FROM employees WHERE department = 'Prise' AND user_id <> '{}'",
            ours.id
        )),
        0
    );
    // Nobody of ours at all: back to the list.
    confirmation(&office, "suspend", &[theirs.id.to_string()])
        .await
        .assert_see_other("/rh/employees");
}

#[tokio::test]
async fn a_whole_search_is_moved_to_another_department() {
    let office = Office::open().await;
    let mut csv = "email;prénom;nom;service\n".to_owned();
    for number in 0..25 {
        csv.push_str(&format!(
            "{};Hélène;Martin {number:02};Ventes\n",
            office.address(&format!("h{number}"))
        ));
    }
    csv.push_str(&format!("{};Björn;Øster;R&D\n", office.address("bjorn")));
    office.import(&csv).await;
    let list = office.hr.get("/rh/employees?department=Ventes").await;
    list.assert_text("Les 25 personnes trouvées");
    let page = office
        .hr
        .get("/rh/employees/selection?action=move&all=true&department=Ventes&from=/rh/employees?department=Ventes")
        .await;
    page.assert_text("25 personnes vont changer de service");
    let wrong = office
        .hr
        .submit(&page, FORM, &[("department", &"x".repeat(121))])
        .await;
    wrong.assert_status(422);
    assert_eq!(wrong.texts("#department-error").len(), 1);
    office
        .hr
        .submit(&wrong, FORM, &[("department", "  Relation   client ")])
        .await
        .assert_see_other("/rh/employees?department=Ventes");
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM employees WHERE department = 'Relation client'"),
        25
    );
}

#[tokio::test]
async fn restoring_more_than_the_contract_holds_restores_nobody() {
    let office = Office::open().await;
    let people: Vec<_> = (0..3)
        .map(|_| office.app.employee_of(&office.company))
        .collect();
    office
        .app
        .sql("UPDATE users SET status = 'suspended' WHERE role = 'employee'; UPDATE companies SET max_employees = 2");
    let ids: Vec<_> = people.iter().map(|person| person.id.to_string()).collect();
    let page = confirmation(&office, "reactivate", &ids).await;
    office
        .hr
        .submit(&page, FORM, &[])
        .await
        .assert_status(409)
        .assert_text("Il manque une place dans votre contrat (2 comptes)");
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM users WHERE status = 'suspended'"),
        3
    );
    let page = confirmation(&office, "reactivate", &ids[..2]).await;
    office.hr.submit(&page, FORM, &[]).await.assert_status(303);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM users WHERE role = 'employee' AND status = 'active'"),
        2
    );
}

#[tokio::test]
async fn an_odd_selection_goes_back_to_the_list_and_nowhere_else() {
    let office = Office::open().await;
    let person = office.app.employee_of(&office.company);
    for query in [
        "",
        "?action=promote&id=x",
        "?action=suspend",
        "?action=suspend&id=%27%3B--",
        "?action=suspend&id=&id=1&all=no",
    ] {
        office
            .hr
            .get(&format!("{FORM}{query}"))
            .await
            .assert_see_other("/rh/employees");
    }
    let id = person.id.to_string();
    let key = uuid::Uuid::new_v4().to_string();
    for from in [
        "//evil.example",
        "https://evil.example",
        "/rh/employeesx",
        "/rh/employees?q=a\r\nSet-Cookie: a=b",
        "/logout",
    ] {
        office
            .hr
            .post(
                FORM,
                &[
                    ("request_key", &key),
                    ("action", "suspend"),
                    ("people", &id),
                    ("from", from),
                ],
            )
            .await
            .assert_see_other("/rh/employees");
    }
    office.app.clock.advance(chrono::Duration::hours(49));
    office.app.run_jobs().await;
    assert_eq!(
        office.app.count("SELECT count(*) FROM employee_selections"),
        0
    );
}

#[tokio::test]
async fn a_selection_costs_the_same_statements_for_two_people_and_for_two_hundred() {
    let mut costs = Vec::new();
    for people in [2, 200] {
        let office = Office::open().await;
        let mut csv = "email;prenom;nom\n".to_owned();
        for number in 0..people {
            csv.push_str(&format!("{};A;B\n", office.address(&format!("p{number}"))));
        }
        office.import(&csv).await;
        let before = office.app.statements();
        let page = office
            .hr
            .get("/rh/employees/selection?action=suspend&all=true")
            .await;
        office.hr.submit(&page, FORM, &[]).await.assert_status(303);
        costs.push(office.app.statements() - before);
        assert_eq!(
            office
                .app
                .count("SELECT count(*) FROM users WHERE status = 'suspended'"),
            people
        );
    }
    assert_eq!(costs[0], costs[1]);
}
