//! A page sends as many statements for one row as for sixty.

use crate::support::{TestApp, actors::Account};

/// What a request of a page costs, once its sessions and prepared statements are warm.
async fn cost(app: &TestApp, account: &Account, path: &str) -> usize {
    let client = app.client().signed_in_as(account);
    client.get(path).await.assert_ok();
    let before = app.statements();
    client.get(path).await.assert_ok();
    app.statements() - before
}

#[tokio::test]
async fn a_fuller_page_sends_no_more_statements() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.discloses(&company, "named");
    let (hr, admin, super_admin) = (app.hr_of(&company), app.admin(), app.super_admin());
    let (practitioner, employee) = (app.practitioner(), app.employee_of(&company));
    let statement = format!("/admin/practitioners/{}/activity", practitioner.id);
    let pages: [(&Account, &str, usize); 11] = [
        (&employee, "/employee", 6),
        (&practitioner, "/practitioner", 3),
        (&practitioner, "/practitioner/activity", 5),
        (&hr, "/rh", 7),
        (&hr, "/rh/usage", 7),
        (&admin, "/admin", 6),
        (&admin, "/admin/companies", 4),
        (&admin, "/admin/practitioners", 5),
        (&admin, "/admin/reports", 7),
        (&admin, &statement, 7),
        (&super_admin, "/super-admin", 4),
    ];
    app.consultation(&employee, &practitioner)
        .at("2026-03-24T09:00:00Z")
        .scheduled();
    // Somebody is named from the beginning: who is named is recorded, in one statement for all.
    app.consultation(&employee, &practitioner)
        .at("2026-03-19T07:00:00Z")
        .completed(2_700);
    let mut before = Vec::new();
    for (account, path, _) in pages {
        before.push(cost(&app, account, path).await);
    }
    for number in 0..30 {
        let other = app.company(&format!("Entreprise {number}"));
        let colleague = app.employee_of(&company);
        let stranger = app.employee_of(&other);
        let newcomer = app.practitioner();
        let day = number % 17 + 2;
        for (employee, practitioner, hour) in
            [(&colleague, &practitioner, 7), (&stranger, &newcomer, 13)]
        {
            let start = format!("2026-03-{day:02}T{hour:02}:{:02}:00Z", number / 17 * 55);
            app.consultation(employee, practitioner)
                .at(&start)
                .completed(2_700);
        }
        let ahead = format!("2026-04-{:02}T09:00:00Z", number % 28 + 1);
        if number < 28 {
            app.consultation(&employee, &practitioner)
                .at(&ahead)
                .scheduled();
        }
    }
    for ((account, path, most), before) in pages.into_iter().zip(before) {
        let after = cost(&app, account, path).await;
        assert_eq!(after, before, "{path}");
        assert!(after <= most, "{path}: {after} statements");
    }
}
