//! `/rh/usage` where people are not seen by name: a frozen month of the company, of its departments or in
//! bands, and what is hidden of it.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};

use super::{PATH, borrowed};
use crate::{
    infra::{
        actor::{Hr, render_status},
        db::Tx,
        error::{AppError, PageResult},
        export, i18n,
        i18n::{Locale, Message},
        page::{Choice, PageContext, Pagination, filters},
        spreadsheet::Cell,
    },
    metrics::{
        disclosure::{
            Reason, Setting,
            bands::{self, Band},
        },
        model::{Activity, BadPeriod, Period},
        picker::{self, Step},
        published::{self, CellView},
        queries::disclosure::{self as queries, Cells, Snapshot},
    },
};

/// Months the list offers.
const MONTHS: i64 = 24;

/// What one transaction reads.
pub(super) struct Figures {
    month: Period,
    refusal: Option<BadPeriod>,
    setting: Setting,
    snapshots: Vec<Snapshot>,
    cells: Cells,
    pages: Pagination,
}

impl Figures {
    fn snapshot(&self) -> Option<&Snapshot> {
        self.snapshots
            .iter()
            .find(|snapshot| snapshot.month == self.month.first())
    }
}

/// The list's names belong to its month alone.
fn listed(month: NaiveDate, bands: &[Band]) -> Vec<(String, Band)> {
    use chrono::Datelike as _;
    bands::pseudonyms(month.num_days_from_ce().unsigned_abs().into(), bands)
}

/// How many people have a line of their own in a list.
fn lines(cells: &Cells) -> i64 {
    let people: usize = cells.bands.iter().map(|band| band.people).sum();
    i64::try_from(people).unwrap_or(i64::MAX)
}

pub(super) fn read(
    tx: &mut Tx<Hr>,
    (month, today): (Result<Period, BadPeriod>, NaiveDate),
    number: Option<i64>,
    path: &str,
) -> Result<Figures, AppError> {
    let closed = crate::metrics::jobs::last_closed(today).unwrap_or(today);
    let (month, refusal) = match month {
        Ok(month) => (month, None),
        Err(bad) => (Period::month_of(closed), Some(bad)),
    };
    let cells = queries::cells(tx, month.first())?;
    Ok(Figures {
        setting: queries::own_setting(tx, month.first())?,
        snapshots: queries::snapshots(tx, MONTHS)?,
        pages: Pagination::new(number.unwrap_or(1), lines(&cells), path),
        month,
        refusal,
        cells,
    })
}

/// A person's line: which band, under a name that says nothing.
struct Line {
    name: String,
    band: Message,
}

/// A band's line.
struct BandLine {
    band: Message,
    people: i64,
}

fn band_words(band: &Band) -> Message {
    let from = i64::from(band.from);
    match band.to {
        None if band.from == 1 => Message::new("metrics-band-any"),
        None => Message::new("metrics-band-from").with("from", from),
        Some(to) => Message::new("metrics-band")
            .with("from", from)
            .with("to", i64::from(to)),
    }
}

#[derive(Template)]
#[template(path = "metrics/hr/figures.html")]
struct FiguresPage {
    page: PageContext,
    error: Option<Message>,
    months: Vec<Choice>,
    chosen_month: String,
    month: NaiveDate,
    previous: Option<Step>,
    next: Option<Step>,
    setting: Setting,
    freezes_on: Option<NaiveDate>,
    frozen: Option<Frozen>,
    file_href: String,
}

/// A month that is frozen.
struct Frozen {
    at: DateTime<Utc>,
    waiting: i64,
    company: CellView,
    half_stars: Option<i64>,
    departments: Vec<CellView>,
    bands: Vec<BandLine>,
    lines: Vec<Line>,
    pages: Pagination,
    hidden: i64,
    why: Vec<(Reason, i64)>,
}

impl Frozen {
    fn new(snapshot: &Snapshot, cells: &Cells, pages: Pagination) -> Self {
        let company = CellView::company(snapshot);
        let departments: Vec<CellView> =
            cells.departments.iter().map(CellView::department).collect();
        let (offset, limit) = (pages.offset(), pages.limit());
        let whole = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        Self {
            at: snapshot.frozen_at,
            waiting: snapshot.headcount - snapshot.counted,
            half_stars: snapshot.half_stars,
            bands: cells
                .bands
                .iter()
                .map(|band| BandLine {
                    band: band_words(band),
                    people: i64::try_from(band.people).unwrap_or(i64::MAX),
                })
                .collect(),
            lines: listed(snapshot.month, &cells.bands)
                .into_iter()
                .skip(whole(offset))
                .take(whole(limit))
                .map(|(name, band)| Line {
                    name,
                    band: band_words(&band),
                })
                .collect(),
            hidden: snapshot.hidden,
            why: published::why(std::iter::once(&company).chain(&departments)),
            company,
            departments,
            pages,
        }
    }

    /// Stars out of five.
    fn stars(&self) -> Option<f64> {
        self.half_stars.map(|half| half as f64 / 2.0)
    }
}

impl FiguresPage {
    fn new(page: PageContext, figures: Figures) -> Self {
        let at_month = |month: Period| Step {
            href: picker::address(PATH, &borrowed(&[("month", month.to_string())])),
            label: picker::label(&page, &month),
        };
        let latest = figures.snapshots.first().map(|snapshot| snapshot.month);
        let mut months: Vec<Period> = figures
            .snapshots
            .iter()
            .map(|snapshot| Period::month_of(snapshot.month))
            .collect();
        if !months.contains(&figures.month) {
            months.push(figures.month);
            months.sort_by_key(|month| std::cmp::Reverse(month.first()));
        }
        let chosen_month = figures.month.to_string();
        Self {
            error: figures.refusal.map(picker::explain),
            months: months
                .iter()
                .map(|month| Choice::new(month.to_string(), picker::label(&page, month)))
                .collect(),
            previous: figures.month.previous().map(at_month),
            next: figures
                .month
                .next()
                .filter(|next| latest.is_some_and(|latest| next.first() <= latest))
                .map(at_month),
            setting: figures.setting,
            month: figures.month.first(),
            freezes_on: published::freezing_day(figures.month.first()),
            frozen: figures
                .snapshot()
                .map(|snapshot| Frozen::new(snapshot, &figures.cells, figures.pages.clone())),
            file_href: picker::address("/rh/usage.csv", &[("month", &chosen_month)]),
            chosen_month,
            page,
        }
    }
}

pub(super) fn render(page: PageContext, figures: Figures) -> PageResult {
    let status = match figures.refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let template = FiguresPage::new(page, figures);
    render_status(&template.page, &template, status)
}

/// The cells of a month, as the page has them.
pub(super) async fn download(hr: Hr, month: Period) -> PageResult {
    let locale = hr.page().locale;
    let name = format!("{}-{month}", i18n::text(locale, "metrics-usage-file"));
    export::csv_download(hr.db(), &name, move |tx, sink| {
        let text = |key| Cell::from(i18n::text(locale, key));
        let heads = [
            "metrics-csv-month",
            "metrics-csv-group",
            "metrics-csv-accounts",
            "metrics-csv-users",
        ]
        .map(text);
        sink.row(
            heads
                .into_iter()
                .chain(picker::figure_heads(locale))
                .chain([text("metrics-csv-hidden")]),
        )?;
        let snapshots = queries::snapshots(tx, MONTHS)?;
        let Some(snapshot) = snapshots
            .iter()
            .find(|snapshot| snapshot.month == month.first())
        else {
            return Ok(());
        };
        let cells = queries::cells(tx, month.first())?;
        let company = CellView {
            name: i18n::text(locale, "metrics-group-company").to_owned(),
            ..CellView::company(snapshot)
        };
        let departments = cells.departments.iter().map(CellView::department);
        for cell in std::iter::once(company).chain(departments) {
            sink.row(row(locale, month, cell))?;
        }
        for (name, band) in listed(snapshot.month, &cells.bands) {
            let words = band_words(&band).text(locale).into_owned();
            let empty = std::iter::repeat_n(Cell::Empty, 5);
            let line = [
                month.to_string().into(),
                name.into(),
                Cell::Empty,
                words.into(),
            ];
            sink.row(line.into_iter().chain(empty))?;
        }
        Ok(())
    })
    .await
}

fn row(locale: Locale, month: Period, cell: CellView) -> Vec<Cell> {
    let mut row: Vec<Cell> = vec![
        month.to_string().into(),
        cell.name.into(),
        cell.people.into(),
    ];
    match cell.hidden {
        Some(reason) => {
            row.extend(std::iter::repeat_n(Cell::Empty, 5));
            row.push(i18n::text(locale, reason.text_key()).into());
        }
        None => {
            row.push(cell.users.into());
            let activity: Activity = cell.activity;
            row.extend(picker::figures(locale, activity));
            row.push(Cell::Empty);
        }
    }
    row
}
