//! What a person can know of their own data.

use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    access, consents,
    queries::{self, consents::Given},
    secrets::Secret,
};
use crate::{
    companies::queries::{EmployeeRow, find_employee},
    infra::{
        actor::{Hr, Member, render, see_other, see_other_with},
        db::Tx,
        error::{AppError, PageResult},
        form::Form,
        i18n,
        page::{Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{
        disclosure::Setting,
        model::Activity,
        published::CellView,
        queries::{
            self as metrics,
            disclosure::{self, Cells, Choice, Snapshot},
            usage,
        },
    },
    notifications::queries::addresses::{self, PersonalAddress},
};

/// Months of HR's figures on the page.
const MONTHS: i32 = 6;

/// Mounts the member's pages of this domain.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope
        .get("/privacy", show_privacy)
        .post("/privacy/disclosure", acknowledge);
    access::account::routes(scope);
    consents::account::routes(scope);
    super::export::account::routes(scope);
    super::erasure::account::routes(scope);
    super::departure::routes(scope);
}

/// A month as HR's page has it.
struct Month {
    name: String,
    activity: Activity,
}

/// The last frozen month as HR's page has it.
struct Published {
    month: NaiveDate,
    company: CellView,
    departments: Vec<CellView>,
    bands: bool,
}

impl Published {
    fn new(snapshot: &Snapshot, cells: &Cells) -> Self {
        Self {
            month: snapshot.month,
            company: CellView::company(snapshot),
            departments: cells.departments.iter().map(CellView::department).collect(),
            bands: !cells.bands.is_empty(),
        }
    }
}

/// What HR has no right on.
struct Checked {
    secret: Secret,
    out_of_reach: bool,
}

#[derive(Template)]
#[template(path = "privacy/account/privacy.html")]
struct PrivacyPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    company: String,
    seen: EmployeeRow,
    setting: Setting,
    /// What was chosen, the latest first.
    choices: Vec<Choice>,
    /// By name, for the months that were lived so.
    months: Vec<Month>,
    published: Option<Published>,
    secrets: Vec<Checked>,
    given: Vec<Given>,
    /// How the journal is reached after leaving.
    address: PersonalAddress,
    has_left: bool,
}

impl PrivacyPage {
    /// Whether the database confirms all that the page promises.
    fn holds(&self) -> bool {
        self.secrets.iter().all(|checked| checked.out_of_reach)
    }
}

/// What HR's own queries answer of one person and of the company.
struct Look {
    seen: EmployeeRow,
    setting: Setting,
    choices: Vec<Choice>,
    months: Vec<(NaiveDate, Activity)>,
    published: Option<(Snapshot, Cells)>,
    secrets: Vec<Checked>,
}

fn look(tx: &mut Tx<Hr>, me: Uuid) -> Result<Look, AppError> {
    let today = metrics::today(tx)?;
    let secrets = Secret::ALL
        .into_iter()
        .map(|secret| {
            let out_of_reach = queries::is_out_of_reach(tx, secret)?;
            Ok(Checked {
                secret,
                out_of_reach,
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    let latest = disclosure::snapshots(tx, 1)?.into_iter().next();
    let published = match latest {
        Some(snapshot) => {
            let cells = disclosure::cells(tx, snapshot.month)?;
            Some((snapshot, cells))
        }
        None => None,
    };
    Ok(Look {
        seen: find_employee(tx, me)?,
        setting: disclosure::own_setting(tx, today)?,
        choices: disclosure::own_choices(tx)?,
        months: usage::months_of(tx, me, today, MONTHS)?,
        published,
        secrets,
    })
}

/// Which change somebody has read of.
#[derive(Debug, Deserialize)]
struct AcknowledgementForm {
    #[serde(default)]
    choice: String,
}

async fn acknowledge(member: Member, Form(form): Form<AcknowledgementForm>) -> PageResult {
    let employee = member.employee().ok_or(AppError::NotFound)?;
    let choice = form.choice.parse().map_err(|_| AppError::NotFound)?;
    let known = employee
        .db()
        .write(move |tx| disclosure::acknowledge(tx, choice))
        .await?;
    if !known {
        return Err(AppError::NotFound);
    }
    Ok(see_other_with(
        "/employee",
        Flash::success("privacy-disclosure-read"),
    ))
}

async fn show_privacy(member: Member) -> PageResult {
    let Some(employee) = member.employee() else {
        // Only employees have an employer here; what everybody may know is on the public page.
        return Ok(see_other("/confidentiality"));
    };
    let me = employee.user_id();
    let (given, address) = employee
        .db()
        .read(|tx| Ok((queries::consents::given(tx)?, addresses::own(tx)?)))
        .await?;
    let window = employee
        .employers_window()?
        .read(move |tx| look(tx, me))
        .await?;
    let page = member.page();
    let named = |(first, activity): (NaiveDate, Activity)| Month {
        name: i18n::month_name(page.locale, page.tz, first),
        activity,
    };
    let template = PrivacyPage {
        crumbs: vec![Crumb::new(
            "/account",
            i18n::text(page.locale, "common-account"),
        )],
        company: employee.identity().company_name.clone().unwrap_or_default(),
        seen: window.seen,
        setting: window.setting,
        choices: window.choices,
        months: window.months.into_iter().map(named).collect(),
        published: window
            .published
            .map(|(snapshot, cells)| Published::new(&snapshot, &cells)),
        secrets: window.secrets,
        given,
        address,
        has_left: employee.identity().own_only,
        page,
    };
    if !template.holds() {
        tracing::error!("HR's role has a right on what employees are promised it has none on");
    }
    render(&template.page, &template)
}
