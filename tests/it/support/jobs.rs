//! The background work of a test: it happens when the test says so, and mails are kept.

use huntzen::{
    infra::{
        jobs::{Registry, Runner},
        mailer::Mail,
    },
    jobs,
};

use super::TestApp;

impl TestApp {
    /// Runs everything that is due by the test's clock, retries of this moment and due periods included: how many
    /// tries that were.
    pub async fn run_jobs(&self) -> usize {
        self.runner(jobs::registry())
            .run_until_idle()
            .await
            .expect("the outbox answers")
    }

    /// A runner of other work than the product's; its mails are kept with the others.
    pub fn runner(&self, registry: Registry) -> Runner {
        Runner::new(self.shared.clone(), self.mailer.clone(), registry)
    }

    /// Every mail sent so far, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.mailer.sent()
    }
}
