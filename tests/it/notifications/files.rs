//! Calendar files as another implementation reads them.

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarProperty};
use chrono::{DateTime, Utc};
use huntzen::infra::mailer::Mail;

/// An appointment of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub uid: String,
    pub sequence: String,
    pub status: String,
    pub class: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub summary: String,
    pub description: String,
    pub location: Option<String>,
    pub organizer: Option<String>,
    pub attendee: Option<String>,
}

/// A file: what it asks for, and its appointments.
#[derive(Clone, Debug)]
pub struct File {
    pub method: String,
    pub name: Option<String>,
    pub events: Vec<Event>,
}

fn text(component: &ICalendarComponent, property: ICalendarProperty) -> Option<String> {
    let entry = component.property(&property)?;
    assert_eq!(
        entry.values.len(),
        1,
        "{property:?} is one value: {entry:?}"
    );
    let value = entry.values[0].clone();
    Some(value.into_text().expect("a value").into_owned())
}

fn instant(component: &ICalendarComponent, property: ICalendarProperty) -> DateTime<Utc> {
    let text = text(component, property).expect("a date");
    DateTime::parse_from_rfc3339(&text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .to_utc()
}

fn event(component: &ICalendarComponent) -> Event {
    let wanted = |property| text(component, property).expect("a property every event has");
    Event {
        uid: wanted(ICalendarProperty::Uid),
        sequence: wanted(ICalendarProperty::Sequence),
        status: wanted(ICalendarProperty::Status),
        class: wanted(ICalendarProperty::Class),
        starts_at: instant(component, ICalendarProperty::Dtstart),
        ends_at: instant(component, ICalendarProperty::Dtend),
        summary: wanted(ICalendarProperty::Summary),
        description: wanted(ICalendarProperty::Description),
        location: text(component, ICalendarProperty::Location),
        organizer: text(component, ICalendarProperty::Organizer),
        attendee: text(component, ICalendarProperty::Attendee),
    }
}

/// Reads a file, and fails where it breaks the form that every application relies on.
pub fn read(file: &str) -> File {
    let body = file.strip_suffix("\r\n").expect("the last line ends");
    for line in body.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "a bare line break: {line:?}");
        assert!(!line.is_empty(), "an empty line");
    }
    let calendar = ICalendar::parse(file).unwrap_or_else(|entry| panic!("{entry:?} in {file}"));
    let root = &calendar.components[0];
    assert_eq!(
        text(root, ICalendarProperty::Version).as_deref(),
        Some("2.0")
    );
    assert!(text(root, ICalendarProperty::Prodid).is_some());
    let events = calendar
        .components
        .iter()
        .filter(|part| part.component_type.is_event());
    let events: Vec<Event> = events.map(event).collect();
    assert_eq!(events.len() + 1, calendar.components.len(), "{file}");
    File {
        method: text(root, ICalendarProperty::Method).expect("a method"),
        name: text(root, ICalendarProperty::Name),
        events,
    }
}

/// The file of a mail, which has one, with one appointment.
pub fn attached(mail: &Mail) -> (File, Event) {
    assert_eq!(mail.attachments.len(), 1, "{}", mail.subject);
    let attachment = &mail.attachments[0];
    assert!(attachment.filename.ends_with(".ics"));
    let file = read(std::str::from_utf8(&attachment.content).expect("UTF-8"));
    assert_eq!(
        attachment.content_type,
        format!("text/calendar; charset=utf-8; method={}", file.method)
    );
    assert_eq!(file.events.len(), 1);
    let event = file.events[0].clone();
    (file, event)
}
