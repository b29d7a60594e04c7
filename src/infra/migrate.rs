//! Roles, extension and schema: what `huntzen migrate` does, and what production checks at start.
//!
//! Roles belong to the PostgreSQL cluster, not to one database, so they are made here, once, behind
//! an advisory lock, before the migrations that grant to them. Tables belong to `hz_owner`, a role
//! nobody can sign in as: neither the migrating login nor the two application logins own anything.

use std::sync::LazyLock;

use anyhow::{Context as _, bail};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Bool, Integer, Text},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::{
    config::{CARE_LOGIN, KEYS_LOGIN, OFFICE_LOGIN},
    prepared::prepared,
};

/// The migrations of this build.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// The roles of each login.
pub const CARE_ROLES: [&str; 3] = ["hz_employee", "hz_practitioner", "hz_former"];
/// See [`CARE_ROLES`].
pub const OFFICE_ROLES: [&str; 5] = [
    "hz_visitor",
    "hz_hr",
    "hz_admin",
    "hz_super_admin",
    "hz_worker",
];

/// What the login of keys becomes.
pub const KEYS_ROLE: &str = "hz_keys";
/// What it becomes to seal anew what older keys sealed.
pub const RESEAL_ROLE: &str = "hz_reseal";

/// Passwords for the logins; absent where the server trusts the socket.
#[derive(Clone, Debug, Default)]
pub struct LoginPasswords {
    /// Of `huntzen_care`.
    pub care: Option<secrecy::SecretString>,
    /// Of `huntzen_office`.
    pub office: Option<secrecy::SecretString>,
    /// Of `huntzen_keys`.
    pub keys: Option<secrecy::SecretString>,
}

#[derive(QueryableByName)]
struct Flag {
    #[diesel(sql_type = Bool)]
    flag: bool,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Integer)]
    version: i32,
}

#[derive(QueryableByName)]
struct Quoted {
    #[diesel(sql_type = Text)]
    text: String,
}

fn role_exists(conn: &mut PgConnection, name: &str) -> anyhow::Result<bool> {
    Ok(
        sql_query("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS flag")
            .bind::<Text, _>(name)
            .get_result::<Flag>(conn)?
            .flag,
    )
}

fn create_role(conn: &mut PgConnection, name: &str, attributes: &str) -> anyhow::Result<()> {
    if !role_exists(conn, name)? {
        conn.batch_execute(&format!(
            "CREATE ROLE {name} {attributes} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT"
        ))?;
    }
    Ok(())
}

fn may_become(
    conn: &mut PgConnection,
    login: &str,
    role: &str,
    version: i32,
) -> anyhow::Result<()> {
    // Roles are the server's: granting anew what is granted collides with whoever migrates another
    // of its databases at this moment. PostgreSQL 16 keeps both options per grant; before, the
    // login's NOINHERIT says it.
    let as_wanted = if version >= 160_000 {
        "AND set_option AND NOT inherit_option"
    } else {
        ""
    };
    let granted = sql_query(format!(
        "SELECT EXISTS (SELECT FROM pg_auth_members
                        WHERE roleid = $1::regrole AND member = $2::regrole {as_wanted}) AS flag"
    ))
    .bind::<Text, _>(role)
    .bind::<Text, _>(login)
    .get_result::<Flag>(conn)?
    .flag;
    if granted {
        return Ok(());
    }
    let options = if version >= 160_000 {
        " WITH INHERIT FALSE, SET TRUE"
    } else {
        ""
    };
    conn.batch_execute(&format!("GRANT {role} TO {login}{options}"))?;
    Ok(())
}

/// Creates what is missing of roles, grants and extension. Safe to run again and at the same time.
///
/// # Errors
/// A server older than 15, or a login without the right to create roles.
pub fn prepare_roles(conn: &mut PgConnection, passwords: &LoginPasswords) -> anyhow::Result<()> {
    use secrecy::ExposeSecret as _;

    let version = sql_query("SELECT current_setting('server_version_num')::int AS version")
        .get_result::<Version>(conn)?
        .version;
    if version < 150_000 {
        bail!("PostgreSQL 15 or newer is needed (this server is {version})");
    }
    conn.batch_execute("SELECT pg_advisory_lock(hashtext('huntzen.roles'))")?;
    create_role(conn, "hz_owner", "NOLOGIN")?;
    for role in CARE_ROLES
        .iter()
        .chain(&OFFICE_ROLES)
        .chain(&[KEYS_ROLE, RESEAL_ROLE])
    {
        create_role(conn, role, "NOLOGIN")?;
    }
    for (login, roles, password) in [
        (CARE_LOGIN, CARE_ROLES.as_slice(), &passwords.care),
        (OFFICE_LOGIN, OFFICE_ROLES.as_slice(), &passwords.office),
        (
            KEYS_LOGIN,
            [KEYS_ROLE, RESEAL_ROLE].as_slice(),
            &passwords.keys,
        ),
    ] {
        create_role(conn, login, "LOGIN")?;
        for role in roles {
            may_become(conn, login, role, version)?;
        }
        if let Some(password) = password {
            let quoted = sql_query("SELECT quote_literal($1) AS text")
                .bind::<Text, _>(password.expose_secret())
                .get_result::<Quoted>(conn)?;
            conn.batch_execute(&format!("ALTER ROLE {login} PASSWORD {}", quoted.text))?;
        }
    }
    let me = sql_query("SELECT quote_ident(current_user) AS text").get_result::<Quoted>(conn)?;
    may_become(conn, &me.text, "hz_owner", version)?;
    let database =
        sql_query("SELECT quote_ident(current_database()) AS text").get_result::<Quoted>(conn)?;
    conn.batch_execute(&format!(
        "CREATE EXTENSION IF NOT EXISTS btree_gist;
         GRANT CREATE, CONNECT ON DATABASE {0} TO hz_owner;
         GRANT CONNECT ON DATABASE {0} TO {CARE_LOGIN}, {OFFICE_LOGIN}, {KEYS_LOGIN};
         GRANT CREATE, USAGE ON SCHEMA public TO hz_owner;
         GRANT USAGE ON SCHEMA public TO {1}, {2}, {KEYS_ROLE}, {RESEAL_ROLE};
         SELECT pg_advisory_unlock(hashtext('huntzen.roles'))",
        database.text,
        CARE_ROLES.join(", "),
        OFFICE_ROLES.join(", "),
    ))?;
    Ok(())
}

/// Prepares the roles, then runs the pending migrations as `hz_owner`.
///
/// # Errors
/// As [`prepare_roles`], or a migration's own error.
pub fn migrate(conn: &mut PgConnection, passwords: &LoginPasswords) -> anyhow::Result<usize> {
    prepare_roles(conn, passwords)?;
    conn.batch_execute("SET ROLE hz_owner")?;
    let done = conn
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| anyhow::anyhow!(error))
        .context("a migration failed")?
        .len();
    // The health check of the application logins compares versions.
    conn.batch_execute(
        "GRANT SELECT ON __diesel_schema_migrations TO huntzen_care, huntzen_office",
    )?;
    Ok(done)
}

#[derive(QueryableByName)]
struct Newest {
    #[diesel(sql_type = diesel::sql_types::Nullable<Text>)]
    version: Option<String>,
}

/// Whether the database has this build's newest migration.
///
/// # Errors
/// The query's error (for example when no migration has ever run).
pub fn is_current(conn: &mut PgConnection) -> diesel::QueryResult<bool> {
    static NEWEST: LazyLock<Option<String>> = LazyLock::new(|| {
        use diesel::migration::{Migration, MigrationSource};
        let embedded = MigrationSource::<diesel::pg::Pg>::migrations(&MIGRATIONS).ok()?;
        let versions = embedded
            .iter()
            .map(|migration| migration.name().version().to_string());
        versions.max()
    });
    let applied = prepared("SELECT max(version) AS version FROM __diesel_schema_migrations")
        .get_result::<Newest>(conn)?
        .version;
    Ok(NEWEST.is_some() && applied >= *NEWEST)
}

#[derive(QueryableByName)]
struct LoginPowers {
    #[diesel(sql_type = Text)]
    login: String,
    #[diesel(sql_type = Bool)]
    superuser: bool,
    #[diesel(sql_type = Bool)]
    bypass_rls: bool,
    #[diesel(sql_type = Bool)]
    owns_tables: bool,
    #[diesel(sql_type = Bool)]
    inherits: bool,
}

/// Why a login is too powerful to serve with; `None` when it is as small as it should be.
///
/// # Errors
/// The query's error.
pub fn login_problem(conn: &mut PgConnection) -> diesel::QueryResult<Option<String>> {
    let powers = sql_query(
        "SELECT rolname::text AS login, rolsuper AS superuser, rolbypassrls AS bypass_rls, rolinherit AS inherits,
                EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relkind IN ('r', 'p', 'v', 'm')) AS owns_tables
         FROM pg_roles r WHERE rolname = session_user",
    )
    .get_result::<LoginPowers>(conn)?;
    let problem = if powers.superuser {
        "is a superuser"
    } else if powers.bypass_rls {
        "may bypass row security"
    } else if powers.owns_tables {
        "owns tables"
    } else if powers.inherits {
        "inherits its roles' rights (create it with NOINHERIT)"
    } else {
        return Ok(None);
    };
    Ok(Some(format!(
        "the database login {} {problem}",
        powers.login
    )))
}
