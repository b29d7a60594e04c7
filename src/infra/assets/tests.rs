use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web};

use super::*;

async fn get(path: &str, if_none_match: Option<&str>) -> HttpResponse {
    let app = init_service(App::new().route("/static/{path:.*}", web::get().to(serve))).await;
    let mut request = TestRequest::get().uri(path);
    if let Some(etag) = if_none_match {
        request = request.insert_header((IF_NONE_MATCH, etag));
    }
    let response = call_service(&app, request.to_request()).await;
    let (_, response) = response.into_parts();
    response.map_into_boxed_body()
}

#[actix_web::test]
async fn a_fingerprinted_file_is_kept_forever() {
    let response = get(&url("app.css"), None).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers().get(CACHE_CONTROL).unwrap(), FOREVER);
    let etag = response
        .headers()
        .get(ETAG)
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();

    let again = get(&url("app.css"), Some(&etag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[actix_web::test]
async fn an_address_without_its_fingerprint_does_not_exist() {
    for path in [
        "/static/app.css",
        "/static/app.0000000000000000.css",
        "/static/../Cargo.toml",
    ] {
        assert_eq!(
            get(path, None).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[actix_web::test]
async fn fonts_and_images_named_by_style_sheets_exist() {
    let library = Library::load();
    let css_path = library.by_path["app.css"]
        .trim_start_matches(PREFIX)
        .to_owned();
    let css = String::from_utf8(library.by_fingerprint[&css_path].body.to_vec()).unwrap();
    for part in css.split("url(\"/static/").skip(1) {
        let path = part.split('"').next().unwrap();
        assert!(library.by_fingerprint.contains_key(path), "{path}");
    }
}

#[test]
fn compression_is_worth_it_and_done_once() {
    let library = Library::load();
    let path = library.by_path["app.css"]
        .trim_start_matches(PREFIX)
        .to_owned();
    let file = &library.by_fingerprint[&path];
    // A sample: unoptimised brotli is slow.
    let sample = File {
        content_type: file.content_type.clone(),
        etag: file.etag.clone(),
        body: file.body.slice(..file.body.len().min(20_000)),
        compressed: OnceLock::new(),
    };
    let compressed = sample.brotli();
    assert!(compressed.len() <= sample.body.len());
    assert_eq!(compressed.as_ptr(), sample.brotli().as_ptr());
}
