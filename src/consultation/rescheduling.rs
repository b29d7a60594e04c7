//! Choosing another time: the calendar, and the question before it is done. The same pages for both
//! participants.

use actix_web::{http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    queries::rescheduling::{self, NotMoved, Offer, Reschedules},
    screen::{Row, crumbs, objection, path_of},
};
use crate::{
    booking::{
        calendar::{self, Day, days_from},
        model,
        slots::Refusal,
        wording,
    },
    infra::{
        actor::{Actor, Kind, render_status, see_other_with},
        db::Db,
        error::{AppError, PageResult},
        form::{Form, Query},
        page::{Crumb, Flash, PageContext, Space, filters},
    },
};

/// Days on one page of the calendar.
const DAYS_SHOWN: i64 = 14;

/// Which days, and which start, as the address and the form spell them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    from: String,
    start: String,
}

impl Wish {
    /// The start; `None` when there is none or it is not one of ours.
    fn start(&self) -> Option<DateTime<Utc>> {
        calendar::parse_start(&self.start)
    }

    /// The same where a form came without a start that can be read.
    fn unreadable(self) -> Self {
        Self {
            start: "?".to_owned(),
            ..self
        }
    }

    fn from(&self) -> Option<NaiveDate> {
        let near = self.start().map(|start| start.date_naive());
        calendar::parse_date(&self.from)
            .or(near.and_then(|day| day.checked_sub_days(chrono::Days::new(2))))
    }
}

/// The free times of some days.
struct Picker {
    first: NaiveDate,
    last: NaiveDate,
    weeks: Vec<Vec<Day>>,
    earlier: Option<NaiveDate>,
    later: Option<NaiveDate>,
    /// The next free day, when these have none.
    next_free: Option<NaiveDate>,
    /// The cities of the reader's clock and of the practitioner's, when they differ.
    clocks: Option<(String, String)>,
}

/// The page, whoever reads it.
struct Move {
    /// The appointment's own page.
    base: String,
    row: Row,
    picker: Picker,
    /// The new time to say yes to.
    chosen: Option<DateTime<Utc>>,
    /// Why the time that was asked for cannot be had.
    problem_key: &'static str,
}

impl Move {
    /// 409 for what was true a moment ago, 422 for what no page offered.
    fn status(&self) -> StatusCode {
        match self.problem_key {
            "" => StatusCode::OK,
            "booking-refusal-past"
            | "booking-refusal-beyond-horizon"
            | "booking-refusal-outside-hours"
            | "booking-refused-unreadable" => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        }
    }
}

/// What there is to show: the page, or what to say on the appointment's own.
type Shown = Result<Move, Flash>;

/// What is asked of the page.
struct Asked {
    /// Which appointment.
    id: Uuid,
    /// Its own page.
    base: String,
    /// Which days, and which start.
    wish: Wish,
    /// Why that start was refused a moment ago.
    refused: Option<Refusal>,
}

/// The calendar, or the question about one start of it.
async fn show<R: Reschedules>(
    db: &Db<R>,
    page: &PageContext,
    now: DateTime<Utc>,
    asked: Asked,
) -> Result<Shown, AppError> {
    let zone = page.tz;
    let today = now.with_timezone(&zone).date_naive();
    let (id, from, wanted) = (asked.id, asked.wish.from(), asked.wish.start());
    let offer = db
        .look(move |tx| {
            let days = move |horizon: i64| Period::new(from, today, horizon).range(zone);
            rescheduling::offer(tx, id, &days, wanted)
        })
        .await?;
    let offer = match offer {
        Ok(offer) => offer,
        Err(why) => return Ok(Err(refused(why, page))),
    };
    let unreadable = wanted.is_none() && !asked.wish.start.is_empty();
    let period = Period::new(from, today, offer.horizon_days);
    let row = Row::new(&offer.details.line, page, now)?;
    let (chosen, problem_key) = match (asked.refused, offer.chosen) {
        _ if unreadable => (None, "booking-refused-unreadable"),
        (Some(refusal), _) | (None, Some(Err(refusal))) => (None, refusal_key::<R>(refusal)),
        (None, Some(Ok(slot))) if slot.starts_at != row.starts_at => (Some(slot.starts_at), ""),
        (None, _) => (None, ""),
    };
    Ok(Ok(Move {
        base: asked.base,
        row,
        picker: picker(&offer, period, zone),
        chosen,
        problem_key,
    }))
}

fn picker(offer: &Offer, period: Period, zone: Tz) -> Picker {
    let at = offer.slots.first().or(offer.next.as_ref());
    Picker {
        first: period.first,
        last: period.last_shown(),
        weeks: calendar::by_week(calendar::by_day(zone, &offer.slots)),
        earlier: period.earlier(),
        later: period.later(),
        next_free: offer
            .next
            .map(|slot| slot.starts_at.with_timezone(&zone).date_naive()),
        clocks: at
            .filter(|slot| !calendar::same_clock(zone, offer.zone, slot.starts_at))
            .map(|_| (calendar::zone_city(zone), calendar::zone_city(offer.zone))),
    }
}

/// Why a start is refused. A practitioner learns nothing of the other's appointments.
fn refusal_key<R: Reschedules>(refusal: Refusal) -> &'static str {
    match (refusal, R::ACTOR) {
        // What was just given back may be somebody's to answer: half an hour, and nobody learns whose.
        (Refusal::Taken | Refusal::OwnConflict, model::Actor::Practitioner) => {
            "consultation-reschedule-taken-practice"
        }
        (Refusal::Taken, _) => "consultation-reschedule-taken",
        (Refusal::OutsideHours, model::Actor::Practitioner) => {
            "consultation-reschedule-outside-hours"
        }
        (refusal, _) => wording::refusal_key(refusal),
    }
}

/// What to say on the appointment's page when there is nothing to choose from.
fn refused(why: NotMoved, page: &PageContext) -> Flash {
    match why {
        NotMoved::Step(why) => objection(why, "consultation-too-early", page),
        NotMoved::PractitionerGone => Flash::warning("consultation-reschedule-gone"),
        NotMoved::CompanySuspended => Flash::warning("consultation-reschedule-suspended"),
        NotMoved::Slot(refusal) => Flash::warning(wording::refusal_key(refusal)),
    }
}

#[derive(Template)]
#[template(path = "consultation/rescheduling.html")]
struct ReschedulingPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    by_employee: bool,
    shown: Move,
}

pub(super) async fn choose<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Query(wish): Query<Wish>,
) -> PageResult
where
    Actor<K>: Reschedules,
{
    draw(&person, id.into_inner(), wish, None).await
}

async fn draw<K: Kind>(
    person: &Actor<K>,
    id: Uuid,
    wish: Wish,
    refused: Option<Refusal>,
) -> PageResult
where
    Actor<K>: Reschedules,
{
    let (page, now) = (person.page(), person.app().clock.now());
    let asked = Asked {
        id,
        base: path_of::<K>(id),
        wish,
        refused,
    };
    match show(&person.db(), &page, now, asked).await? {
        Ok(shown) => {
            let template = ReschedulingPage {
                crumbs: crumbs::<K>(&page, &shown.row),
                by_employee: K::SPACE == Space::Employee,
                shown,
                page,
            };
            render_status(&template.page, &template, template.shown.status())
        }
        Err(said) => Ok(see_other_with(&path_of::<K>(id), said)),
    }
}

pub(super) async fn reschedule<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(wish): Form<Wish>,
) -> PageResult
where
    Actor<K>: Reschedules,
{
    let id = id.into_inner();
    let Some(start) = wish.start() else {
        return draw(&person, id, wish.unreadable(), None).await;
    };
    match send(&person.db(), &person.page(), id, start).await? {
        Moved::Done => Ok(see_other_with(
            &path_of::<K>(id),
            Flash::success("consultation-done-reschedule"),
        )),
        Moved::Refused(said) => Ok(see_other_with(&path_of::<K>(id), said)),
        Moved::Again(refusal) => draw(&person, id, wish, Some(refusal)).await,
    }
}

/// What became of a move.
enum Moved {
    /// It moved, or was there already.
    Done,
    /// To be said on the appointment's page.
    Refused(Flash),
    /// To be chosen again, for this reason.
    Again(Refusal),
}

/// Moves the appointment.
async fn send<R: Reschedules>(
    db: &Db<R>,
    page: &PageContext,
    id: Uuid,
    start: DateTime<Utc>,
) -> Result<Moved, AppError> {
    let moved = db
        .write(move |tx| rescheduling::reschedule(tx, id, start))
        .await;
    let why = match moved {
        Ok(Ok(())) => return Ok(Moved::Done),
        Ok(Err(why)) => why,
        Err(error) => NotMoved::by_constraint(&error).ok_or(error)?,
    };
    Ok(match why {
        NotMoved::Slot(refusal) => Moved::Again(refusal),
        why => Moved::Refused(refused(why, page)),
    })
}

/// The days on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Period {
    first: NaiveDate,
    today: NaiveDate,
    /// The last that can be chosen.
    last: NaiveDate,
}

impl Period {
    fn new(from: Option<NaiveDate>, today: NaiveDate, horizon_days: i64) -> Self {
        let last = today + TimeDelta::days(horizon_days);
        Self {
            first: from.map_or(today, |from| from.clamp(today, last)),
            today,
            last,
        }
    }

    fn range(self, zone: Tz) -> std::ops::Range<DateTime<Utc>> {
        days_from(zone, self.first, DAYS_SHOWN.unsigned_abs())
    }

    fn last_shown(self) -> NaiveDate {
        (self.first + TimeDelta::days(DAYS_SHOWN - 1)).min(self.last)
    }

    fn earlier(self) -> Option<NaiveDate> {
        let from = (self.first - TimeDelta::days(DAYS_SHOWN)).max(self.today);
        (self.first > self.today).then_some(from)
    }

    fn later(self) -> Option<NaiveDate> {
        let from = self.first + TimeDelta::days(DAYS_SHOWN);
        (from <= self.last).then_some(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn no_day_before_today_or_beyond_the_horizon_is_shown() {
        let today = date("2026-11-20");
        let shown = |from: Option<&str>| Period::new(from.map(date), today, 60);
        assert_eq!(shown(None).first, today);
        assert_eq!(shown(None).earlier(), None);
        assert_eq!(shown(None).later(), Some(date("2026-12-04")));
        assert_eq!(shown(Some("2020-01-01")).first, today);
        let last = shown(Some("2040-01-01"));
        assert_eq!(last.first, date("2027-01-19"));
        assert_eq!(
            (last.last_shown(), last.later()),
            (date("2027-01-19"), None)
        );
        assert_eq!(last.earlier(), Some(date("2027-01-05")));
    }

    #[test]
    fn a_wish_opens_the_calendar_around_it() {
        let wish = |from: &str, start: &str| Wish {
            from: from.to_owned(),
            start: start.to_owned(),
        };
        let start = "2026-11-23T13:30:00Z";
        assert_eq!(wish("", start).from(), Some(date("2026-11-21")));
        assert_eq!(wish("2026-12-01", start).from(), Some(date("2026-12-01")));
        assert_eq!(wish("", "demain").start(), None);
        assert_eq!(wish("hier", "").from(), None);
    }
}
