//! Backups, as an operator makes them: `pg_dump`, and `psql` to restore.

use std::{env, path::PathBuf, process::Command};

use super::cluster::Cluster;

/// A program of PostgreSQL, from `POSTGRES_BIN` or the path.
pub fn postgres(program: &str) -> Command {
    let program = env::var_os("POSTGRES_BIN")
        .filter(|directory| !directory.is_empty())
        .map_or_else(
            || PathBuf::from(program),
            |directory| PathBuf::from(directory).join(program),
        );
    Command::new(program)
}

/// A database with its data, as text.
pub fn dump(database: &str) -> String {
    let output = postgres("pg_dump")
        .arg("--dbname")
        .arg(Cluster::shared().url_of(database).expose())
        .output()
        .expect("pg_dump runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("a dump is text")
}

/// A new database with what was dumped; its name.
pub fn restore(dump: &str) -> String {
    let cluster = Cluster::shared();
    let database = cluster.empty_database();
    let file = env::temp_dir().join(format!("{database}.sql"));
    std::fs::write(&file, dump).expect("the dump is written");
    let output = postgres("psql")
        .args([
            "--quiet",
            "--no-psqlrc",
            "--set",
            "ON_ERROR_STOP=1",
            "--file",
        ])
        .arg(&file)
        .arg("--dbname")
        .arg(cluster.url_of(&database).expose())
        .output()
        .expect("psql runs");
    let _ = std::fs::remove_file(&file);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    database
}
