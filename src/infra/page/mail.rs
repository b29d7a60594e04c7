//! What the layout of e-mails needs to know.

use crate::infra::i18n::Locale;

use super::Reader;

/// The field `mail` of every e-mail template.
#[derive(Clone, Debug)]
pub struct MailContext {
    /// Whoever receives it.
    pub reader: Reader,
    /// The recipient's language.
    pub locale: Locale,
    /// The address of the site, without a final slash.
    pub base_url: String,
}

impl MailContext {
    /// An e-mail for `reader` from the site at `base_url`.
    pub fn new(reader: Reader, base_url: impl Into<String>) -> Self {
        MailContext {
            reader,
            locale: reader.locale,
            base_url: base_url.into(),
        }
    }

    /// The host of the site, as it is shown.
    pub fn host(&self) -> &str {
        self.base_url
            .split_once("://")
            .map_or(self.base_url.as_str(), |(_, host)| host)
    }
}
