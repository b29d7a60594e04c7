//! What a notice's mail says, read by the worker when it leaves.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_types::{Array, Bool, Integer, Nullable, Text, Time, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::preferences::topics;
use crate::{
    booking::model::Format,
    infra::{
        actor::Worker, db::Tx, error::AppError, i18n::Locale, page::Reader, prepared::prepared,
    },
    notifications::model::{Departure, Facts, Kind, Preferences, QuietHours},
    practitioners::model::full_name,
};

/// A notice and everything around it, as columns.
#[derive(QueryableByName)]
struct LetterRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Timestamptz)]
    told_start: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    previous_starts_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    by_recipient: bool,
    #[diesel(sql_type = Bool)]
    overtaken: bool,
    #[diesel(sql_type = Integer)]
    revision: i32,
    #[diesel(sql_type = SqlUuid)]
    consultation_id: Uuid,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    format: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    for_employee: bool,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Text)]
    timezone: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    practitioner_first_name: String,
    #[diesel(sql_type = Text)]
    practitioner_last_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    address: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    way_in: Option<String>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    muted_mail: Option<Vec<String>>,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_from: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_until: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Bool>)]
    discreet: Option<bool>,
    #[diesel(sql_type = Bool)]
    told_with_series: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    series_id: Option<Uuid>,
}

/// An appointment booked together with others.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Session {
    /// The consultation.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its start.
    #[diesel(sql_type = Timestamptz)]
    pub starts_at: DateTime<Utc>,
    /// Its end.
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    revision: i32,
}

impl Session {
    /// How many times a calendar had something to learn of it since it was booked.
    pub fn sequence(&self) -> u32 {
        u32::try_from(self.revision).unwrap_or(0)
    }
}

/// Whom an appointment's mail is for.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Whether it is the employee; else the practitioner.
    pub is_employee: bool,
    /// Where the mail goes: the personal address when there is one, else the account's.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Language and zone.
    pub reader: Reader,
    /// What they want.
    pub preferences: Preferences,
}

/// A notice about to be mailed.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What it tells.
    pub kind: Kind,
    /// To whom.
    pub recipient: Recipient,
    /// Whether the recipient did it.
    pub by_recipient: bool,
    /// Which appointment.
    pub consultation_id: Uuid,
    /// What is true of it now.
    pub facts: Facts,
    /// Its start before it was moved.
    pub previous_start: Option<DateTime<Utc>>,
    /// How the two meet.
    pub format: Format,
    /// The practitioner's name, without title.
    pub practitioner: String,
    /// The same with the title, for mails that need not be discreet.
    pub titled_practitioner: String,
    /// Where to meet in person; how to get in as well, unless that is better read in private: doors are
    /// labelled with professions.
    pub address: Option<String>,
    /// Whether another mail tells of it: appointments booked together make one mail.
    pub told_with_series: bool,
    /// Every appointment that the mail is about, in order; the one above among them.
    pub sessions: Vec<Session>,
}

impl Letter {
    /// When to send it, if at all.
    pub fn departure(&self, now: DateTime<Utc>) -> Departure {
        let preferences = &self.recipient.preferences;
        let muted = self
            .kind
            .topic()
            .is_some_and(|topic| preferences.muted_mail.contains(&topic));
        let known = self.by_recipient && self.kind.spares_its_author();
        if muted || known || self.told_with_series || !self.facts.bear_out(self.kind, now) {
            return Departure::Never;
        }
        let zone = self.recipient.reader.tz;
        let quiet_until = preferences
            .quiet
            .and_then(|quiet| quiet.end_after(now, zone));
        // Whoever is told of a move must know before either time.
        let start = match self.previous_start {
            Some(previous) if previous > now => previous.min(self.facts.starts_at),
            _ => self.facts.starts_at,
        };
        self.kind.departure(now, start, quiet_until)
    }
}

fn preferences(row: &LetterRow) -> Preferences {
    let (Some(muted_mail), Some(discreet)) = (&row.muted_mail, row.discreet) else {
        return Preferences::initial(row.for_employee);
    };
    Preferences {
        muted_in_app: Vec::new(),
        muted_mail: topics(muted_mail),
        quiet: row
            .quiet_from
            .zip(row.quiet_until)
            .map(|(from, until)| QuietHours { from, until }),
        discreet: discreet && row.for_employee,
    }
}

impl TryFrom<LetterRow> for Letter {
    type Error = AppError;

    fn try_from(row: LetterRow) -> Result<Self, AppError> {
        let preferences = preferences(&row);
        let kind = Kind::parse(&row.kind)
            .ok_or_else(|| AppError::internal("a notice has an unknown kind"))?;
        let name = |title| {
            full_name(
                title,
                &row.practitioner_first_name,
                &row.practitioner_last_name,
            )
        };
        Ok(Self {
            kind,
            by_recipient: row.by_recipient,
            consultation_id: row.consultation_id,
            facts: Facts {
                status: row.status.parse().map_err(AppError::internal)?,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                told_start: row.told_start,
                overtaken: row.overtaken,
            },
            previous_start: row.previous_starts_at,
            format: row.format.parse().map_err(AppError::internal)?,
            practitioner: name(""),
            titled_practitioner: name(&row.title),
            address: match (row.address, row.way_in) {
                (Some(address), Some(way_in)) if !preferences.discreet => {
                    Some(format!("{address} · {way_in}"))
                }
                (address, _) => address,
            },
            told_with_series: row.told_with_series,
            sessions: vec![Session {
                id: row.consultation_id,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                revision: row.revision,
            }],
            recipient: Recipient {
                is_employee: row.for_employee,
                email: row.email,
                first_name: row.first_name,
                reader: Reader {
                    locale: Locale::from_code(&row.locale).unwrap_or_default(),
                    tz: row.timezone.parse().unwrap_or(Tz::Europe__Paris),
                },
                preferences,
            },
        })
    }
}

/// A notice for its recipient; `None` once it is gone, or for an account that is closed. Of appointments
/// booked or confirmed together, the first that is still on brings all of them.
///
/// # Errors
/// The database's; a row that the model does not know.
pub fn letter(tx: &mut Tx<Worker>, notice: Uuid) -> Result<Option<Letter>, AppError> {
    // One notice by its id: to plan for each anew takes fifty times as long as to read it.
    tx.conn()
        .batch_execute("SET LOCAL plan_cache_mode = force_generic_plan")?;
    let row: Option<LetterRow> = prepared(
        "SELECT n.kind, n.starts_at AS told_start, n.previous_starts_at, n.by_recipient,
                EXISTS (SELECT FROM notices m
                        WHERE m.consultation_id = n.consultation_id AND m.recipient_id = n.recipient_id
                          AND m.position > n.position AND m.kind NOT LIKE 'reminder%'
                          AND m.kind <> 'company_suspended') AS overtaken,
                c.revision, c.id AS consultation_id, c.status, c.format, c.starts_at, c.ends_at,
                r.id = c.employee_id AS for_employee, coalesce(a.email, r.email) AS email,
                r.first_name, r.locale, r.timezone, p.title,
                u.first_name AS practitioner_first_name, u.last_name AS practitioner_last_name,
                coalesce(l.address, p.in_person_address) AS address,
                nullif(concat_ws(' · ', o.name, nullif(l.directions, '')), '') AS way_in,
                f.muted_mail, f.quiet_from, f.quiet_until, f.discreet,
                CASE WHEN n.kind IN ('booked', 'confirmed') THEN c.series_id END AS series_id,
                n.kind IN ('booked', 'confirmed') AND EXISTS (
                    SELECT FROM consultations d JOIN notices m ON m.consultation_id = d.id
                    WHERE d.series_id = c.series_id AND d.status IN ('scheduled', 'confirmed')
                      AND m.recipient_id = n.recipient_id AND m.kind = n.kind
                      -- One confirmation may be of all of them, another of one.
                      AND (n.kind = 'booked' OR m.created_at = n.created_at)
                      AND m.position < n.position) AS told_with_series
         FROM notices n
         JOIN consultations c ON c.id = n.consultation_id
         JOIN users r ON r.id = n.recipient_id AND r.status = 'active'
         JOIN users u ON u.id = c.practitioner_id
         JOIN practitioners p ON p.user_id = c.practitioner_id
         LEFT JOIN places l ON l.id = c.place_id
         LEFT JOIN rooms o ON o.id = c.room_id
         LEFT JOIN notification_preferences f ON f.user_id = r.id
         LEFT JOIN personal_addresses a ON a.user_id = r.id AND r.role = 'employee'
         WHERE n.id = $1",
    )
    .bind::<SqlUuid, _>(notice)
    .get_result(tx.conn())
    .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let series = row.series_id;
    let mut letter = Letter::try_from(row)?;
    if let Some(series) = series {
        letter.sessions = sessions(tx, notice, series)?;
    }
    Ok(Some(letter))
}

/// What is still on of the appointments that the notice's recipient was told of together.
fn sessions(tx: &mut Tx<Worker>, notice: Uuid, series: Uuid) -> Result<Vec<Session>, AppError> {
    Ok(prepared(
        "SELECT c.id, c.starts_at, c.ends_at, c.revision
         FROM notices n
         JOIN notices m ON m.recipient_id = n.recipient_id AND m.kind = n.kind
              AND (n.kind = 'booked' OR m.created_at = n.created_at)
         JOIN consultations c ON c.id = m.consultation_id
         WHERE n.id = $1 AND c.series_id = $2 AND c.status IN ('scheduled', 'confirmed')
         ORDER BY c.starts_at",
    )
    .bind::<SqlUuid, _>(notice)
    .bind::<SqlUuid, _>(series)
    .load(tx.conn())?)
}
