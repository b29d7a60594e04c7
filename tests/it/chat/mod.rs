//! What the two participants write to each other.

mod files;
mod forms;
mod keeping;
mod live;

use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    client::Client,
};

/// Two people and their appointment.
struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    consultation: Uuid,
}

impl World {
    async fn start() -> Self {
        Self::of(TestApp::start().await)
    }

    fn of(app: TestApp) -> Self {
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        let consultation = app.consultation(&employee, &practitioner).scheduled();
        Self {
            app,
            employee,
            practitioner,
            consultation,
        }
    }

    fn employee(&self) -> Client {
        self.app.client().signed_in_as(&self.employee)
    }

    fn practitioner(&self) -> Client {
        self.app.client().signed_in_as(&self.practitioner)
    }

    /// A page of the chat below the consultation's.
    fn path(&self, space: &str, rest: &str) -> String {
        format!("/{space}/consultations/{}/{rest}", self.consultation)
    }

    fn messages(&self, space: &str) -> String {
        self.path(space, "messages")
    }
}
