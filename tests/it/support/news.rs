//! News that are there.

use huntzen::content::model::slug;
use uuid::Uuid;

use super::{TestApp, actors::Company};

impl TestApp {
    /// A piece of a company's news for everybody, in this state; it has a picture, whose bytes nobody looks at.
    pub fn news(&self, company: &Company, title: &str, status: &str) -> Uuid {
        let id = Uuid::new_v4();
        let (slug, at) = (slug(title), self.now().to_rfc3339());
        self.sql(&format!(
            "INSERT INTO news_posts (id, company_id, client_id, slug, title, body, status, publish_at, published_at,
                                     archived_at, created_at, changed_at)
             VALUES ('{id}', '{company}', gen_random_uuid(), '{slug}', '{title}', '<div>Bonjour à tous</div>', '{status}',
                     CASE WHEN '{status}' = 'scheduled' THEN timestamptz '{at}' + interval '1 day' END,
                     CASE WHEN '{status}' IN ('published', 'archived') THEN timestamptz '{at}' END,
                     CASE WHEN '{status}' = 'archived' THEN timestamptz '{at}' END, '{at}', '{at}');
             INSERT INTO news_pictures (post_id, company_id, jpeg, width, height, alt)
             VALUES ('{id}', '{company}', '\\xffd8ffe0', 40, 30, 'Une salle')",
            company = company.id
        ));
        id
    }
}
