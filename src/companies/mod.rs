//! Companies, their employees, and how the employees get in: the CSV import and the invitations.
//!
//! # Vocabulary
//! - **Company**: the tenant. It pays for a service it cannot look into.
//! - **Employee**: an account attached to one company, with a department and a position.
//! - **[E-mail domains](email_domains::EmailDomains)**: the domains an employee's address may have.
//! - **[Import](import)**: a CSV file becomes a preview (every row new, unchanged, changed or
//!   refused), then, once confirmed, accounts and invitations.
//! - **Invitation**: the signed link by which an employee activates the account. Each link sent is
//!   an *issue* of it.
//! - **Notice**: the hours before its start until which an appointment may be moved and is not
//!   cancelled late; the platform's rule, or the company's own.
//! - **Seat**: an account the company's contract covers; a suspended employee holds none.
//!
//! # Invariants
//! - An import writes nothing before it is confirmed, and once when confirmed twice.
//! - An import never changes an existing account's password, role or company.
//! - Every refusal has a reason, a line number, and a stable code that names its translation.
//! - An invitation's link is signed when its mail leaves, works for seven days and once; sending it
//!   again draws another one, which ends the links before it.
//! - Comparing a file with the accounts, creating them and inviting them are a fixed number of
//!   statements, whatever the number of rows.

pub mod admin;
pub mod email_domains;
pub mod emails;
pub mod hr;
pub mod import;
pub mod jobs;
pub mod model;
pub mod public;
pub mod queries;
