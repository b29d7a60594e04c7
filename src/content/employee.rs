//! `/employee/news`: what the company tells its people.

use actix_web::{HttpResponse, http::header, web};
use askama::Template;
use serde::Deserialize;

use super::queries::{self, Article};
use crate::infra::{
    actor::{Employee, render, see_other, wants_fragment},
    error::{AppError, PageResult},
    form::{Form, Nothing, Query},
    i18n,
    page::{Crumb, PageContext, Pagination, filters},
    rich_text::excerpt,
    role_scope::RoleScope,
};

/// Where the news are.
const HOME: &str = "/employee/news";
/// Letters of a piece of news that a list shows.
const EXCERPT: usize = 220;

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/news", show_news)
        .get("/news/{slug}", show_article)
        .post("/news/{slug}/reading", mark_read)
        .get("/news/{slug}/picture", show_picture);
}

/// A picture as an answer. Another one has another address: browsers may keep it.
pub(super) fn picture(jpeg: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ))
        .body(jpeg)
}

impl Article {
    /// Where its reader finds it.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{HOME}/{}", self.slug)
    }

    /// Its beginning.
    #[must_use]
    pub fn excerpt(&self) -> String {
        excerpt(&self.body.plain(), EXCERPT)
    }

    /// Where its picture is.
    #[must_use]
    pub fn picture_path(&self) -> Option<String> {
        let picture = self.picture.as_ref()?;
        Some(format!("{}/picture?version={}", self.path(), picture.id))
    }
}

/// Which page of the list.
#[derive(Default, Deserialize)]
struct ListQuery {
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "content/employee/list.html")]
struct NewsPage {
    page: PageContext,
    articles: Vec<Article>,
    pages: Pagination,
}

async fn show_news(employee: Employee, Query(query): Query<ListQuery>) -> PageResult {
    let page = employee.page();
    let number = query.page.and_then(|text| text.parse().ok()).unwrap_or(1);
    let address = page.path.clone();
    let (pages, articles) = employee
        .db()
        .read(move |tx| {
            let pages = Pagination::new(number, queries::count_for_reader(tx)?, &address);
            let articles = queries::for_reader(tx, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((pages, articles))
        })
        .await?;
    let template = NewsPage {
        page,
        articles,
        pages,
    };
    render(&template.page, &template)
}

#[derive(Template)]
#[template(path = "content/employee/article.html", blocks = ["reading"])]
struct ArticlePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    company: String,
    article: Article,
}

async fn article_page(employee: &Employee, slug: String) -> Result<ArticlePage, AppError> {
    let article = employee
        .db()
        .read(move |tx| queries::article(tx, &slug))
        .await?;
    let page = employee.page();
    let home = i18n::text(page.locale, "news-title");
    Ok(ArticlePage {
        crumbs: vec![Crumb::new(HOME, home)],
        company: employee.identity().company_name.clone().unwrap_or_default(),
        article,
        page,
    })
}

async fn show_article(employee: Employee, slug: web::Path<String>) -> PageResult {
    let template = article_page(&employee, slug.into_inner()).await?;
    render(&template.page, &template)
}

async fn mark_read(
    employee: Employee,
    slug: web::Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let slug = slug.into_inner();
    let read = slug.clone();
    employee
        .db()
        .write(move |tx| queries::mark_read(tx, &read))
        .await?;
    // The bell's number is part of the identity that this process remembers.
    employee.forget_sessions();
    if wants_fragment(employee.request()) {
        let template = article_page(&employee, slug).await?;
        return render(&template.page, &template.as_reading());
    }
    Ok(see_other(&format!("{HOME}/{slug}")))
}

async fn show_picture(employee: Employee, slug: web::Path<String>) -> PageResult {
    let slug = slug.into_inner();
    let jpeg = employee
        .db()
        .read(move |tx| queries::article_picture(tx, &slug))
        .await?;
    Ok(picture(jpeg))
}
