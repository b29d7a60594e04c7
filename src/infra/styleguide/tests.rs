//! Every layout and every component, in both languages and all themes.

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use chrono_tz::Europe::Paris;

use super::*;
use crate::infra::page::{
    ConflictPage, FailurePage, ForbiddenPage, MailContext, MaintenancePage, NotFoundPage, Reader,
    UnprocessablePage,
};

const SAMPLES: [&str; 8] = [
    "kit",
    "home",
    "auth",
    "public",
    "practitioner",
    "desk",
    "admin",
    "super-admin",
];

#[derive(Template)]
#[template(path = "styleguide/email.html")]
struct HtmlMail {
    mail: MailContext,
}

#[derive(Template)]
#[template(path = "styleguide/email.txt")]
struct TextMail {
    mail: MailContext,
}

async fn html(response: HttpResponse) -> String {
    assert_eq!(response.status(), StatusCode::OK);
    let body = to_bytes(response.into_body()).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// Every sample page, named.
async fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for locale in Locale::ALL {
        for name in SAMPLES {
            let response = sample(name, locale, Theme::System).unwrap();
            pages.push((format!("{name}-{}", locale.code()), html(response).await));
        }
        let page = context(Space::Employee, locale, Theme::Dark);
        let (message, back) = (
            Message::new("common-error-404-text"),
            "/employee".to_owned(),
        );
        let reference = "0199-4f".to_owned();
        let errors = [
            (
                "403",
                page.reader().render(&ForbiddenPage { page: page.clone() }),
            ),
            (
                "404",
                page.reader().render(&NotFoundPage { page: page.clone() }),
            ),
            (
                "409",
                page.reader().render(&ConflictPage {
                    page: page.clone(),
                    message: message.clone(),
                    back: back.clone(),
                }),
            ),
            (
                "422",
                page.reader().render(&UnprocessablePage {
                    page: page.clone(),
                    message,
                    back,
                }),
            ),
            (
                "500",
                page.reader().render(&FailurePage {
                    page: page.clone(),
                    reference,
                }),
            ),
            (
                "maintenance",
                page.reader()
                    .render(&MaintenancePage { page: page.clone() }),
            ),
        ];
        for (name, rendered) in errors {
            pages.push((format!("{name}-{}", locale.code()), rendered.unwrap()));
        }
    }
    pages
}

#[actix_web::test]
async fn every_page_is_in_its_language_and_has_its_landmarks() {
    for (name, html) in pages().await {
        let code = name.rsplit_once('-').unwrap().1;
        assert!(html.contains(&format!("<html lang=\"{code}\"")), "{name}");
        assert!(html.contains("<main id=\"main\""), "{name}");
        assert!(html.contains("class=\"skip-link\""), "{name}");
        assert_eq!(html.matches("<h1>").count(), 1, "{name}");
        assert!(!html.contains("<title> ·"), "{name} has no title");
    }
}

#[actix_web::test]
async fn no_page_needs_inline_scripts_or_styles() {
    for (name, html) in pages().await {
        for forbidden in [
            " style=",
            "<style",
            " onclick=",
            " onsubmit=",
            "javascript:",
        ] {
            assert!(!html.contains(forbidden), "{name} has {forbidden}");
        }
        for script in html.split("<script").skip(1) {
            assert!(
                script.trim_start().starts_with("src="),
                "{name} has an inline script"
            );
        }
    }
}

#[actix_web::test]
async fn every_file_and_icon_named_by_a_page_exists() {
    let sprite =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/img/icons.svg"))
            .unwrap();
    for (name, html) in pages().await {
        for part in html.split("data-icon=\"").skip(1) {
            let icon = part.split('"').next().unwrap();
            assert!(
                sprite.contains(&format!("id=\"{icon}\"")),
                "{name}: no icon {icon}"
            );
        }
        for part in html.split("\"/static/").skip(1) {
            let path = part.split(['"', '#']).next().unwrap();
            let stem = path.rsplit('/').next().unwrap();
            assert_eq!(
                stem.split('.').count(),
                3,
                "{name}: {path} has no fingerprint"
            );
        }
    }
}

/// Templates and code that no sample renders: every icon they name by a literal is in the sprite.
#[test]
fn every_icon_named_in_the_source_exists() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sprite = std::fs::read_to_string(root.join("static/img/icons.svg")).unwrap();
    let mut folders = vec![root.join("templates"), root.join("src")];
    let mut named = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(source) = std::fs::read_to_string(&path) else {
                continue;
            };
            let literals: Vec<&str> = source.split('"').collect();
            for (index, icon) in literals.iter().enumerate().skip(1) {
                let before = literals[index - 1];
                let after = literals.get(index + 1).copied().unwrap_or_default();
                let is_icon = after.starts_with("|icon")
                    || before.ends_with(" icon=")
                    || before.ends_with("::empty(")
                    || (index >= 5
                        && before.trim() == ","
                        && literals[index - 5].ends_with("NavItem::new("));
                let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                if is_icon && !icon.is_empty() && icon.chars().all(kebab) {
                    named += 1;
                    let symbol = format!("id=\"{icon}\"");
                    assert!(
                        sprite.contains(&symbol),
                        "{}: no icon {icon}",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(named > 50, "only {named} icons found: the search is broken");
}

#[actix_web::test]
async fn labels_and_descriptions_point_at_elements_of_the_page() {
    for (name, html) in pages().await {
        for attribute in [
            " for=\"",
            " aria-describedby=\"",
            " aria-labelledby=\"",
            " popovertarget=\"",
        ] {
            for part in html.split(attribute).skip(1) {
                for id in part.split('"').next().unwrap().split(' ') {
                    let count = html.matches(&format!(" id=\"{id}\"")).count();
                    assert_eq!(count, 1, "{name}:{attribute}{id}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn emergency_numbers_are_one_tap_away_for_employees_and_visitors() {
    for (name, html) in pages().await {
        let at_work =
            html.contains("class=\"shell\"") && !html.contains("data-space=\"/employee\"");
        for number in ["tel:3114", "tel:15\"", "tel:112"] {
            assert_eq!(html.contains(number), !at_work, "{name}: {number}");
        }
    }
}

#[test]
fn an_email_speaks_the_recipients_language() {
    for (locale, expected) in [
        (Locale::Fr, "Ce message vous est envoyé"),
        (Locale::En, "This message was sent to you"),
    ] {
        let reader = Reader { locale, tz: Paris };
        let mail = MailContext::new(reader, "https://care.example");
        let html = reader.render(&HtmlMail { mail: mail.clone() }).unwrap();
        let text = reader.render(&TextMail { mail }).unwrap();
        assert!(html.contains(expected) && text.contains(expected));
        assert!(html.contains(">care.example</a>"));
        assert!(!text.contains('<'));
    }
}
