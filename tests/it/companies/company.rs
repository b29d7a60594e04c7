//! The company's page: identity, colours, pictures, and what its employees see of them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::Office;
use crate::support::{client::Client, page::Page};

const COMPANY: &str = "/rh/company";

async fn write(client: &Client, changes: &[(&str, &str)]) -> Page {
    let page = client.get(COMPANY).await;
    page.assert_ok();
    client.submit(&page, COMPANY, changes).await
}

fn drawn(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([20, 120, 100])))
        .write_to(&mut bytes, format)
        .expect("a picture");
    bytes.into_inner()
}

/// A PNG of a few bytes whose header promises so many pixels, with the header's right checksum.
fn promising(width: u32, height: u32) -> Vec<u8> {
    let mut file = drawn(ImageFormat::Png, 16, 16);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    // CRC-32 of the chunk's name and content (PNG, annex D).
    let crc = file[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    });
    file[29..33].copy_from_slice(&(!crc).to_be_bytes());
    file
}

#[tokio::test]
async fn hr_describes_its_company_and_its_employees_see_it() {
    let office = Office::open().await;
    let employee = office
        .app
        .client()
        .signed_in_as(&office.app.employee_of(&office.company));
    employee
        .get("/employee")
        .await
        .assert_ok()
        .assert_nowhere("company-banner");
    let sent = write(
        &office.hr,
        &[
            ("legal_name", "TechCorp France SAS"),
            ("siret", "123 456 782 00010"),
            ("size", "medium"),
            ("city", "Paris"),
            ("website_url", "https://techcorp.example/"),
            ("opening_hours", "Du lundi au vendredi,\nde 9 h à 18 h"),
            (
                "emergency_message",
                "Le poste 1234 répond jour et nuit. <b>Vraiment.</b>",
            ),
            ("back_color", "#135E54"),
            ("ink_color", "ffffff"),
        ],
    )
    .await;
    sent.assert_see_other(COMPANY);
    office.app.clock.advance(chrono::Duration::seconds(5));
    let home = employee.get("/employee").await;
    home.assert_ok()
        .assert_text("de 9 h à 18 h")
        .assert_text("Le poste 1234 répond jour et nuit. <b>Vraiment.</b>")
        .assert_nowhere("<b>Vraiment");
    // On every page of the employee, beside the numbers.
    employee
        .get("/employee/journal")
        .await
        .assert_text("Le poste 1234");
    let sheet = employee.get("/employee/company/colours.css").await;
    assert_eq!(
        sheet.text(),
        ":root{--company-back:#135e54;--company-ink:#ffffff}"
    );
    let stranger = office.app.company("Rivale");
    let stranger = office
        .app
        .client()
        .signed_in_as(&office.app.employee_of(&stranger));
    stranger.get("/employee").await.assert_nowhere("poste 1234");
    assert_eq!(
        stranger.get("/employee/company/colours.css").await.text(),
        ""
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field() {
    let office = Office::open().await;
    let rival = office.app.company("Rivale");
    office.app.sql(&format!(
        "UPDATE companies SET siret = '12345678200010' WHERE id = '{}'",
        rival.id
    ));
    for (changes, said) in [
        (
            vec![("siret", "12345678200011")],
            "sa clé de contrôle est fausse",
        ),
        (
            vec![("siret", "12345678200010")],
            "déjà celui d’une autre entreprise cliente",
        ),
        (vec![("name", " ")], "Ce champ est nécessaire"),
        (
            vec![("website_url", "javascript:alert(1)")],
            "commence par https://",
        ),
        (
            vec![("timezone", "Mars/Olympus")],
            "Choisissez un fuseau horaire",
        ),
        (
            vec![("back_color", "#777777"), ("ink_color", "#ffffff")],
            "un contraste de 4.47",
        ),
        (vec![("back_color", "#777777")], "Donnez les deux couleurs"),
    ] {
        write(&office.hr, &changes)
            .await
            .assert_status(422)
            .assert_text(said);
    }
    assert_eq!(office.app.count("SELECT count(*) FROM company_profiles"), 0);
    // Neither contract nor status nor domains are HR's to write, whatever is sent.
    let extra = [
        ("name", "TechCorp"),
        ("country", "France"),
        ("timezone", "Europe/Paris"),
        ("max_employees", "9"),
        ("status", "pending"),
    ];
    office.hr.post(COMPANY, &extra).await.assert_status(303);
    assert_eq!(
        office.app.count(
            "SELECT count(*) FROM companies WHERE max_employees IS NOT NULL OR status <> 'active'"
        ),
        0
    );
}

#[tokio::test]
async fn pictures_are_drawn_again_and_shown_to_the_company_s_people_alone() {
    let office = Office::open().await;
    let employee = office
        .app
        .client()
        .signed_in_as(&office.app.employee_of(&office.company));
    for (kind, format, size) in [
        ("logo", ImageFormat::Png, (320, 320)),
        ("cover", ImageFormat::WebP, (1_440, 360)),
    ] {
        let mut file = drawn(format, 900, 500);
        // What is hidden behind the last pixel is not kept.
        file.extend_from_slice(b"12 rue des Lilas <script>");
        let sent = office
            .hr
            .upload(&format!("{COMPANY}/{kind}"), &[], "x.svg", &file)
            .await;
        sent.assert_see_other(COMPANY);
        let id = office
            .app
            .text(&format!("SELECT {kind}_id FROM company_profiles"))
            .expect("a picture");
        for path in [
            format!("{COMPANY}/pictures/{id}"),
            format!("/employee/company/pictures/{id}"),
        ] {
            let client = if path.starts_with("/rh") {
                &office.hr
            } else {
                &employee
            };
            let shown = client.get(&path).await;
            shown.assert_ok();
            assert_eq!(shown.header("content-type"), Some("image/jpeg"));
            let picture = image::load_from_memory_with_format(&shown.body, ImageFormat::Jpeg)
                .expect("a JPEG");
            assert_eq!((picture.width(), picture.height()), size);
            assert!(!shown.body.windows(5).any(|part| part == b"Lilas"));
        }
        let rival = office.app.company("Rivale");
        let hr = office.app.client().signed_in_as(&office.app.hr_of(&rival));
        hr.get(&format!("{COMPANY}/pictures/{id}"))
            .await
            .assert_status(404);
        let stranger = office
            .app
            .client()
            .signed_in_as(&office.app.employee_of(&rival));
        stranger
            .get(&format!("/employee/company/pictures/{id}"))
            .await
            .assert_status(404);
    }
    let home = employee.get("/employee").await;
    assert_eq!(home.attributes(".company-banner img", "src").len(), 2);
    office
        .hr
        .post(&format!("{COMPANY}/logo/removal"), &[])
        .await
        .assert_see_other(COMPANY);
    let home = employee.get("/employee").await;
    assert_eq!(home.attributes(".company-banner img", "src").len(), 1);
    assert_eq!(office.app.count("SELECT count(*) FROM company_images"), 1);
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_a_one_is_refused() {
    let office = Office::open().await;
    // One row of pixels that unfolds into more than is read; and a header that promises gigabytes.
    let wide = drawn(ImageFormat::Png, 16_001, 1);
    let bomb = promising(0x7fff_ffff, 0x7fff_ffff);
    // Each side is one that is read; the whole would take 432 MB of memory.
    let large = promising(12_000, 12_000);
    for (file, said) in [
        (b"".to_vec(), "Choisissez une image"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            "pas une image",
        ),
        (b"GIF89a\x01\x00\x01\x00".to_vec(), "pas une image"),
        (
            b"\x89PNG\r\n\x1a\n<script>alert(1)</script>".to_vec(),
            "pas une image",
        ),
        (wide, "pas une image"),
        (bomb, "pas une image"),
        (large, "pas une image"),
        (vec![0; 5 * 1024 * 1024 + 1], "dépasse 5"),
    ] {
        for kind in ["logo", "cover"] {
            let sent = office
                .hr
                .upload(&format!("{COMPANY}/{kind}"), &[], "logo.png", &file)
                .await;
            sent.assert_status(422).assert_text(said);
        }
    }
    assert_eq!(office.app.count("SELECT count(*) FROM company_images"), 0);
}

#[tokio::test]
async fn new_accounts_begin_in_the_company_s_time_zone_and_nobody_s_own_is_changed() {
    let office = Office::open().await;
    let app = &office.app;
    let active = app.employee_of(&office.company);
    let elsewhere = app.company("Rivale");
    let invite = async |email: &str| {
        let fields = [
            ("email", email),
            ("first_name", "Nina"),
            ("last_name", "Roy"),
        ];
        let sent = office.hr.post("/rh/employees", &fields).await;
        sent.assert_status(303);
    };
    let zone = |email: &str| {
        app.text(&format!(
            "SELECT timezone FROM users WHERE email = '{email}'"
        ))
    };
    let before = format!("avant@{}", office.company.domain);
    let after = format!("apres@{}", office.company.domain);
    invite(&before).await;
    assert_eq!(zone(&before).as_deref(), Some("Europe/Paris"));
    write(&office.hr, &[("timezone", "Indian/Reunion")])
        .await
        .assert_see_other(COMPANY);
    invite(&after).await;
    for email in [&before, &after] {
        assert_eq!(zone(email).as_deref(), Some("Indian/Reunion"), "{email}");
    }
    assert_eq!(zone(&active.email).as_deref(), Some("Europe/Paris"));
    let theirs = app.employee_of(&elsewhere);
    assert_eq!(zone(&theirs.email).as_deref(), Some("Europe/Paris"));
}
