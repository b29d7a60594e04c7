//! What every domain stands on and that knows none of them: one concern per file.

pub mod assets;
pub mod i18n;
pub mod page;
pub mod styleguide;
