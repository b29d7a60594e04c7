//! The keys of what people confide.

use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use huntzen::infra::config::KEYS_LOGIN;

use super::{
    Outcome::{Constraint, Denied, Policy, Rows},
    Stage, outcome,
};

#[tokio::test]
async fn a_wrapped_key_is_seen_by_the_two_it_is_for_and_changed_by_nobody() {
    let stage = Stage::set().await;
    stage.app.sql(
        "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
         SELECT 'consultation', id, 1, 'local:0', decode(repeat('00', 60), 'hex') FROM consultations",
    );
    let insert = |owner: uuid::Uuid, version: u8| {
        format!(
            "INSERT INTO data_keys (id, scope, owner_id, version, kek, wrapped)
             VALUES (gen_random_uuid(), 'consultation', '{owner}', {version}, 'local:0', decode(repeat('00', 60), 'hex'))"
        )
    };
    let nobodys = uuid::Uuid::new_v4();
    for account in [&*stage.employee, &*stage.practitioner] {
        stage.expect(
            account,
            &[
                ("SELECT wrapped FROM data_keys", Rows(1)),
                (&insert(stage.other_consultation, 2), Policy),
                (&insert(nobodys, 1), Policy),
                (&insert(stage.consultation, 1), Constraint),
                ("UPDATE data_keys SET wrapped = wrapped", Denied),
                ("DELETE FROM data_keys", Denied),
                ("SELECT * FROM hz.keks_in_use()", Denied),
            ],
        );
    }
    stage.expect(
        &stage.colleague,
        &[
            ("SELECT wrapped FROM data_keys", Rows(0)),
            (&insert(stage.consultation, 2), Policy),
        ],
    );
    let (admin, super_admin) = (stage.app.admin(), stage.app.super_admin());
    // The moderation's keys are the admin's to use and to destroy; a consultation's are not there.
    stage.expect(
        &admin,
        &[
            ("SELECT wrapped FROM data_keys", Rows(0)),
            ("DELETE FROM data_keys", Rows(0)),
            ("UPDATE data_keys SET wrapped = wrapped", Denied),
            (&insert(stage.consultation, 2), Denied),
            ("SELECT * FROM hz.keks_in_use()", Denied),
        ],
    );
    for account in [&*stage.hr, &*stage.other_hr, &*super_admin] {
        stage.expect(
            account,
            &[
                ("SELECT wrapped FROM data_keys", Denied),
                ("SELECT id FROM data_keys", Denied),
                (&insert(stage.consultation, 2), Denied),
                ("SELECT * FROM hz.keks_in_use()", Denied),
            ],
        );
    }
}

#[tokio::test]
async fn whoever_changes_keys_reads_wrapped_keys_and_nothing_they_are_for() {
    let stage = Stage::set().await;
    stage.app.sql(
        "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
         SELECT 'consultation', id, 1, 'local:0', decode(repeat('00', 60), 'hex') FROM consultations",
    );
    let mut conn =
        PgConnection::establish(stage.app.login_url(KEYS_LOGIN).expose()).expect("a login");
    for (statement, wanted) in [
        ("SELECT wrapped FROM data_keys", Rows(2)),
        ("UPDATE data_keys SET wrapped = wrapped", Rows(2)),
        ("UPDATE data_keys SET owner_id = gen_random_uuid()", Denied),
        ("SELECT email FROM users", Denied),
        ("SELECT id FROM consultations", Denied),
        ("SELECT text_sealed FROM chat_messages", Denied),
        ("SELECT password_hash FROM credentials", Denied),
        ("DELETE FROM key_rotations", Denied),
    ] {
        conn.batch_execute("BEGIN; SET LOCAL ROLE hz_keys")
            .expect("the role of keys");
        let got = outcome(&mut conn, statement);
        conn.batch_execute("ROLLBACK").expect("the end");
        assert_eq!(got, wanted, "{statement}");
    }
}

#[tokio::test]
async fn whoever_seals_again_sees_sealed_bytes_and_neither_keys_nor_facts() {
    let stage = Stage::set().await;
    stage.app.sql(
        "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
         SELECT 'consultation', id, 1, 'local:0', decode(repeat('00', 60), 'hex') FROM consultations",
    );
    let mut conn =
        PgConnection::establish(stage.app.login_url(KEYS_LOGIN).expose()).expect("a login");
    for (statement, wanted) in [
        ("SELECT id, message_sealed FROM consultations", Rows(2)),
        ("SELECT employee_id FROM consultations", Denied),
        ("SELECT status FROM consultations", Denied),
        ("SELECT sender_id FROM chat_messages", Denied),
        ("SELECT wrapped FROM data_keys", Denied),
        ("UPDATE consultations SET message_sealed = NULL", Policy),
        ("UPDATE consultations SET status = 'cancelled'", Denied),
        ("DELETE FROM chat_messages", Denied),
        ("SELECT email FROM users", Denied),
    ] {
        conn.batch_execute("BEGIN; SET LOCAL ROLE hz_reseal")
            .expect("the role that seals again");
        let got = outcome(&mut conn, statement);
        conn.batch_execute("ROLLBACK").expect("the end");
        assert_eq!(got, wanted, "{statement}");
    }
}
