//! Data to start from: the demo company (`huntzen seed demo`) and the volume of the benchmarks
//! (`huntzen seed scale`).
//!
//! # Invariants
//! - Never in production: the demo accounts' passwords are published.
//! - Seeds write as `hz_owner`, under every constraint of the schema; the counters are recounted by
//!   the function that serves production, never written by hand.
//! - The same clock gives the same rows: ids, names and draws come from fixed seeds.

pub mod demo;
mod random;
pub mod scale;

use anyhow::{Context as _, bail};
use diesel::{PgConnection, connection::SimpleConnection as _};

use crate::infra::{
    config::{Config, Environment},
    db,
};

/// A connection that writes as `hz_owner`; refused where real people's data lives.
///
/// # Errors
/// In production, without `DATABASE_URL`, or when the database does not answer.
pub fn connect(config: &Config) -> anyhow::Result<PgConnection> {
    if config.environment == Environment::Production {
        bail!("seeds are refused in production: their passwords are public");
    }
    let url = config
        .owner_database
        .as_ref()
        .context("DATABASE_URL: missing; seeds are written as the owner")?;
    let mut conn = db::connect_owner(url)?;
    conn.batch_execute("SET ROLE hz_owner")
        .context("the database is not prepared: run `huntzen migrate` first")?;
    Ok(conn)
}
