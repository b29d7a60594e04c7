//! Passwords: how they are judged, hashed and verified.
//!
//! Hashes are argon2id (RFC 9106) in PHC string form. The parameters follow OWASP's first
//! recommendation for argon2id. Strength follows NIST SP 800-63B: a length floor and a guessing
//! estimate instead of composition rules.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::{Match, Score};

/// Memory of one hash in KiB: 46 MiB.
const MEMORY_KIB: u32 = 46 * 1024;
/// Passes over that memory.
const PASSES: u32 = 1;
/// Lanes; more would only help an attacker with more cores than us.
const LANES: u32 = 1;

/// Fewest characters of a password.
pub const PASSWORD_MIN_CHARS: usize = 12;
/// Most characters of a password.
pub const PASSWORD_MAX_CHARS: usize = 128;

/// Hash of a random password nobody knows, verified when an account does not exist so that the
/// answer takes as long as for one that does. A constant: computing it would cost a hash at start.
const NOBODY: &str = "$argon2id$v=19$m=47104,t=1,p=1$sDfErOw99JjBSLUXcP++bw$TH6VODTFUwGlkWPXOv8asM+OxXnlpNZnLPYf5aVM8D4";

/// Hashing failed for a reason that is not the password.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The stored hash is not a PHC string we can verify.
    #[error("the stored password hash is unusable")]
    UnusableHash,
    /// The hashing library refused to work (memory, random generator).
    #[error("password hashing failed: {0}")]
    Hashing(argon2::password_hash::Error),
    /// The server is stopping, or the hashing thread panicked.
    #[error("password hashing was interrupted")]
    Interrupted,
}

/// Outcome of a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The password is the right one.
    Right {
        /// The hash was made with other parameters than today's: hash the password again.
        needs_rehash: bool,
    },
    /// Wrong password, or no account at all.
    Wrong,
}

/// Hashes and verifies passwords on blocking threads, a few at a time.
///
/// The cap bounds memory (46 MiB each) and keeps a wave of logins from taking every core. Cloning
/// shares the cap: build one for the whole process.
#[derive(Clone)]
pub struct PasswordHasher {
    permits: Arc<Semaphore>,
    computed: Arc<AtomicU64>,
}

impl PasswordHasher {
    /// `concurrent`: hashes computed at the same time, at least one; the others wait their turn.
    #[must_use]
    pub fn new(concurrent: usize) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(concurrent.max(1))),
            computed: Arc::default(),
        }
    }

    /// Hashes computed so far, verifications included: the work that attempts to sign in cost.
    #[must_use]
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// The PHC string to store for this password.
    ///
    /// # Errors
    /// [`PasswordError::Hashing`] and [`PasswordError::Interrupted`].
    pub async fn hash(&self, password: SecretString) -> Result<SecretString, PasswordError> {
        self.run(move || hash_blocking(&password)).await
    }

    /// Compares a password with a stored PHC string. Pass `None` when there is no account, or
    /// none with a password: the work is the same, the verdict is [`Verdict::Wrong`].
    ///
    /// # Errors
    /// [`PasswordError::UnusableHash`] and [`PasswordError::Interrupted`].
    pub async fn verify(
        &self,
        password: SecretString,
        stored: Option<SecretString>,
    ) -> Result<Verdict, PasswordError> {
        self.run(move || verify_blocking(&password, stored.as_ref()))
            .await
    }

    /// The permit travels with the work: a request that is dropped while hashing does not free
    /// its place before the thread does.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::Interrupted)?;
        let computed = Arc::clone(&self.computed);
        tokio::task::spawn_blocking(move || {
            computed.fetch_add(1, Ordering::Relaxed);
            let result = work();
            drop(permit);
            result
        })
        .await
        .map_err(|_| PasswordError::Interrupted)?
    }
}

/// [`PasswordHasher::hash`] on the calling thread, for command-line tools such as the seeds.
///
/// # Errors
/// [`PasswordError::Hashing`].
pub fn hash_blocking(password: &SecretString) -> Result<SecretString, PasswordError> {
    argon2id()
        .hash_password(password.expose_secret().as_bytes())
        .map(|hash| SecretString::from(hash.to_string()))
        .map_err(PasswordError::Hashing)
}

fn verify_blocking(
    password: &SecretString,
    stored: Option<&SecretString>,
) -> Result<Verdict, PasswordError> {
    let phc = stored.map_or(NOBODY, ExposeSecret::expose_secret);
    let hash = PasswordHash::new(phc).map_err(|_| PasswordError::UnusableHash)?;
    if hash.salt.is_none() || hash.hash.is_none() {
        return Err(PasswordError::UnusableHash);
    }
    match argon2id().verify_password(password.expose_secret().as_bytes(), &hash) {
        Ok(()) if stored.is_some() => Ok(Verdict::Right {
            needs_rehash: !has_current_parameters(&hash),
        }),
        Ok(()) | Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
        Err(_) => Err(PasswordError::UnusableHash),
    }
}

fn argon2id() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .expect("constants within argon2's limits, exercised by every test");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn has_current_parameters(hash: &PasswordHash) -> bool {
    hash.algorithm == Algorithm::Argon2id.ident()
        && hash.version == Some(Version::V0x13.into())
        && Params::try_from(hash).is_ok_and(|params| {
            (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES)
        })
}

/// Why a password is refused. The codes are suffixes of translation keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Under [`PASSWORD_MIN_CHARS`].
    #[error("the password is too short")]
    TooShort,
    /// Over [`PASSWORD_MAX_CHARS`].
    #[error("the password is too long")]
    TooLong,
    /// Largely the person's name, address or company, or the product's name.
    #[error("the password is built on personal information")]
    Personal,
    /// Repeats, keyboard rows, sequences or dates.
    #[error("the password follows a pattern")]
    Pattern,
    /// Built on common passwords or words.
    #[error("the password is easy to guess")]
    Guessable,
}

impl Weakness {
    /// Stable suffix of the translation key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Personal => "personal",
            Self::Pattern => "pattern",
            Self::Guessable => "guessable",
        }
    }
}

/// Judges a new password. `personal` is what an acquaintance would try first: name, address,
/// company; each is also split into its words.
///
/// # Errors
/// The reason to show, see [`Weakness`].
pub fn check_strength(password: &SecretString, personal: &[&str]) -> Result<(), Weakness> {
    let password = password.expose_secret();
    let chars = password.chars().count();
    if chars < PASSWORD_MIN_CHARS {
        return Err(Weakness::TooShort);
    }
    if chars > PASSWORD_MAX_CHARS {
        return Err(Weakness::TooLong);
    }
    let words = personal_words(personal);
    let known: Vec<&str> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(password, &known);
    let from_personal: usize = estimate
        .sequence()
        .iter()
        .filter(|found| is_personal(found, &words))
        .map(length)
        .sum();
    // The estimate rates "Durand-TechCorp" well, because it holds three parts; someone who knows
    // the person would try it early.
    if 2 * from_personal.max(spelled_personal(password, &words)) >= chars {
        return Err(Weakness::Personal);
    }
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let mut explanation = Weakness::Guessable;
    let mut longest = 0;
    for found in estimate.sequence() {
        let weakness = match &found.pattern {
            _ if is_personal(found, &words) => Weakness::Personal,
            MatchPattern::Dictionary(_) => Weakness::Guessable,
            MatchPattern::BruteForce => continue,
            _ => Weakness::Pattern,
        };
        if length(found) > longest {
            (explanation, longest) = (weakness, length(found));
        }
    }
    Err(explanation)
}

/// How many characters of the password belong to personal words spelled as they are: the estimate
/// takes some of them for random letters when separators stand around them.
fn spelled_personal(password: &str, words: &[String]) -> usize {
    let password = password.to_lowercase();
    let mut covered = vec![false; password.len()];
    for word in words {
        for (start, found) in password.match_indices(word) {
            covered[start..start + found.len()].fill(true);
        }
    }
    password
        .char_indices()
        .filter(|(index, _)| covered[*index])
        .count()
}

fn is_personal(found: &Match, words: &[String]) -> bool {
    matches!(&found.pattern, MatchPattern::Dictionary(word) if words.contains(&word.matched_word))
}

/// In characters.
fn length(found: &Match) -> usize {
    found.j + 1 - found.i
}

/// The inputs and their words in lower case, with the product's own. Words under three letters
/// say nothing about a person and would match anywhere.
fn personal_words(personal: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = personal
        .iter()
        .chain(&["huntzen", "huntzen care", "safe space"])
        .flat_map(|text| {
            let text = text.to_lowercase();
            let parts: Vec<String> = text
                .split(|letter: char| !letter.is_alphanumeric())
                .map(str::to_owned)
                .collect();
            parts.into_iter().chain([text])
        })
        .filter(|word| word.chars().count() >= 3)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    fn weakness(password: &str) -> Result<(), &'static str> {
        let personal = [
            "Camille",
            "Durand",
            "camille.durand@techcorp.com",
            "TechCorp France",
        ];
        check_strength(&secret(password), &personal).map_err(Weakness::code)
    }

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only() {
        let hasher = PasswordHasher::new(2);
        let phc = hasher
            .hash(secret("corail-tambour-42"))
            .await
            .expect("hashes");
        assert!(
            phc.expose_secret()
                .starts_with("$argon2id$v=19$m=47104,t=1,p=1$"),
            "{}",
            phc.expose_secret()
        );
        let right = hasher
            .verify(secret("corail-tambour-42"), Some(phc.clone()))
            .await;
        assert_eq!(
            right.expect("verifies"),
            Verdict::Right {
                needs_rehash: false
            }
        );
        let wrong = hasher.verify(secret("corail-tambour-43"), Some(phc)).await;
        assert_eq!(wrong.expect("verifies"), Verdict::Wrong);
    }

    #[test]
    fn the_same_password_hashes_differently_each_time() {
        let hash = || hash_blocking(&secret("corail-tambour-42")).expect("hashes");
        assert_ne!(hash().expose_secret(), hash().expose_secret());
    }

    #[tokio::test]
    async fn an_unknown_account_costs_a_full_verification() {
        let nobody = PasswordHash::new(NOBODY).expect("a PHC string");
        assert!(
            has_current_parameters(&nobody),
            "the work must be that of a real account"
        );
        assert_eq!(
            nobody.hash.map(|hash| hash.len()),
            Some(Params::DEFAULT_OUTPUT_LEN)
        );
        let verdict = PasswordHasher::new(1)
            .verify(secret("anything at all"), None)
            .await;
        assert_eq!(verdict.expect("verifies"), Verdict::Wrong);
    }

    #[test]
    fn a_hash_made_with_weaker_parameters_asks_for_a_rehash() {
        let params = Params::new(8 * 1024, 1, 1, None).expect("valid parameters");
        let weaker = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password(b"corail-tambour-42")
            .expect("hashes")
            .to_string();
        let verdict = verify_blocking(&secret("corail-tambour-42"), Some(&secret(&weaker)));
        assert_eq!(
            verdict.expect("verifies"),
            Verdict::Right { needs_rehash: true }
        );
    }

    #[test]
    fn a_damaged_hash_is_an_error_and_not_a_wrong_password() {
        for stored in [
            "",
            "plain text",
            "$2b$12$abcdefghijklmnopqrstuv",
            "$argon2id$v=19$m=47104",
        ] {
            let verdict = verify_blocking(&secret("corail-tambour-42"), Some(&secret(stored)));
            assert!(
                matches!(verdict, Err(PasswordError::UnusableHash)),
                "{stored:?}"
            );
        }
    }

    #[tokio::test]
    async fn hashes_beyond_the_cap_wait_for_a_place() {
        let hasher = PasswordHasher::new(1);
        let place = Arc::clone(&hasher.permits)
            .acquire_owned()
            .await
            .expect("open");
        let waiting = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.verify(secret("anything at all"), None).await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(place);
        let verdict = waiting.await.expect("joins").expect("verifies");
        assert_eq!(verdict, Verdict::Wrong);
        assert_eq!(
            hasher.permits.available_permits(),
            1,
            "the place is given back"
        );
    }

    #[test]
    fn long_unusual_passwords_pass_without_composition_rules() {
        for password in [
            "corail tambour girouette",
            "jhqzmpxwvbtk",
            "été à Saint-Malo sous la pluie",
            "😀 mouette pivoine 🌊 lavoir",
            "camille aime les orages lents",
        ] {
            assert_eq!(weakness(password), Ok(()), "{password}");
        }
    }

    #[test]
    fn the_reason_of_a_refusal_is_named() {
        let too_long = "corail tambour ".repeat(9);
        for (password, code) in [
            ("Xk9!vQ2@pL7", "too-short"),
            (too_long.as_str(), "too-long"),
            ("camilledurand", "personal"),
            ("Durand-TechCorp", "personal"),
            ("camille.durand@techcorp.com", "personal"),
            ("huntzenhuntzen", "personal"),
            ("Camille-Durand-2026", "personal"),
            ("huntzencare!", "personal"),
            ("aaaaaaaaaaaaaa", "pattern"),
            ("qwertyuiopasdf", "guessable"),
            ("password1234", "guessable"),
            ("Passw0rd!Passw0rd!", "pattern"),
        ] {
            assert_eq!(weakness(password), Err(code), "{password}");
        }
    }

    #[test]
    fn length_counts_characters_and_not_bytes() {
        assert_eq!(weakness("éàùçîôéàùçî"), Err("too-short"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn judging_never_panics(password in any::<String>(), name in any::<String>()) {
            let _ = check_strength(&secret(&password), &[&name]);
        }
    }
}
