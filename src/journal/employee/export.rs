//! The whole journal as a file: Markdown to keep or to move, PDF to read or to print. Both are written
//! a batch of pages at a time.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    infra::{
        actor::Employee,
        db::Tx,
        error::{AppError, PageResult},
        export::{self, FileKind},
        i18n,
        page::PageContext,
    },
    journal::{
        markdown, pdf,
        queries::{self, Entry},
    },
};

/// Entries that are open in memory at a time.
const BATCH: i64 = 50;

/// Hands every entry over, the oldest first.
fn each(
    tx: &mut Tx<Employee>,
    mut take: impl FnMut(&Entry) -> Result<bool, AppError>,
) -> Result<(), AppError> {
    let mut after: Option<(DateTime<Utc>, Uuid)> = None;
    loop {
        let batch = queries::entries_after(tx, after, BATCH)?;
        for entry in &batch {
            if !take(entry)? {
                return Ok(());
            }
        }
        match batch.last() {
            Some(last) => after = Some((last.written_at, last.id)),
            None => return Ok(()),
        }
    }
}

fn name(page: &PageContext, now: DateTime<Utc>, ending: &str) -> String {
    let word = i18n::text(page.locale, "journal-export-file");
    let day = now.with_timezone(&page.tz).format("%Y-%m-%d");
    format!("{word}-{day}.{ending}")
}

pub(super) async fn markdown(employee: Employee) -> PageResult {
    let page = employee.page();
    let file = FileKind {
        name: name(&page, employee.app().clock.now(), "md"),
        content_type: "text/markdown; charset=utf-8",
    };
    let reader = page.reader();
    export::download(employee.db(), file, move |tx, sink| {
        sink.write(markdown::head(&reader, tx.now()).as_bytes())?;
        each(tx, |entry| {
            sink.write(markdown::entry(&reader, entry).as_bytes())?;
            Ok(true)
        })
    })
    .await
}

pub(super) async fn pdf(employee: Employee) -> PageResult {
    let page = employee.page();
    let file = FileKind {
        name: name(&page, employee.app().clock.now(), "pdf"),
        content_type: "application/pdf",
    };
    let reader = page.reader();
    export::download(employee.db(), file, move |tx, sink| {
        let mut document = pdf::Document::new(reader, tx.now())?;
        each(tx, |entry| Ok(document.add(entry)))?;
        sink.write(&document.finish()?)
    })
    .await
}
