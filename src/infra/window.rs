//! A look through somebody else's eyes.

use super::{
    db::{Db, Tx},
    error::AppError,
};

/// A door through which nothing is written: to show somebody what others see of them.
pub struct Window<R>(Db<R>);

impl<R: 'static> Window<R> {
    /// Through a door of theirs; extractors alone have one to give.
    pub(in crate::infra) fn of(door: Db<R>) -> Self {
        Self(door)
    }

    /// As [`Db::read`].
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<R>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        self.0.read(work).await
    }
}
