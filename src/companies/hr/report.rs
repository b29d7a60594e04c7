//! What became of an import: how far it is, what it did, who its file does not name, and how it is taken
//! back.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::import::{Rows, RowsQuery, crumbs, file_of, path_of, read_rows};
use crate::{
    companies::{
        model::RowKind,
        queries::{self, EmployeeRow, Import, RowCounts, Undoing},
    },
    infra::{
        actor::{Hr, render, see_other_with, wants_fragment},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        i18n::date_time,
        page::{Crumb, Flash, PageContext, Pagination, filters},
        role_scope::RoleScope,
    },
};

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/employees/import/{id}/absent", show_absent)
        .get("/employees/import/{id}/undoing", show_undoing)
        .post("/employees/import/{id}/undoing", undo);
}

#[derive(Template)]
#[template(path = "companies/hr/progress.html", blocks = ["progress"])]
struct ProgressPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    import: Import,
    file: String,
}

#[derive(Template)]
#[template(path = "companies/hr/result.html")]
struct ResultPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    import: Import,
    file: String,
    confirmed_at: String,
    kept_until: String,
    counts: RowCounts,
    absent: i64,
    can_be_undone: bool,
    list: Rows,
}

impl ResultPage {
    fn path(&self) -> String {
        path_of(self.import.id)
    }

    fn refused_path(&self) -> String {
        format!("{}/refused", self.path())
    }

    fn left_out(&self) -> i32 {
        self.import.left_out()
    }
}

/// A confirmed import: its progress, then its result.
pub(super) async fn draw(hr: &Hr, import: Import, query: RowsQuery) -> PageResult {
    let page = hr.page();
    let file = file_of(&page, &import.file_name);
    let fragment = wants_fragment(hr.request());
    if import.is_under_way() || fragment {
        let template = ProgressPage {
            crumbs: crumbs(&page),
            page,
            import,
            file,
        };
        if fragment {
            return template
                .page
                .render(&template.as_progress())
                .map_err(AppError::internal);
        }
        return render(&template.page, &template);
    }
    let (id, path, number) = (import.id, page.path.clone(), query.number());
    let (absent, list) = hr
        .db()
        .look(move |tx| {
            let refused = queries::count_refused(tx, id)?;
            let pages = Pagination::new(number, refused, &path);
            let list = read_rows(tx, id, Some(RowKind::Refused), pages)?;
            Ok((queries::count_absent(tx, id)?, list))
        })
        .await?;
    let confirmed_at = import.confirmed_at.unwrap_or(import.created_at);
    let template = ResultPage {
        crumbs: crumbs(&page),
        file,
        confirmed_at: date_time(page.locale, page.tz, confirmed_at),
        kept_until: date_time(page.locale, page.tz, import.kept_until()),
        counts: import.outcome(),
        absent,
        can_be_undone: import.can_be_undone(hr.app().clock.now()),
        page,
        import,
        list,
    };
    render(&template.page, &template)
}

#[derive(Template)]
#[template(path = "companies/hr/absent.html")]
struct AbsentPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    file: String,
    path: String,
    employees: Vec<EmployeeRow>,
    pages: Pagination,
}

fn crumbs_of(page: &PageContext, import: &Import) -> Vec<Crumb> {
    let mut crumbs = crumbs(page);
    crumbs.push(Crumb::new(
        path_of(import.id),
        file_of(page, &import.file_name),
    ));
    crumbs
}

async fn show_absent(hr: Hr, id: web::Path<Uuid>, query: web::Query<RowsQuery>) -> PageResult {
    let (id, page) = (id.into_inner(), hr.page());
    let (path, number) = (page.path.clone(), query.number());
    let (import, employees, pages) = hr
        .db()
        .look(move |tx| {
            let import = queries::find_import(tx, id)?;
            let pages = Pagination::new(number, queries::count_absent(tx, id)?, &path);
            let employees = queries::absent(tx, id, (pages.limit(), pages.offset()))?;
            Ok((import, employees, pages))
        })
        .await?;
    let template = AbsentPage {
        crumbs: crumbs_of(&page, &import),
        file: file_of(&page, &import.file_name),
        path: path_of(id),
        page,
        employees,
        pages,
    };
    render(&template.page, &template)
}

#[derive(Template)]
#[template(path = "companies/hr/undoing.html")]
struct UndoingPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    file: String,
    path: String,
    until: String,
    undoing: Undoing,
}

async fn show_undoing(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let (import, undoing) = hr
        .db()
        .read(move |tx| {
            Ok::<_, AppError>((queries::find_import(tx, id)?, queries::undoing(tx, id)?))
        })
        .await?;
    if !import.can_be_undone(hr.app().clock.now()) {
        return Ok(see_other_with(
            &path_of(id),
            Flash::info("employees-undo-too-late"),
        ));
    }
    let page = hr.page();
    let template = UndoingPage {
        crumbs: crumbs_of(&page, &import),
        file: file_of(&page, &import.file_name),
        path: path_of(id),
        until: date_time(page.locale, page.tz, import.kept_until()),
        page,
        undoing,
    };
    render(&template.page, &template)
}

async fn undo(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    let undone = hr
        .db()
        .write(move |tx| queries::undo_import(tx, id))
        .await?;
    let flash = if undone {
        Flash::success("employees-undone")
    } else {
        Flash::info("employees-undo-too-late")
    };
    Ok(see_other_with(&path_of(id), flash))
}
