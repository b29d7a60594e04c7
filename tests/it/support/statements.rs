//! How many statements the application sends: a page costs the same however full it is.

use std::{
    collections::HashMap,
    sync::{Mutex, Once, PoisonError},
};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::TestApp;

/// By database: every test has its own.
static COUNTS: Mutex<Option<HashMap<String, usize>>> = Mutex::new(None);

/// Counts the statements of one connection.
#[derive(Default)]
struct Counter {
    database: String,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                let (_, database) = url.rsplit_once('/').unwrap_or_default();
                self.database = database.split('?').next().unwrap_or_default().to_owned();
            }
            InstrumentationEvent::StartQuery { .. } => {
                let mut counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
                let counts = counts.get_or_insert_default();
                *counts.entry(self.database.clone()).or_default() += 1;
            }
            _ => {}
        }
    }
}

/// Counts from now on, on every connection opened from now on.
pub(super) fn count() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_default_instrumentation(|| Some(Box::<Counter>::default()))
            .expect("nobody else instruments the connections");
    });
}

impl TestApp {
    /// Statements sent to its database so far, the test's own included.
    pub fn statements(&self) -> usize {
        let counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = counts.as_ref();
        counts
            .and_then(|counts| counts.get(&self.database))
            .copied()
            .unwrap_or_default()
    }
}
