//! How what is written down about security is called.

/// The key of a security event's name; none for a kind that is new.
#[must_use]
pub fn event_key(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "signed_in" => "dashboard-event-signed-in",
        "sign_in_failed" => "dashboard-event-failed",
        "sign_in_locked" => "dashboard-event-locked",
        "password_changed" => "dashboard-event-password",
        "session_reuse" => "dashboard-event-reuse",
        "sealed_text_tampered" => "dashboard-event-tampered",
        "invitation_accepted" => "dashboard-event-invitation",
        "data_copy_downloaded" => "dashboard-event-copy",
        "erasure_asked" => "dashboard-event-erasure-asked",
        "erasure_cancelled" => "dashboard-event-erasure-cancelled",
        _ => return None,
    })
}
