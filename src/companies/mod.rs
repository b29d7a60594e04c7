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
//! - **Request**: a company asks to join from the public site; following the link in a mail registers
//!   it as pending, and the platform admin **[decides](decision)**.
//! - **Client**: a company that was validated, suspended or not.
//! - **Team**: the HR accounts of a client.
//! - **Claim**: a domain that HR says is its company's, until the code sent to an address there proves it.
//! - **Bounced**: of an invitation, that its mail was given up: nobody seems to read that address.
//! - **[Selection](selection)**: several employees to whom HR does the same thing at a time.
//! - **[Registration](registration)**: an employee asks for the account, where the company allows it; HR
//!   approves, or it is automatic.
//! - **Effect**: what an import did to one account, remembered for a day to take it back.
//! - **[Doing](told)**: what one of a team did to it or to the domains, told to the others by mail as far
//!   as each wants it.
//! - **Seat**: an account the company's contract covers; a suspended employee holds none.
//!
//! # Invariants
//! - An import writes nothing before it is confirmed, and once when confirmed twice; of many rows, in whole
//!   pieces and in the name of whoever confirmed. It suspends nobody.
//! - An import never changes an existing account's password, role or company.
//! - Every refusal has a reason, a line number, and a stable code that names its translation.
//! - An invitation's link is signed when its mail leaves, works for seven days and once; sending it
//!   again draws another one, which ends the links before it.
//! - An account whose invitation was accepted is beyond HR's corrections, resends and undoings.
//! - Registering answers alike whether the address, its domain or its company is known.
//! - Asking to join answers alike whether the company, its SIRET or its domain is known.
//! - A domain is one company's, and nobody's before somebody there typed its code.
//! - A company that has an active HR account keeps one, whatever HR does; HR changes nobody's role.
//! - Nothing new is booked for a suspended company, and its HR reaches its own account alone: the database
//!   refuses both, whatever the screens forget. Its people keep what is theirs.
//! - New accounts begin in their company's time zone; nobody's own is changed.
//! - A decision about a company holds once, has its reason where one is owed, and is told.
//! - Comparing a file with the accounts, creating them and inviting them are a fixed number of
//!   statements, whatever the number of rows.

pub mod admin;
pub mod colours;
pub mod decision;
pub mod domain_code;
pub mod email_domains;
pub mod emails;
pub mod employee;
pub mod hr;
pub mod import;
pub mod jobs;
pub mod member;
pub mod model;
pub mod pictures;
pub mod profile;
pub mod public;
pub mod queries;
pub mod registration;
pub mod request;
pub mod selection;
pub mod siret;
pub mod told;
pub mod words;
