//! What fills the parameters of paths: a thing of one's own, and the same kind of thing of
//! somebody else's (another company, another practitioner).
//!
//! A new parameter needs a line in [`World::parameter`]; until then the access matrix fails.

use huntzen::{content::model::slug, infra::session::AccountRole};
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Account, Admin, Employee, Hr, Practitioner, SuperAdmin},
    agenda::AgendaIds,
};

/// Two companies, two practitioners, and something of everything for each.
pub struct World {
    /// Whose own things the matrix asks for.
    pub own: Side,
    /// Whose things must stay invisible.
    pub foreign: Side,
    admin: Admin,
    super_admin: SuperAdmin,
    /// A canned answer.
    answer: Uuid,
}

/// One company and its practitioner.
pub struct Side {
    /// Somebody of the company.
    pub employee: Employee,
    company: Uuid,
    hr: Hr,
    /// The company's picture, and a domain that its HR claimed.
    logo: Uuid,
    claim: Uuid,
    practitioner: Practitioner,
    /// A file of employees that was not confirmed yet.
    import: Uuid,
    /// Somebody who asked for an account and waits.
    registration: Uuid,
    consultation: Uuid,
    /// What its employee wrote there, and the file of it.
    message: Uuid,
    attachment: Uuid,
    agenda: AgendaIds,
    /// A slot that is kept while its employee decides.
    hold: Uuid,
    /// What its employee was told.
    notice: Uuid,
    /// The secret of its employee's calendar.
    feed: String,
    /// A request of the waiting list, and a slot that is offered for it.
    request: Uuid,
    offer: Uuid,
    /// A review and a report that wait for the moderation.
    review: Uuid,
    report: Uuid,
    /// The practitioner's picture.
    portrait: Uuid,
    /// A page of the employee's journal.
    entry: Uuid,
    /// One that the practitioner may read.
    share: Uuid,
    /// What the practitioner is writing about the employee.
    note: Uuid,
    /// A draft of the company's news, and the address of what is published.
    draft: Uuid,
    news: String,
    /// What the company asked, and the file of it.
    ticket: Uuid,
    ticket_file: Uuid,
}

/// The values of one path parameter.
pub struct Parameter {
    /// Visible to whom the route is for.
    pub own: String,
    /// Invisible to them; `None` where there is no such thing (a directory open to everybody).
    pub foreign: Option<String>,
}

impl World {
    /// Writes everything.
    pub fn build(app: &TestApp) -> Self {
        Self {
            own: Side::build(app, "TechCorp"),
            foreign: Side::build(app, "Rivale"),
            admin: app.admin(),
            super_admin: app.super_admin(),
            answer: app.canned_answer("Bienvenue", "Bonjour,"),
        }
    }

    /// The person of a role on the own side.
    pub fn account(&self, role: AccountRole) -> &Account {
        match role {
            AccountRole::Employee => &self.own.employee,
            AccountRole::Practitioner => &self.own.practitioner,
            AccountRole::Hr => &self.own.hr,
            AccountRole::Admin => &self.admin,
            AccountRole::SuperAdmin => &self.super_admin,
        }
    }

    /// The values of the parameter `name` that comes after `parent` in a path.
    pub fn parameter(&self, parent: &str, name: &str) -> Option<Parameter> {
        match (parent, name) {
            // Any signed link: an invalid one has a page that says so.
            (
                "password-reset" | "invitation" | "personal-address" | "company-request"
                | "register",
                "token",
            ) => Some(Parameter {
                own: "no-such-token".to_owned(),
                foreign: None,
            }),
            // Admins see every company, and the HR of each.
            ("companies", "id") => Some(Parameter {
                own: self.own.company.to_string(),
                foreign: None,
            }),
            ("team", "member") => Some(Parameter {
                own: self.own.hr.id.to_string(),
                foreign: Some(self.foreign.hr.id.to_string()),
            }),
            ("pictures", "picture") => Some(Parameter {
                own: self.own.logo.to_string(),
                foreign: Some(self.foreign.logo.to_string()),
            }),
            ("domains", "claim") => Some(Parameter {
                own: self.own.claim.to_string(),
                foreign: Some(self.foreign.claim.to_string()),
            }),
            // Admins see every practitioner.
            ("practitioners", "id") => Some(Parameter {
                own: self.own.practitioner.id.to_string(),
                foreign: None,
            }),
            ("employees", "id") => Some(Parameter {
                own: self.own.employee.id.to_string(),
                foreign: Some(self.foreign.employee.id.to_string()),
            }),
            ("import", "id") => Some(Parameter {
                own: self.own.import.to_string(),
                foreign: Some(self.foreign.import.to_string()),
            }),
            ("registrations", "id") => Some(Parameter {
                own: self.own.registration.to_string(),
                foreign: Some(self.foreign.registration.to_string()),
            }),
            // The directory is open to every employee.
            ("booking", "practitioner") => Some(Parameter {
                own: self.own.practitioner.id.to_string(),
                foreign: None,
            }),
            ("windows", "id") => Some(self.of_the_agenda(|agenda| agenda.window)),
            ("exceptions", "id") => Some(self.of_the_agenda(|agenda| agenda.exception)),
            ("places", "id") => Some(self.of_the_agenda(|agenda| agenda.place)),
            ("rooms", "id") => Some(self.of_the_agenda(|agenda| agenda.room)),
            ("holds", "hold") => Some(Parameter {
                own: self.own.hold.to_string(),
                foreign: Some(self.foreign.hold.to_string()),
            }),
            ("notifications", "id") => Some(Parameter {
                own: self.own.notice.to_string(),
                foreign: Some(self.foreign.notice.to_string()),
            }),
            // Whoever knows the secret reads the calendar, signed in or not.
            ("calendar", "token") => Some(Parameter {
                own: self.own.feed.clone(),
                foreign: None,
            }),
            // Everybody's texts.
            ("consents", "consent") => Some(Parameter {
                own: "health_data".to_owned(),
                foreign: None,
            }),
            // The moderation decides on everybody's.
            ("reviews", "id") => Some(Parameter {
                own: self.own.review.to_string(),
                foreign: None,
            }),
            ("reports", "id") => Some(Parameter {
                own: self.own.report.to_string(),
                foreign: None,
            }),
            // The directory is open to every employee.
            ("portraits", "id") => Some(Parameter {
                own: self.own.portrait.to_string(),
                foreign: None,
            }),
            ("shares" | "journal", "share") => Some(Parameter {
                own: self.own.share.to_string(),
                foreign: Some(self.foreign.share.to_string()),
            }),
            ("entries", "entry") => Some(Parameter {
                own: self.own.entry.to_string(),
                foreign: Some(self.foreign.entry.to_string()),
            }),
            ("notes", "note") => Some(Parameter {
                own: self.own.note.to_string(),
                foreign: Some(self.foreign.note.to_string()),
            }),
            ("news", "post") => Some(Parameter {
                own: self.own.draft.to_string(),
                foreign: Some(self.foreign.draft.to_string()),
            }),
            ("news", "slug") => Some(Parameter {
                own: self.own.news.clone(),
                foreign: Some(self.foreign.news.clone()),
            }),
            ("support", "ticket") => Some(Parameter {
                own: self.own.ticket.to_string(),
                foreign: Some(self.foreign.ticket.to_string()),
            }),
            // Admins answer every company.
            ("support", "case") => Some(Parameter {
                own: self.own.ticket.to_string(),
                foreign: None,
            }),
            ("files", "file") => Some(Parameter {
                own: self.own.ticket_file.to_string(),
                foreign: Some(self.foreign.ticket_file.to_string()),
            }),
            ("answers", "answer") => Some(Parameter {
                own: self.answer.to_string(),
                foreign: None,
            }),
            ("patients", "patient") => Some(Parameter {
                own: self.own.employee.id.to_string(),
                foreign: Some(self.foreign.employee.id.to_string()),
            }),
            ("waiting-list", "id") => Some(Parameter {
                own: self.own.request.to_string(),
                foreign: Some(self.foreign.request.to_string()),
            }),
            ("offers", "offer") => Some(Parameter {
                own: self.own.offer.to_string(),
                foreign: Some(self.foreign.offer.to_string()),
            }),
            ("messages", "message") => Some(Parameter {
                own: self.own.message.to_string(),
                foreign: Some(self.foreign.message.to_string()),
            }),
            ("attachments", "attachment") => Some(Parameter {
                own: self.own.attachment.to_string(),
                foreign: Some(self.foreign.attachment.to_string()),
            }),
            ("consultations" | "outside", "id") => Some(Parameter {
                own: self.own.consultation.to_string(),
                foreign: Some(self.foreign.consultation.to_string()),
            }),
            _ => None,
        }
    }
}

impl World {
    fn of_the_agenda(&self, pick: fn(&AgendaIds) -> Uuid) -> Parameter {
        Parameter {
            own: pick(&self.own.agenda).to_string(),
            foreign: Some(pick(&self.foreign.agenda).to_string()),
        }
    }
}

impl Side {
    fn build(app: &TestApp, name: &str) -> Self {
        let company = app.company(name);
        // HR's pages with names on them.
        app.discloses(&company, "named");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        let consultation = app.consultation(&employee, &practitioner).scheduled();
        let hr = app.hr_of(&company);
        let hold = app.consultation(&employee, &practitioner);
        let request = app.waiting(&employee, &practitioner);
        let notice = app.notice(consultation, &employee, "booked");
        let message = app.message(consultation, &employee, "Bonjour");
        let met = app.consultation(&employee, &practitioner);
        let met = met.at("2026-03-12T09:00:00Z").completed(2_700);
        let ticket = app.ticket(&hr, "Import impossible", "Le fichier est refusé.");
        let news = format!("Bienvenue chez {name}");
        app.news(&company, &news, "published");
        Self {
            company: company.id,
            logo: app.logo_of(&company),
            claim: app.claimed_domain(&hr),
            ticket,
            ticket_file: app.ticket_file(ticket, "Erreur.pdf"),
            draft: app.news(&company, "Brouillon", "draft"),
            news: slug(&news),
            feed: app.calendar_feed(&employee),
            notice,
            attachment: app.attachment(consultation, message, "Bilan.pdf"),
            message,
            offer: app.offered(request, "2026-03-25T09:00:00Z"),
            request,
            portrait: app.portrait_of(&practitioner),
            entry: app.journal_entry(&employee, ("Lundi", "Bonjour"), Some(3), 1),
            share: app.journal_share(
                &employee,
                &practitioner,
                "Une synthèse",
                "2100-01-01T00:00:00Z",
            ),
            note: app.clinical_note(met, "session", "<div>Dort mieux.</div>"),
            review: app.pending_review(met),
            report: app.open_report(met),
            consultation,
            agenda: app.agenda_of(&practitioner),
            hold: hold.at("2026-03-24T09:00:00Z").held(),
            import: app.staged_import(&hr),
            registration: app.waiting_registration(&company),
            hr,
            employee,
            practitioner,
        }
    }
}
