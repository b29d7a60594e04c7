//! `/super-admin`: how the system is.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};

use crate::{
    infra::{
        actor::{SuperAdmin, render},
        app::App,
        error::{AppError, PageResult},
        i18n,
        page::{PageContext, filters},
        role_scope::RoleScope,
        system::{self, SystemState},
    },
    platform::{
        queries::{self, Backlog, CronRun, EventCount},
        wording,
    },
};

/// A due job that waits longer than this has nobody to run it.
const LATE_SECONDS: i64 = 300;

/// Mounts the operator's home.
pub fn routes(scope: &mut RoleScope<SuperAdmin>) {
    scope.get("", show_home);
}

#[derive(Template)]
#[template(path = "dashboard/super_admin/home.html")]
struct HomePage {
    page: PageContext,
    now: DateTime<Utc>,
    system: SystemState,
    database: String,
    backlog: Backlog,
    runs: Vec<CronRun>,
    events: Vec<EventCount>,
}

/// A word and its tone.
#[derive(Clone, Copy)]
struct Health {
    key: &'static str,
    tone: &'static str,
}

impl Health {
    fn of(good: bool, good_key: &'static str, bad_key: &'static str) -> Self {
        if good {
            Self {
                key: good_key,
                tone: "success",
            }
        } else {
            Self {
                key: bad_key,
                tone: "danger",
            }
        }
    }
}

impl HomePage {
    fn uptime_seconds(&self) -> i64 {
        (self.now - self.system.started_at).num_seconds().max(0)
    }

    fn schema(&self) -> Health {
        let current = self.system.schema_is_current == Some(true);
        Health::of(current, "dashboard-schema-current", "dashboard-schema-old")
    }

    fn oldest_seconds(&self) -> Option<i64> {
        Some((self.now - self.backlog.oldest_due?).num_seconds().max(0))
    }

    fn jobs(&self) -> Health {
        let late = self.oldest_seconds().is_some_and(|age| age > LATE_SECONDS);
        if late {
            return Health::of(false, "", "dashboard-jobs-late");
        }
        Health::of(
            self.backlog.dead == 0,
            "dashboard-jobs-well",
            "dashboard-jobs-dead",
        )
    }

    fn run(&self, run: &CronRun) -> Health {
        match run.outcome.as_deref() {
            Some("done") => Health::of(true, "dashboard-run-done", ""),
            Some(_) => Health::of(false, "", "dashboard-run-failed"),
            None => Health {
                key: "dashboard-run-waiting",
                tone: "info",
            },
        }
    }

    /// What a recurring work is called; its own name when it is new here.
    fn run_key(&self, run: &CronRun) -> Option<&'static str> {
        wording::work_key(&run.job)
    }

    /// What a security event is called; its own kind when it is new here.
    fn event_key(&self, event: &EventCount) -> Option<&'static str> {
        wording::event_key(&event.kind)
    }

    fn severity(&self, event: &EventCount) -> Health {
        match event.severity.as_str() {
            "low" => Health {
                key: "dashboard-severity-low",
                tone: "neutral",
            },
            "medium" => Health {
                key: "dashboard-severity-medium",
                tone: "warning",
            },
            _ => Health {
                key: "dashboard-severity-high",
                tone: "danger",
            },
        }
    }

    /// With a decimal it is enough to see whether something fills up.
    fn gibibytes(&self, bytes: &u64) -> String {
        i18n::decimal(self.page.locale, *bytes as f64 / f64::from(1_u32 << 30))
    }

    fn mebibytes(&self, bytes: &u64) -> u64 {
        *bytes >> 20
    }

    fn many(&self) -> String {
        i18n::number(self.page.locale, Backlog::MANY)
    }

    fn busy(&self, pool: &crate::infra::db::PoolState) -> u32 {
        pool.open.saturating_sub(pool.idle)
    }
}

async fn show_home(admin: SuperAdmin, app: web::Data<App>) -> PageResult {
    let looked = match system::glance(&app) {
        Some(seen) => seen,
        None => web::block(move || system::look(&app))
            .await
            .map_err(AppError::internal)?,
    };
    let ((database, events), runs) = admin
        .db()
        .read(|tx| Ok((queries::state_and_events(tx)?, queries::last_cron_runs(tx)?)))
        .await?;
    let template = HomePage {
        page: admin.page(),
        now: admin.app().clock.now(),
        system: looked,
        database: database.version,
        backlog: database.backlog,
        runs,
        events,
    };
    render(&template.page, &template)
}
