pub mod auth;
pub mod infra;
