//! Counts the statements that an application sends, so that a test can hold a page to a number of
//! queries whatever its size.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, Once, PoisonError},
};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use huntzen::infra::config::DatabaseUrl;

use super::app::TestApp;

/// Statements so far, by the address of the connection.
static SENT: LazyLock<Mutex<HashMap<String, usize>>> = LazyLock::new(Mutex::default);

/// Counts for its connection, whose address it learns when the connection is made.
#[derive(Default)]
struct Counter {
    url: String,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                url.clone_into(&mut self.url)
            }
            // A new connection's settings are no page's query.
            InstrumentationEvent::StartQuery { query, .. }
                if !query.to_string().starts_with("SET ") =>
            {
                let mut sent = SENT.lock().unwrap_or_else(PoisonError::into_inner);
                match sent.get_mut(&self.url) {
                    Some(count) => *count += 1,
                    None => drop(sent.insert(self.url.clone(), 1)),
                }
            }
            _ => {}
        }
    }
}

/// Counts on every connection that is made from now on.
pub(super) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_default_instrumentation(|| Some(Box::new(Counter::default())))
            .expect("nobody panics while setting it");
    });
}

impl TestApp {
    /// Statements sent by the care login (employees and practitioners) so far, with the one that
    /// opens each transaction.
    pub fn care_statements(&self) -> usize {
        sent_to(&self.shared.config.care_database)
    }

    /// As [`TestApp::care_statements`], of both logins.
    pub fn statements(&self) -> usize {
        self.care_statements() + sent_to(&self.shared.config.office_database)
    }
}

fn sent_to(database: &DatabaseUrl) -> usize {
    let sent = SENT.lock().unwrap_or_else(PoisonError::into_inner);
    sent.get(database.expose()).copied().unwrap_or_default()
}
