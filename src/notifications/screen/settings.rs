//! The preferences: what to be told, where, when; discreet mails; the calendar's address.

use std::collections::HashMap;

use askama::Template;
use chrono::{DateTime, NaiveTime, Utc};

use crate::{
    infra::{
        actor::{Actor, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        i18n,
        page::{Crumb, Flash, PageContext, filters},
    },
    notifications::{
        model::{Preferences, QuietHours, Topic},
        queries::{addresses::PersonalAddress, feeds, inbox::Told, preferences},
        wording,
    },
};

/// Where the preferences are.
pub(in crate::notifications) fn path<K: Told>() -> String {
    format!("{}/preferences", K::HOME)
}

/// A line of the table of topics.
struct TopicLine {
    name: &'static str,
    label_key: &'static str,
    hint_key: &'static str,
    in_app: bool,
    /// Whether the application may be silent about it.
    may_be_silent: bool,
    by_mail: bool,
}

#[derive(Template)]
#[template(path = "notifications/preferences.html")]
struct PreferencesPage {
    page: PageContext,
    home: &'static str,
    crumbs: Vec<Crumb>,
    is_employee: bool,
    topics: Vec<TopicLine>,
    quiet: bool,
    quiet_from: String,
    quiet_until: String,
    discreet: bool,
    email: String,
    personal: PersonalAddress,
    /// What was typed for the personal address, when it is refused.
    typed_address: String,
    feed_since: Option<DateTime<Utc>>,
    /// The calendar's address, just made.
    feed: Option<String>,
    errors: FormErrors,
}

/// What a page that answers a form shows instead of what is stored.
#[derive(Default)]
pub(in crate::notifications) struct Filled {
    /// The preferences as they were sent.
    pub(in crate::notifications) answers: Option<Answers>,
    /// The personal address as it was typed.
    pub(in crate::notifications) address: Option<String>,
    /// The calendar's address, just made.
    pub(in crate::notifications) feed: Option<String>,
    /// What is wrong with it.
    pub(in crate::notifications) errors: FormErrors,
}

pub(super) async fn show<K: Told>(person: Actor<K>) -> PageResult {
    draw(&person, Filled::default()).await
}

pub(in crate::notifications) async fn draw<K: Told>(
    person: &Actor<K>,
    filled: Filled,
) -> PageResult {
    let (stored, personal, feed_since) = person
        .db()
        .read(|tx| {
            Ok::<_, AppError>((
                preferences::own(tx)?,
                K::personal_address(tx)?,
                feeds::since(tx)?,
            ))
        })
        .await?;
    let status = filled.errors.status();
    let answers = filled.answers.unwrap_or_else(|| Answers::of(&stored));
    let page = person.page();
    let template = PreferencesPage {
        home: K::HOME,
        crumbs: vec![Crumb::new(
            K::HOME,
            i18n::text(page.locale, "notifications-title"),
        )],
        is_employee: K::IS_EMPLOYEE,
        topics: Topic::ALL
            .into_iter()
            .filter(|topic| K::IS_EMPLOYEE || !topic.is_for_employees())
            .map(|topic| TopicLine {
                name: topic.as_str(),
                label_key: wording::topic_key(topic),
                hint_key: wording::topic_hint_key(topic, K::IS_EMPLOYEE),
                in_app: !answers.muted_in_app.contains(&topic),
                may_be_silent: topic.may_leave_the_application(),
                by_mail: !answers.muted_mail.contains(&topic),
            })
            .collect(),
        quiet: answers.quiet,
        quiet_from: answers.quiet_from,
        quiet_until: answers.quiet_until,
        discreet: answers.discreet,
        email: person.identity().email.clone(),
        personal,
        typed_address: filled.address.unwrap_or_default(),
        feed_since,
        feed: filled.feed,
        errors: filled.errors,
        page,
    };
    render_status(&template.page, &template, status)
}

/// The preferences' form, as it is sent: what is not ticked is not there.
#[derive(Debug, Default)]
pub(in crate::notifications) struct Answers {
    muted_in_app: Vec<Topic>,
    muted_mail: Vec<Topic>,
    quiet: bool,
    quiet_from: String,
    quiet_until: String,
    discreet: bool,
}

const CLOCK: &str = "%H:%M";

impl Answers {
    fn of(preferences: &Preferences) -> Self {
        let hours = preferences.quiet.unwrap_or(QuietHours::NIGHT);
        Self {
            muted_in_app: preferences.muted_in_app.clone(),
            muted_mail: preferences.muted_mail.clone(),
            quiet: preferences.quiet.is_some(),
            quiet_from: hours.from.format(CLOCK).to_string(),
            quiet_until: hours.until.format(CLOCK).to_string(),
            discreet: preferences.discreet,
        }
    }

    fn read(fields: &HashMap<String, String>, for_employee: bool) -> Self {
        let is_ticked = |name: &str| fields.get(name).is_some_and(|value| value == "true");
        let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let unticked = |prefix: &str| {
            let topics = Topic::ALL
                .into_iter()
                .filter(|topic| for_employee || !topic.is_for_employees());
            let unticked =
                topics.filter(|topic| !is_ticked(&format!("{prefix}_{}", topic.as_str())));
            unticked.collect::<Vec<_>>()
        };
        let mut muted_in_app = unticked("app");
        muted_in_app.retain(|topic| topic.may_leave_the_application());
        Self {
            muted_in_app,
            muted_mail: unticked("mail"),
            quiet: is_ticked("quiet"),
            quiet_from: text("quiet_from"),
            quiet_until: text("quiet_until"),
            discreet: is_ticked("discreet"),
        }
    }

    fn check(&self) -> Result<Preferences, FormErrors> {
        let mut errors = FormErrors::default();
        let mut hour = |field, text: &str| {
            let time = NaiveTime::parse_from_str(text.trim(), CLOCK);
            if time.is_err() {
                errors.add(field, "notifications-quiet-malformed");
            }
            time.ok()
        };
        let quiet = if self.quiet {
            hour("quiet_from", &self.quiet_from).zip(hour("quiet_until", &self.quiet_until))
        } else {
            None
        };
        if quiet.is_some_and(|(from, until)| from == until) {
            errors.add("quiet_until", "notifications-quiet-empty");
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Preferences {
            muted_in_app: self.muted_in_app.clone(),
            muted_mail: self.muted_mail.clone(),
            quiet: quiet.map(|(from, until)| QuietHours { from, until }),
            discreet: self.discreet,
        })
    }
}

pub(super) async fn change<K: Told>(
    person: Actor<K>,
    Form(fields): Form<HashMap<String, String>>,
) -> PageResult {
    let answers = Answers::read(&fields, K::IS_EMPLOYEE);
    let wanted = match answers.check() {
        Ok(wanted) => wanted,
        Err(errors) => {
            let filled = Filled {
                answers: Some(answers),
                errors,
                ..Filled::default()
            };
            return draw(&person, filled).await;
        }
    };
    person
        .db()
        .write(move |tx| preferences::keep(tx, &wanted))
        .await?;
    // What is muted no longer counts in the badge, which this process remembers.
    person.forget_sessions();
    let said = Flash::success("notifications-preferences-kept");
    Ok(see_other_with(&path::<K>(), said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn an_empty_form_turns_off_all_that_can_be() {
        let wanted = Answers::read(&HashMap::new(), true)
            .check()
            .expect("it is valid");
        assert_eq!(wanted.muted_mail, Topic::ALL);
        assert!(!wanted.muted_in_app.contains(&Topic::Changed));
        assert_eq!(wanted.muted_in_app.len(), 6);
        assert!(!wanted.discreet && wanted.quiet.is_none());
    }

    #[test]
    fn quiet_hours_need_two_different_times() {
        let with = |from, until| {
            let sent = fields(&[
                ("quiet", "true"),
                ("quiet_from", from),
                ("quiet_until", until),
            ]);
            Answers::read(&sent, true).check()
        };
        let night = with("22:00", "07:00").expect("a night");
        assert_eq!(night.quiet, Some(QuietHours::NIGHT));
        for (from, until) in [
            ("22:00", "22:00"),
            ("", "07:00"),
            ("25:00", "07:00"),
            ("22h", "7"),
        ] {
            assert!(with(from, until).is_err(), "{from} {until}");
        }
    }
}
