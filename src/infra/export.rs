//! Files that are written while they are sent: a CSV of any length in the memory of a few chunks.
//!
//! The rows come from one cursor in one transaction, so the file is one consistent state and may be
//! in any order. A transaction holds a connection, so exports take turns ([`AT_A_TIME`]), and a
//! reader who stops reading for [`STALL`] is given up: the download fails visibly, it never looks
//! complete.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::Bytes,
};
use diesel::{
    PgConnection, QueryResult, RunQueryDsl,
    pg::Pg,
    query_builder::{AstPass, QueryFragment, QueryId},
    query_dsl::methods::LoadQuery,
    sql_query,
};
use futures_util::{StreamExt as _, stream};
use tokio::sync::{Semaphore, mpsc};

use super::{
    db::{Db, Tx},
    error::{AppError, PageResult},
    spreadsheet::{Cell, CsvWriter},
};

/// Exports of this process that may run at the same time; the others wait for their turn.
pub const AT_A_TIME: usize = 2;
/// How long a chunk may wait for its reader.
const STALL: Duration = Duration::from_secs(20);
/// Chunks on their way between the transaction and the socket.
const CHUNKS_AHEAD: usize = 2;
/// Bytes of a chunk.
const CHUNK: usize = 32 * 1024;
/// Rows a cursor hands over at once.
const ROWS_AT_ONCE: usize = 500;

static TURNS: Semaphore = Semaphore::const_new(AT_A_TIME);

type Chunk = Result<Bytes, AppError>;

/// The way from the transaction to the socket.
struct Outlet {
    chunks: mpsc::Sender<Chunk>,
    runtime: tokio::runtime::Handle,
}

impl Outlet {
    fn send(&self, chunk: Bytes) -> Result<(), AppError> {
        self.runtime
            .block_on(self.chunks.send_timeout(Ok(chunk), STALL))
            .map_err(|_| AppError::Unavailable("the reader of an export has gone".to_owned()))
    }
}

/// Where an export writes its rows.
pub struct CsvSink {
    writer: CsvWriter,
    outlet: Outlet,
}

impl CsvSink {
    /// Writes a row; waits when the reader is slower than the database.
    ///
    /// # Errors
    /// The reader has gone or reads nothing any more.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), AppError> {
        match self.writer.row(cells) {
            Some(chunk) => self.outlet.send(chunk),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<(), AppError> {
        let writer = std::mem::take(&mut self.writer);
        match writer.finish() {
            Some(chunk) => self.outlet.send(chunk),
            None => Ok(()),
        }
    }
}

/// Where an export writes its bytes.
pub struct ByteSink {
    waiting: Vec<u8>,
    outlet: Outlet,
}

impl ByteSink {
    /// Writes bytes; waits when the reader is slower.
    ///
    /// # Errors
    /// The reader has gone or reads nothing any more.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        for part in bytes.chunks(CHUNK) {
            self.waiting.extend_from_slice(part);
            if self.waiting.len() >= CHUNK {
                self.outlet
                    .send(Bytes::from(std::mem::take(&mut self.waiting)))?;
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<(), AppError> {
        match self.waiting.is_empty() {
            true => Ok(()),
            false => self.outlet.send(Bytes::from(self.waiting)),
        }
    }
}

/// A file that is no CSV: its name with its ending, and its content type.
#[derive(Clone, Debug)]
pub struct FileKind {
    /// Dates and fixed words.
    pub name: String,
    /// `text/markdown; charset=utf-8`.
    pub content_type: &'static str,
}

/// As [`csv_download`], for any other file.
///
/// # Errors
/// As [`csv_download`].
pub async fn download<R: 'static>(
    db: Db<R>,
    file: FileKind,
    write: impl FnOnce(&mut Tx<R>, &mut ByteSink) -> Result<(), AppError> + Send + 'static,
) -> PageResult {
    stream_file(db, file, |tx, outlet| {
        let mut sink = ByteSink {
            waiting: Vec::new(),
            outlet,
        };
        write(tx, &mut sink)?;
        sink.finish()
    })
    .await
}

/// Answers with the CSV file `name` (without its ending), whose rows `write` produces inside one
/// read-only transaction of the asking person.
///
/// # Errors
/// What `write` answers before the first chunk; a later failure breaks the download off.
pub async fn csv_download<R: 'static>(
    db: Db<R>,
    name: &str,
    write: impl FnOnce(&mut Tx<R>, &mut CsvSink) -> Result<(), AppError> + Send + 'static,
) -> PageResult {
    let file = FileKind {
        name: format!("{name}.csv"),
        content_type: "text/csv; charset=utf-8",
    };
    stream_file(db, file, |tx, outlet| {
        let mut sink = CsvSink {
            writer: CsvWriter::new(),
            outlet,
        };
        write(tx, &mut sink)?;
        sink.finish()
    })
    .await
}

async fn stream_file<R: 'static>(
    db: Db<R>,
    file: FileKind,
    write: impl FnOnce(&mut Tx<R>, Outlet) -> Result<(), AppError> + Send + 'static,
) -> PageResult {
    let turn = TURNS.acquire().await.map_err(AppError::internal)?;
    let (sender, mut receiver) = mpsc::channel::<Chunk>(CHUNKS_AHEAD);
    let failed = sender.clone();
    let outlet = Outlet {
        chunks: sender,
        runtime: tokio::runtime::Handle::current(),
    };
    actix_web::rt::spawn(async move {
        let written = db.read(move |tx| write(tx, outlet)).await;
        if let Err(error) = written {
            // Nobody listens when it was the reader who left.
            let _ = failed.send_timeout(Err(error), STALL).await;
        }
        drop(turn);
    });
    // What fails at once (no connection, a refused query) is still an error page.
    let first = receiver.recv().await.unwrap_or_else(|| Ok(Bytes::new()))?;
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((header::CONTENT_DISPOSITION, attachment(file.name)))
        .streaming(chunks(first, receiver)))
}

fn chunks(first: Bytes, receiver: mpsc::Receiver<Chunk>) -> impl stream::Stream<Item = Chunk> {
    stream::once(std::future::ready(Ok(first)))
        .chain(stream::unfold(receiver, |mut receiver| async move {
            Some((receiver.recv().await?, receiver))
        }))
}

/// The name is ours (dates and fixed words), so the plain form is enough.
fn attachment(name: String) -> ContentDisposition {
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    }
}

struct DeclareCursor<Q>(Q);

impl<Q> QueryId for DeclareCursor<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for DeclareCursor<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql("DECLARE export_rows NO SCROLL CURSOR FOR ");
        self.0.walk_ast(out)
    }
}

impl<Q> RunQueryDsl<PgConnection> for DeclareCursor<Q> {}

/// Runs `query` through a cursor and hands its rows over one by one. One at a time per transaction.
///
/// # Errors
/// The database's, or what `each` answers.
pub fn each_row<R, Q, Row>(
    tx: &mut Tx<R>,
    query: Q,
    mut each: impl FnMut(Row) -> Result<(), AppError>,
) -> Result<(), AppError>
where
    Q: QueryFragment<Pg>,
    for<'query> diesel::query_builder::SqlQuery: LoadQuery<'query, PgConnection, Row>,
{
    DeclareCursor(query).execute(tx.conn())?;
    let fetch = format!("FETCH FORWARD {ROWS_AT_ONCE} FROM export_rows");
    loop {
        let rows: Vec<Row> = sql_query(&fetch).load(tx.conn())?;
        let last = rows.len() < ROWS_AT_ONCE;
        rows.into_iter().try_for_each(&mut each)?;
        if last {
            sql_query("CLOSE export_rows").execute(tx.conn())?;
            return Ok(());
        }
    }
}
