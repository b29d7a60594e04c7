//! HR's list of employees and one employee's account.

use super::{Office, gets};

const FORM: [(&str, &str); 4] = [
    ("first_name", "Chloé"),
    ("last_name", "Durand"),
    ("department", "R&D"),
    ("position", "Ingénieure"),
];

fn form<'a>(email: &'a str, changes: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let mut fields = vec![("email", email)];
    fields.extend(FORM);
    for (name, value) in changes {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    fields
}

#[tokio::test]
async fn the_list_shows_this_company_and_no_other() {
    let office = Office::open().await;
    let ours = office.app.employee_of(&office.company);
    let theirs = office.app.employee_of(&office.app.company("Autre"));
    let list = office.hr.get("/rh/employees").await;

    list.assert_ok()
        .assert_text(&ours.email)
        .assert_nowhere(&theirs.email);
    office
        .hr
        .get(&format!("/rh/employees/{}", ours.id))
        .await
        .assert_ok();
    let foreign = format!("/rh/employees/{}", theirs.id);
    office.hr.get(&foreign).await.assert_status(404);
    for action in ["", "/suspension", "/reactivation"] {
        office
            .hr
            .post(&format!("{foreign}{action}"), &FORM)
            .await
            .assert_status(404);
    }
    office
        .hr
        .post(&format!("{foreign}/invitation"), &[("issue", "1")])
        .await
        .assert_status(404);
}

#[tokio::test]
async fn other_roles_have_no_such_pages() {
    let office = Office::open().await;
    let person = office.app.employee_of(&office.company);
    let path = office
        .preview(&format!("email;prenom;nom\n{};A;B\n", office.address("a")))
        .await;
    for account in office.app.one_of_each(&office.company) {
        let client = office.app.client().signed_in_as(&account);
        let expected = if account.role.as_str() == "hr" {
            200
        } else {
            404
        };
        for page in gets(&person, &path) {
            client.get(&page).await.assert_status(expected);
        }
    }
    let visitor = office.app.client();
    let answer = visitor.get("/rh/employees").await;
    answer.assert_status(303);
    assert!(answer.location().starts_with("/login"));
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_paged_in_its_address() {
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

    let first = office.hr.get("/rh/employees").await;
    assert_eq!(first.texts("tbody tr").len(), 20);
    first.assert_text("1 à 20 sur 26");
    let found = office.hr.get("/rh/employees?q=HELENE+martin+07").await;
    assert_eq!(
        found.texts("tbody tr").len(),
        1,
        "whatever the accents and the case"
    );
    let department = office.hr.get("/rh/employees?department=R%26D").await;
    assert_eq!(department.texts("tbody tr").len(), 1);
    let tabs = department.attributes(".tab-links a", "href");
    assert!(
        tabs[1].contains("department=R%26D&status=pending"),
        "{tabs:?}"
    );
    let second = office
        .hr
        .get("/rh/employees?q=martin&status=pending&page=2")
        .await;
    assert_eq!(second.texts("tbody tr").len(), 5);
    office
        .hr
        .get("/rh/employees?q=personne")
        .await
        .assert_text("Aucun résultat");
    office
        .hr
        .get("/rh/employees?q=100%25_")
        .await
        .assert_ok()
        .assert_text("Aucun résultat");
}

#[tokio::test]
async fn an_odd_address_is_a_list_without_filter_and_never_a_failure() {
    let office = Office::open().await;
    office.app.employee_of(&office.company);
    for query in [
        "q=%00",
        "status=deleted",
        "page=abc",
        "page=99999999999999999999",
        "page=-1",
        "q=%27%3B--",
    ] {
        let list = office.hr.get(&format!("/rh/employees?{query}")).await;
        list.assert_ok();
    }
    for path in ["/rh/employees?q=a&q=b", "/rh/employees?q=%FF"] {
        let status = office.hr.get(path).await.status;
        assert!(status < 500, "{path}: {status}");
    }
}

#[tokio::test]
async fn an_empty_company_is_told_what_to_do_next() {
    let office = Office::open().await;
    let list = office.hr.get("/rh/employees").await;
    list.assert_ok()
        .assert_text("Personne n’est encore inscrit");
    assert!(
        list.attributes(".empty a", "href")
            .contains(&"/rh/employees/import".to_owned())
    );
}

#[tokio::test]
async fn a_person_is_created_by_form_under_the_rules_of_the_file() {
    let office = Office::open().await;
    let email = office.address("chloe.durand");
    let answer = office
        .hr
        .post("/rh/employees", &form(&email, &[("locale", "en")]))
        .await;
    let path = format!("/rh/employees/{}", office.id_of(&email));
    answer.assert_see_other(&path);
    office
        .hr
        .follow(&answer)
        .await
        .assert_text(&email)
        .assert_text("En attente");
    assert_eq!(office.invitation_mails(), 1);

    let long = "x".repeat(121);
    let hr = office.app.hr_of(&office.company);
    let cases = [
        (form("", &[]), "email"),
        (form("faux", &[]), "email"),
        (form("a@ailleurs.example", &[]), "email"),
        (form(&email, &[]), "email"),
        (form(&hr.email, &[]), "email"),
        (form("x@y.example", &[("first_name", " ")]), "first_name"),
        (form("x@y.example", &[("last_name", "")]), "last_name"),
        (form("x@y.example", &[("department", &long)]), "department"),
        (
            form("x@y.example", &[("position", "a\u{202e}b")]),
            "position",
        ),
        (vec![], "last_name"),
    ];
    let before = office.accounts();
    for (fields, wrong) in cases {
        let answer = office.hr.post("/rh/employees", &fields).await;
        answer.assert_status(422);
        assert_eq!(
            answer.texts(&format!("#{wrong}-error")).len(),
            1,
            "{fields:?}"
        );
    }
    assert_eq!(office.accounts(), before);
}

#[tokio::test]
async fn a_full_contract_refuses_one_more_until_somebody_is_suspended() {
    let office = Office::open().await;
    let colleague = office.app.employee_of(&office.company);
    office.app.sql("UPDATE companies SET max_employees = 1");
    let email = office.address("chloe");
    let refused = office.hr.post("/rh/employees", &form(&email, &[])).await;
    refused
        .assert_status(422)
        .assert_text("Tous les comptes de votre contrat (1) sont utilisés");
    let path = format!("/rh/employees/{}", colleague.id);
    office
        .hr
        .post(&format!("{path}/suspension"), &[])
        .await
        .assert_see_other(&path);
    office
        .hr
        .post("/rh/employees", &form(&email, &[]))
        .await
        .assert_status(303);

    let full = office.hr.post(&format!("{path}/reactivation"), &[]).await;
    office.hr.follow(&full).await.assert_text("sont utilisés");
    assert_eq!(
        office
            .app
            .text(&format!(
                "SELECT status FROM users WHERE id = '{}'",
                colleague.id
            ))
            .as_deref(),
        Some("suspended")
    );
}

#[tokio::test]
async fn a_profile_is_corrected_without_its_address() {
    let office = Office::open().await;
    let employee = office.app.employee_of(&office.company);
    let path = format!("/rh/employees/{}", employee.id);
    let page = office.hr.get(&path).await;
    let answer = office
        .hr
        .submit(
            &page,
            &path,
            &[
                ("last_name", "d’Artagnan"),
                ("department", ""),
                ("email", "x@y.example"),
                ("status", "active"),
            ],
        )
        .await;
    answer.assert_see_other(&path);
    assert_eq!(
        office.app.text(&format!(
            "SELECT concat_ws('|', u.email, u.last_name, coalesce(e.department, 'none'))
             FROM users u JOIN employees e ON e.user_id = u.id WHERE u.id = '{}'",
            employee.id
        )),
        Some(format!("{}|d’Artagnan|none", employee.email))
    );
    office
        .hr
        .post(&path, &[("first_name", "A"), ("last_name", "")])
        .await
        .assert_status(422);
}

#[tokio::test]
async fn suspending_ends_the_access_and_restoring_gives_back_the_same() {
    let office = Office::open().await;
    let employee = office.app.employee_of(&office.company);
    let browser = office.app.client().signed_in_as(&employee);
    browser.get("/account").await.assert_ok();
    let path = format!("/rh/employees/{}", employee.id);
    office
        .hr
        .get(&path)
        .await
        .assert_text("perdra l’accès en quelques secondes");
    office
        .hr
        .post(&format!("{path}/suspension"), &[])
        .await
        .assert_see_other(&path);
    assert!(
        browser.session_id().is_none(),
        "no session is behind the cookie any more"
    );
    let list = office.hr.get("/rh/employees?status=suspended").await;
    assert_eq!(list.texts("tbody tr").len(), 1);
    // Twice is once.
    office
        .hr
        .post(&format!("{path}/suspension"), &[])
        .await
        .assert_see_other(&path);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM audit_logs WHERE action = 'EMPLOYEE_SUSPENDED'"),
        1
    );

    office
        .hr
        .post(&format!("{path}/reactivation"), &[])
        .await
        .assert_see_other(&path);
    assert_eq!(
        office
            .app
            .text(&format!(
                "SELECT status FROM users WHERE id = '{}'",
                employee.id
            ))
            .as_deref(),
        Some("active")
    );
}

#[tokio::test]
async fn hr_cannot_suspend_hr() {
    let office = Office::open().await;
    let colleague = office.app.hr_of(&office.company);
    let path = format!("/rh/employees/{}/suspension", colleague.id);
    office.hr.post(&path, &[]).await.assert_status(404);
}
