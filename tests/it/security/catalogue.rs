//! What PostgreSQL itself says about tables, policies, grants, functions and roles.
//!
//! Rules first; then the whole catalogue, compared with `catalogue.txt`, which a person can read.
//! After a change of the schema: `UPDATE_SNAPSHOTS=1 bin/test catalogue`, and read the difference.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path, sync::OnceLock};

use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Array, Bool, Nullable, Text},
};
use huntzen::infra::migrate::{CARE_ROLES, KEYS_ROLE, OFFICE_ROLES, RESEAL_ROLE};

use crate::support::cluster::Cluster;

const SNAPSHOT: &str = "tests/it/security/catalogue.txt";

/// Tenant tables that `hz_employee` or `hz_hr` may touch without a restrictive tenant policy, and why.
const TENANT_EXEMPTIONS: [(&str, &str, &str); 5] = [
    (
        "users",
        "hz_employee",
        "sees itself and the practitioners, who have no company; changes only itself",
    ),
    (
        "audit_logs",
        "hz_employee",
        "inserts its own deeds, reads nothing",
    ),
    (
        "users",
        "hz_former",
        "as an employee: itself and the practitioners; changes only itself",
    ),
    (
        "audit_logs",
        "hz_former",
        "inserts its own deeds, reads nothing",
    ),
    (
        "audit_logs",
        "hz_hr",
        "inserts its own deeds, reads nothing",
    ),
];

/// Tables without any policy for the application: the migration library's own.
const NOT_OURS: &str = "__diesel_schema_migrations";

/// What tells who did what with whom, and when: nothing for HR, admins and super admins.
const SECRET_TABLES: [&str; 12] = [
    "consultations",
    "consultation_events",
    "chat_threads",
    "chat_messages",
    "chat_attachments",
    "chat_reads",
    "kept_consultations",
    "employee_activity_daily",
    "notices",
    "calendar_feeds",
    "journal_entries",
    "journal_shares",
];

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    text: String,
}

/// One clone for all: nothing here writes.
fn database() -> PgConnection {
    static DATABASE: OnceLock<String> = OnceLock::new();
    let cluster = Cluster::shared();
    cluster.connect(DATABASE.get_or_init(|| cluster.clone_template()))
}

fn lines(conn: &mut PgConnection, query: &str) -> Vec<String> {
    sql_query(query)
        .load::<Line>(conn)
        .unwrap_or_else(|error| panic!("{error}\nin: {query}"))
        .into_iter()
        .map(|line| line.text)
        .collect()
}

fn expect_none(query: &str, problem: &str) {
    let found = lines(&mut database(), query);
    assert!(found.is_empty(), "{problem}: {found:#?}");
}

#[test]
fn every_table_has_forced_row_security_and_policies() {
    expect_none(
        &format!(
            "SELECT relname::text AS text FROM pg_class c
             WHERE relnamespace IN ('public'::regnamespace, 'hz'::regnamespace) AND relkind IN ('r', 'p')
               AND relname <> '{NOT_OURS}'
               AND NOT (relrowsecurity AND relforcerowsecurity
                        AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid))"
        ),
        "tables without forced row security or without a policy",
    );
}

#[test]
fn every_grant_has_a_policy_that_lets_it_see_something() {
    // A grant without a policy is a right that was meant and does not work, or a policy forgotten.
    expect_none(
        &format!(
            "SELECT DISTINCT c.relname || ': ' || r.rolname AS text
             FROM pg_class c CROSS JOIN pg_roles r
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '{NOT_OURS}'
               AND r.rolname LIKE 'hz\\_%' AND r.rolname <> 'hz_owner'
               AND (has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE')
                    OR has_table_privilege(r.oid, c.oid, 'DELETE'))
               AND NOT EXISTS (SELECT FROM pg_policy p
                               WHERE p.polrelid = c.oid AND p.polpermissive AND r.oid = ANY (p.polroles))"
        ),
        "grants without a policy",
    );
}

#[test]
fn tenant_tables_have_a_restrictive_tenant_policy() {
    let found = lines(
        &mut database(),
        "SELECT DISTINCT c.relname || ' ' || r.rolname AS text
         FROM pg_class c
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id'
         CROSS JOIN pg_roles r
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND r.rolname IN ('hz_employee', 'hz_former', 'hz_hr')
           AND (has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE')
                OR has_table_privilege(r.oid, c.oid, 'DELETE'))
           AND NOT EXISTS (
               SELECT FROM pg_policy p
               WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd = '*' AND r.oid = ANY (p.polroles)
                 AND pg_get_expr(p.polqual, p.polrelid) LIKE '%company_id = ( SELECT hz.company_id()%'
                 AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%company_id = ( SELECT hz.company_id()%')
         ORDER BY 1",
    );
    let mut exempt: Vec<String> = TENANT_EXEMPTIONS
        .iter()
        .map(|(table, role, _)| format!("{table} {role}"))
        .collect();
    exempt.sort();
    assert_eq!(
        found, exempt,
        "left: tenant tables open to a company's people without a tenant check"
    );
}

#[test]
fn hr_and_the_platform_have_no_right_on_what_happens_in_consultations() {
    for table in SECRET_TABLES {
        expect_none(
            &format!(
                "SELECT r.rolname::text AS text FROM pg_roles r
                 WHERE r.rolname IN ('hz_hr', 'hz_admin', 'hz_super_admin', 'hz_visitor')
                   AND (has_any_column_privilege(r.oid, 'public.{table}', 'SELECT, INSERT, UPDATE, REFERENCES')
                        OR has_table_privilege(r.oid, 'public.{table}', 'DELETE, TRUNCATE, TRIGGER'))"
            ),
            &format!("roles with a right on {table}"),
        );
    }
}

/// What people confide is in columns named so; the keys are in `data_keys`. What they write to the
/// moderation is read there, what the outbox holds is read by the worker, and row policies show them no other
/// key. Tickets are read by both of their sides, whose keys are in `ticket_keys`.
#[test]
fn keys_and_sealed_texts_are_for_employees_and_practitioners() {
    expect_none(
        "SELECT r.rolname || ' ' || c.relname || '.' || a.attname AS text
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         CROSS JOIN pg_roles r
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
           AND (c.relname IN ('data_keys', 'ticket_keys') OR a.attname LIKE '%\\_sealed')
           AND (r.rolname LIKE 'hz\\_%' AND r.rolname NOT IN ('hz_owner', 'hz_employee', 'hz_former', 'hz_practitioner')
                OR r.rolname LIKE 'huntzen\\_%')
           -- It changes wrapped keys, and sees nothing that they sealed.
           AND NOT (r.rolname = 'hz_keys' AND c.relname IN ('data_keys', 'ticket_keys'))
           -- It gets and gives sealed bytes, and sees no key.
           AND NOT (r.rolname = 'hz_reseal' AND a.attname LIKE '%\\_sealed')
           AND NOT (r.rolname = 'hz_admin' AND (c.relname, a.attname) IN (
                    ('practitioner_reviews', 'comment_sealed'), ('problem_reports', 'details_sealed'),
                    ('data_keys', 'id'), ('data_keys', 'scope'), ('data_keys', 'owner_id'),
                    ('data_keys', 'version'), ('data_keys', 'kek'), ('data_keys', 'wrapped'))
                AND NOT (c.relname = 'data_keys' AND has_column_privilege(r.oid, c.oid, a.attnum, 'INSERT, UPDATE')))
           -- Tickets: HR and the platform's admins write to each other, and admins note things among themselves.
           AND NOT (r.rolname IN ('hz_hr', 'hz_admin') AND (c.relname, a.attname) IN (
                    ('support_tickets', 'subject_sealed'), ('support_messages', 'text_sealed'),
                    ('support_files', 'name_sealed'), ('support_files', 'content_sealed')))
           AND NOT (r.rolname = 'hz_admin' AND (c.relname, a.attname) = ('support_notes', 'text_sealed'))
           AND NOT (r.rolname IN ('hz_hr', 'hz_admin') AND c.relname = 'ticket_keys'
                AND NOT has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE'))
           -- The outbox: the visitor puts in and reads nothing back, the worker takes out.
           AND NOT (r.rolname = 'hz_worker' AND (c.relname, a.attname) = ('jobs', 'payload_sealed'))
           AND NOT (r.rolname = 'hz_visitor' AND (c.relname, a.attname) = ('jobs', 'payload_sealed')
                AND NOT has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT, UPDATE'))
           AND NOT (r.rolname IN ('hz_worker', 'hz_visitor') AND (c.relname, a.attname) IN (
                    ('data_keys', 'id'), ('data_keys', 'scope'), ('data_keys', 'owner_id'),
                    ('data_keys', 'version'), ('data_keys', 'kek'), ('data_keys', 'wrapped'))
                AND NOT has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE'))
           AND has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES')",
        "rights on keys or sealed texts",
    );
    let of_a_ticket = |scope: &str| {
        format!(
            "((scope = ''{scope}''::text) AND (EXISTS ( SELECT FROM support_tickets t WHERE (t.id = ticket_keys.owner_id))))"
        )
    };
    let only = |scope: &str| vec![format!("(scope = ''{scope}''::text)")];
    for (role, table, rules) in [
        ("hz_admin", "data_keys", only("moderation")),
        ("hz_worker", "data_keys", only("outbox")),
        ("hz_visitor", "data_keys", only("outbox")),
        ("hz_hr", "ticket_keys", vec![of_a_ticket("support")]),
        (
            "hz_admin",
            "ticket_keys",
            vec!["true".to_owned(), of_a_ticket("support_note")],
        ),
    ] {
        expect_none(
            &format!(
                "SELECT polname::text AS text FROM pg_policy
                 WHERE polrelid = '{table}'::regclass AND '{role}'::regrole = ANY (polroles)
                   AND EXISTS (SELECT FROM unnest(ARRAY[pg_get_expr(polqual, polrelid),
                                                        pg_get_expr(polwithcheck, polrelid)]) AS rule
                               WHERE regexp_replace(rule, '\\s+', ' ', 'g') <> ALL (ARRAY['{}']))",
                rules.join("', '")
            ),
            &format!("keys in {table} that {role} reaches beside its own"),
        );
    }
    expect_none(
        "SELECT c.relname || '.' || a.attname AS text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'public'::regnamespace AND a.attname LIKE '%\\_sealed' AND a.atttypid <> 'bytea'::regtype",
        "sealed texts are bytes",
    );
}

/// Neither its own rights nor a function that runs with its owner's brings the office a sealed text or a key:
/// such a function may destroy them, and answers numbers then. The one that reads `data_keys` answers the
/// names of key-encryption keys.
#[test]
fn no_function_brings_sealed_texts_or_keys_to_the_office() {
    const LEADS_TO_SEALED: &str = "SELECT p.oid::regprocedure::text || ' by ' || r.rolname AS text
         FROM pg_proc p CROSS JOIN pg_roles r
         WHERE p.pronamespace IN ('hz'::regnamespace, 'public'::regnamespace) AND p.prosecdef
           AND (r.rolname LIKE 'hz\\_%' AND r.rolname NOT IN ('hz_owner', 'hz_employee', 'hz_practitioner')
                OR r.rolname LIKE 'huntzen\\_%')
           AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
           AND pg_get_functiondef(p.oid) ~ '_sealed|data_keys'
           AND coalesce((SELECT bool_or(answer <> ALL (ARRAY['integer', 'bigint', 'boolean', 'void']::regtype[]))
                         FROM (SELECT unnest(p.proallargtypes) AS answer, unnest(p.proargmodes) AS mode
                               UNION ALL SELECT p.prorettype, 'o' WHERE p.prorettype <> 'record'::regtype) answers
                         WHERE mode IN ('o', 'b', 't')), true)
           AND NOT (p.oid = 'hz.keks_in_use()'::regprocedure AND p.prosrc !~ 'wrapped|_sealed')
           -- Of whoever asks alone; the keys are not in it, and the office writes nothing sealed.
           AND NOT (p.oid = 'hz.own_rows(text)'::regprocedure AND p.prosrc !~ 'data_keys')";
    expect_none(LEADS_TO_SEALED, "functions that answer what is sealed");
    // This is how one would be seen.
    let cluster = Cluster::shared();
    let mut conn = cluster.connect(&cluster.clone_template());
    conn.batch_execute(
        "CREATE FUNCTION hz.leak() RETURNS SETOF bytea LANGUAGE sql SECURITY DEFINER SET search_path = ''
         AS 'SELECT text_sealed FROM public.chat_messages';
         REVOKE ALL ON FUNCTION hz.leak() FROM PUBLIC;
         GRANT EXECUTE ON FUNCTION hz.leak() TO hz_hr",
    )
    .expect("a function");
    assert_eq!(lines(&mut conn, LEADS_TO_SEALED), ["hz.leak() by hz_hr"]);
}

#[test]
fn nothing_is_granted_to_everybody() {
    expect_none(
        "SELECT c.relname::text AS text FROM pg_class c, aclexplode(c.relacl) acl
         WHERE c.relnamespace IN ('public'::regnamespace, 'hz'::regnamespace) AND acl.grantee = 0
         UNION ALL
         SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a, aclexplode(a.attacl) acl
         WHERE acl.grantee = 0 AND a.attrelid > 16384
         UNION ALL
         SELECT 'CREATE in schema ' || n.nspname FROM pg_namespace n, aclexplode(n.nspacl) acl
         WHERE acl.grantee = 0 AND acl.privilege_type = 'CREATE'
         UNION ALL
         SELECT 'schema hz' FROM pg_namespace n, aclexplode(n.nspacl) acl
         WHERE acl.grantee = 0 AND n.nspname = 'hz'",
        "granted to PUBLIC",
    );
    expect_none(
        "SELECT relname::text AS text FROM pg_class WHERE relkind = 'm'
           AND relnamespace IN ('public'::regnamespace, 'hz'::regnamespace)",
        "materialised views, which ignore row security",
    );
    expect_none(
        "SELECT relname::text AS text FROM pg_class WHERE relkind = 'v'
           AND relnamespace IN ('public'::regnamespace, 'hz'::regnamespace)
           AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)",
        "views that run as their owner",
    );
}

/// An account that is deleted is looked for in every table that may name it. What grows with use has an index for
/// that; these stay small, or are emptied within days.
#[test]
fn what_names_people_is_found_by_them() {
    expect_none(
        "SELECT c.conrelid::regclass || '.' || a.attname AS text
         FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.confrelid IN ('users'::regclass, 'employees'::regclass)
           AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = a.attnum
                AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', a.attname)))
           AND c.conrelid::regclass::text NOT IN (
                'call_signals', 'calendar_feeds', 'company_decisions', 'company_domain_claims', 'data_export_parts',
                'disclosure_settings', 'employee_imports', 'employee_selections', 'erasures', 'practitioner_reviews',
                'problem_reports')",
        "references that are followed by reading a whole table",
    );
}

#[test]
fn no_role_may_truncate_reference_or_add_triggers() {
    expect_none(
        "SELECT c.relname || ': ' || r.rolname AS text FROM pg_class c CROSS JOIN pg_roles r
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND (r.rolname LIKE 'hz\\_%' AND r.rolname <> 'hz_owner' OR r.rolname LIKE 'huntzen\\_%')
           AND (has_table_privilege(r.oid, c.oid, 'TRUNCATE, TRIGGER')
                OR has_any_column_privilege(r.oid, c.oid, 'REFERENCES'))",
        "rights that no screen needs",
    );
}

#[test]
fn functions_that_run_as_their_owner_are_closed() {
    expect_none(
        "SELECT p.oid::regprocedure::text AS text FROM pg_proc p
         WHERE pronamespace IN ('hz'::regnamespace, 'public'::regnamespace) AND prosecdef
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
           AND (NOT coalesce('search_path=\"\"' = ANY (proconfig), false)
                OR proacl IS NULL
                OR EXISTS (SELECT FROM aclexplode(proacl) acl WHERE acl.grantee = 0)
                OR pg_get_userbyid(proowner) <> 'hz_owner')",
        "SECURITY DEFINER functions with a search path, open to PUBLIC, or of another owner",
    );
    expect_none(
        "SELECT p.oid::regprocedure::text AS text FROM pg_proc p
         WHERE pronamespace IN ('hz'::regnamespace, 'public'::regnamespace) AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
           AND prosrc ~* '\\mEXECUTE\\M' AND prosecdef",
        "dynamic SQL in a function that runs as its owner",
    );
}

#[test]
fn the_logins_are_small_and_apart() {
    expect_none(
        "SELECT rolname::text AS text FROM pg_roles
         WHERE (rolname LIKE 'huntzen\\_%' OR rolname LIKE 'hz\\_%')
           AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit)",
        "roles with more power than they need",
    );
    expect_none(
        "SELECT rolname::text AS text FROM pg_roles WHERE rolname LIKE 'hz\\_%' AND rolcanlogin",
        "roles one can sign in as",
    );
    expect_none(
        "SELECT relname::text AS text FROM pg_class JOIN pg_roles r ON r.oid = relowner
         WHERE rolname LIKE 'huntzen\\_%' OR (rolname LIKE 'hz\\_%' AND rolname <> 'hz_owner')",
        "things that a login or a role owns",
    );
    expect_none(
        &format!(
            "SELECT c.relname || ': ' || r.rolname AS text FROM pg_class c CROSS JOIN pg_roles r
             WHERE c.relnamespace = 'public'::regnamespace AND r.rolname LIKE 'huntzen\\_%'
               AND c.relkind IN ('r', 'p', 'v', 'S') AND c.relname <> '{NOT_OURS}'
               AND EXISTS (SELECT FROM aclexplode(c.relacl) acl WHERE acl.grantee = r.oid)"
        ),
        "rights of a login without a role",
    );
    let mut conn = database();
    for (login, roles) in [
        ("huntzen_care", CARE_ROLES.as_slice()),
        ("huntzen_office", OFFICE_ROLES.as_slice()),
        ("huntzen_keys", [KEYS_ROLE, RESEAL_ROLE].as_slice()),
    ] {
        // Through any chain of memberships, not only directly.
        let becomes = sql_query(
            "WITH RECURSIVE reach AS (
                 SELECT roleid FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles WHERE rolname = $1)
                 UNION SELECT m.roleid FROM pg_auth_members m JOIN reach ON m.member = reach.roleid)
             SELECT rolname::text AS text FROM reach JOIN pg_roles r ON r.oid = roleid ORDER BY 1",
        )
        .bind::<Text, _>(login)
        .load::<Line>(&mut conn)
        .expect("memberships");
        let mut wanted: Vec<&str> = roles.to_vec();
        wanted.sort_unstable();
        let becomes: Vec<String> = becomes.into_iter().map(|line| line.text).collect();
        assert_eq!(becomes, wanted, "{login}");
    }
    expect_none(
        "SELECT roleid::regrole || ' by ' || member::regrole AS text FROM pg_auth_members
         WHERE admin_option AND (roleid::regrole::text LIKE 'hz\\_%') AND member::regrole::text LIKE 'h%'",
        "roles that can be given away",
    );
}

#[test]
fn policies_ask_for_the_identity_once_per_query() {
    // A bare call runs for every row: 500 times slower on a million of them.
    expect_none(
        "SELECT polrelid::regclass || ': ' || polname AS text FROM pg_policy
         WHERE regexp_replace(coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), ''),
                              'SELECT hz\\.(user|company)_id\\(\\)', '', 'g') ~ 'hz\\.(user|company)_id\\(\\)'",
        "policies that call a function per row",
    );
}

#[derive(QueryableByName)]
struct GrantRow {
    #[diesel(sql_type = Text)]
    relation: String,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Text)]
    privilege: String,
    /// NULL for the whole table.
    #[diesel(sql_type = Nullable<Array<Text>>)]
    columns: Option<Vec<String>>,
}

#[derive(QueryableByName)]
struct PolicyRow {
    #[diesel(sql_type = Text)]
    relation: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    command: String,
    #[diesel(sql_type = Bool)]
    permissive: bool,
    #[diesel(sql_type = Text)]
    roles: String,
    #[diesel(sql_type = Nullable<Text>)]
    sees: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    writes: Option<String>,
}

/// The catalogue as text: per relation its grants and its policies, then the functions.
fn render(conn: &mut PgConnection) -> String {
    conn.batch_execute("SET search_path = 'public'")
        .expect("a search path");
    let mut relations: BTreeMap<String, (Vec<String>, Vec<String>)> = lines(
        conn,
        "SELECT relname::text AS text FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')",
    )
    .into_iter()
    .map(|name| (name, Default::default()))
    .collect();
    let grants = sql_query(
        "SELECT c.relname::text AS relation, acl.grantee::regrole::text AS role, acl.privilege_type::text AS privilege,
                NULL::text[] AS columns
         FROM pg_class c, aclexplode(c.relacl) acl
         WHERE c.relnamespace = 'public'::regnamespace AND acl.grantee <> c.relowner
         UNION ALL
         SELECT c.relname::text, acl.grantee::regrole::text, acl.privilege_type::text,
                array_agg(a.attname::text ORDER BY a.attnum)
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped,
              aclexplode(a.attacl) acl
         WHERE c.relnamespace = 'public'::regnamespace GROUP BY 1, 2, 3
         ORDER BY 1, 2, 3",
    )
    .load::<GrantRow>(conn)
    .expect("the grants");
    for grant in grants {
        let mut line = format!("{:<15} {}", grant.role, grant.privilege);
        if let Some(columns) = grant.columns {
            let _ = write!(line, " ({})", columns.join(", "));
        }
        relations.entry(grant.relation).or_default().0.push(line);
    }
    let policies = sql_query(
        "SELECT polrelid::regclass::text AS relation, polname::text AS name, polpermissive AS permissive,
                CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                            WHEN 'd' THEN 'DELETE' ELSE 'everything' END AS command,
                (SELECT string_agg(role::regrole::text, ', ' ORDER BY role::regrole::text) FROM unnest(polroles) role) AS roles,
                pg_get_expr(polqual, polrelid) AS sees, pg_get_expr(polwithcheck, polrelid) AS writes
         FROM pg_policy ORDER BY 1, 2",
    )
    .load::<PolicyRow>(conn)
    .expect("the policies");
    for policy in policies {
        let kind = if policy.permissive {
            "policy"
        } else {
            "RESTRICTIVE policy"
        };
        let mut line = format!(
            "{kind} {} for {} to {}",
            policy.name, policy.command, policy.roles
        );
        for (what, expression) in [("sees", policy.sees), ("writes", policy.writes)] {
            if let Some(expression) = expression {
                let expression = expression.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = write!(line, "\n      {what} {expression}");
            }
        }
        relations.entry(policy.relation).or_default().1.push(line);
    }

    let mut text = String::from(
        "# What each database role may do: generated by tests/it/security/catalogue.rs, checked by every run.\n\
         # After a change of the schema: UPDATE_SNAPSHOTS=1 bin/test catalogue, then read the difference.\n",
    );
    for (relation, (grants, policies)) in relations {
        let _ = writeln!(text, "\n{relation}");
        for line in grants.iter().chain(&policies) {
            let _ = writeln!(text, "  {line}");
        }
    }
    let functions = lines(
        conn,
        "SELECT p.oid::regprocedure::text || CASE WHEN prosecdef THEN ' as its owner' ELSE '' END || ': '
                || coalesce((SELECT string_agg(CASE acl.grantee WHEN 0 THEN 'everybody' ELSE acl.grantee::regrole::text END, ', '
                                               ORDER BY acl.grantee::regrole::text)
                             FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) acl WHERE acl.grantee <> proowner),
                            'nobody') AS text
         FROM pg_proc p WHERE pronamespace = 'hz'::regnamespace ORDER BY p.oid::regprocedure::text COLLATE \"C\"",
    );
    text.push_str("\nfunctions\n");
    for function in functions {
        let _ = writeln!(text, "  {function}");
    }
    text
}

#[test]
fn the_catalogue_is_the_one_that_was_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SNAPSHOT);
    let now = render(&mut database());
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &now).expect("the snapshot is written");
        return;
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let difference: Vec<String> = known
        .lines()
        .filter(|line| !now.lines().any(|other| other == *line))
        .map(|line| format!("- {line}"))
        .chain(
            now.lines()
                .filter(|line| !known.lines().any(|other| other == *line))
                .map(|line| format!("+ {line}")),
        )
        .collect();
    assert!(
        known == now,
        "{SNAPSHOT} differs; read this, then UPDATE_SNAPSHOTS=1 bin/test catalogue:\n{}",
        difference.join("\n")
    );
}
