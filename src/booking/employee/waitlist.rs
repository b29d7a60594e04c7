//! The employee's waiting list: what they wait for, what is offered to them, a new request.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    booking::{
        queries::waitlist::{self, NewRequest, NotAdded, Offer, Waiting},
        waitlist::{MOST_REQUESTS, Wish},
    },
    infra::{
        actor::{Employee, render, render_status, see_other_with},
        error::{AppError, PageResult, url_query},
        form::{Form, FormErrors, Nothing},
        i18n::{self, Locale},
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
    practitioners::model::{self, LANGUAGES, full_name},
    privacy::queries::consents::health_data_stands,
};

/// The list's own address.
const LIST: &str = "/employee/waiting-list";
/// Where one asks to be put in line.
const NEW: &str = "/employee/waiting-list/new";

/// A request, in the words of the page.
struct Row {
    id: Uuid,
    /// "Dr Claire Martin", or the profession.
    whom: String,
    /// "lun., mar. · de 8:00 à 12:00 · avant le 3 avril"
    when: String,
    since: DateTime<Utc>,
}

/// The slot that waits for an answer.
struct Offered {
    id: Uuid,
    /// Where it is confirmed.
    href: String,
    name: String,
    starts_at: DateTime<Utc>,
    minutes: i64,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    /// "29:42", counted by the server; scripts go on counting.
    left: String,
}

impl Offered {
    fn new(offer: &Offer, now: DateTime<Utc>) -> Self {
        let left = (offer.expires_at - now).num_seconds().max(0);
        Self {
            id: offer.id,
            href: super::holds::path(offer.practitioner_id, offer.hold),
            name: full_name(&offer.title, &offer.first_name, &offer.last_name),
            starts_at: offer.starts_at,
            minutes: (offer.ends_at - offer.starts_at).num_minutes(),
            now,
            expires_at: offer.expires_at,
            left: format!("{}:{:02}", left / 60, left % 60),
        }
    }
}

#[derive(Template)]
#[template(path = "booking/employee/waitlist.html")]
struct WaitingListPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    offer: Option<Offered>,
    rows: Vec<Row>,
    may_add: bool,
}

pub(super) async fn show_waiting_list(employee: Employee) -> PageResult {
    let (offer, requests) = employee
        .db()
        .read(|tx| Ok((waitlist::pending_offer(tx)?, waitlist::requests(tx)?)))
        .await?;
    let page = employee.page();
    let template = WaitingListPage {
        crumbs: vec![Crumb::new(
            "/employee/booking",
            i18n::text(page.locale, "booking-search-title"),
        )],
        offer: offer.map(|offer| Offered::new(&offer, employee.app().clock.now())),
        may_add: requests.len() < MOST_REQUESTS,
        rows: requests
            .iter()
            .map(|request| row(request, page.locale))
            .collect(),
        page,
    };
    render(&template.page, &template)
}

fn row(request: &Waiting, locale: Locale) -> Row {
    Row {
        id: request.id,
        whom: whom(request, locale),
        when: when(&request.wish(), locale),
        since: request.created_at,
    }
}

fn whom(request: &Waiting, locale: Locale) -> String {
    if request.practitioner_id.is_some() {
        let name = full_name(&request.title, &request.first_name, &request.last_name);
        return match name.as_str() {
            // Left the directory since.
            "" => i18n::text(locale, "booking-waitlist-gone").to_owned(),
            _ => name,
        };
    }
    let specialty = match request.specialty() {
        Some(specialty) => i18n::text(locale, specialty.label_key()),
        None => i18n::text(locale, "booking-waitlist-anybody"),
    };
    match &request.language {
        Some(code) => format!("{specialty} · {}", model::language_name(locale, code)),
        None => specialty.to_owned(),
    }
}

fn when(wish: &Wish, locale: Locale) -> String {
    let mut parts = Vec::new();
    let days: Vec<&str> = wish
        .weekdays
        .iter()
        .filter_map(|number| DAYS.iter().find(|day| day.number == *number))
        .map(|day| i18n::text(locale, day.short_key))
        .collect();
    parts.push(match wish.weekdays.as_slice() {
        [1, 2, 3, 4, 5] => i18n::text(locale, "booking-waitlist-working-days").to_owned(),
        _ if days.len() == DAYS.len() => {
            i18n::text(locale, "booking-waitlist-every-day").to_owned()
        }
        _ => days.join(", "),
    });
    let hour = |time: NaiveTime| i18n::time(locale, chrono_tz::UTC, time);
    match (wish.from, wish.until) {
        (Some(from), Some(until)) => parts.push(i18n::text_with(
            locale,
            "booking-waitlist-between",
            &[("from", hour(from).into()), ("until", hour(until).into())],
        )),
        (Some(from), None) => parts.push(i18n::text_with(
            locale,
            "booking-waitlist-after",
            &[("from", hour(from).into())],
        )),
        (None, Some(until)) => parts.push(i18n::text_with(
            locale,
            "booking-waitlist-before",
            &[("until", hour(until).into())],
        )),
        (None, None) => {}
    }
    if let Some(day) = wish.last_day {
        let day = i18n::day_month(locale, chrono_tz::UTC, day);
        parts.push(i18n::text_with(
            locale,
            "booking-waitlist-until-day",
            &[("date", day.into())],
        ));
    }
    parts.join(" · ")
}

/// A day of the week in the form: its number, its field and its names.
struct WeekDay {
    number: i16,
    field: &'static str,
    key: &'static str,
    short_key: &'static str,
}

const DAYS: [WeekDay; 7] = [
    WeekDay {
        number: 1,
        field: "monday",
        key: "booking-waitlist-monday",
        short_key: "booking-waitlist-mon",
    },
    WeekDay {
        number: 2,
        field: "tuesday",
        key: "booking-waitlist-tuesday",
        short_key: "booking-waitlist-tue",
    },
    WeekDay {
        number: 3,
        field: "wednesday",
        key: "booking-waitlist-wednesday",
        short_key: "booking-waitlist-wed",
    },
    WeekDay {
        number: 4,
        field: "thursday",
        key: "booking-waitlist-thursday",
        short_key: "booking-waitlist-thu",
    },
    WeekDay {
        number: 5,
        field: "friday",
        key: "booking-waitlist-friday",
        short_key: "booking-waitlist-fri",
    },
    WeekDay {
        number: 6,
        field: "saturday",
        key: "booking-waitlist-saturday",
        short_key: "booking-waitlist-sat",
    },
    WeekDay {
        number: 7,
        field: "sunday",
        key: "booking-waitlist-sunday",
        short_key: "booking-waitlist-sun",
    },
];

/// The request, as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RequestForm {
    practitioner: String,
    specialty: String,
    language: String,
    monday: String,
    tuesday: String,
    wednesday: String,
    thursday: String,
    friday: String,
    saturday: String,
    sunday: String,
    from: String,
    until: String,
    last_day: String,
}

impl RequestForm {
    /// Working days, whenever: what most people mean.
    fn blank(practitioner: String) -> Self {
        let checked = || "true".to_owned();
        Self {
            practitioner,
            monday: checked(),
            tuesday: checked(),
            wednesday: checked(),
            thursday: checked(),
            friday: checked(),
            ..Self::default()
        }
    }

    fn days(&self) -> [bool; 7] {
        [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ]
        .map(|checked| checked == "true")
    }

    /// The practitioner asked for; `None` for anybody.
    ///
    /// # Errors
    /// `NotFound` for what is no id of ours.
    fn practitioner(&self) -> Result<Option<Uuid>, AppError> {
        match self.practitioner.as_str() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| AppError::NotFound),
        }
    }

    fn parse(
        &self,
        practitioner: Option<Uuid>,
        today: NaiveDate,
        errors: &mut FormErrors,
    ) -> NewRequest {
        let weekdays: Vec<i16> = DAYS
            .iter()
            .zip(self.days())
            .filter(|(_, checked)| *checked)
            .map(|(day, _)| day.number)
            .collect();
        if weekdays.is_empty() {
            errors.add("weekdays", "booking-waitlist-no-day");
        }
        let from = optional(
            &self.from,
            parse_time,
            "from",
            "booking-waitlist-bad-time",
            errors,
        );
        let until = optional(
            &self.until,
            parse_time,
            "until",
            "booking-waitlist-bad-time",
            errors,
        );
        if let (Some(from), Some(until)) = (from, until)
            && until <= from
        {
            errors.add("until", "booking-waitlist-bad-hours");
        }
        let last_day = optional(
            &self.last_day,
            super::parse_date,
            "last_day",
            "booking-waitlist-bad-date",
            errors,
        );
        let year = TimeDelta::days(366);
        if last_day.is_some_and(|day| day < today || day > today + year) {
            errors.add("last_day", "booking-waitlist-bad-range");
        }
        // A practitioner says it all.
        let anybody = practitioner.is_none();
        let known = |text: &str| {
            LANGUAGES
                .iter()
                .map(|(code, _)| *code)
                .find(|code| *code == text)
        };
        let specialty = optional(
            &self.specialty,
            |text| text.parse().ok(),
            "specialty",
            "booking-waitlist-bad-choice",
            errors,
        );
        let language = optional(
            &self.language,
            known,
            "language",
            "booking-waitlist-bad-choice",
            errors,
        );
        NewRequest {
            practitioner_id: practitioner,
            specialty: specialty.filter(|_| anybody),
            language: language.filter(|_| anybody),
            wish: Wish {
                weekdays,
                from,
                until,
                last_day,
            },
        }
    }
}

/// What a field that may be empty holds; an error beside it when it holds nonsense.
fn optional<T>(
    text: &str,
    parse: impl Fn(&str) -> Option<T>,
    field: &'static str,
    problem: &'static str,
    errors: &mut FormErrors,
) -> Option<T> {
    if text.is_empty() {
        return None;
    }
    let value = parse(text);
    if value.is_none() {
        errors.add(field, problem);
    }
    value
}

fn parse_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

/// A checkbox of the form.
struct DayBox {
    field: &'static str,
    label_key: &'static str,
    checked: bool,
}

#[derive(Template)]
#[template(path = "booking/employee/waitlist_request.html")]
struct RequestPage {
    page: PageContext,
    /// Whether data on their health may be kept: without it nobody is put in line.
    agreed: bool,
    /// Where to come back to.
    path: String,
    crumbs: Vec<Crumb>,
    form: RequestForm,
    /// The practitioner's name, when the request is for one.
    name: Option<String>,
    specialties: Vec<Choice>,
    languages: Vec<Choice>,
    days: Vec<DayBox>,
    errors: FormErrors,
}

/// For whom the link asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct For {
    practitioner: String,
}

pub(super) async fn show_request_form(employee: Employee, query: web::Query<For>) -> PageResult {
    let form = RequestForm::blank(query.into_inner().practitioner);
    draw(&employee, form, FormErrors::default()).await
}

async fn draw(employee: &Employee, form: RequestForm, errors: FormErrors) -> PageResult {
    let practitioner = form.practitioner()?;
    let (name, agreed) = employee
        .db()
        .read(move |tx| {
            let name = practitioner
                .map(|practitioner| waitlist::practitioner_name(tx, practitioner))
                .transpose()?;
            Ok::<_, AppError>((name, health_data_stands(tx)?))
        })
        .await?;
    let path = match practitioner {
        Some(id) => url_query(NEW, "practitioner", &id.to_string()),
        None => NEW.to_owned(),
    };
    let page = employee.page();
    let status = errors.status();
    let template = RequestPage {
        crumbs: vec![
            Crumb::new(
                "/employee/booking",
                i18n::text(page.locale, "booking-search-title"),
            ),
            Crumb::new(LIST, i18n::text(page.locale, "booking-waitlist-title")),
        ],
        name,
        agreed,
        path,
        specialties: super::search::specialties(page.locale),
        languages: super::search::languages(page.locale),
        days: DAYS
            .iter()
            .zip(form.days())
            .map(|(day, checked)| DayBox {
                field: day.field,
                label_key: day.key,
                checked,
            })
            .collect(),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn ask(employee: Employee, Form(form): Form<RequestForm>) -> PageResult {
    let page = employee.page();
    let today = employee
        .app()
        .clock
        .now()
        .with_timezone(&page.tz)
        .date_naive();
    let mut errors = FormErrors::default();
    let request = form.parse(form.practitioner()?, today, &mut errors);
    if !errors.is_empty() {
        return draw(&employee, form, errors).await;
    }
    let added = employee
        .db()
        .write(move |tx| waitlist::add(tx, &request))
        .await?;
    match added {
        Ok(()) => Ok(see_other_with(
            LIST,
            Flash::success("booking-waitlist-added"),
        )),
        Err(NotAdded::Twice) => Ok(see_other_with(LIST, Flash::info("booking-waitlist-twice"))),
        Err(NotAdded::TooMany) => {
            errors.add_form("booking-waitlist-too-many");
            draw(&employee, form, errors).await
        }
    }
}

pub(super) async fn withdraw(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    employee
        .db()
        .write(move |tx| waitlist::withdraw(tx, id))
        .await?;
    Ok(see_other_with(
        LIST,
        Flash::success("booking-waitlist-withdrawn"),
    ))
}

pub(super) async fn decline(
    employee: Employee,
    offer: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let offer = offer.into_inner();
    let declined = employee
        .db()
        .write(move |tx| waitlist::decline(tx, offer))
        .await?;
    let said = if declined {
        Flash::success("booking-waitlist-declined")
    } else {
        Flash::info("booking-waitlist-over")
    };
    Ok(see_other_with(LIST, said))
}
