//! The five home pages.

mod homes;
mod statements;
