//! Large files: few statements, bounded memory, seconds.

use std::{fmt::Write as _, time::Instant};

use huntzen::{companies, infra::jobs::Registry};

use super::Office;

#[tokio::test]
async fn ten_thousand_rows_are_previewed_and_imported_in_seconds() {
    let office = Office::open().await;
    let mut csv = String::from("email,first name,last name,department,position\r\n");
    for number in 0..10_000 {
        writeln!(
            csv,
            "{},Prénom,Nom-{number},Service {},Poste\r",
            office.address(&format!("p{number}")),
            number % 40
        )
        .expect("a row");
    }
    let begun = Instant::now();
    let path = office.preview(&csv).await;
    let preview = office.hr.get(&path).await;
    assert_eq!(
        preview.texts(".tab-count")[2].replace('\u{202f}', ""),
        "10000"
    );
    office
        .hr
        .post(&format!("{path}/confirmation"), &[])
        .await
        .assert_see_other(&path);
    let imports = || Registry::default().job(companies::jobs::run_import);
    let run = async || {
        office
            .app
            .runner(imports())
            .run_until_idle()
            .await
            .expect("the outbox")
    };
    run().await;
    let took = begun.elapsed();

    assert_eq!(office.app.count("SELECT count(*) FROM employees"), 10_000);
    assert_eq!(office.app.count("SELECT count(*) FROM invitations"), 10_000);
    assert_eq!(office.invitation_mails(), 10_000);
    println!("10,000 rows: {took:?}");
    assert!(took.as_secs() < 25, "{took:?}");

    // The same file again changes nothing and invites nobody.
    let again = office.import(&csv).await;
    run().await;
    let again = office.hr.get(&again).await;
    assert_eq!(again.texts(".stat-value")[0], "0");
    assert_eq!(
        again.texts(".stat-value")[2].replace('\u{202f}', ""),
        "10000"
    );
    assert_eq!(office.invitation_mails(), 10_000);
}
