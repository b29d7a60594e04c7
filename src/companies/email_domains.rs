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

#[cfg(test)]
mod tests {
    use super::*;

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
