//! Several sessions at one local hour: which dates, what instead of those that are taken, one button.

use std::collections::HashMap;

use actix_web::{http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    confirmation::{ConfirmForm, Head, elsewhere},
    holds::{self, Found},
    parse_start,
    refused::{Why, crumbs, refuse},
};
use crate::{
    booking::{
        queries::{
            holds::{Held, NotBooked},
            series::{self, NotSeries, Plan},
        },
        series::{Choice as Chosen, MOST, Rhythm, Session, Wish},
        wording,
    },
    infra::{
        actor::{Employee, render, render_status, see_other_with, wants_fragment},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Query},
        i18n::{self, Locale},
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
    practitioners::queries::Profile,
};

/// Sessions proposed first.
const USUAL: usize = 6;
/// What a form sends for a session that is left out.
const SKIP: &str = "skip";

/// Which dates, as the address spells them. What is not understood is the usual.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Dates {
    every: String,
    count: String,
}

impl Dates {
    fn rhythm(&self) -> Rhythm {
        Rhythm::parse(&self.every).unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.count
            .parse()
            .map_or(USUAL, |count: usize| count.clamp(2, MOST))
    }
}

/// A session of the list. Without `why` it can be booked.
struct SessionRow {
    /// Its number in the series.
    number: usize,
    /// Its field in the form.
    name: String,
    /// Its start, or the one that was wanted.
    start: DateTime<Utc>,
    value: String,
    skipped: bool,
    why_key: Option<&'static str>,
    alternatives: Vec<DateTime<Utc>>,
}

impl SessionRow {
    fn new(index: usize, wish: Wish, session: Session) -> Self {
        let (start, skipped, why, alternatives) = match session {
            Session::Free(slot) => (slot.starts_at, false, None, Vec::new()),
            Session::Skipped => (wish.near, true, None, Vec::new()),
            Session::Conflict { why, alternatives } => {
                let starts = alternatives.iter().map(|slot| slot.starts_at).collect();
                (wish.near, false, Some(why), starts)
            }
        };
        Self {
            number: index + 2,
            name: field(index + 2),
            value: written(start),
            start,
            skipped,
            why_key: why.map(wording::session_refusal_key),
            alternatives,
        }
    }
}

fn field(number: usize) -> String {
    format!("session-{number}")
}

fn written(start: DateTime<Utc>) -> String {
    start.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[derive(Template)]
#[template(path = "booking/employee/series.html", blocks = ["sessions"])]
struct SeriesPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    head: Head,
    rhythms: Vec<Choice>,
    every: String,
    counts: Vec<Choice>,
    count: String,
    sessions: Vec<SessionRow>,
    conflicts: usize,
    form: ConfirmForm,
    errors: FormErrors,
}

pub(super) async fn show_series(
    employee: Employee,
    ids: web::Path<(Uuid, Uuid)>,
    Query(dates): Query<Dates>,
) -> PageResult {
    let (practitioner, hold) = ids.into_inner();
    match holds::find(&employee, practitioner, hold).await? {
        Found::Live(profile, held) => {
            let asked = Asked {
                plan: Plan {
                    rhythm: dates.rhythm(),
                    choices: vec![Chosen::AsPlanned; dates.count() - 1],
                },
                form: ConfirmForm::fresh(&profile),
            };
            draw(&employee, profile, held, asked, FormErrors::default()).await
        }
        found => elsewhere(&employee, practitioner, hold, found).await,
    }
}

/// What the form holds.
#[derive(Clone)]
struct Asked {
    plan: Plan,
    form: ConfirmForm,
}

impl Asked {
    /// `None` for what no form of ours sends.
    fn parse(fields: Vec<(String, String)>) -> Option<Self> {
        let fields: HashMap<String, String> = fields.into_iter().collect();
        let text = |name: &str| fields.get(name).map_or("", String::as_str);
        let count: usize = text("count").parse().ok()?;
        let choices = (2..=MOST).contains(&count).then(|| {
            (2..=count)
                .map(|number| match text(&field(number)) {
                    "" => Chosen::Unsaid,
                    SKIP => Chosen::Skipped,
                    // What cannot be read was offered for no session.
                    start => Chosen::At(parse_start(start).unwrap_or(DateTime::UNIX_EPOCH)),
                })
                .collect()
        })?;
        Some(Self {
            plan: Plan {
                rhythm: Rhythm::parse(text("every"))?,
                choices,
            },
            form: ConfirmForm {
                format: text("format").to_owned(),
                message: text("message").to_owned(),
            },
        })
    }
}

async fn draw(
    employee: &Employee,
    profile: Box<Profile>,
    held: Held,
    asked: Asked,
    errors: FormErrors,
) -> PageResult {
    let Asked { plan, form } = asked;
    let (settings, slot) = (profile.settings.clone(), held.clone());
    let (plan, judged) = employee
        .db()
        .read(move |tx| {
            let sessions = series::preview(tx, &slot, &settings, &plan)?;
            Ok::<_, AppError>((plan, sessions))
        })
        .await?;
    let page = employee.page();
    let head = Head::new(employee, &page, &profile, &held);
    let sessions: Vec<SessionRow> = judged
        .into_iter()
        .enumerate()
        .map(|(index, (wish, session))| SessionRow::new(index, wish, session))
        .collect();
    let status = match (errors.is_empty(), errors.form().is_some()) {
        (true, _) => StatusCode::OK,
        (false, true) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let conflicts = sessions.iter().filter(|row| row.why_key.is_some()).count();
    let template = SeriesPage {
        crumbs: crumbs(&page, &head.card),
        head,
        rhythms: rhythms(page.locale),
        every: plan.rhythm.weeks().to_string(),
        counts: counts(page.locale),
        count: (plan.choices.len() + 1).to_string(),
        conflicts,
        sessions,
        form,
        errors,
        page,
    };
    if wants_fragment(employee.request()) {
        return render(&template.page, &template.as_sessions());
    }
    render_status(&template.page, &template, status)
}

fn rhythms(locale: Locale) -> Vec<Choice> {
    Rhythm::ALL
        .into_iter()
        .map(|rhythm| {
            let key = match rhythm {
                Rhythm::Weekly => "booking-series-weekly",
                Rhythm::EveryTwoWeeks => "booking-series-fortnightly",
            };
            Choice::new(rhythm.weeks().to_string(), i18n::text(locale, key))
        })
        .collect()
}

fn counts(locale: Locale) -> Vec<Choice> {
    (2..=MOST)
        .map(|count| {
            let label = i18n::text_with(
                locale,
                "booking-series-sessions",
                &[("count", count.into())],
            );
            Choice::new(count.to_string(), label)
        })
        .collect()
}

pub(super) async fn book_series(
    employee: Employee,
    ids: web::Path<(Uuid, Uuid)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> PageResult {
    let (practitioner, hold) = ids.into_inner();
    let Some(asked) = Asked::parse(fields) else {
        return match holds::find(&employee, practitioner, hold).await? {
            Found::Live(..) => Err(AppError::Malformed),
            found => elsewhere(&employee, practitioner, hold, found).await,
        };
    };
    let mut errors = FormErrors::default();
    match asked.form.parse(practitioner, hold) {
        Err(wrong) => errors = wrong,
        Ok(request) => {
            let plan = asked.plan.clone();
            let booked = employee
                .db()
                .write(move |tx| series::book(tx, &request, &plan))
                .await;
            let why = match booked {
                Ok(Ok(_)) => {
                    return Ok(see_other_with(
                        "/employee/consultations",
                        Flash::success("booking-series-done"),
                    ));
                }
                Ok(Err(why)) => why,
                Err(error) => {
                    match NotBooked::by_constraint(&error).ok_or(error)? {
                        why @ (NotBooked::LimitReached | NotBooked::CompanySuspended) => {
                            NotSeries::NotBooked(why)
                        }
                        // Faster than the turn-taking: a session of the plan is taken by now.
                        _ => NotSeries::Conflicts,
                    }
                }
            };
            match why {
                NotSeries::Conflicts => errors.add_form("booking-series-conflicts"),
                NotSeries::NotBooked(NotBooked::FormatNotOffered) => {
                    errors.add("format", "booking-confirmation-format-missing");
                }
                NotSeries::NotBooked(NotBooked::NoRoom) => {
                    errors.add("format", "booking-refused-room");
                }
                NotSeries::NotBooked(NotBooked::HoldOver) => {}
                NotSeries::NotBooked(why) => {
                    return refuse(&employee, practitioner, None, Why::NotBooked(why)).await;
                }
            }
        }
    }
    match holds::find(&employee, practitioner, hold).await? {
        Found::Live(profile, held) => draw(&employee, profile, held, asked, errors).await,
        found => elsewhere(&employee, practitioner, hold, found).await,
    }
}
