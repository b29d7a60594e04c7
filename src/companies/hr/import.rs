//! A file of employees: upload, preview, confirmation. [`report`] says what became of it.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    report,
    words::{self, Explanation},
};
use crate::{
    companies::{
        email_domains::EmailDomains,
        import::{EmployeeCsv, FILE_MAX_BYTES, Field, FileError},
        model::{RowKind, Seats},
        queries::{self, Confirmation, Import, ImportRow, PastImport, RowCounts},
    },
    infra::{
        actor::{Hr, render_status, see_other, see_other_with},
        db::Tx,
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing, Upload},
        i18n::{Locale, Message, date_time, text},
        page::{Crumb, Flash, PageContext, Pagination, Tab, filters},
        role_scope::RoleScope,
        spreadsheet::{Cell, csv_stream},
    },
};

/// Most characters kept of a file's name.
const FILE_NAME_CHARS: usize = 120;
/// Earlier imports on the page.
const PAST: i64 = 10;

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/employees/import", show_upload)
        .post("/employees/import", upload)
        .get("/employees/import/template", download_template)
        .get("/employees/import/{id}", show_import)
        .get("/employees/import/{id}/refused", download_refused)
        .post("/employees/import/{id}/confirmation", confirm)
        .post("/employees/import/{id}/removal", discard);
}

pub(super) fn path_of(id: Uuid) -> String {
    format!("/rh/employees/import/{id}")
}

pub(super) fn crumbs(page: &PageContext) -> Vec<Crumb> {
    vec![Crumb::new(
        "/rh/employees",
        text(page.locale, "companies-employees-title"),
    )]
}

#[derive(Template)]
#[template(path = "companies/hr/upload.html")]
struct UploadPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    domains: String,
    past: Vec<Past>,
    errors: FormErrors,
}

/// An earlier import, in the reader's words.
struct Past {
    file: String,
    import: PastImport,
}

async fn show_upload(hr: Hr) -> PageResult {
    draw_upload(&hr, None).await
}

async fn draw_upload(hr: &Hr, problem: Option<Message>) -> PageResult {
    let (domains, past) = hr
        .db()
        .read(|tx| {
            Ok::<_, AppError>((
                queries::email_domains(tx)?,
                queries::past_imports(tx, PAST)?,
            ))
        })
        .await?;
    let mut errors = FormErrors::default();
    let status = match problem {
        Some(problem) => {
            errors.add("file", problem);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        None => StatusCode::OK,
    };
    let page = hr.page();
    let past = past
        .into_iter()
        .map(|import| Past {
            file: file_of(&page, &import.file_name),
            import,
        })
        .collect();
    let template = UploadPage {
        crumbs: crumbs(&page),
        page,
        domains: words::domain_list(&domains),
        past,
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn upload(hr: Hr, upload: Result<Upload, AppError>) -> PageResult {
    let mut upload = match upload {
        Ok(upload) => upload,
        Err(AppError::TooLarge) => {
            return draw_upload(&hr, Some(words::file_error(&FileError::TooLarge))).await;
        }
        Err(error) => return Err(error),
    };
    if upload.size() == 0 && upload.file_name().is_empty() {
        return draw_upload(&hr, Some(Message::new("companies-file-missing"))).await;
    }
    let file_name = display_name(upload.file_name());
    // One byte more than is allowed tells a file that is too large from one that just fits.
    let limit = FILE_MAX_BYTES as u64 + 1;
    let opened = web::block(move || upload.read(limit).map(EmployeeCsv::open))
        .await
        .map_err(AppError::internal)?
        .map_err(AppError::internal)?;
    let csv = match opened {
        Ok(csv) => csv,
        Err(error) => return draw_upload(&hr, Some(words::file_error(&error))).await,
    };
    let import = hr
        .db()
        .write(move |tx| queries::stage_import(tx, &file_name, &csv))
        .await?;
    Ok(see_other(&path_of(import)))
}

/// The file's name without the folders and control characters that some browsers send along.
fn display_name(sent: &str) -> String {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars()
        .filter(|letter| !letter.is_control())
        .take(FILE_NAME_CHARS)
        .collect()
}

async fn download_template(hr: Hr) -> PageResult {
    let locale = hr.page().locale;
    Ok(file(
        locale,
        "companies-import-template-file",
        vec![header_cells(locale)],
    ))
}

fn header_cells(locale: Locale) -> Vec<Cell> {
    Field::ALL
        .into_iter()
        .map(|field| Cell::from(text(locale, words::column_key(field))))
        .collect()
}

fn file(locale: Locale, name_key: &str, rows: Vec<Vec<Cell>>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", text(locale, name_key)),
        ))
        .streaming(csv_stream(rows))
}

/// Which rows of the preview are looked at.
#[derive(Debug, Default, Deserialize)]
pub(super) struct RowsQuery {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    page: String,
}

impl RowsQuery {
    pub(super) fn number(&self) -> i64 {
        self.page.parse().unwrap_or(1)
    }
}

/// A value of a row, and what it replaces.
pub(super) struct Change {
    pub(super) new: String,
    pub(super) old: Option<String>,
}

/// A row as HR reads it.
pub(super) struct RowView {
    pub(super) line: i32,
    pub(super) kind: RowKind,
    pub(super) email: String,
    pub(super) name: Change,
    pub(super) department: Change,
    pub(super) position: Change,
    pub(super) explanation: Option<Explanation>,
}

impl RowView {
    fn new(row: ImportRow, domains: &EmailDomains) -> Self {
        let kind = row.kind();
        let full_name = |first: &str, last: &str| format!("{first} {last}").trim().to_owned();
        let compared = |new: Option<String>, old: Option<String>| {
            if kind != RowKind::Changed {
                return Change {
                    new: new
                        .or(old.filter(|_| kind == RowKind::Unchanged))
                        .unwrap_or_default(),
                    old: None,
                };
            }
            let old = old.unwrap_or_default();
            // A blank cell keeps what the account says.
            let new = new.unwrap_or_else(|| old.clone());
            Change {
                old: (old != new).then_some(old),
                new,
            }
        };
        let old_name = row
            .old_first_name
            .as_ref()
            .zip(row.old_last_name.as_ref())
            .map(|(first, last)| full_name(first, last));
        let explanation = row
            .reason
            .as_deref()
            .map(|code| words::explain(code, row.refusal_line, domains));
        Self {
            line: row.line,
            kind,
            name: compared(Some(full_name(&row.first_name, &row.last_name)), old_name),
            department: compared(row.department, row.old_department),
            position: compared(row.position, row.old_position),
            email: row.email,
            explanation,
        }
    }
}

pub(super) struct Rows {
    pub(super) rows: Vec<RowView>,
    pub(super) pages: Pagination,
}

#[derive(Template)]
#[template(path = "companies/hr/preview.html")]
struct PreviewPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    import: Import,
    file: String,
    kept_until: String,
    counts: RowCounts,
    seats: Seats,
    tabs: Vec<Tab>,
    list: Rows,
}

impl PreviewPage {
    fn missing_seats(&self) -> i64 {
        self.seats.missing_for(self.counts.new)
    }

    fn full_text(&self) -> Message {
        Message::new("companies-preview-full-text")
            .with("limit", self.seats.limit.unwrap_or(0))
            .with("used", self.seats.used)
    }

    fn path(&self) -> String {
        path_of(self.import.id)
    }
}

async fn show_import(hr: Hr, id: web::Path<Uuid>, query: web::Query<RowsQuery>) -> PageResult {
    let id = id.into_inner();
    let import = hr.db().read(move |tx| queries::find_import(tx, id)).await?;
    if import.confirmed_at.is_some() {
        return report::draw(&hr, import, query.into_inner()).await;
    }
    draw_preview(&hr, id, query.into_inner(), StatusCode::OK).await
}

/// What the file was called, or words for a file without a name.
pub(super) fn file_of(page: &PageContext, file_name: &str) -> String {
    match file_name {
        "" => text(page.locale, "companies-import-unnamed").to_owned(),
        name => name.to_owned(),
    }
}

/// One page of an import's rows, with what is wrong with them.
pub(super) fn read_rows(
    tx: &mut Tx<Hr>,
    id: Uuid,
    kind: Option<RowKind>,
    pages: Pagination,
) -> Result<Rows, AppError> {
    let rows = queries::list_rows(tx, id, kind, pages.limit(), pages.offset())?;
    let domains = queries::email_domains(tx)?;
    let rows = rows
        .into_iter()
        .map(|row| RowView::new(row, &domains))
        .collect();
    Ok(Rows { rows, pages })
}

async fn draw_preview(hr: &Hr, id: Uuid, query: RowsQuery, status: StatusCode) -> PageResult {
    let page = hr.page();
    let path = page.path.clone();
    let kind = RowKind::from_code(&query.kind);
    let number = query.number();
    let (import, counts, seats, list) = hr
        .db()
        .look(move |tx| {
            let import = queries::find_import(tx, id)?;
            let counts = queries::count_rows(tx, id)?;
            let pages = Pagination::new(number, counts.of(kind), &path);
            let list = read_rows(tx, id, kind, pages)?;
            Ok((import, counts, queries::seats(tx)?, list))
        })
        .await?;
    let template = PreviewPage {
        tabs: tabs(&page, id, counts, kind),
        crumbs: crumbs(&page),
        file: file_of(&page, &import.file_name),
        kept_until: date_time(page.locale, page.tz, import.kept_until()),
        page,
        import,
        counts,
        seats,
        list,
    };
    render_status(&template.page, &template, status)
}

fn tabs(page: &PageContext, id: Uuid, counts: RowCounts, shown: Option<RowKind>) -> Vec<Tab> {
    let path = path_of(id);
    let all = Tab::new(
        &path,
        text(page.locale, "companies-kind-all"),
        shown.is_none(),
    )
    .count(counts.of(None));
    let kinds = RowKind::ALL.into_iter().map(|kind| {
        let href = format!("{path}?kind={}", kind.code());
        Tab::new(
            href,
            text(page.locale, kind.label_key()),
            shown == Some(kind),
        )
        .count(counts.of(Some(kind)))
    });
    std::iter::once(all).chain(kinds).collect()
}

async fn confirm(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    match hr
        .db()
        .write(move |tx| queries::confirm_import(tx, id))
        .await?
    {
        Confirmation::Done => Ok(see_other(&path_of(id))),
        // The preview itself says how many seats are missing and what to do.
        Confirmation::Full { .. } => {
            draw_preview(&hr, id, RowsQuery::default(), StatusCode::CONFLICT).await
        }
    }
}

async fn discard(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    hr.db()
        .write(move |tx| queries::discard_import(tx, id))
        .await?;
    Ok(see_other_with(
        "/rh/employees/import",
        Flash::info("companies-import-discarded"),
    ))
}

/// The refused rows as a file to correct and upload again.
async fn download_refused(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let (rows, domains) = hr
        .db()
        .look(move |tx| {
            queries::find_import(tx, id)?;
            let rows = queries::list_rows(tx, id, Some(RowKind::Refused), i64::MAX, 0)?;
            Ok((rows, queries::email_domains(tx)?))
        })
        .await?;
    let locale = hr.page().locale;
    let mut header = header_cells(locale);
    header.push(Cell::from(text(locale, "companies-column-line")));
    header.push(Cell::from(text(locale, "companies-column-reason")));
    let rows = rows.into_iter().map(|row| {
        let code = row.reason.unwrap_or_default();
        let explanation = words::explain(&code, row.refusal_line, &domains);
        vec![
            Cell::from(row.email),
            Cell::from(row.first_name),
            Cell::from(row.last_name),
            Cell::from(row.department),
            Cell::from(row.position),
            Cell::from(i64::from(row.line)),
            Cell::from(explanation.reason.text(locale).into_owned()),
        ]
    });
    let rows = std::iter::once(header).chain(rows).collect();
    Ok(file(locale, "companies-import-refused-file", rows))
}
