//! The technical foundation. It knows no domain: nothing here imports a sibling of `infra`.

pub mod crypto;
