//! Files: what is taken, what is kept of it, who gets it.

use image::{RgbImage, codecs::png::PngEncoder};

use super::World;

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbImage::new(12, 8)
        .write_with_encoder(PngEncoder::new(&mut bytes))
        .expect("a picture");
    bytes.extend_from_slice(b"GPS 48.8566 N");
    bytes
}

#[tokio::test]
async fn a_picture_is_kept_without_what_was_beside_it_and_shown_to_the_two() {
    let world = World::start().await;
    let sent = world
        .employee()
        .upload(
            &world.messages("employee"),
            &[("text", "Voici.")],
            "../Vacances à Nice.PNG",
            &png(),
        )
        .await;
    sent.assert_status(303);
    let practitioner = world.practitioner();
    let page = practitioner.get(&world.messages("practitioner")).await;
    page.assert_text("Voici.");
    assert_eq!(
        page.attributes(".chat-picture img", "alt"),
        ["Vacances à Nice.png"]
    );
    let href = page.attributes(".chat-picture", "href").remove(0);
    let file = practitioner.get(&href).await;
    file.assert_ok();
    assert_eq!(file.header("content-type"), Some("image/png"));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(
        file.header("content-security-policy"),
        Some("default-src 'none'; sandbox")
    );
    assert_eq!(file.header("cache-control"), Some("private, no-store"));
    assert!(
        file.header("content-disposition")
            .is_some_and(|value| value.starts_with("inline"))
    );
    assert!(!file.body.windows(4).any(|four| four == b"GPS "));

    // Neither its name nor its bytes are in the database.
    assert_eq!(
        world.app.count(
            "SELECT count(*) FROM chat_attachments a
             WHERE a::text LIKE '%Nice%' OR position('\\x89504e47'::bytea IN content_sealed) > 0"
        ),
        0
    );
}

#[tokio::test]
async fn a_document_is_only_ever_saved() {
    let world = World::start().await;
    let path = world.messages("practitioner");
    let practitioner = world.practitioner();
    practitioner
        .upload(
            &path,
            &[],
            "Ordonnance.pdf",
            b"%PDF-1.7 <script>alert(1)</script>",
        )
        .await
        .assert_status(303);
    let employee = world.employee();
    let page = employee.get(&world.messages("employee")).await;
    let href = page.attributes(".chat-file", "href").remove(0);
    let file = employee.get(&href).await;
    assert_eq!(file.header("content-type"), Some("application/pdf"));
    assert!(
        file.header("content-disposition")
            .is_some_and(|value| value.starts_with("attachment"))
    );
}

#[tokio::test]
async fn what_is_neither_an_image_nor_a_pdf_is_refused_whatever_its_name() {
    let world = World::start().await;
    let path = world.messages("employee");
    let employee = world.employee();
    for content in [
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".as_slice(),
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\0",
    ] {
        let page = employee.upload(&path, &[], "photo.png", content).await;
        page.assert_status(422)
            .assert_text("Seuls les images (JPEG, PNG, WebP) et les PDF");
    }
    let mut cut = png();
    cut.truncate(50);
    let page = employee.upload(&path, &[], "photo.png", &cut).await;
    page.assert_status(422).assert_text("abîmé");
    assert_eq!(world.app.count("SELECT count(*) FROM chat_messages"), 0);
}

#[tokio::test]
async fn a_file_of_twenty_megabytes_is_refused() {
    let world = World::start().await;
    let path = world.messages("employee");
    let employee = world.employee();
    let mut large = b"%PDF-1.7".to_vec();
    large.resize(11 * 1024 * 1024, 0);
    let page = employee.upload(&path, &[], "a.pdf", &large).await;
    page.assert_status(422).assert_text("Ce fichier dépasse 10");
    large.resize(20 * 1024 * 1024, 0);
    let page = employee.upload(&path, &[], "a.pdf", &large).await;
    page.assert_status(413);
    assert_eq!(world.app.count("SELECT count(*) FROM chat_messages"), 0);
}

#[tokio::test]
async fn a_file_is_found_in_its_own_consultation_only() {
    let world = World::start().await;
    let app = &world.app;
    let message = app.message(world.consultation, &world.employee, "Voici.");
    let file = app.attachment(world.consultation, message, "Bilan.pdf");
    let own = world.path("employee", &format!("attachments/{file}"));
    world.employee().get(&own).await.assert_ok();

    // Another consultation of the same two: the id is right and the place is not.
    let other = app
        .consultation(&world.employee, &world.practitioner)
        .at("2026-03-24T09:00:00Z")
        .scheduled();
    let elsewhere = format!("/employee/consultations/{other}/attachments/{file}");
    assert_eq!(world.employee().get(&elsewhere).await.status, 404);

    // Another's own consultation, and the right address as somebody else.
    let company = app.company("Rivale");
    let stranger = app.employee_of(&company);
    let theirs = app
        .consultation(&stranger, &world.practitioner)
        .at("2026-03-25T09:00:00Z")
        .scheduled();
    let stranger = app.client().signed_in_as(&stranger);
    for path in [
        own,
        format!("/employee/consultations/{theirs}/attachments/{file}"),
    ] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    // The practitioner of both finds it where it is, and nowhere else.
    let practitioner = world.practitioner();
    let there = world.path("practitioner", &format!("attachments/{file}"));
    practitioner.get(&there).await.assert_ok();
    let elsewhere = format!("/practitioner/consultations/{theirs}/attachments/{file}");
    assert_eq!(practitioner.get(&elsewhere).await.status, 404);
}
