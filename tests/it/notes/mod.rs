//! What practitioners write about their patients, and who cannot read it.

mod retention;
mod screens;
mod secrecy;
mod signing;
mod writing;

use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
    page::Page,
};

const HOME: &str = "/practitioner/notes";

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    /// Ended eight days ago.
    consultation: Uuid,
    browser: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        let consultation = app.consultation(&employee, &practitioner);
        Self {
            consultation: consultation.at("2026-03-12T09:00:00Z").completed(2_700),
            browser: app.client().signed_in_as(&practitioner),
            company,
            employee,
            practitioner,
            app,
        }
    }

    /// Begins a note through the pages: where it is.
    async fn begins(&self, kind: &str) -> String {
        let path = Self::begin_path(self.consultation);
        let form = self.browser.get(&path).await;
        let sent = self
            .browser
            .submit(form.assert_ok(), &path, &[("kind", kind)])
            .await;
        let edit = sent.assert_status(303).location().to_owned();
        edit.strip_suffix("/edit").expect("an editor").to_owned()
    }

    /// Opens the editor of a note and sends it, as a browser without scripts.
    async fn saves(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let form = self.browser.get(&format!("{path}/edit")).await;
        self.browser.submit(form.assert_ok(), path, fields).await
    }

    /// What an open page sends while somebody writes.
    async fn autosaves(&self, path: &str, base: (&str, &str, &str), html: &str) -> Page {
        let (revision, writer, turn) = base;
        let page = self.app.client().signed_in_as(&self.practitioner);
        let page = page.with_header("hx-request-type", "partial");
        let fields = [
            ("revision", revision),
            ("writer", writer),
            ("turn", turn),
            ("html", html),
        ];
        page.post(path, &fields).await
    }

    fn begin_path(consultation: Uuid) -> String {
        format!("/practitioner/consultations/{consultation}/notes")
    }

    fn path_of(note: Uuid) -> String {
        format!("{HOME}/{note}")
    }

    fn patient_path(&self) -> String {
        format!("{HOME}/patients/{}", self.employee.id)
    }

    fn count(&self) -> i64 {
        self.app.count("SELECT count(*) FROM clinical_notes")
    }

    /// How many statements an address costs, once its keys are known.
    async fn cost_of(&self, path: &str) -> usize {
        self.browser.get(path).await.assert_ok();
        let before = self.app.care_statements();
        self.browser.get(path).await.assert_ok();
        self.app.care_statements() - before
    }
}
