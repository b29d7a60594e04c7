//! What surrounds every answer: the page's context, security headers, the origin check, the
//! visitor's key, flash messages, error pages.

use actix_session::SessionExt;
use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse, ResponseError as _,
    body::{BoxBody, MessageBody},
    cookie::{Cookie, SameSite, time::Duration},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
    middleware::Next,
    web,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    actor::{self, VisitorKey},
    app::App,
    crypto::random_token,
    error::{AppError, ErrorPage},
    i18n::{self, Locale, Message},
    origin,
    page::{
        Bell, ConflictPage, FailurePage, Flash, ForbiddenPage, MaintenancePage, NotFoundPage,
        PageContext, Person, RenderError, Space, Theme, UnprocessablePage, mark_current,
    },
    problem,
    session::{AccountRole, SessionIdentity},
};

const FLASH_COOKIE: &str = "hz_flash";
const VISITOR_COOKIE: &str = "hz_visitor";
/// The language a visitor chose; a member's is in the account.
pub const LOCALE_COOKIE: &str = "hz_locale";
/// The theme a visitor chose; a member's is in the account.
pub const THEME_COOKIE: &str = "hz_theme";

/// `style-src 'self'` without inline: templates carry no style attribute and no script body.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Lets this page run the script of one other origin and show its frames: a server of our own, never a
/// stranger's. `origin` comes from the configuration.
pub fn embed(response: &mut HttpResponse, origin: &str) {
    let policy = CONTENT_SECURITY_POLICY.replacen(
        "script-src 'self'",
        &format!("script-src 'self' {origin}"),
        1,
    );
    if let Ok(policy) = HeaderValue::from_str(&format!("{policy}; frame-src {origin}")) {
        let name = header::HeaderName::from_static("content-security-policy");
        response.headers_mut().insert(name, policy);
    }
}

/// On every answer.
pub(in crate::infra) const SECURITY_HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "geolocation=(), payment=(), usb=()"),
];

/// The flash was shown: the answer removes its cookie.
struct FlashShown;

fn locale_of(request: &HttpRequest, identity: Option<&SessionIdentity>) -> Locale {
    if let Some(locale) = identity.and_then(|identity| Locale::from_code(&identity.locale)) {
        return locale;
    }
    if let Some(locale) = request
        .cookie(LOCALE_COOKIE)
        .and_then(|cookie| Locale::from_code(cookie.value()))
    {
        return locale;
    }
    request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or(Locale::Fr, Locale::negotiate)
}

fn space_of(identity: &SessionIdentity) -> Space {
    match identity.role {
        AccountRole::Employee if identity.own_only => Space::Former,
        AccountRole::Employee => Space::Employee,
        AccountRole::Practitioner => Space::Practitioner,
        AccountRole::Hr => Space::Hr,
        AccountRole::Admin => Space::Admin,
        AccountRole::SuperAdmin => Space::SuperAdmin,
    }
}

fn bell(identity: &SessionIdentity) -> Option<Bell> {
    let href = match identity.role {
        AccountRole::Employee if identity.own_only => return None,
        AccountRole::Employee => "/employee/notifications",
        AccountRole::Practitioner => "/practitioner/notifications",
        AccountRole::Hr | AccountRole::Admin | AccountRole::SuperAdmin => return None,
    };
    Some(Bell {
        href,
        unread: identity.unread,
    })
}

/// The address to come back to from this page. A form that is drawn again has none of its own:
/// then it is the page that held it.
fn shown_path(request: &HttpRequest) -> &str {
    if request.method() == Method::GET {
        return request
            .uri()
            .path_and_query()
            .map_or("/", |target| target.as_str());
    }
    request
        .headers()
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|referer| referer.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
        .unwrap_or("/")
}

/// The context of a page in a space.
pub(in crate::infra) fn page_context(
    request: &HttpRequest,
    app: &App,
    space: Space,
    identity: Option<&SessionIdentity>,
) -> PageContext {
    let path = shown_path(request);
    let mut page = PageContext::new(space, locale_of(request, identity), path);
    page.csrf = app.csrf.issue(&actor::csrf_subject(request));
    page.development = app.config.is_development();
    page.theme = identity
        .and_then(|identity| Theme::from_code(&identity.theme))
        .or_else(|| {
            let cookie = request.cookie(THEME_COOKIE)?;
            Theme::from_code(cookie.value())
        })
        .unwrap_or_default();
    if let Some(identity) = identity {
        page.emergency_message = identity.emergency_message.clone();
        page.company_suspended = identity.company_suspended;
        page.tz = identity
            .timezone
            .parse()
            .unwrap_or(chrono_tz::Europe::Paris);
        page.person = Some(Person::new(
            &identity.first_name,
            &identity.last_name,
            identity.email.clone(),
            space_of(identity),
        ));
        if space != Space::Public {
            page.nav = (app.navigation)(identity.pg_role()).to_vec();
            if identity.company_suspended {
                page.nav.retain(|item| !item.needs_company);
            }
            mark_current(&mut page.nav, request.path());
            for item in &mut page.nav {
                if item.href.ends_with("/messages") {
                    item.waiting = identity.unread_messages;
                }
            }
            page.bell = bell(identity);
        }
    }
    if let Some(flash) = request
        .cookie(flash_cookie_name(app.config.secure_cookies()))
        .and_then(|cookie| {
            let json = URL_SAFE_NO_PAD.decode(cookie.value()).ok()?;
            serde_json::from_slice::<Flash>(&json).ok()
        })
    {
        page.flashes.push(flash);
        request.extensions_mut().insert(FlashShown);
    }
    page
}

/// Leaves something to say on the next page: [`wrap`] puts it in a cookie.
pub(in crate::infra) fn set_flash(response: &mut HttpResponse, flash: Flash) {
    response.extensions_mut().insert(flash);
}

/// A cookie of this host that no script reads.
fn own_cookie(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .finish()
}

/// The flash cookie's changes: what was shown goes, what was left comes.
fn flash_cookies(response: &ServiceResponse<BoxBody>, secure: bool) -> Vec<Cookie<'static>> {
    let mut cookies = Vec::new();
    let name = flash_cookie_name(secure);
    if response
        .request()
        .extensions_mut()
        .remove::<FlashShown>()
        .is_some()
    {
        let mut gone = own_cookie(name, String::new(), secure);
        gone.make_removal();
        cookies.push(gone);
    }
    let left = response.response().extensions().get::<Flash>().cloned();
    if let Some(json) = left.and_then(|flash| serde_json::to_vec(&flash).ok()) {
        let mut cookie = own_cookie(name, URL_SAFE_NO_PAD.encode(json), secure);
        cookie.set_max_age(Duration::minutes(5));
        cookies.push(cookie);
    }
    cookies
}

fn flash_cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-hz_flash"
    } else {
        FLASH_COOKIE
    }
}

fn visitor_cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-hz_visitor"
    } else {
        VISITOR_COOKIE
    }
}

/// The outermost middleware of everything but static files.
///
/// # Errors
/// None of its own: errors become pages.
pub async fn wrap(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = actor::shared(request.request())?;
    let secure = app.config.secure_cookies();
    let cookie_name = visitor_cookie_name(secure);
    let known_key = request
        .cookie(cookie_name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|key| (32..=64).contains(&key.len()));
    let new_key = known_key.is_none().then(|| random_token().0);
    if let Some(key) = known_key.or_else(|| new_key.clone()) {
        request.extensions_mut().insert(VisitorKey(key));
    }
    let unsafe_method = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let mut response = if unsafe_method && !origin::is_ours(request.request(), &app.config) {
        request.into_response(AppError::StaleForm.error_response())
    } else {
        // Routing needs the only handle on the request, so none is kept to draw a page with:
        // what fails before a handler (a session that cannot be read) has a page without context.
        next.call(request)
            .await
            .map_err(|error| AppError::Unavailable(error.to_string()))?
            .map_into_boxed_body()
    };

    let error_page = response.response().extensions().get::<ErrorPage>().copied();
    let bare_error = (response.status().is_client_error() || response.status().is_server_error())
        && response.headers().get(header::CONTENT_TYPE).is_none();
    let machine = response.request().path().starts_with(problem::API);
    let nobody = machine && is_sign_in(&response);
    if let Some(error) = error_page.or_else(|| {
        (bare_error || nobody).then(|| ErrorPage {
            status: if nobody {
                StatusCode::UNAUTHORIZED
            } else {
                response.status()
            },
            message: None,
        })
    }) {
        response = if machine {
            tell_problem(response, error)
        } else {
            draw_error(response, error)
        };
    }

    let drew_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    for cookie in flash_cookies(&response, secure) {
        response.response_mut().add_cookie(&cookie)?;
    }
    if let (Some(key), true) = (new_key, drew_page) {
        let cookie = own_cookie(cookie_name, key, secure);
        response.response_mut().add_cookie(&cookie)?;
    }
    set_headers(&mut response, secure, drew_page);
    Ok(response)
}

fn set_headers(response: &mut ServiceResponse<BoxBody>, secure: bool, page: bool) {
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        // A handler may know better: a mail shown in development brings its own styles.
        let name = header::HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if secure {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    // Personal pages stay out of every cache, the browser's back-forward store excepted.
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache, no-store"),
        );
    }
    if page {
        headers.append(
            header::VARY,
            HeaderValue::from_static("HX-Request-Type, Cookie, Accept-Language"),
        );
    }
}

/// Whether a page would be sent to sign in.
fn is_sign_in(response: &ServiceResponse<BoxBody>) -> bool {
    let error = response.response().error();
    error
        .and_then(|error| error.as_error::<AppError>())
        .is_some_and(|error| matches!(error, AppError::SignInFirst { .. }))
}

/// The error for a program, with the cookies that the answer brought.
fn tell_problem(response: ServiceResponse<BoxBody>, error: ErrorPage) -> ServiceResponse<BoxBody> {
    let (request, response) = response.into_parts();
    let identity = super::session::identity(&SessionExt::get_session(&request));
    let locale = locale_of(&request, identity.as_ref());
    let key = error.message.unwrap_or(problem::detail_key(error.status));
    let mut told = problem::answer(error.status, i18n::text(locale, key));
    for (name, value) in response.headers() {
        if name == header::SET_COOKIE || name == header::RETRY_AFTER || name == header::ALLOW {
            told.headers_mut().append(name.clone(), value.clone());
        }
    }
    ServiceResponse::new(request, told)
}

fn draw_error(response: ServiceResponse<BoxBody>, error: ErrorPage) -> ServiceResponse<BoxBody> {
    let (request, response) = response.into_parts();
    let Ok(app) = actor::shared(&request) else {
        return ServiceResponse::new(request, response);
    };
    let identity = super::session::identity(&SessionExt::get_session(&request));
    let page = page_context(&request, &app, Space::Public, identity.as_ref());
    match error_page(page, error, &request) {
        Ok(mut drawn) => {
            for (name, value) in response.headers() {
                if name == header::SET_COOKIE || name == header::RETRY_AFTER {
                    drawn.headers_mut().append(name.clone(), value.clone());
                }
            }
            ServiceResponse::new(request, drawn)
        }
        Err(render_error) => {
            tracing::error!(%render_error, "the error page itself failed");
            ServiceResponse::new(request, response)
        }
    }
}

fn error_page(
    page: PageContext,
    error: ErrorPage,
    request: &HttpRequest,
) -> Result<HttpResponse, RenderError> {
    let status = error.status;
    let explained = |page: PageContext, key: &'static str| {
        let template = UnprocessablePage {
            back: page.home().to_owned(),
            message: Message::new(key),
            page,
        };
        template.page.render_status(&template, status)
    };
    match (status, error.message) {
        (StatusCode::CONFLICT, message) => {
            let template = ConflictPage {
                back: page.home().to_owned(),
                message: Message::new(message.unwrap_or("common-error-409-text")),
                page,
            };
            template.page.render_status(&template, status)
        }
        (_, Some(message)) => explained(page, message),
        (StatusCode::FORBIDDEN, None) => {
            let template = ForbiddenPage { page };
            template.page.render_status(&template, status)
        }
        (StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED, None) => {
            let template = NotFoundPage { page };
            template
                .page
                .render_status(&template, StatusCode::NOT_FOUND)
        }
        (StatusCode::SERVICE_UNAVAILABLE, None) => {
            let template = MaintenancePage { page };
            template.page.render_status(&template, status)
        }
        (_, None) if status.is_server_error() => {
            let reference = request
                .extensions()
                .get::<tracing_actix_web::RequestId>()
                .map(ToString::to_string)
                .unwrap_or_default();
            let template = FailurePage { page, reference };
            template.page.render_status(&template, status)
        }
        (_, None) => explained(page, "common-error-422-text"),
    }
}

/// Remembers a visitor's choice of language or theme for a year.
pub fn preference_cookie(
    name: &'static str,
    value: &'static str,
    app: &web::Data<App>,
) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(app.config.secure_cookies())
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish()
}
