//! How hours become appointments, and who may book them.

use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;

use super::{Section, after_change, tabs};
use crate::{
    booking::{
        calendar::zone_city,
        hours::Part,
        model::Format,
        queries::agenda::{self, AgendaSettings, NewSettings},
        slots::Policy,
    },
    infra::{
        actor::{Practitioner, render_status},
        error::PageResult,
        form::{Form, FormErrors},
        i18n::{self, Message},
        page::{Choice, Flash, PageContext, Tab, filters},
    },
    practitioners::model::Settings,
};

/// The zones of the list: where practitioners who speak to French employees live. The one that is
/// set already is added to it; a form may send any other of the IANA database.
const ZONES: [Tz; 30] = [
    Tz::Europe__Paris,
    Tz::America__Guadeloupe,
    Tz::America__Martinique,
    Tz::America__Cayenne,
    Tz::Indian__Reunion,
    Tz::Indian__Mayotte,
    Tz::Pacific__Noumea,
    Tz::Pacific__Tahiti,
    Tz::America__Miquelon,
    Tz::Europe__Brussels,
    Tz::Europe__Luxembourg,
    Tz::Europe__Zurich,
    Tz::Europe__London,
    Tz::Europe__Dublin,
    Tz::Europe__Lisbon,
    Tz::Europe__Madrid,
    Tz::Europe__Rome,
    Tz::Europe__Berlin,
    Tz::Europe__Athens,
    Tz::Africa__Casablanca,
    Tz::Africa__Algiers,
    Tz::Africa__Tunis,
    Tz::Africa__Dakar,
    Tz::Africa__Abidjan,
    Tz::Asia__Beirut,
    Tz::Asia__Dubai,
    Tz::America__Montreal,
    Tz::America__New_York,
    Tz::America__Los_Angeles,
    Tz::Australia__Sydney,
];

/// The settings as their form holds them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    slot_minutes: String,
    buffer_minutes: String,
    minimum_notice_hours: String,
    horizon_days: String,
    daily_maximum: String,
    timezone: String,
    offers_video: String,
    offers_audio: String,
    offers_in_person: String,
    accepting_new_clients: String,
    auto_confirm: String,
}

/// What a box that is ticked sends.
const TICKED: &str = "true";

fn ticked(is: bool) -> String {
    if is { TICKED } else { "" }.to_owned()
}

/// A figure of a form between two bounds, or its message beside the field.
fn figure(
    errors: &mut FormErrors,
    field: &'static str,
    text: &str,
    bounds: (u16, u16),
) -> Option<u16> {
    let (least, most) = bounds;
    let value = text.trim().parse().ok();
    let value = value.filter(|value| (least..=most).contains(value));
    if value.is_none() {
        let message = Message::new("agenda-figure-between")
            .with("least", least)
            .with("most", most);
        errors.add(field, message);
    }
    value
}

impl SettingsForm {
    fn of(stored: &AgendaSettings) -> Self {
        let policy = stored.settings.policy();
        let offers = |format| ticked(stored.formats.offers(format));
        Self {
            slot_minutes: policy.slot_minutes.to_string(),
            buffer_minutes: policy.buffer_minutes.to_string(),
            minimum_notice_hours: policy.min_notice_hours.to_string(),
            horizon_days: policy.horizon_days.to_string(),
            daily_maximum: policy
                .daily_maximum
                .map(|maximum| maximum.to_string())
                .unwrap_or_default(),
            timezone: stored.settings.zone().name().to_owned(),
            offers_video: offers(Format::Video),
            offers_audio: offers(Format::Audio),
            offers_in_person: offers(Format::InPerson),
            accepting_new_clients: ticked(stored.accepting_new_clients),
            auto_confirm: ticked(stored.auto_confirm),
        }
    }

    fn formats(&self) -> Vec<Format> {
        [
            (Format::Video, &self.offers_video),
            (Format::Audio, &self.offers_audio),
            (Format::InPerson, &self.offers_in_person),
        ]
        .into_iter()
        .filter(|(_, value)| *value == TICKED)
        .map(|(format, _)| format)
        .collect()
    }

    /// The settings, or what is wrong beside each field. The bounds are those of the table's checks.
    fn parse(&self) -> Result<NewSettings, FormErrors> {
        let mut errors = FormErrors::default();
        let Policy {
            slot_minutes,
            buffer_minutes,
            min_notice_hours,
            horizon_days,
            daily_maximum: most_a_day,
        } = Settings::MOST;
        let mut read =
            |field, text: &str, least, most| figure(&mut errors, field, text, (least, most));
        let slot = read("slot_minutes", &self.slot_minutes, 10, slot_minutes);
        let buffer = read("buffer_minutes", &self.buffer_minutes, 0, buffer_minutes);
        let notice = read(
            "minimum_notice_hours",
            &self.minimum_notice_hours,
            0,
            min_notice_hours,
        );
        let horizon = read("horizon_days", &self.horizon_days, 1, horizon_days);
        let daily_maximum = match (self.daily_maximum.trim(), most_a_day) {
            ("", _) | (_, None) => None,
            (text, Some(most)) => read("daily_maximum", text, 1, most),
        };
        if self.timezone.parse::<Tz>().is_err() {
            errors.add("timezone", "agenda-zone-unknown");
        }
        let formats = self.formats();
        if formats.is_empty() {
            errors.add("offers_video", "agenda-format-missing");
        }
        match (slot, buffer, notice, horizon) {
            (
                Some(slot_minutes),
                Some(buffer_minutes),
                Some(min_notice_hours),
                Some(horizon_days),
            ) if errors.is_empty() => Ok(NewSettings {
                timezone: self.timezone.clone(),
                policy: Policy {
                    slot_minutes,
                    buffer_minutes,
                    min_notice_hours,
                    horizon_days,
                    daily_maximum,
                },
                formats,
                accepting_new_clients: self.accepting_new_clients == TICKED,
                auto_confirm: self.auto_confirm == TICKED,
            }),
            _ => Err(errors),
        }
    }

    fn has(&self, value: &str) -> bool {
        value == TICKED
    }
}

#[derive(Template)]
#[template(path = "booking/practitioner/settings.html")]
struct SettingsPage {
    page: PageContext,
    tabs: Vec<Tab>,
    zones: Vec<Choice>,
    /// The starts of a morning from nine to noon, as they are today.
    example: String,
    form: SettingsForm,
    errors: FormErrors,
}

fn zone_choices(page: &PageContext, current: &str) -> Vec<Choice> {
    let known: Vec<Tz> = ZONES.to_vec();
    let current: Option<Tz> = current.parse().ok();
    let other = current.filter(|zone| !known.contains(zone));
    known
        .into_iter()
        .chain(other)
        .map(|zone| {
            let city = match zone {
                // Its islands are known by another name.
                Tz::Indian__Reunion => i18n::text(page.locale, "agenda-zone-reunion").to_owned(),
                Tz::Europe__Paris => i18n::text(page.locale, "agenda-zone-paris").to_owned(),
                zone => zone_city(zone),
            };
            Choice::new(zone.name(), city)
        })
        .collect()
}

/// "9 h 00, 10 h 00, 11 h 00": when a morning's appointments begin under a policy.
fn example(page: &PageContext, policy: &Policy) -> String {
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0);
    let hours = time(9)
        .zip(time(12))
        .and_then(|(from, until)| Part { from, until }.hours());
    let Some(hours) = hours else {
        return String::new();
    };
    let starts: Vec<String> = policy
        .starts_in(hours)
        .filter_map(|second| chrono::NaiveTime::from_num_seconds_from_midnight_opt(second, 0))
        .map(|start| i18n::time(page.locale, page.tz, start))
        .collect();
    starts.join(", ")
}

async fn draw(
    practitioner: &Practitioner,
    form: Option<SettingsForm>,
    errors: FormErrors,
) -> PageResult {
    let stored = practitioner.db().read(agenda::settings).await?;
    let page = practitioner.page();
    let status = errors.status();
    let form = form.unwrap_or_else(|| SettingsForm::of(&stored));
    let template = SettingsPage {
        tabs: tabs(&page, Section::Settings),
        zones: zone_choices(&page, stored.settings.zone().name()),
        example: example(&page, &stored.settings.policy()),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_settings(practitioner: Practitioner) -> PageResult {
    draw(&practitioner, None, FormErrors::default()).await
}

pub(super) async fn save_settings(
    practitioner: Practitioner,
    Form(form): Form<SettingsForm>,
) -> PageResult {
    let new = match form.parse() {
        Ok(new) => new,
        Err(errors) => return draw(&practitioner, Some(form), errors).await,
    };
    let saved = practitioner
        .db()
        .write(move |tx| agenda::save_settings(tx, &new))
        .await?;
    if !saved {
        let mut errors = FormErrors::default();
        errors.add("offers_in_person", "agenda-place-missing");
        return draw(&practitioner, Some(form), errors).await;
    }
    let flash = Flash::success("agenda-settings-saved");
    after_change(&practitioner, "/practitioner/agenda/settings", flash).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> SettingsForm {
        SettingsForm {
            slot_minutes: "50".into(),
            buffer_minutes: "10".into(),
            minimum_notice_hours: "12".into(),
            horizon_days: "60".into(),
            timezone: "Europe/Paris".into(),
            offers_video: "true".into(),
            ..SettingsForm::default()
        }
    }

    #[test]
    fn figures_out_of_bounds_are_named_beside_their_field() {
        assert!(usual().parse().is_ok());
        type Setter = fn(&mut SettingsForm, String);
        let fields: [(&str, Setter, &[&str]); 6] = [
            (
                "slot_minutes",
                |f, v| f.slot_minutes = v,
                &["", "9", "241", "-1", "1e9", "99999999999"],
            ),
            (
                "buffer_minutes",
                |f, v| f.buffer_minutes = v,
                &["", "121", "-1", "x"],
            ),
            (
                "minimum_notice_hours",
                |f, v| f.minimum_notice_hours = v,
                &["", "337"],
            ),
            ("horizon_days", |f, v| f.horizon_days = v, &["", "0", "366"]),
            (
                "daily_maximum",
                |f, v| f.daily_maximum = v,
                &["0", "49", "many"],
            ),
            (
                "timezone",
                |f, v| f.timezone = v,
                &["", "Paris", "Europe/Atlantis"],
            ),
        ];
        for (field, set, values) in fields {
            for value in values {
                let mut form = usual();
                set(&mut form, (*value).to_owned());
                let errors = form.parse().expect_err(value);
                assert!(errors.of(field).is_some(), "{field}={value}");
            }
        }
        let none = SettingsForm {
            offers_video: String::new(),
            ..usual()
        };
        assert!(
            none.parse()
                .expect_err("no format")
                .of("offers_video")
                .is_some()
        );
    }

    #[test]
    fn the_zones_of_the_list_are_each_there_once() {
        let names: std::collections::BTreeSet<&str> =
            ZONES.iter().map(|zone| zone.name()).collect();
        assert_eq!(names.len(), ZONES.len());
    }
}
