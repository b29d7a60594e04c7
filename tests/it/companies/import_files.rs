//! What files may hold: nonsense, markup, formulas; and the files we give.

use super::Office;
use huntzen::infra::i18n::{Locale, text};

const HEADER: &str = "email;prénom;nom;service;poste\n";

#[tokio::test]
async fn a_file_that_cannot_be_imported_comes_back_with_one_sentence() {
    let office = Office::open().await;
    let row = format!("{};A;B;;\n", office.address("a"));
    let large = format!("{HEADER}{}", row.repeat(5 * 1024 * 1024 / row.len() + 1));
    let files: [(&[u8], &str); 11] = [
        (b"PK\x03\x04\x14\0\x06\0", "classeur"),
        (b"%PDF-1.7", "pas un fichier CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0", "pas un fichier CSV"),
        (b"", "est vide"),
        (b" \r\n\r\n", "est vide"),
        (large.as_bytes(), "dépasse 5"),
        (b"pr\xe9nom;nom;service\nA;B;C\n", "Aucune colonne"),
        (b"email;service\na@b.example;C\n", "Il faut une colonne"),
        (b"email;mail;prenom;nom\n", "la même chose"),
        (HEADER.as_bytes(), "une ligne d’en-têtes"),
        (b"email;prenom;nom\na@b.example;\"A;B\n", "guillemet"),
    ];
    for (content, sentence) in files {
        let answer = office.upload(content).await;
        answer.assert_status(422);
        let errors = answer.texts("#file-error");
        assert!(
            errors.len() == 1 && errors[0].contains(sentence),
            "{sentence}: {errors:?}"
        );
    }
    // Beyond what is read at all.
    let huge = vec![b'x'; 17 * 1024 * 1024];
    office
        .upload(&huge)
        .await
        .assert_status(422)
        .assert_text("dépasse 5");
    let nothing = office.hr.upload("/rh/employees/import", &[], "", b"").await;
    nothing
        .assert_status(422)
        .assert_text("Choisissez un fichier");
    assert_eq!(office.app.count("SELECT count(*) FROM employee_imports"), 0);
}

#[tokio::test]
async fn an_upload_without_its_token_is_refused() {
    let office = Office::open().await;
    let body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nemail\r\n--x--\r\n";
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    let answer = office
        .hr
        .send("POST", "/rh/employees/import", &kind, body.to_vec())
        .await;
    answer.assert_status(403);
}

#[tokio::test]
async fn script_in_every_field_is_text_everywhere() {
    const SCRIPT: &str = "<script>alert(1)</script>";
    let office = Office::open().await;
    let csv = format!(
        "{HEADER}{good};{SCRIPT};{SCRIPT};{SCRIPT};{SCRIPT}\n{SCRIPT};{SCRIPT};{SCRIPT};{SCRIPT};{SCRIPT}\n",
        good = office.address("chloe"),
    );
    let answer = office
        .hr
        .upload(
            "/rh/employees/import",
            &[],
            "<script>alert(2)</script>.csv",
            csv.as_bytes(),
        )
        .await;
    let path = answer.location().to_owned();
    office
        .hr
        .get(&path)
        .await
        .assert_ok()
        .assert_nowhere("<script>alert")
        .assert_text(SCRIPT);
    office
        .hr
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_see_other(&path);
    office
        .hr
        .get(&path)
        .await
        .assert_ok()
        .assert_nowhere("<script>alert");
    office
        .hr
        .get("/rh/employees")
        .await
        .assert_ok()
        .assert_nowhere("<script>alert")
        .assert_text(SCRIPT);
    let employee = format!("/rh/employees/{}", office.id_of(&office.address("chloe")));
    office
        .hr
        .get(&employee)
        .await
        .assert_ok()
        .assert_nowhere("<script>alert");
    let link = office.link_of(&office.address("chloe"));
    office
        .app
        .client()
        .get(&link)
        .await
        .assert_ok()
        .assert_nowhere("<script>alert");
    office.app.run_jobs().await;
    assert!(!office.app.mails()[0].html.contains("<script>"));
}

#[tokio::test]
async fn formulas_are_kept_as_written_and_harmless_in_the_refused_file() {
    let office = Office::open().await;
    let formula = "=HYPERLINK(\"http://evil.example\";\"x\")";
    let cell = "\"=HYPERLINK(\"\"http://evil.example\"\";\"\"x\"\")\"";
    let csv = format!(
        "{HEADER}{};Chloé;Durand;{cell};\nfaux;{cell};Durand;;\n",
        office.address("chloe")
    );
    let path = office.import(&csv).await;

    assert_eq!(
        office
            .app
            .text("SELECT department FROM employees")
            .as_deref(),
        Some(formula)
    );
    let file = office.hr.get(&format!("{path}/refused")).await;
    assert!(
        file.header("content-disposition")
            .is_some_and(|name| name.contains("lignes-refusees.csv"))
    );
    let text = file.text();
    assert!(text.starts_with('\u{feff}'), "a byte order mark");
    assert!(
        text.contains("\"'=HYPERLINK(") && text.contains("n’est pas valable"),
        "{text}"
    );
}

#[tokio::test]
async fn the_template_is_a_file_that_can_be_imported() {
    let office = Office::open().await;
    for locale in Locale::ALL {
        office
            .app
            .sql(&format!("UPDATE users SET locale = '{}'", locale.code()));
        let hr = office
            .app
            .client()
            .signed_in_as(&office.app.hr_of(&office.company));
        office
            .app
            .sql(&format!("UPDATE users SET locale = '{}'", locale.code()));
        let template = hr.get("/rh/employees/import/template").await;
        template.assert_ok();
        let header = template.text();
        assert!(
            header.contains(text(locale, "companies-column-first-name")),
            "{header}"
        );
        let csv = format!(
            "{header}{};Chloé;Durand;R&D;Ingénieure\r\n",
            office.address("chloe")
        );
        let preview = office.hr.get(&office.preview(&csv).await).await;
        assert_eq!(preview.texts("tr[data-kind=new]").len(), 1);
    }
}
