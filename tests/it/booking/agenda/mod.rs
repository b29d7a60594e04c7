//! The practitioner's hand on its agenda.

mod calendar;
mod exceptions;
mod outside;
mod places;
mod settings;
mod windows;

use crate::support::{TestApp, actors::Practitioner, client::Client, page::Page};

/// A practitioner at its agenda, on Friday 20 March 2026, 10:00 in Paris.
struct Desk {
    app: TestApp,
    practitioner: Practitioner,
    client: Client,
}

impl Desk {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let practitioner = app.practitioner();
        Self {
            client: app.client().signed_in_as(&practitioner),
            practitioner,
            app,
        }
    }

    /// The free slots that an employee is shown, as their instants.
    async fn offered(&self) -> Vec<String> {
        let employee = self.app.employee_of(&self.app.company("Cliente"));
        let path = format!("/employee/booking/{}", self.practitioner.id);
        let page = self.app.client().signed_in_as(&employee).get(&path).await;
        page.attributes(".slot-days button", "value")
    }

    fn windows(&self) -> i64 {
        self.count("availability_windows")
    }

    fn exceptions(&self) -> i64 {
        self.count("availability_exceptions")
    }

    fn count(&self, table: &str) -> i64 {
        let id = self.practitioner.id;
        self.app.count(&format!(
            "SELECT count(*) FROM {table} WHERE practitioner_id = '{id}'"
        ))
    }
}

/// Fails unless the form came back with this beside that field, and the value that was typed.
fn assert_refused(page: &Page, field: &str, message: &str) {
    page.assert_status(422);
    let errors = page.texts(&format!("#{field}-error"));
    assert!(
        errors.iter().any(|error| error.contains(message)),
        "{field}: {errors:?} in {}",
        page.readable()
    );
}
