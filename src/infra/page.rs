//! What every page knows about its reader, and the only way from a template to a response.
//!
//! Each template struct has a field `page: PageContext`; the layouts read it. The language and the time zone reach the
//! filters as Askama runtime values, so `{{ "booking-slots-title"|t }}` and `{{ appointment.starts_at|time }}` need no
//! argument and cannot be given the wrong reader's.
//!
//! ```ignore
//! use crate::infra::page::{PageContext, filters};
//!
//! #[derive(Template)]
//! #[template(path = "booking/employee/slots.html")]
//! struct SlotsPage {
//!     page: PageContext,
//!     slots: Vec<Slot>,
//! }
//! ```

use std::any::Any;
use std::fmt;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use askama::{Template, Values};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::i18n::{Arg, Locale, Message};

mod errors;
pub mod filters;
mod mail;
mod pagination;
mod parts;
#[cfg(test)]
mod tests;

pub use errors::{
    ConflictPage, FailurePage, ForbiddenPage, MaintenancePage, NotFoundPage, UnprocessablePage,
};
pub use mail::MailContext;
pub use pagination::{PER_PAGE, PageOf, Pagination};
pub use parts::{Chart, Choice, Crumb, Point, Tab};

/// A template could not be rendered: a filter failed. The page is a bug, the answer a 500.
#[derive(Debug, thiserror::Error)]
#[error("the template could not be rendered")]
pub struct RenderError(#[from] askama::Error);

/// Whoever reads a page or an e-mail: their language and their clock.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The language the texts are in.
    pub locale: Locale,
    /// The zone instants are shown in.
    pub tz: Tz,
}

/// Bytes that hold nearly every page.
const ROOM: usize = 32 * 1024;

impl Reader {
    /// Renders a template for this reader. Pages go through [`PageContext::render`]; this is for e-mails and files.
    pub fn render<T: Template>(&self, template: &T) -> Result<String, RenderError> {
        // The hint counts the fixed text only, without what a list repeats: with this room nearly every page is
        // written without moving it.
        let mut text = String::with_capacity(T::SIZE_HINT.max(ROOM));
        template.render_into_with_values(&mut text, self)?;
        Ok(text)
    }
}

impl Values for Reader {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        (key == filters::READER).then_some(self as &dyn Any)
    }
}

/// A part of the site, with its own home, navigation and layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    /// Pages anyone may read.
    Public,
    /// The signed-in person's own settings, whatever their role.
    Account,
    /// What is left to somebody who left their company.
    Former,
    /// The employee's "Safe Space".
    Employee,
    /// The practitioner's practice.
    Practitioner,
    /// The company's human resources.
    Hr,
    /// The platform's administration.
    Admin,
    /// The platform's operation.
    SuperAdmin,
}

impl Space {
    /// The address of its first page.
    pub const fn home(self) -> &'static str {
        match self {
            Space::Public => "/",
            Space::Account => "/account",
            Space::Former => super::session::FORMER_HOME,
            Space::Employee => "/employee",
            Space::Practitioner => "/practitioner",
            Space::Hr => "/rh",
            Space::Admin => "/admin",
            Space::SuperAdmin => "/super-admin",
        }
    }

    /// The key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Space::Public => "common-space-public",
            Space::Account => "common-space-account",
            Space::Former => "privacy-departure-space",
            Space::Employee => "common-space-employee",
            Space::Practitioner => "common-space-practitioner",
            Space::Hr => "common-space-hr",
            Space::Admin => "common-space-admin",
            Space::SuperAdmin => "common-space-super-admin",
        }
    }

    /// The key of the role whose space it is.
    pub const fn role_key(self) -> &'static str {
        match self {
            Space::Public | Space::Account => "common-role-visitor",
            Space::Employee | Space::Former => "common-role-employee",
            Space::Practitioner => "common-role-practitioner",
            Space::Hr => "common-role-hr",
            Space::Admin => "common-role-admin",
            Space::SuperAdmin => "common-role-super-admin",
        }
    }
}

/// The signed-in person, as the page shows them to themselves.
#[derive(Clone, Debug)]
pub struct Person {
    /// First and last name.
    pub display_name: String,
    /// One or two capitals.
    pub initials: String,
    /// The address they sign in with.
    pub email: String,
    /// The space of their role, where their home is.
    pub space: Space,
}

impl Person {
    /// A person whose initials are those of their first and last names.
    pub fn new(first_name: &str, last_name: &str, email: impl Into<String>, space: Space) -> Self {
        Person {
            display_name: format!("{first_name} {last_name}").trim().to_owned(),
            initials: initials(first_name, last_name),
            email: email.into(),
            space,
        }
    }
}

impl Person {
    /// The key of their role's name.
    pub const fn role_key(&self) -> &'static str {
        self.space.role_key()
    }
}

/// The capitals that stand for a person where there is no portrait.
pub fn initials(first_name: &str, last_name: &str) -> String {
    [first_name, last_name]
        .into_iter()
        .filter_map(|name| name.trim().chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

/// An entry of a space's navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// The key of its label.
    pub label_key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// A name in the icon sprite.
    pub icon: &'static str,
    /// Another address whose pages belong to this entry; empty for none.
    pub also: &'static str,
    /// Whether the page shown is this one or below it.
    pub current: bool,
    /// How many things wait there to be seen.
    pub waiting: i32,
    /// Whether it is of use in a company in good standing alone.
    pub needs_company: bool,
}

impl NavItem {
    /// An entry that is not the current one yet: [`mark_current`] decides among its siblings.
    pub const fn new(label_key: &'static str, href: &'static str, icon: &'static str) -> Self {
        NavItem {
            label_key,
            href,
            icon,
            also: "",
            current: false,
            waiting: 0,
            needs_company: false,
        }
    }

    /// The number as a badge has room for it; nothing for none.
    pub fn badge(&self) -> String {
        badge(self.waiting)
    }

    /// The same, for the pages of another address as well.
    #[must_use]
    pub const fn and(mut self, also: &'static str) -> Self {
        self.also = also;
        self
    }

    /// The same, left out while the company is suspended. What is below it is then closed to its HR.
    #[must_use]
    pub const fn with_a_company(mut self) -> Self {
        self.needs_company = true;
        self
    }

    /// How much of `path` belongs to the entry.
    pub(in crate::infra) fn reach(&self, path: &str) -> usize {
        let begins = |address: &str| {
            path.strip_prefix(address)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        [self.href, self.also]
            .into_iter()
            .filter(|address| !address.is_empty() && begins(address))
            .map(str::len)
            .max()
            .unwrap_or(0)
    }
}

fn badge(number: i32) -> String {
    match number {
        i32::MIN..=0 => String::new(),
        1..=99 => number.to_string(),
        _ => "99+".to_owned(),
    }
}

/// Marks the entry that `path` belongs to: the longest address that is `path` or a parent of it.
pub fn mark_current(nav: &mut [NavItem], path: &str) {
    let nearest = nav
        .iter_mut()
        .filter(|item| item.reach(path) > 0)
        .max_by_key(|item| item.reach(path));
    if let Some(item) = nearest {
        item.current = true;
    }
}

/// The way to a person's notices, in the bar above every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bell {
    /// Where they are.
    pub href: &'static str,
    /// How many wait to be read.
    pub unread: i32,
}

impl Bell {
    /// The number as a badge has room for it; nothing for none.
    pub fn badge(&self) -> String {
        badge(self.unread)
    }
}

/// What kind of news a flash or an alert brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlashKind {
    /// What was asked is done.
    Success,
    /// Something to know.
    Info,
    /// Something to be careful about.
    Warning,
    /// What was asked is not done.
    Error,
}

impl FlashKind {
    /// The value of `data-variant` in the page.
    pub const fn variant(self) -> &'static str {
        match self {
            FlashKind::Success => "success",
            FlashKind::Info => "info",
            FlashKind::Warning => "warning",
            FlashKind::Error => "error",
        }
    }
}

/// A sentence shown once, at the top of the next page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Its tone.
    pub kind: FlashKind,
    /// What it says.
    pub message: Message,
}

impl Flash {
    /// Says that what was asked is done.
    pub fn success(message: impl Into<Message>) -> Self {
        Flash {
            kind: FlashKind::Success,
            message: message.into(),
        }
    }

    /// Says something to know.
    pub fn info(message: impl Into<Message>) -> Self {
        Flash {
            kind: FlashKind::Info,
            message: message.into(),
        }
    }

    /// Says something to be careful about.
    pub fn warning(message: impl Into<Message>) -> Self {
        Flash {
            kind: FlashKind::Warning,
            message: message.into(),
        }
    }

    /// Says that what was asked is not done, and why.
    pub fn error(message: impl Into<Message>) -> Self {
        Flash {
            kind: FlashKind::Error,
            message: message.into(),
        }
    }

    /// Adds the value of an argument of its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.message = self.message.with(name, value);
        self
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, the default first.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name in the cookie, in the form and in `<html data-theme>`.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme with this name.
    pub fn from_code(code: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.code() == code)
    }

    /// The key of its label.
    pub const fn label_key(self) -> &'static str {
        match self {
            Theme::System => "common-theme-system",
            Theme::Light => "common-theme-light",
            Theme::Dark => "common-theme-dark",
        }
    }

    /// Its icon in the sprite.
    pub const fn icon(self) -> &'static str {
        match self {
            Theme::System => "monitor",
            Theme::Light => "sun",
            Theme::Dark => "moon",
        }
    }
}

/// How many entries fit at the bottom of a phone beside "More".
const SHORTCUTS: usize = 4;

/// What the layouts need to draw the page around a template's content.
#[derive(Clone)]
pub struct PageContext {
    /// The reader's language.
    pub locale: Locale,
    /// The reader's zone.
    pub tz: Tz,
    /// The reader's theme.
    pub theme: Theme,
    /// The token that every form of the page sends back.
    pub csrf: String,
    /// The path and query of the request, where the preference forms come back to.
    pub path: String,
    /// The part of the site the page is in.
    pub space: Space,
    /// Who is signed in.
    pub person: Option<Person>,
    /// The entries of the space's navigation; empty on public pages.
    pub nav: Vec<NavItem>,
    /// The way to what the person is told, for those who are told things.
    pub bell: Option<Bell>,
    /// What the company says beside the emergency numbers.
    pub emergency_message: Option<String>,
    /// Whether the person's company is suspended.
    pub company_suspended: bool,
    /// What the previous request left to say.
    pub flashes: Vec<Flash>,
    /// Whether development helpers (style guide, mailbox) may be linked.
    pub development: bool,
}

impl PageContext {
    /// A page of `space` at `path` for a visitor with default preferences; the other fields are set on it.
    pub fn new(space: Space, locale: Locale, path: impl Into<String>) -> Self {
        let mut path = path.into();
        // `//elsewhere.example` is another site's address once it is in a link.
        if !path.starts_with('/') || path.starts_with("//") || path.starts_with("/\\") {
            path = space.home().to_owned();
        }
        PageContext {
            locale,
            tz: chrono_tz::Europe::Paris,
            theme: Theme::default(),
            csrf: String::new(),
            path,
            space,
            person: None,
            nav: Vec::new(),
            bell: None,
            emergency_message: None,
            company_suspended: false,
            flashes: Vec::new(),
            development: false,
        }
    }

    /// The reader of the page.
    pub const fn reader(&self) -> Reader {
        Reader {
            locale: self.locale,
            tz: self.tz,
        }
    }

    /// Where the product's name leads: the home of whoever is signed in, or of the site.
    pub fn home(&self) -> &'static str {
        match &self.person {
            Some(person) => person.space.home(),
            None => Space::Public.home(),
        }
    }

    /// Whether the emergency help is one tap away: on every page of an employee, even one who left.
    pub fn offers_help(&self) -> bool {
        let person = self.person.as_ref();
        person.is_some_and(|person| matches!(person.space, Space::Employee | Space::Former))
    }

    /// Whether the reader left their company and reaches their own things alone.
    pub fn has_left(&self) -> bool {
        let person = self.person.as_ref();
        person.is_some_and(|person| person.space == Space::Former)
    }

    /// The entries shown at the bottom of phones, beside the button for all of them.
    pub fn shortcuts(&self) -> &[NavItem] {
        &self.nav[..self.nav.len().min(SHORTCUTS)]
    }

    /// The languages to choose from.
    pub const fn locales(&self) -> [Locale; 2] {
        Locale::ALL
    }

    /// The themes to choose from.
    pub const fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    /// The page as a 200 response.
    pub fn render<T: Template>(&self, template: &T) -> Result<HttpResponse, RenderError> {
        self.render_status(template, StatusCode::OK)
    }

    /// The page with another status: 422 for a form to correct, 409 for a conflict.
    pub fn render_status<T: Template>(
        &self,
        template: &T,
        status: StatusCode,
    ) -> Result<HttpResponse, RenderError> {
        let body = self.reader().render(template)?;
        Ok(HttpResponse::build(status)
            .content_type(ContentType::html())
            .body(body))
    }
}

/// The token and the address must not end in a log.
impl fmt::Debug for PageContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageContext")
            .field("space", &self.space)
            .field("locale", &self.locale)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
