//! The queue, its filters, and how long answers take.

use askama::Template;
use serde::Deserialize;

use super::HOME;
use crate::{
    infra::{
        actor::{Admin, render},
        counts::Counts,
        error::{AppError, PageResult},
        form::Query,
        i18n,
        page::{Choice, PageContext, Pagination, Tab, filters},
    },
    support::{
        model::{Category, FIGURE_DAYS, Priority, Status},
        queries::{self, Figure, Ticket, Wanted},
    },
};

/// The filters, as the address spells them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    status: String,
    priority: String,
    category: String,
    whose: String,
    page: String,
}

impl Filters {
    fn wanted(&self, admin: &Admin) -> Wanted {
        Wanted {
            status: self.status.parse().ok(),
            priority: self.priority.parse().ok(),
            category: self.category.parse().ok(),
            assignee: (self.whose == "mine").then(|| admin.user_id()),
            unassigned: self.whose == "nobody",
            escalated: self.whose == "escalated",
        }
    }

    fn narrows(&self) -> bool {
        [&self.priority, &self.category, &self.whose]
            .into_iter()
            .any(|filter| !filter.is_empty())
    }

    /// The address of the same list in another state.
    fn path(&self, status: Option<Status>) -> String {
        let pairs = [
            ("status", status.map_or("", Status::as_str)),
            ("priority", self.priority.as_str()),
            ("category", self.category.as_str()),
            ("whose", self.whose.as_str()),
        ];
        let kept: Vec<_> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        match serde_urlencoded::to_string(kept) {
            Ok(query) if !query.is_empty() => format!("{HOME}?{query}"),
            _ => HOME.to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "support/admin/list.html")]
struct QueuePage {
    page: PageContext,
    tabs: Vec<Tab>,
    filters: Filters,
    priorities: Vec<Choice>,
    categories: Vec<Choice>,
    owners: Vec<Choice>,
    tickets: Vec<Ticket>,
    pages: Pagination,
    figures: Vec<Figure>,
    days: i64,
}

pub(super) async fn show_tickets(admin: Admin, Query(filters): Query<Filters>) -> PageResult {
    let page = admin.page();
    let wanted = filters.wanted(&admin);
    let (number, address) = (filters.page.parse().unwrap_or(1), page.path.clone());
    let (counts, pages, tickets, figures) = admin
        .db()
        .read(move |tx| {
            let counts = queries::counts_of(tx, &wanted)?;
            let pages = Pagination::new(
                number,
                counts.of(wanted.status.map(Status::as_str)),
                &address,
            );
            let tickets = queries::queue(tx, &wanted, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((counts, pages, tickets, queries::figures(tx)?))
        })
        .await?;
    let text = |key| i18n::text(page.locale, key);
    let template = QueuePage {
        tabs: tabs(&page, &filters, &counts, wanted.status),
        priorities: Priority::ALL
            .iter()
            .map(|priority| Choice::new(priority.as_str(), text(priority.label_key())))
            .collect(),
        categories: Category::ALL
            .iter()
            .map(|category| Choice::new(category.as_str(), text(category.label_key())))
            .collect(),
        owners: [
            ("mine", "support-whose-mine"),
            ("nobody", "support-whose-nobody"),
            ("escalated", "support-whose-escalated"),
        ]
        .map(|(value, key)| Choice::new(value, text(key)))
        .to_vec(),
        filters,
        tickets,
        pages,
        figures,
        days: FIGURE_DAYS,
        page,
    };
    render(&template.page, &template)
}

fn tabs(page: &PageContext, filters: &Filters, counts: &Counts, shown: Option<Status>) -> Vec<Tab> {
    let statuses = std::iter::once(None).chain(Status::ALL.iter().copied().map(Some));
    statuses
        .map(|status| {
            let key = status.map_or("support-status-all", Status::label_key);
            let label = i18n::text(page.locale, key);
            Tab::new(filters.path(status), label, shown == status)
                .count(counts.of(status.map(Status::as_str)))
        })
        .collect()
}
