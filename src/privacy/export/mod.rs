//! The copy of one's data (RGPD, articles 15 and 20): a ZIP with JSON for machines and pages for people.
//!
//! # Who prepares it
//! A job, since it may take minutes; but a job has no right on content. It looks up, as the worker, in whose
//! name to go on, and then runs in the very role and identity of the person who asked, as their own
//! request would: what row policies hide from them cannot be in their file. The door for it opens only for
//! the person of a row of `data_exports`, which nobody but that person can write. The file
//! is written in bounded steps, a transaction each, and never whole in memory.
//!
//! # Where it is kept
//! In pieces of [`archive::PART`], sealed with a key of the export's own; after [`DAYS`] the worker destroys
//! pieces and key, and the ledger of destroyed keys says so. Whoever downloads it says their password again.
//! HR and the platform have nothing to seal: their file is written while they download it, and kept nowhere.
//!
//! # What is in it
//! Every table that refers to people is listed in [`tables`], or is [exempt](exempt) with its reason:
//! a test compares both with the catalogue. Others' data is there as far as the person sees it on their
//! screens: the practitioner's name and words, never more. A practitioner's file does not hold
//! what patients wrote nor clinical notes: a patient's record is the patient's, and they ask the practitioner
//! for a copy (code de la santé publique, article L. 1111-7).

pub mod account;
pub mod archive;
pub mod exempt;
mod of_employees;
mod of_everybody;
mod of_practitioners;
mod page;
pub mod prepare;
pub mod tables;

/// How long a file can be downloaded.
pub const DAYS: i64 = 7;
/// How many files somebody may ask for in a day.
pub const A_DAY: i64 = 5;
