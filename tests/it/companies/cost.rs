//! HR's pages cost the same number of queries whatever the size of the company and of the file.

use std::fmt::Write as _;

use super::Office;

async fn cost(office: &Office, path: &str) -> usize {
    let before = office.app.statements();
    office.hr.get(path).await.assert_ok();
    office.app.statements() - before
}

fn file(office: &Office, rows: usize) -> String {
    let mut csv = String::from("email;prenom;nom;service\n");
    for number in 0..rows {
        let email = office.address(&format!("p{number}"));
        writeln!(csv, "{email};Prénom;Nom {number};Service {}", number % 7).expect("a row");
    }
    csv
}

#[tokio::test]
async fn pages_cost_the_same_queries_whatever_their_size() {
    let office = Office::open().await;
    // The session is read once, then remembered.
    office.hr.get("/rh/employees").await.assert_ok();
    let small = office.preview(&file(&office, 1)).await;
    let large = office.preview(&file(&office, 900)).await;
    assert_eq!(cost(&office, &large).await, cost(&office, &small).await);

    // With how many statements more once it shows somebody: who is shown is recorded, all at once.
    let paths = [
        ("/rh/employees", 1),
        ("/rh/employees?q=nom&department=Service+3&status=pending", 1),
        ("/rh/employees/new", 0),
        ("/rh/employees/import", 0),
    ];
    let mut empty = Vec::new();
    for (path, _) in paths {
        empty.push(cost(&office, path).await);
    }
    office
        .hr
        .post(&format!("{large}/confirmation"), &[])
        .await
        .assert_see_other(&large);
    for ((path, record), before) in paths.into_iter().zip(empty) {
        assert_eq!(cost(&office, path).await, before + record, "{path}");
        assert!(before <= 7, "{path}: {before}");
    }
}

#[tokio::test]
async fn confirming_costs_the_same_statements_for_ten_rows_and_for_a_thousand() {
    let mut costs = Vec::new();
    for rows in [10, 1_000] {
        let office = Office::open().await;
        office.hr.get("/rh/employees").await.assert_ok();
        let path = office.preview(&file(&office, rows)).await;
        let before = office.app.statements();
        office
            .hr
            .post(&format!("{path}/confirmation"), &[])
            .await
            .assert_see_other(&path);
        costs.push(office.app.statements() - before);
    }
    assert_eq!(costs[0], costs[1]);
    assert!(costs[0] < 34, "{costs:?}");
}
