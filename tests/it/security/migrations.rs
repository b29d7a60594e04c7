//! Migrations can be taken back: up, down and up again leave the same schema.

use diesel::{PgConnection, connection::SimpleConnection as _};
use diesel_migrations::MigrationHarness as _;
use huntzen::infra::migrate;

use crate::support::{cluster::Cluster, dump::postgres};

/// The schema as `pg_dump` writes it, without what it draws at random and in an order of its own: a column that was
/// dropped comes back as the last of its table.
fn dump(database: &str) -> String {
    let output = postgres("pg_dump")
        .args(["--schema-only", "--no-comments", "--dbname"])
        .arg(Cluster::shared().url_of(database).expose())
        .output()
        .expect("pg_dump runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout)
        .expect("a dump is text")
        .lines()
        .filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut things: Vec<String> = text.split("\n--\n-- Name: ").map(in_order).collect();
    things.sort();
    things.join("\n--\n-- Name: ")
}

/// The lines of a table, sorted; anything else as it is.
fn in_order(thing: &str) -> String {
    let Some((head, columns)) = thing
        .contains("\nCREATE TABLE ")
        .then(|| thing.split_once(" (\n"))
        .flatten()
    else {
        return thing.to_owned();
    };
    let mut lines: Vec<&str> = columns
        .lines()
        .map(|line| line.trim_end_matches(','))
        .collect();
    lines.sort_unstable();
    format!("{head} (\n{}", lines.join("\n"))
}

fn as_owner(database: &str) -> PgConnection {
    let mut conn = Cluster::shared().connect(database);
    conn.batch_execute("SET ROLE hz_owner")
        .expect("a superuser becomes anybody");
    conn
}

#[test]
fn up_down_and_up_again_leave_the_same_schema() {
    let cluster = Cluster::shared();
    let database = cluster.empty_database();
    cluster.migrate(&database);
    let before = dump(&database);
    assert!(before.contains("CREATE TABLE public.users"), "{before}");

    as_owner(&database)
        .revert_all_migrations(migrate::MIGRATIONS)
        .expect("every migration can be taken back");
    let empty = dump(&database);
    for left_over in [
        "CREATE TABLE public.users",
        "CREATE FUNCTION",
        "CREATE POLICY",
        "CREATE SCHEMA",
        "CREATE TYPE",
    ] {
        assert!(!empty.contains(left_over), "{left_over} survives: {empty}");
    }

    cluster.migrate(&database);
    assert_eq!(dump(&database), before);
}

#[test]
fn each_migration_can_be_taken_back_alone_and_applied_again() {
    let cluster = Cluster::shared();
    let database = cluster.empty_database();
    cluster.migrate(&database);
    let mut conn = as_owner(&database);
    let newest = dump(&database);
    let mut steps = Vec::new();
    while conn.revert_last_migration(migrate::MIGRATIONS).is_ok() {
        steps.push(dump(&database));
    }
    assert!(steps.len() >= 6, "{} migrations went down", steps.len());
    steps.pop();
    while let Some(wanted) = steps.pop() {
        conn.run_next_migration(migrate::MIGRATIONS)
            .expect("it goes up again");
        assert_eq!(dump(&database), wanted);
    }
    conn.run_next_migration(migrate::MIGRATIONS)
        .expect("the newest goes up again");
    assert_eq!(dump(&database), newest);
}

#[test]
fn migrating_twice_changes_nothing() {
    let cluster = Cluster::shared();
    let database = cluster.clone_template();
    let before = dump(&database);
    cluster.migrate(&database);
    assert_eq!(dump(&database), before);
}
