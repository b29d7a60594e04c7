//! What an employee writes for themselves, and who cannot read it.

mod exports;
mod moods;
mod pages;
mod secrecy;
mod shares;

use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Company, Employee},
    client::Client,
    page::Page,
};

const HOME: &str = "/employee/journal";

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    browser: Client,
}

impl World {
    async fn start() -> Self {
        Self::of(TestApp::start().await)
    }

    fn of(app: TestApp) -> Self {
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        Self {
            browser: app.client().signed_in_as(&employee),
            company,
            employee,
            app,
        }
    }

    /// Fills in the form of a new page and sends it.
    async fn sends(&self, fields: &[(&str, &str)]) -> Page {
        let form = self.browser.get("/employee/journal/new").await;
        self.browser.submit(form.assert_ok(), HOME, fields).await
    }

    /// Writes a page: where it is.
    async fn writes(&self, fields: &[(&str, &str)]) -> String {
        let sent = self.sends(fields).await;
        sent.assert_status(303).location().to_owned()
    }

    fn count(&self) -> i64 {
        self.app.count("SELECT count(*) FROM journal_entries")
    }

    /// How many statements an address costs, once its keys are known.
    async fn cost_of(&self, path: &str) -> usize {
        self.browser.get(path).await.assert_ok();
        let before = self.app.care_statements();
        self.browser.get(path).await.assert_ok();
        self.app.care_statements() - before
    }

    fn path_of(entry: Uuid) -> String {
        format!("{HOME}/entries/{entry}")
    }
}
