//! A practitioner's own profile and portrait, and where they are seen.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::support::{TestApp, actors::Practitioner, client::Client};

struct World {
    app: TestApp,
    practitioner: Practitioner,
    doctor: Client,
    employee: Client,
}

const PROFILE: &str = "/practitioner/profile";

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        Self {
            doctor: app.client().signed_in_as(&practitioner),
            employee: app.client().signed_in_as(&employee),
            practitioner,
            app,
        }
    }

    async fn sends(&self, name: &str, content: &[u8]) -> crate::support::page::Page {
        self.doctor
            .upload("/practitioner/profile/portrait", &[], name, content)
            .await
    }

    fn portraits(&self) -> i64 {
        self.app.count("SELECT count(*) FROM portraits")
    }

    /// What employees see at the practitioner's.
    async fn shown(&self) -> Vec<String> {
        let path = format!("/employee/booking/{}", self.practitioner.id);
        let page = self.employee.get(&path).await;
        page.assert_ok().attributes("img.avatar", "src")
    }
}

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_pixel(width, height, Rgb([190, 120, 80]));
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut Cursor::new(&mut bytes), format)
        .expect("a picture");
    bytes
}

#[tokio::test]
async fn a_practitioner_writes_what_employees_read() {
    let world = World::start().await;
    let page = world.doctor.get(PROFILE).await;
    let fields = [
        ("bio", "Je reçois depuis dix ans.\r\n\r\nSans jugement."),
        ("language-fr", "true"),
        ("language-pt", "true"),
        ("experience", "12"),
        ("gender", "female"),
        ("video", "https://videos.example/bonjour?v=1"),
    ];
    let sent = world
        .doctor
        .submit(page.assert_ok(), PROFILE, &fields)
        .await;
    sent.assert_see_other(PROFILE);
    world
        .doctor
        .follow(&sent)
        .await
        .assert_text("Votre profil est à jour");
    let path = format!("/employee/booking/{}", world.practitioner.id);
    let page = world.employee.get(&path).await;
    page.assert_ok()
        .assert_text("Je reçois depuis dix ans.")
        .assert_text("Portugais")
        .assert_text("12");
    let video = page.attributes("a[href^='https://videos']", "href");
    assert_eq!(video, ["https://videos.example/bonjour?v=1"]);
    let found = world.employee.get("/employee/booking?gender=female").await;
    found.assert_text(&world.practitioner.last_name);
}

#[tokio::test]
async fn a_gender_that_is_neither_stays_when_the_profile_is_saved() {
    let world = World::start().await;
    let save = |gender: &'static str| {
        let fields = [("language-fr", "true"), ("gender", gender)];
        let doctor = &world.doctor;
        async move {
            doctor
                .post(PROFILE, &fields)
                .await
                .assert_see_other(PROFILE);
        }
    };
    save("other").await;
    let page = world.doctor.get(PROFILE).await;
    let chosen = page.attributes("[name=gender] [selected]", "value");
    assert_eq!(chosen, ["other"]);
    save("other").await;
    assert_eq!(
        world
            .app
            .text("SELECT gender FROM practitioners")
            .as_deref(),
        Some("other")
    );
}

#[tokio::test]
async fn what_cannot_be_is_said_beside_its_field_and_nothing_is_written() {
    let world = World::start().await;
    let before = world.app.text("SELECT p::text FROM practitioners p");
    let long = "é".repeat(4_001);
    for (field, value, said) in [
        ("bio", long.as_str(), "caractères au plus"),
        ("experience", "-1", "entre 0 et 70"),
        ("experience", "dix", "entre 0 et 70"),
        ("gender", "robot", "Choisissez"),
        ("video", "http://videos.example/a", "commence par https://"),
        ("video", "javascript:alert(1)", "commence par https://"),
        ("video", "https://", "commence par https://"),
        (
            "video",
            "https://moi@videos.example/",
            "commence par https://",
        ),
        ("language-fr", "", "au moins une langue"),
    ] {
        let mut fields = vec![("bio", "Bonjour."), ("language-fr", "true")];
        fields.retain(|(name, _)| *name != field);
        if field != "language-fr" {
            fields.push((field, value));
        }
        let sent = world.doctor.post(PROFILE, &fields).await;
        sent.assert_status(422).assert_text(said);
    }
    assert_eq!(
        world.app.text("SELECT p::text FROM practitioners p"),
        before
    );
}

#[tokio::test]
async fn a_portrait_is_drawn_again_and_seen_where_the_practitioner_is() {
    let world = World::start().await;
    assert!(world.shown().await.is_empty());
    // Whatever its name says.
    let sent = world
        .sends("moi.pdf", &picture(ImageFormat::Png, 900, 600))
        .await;
    sent.assert_see_other(PROFILE);
    let page = world.doctor.follow(&sent).await;
    page.assert_text("Votre portrait est en place");
    let own = page.attributes("img.avatar", "src");
    let mine = world.doctor.get(&own[0]).await;
    assert_eq!(mine.header("content-type"), Some("image/jpeg"));
    assert_eq!(
        world
            .app
            .text("SELECT encode(substring(image FROM 1 FOR 3), 'hex') FROM portraits"),
        Some("ffd8ff".to_owned())
    );
    let first = world.shown().await;
    let seen = world.employee.get(&first[0]).await;
    seen.assert_ok();
    assert!(
        seen.header("cache-control")
            .is_some_and(|said| said.contains("private") && said.contains("immutable"))
    );
    let search = world.employee.get("/employee/booking").await;
    assert_eq!(search.attributes("img.avatar", "src"), first);

    world
        .sends("b.webp", &picture(ImageFormat::WebP, 300, 300))
        .await
        .assert_see_other(PROFILE);
    let second = world.shown().await;
    assert_ne!(first, second);
    world.employee.get(&first[0]).await.assert_status(404);
    assert_eq!(world.portraits(), 1);

    // Out of the directory, out of sight.
    world
        .app
        .sql("UPDATE practitioners SET verification = 'pending'");
    world.employee.get(&second[0]).await.assert_status(404);
    world
        .app
        .sql("UPDATE practitioners SET verification = 'verified'");
    let page = world.doctor.get(PROFILE).await;
    let action = "/practitioner/profile/portrait/removal";
    world.doctor.submit(&page, action, &[]).await;
    assert!(world.shown().await.is_empty());
    assert_eq!(world.portraits(), 0);
}

#[tokio::test]
async fn what_is_no_picture_or_too_heavy_is_refused() {
    let world = World::start().await;
    let mut heavy = picture(ImageFormat::Png, 40, 40);
    heavy.resize(5 * 1024 * 1024 + 1, 0);
    for (name, content, said) in [
        (
            "a.png",
            b"<svg onload=alert(1)>".to_vec(),
            "n’est pas une image",
        ),
        (
            "a.png",
            b"<!doctype html><script>".to_vec(),
            "n’est pas une image",
        ),
        (
            "a.png",
            b"GIF89a\x01\x00\x01\x00".to_vec(),
            "n’est pas une image",
        ),
        ("a.png", heavy, "5\u{a0}Mo"),
        ("a.png", vec![0; 17 * 1024 * 1024], "5\u{a0}Mo"),
        ("", Vec::new(), "Choisissez une image"),
    ] {
        world
            .sends(name, &content)
            .await
            .assert_status(422)
            .assert_text(said);
    }
    assert_eq!(world.portraits(), 0);
}
