//! `/rh/news`: HR writes what its employees are told, decides when and for whom, and learns how many read it.
//!
//! Never who: the role has no right on the readings.

mod form;
mod list;
mod picture;
mod post;

use uuid::Uuid;

use super::queries::Post;
use crate::infra::{
    actor::Hr,
    i18n::{self, Message},
    page::{Crumb, PageContext},
    role_scope::RoleScope,
};

/// Where the news are.
const HOME: &str = "/rh/news";

/// Mounts HR's pages of this domain.
pub fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/news", list::show_news)
        .post("/news", form::create)
        .get("/news/new", form::show_new)
        .get("/news/{post}", post::show_post)
        .post("/news/{post}", form::save)
        .get("/news/{post}/edit", form::show_edit)
        .post("/news/{post}/publication", post::publish)
        .post("/news/{post}/schedule", post::schedule)
        .post("/news/{post}/withdrawal", post::withdraw)
        .post("/news/{post}/archiving", post::archive)
        .post("/news/{post}/restoration", post::restore)
        .get("/news/{post}/deletion", post::show_deletion)
        .post("/news/{post}/deletion", post::delete)
        .get("/news/{post}/picture", picture::show_picture)
        .post("/news/{post}/picture", picture::set_picture)
        .post("/news/{post}/picture/removal", picture::remove_picture);
}

fn path_of(post: Uuid) -> String {
    format!("{HOME}/{post}")
}

fn home_crumb(page: &PageContext) -> Crumb {
    Crumb::new(HOME, i18n::text(page.locale, "news-hr-title"))
}

/// The way back to the list and to the post.
fn post_crumbs(page: &PageContext, post: &Post) -> Vec<Crumb> {
    vec![
        home_crumb(page),
        Crumb::new(post.path(), post.title.clone()),
    ]
}

impl Post {
    /// Where HR finds it.
    #[must_use]
    pub fn path(&self) -> String {
        path_of(self.id)
    }

    /// Whom it is for.
    #[must_use]
    pub fn audience(&self) -> Message {
        match self.departments.as_slice() {
            [] => Message::new("news-for-all"),
            some => Message::new("news-for-some").with("departments", some.join(", ")),
        }
    }

    /// Where its picture is.
    #[must_use]
    pub fn picture_path(&self) -> Option<String> {
        let picture = self.picture.as_ref()?;
        Some(format!("{}/picture?version={}", self.path(), picture.id))
    }
}
