//! The e-mail domains of a company.

use crate::auth::email_address::EmailAddress;

/// The domains an employee's address may have, compared exactly and without regard to case:
/// `sub.techcorp.com` is not `techcorp.com`.
///
/// An empty list allows nobody: a company without domains has not been set up yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailDomains(Vec<String>);

impl EmailDomains {
    /// Takes the domains as stored or typed, with or without the leading `@`; blank ones are left out.
    pub fn new<D: AsRef<str>>(domains: impl IntoIterator<Item = D>) -> Self {
        let mut domains: Vec<String> = domains
            .into_iter()
            .map(|domain| {
                let domain = domain.as_ref().trim();
                domain.strip_prefix('@').unwrap_or(domain).to_lowercase()
            })
            .filter(|domain| !domain.is_empty())
            .collect();
        domains.sort_unstable();
        domains.dedup();
        Self(domains)
    }

    /// Whether the address is in one of the domains.
    #[must_use]
    pub fn allow(&self, address: &EmailAddress) -> bool {
        self.0.iter().any(|domain| domain == address.domain())
    }

    /// The domains, without `@`, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Domains at which anybody gets an address: an address there proves nothing of a company. The large
/// ones of the world and those of French providers; subdomains count as well.
const PUBLIC_PROVIDERS: [&str; 71] = [
    "aliceadsl.fr",
    "aol.com",
    "aol.fr",
    "bbox.fr",
    "club-internet.fr",
    "cegetel.net",
    "duck.com",
    "email.com",
    "fastmail.com",
    "fastmail.fm",
    "free.fr",
    "gmail.com",
    "gmx.at",
    "gmx.com",
    "gmx.ch",
    "gmx.de",
    "gmx.fr",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.be",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fr",
    "hushmail.com",
    "icloud.com",
    "inbox.com",
    "laposte.net",
    "libero.it",
    "live.be",
    "live.com",
    "live.fr",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "mailfence.com",
    "mailo.com",
    "mailinator.com",
    "me.com",
    "msn.com",
    "neuf.fr",
    "noos.fr",
    "numericable.fr",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "pm.me",
    "posteo.de",
    "posteo.net",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rocketmail.com",
    "sfr.fr",
    "skynet.be",
    "tutanota.com",
    "tuta.com",
    "tuta.io",
    "voila.fr",
    "wanadoo.fr",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
    "yopmail.com",
    "ymail.com",
    "zoho.com",
];

/// Whether anybody can have an address at this domain, given in lower case.
#[must_use]
pub fn is_public_provider(domain: &str) -> bool {
    PUBLIC_PROVIDERS.iter().any(|provider| {
        domain
            .strip_suffix(provider)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_providers_are_known_with_their_subdomains() {
        for domain in ["gmail.com", "orange.fr", "mail.orange.fr"] {
            assert!(is_public_provider(domain), "{domain}");
        }
        for domain in [
            "techcorp.com",
            "notgmail.com",
            "gmail.com.techcorp.com",
            "orange.com",
        ] {
            assert!(!is_public_provider(domain), "{domain}");
        }
    }

    #[test]
    fn only_the_exact_domain_is_allowed() {
        let domains = EmailDomains::new(["@TechCorp.com", " techcorp.fr ", "@", ""]);
        let allows = |text| domains.allow(&EmailAddress::parse(text).expect("valid"));
        assert!(allows("a@techcorp.com"));
        assert!(allows("a@TECHCORP.FR"));
        assert!(!allows("a@sub.techcorp.com"));
        assert!(!allows("a@nottechcorp.com"));
        assert!(!allows("a@techcorp.com.example.org"));
        assert_eq!(
            domains.iter().collect::<Vec<_>>(),
            ["techcorp.com", "techcorp.fr"]
        );
    }

    #[test]
    fn no_domain_allows_nobody() {
        let none = EmailDomains::new(Vec::<String>::new());
        assert!(!none.allow(&EmailAddress::parse("a@techcorp.com").expect("valid")));
    }
}
