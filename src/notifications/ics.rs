//! Appointments as calendar applications read them: RFC 5545 files, exchanged by RFC 5546.
//!
//! Times are instants in UTC, which every application shows right in its own zone, clock changes included;
//! a wall-clock time would need the zone's rules sent along. The UID is the consultation's id, without a
//! host, so that it never changes; the SEQUENCE counts the changes, so that a newer file wins over an older
//! one that arrives later.

use chrono::{DateTime, Utc};
use icalendar::{
    Attendee, Calendar, Class, Component as _, Event, EventLike as _, EventStatus, PartStat,
    Property, Role,
};
use uuid::Uuid;

use crate::infra::mailer::Sender;

/// The product, as RFC 5545 wants to know it; neutral, since calendars show it.
const PRODUCT: &str = "-//HZC//Agenda 1.0//FR";

/// What the recipient's calendar is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Write the appointment down, or change it.
    Request,
    /// Remove it.
    Cancel,
}

impl Method {
    /// As files and media types spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// How sure the appointment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not confirmed yet.
    Tentative,
    /// It takes place.
    Confirmed,
    /// It does not.
    Cancelled,
}

/// An appointment in a calendar.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The consultation.
    pub uid: Uuid,
    /// How many times it has changed.
    pub sequence: u32,
    /// Its start.
    pub starts_at: DateTime<Utc>,
    /// Its end.
    pub ends_at: DateTime<Utc>,
    /// When this was said of it.
    pub stamp: DateTime<Utc>,
    /// How sure it is.
    pub standing: Standing,
    /// Its title.
    pub summary: &'a str,
    /// Where, when that may be read.
    pub location: Option<&'a str>,
    /// A sentence before the link.
    pub description: &'a str,
    /// Its page.
    pub link: &'a str,
}

/// A file sent by mail.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// What to do.
    pub method: Method,
    /// Whoever sends the mail: calendars refuse changes from anybody else.
    pub organizer: &'a Sender,
    /// The recipient's address.
    pub attendee: &'a str,
    /// About what.
    pub entry: &'a Entry<'a>,
}

/// Line breaks as the format has them, and no other control character.
fn text(value: &str) -> String {
    value
        .replace("\r\n", "\n")
        .chars()
        .filter(|character| *character == '\n' || !character.is_control())
        .collect()
}

/// The value of a parameter: no escape exists there for a double quote.
fn parameter(value: &str) -> String {
    text(value).replace('\n', " ").replace('"', "’")
}

fn calendar(method: &str) -> Calendar {
    let mut calendar = Calendar::new();
    calendar.properties = Property::from_array([
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method),
    ]);
    calendar
}

fn event(entry: &Entry<'_>) -> Event {
    let mut event = Event::new();
    event
        .uid(&entry.uid.to_string())
        .sequence(entry.sequence)
        .timestamp(entry.stamp)
        .starts(entry.starts_at)
        .ends(entry.ends_at)
        .summary(&text(entry.summary))
        .description(&text(&format!("{}\n{}", entry.description, entry.link)))
        .url(entry.link)
        // Shared calendars show that the time is taken, and nothing else.
        .class(Class::Private)
        .status(match entry.standing {
            Standing::Tentative => EventStatus::Tentative,
            Standing::Confirmed => EventStatus::Confirmed,
            Standing::Cancelled => EventStatus::Cancelled,
        })
        .add_property("TRANSP", "OPAQUE");
    if let Some(location) = entry.location {
        event.location(&text(location));
    }
    event
}

/// The file of a mail.
pub fn invitation(invitation: &Invitation<'_>) -> String {
    let mut event = event(invitation.entry);
    let mut organizer = Property::new(
        "ORGANIZER",
        format!("mailto:{}", invitation.organizer.address),
    );
    organizer.add_parameter("CN", &parameter(&invitation.organizer.name));
    let mut attendee = Attendee::new(format!("mailto:{}", invitation.attendee));
    attendee.role = Some(Role::ReqParticipant);
    // Booking was the answer: the calendar need not ask for another.
    attendee.part_stat = Some(PartStat::Accepted);
    attendee.rsvp = Some(false);
    event.append_property(organizer).attendee(attendee);
    calendar(invitation.method.as_str())
        .push(event.done())
        .done()
        .to_string()
}

/// The file of a feed: everything there is, under a name.
pub fn feed(name: &str, entries: &[Entry<'_>]) -> String {
    let mut calendar = calendar("PUBLISH");
    let name = text(name);
    calendar.properties.extend(Property::from_array([
        ("NAME", name.as_str()),
        ("X-WR-CALNAME", name.as_str()),
        ("X-PUBLISHED-TTL", "PT1H"),
    ]));
    let mut refresh = Property::new("REFRESH-INTERVAL", "PT1H");
    refresh.add_parameter("VALUE", "DURATION");
    calendar.properties.push(refresh);
    calendar.extend(entries.iter().map(|entry| event(entry).done()));
    calendar.to_string()
}
