//! A zone over a short stretch of time, as its few spans of constant offset.

use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// Seconds in a day.
pub(super) const DAY: i64 = 24 * 60 * 60;

/// A stretch without clock change: local time is the instant plus `offset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: i64,
    until: i64,
    offset: i64,
}

/// The offsets of a zone between two instants. Everything is in seconds.
#[derive(Debug)]
pub(super) struct Zone {
    spans: Vec<Span>,
}

impl Zone {
    /// Reads the zone once a day and searches the exact second of a change only on the days that
    /// have one.
    pub(super) fn between(zone: Tz, from: i64, until: i64) -> Self {
        let mut spans = Vec::with_capacity(3);
        let mut span = Span {
            from,
            until: from,
            offset: offset_at(zone, from),
        };
        while span.until < until {
            let probe = (span.until + DAY).min(until);
            let offset = offset_at(zone, probe);
            if offset == span.offset {
                span.until = probe;
                continue;
            }
            let change = first_with_other_offset(zone, span.until, probe, span.offset);
            span.until = change;
            spans.push(span);
            span = Span {
                from: change,
                until: change,
                offset: offset_at(zone, change),
            };
        }
        spans.push(span);
        Self { spans }
    }

    /// The instant at which the clock shows `local`, unless it never does or does twice.
    pub(super) fn instant(&self, local: i64) -> Option<i64> {
        let mut instants = self
            .spans
            .iter()
            .filter(|span| (span.from..span.until).contains(&(local - span.offset)))
            .map(|span| local - span.offset);
        match (instants.next(), instants.next()) {
            (Some(instant), None) => Some(instant),
            _ => None,
        }
    }

    /// What the clock shows from one instant to another: one stretch, or more around a change.
    pub(super) fn wall_clock(&self, from: i64, until: i64) -> impl Iterator<Item = (i64, i64)> {
        self.spans
            .iter()
            .filter(move |span| span.from < until && from < span.until)
            .map(move |span| {
                let piece = (from.max(span.from), until.min(span.until));
                (piece.0 + span.offset, piece.1 + span.offset)
            })
    }
}

/// The first second in `]same, other]` that has another offset.
fn first_with_other_offset(zone: Tz, mut same: i64, mut other: i64, offset: i64) -> i64 {
    while other - same > 1 {
        let middle = same + (other - same) / 2;
        if offset_at(zone, middle) == offset {
            same = middle;
        } else {
            other = middle;
        }
    }
    other
}

/// Seconds that local time is ahead of UTC at an instant.
fn offset_at(zone: Tz, instant: i64) -> i64 {
    let instant = DateTime::<Utc>::from_timestamp(instant, 0).unwrap_or_default();
    let offset = zone.offset_from_utc_datetime(&instant.naive_utc());
    i64::from(offset.fix().local_minus_utc())
}

/// The local day of an instant, counted from 1970-01-01.
pub(super) fn local_day(zone: Tz, instant: i64) -> i64 {
    (instant + offset_at(zone, instant)).div_euclid(DAY)
}
