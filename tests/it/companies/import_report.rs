//! What becomes of an import: piece by piece, its report, and back again.

use std::fmt::Write as _;

use chrono::Duration;
use futures_util::future::join;
use huntzen::{companies, infra::jobs::Registry};

use super::Office;
use crate::support::page::Page;

const HEADER: &str = "email;prénom;nom;service;poste\n";

/// More rows than a request imports.
fn many(office: &Office, rows: usize) -> String {
    let mut csv = HEADER.to_owned();
    for number in 0..rows {
        writeln!(
            csv,
            "{};A;B {number};Ventes;",
            office.address(&format!("p{number}"))
        )
        .expect("a row");
    }
    csv
}

async fn run_imports(office: &Office) {
    office
        .app
        .runner(Registry::default().job(companies::jobs::run_import))
        .run_until_idle()
        .await
        .expect("the outbox");
}

fn employees(office: &Office) -> i64 {
    office
        .app
        .count("SELECT count(*) FROM users WHERE role = 'employee'")
}

#[tokio::test]
async fn a_large_file_goes_on_after_the_answer_and_says_how_far_it_is() {
    let office = Office::open().await;
    let path = office.import(&many(&office, 2_100)).await;
    let page = office.hr.get(&path).await;
    page.assert_ok()
        .assert_text("Import en cours")
        .assert_text("0 / 2");
    assert_eq!(
        page.attributes("#progress", "hx-get"),
        std::slice::from_ref(&path)
    );
    assert_eq!(employees(&office), 0);
    // Another click, and the preview's other button, change nothing.
    office
        .hr
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_see_other(&path);
    office
        .hr
        .post(&format!("{path}/removal"), &[])
        .await
        .assert_status(404);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM jobs WHERE kind = 'companies.run_import'"),
        1
    );

    run_imports(&office).await;
    let result = office.hr.get(&path).await;
    assert_eq!(
        result
            .texts(".stat-value")
            .iter()
            .map(|text| text.replace('\u{202f}', ""))
            .collect::<Vec<_>>(),
        ["2100", "0", "0", "0"]
    );
    assert_eq!(office.invitation_mails(), 2_100);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM employee_import_rows"),
        0,
        "the file is gone"
    );
    assert_eq!(
        office.app.count(
            "SELECT count(DISTINCT actor_id) FROM data_accesses WHERE what = 'account_created'"
        ),
        1,
        "in the name of whoever confirmed"
    );
}

#[tokio::test]
async fn an_import_that_broke_off_goes_on_where_it_was() {
    let office = Office::open().await;
    let path = office.import(&many(&office, 1_500)).await;
    // As a process that died after the first piece leaves it.
    office
        .app
        .sql("ALTER TABLE employee_imports ADD CONSTRAINT broken CHECK (done_count <= 1000)");
    run_imports(&office).await;
    assert_eq!(employees(&office), 1_000, "whole pieces");
    office
        .hr
        .get(&path)
        .await
        .assert_text("1\u{202f}000 / 1\u{202f}500");
    office.app.sql(
        "ALTER TABLE employee_imports DROP CONSTRAINT broken; UPDATE jobs SET run_at = '2000-01-01' WHERE status = 'pending'",
    );
    run_imports(&office).await;
    assert_eq!(employees(&office), 1_500);
    assert_eq!(office.invitation_mails(), 1_500);
}

#[tokio::test]
async fn an_import_stops_when_whoever_confirmed_it_loses_their_access() {
    let office = Office::open().await;
    let path = office.import(&many(&office, 1_200)).await;
    office
        .app
        .sql("UPDATE users SET status = 'suspended' WHERE role = 'hr'");
    run_imports(&office).await;
    assert_eq!(employees(&office), 0);
    let colleague = office
        .app
        .client()
        .signed_in_as(&office.app.hr_of(&office.company));
    colleague
        .get(&path)
        .await
        .assert_ok()
        .assert_text("lignes n’ont pas été traitées");
}

#[tokio::test]
async fn who_finds_no_seat_while_a_large_file_is_imported_is_refused_and_the_others_are_not() {
    let office = Office::open().await;
    office.app.sql("UPDATE companies SET max_employees = 1200");
    let path = office.import(&many(&office, 1_200)).await;
    office.app.employee_of(&office.company);
    office.app.employee_of(&office.company);
    run_imports(&office).await;
    let result = office.hr.get(&path).await;
    assert_eq!(result.texts("tr[data-kind=refused]").len(), 2);
    result.assert_text("Votre contrat n’a plus de place");
    assert_eq!(employees(&office), 1_200);
}

#[tokio::test]
async fn whoever_the_file_does_not_name_is_proposed_and_never_suspended_by_itself() {
    let office = Office::open().await;
    let stays = office.app.employee_of(&office.company);
    let left = office.app.employee_of(&office.company);
    let gone = office.app.employee_of(&office.company);
    office.app.employee_of(&office.app.company("Autre"));
    office.app.sql(&format!(
        "UPDATE users SET status = 'suspended' WHERE id = '{}'",
        gone.id
    ));
    // A refused row names somebody all the same.
    let half = office.app.employee_of(&office.company);
    let path = office
        .import(&format!(
            "{HEADER}{};A;B;;\n{};;;;\n{};Chloé;Durand;;\n",
            stays.email.to_uppercase(),
            half.email,
            office.address("chloe")
        ))
        .await;
    office
        .hr
        .get(&path)
        .await
        .assert_text("Une personne ne figure pas dans ce fichier");
    let absent = office.hr.get(&format!("{path}/absent")).await;
    absent.assert_ok().assert_text(&left.email);
    for other in [&stays.email, &gone.email, &half.email] {
        absent.assert_nowhere(other);
    }
    let status = || {
        office.app.text(&format!(
            "SELECT status FROM users WHERE id = '{}'",
            left.id
        ))
    };
    assert_eq!(
        status().as_deref(),
        Some("active"),
        "until somebody decides"
    );
    let page = office
        .hr
        .get(&format!(
            "/rh/employees/selection?action=suspend&id={}&from={path}/absent",
            left.id
        ))
        .await;
    let answer = office
        .hr
        .submit(&page, "/rh/employees/selection", &[])
        .await;
    answer.assert_see_other(&format!("{path}/absent"));
    assert_eq!(status().as_deref(), Some("suspended"));
    office
        .hr
        .get(&format!("{path}/absent"))
        .await
        .assert_text("figurent dans ce fichier");
}

async fn undo(office: &Office, path: &str) -> Page {
    office.hr.post(&format!("{path}/undoing"), &[]).await
}

#[tokio::test]
async fn an_import_is_taken_back_but_for_what_somebody_uses() {
    let office = Office::open().await;
    let known = office.app.employee_of(&office.company);
    let touched = office.app.employee_of(&office.company);
    let of = |id: uuid::Uuid| {
        office.app.text(&format!(
            "SELECT concat_ws('|', u.first_name, u.last_name, e.department, e.position)
             FROM users u JOIN employees e ON e.user_id = u.id WHERE u.id = '{id}'"
        ))
    };
    let before = of(known.id);
    let (used, unused) = (office.address("used"), office.address("unused"));
    let path = office
        .import(&format!(
            "{HEADER}{};Autre;Nom;Ailleurs;Chef\n{};Autre;Nom;Ailleurs;Chef\n{used};Chloé;Durand;;\n{unused};Ada;Byron;;\n",
            known.email, touched.email
        ))
        .await;
    let link = office.link_of(&unused);
    office.app.sql(&format!(
        "UPDATE invitations SET accepted_at = now() WHERE user_id = '{0}'; UPDATE users SET status = 'active' WHERE id = '{0}';
         UPDATE users SET last_name = 'Corrigée' WHERE id = '{1}'; UPDATE employees SET position = 'Cheffe' WHERE user_id = '{1}'",
        office.id_of(&used),
        touched.id
    ));
    office
        .hr
        .get(&format!("{path}/undoing"))
        .await
        .assert_text("Un compte que personne n’a ouvert est supprimé")
        .assert_text("Un compte déjà activé est conservé")
        .assert_text("2 fiches retrouvent");
    let other = office.hr.copy();
    let undoing = format!("{path}/undoing");
    let (one, two) = join(undo(&office, &path), other.post(&undoing, &[])).await;
    one.assert_see_other(&path);
    two.assert_see_other(&path);

    assert_eq!(
        office.app.count(&format!(
            "SELECT count(*) FROM users WHERE email = '{unused}'"
        )),
        0
    );
    assert_eq!(
        office.app.count(&format!(
            "SELECT count(*) FROM users WHERE email = '{used}'"
        )),
        1
    );
    assert_eq!(of(known.id), before);
    assert_eq!(
        of(touched.id).as_deref(),
        Some("Autre|Corrigée|Ailleurs|Cheffe"),
        "changed since by hand"
    );
    office.app.client().get(&link).await.assert_status(410);
    office.app.run_jobs().await;
    assert!(
        office.app.mails().iter().all(|mail| mail.to != unused),
        "no mail to somebody who is gone"
    );
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM audit_logs WHERE action = 'EMPLOYEE_IMPORT_UNDONE'"),
        1
    );
    office
        .hr
        .get(&path)
        .await
        .assert_text("Un compte a été supprimé")
        .assert_nowhere(&undoing);
    // The same person can be imported again.
    let again = office
        .import(&format!("{HEADER}{unused};Ada;Byron;;\n"))
        .await;
    assert_eq!(office.hr.get(&again).await.texts(".stat-value")[0], "1");
}

#[tokio::test]
async fn nothing_is_taken_back_after_a_day_or_by_another_company() {
    let office = Office::open().await;
    let path = office
        .import(&format!("{HEADER}{};A;B;;\n", office.address("a")))
        .await;
    let stranger = office
        .app
        .client()
        .signed_in_as(&office.app.hr_of(&office.app.company("Autre")));
    for page in ["undoing", "absent"] {
        stranger
            .get(&format!("{path}/{page}"))
            .await
            .assert_status(404);
    }
    stranger
        .post(&format!("{path}/undoing"), &[])
        .await
        .assert_status(404);
    office.app.clock.advance(Duration::hours(24));
    office
        .hr
        .get(&format!("{path}/undoing"))
        .await
        .assert_see_other(&path);
    let answer = undo(&office, &path).await;
    office
        .hr
        .follow(&answer)
        .await
        .assert_text("ne peut plus être annulé");
    assert_eq!(employees(&office), 1);
    office.app.clock.advance(Duration::hours(24));
    office.app.run_jobs().await;
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM employee_import_effects"),
        0
    );
}

#[tokio::test]
async fn imports_are_listed_with_what_they_did() {
    let office = Office::open().await;
    office
        .import(&format!(
            "{HEADER}{};A;B;;\nfaux;A;B;;\n",
            office.address("a")
        ))
        .await;
    office
        .preview(&format!("{HEADER}{};C;D;;\n", office.address("c")))
        .await;
    let elsewhere = office.app.company("Autre");
    office.app.staged_import(&office.app.hr_of(&elsewhere));
    let page = office.hr.get("/rh/employees/import").await;
    assert_eq!(page.texts(".rows .row").len(), 2);
    page.assert_text("1 créés, 0 modifiés, 1 refusés")
        .assert_text("À vérifier et à confirmer");
}

#[tokio::test]
async fn a_file_made_to_hurt_is_refused_or_read_in_seconds() {
    let office = Office::open().await;
    let email = office.address("a");
    let cell = format!("{HEADER}{email};{};B;;\n", "x".repeat(4_900_000));
    let columns = format!(
        "email;prénom;nom{}\n{email};A;B{}\n",
        (0..1_000).fold(String::new(), |head, number| head + &format!(";c{number}")),
        ";x".repeat(1_000)
    );
    let quotes = format!("{HEADER}{email};A;{};;\n", "\"".repeat(1_000_000));
    let rows = format!("{HEADER}{}", ";;;;\n".repeat(1_000_000));
    let begun = std::time::Instant::now();
    for (name, content) in [
        ("cell", cell),
        ("columns", columns),
        ("quotes", quotes),
        ("rows", rows),
    ] {
        let answer = office.upload(content.as_bytes()).await;
        match answer.status {
            303 => {
                let path = answer.location().to_owned();
                office.hr.get(&path).await.assert_ok();
                let answer = office.hr.post(&format!("{path}/confirmation"), &[]).await;
                answer.assert_see_other(&path);
                office.hr.get(&path).await.assert_ok();
            }
            422 => assert_eq!(answer.texts("#file-error").len(), 1, "{name}"),
            status => panic!("{name}: {status}"),
        }
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    assert!(
        office
            .app
            .count("SELECT coalesce(max(length(first_name || last_name)), 0) FROM users")
            <= 200,
        "no cell beyond its limit is kept"
    );
    assert!(
        office.app.count(
            "SELECT coalesce(max(length(first_name || last_name)), 0) FROM employee_import_rows"
        ) <= 200
    );
}

#[tokio::test]
async fn a_file_takes_over_no_account_whatever_the_address_looks_like() {
    let office = Office::open().await;
    let victim = office.app.hr_of(&office.company);
    let employee = office.app.employee_of(&office.company);
    let admin = office.app.admin();
    let untouched = "SELECT md5(string_agg(concat(u.id, u.email, u.role, u.company_id, u.status, c.password_hash), ',' ORDER BY u.id))
        FROM users u LEFT JOIN credentials c ON c.user_id = u.id WHERE u.role <> 'employee' OR u.status = 'active'";
    let before = office.app.text(untouched);
    let mut csv = HEADER.to_owned();
    for address in [&victim.email, &employee.email, &admin.email] {
        for shape in [
            address.to_uppercase(),
            format!(" {address} "),
            format!("\u{feff}{address}"),
            format!("{address}\u{200b}"),
            format!("\"{address}\""),
            address.replace('@', "@@"),
            address.replace('@', "+x@"),
            address.replace('a', "\u{430}"),
        ] {
            writeln!(csv, "{shape};Pirate;Pirate;;").expect("a row");
        }
    }
    let answer = office.upload(csv.as_bytes()).await;
    let path = answer.location().to_owned();
    office
        .hr
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_see_other(&path);
    assert_eq!(office.app.text(untouched), before);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM users WHERE first_name = 'Pirate' AND role <> 'employee'"),
        0
    );
}

#[tokio::test]
async fn a_suspended_company_s_import_stops_and_its_hr_reaches_nothing_of_it() {
    let office = Office::open().await;
    let done = office
        .import(&format!("{HEADER}{};A;B;;\n", office.address("a")))
        .await;
    let under_way = office.import(&many(&office, 1_200)).await;
    let waiting = office.app.waiting_registration(&office.company);
    office.app.sql("UPDATE companies SET status = 'suspended'");
    run_imports(&office).await;
    assert_eq!(employees(&office), 1);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM employee_imports WHERE finished_at IS NULL"),
        0,
        "it is not tried for ever"
    );
    for path in [
        format!("{done}/undoing"),
        format!("/rh/employees/registrations/{waiting}/approval"),
        format!("/rh/employees/registrations/{waiting}/refusal"),
    ] {
        office.hr.post(&path, &[]).await;
    }
    office.hr.get(&under_way).await;
    assert_eq!(employees(&office), 1);
    assert_eq!(
        office
            .app
            .text("SELECT status FROM registrations")
            .as_deref(),
        Some("waiting")
    );
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM employee_imports WHERE undone_at IS NOT NULL"),
        0
    );
}
