//! What a company says of itself when it asks to join.

use super::{
    email_domains::is_public_provider,
    siret::{BadSiret, Siret},
};
use crate::{auth::email_address::EmailAddress, infra::i18n::Message};

/// How long the link that proves the address works, in hours.
pub const LINK_HOURS: i64 = 48;
/// Requests from one place within [`COUNTED_HOURS`].
pub const MOST_FROM_ONE_PLACE: i64 = 5;
/// Mails to one address within [`COUNTED_HOURS`]: nobody fills a stranger's mailbox from here.
pub const MOST_TO_ONE_ADDRESS: i64 = 3;
/// Over how long requests are counted.
pub const COUNTED_HOURS: i64 = 24;

/// Characters of a company's name (the column's check).
pub const NAME_CHARS: usize = 255;
/// Characters of a sector.
pub const SECTOR_CHARS: usize = 120;
/// Characters of a given or family name.
pub const PERSON_CHARS: usize = 100;
/// Characters of what is written to the platform.
pub const MESSAGE_CHARS: usize = 2_000;

/// How many people a company employs, as `companies.size` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanySize {
    /// Up to 49.
    Small,
    /// 50 to 249.
    Medium,
    /// 250 to 4,999.
    Large,
    /// 5,000 and more.
    Enterprise,
}

impl CompanySize {
    /// From the smallest. The bounds are those of French statistics (décret n° 2008-1354).
    pub const ALL: [Self; 4] = [Self::Small, Self::Medium, Self::Large, Self::Enterprise];

    /// The column's value.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Enterprise => "enterprise",
        }
    }

    /// The size with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }

    /// The key of its name.
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Small => "clients-size-small",
            Self::Medium => "clients-size-medium",
            Self::Large => "clients-size-large",
            Self::Enterprise => "clients-size-enterprise",
        }
    }
}

/// A line of text as it is kept: without white space around it, no control character, not too long.
///
/// # Errors
/// The sentence to show beside its field.
pub fn line(text: &str, most: usize) -> Result<String, Message> {
    let text = optional_line(text, most)?;
    if text.is_empty() {
        return Err(Message::new("clients-field-missing"));
    }
    Ok(text)
}

/// As [`line`], and may be empty.
///
/// # Errors
/// The sentence to show beside its field.
pub fn optional_line(text: &str, most: usize) -> Result<String, Message> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(Message::new("clients-field-characters"));
    }
    not_longer(text, most)
}

/// Several lines of text, with one kind of line end; may be empty.
///
/// # Errors
/// The sentence to show beside its field.
pub fn lines(text: &str, most: usize) -> Result<String, Message> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text
        .chars()
        .any(|letter| letter.is_control() && letter != '\n' && letter != '\t')
    {
        return Err(Message::new("clients-field-characters"));
    }
    not_longer(text, most)
}

fn not_longer(text: &str, most: usize) -> Result<String, Message> {
    if text.chars().count() > most {
        return Err(Message::new("clients-field-long").with("count", most));
    }
    Ok(text.to_owned())
}

/// A domain without `@`, in lower case, that no public mail provider has.
///
/// # Errors
/// The sentence to show beside its field.
pub fn company_domain(text: &str) -> Result<String, Message> {
    let text = text.trim();
    let text = text.strip_prefix('@').unwrap_or(text);
    // A domain is what may stand after the @ of an address.
    let address = EmailAddress::parse(&format!("a@{text}"))
        .map_err(|_| Message::new("clients-domain-unreadable"))?;
    if is_public_provider(address.domain()) {
        return Err(Message::new("clients-domain-public"));
    }
    Ok(address.domain().to_owned())
}

/// The fields of the form, as they are typed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RequestForm {
    /// The name that employees will read.
    pub name: String,
    /// The name of the legal person.
    pub legal_name: String,
    /// The number of its establishment.
    pub siret: String,
    /// What it does.
    pub sector: String,
    /// A [`CompanySize`].
    pub size: String,
    /// Of whoever asks.
    pub first_name: String,
    /// Of whoever asks.
    pub last_name: String,
    /// Of whoever asks, at the domain.
    pub email: String,
    /// Of the employees' addresses.
    pub domain: String,
    /// To the platform.
    pub message: String,
}

/// A request that can be written.
#[derive(Clone, Debug)]
pub struct RequestDraft {
    /// The name that employees will read.
    pub name: String,
    /// The name of the legal person.
    pub legal_name: String,
    /// The number of its establishment.
    pub siret: Siret,
    /// What it does.
    pub sector: String,
    /// How large it is.
    pub size: CompanySize,
    /// Given name of whoever asks.
    pub first_name: String,
    /// Family name of whoever asks.
    pub last_name: String,
    /// Where the link goes.
    pub email: EmailAddress,
    /// Of the employees' addresses.
    pub domain: String,
    /// To the platform; may be empty.
    pub message: String,
}

/// What is wrong with a form: a field, and the sentence beside it.
pub type Wrong = Vec<(&'static str, Message)>;

/// The value, or nothing and a line in the list of what is wrong.
pub fn or_noted<T>(wrong: &mut Wrong, field: &'static str, read: Result<T, Message>) -> Option<T> {
    read.map_err(|message| wrong.push((field, message))).ok()
}

/// A SIRET, or the sentence that says what is wrong with it.
///
/// # Errors
/// The sentence to show beside its field.
pub fn siret(text: &str) -> Result<Siret, Message> {
    Siret::parse(text).map_err(|bad: BadSiret| Message::new(bad.message_key()))
}

/// A size, or the sentence that asks for one.
///
/// # Errors
/// The sentence to show beside its field.
pub fn size(code: &str) -> Result<CompanySize, Message> {
    CompanySize::from_code(code).ok_or_else(|| Message::new("clients-size-missing"))
}

/// An address at a company's own domain.
///
/// # Errors
/// The sentence to show beside its field.
pub fn work_address(text: &str) -> Result<EmailAddress, Message> {
    let address =
        EmailAddress::parse(text).map_err(|_| Message::new("clients-address-unreadable"))?;
    if is_public_provider(address.domain()) {
        return Err(Message::new("clients-address-public"));
    }
    Ok(address)
}

impl RequestForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<RequestDraft, Wrong> {
        let mut wrong = Wrong::new();
        let name = or_noted(&mut wrong, "name", line(&self.name, NAME_CHARS));
        let legal = or_noted(&mut wrong, "legal_name", line(&self.legal_name, NAME_CHARS));
        let siret = or_noted(&mut wrong, "siret", siret(&self.siret));
        let sector = or_noted(&mut wrong, "sector", line(&self.sector, SECTOR_CHARS));
        let size = or_noted(&mut wrong, "size", size(&self.size));
        let first = or_noted(
            &mut wrong,
            "first_name",
            line(&self.first_name, PERSON_CHARS),
        );
        let last = or_noted(&mut wrong, "last_name", line(&self.last_name, PERSON_CHARS));
        let email = or_noted(&mut wrong, "email", work_address(&self.email));
        let domain = or_noted(&mut wrong, "domain", company_domain(&self.domain));
        if let (Some(email), Some(domain)) = (&email, &domain)
            && email.domain() != domain
        {
            wrong.push(("email", Message::new("clients-address-elsewhere")));
        }
        let message = or_noted(&mut wrong, "message", lines(&self.message, MESSAGE_CHARS));
        match (
            name,
            legal,
            siret,
            sector,
            size,
            (first, last, email, domain, message),
        ) {
            (
                Some(name),
                Some(legal_name),
                Some(siret),
                Some(sector),
                Some(size),
                (Some(first_name), Some(last_name), Some(email), Some(domain), Some(message)),
            ) if wrong.is_empty() => Ok(RequestDraft {
                name,
                legal_name,
                siret,
                sector,
                size,
                first_name,
                last_name,
                email,
                domain,
                message,
            }),
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> RequestForm {
        RequestForm {
            name: " Verrerie du Marais ".to_owned(),
            legal_name: "Verrerie du Marais SAS".to_owned(),
            siret: "123 456 782 00010".to_owned(),
            sector: "Artisanat".to_owned(),
            size: "small".to_owned(),
            first_name: "Ève".to_owned(),
            last_name: "O’Brien".to_owned(),
            email: "Eve@Verrerie.example".to_owned(),
            domain: "@verrerie.example".to_owned(),
            message: "Bonjour,\r\nnous sommes 12.".to_owned(),
        }
    }

    fn fields(form: &RequestForm) -> Vec<&'static str> {
        let wrong = form.read().expect_err("something is wrong");
        wrong.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_request_is_read_and_tidied() {
        let draft = form().read().expect("a request");
        assert_eq!(draft.name, "Verrerie du Marais");
        assert_eq!(draft.email.as_str(), "eve@verrerie.example");
        assert_eq!(draft.domain, "verrerie.example");
        assert_eq!(draft.message, "Bonjour,\nnous sommes 12.");
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let nothing = RequestForm::default();
        assert_eq!(
            fields(&nothing),
            [
                "name",
                "legal_name",
                "siret",
                "sector",
                "size",
                "first_name",
                "last_name",
                "email",
                "domain"
            ]
        );
    }

    #[test]
    fn the_address_is_a_work_address_of_the_domain() {
        let elsewhere = RequestForm {
            email: "eve@sub.verrerie.example".to_owned(),
            ..form()
        };
        assert_eq!(fields(&elsewhere), ["email"]);
        let private = RequestForm {
            email: "eve@gmail.com".to_owned(),
            domain: "gmail.com".to_owned(),
            ..form()
        };
        assert_eq!(fields(&private), ["email", "domain"]);
    }

    #[test]
    fn a_text_that_is_too_long_or_cannot_be_typed_is_refused() {
        let long = RequestForm {
            name: "é".repeat(256),
            sector: "a\u{1b}[31m".to_owned(),
            message: "x".repeat(2_001),
            ..form()
        };
        assert_eq!(fields(&long), ["name", "sector", "message"]);
    }
}
