//! The only list of columns that hold sealed texts: what `huntzen keys renew` seals again. A column whose
//! name ends in `_sealed` and that is not here fails a test.

use crate::infra::envelope::SealedColumn;

const fn column(
    (table, column): (&'static str, &'static str),
    (scope, owner): (&'static str, &'static str),
) -> SealedColumn {
    SealedColumn {
        table,
        column,
        scope,
        owner,
    }
}

/// Every sealed column, with the kind of scope that its key is of and the column of the scope's owner.
pub const COLUMNS: &[SealedColumn] = &[
    column(("consultations", "message_sealed"), ("consultation", "id")),
    column(
        ("consultation_events", "reason_sealed"),
        ("consultation", "consultation_id"),
    ),
    column(
        ("chat_messages", "text_sealed"),
        ("chat", "consultation_id"),
    ),
    column(
        ("chat_attachments", "name_sealed"),
        ("chat", "consultation_id"),
    ),
    column(
        ("chat_attachments", "content_sealed"),
        ("chat", "consultation_id"),
    ),
    column(
        ("practitioner_reviews", "comment_sealed"),
        ("moderation", "id"),
    ),
    column(("problem_reports", "details_sealed"), ("moderation", "id")),
    column(
        ("journal_entries", "summary_sealed"),
        ("journal", "employee_id"),
    ),
    column(
        ("journal_entries", "text_sealed"),
        ("journal", "employee_id"),
    ),
    column(
        ("journal_shares", "content_sealed"),
        ("journal_share", "id"),
    ),
    column(
        ("clinical_notes", "content_sealed"),
        ("clinical", "record_id"),
    ),
    column(
        ("clinical_addenda", "content_sealed"),
        ("clinical", "record_id"),
    ),
    column(("jobs", "payload_sealed"), ("outbox", "sealed_by")),
    column(
        ("availability_exceptions", "label_sealed"),
        ("agenda", "practitioner_id"),
    ),
    column(("call_signals", "body_sealed"), ("chat", "consultation_id")),
    column(
        ("data_export_parts", "content_sealed"),
        ("data_export", "export_id"),
    ),
    column(("support_tickets", "subject_sealed"), ("support", "id")),
    column(
        ("support_messages", "text_sealed"),
        ("support", "ticket_id"),
    ),
    column(("support_files", "name_sealed"), ("support", "ticket_id")),
    column(
        ("support_files", "content_sealed"),
        ("support", "ticket_id"),
    ),
    column(
        ("support_notes", "text_sealed"),
        ("support_note", "ticket_id"),
    ),
];
