//! Two connections per login, many people: what one request leaves behind must not reach the next.

use std::time::Duration;

use actix_web::{HttpResponse, Scope, web};
use diesel::{
    QueryableByName, RunQueryDsl as _, connection::SimpleConnection as _, sql_query,
    sql_types::Text,
};
use futures_util::future::join_all;
use huntzen::infra::{
    actor::{Actor, Kind, Visitor, kinds},
    db::Tx,
    error::AppError,
};

use crate::support::{TestApp, actors::Account, app::Setup, client::Client};

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    text: String,
}

/// Role, person and company as PostgreSQL sees them.
fn who<R>(tx: &mut Tx<R>) -> Result<String, AppError> {
    Ok(sql_query(
        "SELECT concat_ws(' ', current_user, coalesce(hz.user_id()::text, '-'), coalesce(hz.company_id()::text, '-')) AS text",
    )
    .get_result::<Answer>(tx.conn())?
    .text)
}

async fn member_is<K: Kind>(actor: Actor<K>) -> Result<String, AppError> {
    actor.db().read(who).await
}

async fn visitor_is(visitor: Visitor) -> Result<String, AppError> {
    visitor.db().read(who).await
}

/// Changes the own theme, then does not end well.
async fn fails<K: Kind>(actor: Actor<K>, how: web::Path<String>) -> Result<HttpResponse, AppError> {
    let how = how.into_inner();
    actor
        .db()
        .write(move |tx| {
            let write = "UPDATE users SET theme = 'dark' WHERE id = hz.user_id()";
            tx.conn().batch_execute(write)?;
            match how.as_str() {
                "panic" => panic!("a handler panics on purpose"),
                "error" => Err(AppError::NotFound),
                "sql" => Ok(tx.conn().batch_execute("SELECT 1 / 0")?),
                // An error that nobody handles and nobody reports.
                "swallowed" => {
                    let _ = tx.conn().batch_execute("SELECT 1 / 0");
                    Ok(())
                }
                "savepoint" => {
                    let inner = tx.savepoint(|tx| {
                        tx.conn().batch_execute("UPDATE users SET locale = 'en' WHERE id = hz.user_id()")?;
                        Ok(tx.conn().batch_execute("SELECT 1 / 0")?)
                    });
                    assert!(inner.is_err());
                    Ok(())
                }
                "slow" => Ok(tx.conn().batch_execute("SELECT pg_sleep(0.4)")?),
                "role" => Ok(tx.conn().batch_execute("RESET ROLE")?),
                "session" => Ok(tx.conn().batch_execute(
                    "SET ROLE hz_practitioner; SELECT set_config('hz.user_id', gen_random_uuid()::text, false)",
                )?),
                "ended" => Ok(tx.conn().batch_execute("COMMIT")?),
                _ => Err(AppError::internal("no such failure")),
            }
        })
        .await?;
    Ok(HttpResponse::Ok().finish())
}

/// Writes where only reading is allowed.
async fn write_in_a_read<K: Kind>(actor: Actor<K>) -> Result<HttpResponse, AppError> {
    actor
        .db()
        .read(|tx| {
            tx.conn()
                .batch_execute("UPDATE users SET theme = 'dark' WHERE id = hz.user_id()")?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::Ok().finish())
}

fn probes_of<K: Kind>(name: &str) -> Scope {
    web::scope(name)
        .route("/who", web::get().to(member_is::<K>))
        .route("/read", web::get().to(write_in_a_read::<K>))
        .route("/fails/{how}", web::get().to(fails::<K>))
}

fn probes() -> Scope {
    web::scope("/probe")
        .route("/visitor/who", web::get().to(visitor_is))
        .service(probes_of::<kinds::Employee>("/employee"))
        .service(probes_of::<kinds::Practitioner>("/practitioner"))
        .service(probes_of::<kinds::Hr>("/hr"))
        .service(probes_of::<kinds::Admin>("/admin"))
        .service(probes_of::<kinds::SuperAdmin>("/super_admin"))
}

async fn start() -> TestApp {
    TestApp::start_with(Setup {
        configure: |config| config.pool_size = 2,
        probes: Some(probes),
        blocking_threads: 12,
        ..Setup::default()
    })
    .await
}

struct Somebody {
    client: Client,
    name: &'static str,
    identity: String,
}

impl Somebody {
    fn new(app: &TestApp, account: &Account) -> Self {
        let company = account
            .company_id
            .map_or("-".to_owned(), |id| id.to_string());
        Self {
            client: app.client().signed_in_as(account),
            name: account.role.as_str(),
            identity: format!("{} {} {company}", account.role.pg_role().name(), account.id),
        }
    }

    async fn is_itself(&self) {
        let page = self.client.get(&format!("/probe/{}/who", self.name)).await;
        assert_eq!(page.assert_ok().text(), self.identity);
    }

    async fn fails(&self, how: &str) -> u16 {
        self.client
            .get(&format!("/probe/{}/fails/{how}", self.name))
            .await
            .status
    }
}

fn everybody(app: &TestApp) -> Vec<Somebody> {
    let (one, other) = (app.company("TechCorp"), app.company("Rivale"));
    let mut accounts = app.one_of_each(&one);
    accounts.extend(app.one_of_each(&other));
    accounts
        .iter()
        .map(|account| Somebody::new(app, account))
        .collect()
}

/// Nobody's transaction is still open, and nothing that failed was kept.
fn assert_clean(app: &TestApp) {
    let open = app.text(
        "SELECT string_agg(state || ': ' || query, '; ') FROM pg_stat_activity
         WHERE datname = current_database() AND usename LIKE 'huntzen%' AND state LIKE 'idle in%'",
    );
    assert_eq!(open, None);
    assert_eq!(
        app.count("SELECT count(*) FROM users WHERE theme = 'dark' OR locale = 'en'"),
        0
    );
}

#[tokio::test]
async fn interleaved_requests_are_each_themselves() {
    let app = start().await;
    let people = everybody(&app);
    let visitor = app.client();
    for round in 0..4 {
        let members = join_all(people.iter().map(Somebody::is_itself));
        let failures = join_all(people.iter().enumerate().map(|(index, person)| {
            let ways = ["panic", "error", "sql", "swallowed"];
            person.fails(ways[(index + round) % ways.len()])
        }));
        let anonymous = join_all((0..6).map(|_| visitor.get("/probe/visitor/who")));
        let (_, failed, anonymous) = futures_util::join!(members, failures, anonymous);
        assert!(failed.iter().all(|status| *status >= 400), "{failed:?}");
        for page in anonymous {
            assert_eq!(page.assert_ok().text(), "hz_visitor - -");
        }
    }
    assert_clean(&app);
}

#[tokio::test]
async fn after_each_kind_of_failure_the_connections_are_as_new() {
    let app = start().await;
    let people = everybody(&app);
    let visitor = app.client();
    for (how, status) in [
        ("panic", 500),
        ("error", 404),
        ("sql", 500),
        ("swallowed", 500),
    ] {
        // More often than there are connections.
        for person in people.iter().chain(&people) {
            assert_eq!(person.fails(how).await, status, "{how}");
        }
        for person in &people {
            person.is_itself().await;
        }
        assert_eq!(
            visitor.get("/probe/visitor/who").await.text(),
            "hz_visitor - -"
        );
        assert_clean(&app);
    }
}

#[tokio::test]
async fn a_savepoint_undoes_its_own_part_only() {
    let app = start().await;
    let person = Somebody::new(&app, &app.admin());
    assert_eq!(person.fails("savepoint").await, 200);
    assert_eq!(
        app.count("SELECT count(*) FROM users WHERE theme = 'dark' AND locale = 'fr'"),
        1
    );
}

#[tokio::test]
async fn a_closure_that_changes_the_session_changes_nothing_for_the_next() {
    let app = start().await;
    let people = everybody(&app);
    // An injection may do this; whoever gets the connection next must not notice.
    for person in &people {
        for how in ["role", "session", "ended"] {
            person.fails(how).await;
            person.fails(how).await;
        }
    }
    for person in &people {
        person.is_itself().await;
    }
    assert_eq!(
        app.client().get("/probe/visitor/who").await.text(),
        "hz_visitor - -"
    );
}

#[tokio::test]
async fn requests_that_nobody_waits_for_any_more_leave_nothing_open() {
    let app = start().await;
    let people = everybody(&app);
    for person in &people {
        let request = person.fails("slow");
        let waited = tokio::time::timeout(Duration::from_millis(60), request).await;
        assert!(waited.is_err(), "the request was given up");
    }
    // They queue behind the abandoned ones: when they answer, those are over.
    for person in &people {
        person.is_itself().await;
    }
    join_all(people.iter().map(Somebody::is_itself)).await;
    assert_eq!(
        app.count(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
             AND usename LIKE 'huntzen%' AND state LIKE 'idle in%'"
        ),
        0
    );
}

#[tokio::test]
async fn reading_cannot_write() {
    let app = start().await;
    for person in everybody(&app) {
        let page = person
            .client
            .get(&format!("/probe/{}/read", person.name))
            .await;
        assert_eq!(page.status, 500, "{}", person.name);
        person.is_itself().await;
    }
    assert_clean(&app);
}

#[tokio::test]
async fn a_handler_of_another_role_is_never_entered() {
    let app = start().await;
    for person in everybody(&app) {
        for name in ["employee", "practitioner", "hr", "admin", "super_admin"] {
            let wanted = if name == person.name { 200 } else { 404 };
            let page = person.client.get(&format!("/probe/{name}/who")).await;
            assert_eq!(page.status, wanted, "{} at {name}", person.name);
        }
    }
}
