//! Who holds the key-encryption key (KEK).

use super::data_key::DataKey;

/// Why a data key could not be wrapped or unwrapped. For the logs: readers are told nothing.
#[derive(Debug, thiserror::Error)]
pub enum KmsError {
    /// The KEK that wrapped it is not here.
    #[error("no key-encryption key {0}")]
    UnknownKek(String),
    /// The wrapped key was tampered with, or belongs elsewhere.
    #[error("the wrapped key is not genuine")]
    NotGenuine,
    /// The KMS does not answer, or not as it should.
    #[error("the key-management service: {0}")]
    Unavailable(String),
}

/// A wrapped data key, as its row holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The KEK that wrapped it.
    pub kek: String,
    /// The KMS's own format.
    pub bytes: Vec<u8>,
}

/// Keeps the KEK and uses it; the KEK itself never leaves it.
///
/// `context` is what the data key is for; it is authenticated with the key. KEKs are changed while the
/// application serves: a KMS learns of a new one without being started again.
pub trait Kms: Send + Sync {
    /// The name of the KEK that wraps now.
    ///
    /// # Errors
    /// A KMS out of reach.
    fn current(&self) -> Result<String, KmsError>;

    /// Whether a KEK of this name is at hand.
    ///
    /// # Errors
    /// A KMS out of reach.
    fn knows(&self, kek: &str) -> Result<bool, KmsError>;

    /// The key, wrapped by the current KEK.
    ///
    /// # Errors
    /// A KMS out of reach.
    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Wrapped, KmsError>;

    /// The key that a KEK wrapped in this context.
    ///
    /// # Errors
    /// An unknown KEK, another context, a tampered key; a KMS out of reach.
    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError>;
}

impl<K: Kms + ?Sized> Kms for Box<K> {
    fn current(&self) -> Result<String, KmsError> {
        (**self).current()
    }

    fn knows(&self, kek: &str) -> Result<bool, KmsError> {
        (**self).knows(kek)
    }

    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Wrapped, KmsError> {
        (**self).wrap(key, context)
    }

    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError> {
        (**self).unwrap(kek, wrapped, context)
    }
}
