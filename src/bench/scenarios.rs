//! The pages, who opens them, and what they may cost. A new page is a line of [`PAGES`].

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context as _, ensure};
use chrono::{Datelike as _, Months};
use uuid::Uuid;

use super::{
    Plan, Subject,
    http::{Request, Visitor, attribute_after},
    journal,
    load::{self, Measured},
    server::Server,
};
use crate::{infra::clock::Clock, seeds::scale};

/// Who opens a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Actor {
    Visitor,
    Employee,
    Practitioner,
    Hr,
    Admin,
    SuperAdmin,
}

impl Actor {
    /// The scale account of the `index`-th connection. A company of 100 has as many employees.
    pub(super) fn address(self, index: usize) -> Option<String> {
        let name = match self {
            Self::Visitor => return None,
            Self::Employee => format!("employee-{}", 1 + index % 100),
            Self::Practitioner => format!("practitioner-{}", 1 + index),
            Self::Hr => "hr-1".to_owned(),
            Self::Admin => "admin-1".to_owned(),
            Self::SuperAdmin => "super-admin-1".to_owned(),
        };
        Some(format!("{name}@scale.example"))
    }
}

/// A page and its limit.
pub(super) struct Page {
    pub(super) name: &'static str,
    actor: Actor,
    /// `{practitioner}` is each of 500 practitioners in turn, `{month}` the last full month,
    /// `{asset}` a style sheet.
    path: &'static str,
    /// Processor milliseconds per request, application and PostgreSQL, of the targets.
    pub(super) limit_ms: Option<f64>,
    pub(super) readers: Option<Readers>,
}

/// A limit on what readers wait for rather than on what a page costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Readers {
    /// How many read at a time.
    pub(super) at_a_time: usize,
    /// Milliseconds of the slowest answer but one in a hundred.
    pub(super) p99_ms: f64,
}

impl Page {
    /// Whether the size of the database could matter: it cannot to the limits.
    pub(super) fn reads_the_database(&self) -> bool {
        !self.name.starts_with("limit: ")
    }
}

const fn page(name: &'static str, actor: Actor, path: &'static str, limit_ms: Option<f64>) -> Page {
    Page {
        name,
        actor,
        path,
        limit_ms,
        readers: None,
    }
}

/// A page of a journal of a thousand entries, read on both cores.
const fn journal_page(name: &'static str, path: &'static str) -> Page {
    Page {
        readers: Some(Readers {
            at_a_time: journal::WRITERS,
            p99_ms: 50.0,
        }),
        ..page(name, Actor::Employee, path, None)
    }
}

pub(super) const PAGES: &[Page] = &[
    page("limit: health check", Actor::Visitor, "/healthz", None),
    page("limit: static asset", Actor::Visitor, "{asset}", None),
    page(
        "limit: template, no query",
        Actor::Visitor,
        "/confidentiality",
        None,
    ),
    page("sign-in page", Actor::Visitor, "/login", Some(0.8)),
    page(
        "employee's dashboard",
        Actor::Employee,
        "/employee",
        Some(0.8),
    ),
    page(
        "practitioner's dashboard",
        Actor::Practitioner,
        "/practitioner",
        Some(0.8),
    ),
    Page {
        readers: Some(Readers {
            at_a_time: 8,
            p99_ms: 30.0,
        }),
        ..page("HR's dashboard", Actor::Hr, "/rh", Some(0.8))
    },
    page("admin's dashboard", Actor::Admin, "/admin", Some(0.8)),
    page(
        "super admin's dashboard",
        Actor::SuperAdmin,
        "/super-admin",
        Some(0.8),
    ),
    page(
        "slot page, 30 days",
        Actor::Employee,
        "/employee/booking/{practitioner}?days=30",
        Some(0.6),
    ),
    page(
        "slot page, 60 days",
        Actor::Employee,
        "/employee/booking/{practitioner}?days=60",
        Some(5.0),
    ),
    page(
        "practitioner search",
        Actor::Employee,
        "/employee/booking",
        None,
    ),
    Page {
        readers: Some(Readers {
            at_a_time: 20,
            p99_ms: 60.0,
        }),
        ..page(
            "search, 20 readers",
            Actor::Employee,
            "/employee/booking",
            None,
        )
    },
    page(
        "employee's consultations",
        Actor::Employee,
        "/employee/consultations",
        None,
    ),
    journal_page("journal: 1,000 entries", "/employee/journal"),
    journal_page("journal: by mood", "/employee/journal?mood=4&page=3"),
    journal_page("journal: search", "/employee/journal?q=matin"),
    page(
        "practitioner's consultations",
        Actor::Practitioner,
        "/practitioner/consultations",
        None,
    ),
    page(
        "practitioner: past, a full list",
        Actor::Practitioner,
        "/practitioner/consultations?tab=past",
        None,
    ),
    page(
        "practitioner's activity",
        Actor::Practitioner,
        "/practitioner/activity",
        None,
    ),
    page("HR: employees", Actor::Hr, "/rh/employees", None),
    page(
        "HR: usage of 100 employees",
        Actor::Hr,
        "/rh/usage?period={month}",
        Some(1.5),
    ),
    page(
        "admin: companies",
        Actor::Admin,
        "/admin/companies?period={month}",
        None,
    ),
    page(
        "admin: practitioners",
        Actor::Admin,
        "/admin/practitioners?period={month}",
        None,
    ),
    page(
        "admin: monthly report",
        Actor::Admin,
        "/admin/reports?month={month}",
        Some(10.0),
    ),
];

/// The visitors of every kind, signed in when first needed, and what they look at.
pub(super) struct Crowd {
    port: u16,
    connections: usize,
    month: String,
    practitioners: Vec<Uuid>,
    visitors: BTreeMap<Actor, Vec<Visitor>>,
}

impl Crowd {
    pub(super) fn gather(
        server: &Server,
        connections: usize,
        clock: &Clock,
        practitioners: &[Uuid],
    ) -> Self {
        let last_month = clock.now().date_naive() - Months::new(1);
        Self {
            port: server.port,
            connections: connections.min(practitioners.len()).max(1),
            month: format!("{}-{:02}", last_month.year(), last_month.month()),
            practitioners: practitioners.to_vec(),
            visitors: BTreeMap::new(),
        }
    }

    /// The accounts that may have signed in.
    pub(super) fn addresses(&self) -> Vec<String> {
        let actors = self.visitors.keys();
        actors.flat_map(|actor| self.addresses_of(*actor)).collect()
    }

    /// The accounts of the connections of one kind, in order.
    pub(super) fn addresses_of(&self, actor: Actor) -> Vec<String> {
        let signed_in = self.visitors.get(&actor).map_or(0, Vec::len);
        (0..signed_in.max(self.connections))
            .filter_map(|index| actor.address(index))
            .collect()
    }

    /// One connection each, with its own session.
    pub(super) async fn signed_in(&mut self, actor: Actor) -> anyhow::Result<&mut [Visitor]> {
        self.at_a_time(actor, self.connections).await
    }

    async fn at_a_time(&mut self, actor: Actor, count: usize) -> anyhow::Result<&mut [Visitor]> {
        let visitors = self.visitors.entry(actor).or_default();
        for index in visitors.len()..count {
            let mut visitor = Visitor::new(self.port);
            if let Some(address) = actor.address(index) {
                sign_in(&mut visitor, &address).await?;
            }
            visitors.push(visitor);
        }
        Ok(&mut visitors[..count])
    }

    pub(super) async fn first_signed_in(&mut self, actor: Actor) -> anyhow::Result<&mut Visitor> {
        let visitors = self.signed_in(actor).await?;
        visitors.first_mut().context("at least one connection")
    }

    /// The addresses of a page, for `count` connections.
    fn requests(&self, page: &Page, asset: &str, count: usize) -> Vec<Vec<Request>> {
        let path = page
            .path
            .replace("{month}", &self.month)
            .replace("{asset}", asset);
        let of = |index: usize| {
            if !path.contains("{practitioner}") {
                return vec![Request::get(path.clone())];
            }
            // Each connection begins elsewhere: they are not all on one page at a time.
            let (early, late) = self
                .practitioners
                .split_at(index * self.practitioners.len() / count);
            let each = late.iter().chain(early);
            each.map(|id| Request::get(path.replace("{practitioner}", &id.to_string())))
                .collect()
        };
        (0..count).map(of).collect()
    }
}

async fn sign_in(visitor: &mut Visitor, address: &str) -> anyhow::Result<()> {
    visitor.exchange(&Request::get("/login")).await?;
    let token = form_token(visitor)?;
    let fields = [
        ("csrf", token.as_str()),
        ("email", address),
        ("password", scale::PASSWORD),
    ];
    let answer = visitor.exchange(&Request::post("/login", &fields)?).await?;
    ensure!(
        answer.status == 303,
        "{address} cannot sign in (status {}): is this database's scale seed of this build?",
        answer.status
    );
    Ok(())
}

/// The token of the forms on the page last read.
pub(super) fn form_token(visitor: &Visitor) -> anyhow::Result<String> {
    attribute_after(visitor.text(), "name=\"csrf\"", "value")
        .map(str::to_owned)
        .context("the page has no form")
}

/// What opening a page again and again costs; `None` for a page that is not there.
pub(super) async fn measure(
    page: &Page,
    subject: &mut Subject,
    server: &Server,
    crowd: &mut Crowd,
    plan: &Plan,
) -> anyhow::Result<Option<Measured>> {
    let asset = asset(server).await?;
    let count = page
        .readers
        .map_or(crowd.connections, |readers| readers.at_a_time);
    let requests = crowd.requests(page, &asset, count);
    let first = requests
        .iter()
        .flatten()
        .next()
        .context("a page has an address")?;
    let visitor = crowd.first_signed_in(page.actor).await?;
    if visitor.exchange(first).await?.status == 404 {
        return Ok(None);
    }
    let visitors = crowd.at_a_time(page.actor, count).await?;
    let time = if page.limit_ms.is_some() || page.readers.is_some() {
        plan.time
    } else {
        // What has no target is there to compare with.
        plan.time.min(Duration::from_secs(1))
    };
    load::for_a_time(subject, server, visitors, &requests, time)
        .await
        .map(Some)
        .with_context(|| format!("{}; the server said:\n{}", page.name, server.log()))
}

async fn asset(server: &Server) -> anyhow::Result<String> {
    let mut visitor = Visitor::new(server.port);
    visitor.exchange(&Request::get("/login")).await?;
    let path = attribute_after(visitor.text(), "rel=\"stylesheet\"", "href");
    path.map(str::to_owned)
        .context("the sign-in page has no style sheet")
}
