//! Bodies that no browser of ours sends: a helpful page, nothing written, never a 500.

use crate::support::{TestApp, client::Client, page::Page};

/// A refusal with a page, in our layout, that repeats nothing dangerous.
fn assert_helpful(page: &Page, what: &str) {
    assert!((400..500).contains(&page.status), "{what}: {}", page.status);
    assert_eq!(
        page.texts("h1").len(),
        1,
        "{what}: {} has no title",
        page.status
    );
    assert!(page.header("content-security-policy").is_some(), "{what}");
    page.assert_nowhere("<script>alert")
        .assert_nowhere("huntzen::");
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn raw(client: &Client, path: &str, body: &[u8]) -> Page {
    let mut whole = format!("csrf={}&", client.form_token()).into_bytes();
    whole.extend_from_slice(body);
    client.send("POST", path, &[FORM], whole).await
}

#[tokio::test]
async fn every_public_form_withstands_hostile_fields() {
    let app = TestApp::start().await;
    let forms = [
        ("/login", ["email", "password"].as_slice()),
        ("/password-reset", &["email"]),
        (
            "/password-reset/no-such-token",
            &["password", "password_again"],
        ),
        ("/preferences/language", &["locale", "return_to"]),
        ("/preferences/theme", &["theme", "return_to"]),
    ];
    let values = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "{{7*7}} ${7*7} #{7*7}",
        "' OR 1=1; --",
        "\u{202e}\u{feff}\u{1f4a9}",
        "../../etc/passwd",
    ];
    let long = "a".repeat(60_000);
    for (path, fields) in forms {
        for field in fields {
            for value in values.iter().copied().chain([long.as_str()]) {
                let client = app.client();
                let page = client.post(path, &[(*field, value)]).await;
                assert_helpful(&page, &format!("{path} {field}={value:.40}"));
                page.assert_nowhere("onerror=alert(1)>");
            }
        }
    }
    assert_eq!(app.count("SELECT count(*) FROM jobs"), 0);
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused_with_a_page() {
    let app = TestApp::start().await;
    let member = app.client().signed_in_as(&app.admin());
    for (client, path) in [
        (app.client(), "/login"),
        (app.client(), "/password-reset"),
        (member, "/account/password"),
    ] {
        assert_eq!(
            raw(&client, path, &vec![b'a'; 70_000]).await.status,
            413,
            "{path}"
        );
        assert_helpful(&raw(&client, path, &vec![b'a'; 70_000]).await, "large");
        for body in [
            b"email=a%00b&password=x".as_slice(),
            b"email=%ff%fe&password=%c3%28",
            b"email=\xff\xfe&password=\x00",
            b"email=a&email=b&password=c&password=d",
            b"&&&===&%&%zz",
            b"csrf=again",
        ] {
            assert_helpful(&raw(&client, path, body).await, &format!("{path} {body:?}"));
        }
        for kind in [
            "application/json",
            "text/plain",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "",
        ] {
            let page = client
                .send("POST", path, &[("content-type", kind)], b"{}".to_vec())
                .await;
            assert_helpful(&page, &format!("{path} {kind}"));
        }
        assert_helpful(&client.send("POST", path, &[], Vec::new()).await, path);
    }
}

#[tokio::test]
async fn strange_addresses_and_headers_get_a_page() {
    let app = TestApp::start().await;
    let client = app.client();
    for path in [
        "/login?return_to=%00",
        "/login?return_to=%ff",
        "/login?a=b&a=c",
        "/login?%zz",
        "/password-reset/%ff%00",
    ] {
        let page = client.get(path).await;
        assert!(page.status < 500, "{path}: {}", page.status);
    }
    for (name, value) in [
        ("accept-language", "xx-\u{ff};q=nonsense,,,"),
        ("cookie", "hz_session=; hz_session=x; =; a"),
        ("sec-fetch-site", "nonsense"),
        ("hx-request-type", "partial"),
        ("if-none-match", "*"),
        ("range", "bytes=0-"),
    ] {
        let page = app.client().with_header(name, value).get("/login").await;
        assert!(page.status < 500, "{name}: {}", page.status);
    }
    for flash in ["x", "e30", "bnVsbA", &"A".repeat(3_000)] {
        let client = app.client();
        client.set_cookie("hz_flash", flash);
        client.set_cookie("hz_locale", "../../etc");
        client.set_cookie("hz_theme", "\"onload=alert(1)");
        client
            .get("/login")
            .await
            .assert_ok()
            .assert_nowhere("onload=alert");
    }
}

#[tokio::test]
async fn a_planted_flash_cookie_cannot_put_markup_on_a_page() {
    use base64::Engine as _;
    let app = TestApp::start().await;
    let genuine = {
        let client = app.client().signed_in_as(&app.admin());
        let page = client.post("/logout", &[]).await;
        let cookie = page
            .set_cookies()
            .into_iter()
            .find(|cookie| cookie.name() == "hz_flash")
            .expect("a flash");
        let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
        String::from_utf8(engine.decode(cookie.value()).expect("base64")).expect("JSON")
    };
    assert!(genuine.contains("auth-signed-out"), "{genuine}");
    let planted = genuine.replace("auth-signed-out", "<script>alert(1)</script>");
    let client = app.client();
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    client.set_cookie("hz_flash", &engine.encode(planted));
    client
        .get("/login")
        .await
        .assert_ok()
        .assert_nowhere("<script>alert");
}
