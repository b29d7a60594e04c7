//! Tables that refer to people and are not in their copy.

/// Such a table, and why. A table that refers to people and is in no copy has a line here, or a test fails.
pub const EXEMPT: [(&str, &str); 35] = [
    (
        "company_decisions",
        "what the platform decided about a company; says of its author only that it was them",
    ),
    (
        "company_domain_claims",
        "a domain that waits a day at most for its code; the company's, not its author's",
    ),
    (
        "hr_preferences",
        "which mails about its team HR wants; all of it is shown, and changed, at /rh/settings",
    ),
    (
        "company_requests",
        "a company's, sent by somebody who has no account yet; told at the form, and answered by mail",
    ),
    (
        "call_signals",
        "technical descriptions between two browsers, deleted after minutes",
    ),
    (
        "chat_threads",
        "counts of what is in the copy of the messages",
    ),
    (
        "clinical_records",
        "the practitioner's record of a patient: the patient asks the practitioner for a copy (CSP, L. 1111-7)",
    ),
    (
        "clinical_notes",
        "part of the clinical record, which its author alone can read",
    ),
    (
        "clinical_addenda",
        "part of the clinical record, which its author alone can read",
    ),
    ("company_activity_daily", "sums over a company, of nobody"),
    ("data_export_parts", "the pieces of the copy itself"),
    (
        "data_keys",
        "keys: they open what is in the copy, and say nothing of anybody",
    ),
    (
        "ticket_keys",
        "keys of what is in the copy of tickets, and say nothing of anybody",
    ),
    (
        "employee_import_effects",
        "what an import changed, so that it can be taken back; deleted a day later",
    ),
    (
        "employee_import_rows",
        "HR's own file before it is confirmed, purged after days; what came of it is the account",
    ),
    (
        "employee_selections",
        "that a form was sent, so that it works once; deleted a day later",
    ),
    (
        "freed_slots",
        "slots that were given back, deleted when they are over; the appointment is in the copy",
    ),
    ("jobs", "work to do, by ids; without a payload once done"),
    (
        "kept_consultations",
        "a practitioner's decision about an appointment outside of their hours",
    ),
    (
        "platform_activity_monthly",
        "sums over everybody, of nobody",
    ),
    (
        "portraits",
        "the practitioner's picture is in the copy as a file",
    ),
    (
        "registrations",
        "sent by somebody who has no account yet, and gone when they have one",
    ),
    ("rooms", "names of rooms of a practice, of nobody"),
    (
        "sign_in_attempts",
        "keyed fingerprints of the last day, which name nobody",
    ),
    ("video_rooms", "random names of rooms"),
    (
        "erasures",
        "the wish itself, on its own page; nothing else is kept of it",
    ),
    ("destroyed_keys", "hashes that name nobody"),
    (
        "disclosure_acknowledgements",
        "that a change of the company's setting was read; the settings are on one's own page",
    ),
    ("disclosure_cells", "figures of groups, of nobody"),
    ("disclosure_medians", "figures of all companies, of nobody"),
    (
        "disclosure_rosters",
        "who was employed in a month, by id: the account and its department are in the copy",
    ),
    (
        "disclosure_settings",
        "the company's choice, shown to everybody of it",
    ),
    ("disclosure_snapshots", "sums over a company, of nobody"),
    (
        "support_files",
        "files of a company's tickets, which HR saves from their page",
    ),
    (
        "support_notes",
        "what admins tell each other about a ticket, of nobody else",
    ),
];
