//! Making and revoking the address of one's calendar.

use super::settings::{self, Filled};
use crate::{
    infra::{
        actor::{Actor, see_other_with},
        error::PageResult,
        form::{Form, Nothing},
        page::Flash,
    },
    notifications::queries::{feeds, inbox::Told},
};

/// Shows the new address in the answer itself: it cannot be shown again, so it goes through no redirect.
pub(super) async fn make<K: Told>(person: Actor<K>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let token = person.db().write(feeds::make).await?;
    let filled = Filled {
        feed: Some(format!(
            "{}/calendar/{token}.ics",
            person.app().config.public_url
        )),
        ..Filled::default()
    };
    settings::draw(&person, filled).await
}

pub(super) async fn revoke<K: Told>(
    person: Actor<K>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    person.db().write(feeds::revoke).await?;
    let said = Flash::success("notifications-calendar-revoked");
    Ok(see_other_with(&settings::path::<K>(), said))
}
