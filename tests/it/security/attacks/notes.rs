//! Clinical notes, by SQL.

use super::{
    Outcome::{Constraint, Denied, Policy, Rows},
    Stage,
};

const TABLES: [&str; 3] = ["clinical_records", "clinical_notes", "clinical_addenda"];

#[tokio::test]
async fn a_note_is_its_author_s_alone() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let note = app.signed_note(stage.consultation, "session", "<div>Secret</div>");
    let draft = app.clinical_note(stage.consultation, "referral", "<div>Brouillon</div>");
    app.sql(&format!(
        "INSERT INTO clinical_addenda (note_id, record_id, practitioner_id, company_id, client_id, content_sealed, signed_at)
         SELECT id, record_id, practitioner_id, company_id, gen_random_uuid(), '\\x00', now() FROM clinical_notes WHERE id = '{note}'"
    ));
    let (admin, super_admin) = (app.admin(), app.super_admin());
    for account in [
        &*stage.employee,
        &*stage.colleague,
        &*stage.hr,
        &*admin,
        &*super_admin,
    ] {
        for table in TABLES {
            for statement in [
                format!("SELECT count(*) FROM {table}"),
                format!("SELECT id FROM {table}"),
                format!("UPDATE {table} SET id = id"),
                format!("DELETE FROM {table}"),
                format!("INSERT INTO {table} DEFAULT VALUES"),
            ] {
                stage.expect(account, &[(&statement, Denied)]);
            }
        }
        stage.expect(
            account,
            &[("SELECT * FROM hz.forget_clinical_records(now())", Denied)],
        );
    }
    let keys = "SELECT id FROM data_keys WHERE scope = 'clinical'";
    stage.expect(&stage.employee, &[(keys, Rows(0))]);
    stage.expect(&admin, &[(keys, Rows(0))]);
    stage.expect(&stage.hr, &[(keys, Denied)]);
    for table in TABLES {
        let all = format!("SELECT id FROM {table}");
        stage.expect(&stage.other_practitioner, &[(&all, Rows(0))]);
    }
    stage.expect(
        &stage.other_practitioner,
        &[
            (keys, Rows(0)),
            ("UPDATE clinical_notes SET revision = 9", Rows(0)),
            ("DELETE FROM clinical_notes", Rows(0)),
        ],
    );
    // The author: the draft may change and go, what is signed may not.
    let key_of = "INSERT INTO data_keys (id, scope, owner_id, version, kek, wrapped)
                  VALUES (gen_random_uuid(), 'clinical', gen_random_uuid(), 1, 'local:0', decode(repeat('00', 60), 'hex'))";
    stage.expect(
        &stage.practitioner,
        &[
            ("SELECT id FROM clinical_notes", Rows(2)),
            ("SELECT id FROM clinical_addenda", Rows(1)),
            (keys, Rows(1)),
            (key_of, Policy),
            ("UPDATE clinical_notes SET revision = revision + 1", Rows(1)),
            ("UPDATE clinical_notes SET signed_at = NULL", Rows(1)),
            ("UPDATE clinical_notes SET happened_at = now()", Denied),
            (
                "UPDATE clinical_notes SET practitioner_id = practitioner_id",
                Denied,
            ),
            ("UPDATE clinical_addenda SET signed_at = now()", Denied),
            ("DELETE FROM clinical_addenda", Denied),
            ("DELETE FROM clinical_records", Denied),
            (
                &format!("DELETE FROM clinical_notes WHERE id = '{note}'"),
                Rows(0),
            ),
            (
                &format!("DELETE FROM clinical_notes WHERE id = '{draft}'"),
                Rows(1),
            ),
            ("SELECT * FROM hz.forget_clinical_records(now())", Denied),
        ],
    );
}

#[tokio::test]
async fn a_note_belongs_to_a_consultation_of_its_author_s() {
    let stage = Stage::set().await;
    let app = &stage.app;
    app.clinical_note(stage.consultation, "session", "");
    app.clinical_note(stage.other_consultation, "session", "");
    let ahead = app
        .consultation(&stage.employee, &stage.practitioner)
        .at("2026-05-04T09:00:00Z")
        .confirmed();
    // In any record that one can name, about any consultation that one can name.
    let insert = |consultation: uuid::Uuid, record: &str, kind: &str| {
        format!(
            "INSERT INTO clinical_notes (id, record_id, consultation_id, practitioner_id, company_id, kind, happened_at,
                                         writer, content_sealed, created_at, changed_at)
             VALUES (gen_random_uuid(), ({record}), '{consultation}', hz.user_id(), '{}', '{kind}',
                     coalesce((SELECT starts_at FROM consultations WHERE id = '{consultation}'), now()),
                     gen_random_uuid(), '\\x00', now(), now())",
            stage.own.id
        )
    };
    let own = "SELECT id FROM clinical_records";
    let foreign = app.text(&format!(
        "SELECT id::text FROM clinical_records WHERE practitioner_id = '{}'",
        stage.other_practitioner.id
    ));
    let foreign = format!("'{}'::uuid", foreign.expect("a record"));
    stage.expect(
        &stage.practitioner,
        &[
            (&insert(stage.consultation, own, "referral"), Rows(1)),
            (&insert(stage.consultation, own, "session"), Constraint),
            (&insert(stage.consultation, own, "diary"), Constraint),
            (&insert(stage.consultation, &foreign, "referral"), Policy),
            (&insert(stage.other_consultation, own, "referral"), Policy),
            (&insert(ahead, own, "referral"), Policy),
        ],
    );
    let record = format!(
        "INSERT INTO clinical_records (id, practitioner_id, employee_id, company_id, opened_at)
         VALUES (gen_random_uuid(), hz.user_id(), '{}', '{}', now())",
        stage.stranger.id, stage.other.id
    );
    stage.expect(&stage.practitioner, &[(&record, Policy)]);
    // An addendum is for what is signed.
    let addendum = "INSERT INTO clinical_addenda (id, note_id, record_id, practitioner_id, company_id, client_id, content_sealed, signed_at)
                    SELECT gen_random_uuid(), id, record_id, practitioner_id, company_id, gen_random_uuid(), '\\x00', now() FROM clinical_notes";
    stage.expect(&stage.practitioner, &[(addendum, Policy)]);
}
