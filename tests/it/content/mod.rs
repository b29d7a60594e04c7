//! A company's news: written, published, told, read; and who learns what of it.

mod reach;
mod secrecy;
mod writing;

use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Hr},
    client::Client,
    page::Page,
};

/// A company with HR and an employee of its Finance.
struct World {
    app: TestApp,
    company: Company,
    hr: Hr,
    office: Client,
    employee: Employee,
    reader: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let (hr, employee) = (app.hr_of(&company), app.employee_of(&company));
        Self {
            office: app.client().signed_in_as(&hr),
            reader: app.client().signed_in_as(&employee),
            hr,
            employee,
            company,
            app,
        }
    }

    /// The same, as the employee has signed in anew.
    fn again(self) -> Self {
        Self {
            reader: self.app.client().signed_in_as(&self.employee),
            ..self
        }
    }

    /// Somebody of another department.
    fn of_sales(&self) -> Employee {
        let colleague = self.app.employee_of(&self.company);
        self.app.sql(&format!(
            "UPDATE employees SET department = 'Ventes' WHERE user_id = '{}'",
            colleague.id
        ));
        colleague
    }

    /// Sends the form of a new piece of news.
    async fn writes(&self, changes: &[(&str, &str)]) -> Page {
        let form = self.office.get("/rh/news/new").await;
        self.office
            .submit(form.assert_ok(), "/rh/news", changes)
            .await
    }

    /// A draft: its path.
    async fn drafts(&self, title: &str, more: &[(&str, &str)]) -> String {
        let mut fields = vec![
            ("title", title),
            ("html", "<div>Ouverture <strong>lundi</strong>.</div>"),
            ("audience", "all"),
        ];
        fields.extend_from_slice(more);
        let sent = self.writes(&fields).await;
        sent.assert_status(303);
        sent.location().to_owned()
    }

    /// Presses a button of a post's page.
    async fn presses(&self, path: &str, step: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.office.get(path).await;
        self.office
            .submit(page.assert_ok(), &format!("{path}/{step}"), fields)
            .await
    }

    /// Publishes, and tells everybody.
    async fn publishes(&self, path: &str) {
        self.presses(path, "publication", &[])
            .await
            .assert_see_other(path);
        self.app.run_jobs().await;
    }

    fn now_is(&self, text: &str) {
        let moment: chrono::DateTime<chrono::Utc> = text.parse().expect("an instant");
        self.app.clock.advance(moment - self.app.now());
    }

    fn notices(&self) -> i64 {
        self.app
            .count("SELECT count(*) FROM notices WHERE kind = 'company_news'")
    }
}

fn id_of(path: &str) -> Uuid {
    path.rsplit('/')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("a post's path")
}
