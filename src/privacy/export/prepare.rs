//! Making a copy, step by step.

use chrono::{DateTime, Utc};

use super::{
    archive::Archive,
    page::{Content, Copied, Head, Index, Row, STYLE, Section, cells, json},
    tables::{Chapter, Table, chapters, extension},
};
use crate::{
    chat::queries::attachments,
    infra::{
        actor::{Actor, Admin, Asker, Employee, Hr, Kind, Practitioner, SuperAdmin, Worker, kinds},
        db::Tx,
        envelope::Confidant,
        error::AppError,
        i18n::Locale,
        jobs::{JobContext, JobError},
        page::Reader,
        session::AccountRole,
    },
    privacy::queries::export::{self as queries, PrepareExport},
};

/// One bounded piece of the work.
#[derive(Clone, Copy)]
pub enum Step {
    /// The rows of a table, for machines.
    Json(&'static Table),
    /// A page, for people.
    Page(&'static Chapter),
    /// The files that belong to the person.
    Files,
    /// The first page, which completes the file.
    Index,
}

/// What there is to do for a role.
#[must_use]
pub fn steps(role: AccountRole) -> Vec<Step> {
    let chapters = chapters(role).iter();
    let mut steps: Vec<Step> = chapters
        .flat_map(|chapter| {
            let tables = chapter.tables.iter().map(Step::Json);
            tables.chain([Step::Page(chapter)])
        })
        .collect();
    steps.extend([Step::Files, Step::Index]);
    steps
}

/// Whoever has files of their own beside the rows.
pub trait HasFiles: Copied {
    /// Hands each over, with its place in the archive: one in memory at a time.
    ///
    /// # Errors
    /// The database's, or what `take` answers.
    fn each_file(tx: &mut Tx<Self>, take: TakeFile<'_, Self>) -> Result<(), AppError> {
        let _ = (tx, take);
        Ok(())
    }
}

impl HasFiles for Hr {}
impl HasFiles for Admin {}
impl HasFiles for SuperAdmin {}

impl HasFiles for Employee {
    fn each_file(tx: &mut Tx<Self>, take: TakeFile<'_, Self>) -> Result<(), AppError> {
        for file in queries::attachments(tx)? {
            match attachments::open(tx, file.consultation_id, file.id) {
                Ok(opened) => {
                    let path = format!("files/{}.{}", file.id, extension(&file.kind));
                    take(tx, &path, &opened.content)?;
                }
                // Its row says that it cannot be read.
                Err(AppError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl HasFiles for Practitioner {
    fn each_file(tx: &mut Tx<Self>, take: TakeFile<'_, Self>) -> Result<(), AppError> {
        match queries::portrait(tx)? {
            Some(image) => take(tx, "files/portrait.jpg", &image),
            None => Ok(()),
        }
    }
}

/// A copy under way.
pub struct Copy {
    archive: Option<Archive>,
    reader: Reader,
    role: AccountRole,
    made_at: DateTime<Utc>,
    contents: Vec<Content>,
}

/// What becomes of a file: its place in the archive, and its bytes.
type TakeFile<'a, R> = &'a mut dyn FnMut(&mut Tx<R>, &str, &[u8]) -> Result<(), AppError>;

/// Where whole pieces of the file go.
pub type Out<'a, R> = &'a mut dyn FnMut(&mut Tx<R>, &[u8]) -> Result<(), AppError>;

impl Copy {
    /// An empty one, in the person's language and on their clock.
    #[must_use]
    pub fn new(role: AccountRole, reader: Reader, made_at: DateTime<Utc>) -> Self {
        Self {
            archive: Some(Archive::new(
                made_at.with_timezone(&reader.tz).naive_local(),
            )),
            reader,
            role,
            made_at,
            contents: Vec::new(),
        }
    }

    fn archive(&mut self) -> Result<&mut Archive, AppError> {
        self.archive
            .as_mut()
            .ok_or_else(|| AppError::internal("a copy is complete already"))
    }

    /// Takes a step.
    ///
    /// # Errors
    /// The database's, or what `out` answers.
    pub fn take<R: HasFiles>(
        &mut self,
        tx: &mut Tx<R>,
        step: Step,
        out: Out<'_, R>,
    ) -> Result<(), AppError> {
        match step {
            Step::Json(table) => self.write_json(tx, table, out),
            Step::Page(chapter) => self.write_page(tx, chapter, out),
            Step::Files => {
                let archive = self.archive()?;
                R::each_file(tx, &mut |tx, path, content| {
                    archive.store(path, content)?;
                    hand_over(archive, tx, out)
                })
            }
            Step::Index => self.complete(tx, out),
        }
    }

    fn write_json<R: HasFiles>(
        &mut self,
        tx: &mut Tx<R>,
        table: &'static Table,
        out: Out<'_, R>,
    ) -> Result<(), AppError> {
        let reader = self.reader;
        let archive = self.archive()?;
        archive.begin(&format!("json/{}.json", table.name))?;
        archive.write(b"[")?;
        let mut rows = 0_i64;
        queries::each_row(tx, table.sql, |tx, row| {
            let row = json(cells(tx, reader, row, table.fields));
            let text = serde_json::to_string_pretty(&row).map_err(AppError::internal)?;
            archive.write(if rows == 0 { b"\n" } else { b",\n" })?;
            archive.write(text.as_bytes())?;
            rows += 1;
            hand_over(archive, tx, out)
        })?;
        archive.write(b"\n]\n")?;
        self.contents.push(Content {
            page: "",
            name: table.name,
            title: table.title,
            rows,
        });
        Ok(())
    }

    fn write_page<R: HasFiles>(
        &mut self,
        tx: &mut Tx<R>,
        chapter: &'static Chapter,
        out: Out<'_, R>,
    ) -> Result<(), AppError> {
        let reader = self.reader;
        // The chapter's tables were counted just before.
        let first = self.contents.len() - chapter.tables.len();
        let counts: Vec<i64> = self.contents[first..]
            .iter()
            .map(|line| line.rows)
            .collect();
        for line in &mut self.contents[first..] {
            line.page = chapter.name;
        }
        let archive = self.archive()?;
        archive.begin(&format!("pages/{}.html", chapter.name))?;
        let head = Head {
            locale: reader.locale.code(),
            title: chapter.title,
        };
        write(archive, reader, &head)?;
        for (table, rows) in chapter.tables.iter().zip(counts) {
            let section = Section {
                name: table.name,
                title: table.title,
                rows,
            };
            write(archive, reader, &section)?;
            queries::each_row(tx, table.sql, |tx, row| {
                let cells = cells(tx, reader, row, table.fields);
                write(archive, reader, &Row { cells })?;
                hand_over(archive, tx, out)
            })?;
        }
        archive.write(b"</main>\n</body>\n</html>\n")?;
        hand_over(archive, tx, out)
    }

    fn complete<R: HasFiles>(&mut self, tx: &mut Tx<R>, out: Out<'_, R>) -> Result<(), AppError> {
        let index = Index {
            locale: self.reader.locale.code(),
            made_at: self.made_at,
            contents: std::mem::take(&mut self.contents),
            is_employee: self.role == AccountRole::Employee,
            is_practitioner: self.role == AccountRole::Practitioner,
        };
        let reader = self.reader;
        let archive = self.archive()?;
        archive.begin("style.css")?;
        archive.write(STYLE.as_bytes())?;
        archive.begin("index.html")?;
        write(archive, reader, &index)?;
        hand_over(archive, tx, out)?;
        let archive = self.archive.take();
        let rest = archive
            .map(Archive::finish)
            .transpose()?
            .unwrap_or_default();
        out(tx, &rest)
    }
}

fn write<T: askama::Template>(
    archive: &mut Archive,
    reader: Reader,
    template: &T,
) -> Result<(), AppError> {
    let text = reader.render(template).map_err(AppError::internal)?;
    archive.write(text.as_bytes())
}

/// Hands whole pieces over, so that what waits stays small.
fn hand_over<R>(archive: &Archive, tx: &mut Tx<R>, out: Out<'_, R>) -> Result<(), AppError> {
    while let Some(part) = archive.take_part() {
        out(tx, &part)?;
    }
    Ok(())
}

/// Prepares the copy that somebody asked for, in their own name.
///
/// # Errors
/// The database's: tried again, from the beginning.
pub async fn prepare(context: JobContext, job: PrepareExport) -> Result<(), JobError> {
    let export = job.export_id;
    let order = context
        .db()
        .read(move |tx| queries::order(tx, export))
        .await?;
    let Some(order) = order else {
        return Ok(());
    };
    let Some(role) = AccountRole::parse(&order.role) else {
        return Err(JobError::Hopeless("an unknown role".to_owned()));
    };
    let asker = Asker {
        role,
        user_id: order.user_id,
        company_id: order.company_id,
        own_only: order.own_only,
    };
    let reader = Reader {
        locale: Locale::from_code(&order.locale).unwrap_or_default(),
        tz: order.timezone.parse().unwrap_or(chrono_tz::Europe::Paris),
    };
    match role {
        AccountRole::Employee => prepare_for::<kinds::Employee>(&context, job, asker, reader).await,
        AccountRole::Practitioner => {
            prepare_for::<kinds::Practitioner>(&context, job, asker, reader).await
        }
        // Theirs are written while they are downloaded.
        AccountRole::Hr | AccountRole::Admin | AccountRole::SuperAdmin => Ok(()),
    }
}

async fn prepare_for<K: Kind>(
    context: &JobContext,
    job: PrepareExport,
    asker: Asker,
    reader: Reader,
) -> Result<(), JobError>
where
    Actor<K>: HasFiles + Confidant,
{
    let Some(door) = Worker::for_whoever_asked::<K>(context.app(), asker) else {
        return Ok(());
    };
    let export = job.export_id;
    let steps = steps(asker.role);
    let count = i32::try_from(steps.len()).map_err(AppError::internal)?;
    door.write(move |tx| queries::begin(tx, export, count))
        .await?;
    let mut copy = Copy::new(asker.role, reader, context.now());
    let (mut parts, mut size) = (0_i32, 0_i64);
    for step in steps {
        (copy, parts, size) = door
            .write(move |tx| {
                copy.take(tx, step, &mut |tx, bytes| {
                    queries::keep(tx, export, parts, bytes)?;
                    parts += 1;
                    size += i64::try_from(bytes.len()).map_err(AppError::internal)?;
                    Ok(())
                })?;
                queries::advance(tx, export, (parts, size))?;
                Ok((copy, parts, size))
            })
            .await?;
    }
    Ok(())
}
