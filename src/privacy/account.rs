//! What a person can know of their own data.

use askama::Template;
use chrono::NaiveDate;

use super::{
    access, consents,
    queries::{self, consents::Given},
    secrets::Secret,
};
use crate::{
    companies::queries::{EmployeeRow, find_employee},
    infra::{
        actor::{Member, render, see_other},
        error::{AppError, PageResult},
        i18n,
        page::{Crumb, PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{
        model::Activity,
        queries::{self as metrics, usage},
    },
    notifications::queries::addresses::{self, PersonalAddress},
};

/// Months of HR's figures on the page.
const MONTHS: i32 = 6;

/// Mounts the member's pages of this domain.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope.get("/privacy", show_privacy);
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
    months: Vec<Month>,
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
    let (seen, months, secrets) = employee
        .employers_window()?
        .read(move |tx| {
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
            Ok((
                find_employee(tx, me)?,
                usage::months_of(tx, me, today, MONTHS)?,
                secrets,
            ))
        })
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
        seen,
        months: months.into_iter().map(named).collect(),
        secrets,
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
