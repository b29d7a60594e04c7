//! News to a department, from the editor to those who read it.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

const EDITOR: &str = "trix-editor";

#[tokio::test]
async fn news_are_written_published_for_a_department_and_read() {
    tells_a_department(false).await;
}

#[tokio::test]
async fn news_are_written_published_and_read_on_a_phone() {
    tells_a_department(true).await;
}

async fn tells_a_department(on_a_phone: bool) {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (hr, employee, colleague) = (
        app.hr_of(&company),
        app.employee_of(&company),
        app.employee_of(&company),
    );
    app.sql(&format!(
        "UPDATE employees SET department = 'Ventes' WHERE user_id = '{}'",
        colleague.id
    ));
    let mut browser = Browser::open(&app).await;
    if on_a_phone {
        browser.picks_up_a_phone().await;
    }
    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.inspects("hr: home without news").await;
    browser.goto("/rh/news").await;
    browser.reads("Votre première actualité").await;
    browser.inspects("hr: no news").await;
    browser.click("a[href='/rh/news/new']").await;
    browser.sees(EDITOR).await;
    browser.inspects("hr: a new piece of news").await;
    browser.leaves_the_checks_to_the_server().await;
    browser.submit("/rh/news").await;
    browser.reads("Donnez un titre").await;
    browser.inspects_refusal("hr: news without a title").await;
    browser.fill("title", "Clôture des comptes").await;
    browser
        .presses(EDITOR, "Rendez-vous vendredi, un café vous attend.")
        .await;
    browser.click("input[name=audience][value=some]").await;
    browser.click("input[name=department][value=Finance]").await;
    browser.inspects_refusal("hr: news for a department").await;
    browser.submit("/rh/news").await;
    browser.reads("Votre brouillon est enregistré").await;
    browser.reads("Rendez-vous vendredi").await;
    browser.inspects("hr: a draft").await;
    let path = browser.path().await;
    browser.submit(&format!("{path}/publication")).await;
    browser.reads("C’est publié").await;
    browser.inspects("hr: what is published").await;
    browser.goto("/rh/news").await;
    browser.inspects("hr: the list of news").await;
    browser.goto("/rh").await;
    browser.inspects("hr: home with news").await;
    browser.sign_out().await;
    app.run_jobs().await;

    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.reads("Clôture des comptes").await;
    browser.inspects("employee: home with news").await;
    browser.goto("/employee/notifications").await;
    browser.reads("Clôture des comptes").await;
    browser.inspects("employee: told of news").await;
    browser.goto("/employee/news").await;
    browser.inspects("employee: the list of news").await;
    browser.click(".news-card h2 a").await;
    browser.reads("Rendez-vous vendredi").await;
    // Open for two seconds, it is read, without a click.
    browser.reads("Vous avez lu cette actualité").await;
    browser.inspects("employee: a piece of news").await;
    assert_eq!(app.count("SELECT count(*) FROM news_readings"), 1);
    browser.goto("/employee/notifications/preferences").await;
    browser.inspects("employee: preferences with news").await;
    browser.sign_out().await;

    browser.sign_in(&colleague.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto("/employee/news").await;
    browser.reads("Rien de neuf").await;
    browser.inspects("employee: no news").await;
    browser.sign_out().await;

    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.goto(&path).await;
    browser.submit(&format!("{path}/archiving")).await;
    browser.reads("L’actualité est archivée").await;
    browser.click("a[href$='/deletion']").await;
    browser.reads("Supprimer cette actualité").await;
    browser.inspects("hr: delete news?").await;
    browser.close().await;
}
