//! The files of `static/`, under addresses that change when they do.
//!
//! `static/css/*.css` become one `app.css` and `static/js/*.js` one `app.js`; every other file keeps its path, and so does a
//! script that few pages need ([`ALONE`]). An address
//! carries the first 64 bits of the content's SHA-256 (`/static/app.3f0c….css`), so a browser keeps what it fetched
//! forever and never shows a stale file. An address without the right fingerprint does not exist.
//!
//! Release builds embed the files and fingerprint them once, at the first use. Development builds read them from disk and
//! look for changes at each page, so that saving a file and reloading shows it.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use ring::digest::{SHA256, digest};
use rust_embed::RustEmbed;

#[cfg(test)]
mod tests;

/// The path prefix that [`serve`] is mounted under, as `/static/{path:.*}`.
pub const PREFIX: &str = "/static/";

/// What the browser may do with a fingerprinted file: keep it for a year and never ask again.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// High enough to be close to the best, low enough to take tens of milliseconds: it is done once per file and process.
const BROTLI_QUALITY: i32 = 9;

/// Vendored scripts that the pages which need them load for themselves, after `app.js`.
const ALONE: [&str; 1] = ["vendor/trix/trix.umd.min.js"];

#[derive(RustEmbed)]
#[folder = "static"]
#[exclude = "*.md"]
#[exclude = "*LICENSE*"]
#[exclude = "*.ttf"]
struct Files;

/// The address of the file at `path` (relative to `static/`; the bundles are `app.css` and `app.js`).
pub fn url(path: &str) -> String {
    let library = library();
    match library.by_path.get(path) {
        Some(url) => url.clone(),
        None => {
            tracing::error!(path, "no such static file");
            format!("{PREFIX}{path}")
        }
    }
}

/// Whether `static/` has this file.
pub fn exists(path: &str) -> bool {
    library().by_path.contains_key(path)
}

/// Answers `GET /static/{path:.*}`.
pub async fn serve(request: HttpRequest, path: web::Path<String>) -> HttpResponse {
    let Some(file) = library().by_fingerprint.get(path.as_str()).cloned() else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, FOREVER))
        .insert_header((VARY, "accept-encoding"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"));

    if has_header(&request, IF_NONE_MATCH.as_str(), &file.etag) {
        return HttpResponse::NotModified()
            .insert_header((CACHE_CONTROL, FOREVER))
            .insert_header((ETAG, file.etag.as_str()))
            .finish();
    }
    response
        .insert_header((ETAG, file.etag.as_str()))
        .content_type(file.content_type.as_str());

    // Unoptimised brotli takes seconds, so development builds send files as they are.
    let compress = !cfg!(debug_assertions)
        && file.is_text()
        && has_header(&request, ACCEPT_ENCODING.as_str(), "br");
    if compress {
        let source = Arc::clone(&file);
        if let Ok(body) = web::block(move || source.brotli()).await {
            return response.insert_header((CONTENT_ENCODING, "br")).body(body);
        }
    }
    response.body(file.body.clone())
}

/// Whether a comma-separated header contains `token`, its parameters ignored.
fn has_header(request: &HttpRequest, name: &str, token: &str) -> bool {
    request
        .headers()
        .get_all(name)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|part| {
            part.split(';')
                .next()
                .is_some_and(|part| part.trim() == token)
        })
}

/// One file, ready to be sent.
struct File {
    content_type: String,
    etag: String,
    body: Bytes,
    compressed: OnceLock<Bytes>,
}

impl File {
    fn is_text(&self) -> bool {
        self.content_type.starts_with("text/") || self.content_type.starts_with("image/svg")
    }

    fn brotli(&self) -> Bytes {
        let compress = || {
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                ..Default::default()
            };

            let mut compressed = Vec::with_capacity(self.body.len() / 4);
            match brotli::BrotliCompress(&mut self.body.as_ref(), &mut compressed, &parameters) {
                Ok(_) => Bytes::from(compressed),
                Err(_) => self.body.clone(),
            }
        };
        self.compressed.get_or_init(compress).clone()
    }
}

/// Every file, found by its path in the source tree and by its fingerprinted path.
#[derive(Default)]
struct Library {
    by_path: HashMap<String, String>,
    by_fingerprint: HashMap<String, Arc<File>>,
}

impl Library {
    fn load() -> Self {
        let mut library = Library::default();
        let mut names: Vec<_> = Files::iter().collect();
        names.sort_unstable();

        for name in &names {
            if !is_bundled(name) {
                let content_type = mime_type(name);
                library.add(name, content_type, Bytes::from(read(name)));
            }
        }
        // After the images and fonts, because style sheets name them.
        let css = library.style_sheet(&names);
        library.add("app.css", "text/css; charset=utf-8".to_owned(), css.into());
        let js = script(&names);
        library.add(
            "app.js",
            "text/javascript; charset=utf-8".to_owned(),
            js.into(),
        );
        library
    }

    fn add(&mut self, path: &str, content_type: String, body: Bytes) {
        let fingerprint = fingerprint(&body);
        let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
        let unique = format!("{stem}.{fingerprint}.{extension}");
        self.by_path
            .insert(path.to_owned(), format!("{PREFIX}{unique}"));
        let file = File {
            content_type,
            etag: format!("\"{fingerprint}\""),
            body,
            compressed: OnceLock::new(),
        };
        self.by_fingerprint.insert(unique, Arc::new(file));
    }

    /// The order of the layers, then every sheet.
    fn style_sheet(&self, names: &[impl AsRef<str>]) -> String {
        let mut css = text("css/layers.css");
        for name in names.iter().map(AsRef::as_ref) {
            if name.starts_with("css/") && name != "css/layers.css" {
                css.push('\n');
                css.push_str(&self.with_urls(&text(name)));
            }
        }
        css
    }

    /// Replaces `url("/static/x")` by the fingerprinted address of `x`.
    fn with_urls(&self, css: &str) -> String {
        let mut parts = css.split("url(\"/static/");
        let mut replaced = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (path, rest) = part.split_once('"').unwrap_or((part, ""));
            let url = self.by_path.get(path).map_or(path, String::as_str);
            // Writing to a String does not fail.
            let _ = write!(replaced, "url(\"{url}\"{rest}");
        }
        replaced
    }
}

/// The vendored scripts, then each of ours in a scope of its own.
fn script(names: &[impl AsRef<str>]) -> String {
    let mut js = String::new();
    for name in names.iter().map(AsRef::as_ref) {
        if name.starts_with("vendor/") && name.ends_with(".js") && is_bundled(name) {
            js.push_str(&text(name));
            js.push_str(";\n");
        }
    }
    for name in names.iter().map(AsRef::as_ref) {
        if name.starts_with("js/") {
            // Writing to a String does not fail.
            let _ = write!(js, "(() => {{\n\"use strict\";\n{}}})();\n", text(name));
        }
    }
    js
}

/// Whether a file is part of `app.css` or `app.js`.
fn is_bundled(name: &str) -> bool {
    (name.ends_with(".css") || name.ends_with(".js")) && !ALONE.contains(&name)
}

fn read(name: &str) -> Vec<u8> {
    Files::get(name).map_or_else(Vec::new, |file| file.data.into_owned())
}

fn text(name: &str) -> String {
    String::from_utf8_lossy(&read(name)).into_owned()
}

fn mime_type(name: &str) -> String {
    Files::get(name).map_or_else(
        || "application/octet-stream".to_owned(),
        |file| file.metadata.mimetype().to_owned(),
    )
}

/// The first 64 bits of the SHA-256 of `content`, in hexadecimal: enough to tell versions apart.
fn fingerprint(content: &[u8]) -> String {
    let hash = digest(&SHA256, content);
    hash.as_ref()[..8]
        .iter()
        .fold(String::with_capacity(16), |mut hex, byte| {
            // Writing to a String does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(not(debug_assertions))]
fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::load)
}

#[cfg(debug_assertions)]
fn library() -> Arc<Library> {
    use std::sync::Mutex;

    static LIBRARY: Mutex<Option<(u64, Arc<Library>)>> = Mutex::new(None);
    let stamp = newest_change();
    let mut known = LIBRARY
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    match &*known {
        Some((loaded, library)) if *loaded == stamp => Arc::clone(library),
        _ => {
            let library = Arc::new(Library::load());
            *known = Some((stamp, Arc::clone(&library)));
            library
        }
    }
}

/// Changes whenever a file of `static/` is added, removed or saved.
#[cfg(debug_assertions)]
fn newest_change() -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut hasher = DefaultHasher::new();
    for name in Files::iter() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("static")
            .join(&*name);
        name.hash(&mut hasher);
        if let Ok(changed) = path.metadata().and_then(|metadata| metadata.modified()) {
            changed.hash(&mut hasher);
        }
    }
    hasher.finish()
}
