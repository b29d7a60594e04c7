use askama::Template;
use chrono::{DateTime, TimeZone, Utc};

use super::*;

#[derive(Template)]
#[template(
    source = r#"{{ "common-theme-dark"|t }} / {{ key|t }} / {{ flash|t }} / {{ none|t }} / {{ at|datetime }} / {{ seconds|duration }} / {{ count|number }} / {{ share|percent }}"#,
    ext = "html"
)]
struct Sample {
    key: String,
    flash: Option<Message>,
    none: Option<&'static str>,
    at: DateTime<Utc>,
    seconds: i64,
    count: usize,
    share: f64,
}

fn sample() -> Sample {
    Sample {
        key: "common-theme-light".to_owned(),
        flash: Some(Message::new("common-theme-system")),
        none: None,
        at: Utc.with_ymd_and_hms(2026, 11, 20, 13, 30, 0).unwrap(),
        seconds: 7_500,
        count: 12_500,
        share: 0.5,
    }
}

#[test]
fn filters_speak_the_readers_language_in_their_zone() {
    let english = PageContext::new(Space::Employee, Locale::En, "/employee");
    assert_eq!(
        english.reader().render(&sample()).unwrap(),
        "Dark / Light / Same as my device /  / Friday 20\u{a0}November 2026 at 14:30 / 2h\u{a0}05m / 12,500 / 50%"
    );
    let french = PageContext::new(Space::Employee, Locale::Fr, "/employee");
    assert!(
        french
            .reader()
            .render(&sample())
            .unwrap()
            .starts_with("Sombre / Clair / ")
    );
}

#[test]
fn emergency_numbers_are_called_by_a_tap() {
    assert_eq!(
        filters::with_calls("le 15 ou le 112. Le 3114, jour et nuit, 115 non"),
        "le <a href=\"tel:15\">15</a> ou le <a href=\"tel:112\">112</a>. \
         Le <a href=\"tel:3114\">3114</a>, jour et nuit, 115 non"
    );
    for locale in Locale::ALL {
        let line = crate::infra::i18n::text(locale, "common-emergency-line");
        assert!(!line.contains(['<', '&', '>']), "{line}");
        assert_eq!(filters::with_calls(line).matches("<a href").count(), 3);
    }
}

#[test]
fn a_template_without_a_reader_does_not_render() {
    assert!(sample().render().is_err());
}

#[test]
fn the_nearest_entry_is_current() {
    let nav = || {
        vec![
            NavItem::new("common-space-hr", "/rh", "house"),
            NavItem::new("common-space-hr", "/rh/employees", "users"),
        ]
    };
    let current = |path: &str| {
        let mut nav = nav();
        mark_current(&mut nav, path);
        nav.iter().position(|item| item.current)
    };
    assert_eq!(current("/rh"), Some(0));
    assert_eq!(current("/rh/employees/4"), Some(1));
    assert_eq!(current("/rh/usage"), Some(0));
    assert_eq!(current("/rhubarb"), None);
    let mut nav = [
        NavItem::new("booking-nav", "/employee/booking", "calendar-plus")
            .and("/employee/waiting-list"),
        NavItem::new("common-space-employee", "/employee", "house"),
    ];
    mark_current(&mut nav, "/employee/waiting-list/new");
    assert!(nav[0].current && !nav[1].current);
}

#[test]
fn initials_are_capitals_of_both_names() {
    assert_eq!(initials("élodie", "Martin"), "ÉM");
    assert_eq!(initials("", "Martin"), "M");
}

#[test]
fn a_flash_survives_the_session_store() {
    let flash = Flash::success("common-theme-dark")
        .with("count", 3_usize)
        .with("name", "Ana");
    let stored = serde_json::to_string(&flash).unwrap();
    assert_eq!(serde_json::from_str::<Flash>(&stored).unwrap(), flash);
}

#[test]
fn the_path_to_come_back_to_is_on_this_site() {
    let path = |path: &str| PageContext::new(Space::Public, Locale::Fr, path).path;
    assert_eq!(path("/login?return_to=%2Frh"), "/login?return_to=%2Frh");
    for elsewhere in [
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "https://elsewhere.example",
    ] {
        assert_eq!(path(elsewhere), "/");
    }
}
