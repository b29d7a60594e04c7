//! The screens that employees and practitioners share: the list, the preferences, the calendar.

mod calendar;
mod list;
pub(super) mod settings;

use super::queries::inbox::Told;
use crate::infra::{actor::Actor, role_scope::RoleScope};

/// Mounts them.
pub(super) fn routes<K: Told>(scope: &mut RoleScope<Actor<K>>) {
    scope
        .get("/notifications", list::show::<K>)
        .post("/notifications/reading", list::mark_all_read::<K>)
        .post("/notifications/{id}/reading", list::mark_read::<K>)
        .get("/notifications/preferences", settings::show::<K>)
        .post("/notifications/preferences", settings::change::<K>)
        .post("/notifications/calendar", calendar::make::<K>)
        .post("/notifications/calendar/revocation", calendar::revoke::<K>);
}
