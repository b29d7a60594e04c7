//! Journeys in a real browser: headless Chromium, driven as a person would.
//!
//! - [`driver`]: one Chromium for one test, and what a person does with it.
//! - [`audit`]: what is demanded of every screen a journey comes by: no accessibility violation
//!   (axe), nothing in the console (a refused script or style is an error there), nothing wider
//!   than a phone.
//!
//! `bin/test` installs Chromium and its driver; without them these tests fail and say so.

mod agenda;
mod audit;
mod booking;
mod call;
mod chat;
mod companies;
mod disclosure;
mod driver;
mod imports;
mod journal;
mod journey;
mod moderation;
mod news;
mod notes;
mod notifications;
mod payloads;
mod privacy;
mod public_pages;
mod rescheduling;
mod rights;
mod tickets;
mod waitlist;

use driver::Browser;
