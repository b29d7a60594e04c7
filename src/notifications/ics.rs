//! Appointments as calendar applications read them: RFC 5545 files, exchanged by RFC 5546.
//!
//! Times are instants in UTC, which every application shows right in its own zone, clock changes included;
//! a wall-clock time would need the zone's rules sent along. The UID is the consultation's id, without a
//! host, so that it never changes; the SEQUENCE counts the changes, so that a newer file wins over an older
//! one that arrives later.
//!
//! The format is written here, in a page, because what there is to write is a page: the library that was
//! tried folds lines an octet too late. The tests read the files with another implementation.

use chrono::{DateTime, Utc};
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

/// Octets of the longest line, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// A file under construction.
struct Writer(String);

impl Writer {
    fn new(method: &str) -> Self {
        let mut file = Self(String::with_capacity(1024));
        file.line("BEGIN:VCALENDAR");
        file.line("VERSION:2.0");
        file.line(&format!("PRODID:{PRODUCT}"));
        file.line("CALSCALE:GREGORIAN");
        file.line(&format!("METHOD:{method}"));
        file
    }

    fn finish(mut self) -> String {
        self.line("END:VCALENDAR");
        self.0
    }

    /// A content line, folded between characters.
    fn line(&mut self, line: &str) {
        let mut room = LINE;
        for character in line.chars() {
            let length = character.len_utf8();
            if length > room {
                self.0.push_str("\r\n ");
                // The space counts.
                room = LINE - 1;
            }
            self.0.push(character);
            room -= length;
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value people wrote (RFC 5545, 3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        let value = value.replace("\r\n", "\n");
        for character in value.chars() {
            match character {
                '\n' => line.push_str("\\n"),
                '\\' | ';' | ',' => line.extend(['\\', character]),
                _ if character.is_control() => {}
                _ => line.push(character),
            }
        }
        self.line(&line);
    }

    fn instant(&mut self, name: &str, at: DateTime<Utc>) {
        self.line(&format!("{name}:{}", at.format("%Y%m%dT%H%M%SZ")));
    }

    fn event(&mut self, entry: &Entry<'_>, people: &[String]) {
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}", entry.uid));
        self.line(&format!("SEQUENCE:{}", entry.sequence));
        self.instant("DTSTAMP", entry.stamp);
        self.instant("DTSTART", entry.starts_at);
        self.instant("DTEND", entry.ends_at);
        self.text("SUMMARY", entry.summary);
        self.text(
            "DESCRIPTION",
            &format!("{}\n{}", entry.description, entry.link),
        );
        self.line(&format!("URL:{}", entry.link));
        if let Some(location) = entry.location {
            self.text("LOCATION", location);
        }
        self.line(match entry.standing {
            Standing::Tentative => "STATUS:TENTATIVE",
            Standing::Confirmed => "STATUS:CONFIRMED",
            Standing::Cancelled => "STATUS:CANCELLED",
        });
        // Shared calendars show that the time is taken, and nothing else.
        self.line("CLASS:PRIVATE");
        self.line("TRANSP:OPAQUE");
        for person in people {
            self.line(person);
        }
        self.line("END:VEVENT");
    }
}

/// The value of a parameter, quoted: no escape exists there for a double quote (RFC 5545, 3.2).
fn quoted(value: &str) -> String {
    let mut quoted = String::from("\"");
    quoted.extend(value.chars().map(|character| match character {
        '"' => '’',
        _ if character.is_control() => ' ',
        _ => character,
    }));
    quoted.push('"');
    quoted
}

/// The file of a mail.
pub fn invitation(invitation: &Invitation<'_>) -> String {
    let Sender { name, address } = invitation.organizer;
    let people = [
        format!("ORGANIZER;CN={}:mailto:{address}", quoted(name)),
        // Booking was the answer: the calendar need not ask for another.
        format!(
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{}",
            invitation.attendee
        ),
    ];
    let mut file = Writer::new(invitation.method.as_str());
    file.event(invitation.entry, &people);
    file.finish()
}

/// The file of a feed: everything there is, under a name.
pub fn feed(name: &str, entries: &[Entry<'_>]) -> String {
    let mut file = Writer::new("PUBLISH");
    file.text("NAME", name);
    file.text("X-WR-CALNAME", name);
    file.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    file.line("X-PUBLISHED-TTL:PT1H");
    for entry in entries {
        file.event(entry, &[]);
    }
    file.finish()
}
