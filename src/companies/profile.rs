//! What HR writes of its company.

use chrono_tz::Tz;
use serde::Deserialize;

use super::{
    colours::{Colour, LEAST_CONTRAST},
    queries::CompanyProfile,
    request::{
        CompanySize, NAME_CHARS, SECTOR_CHARS, Wrong, line, lines, optional_line, or_noted, siret,
        size,
    },
    siret::Siret,
};
use crate::{
    auth::email_address::EmailAddress, infra::i18n::Message, practitioners::model::safe_address,
};

/// Characters of an address, a telephone number, a town.
const SHORT_CHARS: usize = 200;
/// Characters of the opening hours (the column's check).
pub const HOURS_CHARS: usize = 300;
/// Characters of the words beside the emergency numbers (the column's check).
pub const EMERGENCY_CHARS: usize = 500;

/// The zones of companies in France, overseas included, and of its neighbours; the first is the default.
pub const ZONES: [Tz; 16] = [
    Tz::Europe__Paris,
    Tz::America__Guadeloupe,
    Tz::America__Martinique,
    Tz::America__Cayenne,
    Tz::America__Miquelon,
    Tz::Indian__Reunion,
    Tz::Indian__Mayotte,
    Tz::Pacific__Noumea,
    Tz::Pacific__Tahiti,
    Tz::Pacific__Wallis,
    Tz::Europe__Brussels,
    Tz::Europe__Luxembourg,
    Tz::Europe__Zurich,
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::Europe__Madrid,
];

/// The fields of the form, as they are typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub(super) name: String,
    pub(super) legal_name: String,
    pub(super) siret: String,
    pub(super) sector: String,
    pub(super) size: String,
    pub(super) address: String,
    pub(super) postal_code: String,
    pub(super) city: String,
    pub(super) country: String,
    pub(super) contact_email: String,
    pub(super) contact_phone: String,
    pub(super) website_url: String,
    pub(super) timezone: String,
    pub(super) opening_hours: String,
    pub(super) emergency_message: String,
    pub(super) back_color: String,
    pub(super) ink_color: String,
}

/// A profile that can be written.
#[derive(Clone, Debug)]
pub struct ProfileDraft {
    /// The name that employees read.
    pub name: String,
    /// The name of the legal person.
    pub legal_name: String,
    /// The number of its establishment.
    pub siret: Option<Siret>,
    /// What it does.
    pub sector: String,
    /// How large it is.
    pub size: Option<CompanySize>,
    /// Number and street.
    pub address: String,
    /// Of the town.
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// The country.
    pub country: String,
    /// Where to write to it.
    pub contact_email: String,
    /// Where to call it.
    pub contact_phone: String,
    /// Its site.
    pub website_url: String,
    /// Where its clocks are.
    pub timezone: Tz,
    /// When HR can be reached.
    pub opening_hours: String,
    /// Beside the emergency numbers.
    pub emergency_message: String,
    /// Of the banner, and of what is written on it.
    pub colours: Option<(Colour, Colour)>,
}

fn unless_empty<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, Message>,
) -> Result<Option<T>, Message> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    read(text).map(Some)
}

fn address(text: &str) -> Result<String, Message> {
    EmailAddress::parse(text)
        .map(|address| address.as_str().to_owned())
        .map_err(|_| Message::new("clients-address-unreadable"))
}

fn site(text: &str) -> Result<String, Message> {
    safe_address(text.trim()).ok_or_else(|| Message::new("clients-site-unreadable"))
}

fn zone(text: &str) -> Result<Tz, Message> {
    ZONES
        .into_iter()
        .find(|zone| zone.name() == text)
        .ok_or_else(|| Message::new("clients-zone-missing"))
}

fn colour(text: &str) -> Result<Colour, Message> {
    Colour::parse(text).ok_or_else(|| Message::new("clients-colour-unreadable"))
}

/// Both colours or none, readable one on the other.
fn colours(wrong: &mut Wrong, back: &str, ink: &str) -> Option<(Colour, Colour)> {
    let back = or_noted(wrong, "back_color", unless_empty(back, colour))?;
    let ink = or_noted(wrong, "ink_color", unless_empty(ink, colour))?;
    match (back, ink) {
        (Some(back), Some(ink)) => {
            let contrast = back.contrast(ink);
            if contrast < LEAST_CONTRAST {
                // Rounded down, so that what is refused never looks like what is asked for.
                let ratio = format!("{:.2}", (contrast * 100.0).floor() / 100.0);
                let message = Message::new("clients-contrast").with("ratio", ratio);
                wrong.push(("ink_color", message));
            }
            Some((back, ink))
        }
        (None, None) => None,
        (Some(_), None) => {
            wrong.push(("ink_color", Message::new("clients-colour-both")));
            None
        }
        (None, Some(_)) => {
            wrong.push(("back_color", Message::new("clients-colour-both")));
            None
        }
    }
}

impl ProfileForm {
    /// The form as the company has it.
    #[must_use]
    pub fn of(profile: &CompanyProfile) -> Self {
        let profile = profile.clone();
        Self {
            name: profile.name,
            legal_name: profile.legal_name,
            siret: profile.siret,
            sector: profile.sector,
            size: profile.size,
            address: profile.address,
            postal_code: profile.postal_code,
            city: profile.city,
            country: profile.country,
            contact_email: profile.contact_email,
            contact_phone: profile.contact_phone,
            website_url: profile.website_url,
            timezone: profile.timezone,
            opening_hours: profile.opening_hours,
            emergency_message: profile.emergency_message,
            back_color: profile.back_color,
            ink_color: profile.ink_color,
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<ProfileDraft, Wrong> {
        let mut wrong = Wrong::new();
        let short = |wrong: &mut Wrong, field, text: &str| {
            or_noted(wrong, field, optional_line(text, SHORT_CHARS)).unwrap_or_default()
        };
        let draft = ProfileDraft {
            name: or_noted(&mut wrong, "name", line(&self.name, NAME_CHARS)).unwrap_or_default(),
            legal_name: or_noted(
                &mut wrong,
                "legal_name",
                optional_line(&self.legal_name, NAME_CHARS),
            )
            .unwrap_or_default(),
            siret: or_noted(&mut wrong, "siret", unless_empty(&self.siret, siret)).flatten(),
            sector: or_noted(
                &mut wrong,
                "sector",
                optional_line(&self.sector, SECTOR_CHARS),
            )
            .unwrap_or_default(),
            size: or_noted(&mut wrong, "size", unless_empty(&self.size, size)).flatten(),
            address: short(&mut wrong, "address", &self.address),
            postal_code: short(&mut wrong, "postal_code", &self.postal_code),
            city: short(&mut wrong, "city", &self.city),
            country: or_noted(&mut wrong, "country", line(&self.country, SHORT_CHARS))
                .unwrap_or_default(),
            contact_email: or_noted(
                &mut wrong,
                "contact_email",
                unless_empty(&self.contact_email, address),
            )
            .flatten()
            .unwrap_or_default(),
            contact_phone: short(&mut wrong, "contact_phone", &self.contact_phone),
            website_url: or_noted(
                &mut wrong,
                "website_url",
                unless_empty(&self.website_url, site),
            )
            .flatten()
            .unwrap_or_default(),
            timezone: or_noted(&mut wrong, "timezone", zone(&self.timezone)).unwrap_or(ZONES[0]),
            opening_hours: or_noted(
                &mut wrong,
                "opening_hours",
                lines(&self.opening_hours, HOURS_CHARS),
            )
            .unwrap_or_default(),
            emergency_message: or_noted(
                &mut wrong,
                "emergency_message",
                lines(&self.emergency_message, EMERGENCY_CHARS),
            )
            .unwrap_or_default(),
            colours: colours(&mut wrong, &self.back_color, &self.ink_color),
        };
        if wrong.is_empty() {
            Ok(draft)
        } else {
            Err(wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ProfileForm {
        ProfileForm {
            name: "TechCorp".to_owned(),
            country: "France".to_owned(),
            timezone: "Europe/Paris".to_owned(),
            ..ProfileForm::default()
        }
    }

    fn wrong(form: &ProfileForm) -> Vec<&'static str> {
        let wrong = form.read().expect_err("something is wrong");
        wrong.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_name_a_country_and_a_zone_are_enough() {
        let draft = form().read().expect("a profile");
        assert!(draft.siret.is_none() && draft.colours.is_none() && draft.size.is_none());
    }

    #[test]
    fn both_colours_are_given_and_can_be_read() {
        let with = |back: &str, ink: &str| ProfileForm {
            back_color: back.to_owned(),
            ink_color: ink.to_owned(),
            ..form()
        };
        assert!(with("#135e54", "#ffffff").read().is_ok());
        assert_eq!(wrong(&with("#777777", "#ffffff")), ["ink_color"]);
        assert_eq!(wrong(&with("#135e54", "")), ["ink_color"]);
        assert_eq!(wrong(&with("", "#fff000")), ["back_color"]);
        assert_eq!(wrong(&with("red", "#fff000")), ["back_color"]);
    }

    #[test]
    fn what_is_no_site_and_no_zone_is_refused() {
        for site in [
            "javascript:alert(1)",
            "techcorp",
            "https://",
            "data:text/html,x",
        ] {
            let form = ProfileForm {
                website_url: site.to_owned(),
                ..form()
            };
            assert_eq!(wrong(&form), ["website_url"], "{site}");
        }
        let nowhere = ProfileForm {
            timezone: "Mars/Olympus".to_owned(),
            ..form()
        };
        assert_eq!(wrong(&nowhere), ["timezone"]);
    }
}
