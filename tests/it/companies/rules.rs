//! How much notice appointments ask for: the platform admin's rules.

use crate::support::TestApp;

const RULES: &str = "/admin/appointment-rules";

#[tokio::test]
async fn the_admin_sets_the_platform_s_notice_and_a_company_s_own() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let other = app.company("Rivale");
    let client = app.client().signed_in_as(&app.admin());
    let notices = || {
        app.text(&format!(
            "SELECT concat_ws(' ', hz.cancellation_notice_hours('{}'), hz.cancellation_notice_hours('{}'))",
            company.id, other.id
        ))
        .expect("both")
    };
    assert_eq!(notices(), "24 24");
    let page = client.get(RULES).await;
    page.assert_ok();
    let sent = client.submit(&page, RULES, &[("hours", "48")]).await;
    sent.assert_see_other(RULES);
    client
        .follow(&sent)
        .await
        .assert_text("La règle est enregistrée");
    assert_eq!(notices(), "48 48");

    let own = format!("{RULES}/company");
    let id = company.id.to_string();
    let fields = [("company", id.as_str()), ("company_hours", "6")];
    client.post(&own, &fields).await.assert_see_other(RULES);
    assert_eq!(notices(), "6 48");
    client.get(RULES).await.assert_text("6\u{a0}heures");
    let fields = [("company", id.as_str()), ("company_hours", "")];
    client.post(&own, &fields).await.assert_see_other(RULES);
    assert_eq!(notices(), "48 48");
    assert_eq!(
        app.count("SELECT count(*) FROM audit_logs WHERE action = 'NOTICE_CHANGED'"),
        3
    );
}

#[tokio::test]
async fn what_is_no_rule_is_refused_beside_its_field() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp").id.to_string();
    let nobody = uuid::Uuid::new_v4().to_string();
    let client = app.client().signed_in_as(&app.admin());
    for hours in ["", "-1", "169", "24h", "1.5"] {
        let sent = client.post(RULES, &[("hours", hours)]).await;
        sent.assert_status(422)
            .assert_text("un nombre entier d’heures, de 0 à 168");
    }
    let own = format!("{RULES}/company");
    for (id, hours) in [
        ("", "6"),
        (nobody.as_str(), "6"),
        ("x", "6"),
        (company.as_str(), "999"),
        ("", ""),
    ] {
        let fields = [("company", id), ("company_hours", hours)];
        client.post(&own, &fields).await.assert_status(422);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM companies WHERE cancellation_notice_hours IS NOT NULL"),
        0
    );
    assert_eq!(
        app.count("SELECT cancellation_notice_hours FROM platform_settings"),
        24
    );
}
