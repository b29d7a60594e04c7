pub mod auth;
pub mod companies;
pub mod infra;
