//! Writes the accounts of the demo: companies, staff, employees, practitioners and their agendas.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, Days, Duration, NaiveDate, NaiveTime, Utc};
use diesel::{PgConnection, prelude::*};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::{
    Timeline,
    agenda::{Client, Practice},
    cast::{self, Colleague, Staff, Standing},
    profiles::{PROFILES, Profile},
};
use crate::{
    auth::password,
    privacy::consents::CURRENT_VERSION,
    schema::{
        availability_exceptions as exceptions, availability_windows as windows, companies,
        consents, credentials, disclosure_settings, employees, invitations, practitioners, users,
    },
    seeds::random::stable_id,
};

/// Days an invitation link works.
const INVITATION_DAYS: u64 = 7;

struct Account<'a> {
    email: &'a str,
    role: &'static str,
    company_id: Option<Uuid>,
    name: [&'a str; 2],
    locale: &'a str,
    zone: &'a str,
    status: &'static str,
    password: Option<&'static str>,
}

impl Account<'_> {
    fn id(&self) -> Uuid {
        stable_id(&format!("user:{}", self.email))
    }
}

struct Writer<'a> {
    conn: &'a mut PgConnection,
    timeline: Timeline,
    /// One hash per distinct password: each costs 46 MiB and tens of milliseconds.
    hashes: HashMap<&'static str, SecretString>,
}

/// Answers the practitioners, the specification's first, and the employees who consult.
pub(super) fn write(
    conn: &mut PgConnection,
    timeline: Timeline,
) -> anyhow::Result<(Vec<Practice>, Vec<Client>)> {
    let mut writer = Writer {
        conn,
        timeline,
        hashes: HashMap::new(),
    };
    writer.staff("super_admin", &cast::SUPER_ADMIN, None)?;
    writer.staff("admin", &cast::ADMIN, None)?;
    let mut clients = Vec::new();
    for company in cast::CLIENTS {
        let company_id = writer.company(company)?;
        writer.staff("hr", &company.hr, Some(company_id))?;
        for colleague in company.employees {
            let id = writer.employee(colleague, company_id)?;
            if !matches!(colleague.standing, Standing::Invited { .. }) {
                clients.push(Client {
                    id,
                    company_id,
                    until: (colleague.standing == Standing::Suspended)
                        .then(|| timeline.now - Days::new(30)),
                });
            }
        }
    }
    let mut practices = Vec::new();
    for profile in &PROFILES {
        practices.push(writer.practitioner(profile)?);
    }
    Ok((practices, clients))
}

impl Writer<'_> {
    fn opened_at(&self) -> DateTime<Utc> {
        self.timeline.opened_at
    }

    fn company(&mut self, client: &cast::Client) -> anyhow::Result<Uuid> {
        let id = stable_id(&format!("company:{}", client.slug));
        let [address, postal_code, city] = client.address;
        let [email, telephone, site] = client.contact;
        diesel::insert_into(companies::table)
            .values((
                (
                    companies::id.eq(id),
                    companies::name.eq(client.name),
                    companies::slug.eq(client.slug),
                    companies::legal_name.eq(client.legal_name),
                    companies::siret.eq(client.siret),
                    companies::sector.eq(client.sector),
                    companies::size.eq(client.size),
                    companies::address.eq(address),
                    companies::postal_code.eq(postal_code),
                    companies::city.eq(city),
                ),
                companies::contact_email.eq(email),
                companies::contact_phone.eq(telephone),
                companies::website_url.eq(site),
                companies::email_domains.eq(client.domains),
                companies::status.eq("active"),
                companies::created_at.eq(self.opened_at()),
            ))
            .execute(self.conn)?;
        let opened_on = self.opened_at().date_naive();
        // The specification's company sees its people by name; the other one keeps the default.
        if client.slug == cast::TECHCORP.slug {
            diesel::insert_into(disclosure_settings::table)
                .values((
                    disclosure_settings::company_id.eq(id),
                    disclosure_settings::setting.eq("named"),
                    disclosure_settings::effective_from
                        .eq(opened_on.with_day(1).unwrap_or(opened_on)),
                    disclosure_settings::chosen_at.eq(self.opened_at()),
                    disclosure_settings::agreed_with
                        .eq(format!("{} {}", client.hr.first_name, client.hr.last_name)),
                ))
                .execute(self.conn)?;
        }
        Ok(id)
    }

    fn account(&mut self, account: &Account<'_>) -> anyhow::Result<Uuid> {
        let id = account.id();
        let verified_at = account.password.map(|_| self.opened_at());
        diesel::insert_into(users::table)
            .values((
                users::id.eq(id),
                users::email.eq(account.email),
                users::role.eq(account.role),
                users::company_id.eq(account.company_id),
                users::first_name.eq(account.name[0]),
                users::last_name.eq(account.name[1]),
                users::locale.eq(account.locale),
                users::timezone.eq(account.zone),
                users::status.eq(account.status),
                users::email_verified_at.eq(verified_at),
                users::created_at.eq(self.opened_at()),
            ))
            .execute(self.conn)
            .with_context(|| format!("the account {} cannot be written", account.email))?;
        if let Some(password) = account.password {
            let hash = self.hash(password)?;
            diesel::insert_into(credentials::table)
                .values((
                    credentials::user_id.eq(id),
                    credentials::password_hash.eq(hash),
                    credentials::changed_at.eq(self.opened_at()),
                ))
                .execute(self.conn)?;
        }
        Ok(id)
    }

    fn hash(&mut self, password: &'static str) -> anyhow::Result<String> {
        if let Some(known) = self.hashes.get(password) {
            return Ok(known.expose_secret().to_owned());
        }
        let hash = password::hash_blocking(&SecretString::from(password))?;
        let text = hash.expose_secret().to_owned();
        self.hashes.insert(password, hash);
        Ok(text)
    }

    fn staff(
        &mut self,
        role: &'static str,
        staff: &Staff,
        company_id: Option<Uuid>,
    ) -> anyhow::Result<()> {
        self.account(&Account {
            email: staff.email,
            role,
            company_id,
            name: [staff.first_name, staff.last_name],
            locale: "fr",
            zone: "Europe/Paris",
            status: "active",
            password: Some(staff.password),
        })?;
        Ok(())
    }

    fn employee(&mut self, colleague: &Colleague, company_id: Uuid) -> anyhow::Result<Uuid> {
        let (status, password) = match colleague.standing {
            Standing::Active => ("active", Some(cast::EMPLOYEE_PASSWORD)),
            Standing::Suspended => ("suspended", Some(cast::EMPLOYEE_PASSWORD)),
            Standing::Invited { .. } => ("pending", None),
        };
        let id = self.account(&Account {
            email: colleague.email,
            role: "employee",
            company_id: Some(company_id),
            name: [colleague.first_name, colleague.last_name],
            locale: colleague.locale,
            zone: "Europe/Paris",
            status,
            password,
        })?;
        diesel::insert_into(employees::table)
            .values((
                employees::user_id.eq(id),
                employees::company_id.eq(company_id),
                employees::department.eq(colleague.department),
                employees::position.eq(colleague.position),
                employees::created_at.eq(self.opened_at()),
            ))
            .execute(self.conn)?;
        self.invitation(id, company_id, colleague.standing)?;
        if !matches!(colleague.standing, Standing::Invited { .. }) {
            self.consents(id, colleague.locale)?;
        }
        Ok(id)
    }

    fn invitation(
        &mut self,
        user_id: Uuid,
        company_id: Uuid,
        standing: Standing,
    ) -> anyhow::Result<()> {
        let (sent_at, accepted_at) = match standing {
            Standing::Active | Standing::Suspended => (
                self.opened_at(),
                Some(self.opened_at() + Duration::hours(5)),
            ),
            Standing::Invited { expired: false } => (self.timeline.now - Days::new(2), None),
            Standing::Invited { expired: true } => (self.timeline.now - Days::new(12), None),
        };
        diesel::insert_into(invitations::table)
            .values((
                invitations::id.eq(stable_id(&format!("invitation:{user_id}"))),
                invitations::nonce.eq(stable_id(&format!("invitation nonce:{user_id}"))),
                invitations::user_id.eq(user_id),
                invitations::company_id.eq(company_id),
                invitations::expires_at.eq(sent_at + Days::new(INVITATION_DAYS)),
                invitations::sent_count.eq(1),
                invitations::last_sent_at.eq(sent_at),
                invitations::accepted_at.eq(accepted_at),
                invitations::created_at.eq(sent_at),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    fn consents(&mut self, user_id: Uuid, locale: &str) -> anyhow::Result<()> {
        let given_at = self.opened_at() + Duration::hours(5);
        let rows = ["terms", "health_data"].map(|kind| {
            (
                consents::id.eq(stable_id(&format!("consent:{user_id}:{kind}"))),
                consents::user_id.eq(user_id),
                consents::kind.eq(kind),
                consents::version.eq(CURRENT_VERSION),
                consents::locale.eq(locale),
                consents::given_at.eq(given_at),
            )
        });
        diesel::insert_into(consents::table)
            .values(rows.to_vec())
            .execute(self.conn)?;
        Ok(())
    }

    fn practitioner(&mut self, profile: &'static Profile) -> anyhow::Result<Practice> {
        let zone = profile.zone.parse().context("a profile's zone")?;
        let id = self.account(&Account {
            email: profile.email,
            role: "practitioner",
            company_id: None,
            name: [profile.first_name, profile.last_name],
            locale: "fr",
            zone: profile.zone,
            status: "active",
            password: Some(cast::PRACTITIONER_PASSWORD),
        })?;
        self.profile(id, profile)?;
        self.windows(id, profile)?;
        let closed = self.exceptions(id, profile)?;
        Ok(Practice {
            id,
            profile,
            zone,
            closed,
        })
    }

    fn profile(&mut self, id: Uuid, profile: &Profile) -> anyhow::Result<()> {
        let verification = if profile.verified {
            "verified"
        } else {
            "pending"
        };
        diesel::insert_into(practitioners::table)
            .values((
                (
                    practitioners::user_id.eq(id),
                    practitioners::title.eq(profile.title),
                    practitioners::professional_id.eq(profile.professional_id),
                    practitioners::specialty.eq(profile.specialty),
                    practitioners::sub_specialties.eq(profile.sub_specialties),
                    practitioners::languages.eq(profile.languages),
                    practitioners::bio.eq(profile.bio),
                    practitioners::experience_years.eq(profile.experience_years),
                    practitioners::education.eq(profile
                        .diplomas
                        .first()
                        .copied()
                        .unwrap_or_default()),
                    practitioners::diplomas.eq(profile.diplomas),
                ),
                practitioners::gender.eq(profile.gender),
                practitioners::city.eq(profile.city),
                practitioners::offers_audio.eq(profile.audio),
                practitioners::offers_in_person.eq(profile.room.is_some()),
                practitioners::in_person_address.eq(profile.room),
                practitioners::verification.eq(verification),
                practitioners::accepting_new_clients.eq(profile.accepting),
                practitioners::slot_minutes.eq(profile.slot_minutes),
                practitioners::buffer_minutes.eq(profile.buffer_minutes),
                practitioners::timezone.eq(profile.zone),
                practitioners::created_at.eq(self.opened_at()),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    fn windows(&mut self, id: Uuid, profile: &Profile) -> anyhow::Result<()> {
        let mut rows = Vec::new();
        for (index, &(weekday, from, until, every_weeks)) in profile.windows.iter().enumerate() {
            rows.push((
                windows::id.eq(stable_id(&format!("window:{id}:{index}"))),
                windows::practitioner_id.eq(id),
                windows::weekday.eq(weekday),
                windows::start_time.eq(hour(from)?),
                windows::end_time.eq(hour(until)?),
                windows::valid_from.eq(self.timeline.anchor),
                windows::every_weeks.eq(every_weeks),
            ));
        }
        diesel::insert_into(windows::table)
            .values(rows)
            .execute(self.conn)?;
        Ok(())
    }

    /// A holiday of a week, a day off soon, and a morning that replaces a day's hours: each
    /// practitioner of a room has them at other dates. Answers the dates without appointments.
    fn exceptions(&mut self, id: Uuid, profile: &Profile) -> anyhow::Result<Vec<NaiveDate>> {
        if profile.room.is_none() {
            return Ok(Vec::new());
        }
        let today = self.timeline.now.date_naive();
        let shift = u64::from(id.as_bytes()[0] % 4);
        let holiday = (0..5).map(|day| today - Days::new(40 + 7 * shift) + Days::new(day));
        let closed: Vec<NaiveDate> = holiday.chain([today + Days::new(6 + shift)]).collect();
        let mut rows: Vec<_> = closed
            .iter()
            .map(|day| (*day, "closed", None, None))
            .collect();
        // Two days before and after stay as they are: the demo's next appointments are there.
        let open = today + Days::new(12 + shift);
        rows.push((open, "open", Some(hour(9)?), Some(hour(12)?)));
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(day, kind, from, until)| {
                (
                    exceptions::id.eq(stable_id(&format!("exception:{id}:{day}"))),
                    exceptions::practitioner_id.eq(id),
                    exceptions::day.eq(day),
                    exceptions::kind.eq(kind),
                    exceptions::start_time.eq(from),
                    exceptions::end_time.eq(until),
                )
            })
            .collect();
        diesel::insert_into(exceptions::table)
            .values(rows)
            .execute(self.conn)?;
        Ok(closed.into_iter().chain([open]).collect())
    }
}

fn hour(hour: u32) -> anyhow::Result<NaiveTime> {
    NaiveTime::from_hms_opt(hour, 0, 0).context("an hour of the day")
}
