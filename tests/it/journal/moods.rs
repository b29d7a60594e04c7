//! Moods by the day and by the week, for their owner.

use super::World;

const MOODS: &str = "/employee/journal/moods";

#[tokio::test]
async fn a_month_and_the_last_weeks_are_drawn_and_written() {
    let world = World::start().await;
    let page = world.browser.get(MOODS).await;
    page.assert_ok()
        .assert_text("Aucune humeur notée")
        .assert_text("La courbe se dessinera");
    // Friday 20 March 2026, 10:00 in Paris.
    let entry = |mood, hours| {
        world
            .app
            .journal_entry(&world.employee, ("", ""), mood, hours)
    };
    let today = entry(Some(5), 1);
    entry(Some(2), 24);
    entry(Some(3), 26);
    entry(None, 48);
    entry(Some(1), 24 * 7);
    entry(Some(4), 24 * 30);
    let page = world.browser.get(MOODS).await;
    page.assert_ok()
        .assert_text("mars 2026")
        .assert_text("4 humeurs notées");
    let day = |text: &str| format!(".mood-calendar td a[href='/employee/journal{text}']");
    assert_eq!(
        page.texts(&day(&format!("/entries/{today}"))),
        ["20Très bien"]
    );
    assert_eq!(page.texts(&day("?month=2026-03")), ["19Entre les deux"]);
    assert_eq!(page.texts(".mood-calendar td[data-today]").len(), 1);
    let rows = page.texts(".mood-trend tbody tr");
    assert_eq!(rows.len(), 12);
    assert_eq!(rows[11], "16\u{a0}mars3,33");
    assert_eq!(rows[10], "9\u{a0}mars1,01");
    assert_eq!(rows[9], "2\u{a0}mars–0");
    assert_eq!(page.texts(".mood-trend circle").len(), 3);
    page.assert_nowhere("style=");

    let february = world.browser.get(&format!("{MOODS}?month=2026-02")).await;
    february
        .assert_text("février 2026")
        .assert_text("1 humeur notée");
    world
        .browser
        .get(&format!("{MOODS}?month=nonsense"))
        .await
        .assert_text("mars 2026");
    let cost = world.cost_of(MOODS).await;
    for hours in 0..30 {
        entry(Some(4), 30 + hours);
    }
    assert_eq!(world.cost_of(MOODS).await, cost);
    // In English, and for nobody else.
    let colleague = world.app.employee_of(&world.company);
    let other = world.app.client().signed_in_as(&colleague);
    other.get(MOODS).await.assert_text("Aucune humeur notée");
}
