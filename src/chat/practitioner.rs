//! The practitioner's conversations.

use super::screen::{conversations, pages};
use crate::infra::{
    actor::{Practitioner, kinds},
    role_scope::RoleScope,
};

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    type Kind = kinds::Practitioner;
    scope
        .get("/messages", conversations::show_list::<Kind>)
        .get("/consultations/{id}/messages", pages::show::<Kind>)
        .post("/consultations/{id}/messages", pages::send::<Kind>)
        .post("/consultations/{id}/messages/reading", pages::read::<Kind>)
        .get(
            "/consultations/{id}/messages/{message}",
            pages::show_message::<Kind>,
        )
        .post(
            "/consultations/{id}/messages/{message}",
            pages::edit::<Kind>,
        )
        .post(
            "/consultations/{id}/messages/{message}/deletion",
            pages::delete::<Kind>,
        )
        .get(
            "/consultations/{id}/attachments/{attachment}",
            pages::attachment::<Kind>,
        );
}
