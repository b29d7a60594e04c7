//! A file of employees: what the preview says, what confirming does, what never happens.

use super::Office;
use futures_util::future::join;

const HEADER: &str = "email;prénom;nom;service;poste\n";

fn rows_of(preview: &crate::support::page::Page, kind: &str) -> Vec<String> {
    preview.texts(&format!("tr[data-kind={kind}]"))
}

#[tokio::test]
async fn the_preview_says_what_becomes_of_every_row_and_writes_no_account() {
    let office = Office::open().await;
    let known = office.app.employee_of(&office.company);
    let moved = office.app.employee_of(&office.company);
    let before = office.accounts();
    let csv = format!(
        "{HEADER}{new};Chloé;Durand;R&D;Ingénieure\n\
         {known};{first};{last};Finance;Comptable\n\
         {moved};{moved_first};{moved_last};Juridique;Comptable\n",
        new = office.address("chloe.durand"),
        known = known.email,
        first = known.first_name,
        last = known.last_name,
        moved = moved.email,
        moved_first = moved.first_name,
        moved_last = moved.last_name,
    );
    let preview = office.hr.get(&office.preview(&csv).await).await;

    preview.assert_ok().assert_text("rien n’est enregistré");
    assert_eq!(preview.texts(".tab-count"), ["3", "0", "1", "1", "1"]);
    assert_eq!(rows_of(&preview, "new").len(), 1);
    assert_eq!(rows_of(&preview, "unchanged").len(), 1);
    let changed = rows_of(&preview, "changed");
    assert!(
        changed[0].contains("Finance") && changed[0].contains("Juridique"),
        "{changed:?}"
    );
    assert_eq!(
        preview.texts("del").len(),
        1,
        "only what changes is struck out"
    );
    assert_eq!(office.accounts(), before);
    assert_eq!(office.invitation_mails(), 0);
}

#[tokio::test]
async fn every_refused_row_names_its_line_its_reason_and_the_way_out() {
    let office = Office::open().await;
    let elsewhere = office.app.company("Autre");
    let taken = office.address("prise");
    let stranger = office.app.employee_of(&elsewhere);
    office.app.sql(&format!(
        "UPDATE users SET email = '{taken}' WHERE id = '{}'",
        stranger.id
    ));
    let colleague = office.app.hr_of(&office.company);
    let long = "x".repeat(101);
    let bad = [
        ("pas-une-adresse;A;B;;".to_owned(), "n’est pas valable"),
        (
            "a@ailleurs.example;A;B;;".to_owned(),
            "domaine de cette adresse",
        ),
        (
            format!("{};A;B;;", office.address("double")),
            "figure déjà à la ligne 2",
        ),
        (format!("{taken};A;B;;"), "hors de votre entreprise"),
        (format!("{};A;B;;", colleague.email), "compte RH"),
        (";A;B;;".to_owned(), "L’adresse e-mail manque"),
        (
            format!("{};;B;;", office.address("sans.prenom")),
            "Le prénom manque",
        ),
        (
            format!("{};A; ;;", office.address("sans.nom")),
            "Le nom de famille manque",
        ),
        (
            format!("{};{long};B;;", office.address("long")),
            "dépasse 100 caractères",
        ),
        (
            format!("{};A\u{7};B;;", office.address("sonne")),
            "caractères illisibles",
        ),
        (
            format!("{};A;B", office.address("court")),
            "autant de cases",
        ),
    ];
    let mut csv = format!("{HEADER}{};A;B;;\n", office.address("double"));
    for (row, _) in &bad {
        csv.push_str(row);
        csv.push('\n');
    }
    let path = office.preview(&csv).await;
    let preview = office.hr.get(&format!("{path}?kind=refused")).await;

    let refused = rows_of(&preview, "refused");
    assert_eq!(refused.len(), bad.len());
    for (index, ((row, reason), shown)) in bad.iter().zip(&refused).enumerate() {
        assert!(shown.contains(reason), "{row}: {shown}");
        assert!(
            shown.contains(&format!(" {} ", index + 3)),
            "line {}: {shown}",
            index + 3
        );
    }
    assert_eq!(preview.texts(".import-fix").len(), bad.len());

    let result = office.hr.get(&office.import(&csv).await).await;
    assert_eq!(result.texts(".stat-value"), ["1", "0", "0", "11"]);
    assert_eq!(
        rows_of(&result, "refused").len(),
        bad.len(),
        "the result still says why"
    );
}

#[tokio::test]
async fn confirming_twice_imports_once_and_shows_the_same_result() {
    let office = Office::open().await;
    let csv = format!(
        "{HEADER}{};Chloé;Durand;;\n{};Ada;Byron;;\n",
        office.address("chloe"),
        office.address("ada")
    );
    let path = office.import(&csv).await;
    let first = office.hr.get(&path).await;
    let again = office.hr.post(&format!("{path}/confirmation"), &[]).await;

    again.assert_see_other(&path);
    assert_eq!(
        office.hr.get(&path).await.texts(".stat"),
        first.texts(".stat")
    );
    assert_eq!(office.app.count("SELECT count(*) FROM invitations"), 2);
    assert_eq!(office.invitation_mails(), 2);
    assert_eq!(
        office
            .app
            .text("SELECT detail FROM audit_logs WHERE action = 'EMPLOYEE_IMPORTED'")
            .as_deref(),
        Some(r#"{"rows": 2, "created": 2, "refused": 0, "updated": 0}"#),
        "one deed, counts only"
    );
}

#[tokio::test]
async fn two_confirmations_at_the_same_time_import_once() {
    let office = Office::open().await;
    let csv = format!("{HEADER}{};Chloé;Durand;;\n", office.address("chloe"));
    let path = office.preview(&csv).await;
    let other = office.hr.copy();
    let confirmation = format!("{path}/confirmation");
    let (one, two) = join(
        office.hr.post(&confirmation, &[]),
        other.post(&confirmation, &[]),
    )
    .await;

    one.assert_see_other(&path);
    two.assert_see_other(&path);
    assert_eq!(office.invitation_mails(), 1);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM audit_logs WHERE action = 'EMPLOYEE_IMPORTED'"),
        1
    );
}

#[tokio::test]
async fn two_files_with_the_same_person_create_one_account() {
    let office = Office::open().await;
    let csv = format!("{HEADER}{};Chloé;Durand;;\n", office.address("chloe"));
    let (first, second) = (office.preview(&csv).await, office.preview(&csv).await);
    let other = office.hr.copy();
    let confirm = |path: &str| format!("{path}/confirmation");
    let (one, two) = join(
        async { office.hr.post(&confirm(&first), &[]).await },
        async { other.post(&confirm(&second), &[]).await },
    )
    .await;

    one.assert_status(303);
    two.assert_status(303);
    assert_eq!(
        office
            .app
            .count("SELECT sum(created_count) FROM employee_imports"),
        1
    );
    assert_eq!(
        office
            .app
            .count("SELECT sum(refused_count) FROM employee_imports"),
        0
    );
}

#[tokio::test]
async fn an_import_changes_name_department_and_position_and_nothing_else() {
    let office = Office::open().await;
    let employee = office.app.employee_of(&office.company);
    office.app.sql(&format!(
        "UPDATE users SET status = 'suspended' WHERE id = '{}'",
        employee.id
    ));
    let untouched = format!(
        "SELECT concat_ws('|', u.email, u.role, u.company_id, u.status, u.locale, c.password_hash, c.changed_at)
         FROM users u JOIN credentials c ON c.user_id = u.id WHERE u.id = '{}'",
        employee.id
    );
    let before = office.app.text(&untouched);
    let csv = format!(
        "{HEADER}{};Nouveau;Nom;Autre service;\n",
        employee.email.to_uppercase()
    );
    office.import(&csv).await;

    assert_eq!(office.app.text(&untouched), before);
    assert_eq!(
        office.app.text(&format!(
            "SELECT concat_ws('|', u.first_name, u.last_name, e.department, e.position)
             FROM users u JOIN employees e ON e.user_id = u.id WHERE u.id = '{}'",
            employee.id
        )),
        Some("Nouveau|Nom|Autre service|Comptable".to_owned()),
        "a blank cell keeps what is known"
    );
    assert_eq!(
        office.invitation_mails(),
        0,
        "nobody with an account is invited"
    );
}

#[tokio::test]
async fn an_address_that_was_taken_since_the_preview_is_refused_when_confirming() {
    let office = Office::open().await;
    let elsewhere = office.app.company("Autre");
    let stranger = office.app.employee_of(&elsewhere);
    let address = office.address("chloe");
    let path = office
        .preview(&format!("{HEADER}{address};Chloé;Durand;;\n"))
        .await;
    office.app.sql(&format!(
        "UPDATE users SET email = '{address}' WHERE id = '{}'",
        stranger.id
    ));
    office
        .hr
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_see_other(&path);

    let result = office.hr.get(&path).await;
    assert_eq!(result.texts(".stat-value"), ["0", "0", "0", "1"]);
    result
        .assert_text("hors de votre entreprise")
        .assert_nowhere(&elsewhere.name);
    assert_eq!(office.app.count("SELECT count(*) FROM invitations"), 0);
}

#[tokio::test]
async fn a_domain_that_was_withdrawn_since_the_preview_is_refused_when_confirming() {
    let office = Office::open().await;
    let path = office
        .preview(&format!(
            "{HEADER}{};Chloé;Durand;;\n",
            office.address("chloe")
        ))
        .await;
    office
        .app
        .sql("UPDATE companies SET email_domains = '{elsewhere.example}'");
    office
        .hr
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_see_other(&path);

    assert_eq!(
        office.hr.get(&path).await.texts(".stat-value"),
        ["0", "0", "0", "1"]
    );
}

#[tokio::test]
async fn an_import_beyond_the_contract_imports_nothing_and_says_how_many_are_too_many() {
    let office = Office::open().await;
    office.app.sql("UPDATE companies SET max_employees = 1");
    let csv = format!(
        "{HEADER}{};A;B;;\n{};C;D;;\n",
        office.address("a"),
        office.address("c")
    );
    let path = office.preview(&csv).await;
    let preview = office.hr.get(&path).await;
    preview
        .assert_text("Il manque une place")
        .assert_nowhere("/confirmation");
    let before = office.accounts();
    let refused = office.hr.post(&format!("{path}/confirmation"), &[]).await;

    refused
        .assert_status(409)
        .assert_text("Il manque une place");
    assert_eq!(office.accounts(), before);

    office.app.sql("UPDATE companies SET max_employees = 2");
    office
        .hr
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_see_other(&path);
    assert_eq!(office.accounts(), before + 2);
}

#[tokio::test]
async fn another_companys_import_does_not_exist() {
    let office = Office::open().await;
    let csv = format!("{HEADER}{};Chloé;Durand;;\n", office.address("chloe"));
    let path = office.preview(&csv).await;
    let elsewhere = office.app.company("Autre");
    let stranger = office
        .app
        .client()
        .signed_in_as(&office.app.hr_of(&elsewhere));

    stranger.get(&path).await.assert_status(404);
    stranger
        .get(&format!("{path}/refused"))
        .await
        .assert_status(404);
    stranger
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_status(404);
    stranger
        .post(&format!("{path}/removal"), &[])
        .await
        .assert_status(404);
    stranger
        .get("/rh/employees/import/not-an-id")
        .await
        .assert_status(404);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM employee_imports WHERE confirmed_at IS NULL"),
        1
    );
}

#[tokio::test]
async fn a_discarded_preview_is_gone_and_a_confirmed_import_stays() {
    let office = Office::open().await;
    let csv = format!("{HEADER}{};Chloé;Durand;;\n", office.address("chloe"));
    let path = office.preview(&csv).await;
    office
        .hr
        .post(&format!("{path}/removal"), &[])
        .await
        .assert_see_other("/rh/employees/import");
    office.hr.get(&path).await.assert_status(404);

    let path = office.import(&csv).await;
    office
        .hr
        .post(&format!("{path}/removal"), &[])
        .await
        .assert_status(404);
    office.hr.get(&path).await.assert_ok();
}

#[tokio::test]
async fn an_abandoned_preview_and_refused_rows_are_deleted_after_a_day() {
    let office = Office::open().await;
    let csv = format!(
        "{HEADER}{};Chloé;Durand;;\nfaux;A;B;;\n",
        office.address("chloe")
    );
    let abandoned = office.preview(&csv).await;
    let confirmed = office.import(&csv).await;
    office.app.clock.advance(chrono::Duration::hours(23));
    office.app.run_jobs().await;
    office.hr.get(&abandoned).await.assert_ok();
    office.app.clock.advance(chrono::Duration::hours(25));
    office.app.run_jobs().await;

    office.hr.get(&abandoned).await.assert_status(404);
    let result = office.hr.get(&confirmed).await;
    assert_eq!(result.texts(".stat-value"), ["1", "0", "0", "1"]);
    result.assert_text("a été supprimé après 24 heures");
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM employee_import_rows"),
        0
    );
}

#[tokio::test]
async fn the_preview_is_filtered_by_kind_and_paged() {
    let office = Office::open().await;
    let mut csv = HEADER.to_owned();
    for number in 0..45 {
        csv.push_str(&format!(
            "{};A;B;;\n",
            office.address(&format!("n{number}"))
        ));
    }
    csv.push_str("faux;A;B;;\n");
    let path = office.preview(&csv).await;
    let first = office.hr.get(&path).await;
    assert_eq!(first.texts("tbody tr").len(), 20);
    first.assert_text("1 à 20 sur 46");
    let last = office.hr.get(&format!("{path}?kind=new&page=3")).await;
    assert_eq!(last.texts("tbody tr").len(), 5);
    let beyond = office
        .hr
        .get(&format!("{path}?kind=nonsense&page=-7"))
        .await;
    assert_eq!(beyond.texts("tbody tr").len(), 20);
}
