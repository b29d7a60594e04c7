//! The technical foundation. It knows no domain: nothing here imports a sibling of `infra`.
//!
//! - [`config`], [`clock`], [`telemetry`]: the process and its surroundings.
//! - [`db`], [`migrate`]: PostgreSQL; [`db::Db`] is the only door to it.
//! - [`origin`], [`session`], [`actor`], [`role_scope`], [`form`], [`shell`]: from a request to a person with rights
//!   (the three locks of the design begin here).
//! - [`page`], [`i18n`], [`assets`], [`error`]: what a person sees.
//! - [`jobs`], [`mailer`], [`mailbox`]: what happens after the answer.
//! - [`live`]: what happens now, told to whoever has a socket open.
//! - [`envelope`]: what is sealed before it reaches the database.
//! - [`crypto`], [`rate_limit`], [`audit`], [`spreadsheet`], [`export`], [`rich_text`]: shared tools.

pub mod actor;
pub mod app;
pub mod arguments;
pub mod assets;
pub mod attachments;
pub mod audit;
pub mod clock;
pub mod config;
pub mod counts;
pub mod crypto;
pub mod db;
pub mod envelope;
pub mod error;
pub mod export;
pub mod form;
pub mod i18n;
pub mod images;
pub mod jobs;
pub mod live;
pub mod mailbox;
pub mod mailer;
pub mod memory;
pub mod migrate;
pub mod origin;
pub mod page;
pub mod prepared;
pub mod problem;
pub mod rich_text;
pub mod role_scope;
pub mod session;
pub mod shell;
pub mod spreadsheet;
pub mod styleguide;
pub mod system;
pub mod telemetry;
mod traces;
pub mod window;
