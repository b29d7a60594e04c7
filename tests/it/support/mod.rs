//! What the integration tests stand on.
//!
//! ```ignore
//! #[tokio::test]
//! async fn hr_sees_its_employees() {
//!     let app = TestApp::start().await;
//!     let company = app.company("TechCorp");
//!     let employee = app.employee_of(&company);
//!     let hr = app.client().signed_in_as(&app.hr_of(&company));
//!
//!     let page = hr.get("/rh/employees").await;
//!
//!     page.assert_ok().assert_text(&employee.last_name);
//! }
//! ```
//!
//! - [`app::TestApp`]: the real application on its own clone of the migrated template database
//!   ([`cluster`]), served on a loopback port, on a clock that stands still at [`app::NOW`]. It
//!   connects through the two application logins, never as the owner.
//! - [`client::Client`]: a browser without a screen: cookies, forms, uploads; it follows no
//!   redirect by itself. [`page::Page`]: an answer, with assertions.
//! - [`actors`], [`consultations`]: typed people and things, put in place as the owner
//!   (`app.owner()`), so that a test says in three lines what it is about.
//! - [`jobs`]: `app.run_jobs()` does the background work that is due, `app.mails()` what it sent;
//!   [`smtp`] is a real mail server.
//! - [`process`]: a real `huntzen serve` beside the test's own; [`socket`]: a browser's WebSocket.
//! - [`canary`]: a word that is nowhere else, searched wherever something could have been written down.
//! - [`vault`]: a fake key-management service; [`openbao`]: a real one.
//! - [`statements`]: how many queries a page costs.
//!
//! No sleeps, no retries, no order: every test has its own database and its own clock.

pub mod actors;
pub mod agenda;
pub mod app;
pub mod canary;
pub mod chat;
pub mod client;
pub mod cluster;
pub mod consultations;
pub mod dump;
pub mod jobs;
pub mod journal;
pub mod news;
pub mod notes;
pub mod openbao;
pub mod page;
pub mod process;
pub mod smtp;
pub mod socket;
mod statements;
mod tests;
pub mod tickets;
pub mod vault;
pub mod waitlist;

pub use app::TestApp;
