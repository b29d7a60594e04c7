//! The five home pages. Each composes other domains' queries in one transaction; this domain owns no
//! table, has no SQL and writes nothing.
//!
//! | page | shows |
//! |---|---|
//! | `/employee` | the next appointment and what to do now, or an invitation to book |
//! | `/practitioner` | the month so far, what to confirm, the next appointments |
//! | `/rh` | accounts by status, the company's frozen months |
//! | `/admin` | the platform's months, companies and practitioners by status |
//! | `/super-admin` | how the system is |

pub mod admin;
mod appointments;
pub mod employee;
pub mod hr;
pub mod practitioner;
pub mod super_admin;
