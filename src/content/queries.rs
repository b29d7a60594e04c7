//! All the SQL of news.

mod company;
mod reading;
pub mod work;

pub use company::*;
pub use reading::*;

use uuid::Uuid;

/// A post's picture, but for its bytes.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Changes with it, and is part of its address.
    pub id: Uuid,
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
    /// What it shows; empty where it only decorates.
    pub alt: String,
}

impl Picture {
    /// Of the columns of an outer join.
    fn joined(
        id: Option<Uuid>,
        size: (Option<i32>, Option<i32>),
        alt: Option<String>,
    ) -> Option<Self> {
        let (Some(width), Some(height)) = size else {
            return None;
        };
        Some(Self {
            id: id?,
            width,
            height,
            alt: alt.unwrap_or_default(),
        })
    }
}
