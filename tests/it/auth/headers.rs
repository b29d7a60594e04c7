//! What every answer carries, errors included, and what its cookies are.

use actix_web::cookie::SameSite;

use super::{WRONG, attempt};
use crate::support::{TestApp, actors::PASSWORD, app::Setup, page::Page};

async fn behind_tls() -> TestApp {
    TestApp::start_with(Setup {
        configure: |config| config.public_url = "https://care.huntzen.example".to_owned(),
        ..Setup::default()
    })
    .await
}

/// A page, a redirect, and an error of every kind.
async fn answers(app: &TestApp) -> Vec<Page> {
    let (visitor, member) = (app.client(), app.client().signed_in_as(&app.admin()));
    let mut pages = vec![
        visitor.get("/login").await,
        visitor.get("/account").await,
        visitor.get("/nothing").await,
        visitor.post_as_is("/login", &[]).await,
        visitor.post("/login", &[]).await,
        visitor.post("/preferences/theme", &[]).await,
        visitor.get("/password-reset/x").await,
        member.get("/account").await,
        member.get("/employee").await,
        member.send("DELETE", "/account", &[], Vec::new()).await,
        member.post("/logout", &[]).await,
    ];
    let large = [("email", &*"a".repeat(70_000))];
    pages.push(visitor.post("/login", &large).await);
    for _ in 0..6 {
        pages.push(attempt(&visitor, "nobody@nowhere.example", WRONG).await);
    }
    let mut statuses: Vec<u16> = pages.iter().map(|page| page.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    for wanted in [200, 303, 400, 403, 404, 410, 413, 422, 429] {
        assert!(statuses.contains(&wanted), "no {wanted} among {statuses:?}");
    }
    pages
}

fn assert_hardened(page: &Page) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(
            page.header(name),
            Some(value),
            "{} {}: {name}",
            page.request,
            page.status
        );
    }
    let policy = page.header("content-security-policy").unwrap_or_default();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(
            policy.contains(part),
            "{} {}: no {part}",
            page.request,
            page.status
        );
    }
    for part in ["unsafe", "*", "http:", "https:"] {
        assert!(!policy.contains(part), "{policy}");
    }
    assert!(page.header("permissions-policy").is_some());
    assert_eq!(page.header("server"), None);
    assert_eq!(page.header("x-powered-by"), None);
}

#[tokio::test]
async fn every_answer_is_hardened_and_kept_by_no_cache() {
    let app = TestApp::start().await;
    for page in answers(&app).await {
        assert_hardened(&page);
        let caching = page.header("cache-control").unwrap_or_default();
        assert!(
            caching.contains("no-store"),
            "{} {}: {caching}",
            page.request,
            page.status
        );
        assert_eq!(page.header("strict-transport-security"), None);
    }
}

#[tokio::test]
async fn error_pages_are_pages_in_the_reader_s_language() {
    let app = TestApp::start().await;
    for page in answers(&app).await {
        if page.status >= 400 {
            assert_eq!(
                page.attributes("html", "lang"),
                ["fr"],
                "{} {}",
                page.request,
                page.status
            );
            assert_eq!(
                page.texts("h1").len(),
                1,
                "{} {}",
                page.request,
                page.status
            );
        }
    }
    let client = app.client().with_header("accept-language", "en");
    let page = client.get("/nothing").await;
    assert_eq!(page.attributes("html", "lang"), ["en"]);
}

#[tokio::test]
async fn over_tls_cookies_are_bound_to_the_host() {
    let app = behind_tls().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    let client = app.client();
    client.drop_cookie("__Host-hz_visitor");
    let drawn = client.get("/login").await;
    let signed_in = client
        .post("/login", &[("email", &hr.email), ("password", PASSWORD)])
        .await;
    signed_in.assert_see_other("/rh");
    let chosen = client
        .post("/preferences/theme", &[("theme", "dark")])
        .await;
    let out = client.post("/logout", &[]).await;

    let cookies: Vec<_> = [drawn, signed_in, chosen, out]
        .iter()
        .flat_map(Page::set_cookies)
        .collect();
    for name in ["__Host-hz_visitor", "__Host-hz_session"] {
        assert!(
            cookies.iter().any(|cookie| cookie.name() == name),
            "no {name}"
        );
    }
    for cookie in &cookies {
        assert_eq!(cookie.secure(), Some(true), "{cookie}");
        assert_eq!(cookie.http_only(), Some(true), "{cookie}");
        assert_eq!(cookie.same_site(), Some(SameSite::Lax), "{cookie}");
        assert_eq!(cookie.path(), Some("/"), "{cookie}");
        assert_eq!(cookie.domain(), None, "{cookie}");
    }
}

#[tokio::test]
async fn over_tls_browsers_are_told_to_stay_there() {
    let app = behind_tls().await;
    for page in answers(&app).await {
        let policy = page.header("strict-transport-security").unwrap_or_default();
        assert!(
            policy.contains("max-age="),
            "{} {}",
            page.request,
            page.status
        );
    }
}

#[tokio::test]
async fn in_development_cookies_work_without_tls() {
    let app = TestApp::start().await;
    let client = app.client();
    client.drop_cookie("hz_visitor");
    for cookie in client.get("/login").await.set_cookies() {
        assert_ne!(cookie.secure(), Some(true), "{cookie}");
        assert_eq!(cookie.http_only(), Some(true), "{cookie}");
        assert_eq!(cookie.same_site(), Some(SameSite::Lax), "{cookie}");
    }
}

#[tokio::test]
async fn the_session_cookie_lasts_as_long_as_the_session() {
    let app = TestApp::start().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    let page = attempt(&app.client(), &hr.email, PASSWORD).await;
    let cookies = page.set_cookies();
    let session = cookies
        .iter()
        .find(|cookie| cookie.name() == "hz_session")
        .expect("a session");
    assert_eq!(session.max_age().map(|age| age.whole_days()), Some(7));
}

#[tokio::test]
async fn static_files_are_kept_forever_and_run_nothing() {
    let app = TestApp::start().await;
    let page = app.client().get("/login").await;
    let mut addresses = page.attributes("link[rel=stylesheet]", "href");
    addresses.extend(page.attributes("script[src]", "src"));
    assert!(addresses.len() >= 2, "{addresses:?}");
    for address in addresses {
        let file = app.client().get(&address).await;
        file.assert_ok();
        assert!(
            file.header("cache-control")
                .unwrap_or_default()
                .contains("immutable"),
            "{address}"
        );
        assert_eq!(
            file.header("x-content-type-options"),
            Some("nosniff"),
            "{address}"
        );
        assert!(file.set_cookies().is_empty(), "{address}");
    }
}

#[tokio::test]
async fn while_the_database_is_away_the_answer_says_so() {
    let app = TestApp::start().await;
    let client = app.client().signed_in_as(&app.admin());
    client.get("/account").await.assert_ok();
    app.clock.advance(chrono::Duration::seconds(5));
    app.lose_database();

    let page = client.get("/account").await;

    page.assert_status(503).assert_text("3114");
    assert_hardened(&page);
    assert!(page.header("retry-after").is_some());
    app.client().get("/login").await.assert_ok();
}
