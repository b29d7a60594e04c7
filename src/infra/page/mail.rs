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
    /// Whether whoever sees the mailbox must not learn what it is about: no name of the product, no help line.
    pub discreet: bool,
}

impl MailContext {
    /// An e-mail for `reader` from the site at `base_url`.
    pub fn new(reader: Reader, base_url: impl Into<String>) -> Self {
        MailContext {
            reader,
            locale: reader.locale,
            base_url: base_url.into(),
            discreet: false,
        }
    }

    /// The same, saying nothing of the product.
    #[must_use]
    pub fn discreet(mut self, discreet: bool) -> Self {
        self.discreet = discreet;
        self
    }

    /// The host of the site, as it is shown.
    pub fn host(&self) -> &str {
        self.base_url
            .split_once("://")
            .map_or(self.base_url.as_str(), |(_, host)| host)
    }
}
