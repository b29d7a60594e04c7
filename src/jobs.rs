//! The only list of background work: every kind of job, and when recurring work runs.

use crate::infra::jobs::Registry;

/// Everything a runner runs.
pub fn registry() -> Registry {
    Registry::new()
}
