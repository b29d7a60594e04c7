//! What a row says: to machines and to people.

use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::tables::{Field, Place, Value, extension};
use crate::{
    infra::{
        actor::{Admin, Employee, Hr, Practitioner, SuperAdmin},
        db::Tx,
        envelope::{CannotRead, Field as SealedField, Scope, Sealed},
        i18n,
        page::{Reader, filters},
    },
    journal::model::Mood,
};

/// Whoever a copy can be made for.
pub trait Copied: Sized + 'static {
    /// Opens what the person reads on their screens.
    ///
    /// # Errors
    /// [`CannotRead`], the same whatever is wrong.
    fn open(
        tx: &mut Tx<Self>,
        scope: Scope,
        field: SealedField,
        sealed: &Sealed,
    ) -> Result<String, CannotRead>;
}

macro_rules! opens {
    ($($role:ident),*) => {$(
        impl Copied for $role {
            fn open(tx: &mut Tx<Self>, scope: Scope, field: SealedField, sealed: &Sealed) -> Result<String, CannotRead> {
                tx.open(scope, field, sealed)
            }
        }
    )*};
}
opens!(Employee, Practitioner);

macro_rules! has_no_key {
    ($($role:ident),*) => {$(
        impl Copied for $role {
            fn open(_: &mut Tx<Self>, _: Scope, _: SealedField, _: &Sealed) -> Result<String, CannotRead> {
                Err(CannotRead)
            }
        }
    )*};
}
has_no_key!(SuperAdmin);

/// What they wrote in tickets.
macro_rules! opens_tickets {
    ($($role:ident),*) => {$(
        impl Copied for $role {
            fn open(tx: &mut Tx<Self>, scope: Scope, field: SealedField, sealed: &Sealed) -> Result<String, CannotRead> {
                let Scope::Support(ticket) = scope else {
                    return Err(CannotRead);
                };
                String::from_utf8(tx.open_ticket(ticket, field, sealed)?).map_err(|_| CannotRead)
            }
        }
    )*};
}
opens_tickets!(Hr, Admin);

/// A column of one row.
pub(super) struct Cell {
    name: &'static str,
    pub(super) label: &'static str,
    json: Json,
    /// As people read it; none for an empty one.
    pub(super) text: Option<String>,
    pub(super) is_long: bool,
    /// Where a file beside the page is.
    pub(super) href: Option<String>,
}

impl Cell {
    fn new(field: &Field, json: Json, text: Option<String>) -> Self {
        Self {
            name: field.name.trim_end_matches("_sealed"),
            label: field.label,
            json,
            text: text.filter(|text| !text.is_empty()),
            is_long: false,
            href: None,
        }
    }
}

/// The cells of a row as a JSON object.
pub(super) fn json(cells: Vec<Cell>) -> Json {
    let mut object = Map::new();
    for cell in cells {
        // Words that are sealed first and open later are one thing under one name.
        if !cell.json.is_null() || !object.contains_key(cell.name) {
            object.insert(cell.name.to_owned(), cell.json);
        }
    }
    Json::Object(object)
}

/// Opens and words a row.
pub(super) fn cells<R: Copied>(
    tx: &mut Tx<R>,
    reader: Reader,
    row: &Map<String, Json>,
    fields: &[Field],
) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(fields.len());
    for field in fields {
        let json = row.get(field.name).cloned().unwrap_or(Json::Null);
        match &field.value {
            Value::Sealed(place) => {
                let words = open(tx, row, place, &json);
                cells.push(words_cell(reader, field, words));
            }
            Value::SealedJson(place, parts) => {
                let content = open(tx, row, place, &json);
                cells.extend(json_cells(reader, content, parts));
            }
            _ => cells.push(plain_cell(reader, row, field, json)),
        }
    }
    cells
}

/// `None` where there is nothing.
fn open<R: Copied>(
    tx: &mut Tx<R>,
    row: &Map<String, Json>,
    place: &Place,
    json: &Json,
) -> Option<Result<String, CannotRead>> {
    let id = |name: &str| row.get(name)?.as_str()?.parse::<Uuid>().ok();
    let sealed = Sealed::from_json(json.as_str()?);
    let field = id("id").map(|row| SealedField {
        table: place.table,
        column: place.column,
        row,
    });
    Some(match (sealed, id(place.owner), field) {
        (Some(sealed), Some(owner), Some(field)) => {
            R::open(tx, (place.scope)(owner), field, &sealed)
        }
        _ => Err(CannotRead),
    })
}

fn unreadable(reader: Reader, field: &Field) -> Cell {
    let text = i18n::text(reader.locale, "privacy-copy-unreadable");
    Cell::new(field, Json::Null, Some(text.to_owned()))
}

fn words_cell(reader: Reader, field: &Field, words: Option<Result<String, CannotRead>>) -> Cell {
    match words {
        None => Cell::new(field, Json::Null, None),
        Some(Err(CannotRead)) => unreadable(reader, field),
        Some(Ok(words)) => Cell {
            is_long: true,
            ..Cell::new(field, Json::String(words.clone()), Some(words))
        },
    }
}

fn json_cells(
    reader: Reader,
    content: Option<Result<String, CannotRead>>,
    parts: &'static [(&'static str, Field)],
) -> Vec<Cell> {
    let content = match content {
        None => Json::Null,
        Some(content) => match content
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
        {
            Some(content) => content,
            None => {
                return parts
                    .iter()
                    .take(1)
                    .map(|(_, field)| unreadable(reader, field))
                    .collect();
            }
        },
    };
    let cell = |(name, field): &(&str, Field)| {
        let json = content.get(name).cloned().unwrap_or(Json::Null);
        if field.name == "mood" {
            let mood = json.as_u64().and_then(|mood| u8::try_from(mood).ok());
            let mood = mood.and_then(|mood| Mood::try_from(mood).ok());
            let text = mood.map(|mood| i18n::text(reader.locale, mood.label_key()).to_owned());
            return Cell::new(field, json, text);
        }
        plain_cell(reader, &Map::new(), field, json)
    };
    parts.iter().map(cell).collect()
}

fn plain_cell(reader: Reader, row: &Map<String, Json>, field: &Field, json: Json) -> Cell {
    let Reader { locale, tz } = reader;
    let word = |key: &str| i18n::text(locale, key).to_owned();
    let text = match (&field.value, &json) {
        (_, Json::Null) => None,
        (Value::Instant, Json::String(at)) => {
            let at = at.parse::<DateTime<Utc>>().ok();
            at.map(|at| i18n::date_time(locale, tz, at))
        }
        (Value::Day, Json::String(day)) => {
            let day = day.parse::<NaiveDate>().ok();
            day.map(|day| i18n::date_long(locale, tz, day))
        }
        (Value::Flag, Json::Bool(flag)) => {
            Some(word(if *flag { "common-yes" } else { "common-no" }))
        }
        (Value::Seconds, Json::Number(seconds)) => seconds
            .as_i64()
            .map(|seconds| i18n::duration(locale, seconds)),
        (Value::Code(named), Json::String(code)) => {
            Some(named(code).map_or_else(|| code.clone(), word))
        }
        (_, Json::String(text)) => Some(text.clone()),
        (_, Json::Number(number)) => Some(number.to_string()),
        (_, Json::Array(words)) => {
            let words = words.iter().filter_map(Json::as_str);
            Some(words.collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    let mut cell = Cell::new(field, json, text);
    cell.is_long = matches!(field.value, Value::Long);
    if let (Value::File, Some(kind), Some(id)) = (
        &field.value,
        &cell.text,
        row.get("id").and_then(Json::as_str),
    ) {
        let path = format!("files/{id}.{}", extension(kind));
        cell.href = Some(format!("../{path}"));
        cell.json = Json::String(path);
    }
    cell
}

/// The beginning of a page of the copy.
#[derive(Template)]
#[template(path = "privacy/copy/head.html")]
pub(super) struct Head {
    pub(super) locale: &'static str,
    pub(super) title: &'static str,
}

/// The beginning of a kind of rows.
#[derive(Template)]
#[template(path = "privacy/copy/section.html")]
pub(super) struct Section {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) rows: i64,
}

/// A row.
#[derive(Template)]
#[template(path = "privacy/copy/row.html")]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
}

/// A line of the contents.
pub(super) struct Content {
    pub(super) page: &'static str,
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) rows: i64,
}

/// The first page.
#[derive(Template)]
#[template(path = "privacy/copy/index.html")]
pub(super) struct Index {
    pub(super) locale: &'static str,
    pub(super) made_at: DateTime<Utc>,
    pub(super) contents: Vec<Content>,
    pub(super) is_employee: bool,
    pub(super) is_practitioner: bool,
}

/// How the pages look, on a screen and on paper.
pub(super) const STYLE: &str = include_str!("../../../templates/privacy/copy/style.css");
