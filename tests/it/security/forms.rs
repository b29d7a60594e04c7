//! Every form of every page, found by reading the pages, with every field hostile in turn: a
//! helpful answer, nothing executed, nothing written by what was refused, never a 500.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use huntzen::infra::session::AccountRole;

use super::{fixtures::World, matrix};
use crate::support::{TestApp, page::Page};

/// Names and values of a form's fields.
pub(super) type Fields = Vec<(String, String)>;

/// What a role's pages offer to send.
#[derive(Default)]
pub(super) struct Offers {
    /// Forms: where they go and which fields they have; and the values of the first one met.
    pub(super) forms: BTreeMap<(String, Vec<String>), Fields>,
    /// Filters: a page and a parameter of its address.
    filters: BTreeSet<(String, String)>,
}

/// What a hostile or clumsy sender puts in a field.
fn hostile_values(world: &World) -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        " ",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE users; --",
        "=HYPERLINK(\"http://evil.example\")",
        "-1",
        "99999999999999999999",
        "1e9",
        "NaN",
        "2026-02-30",
        "0000-00-00T25:61",
        "00000000-0000-0000-0000-000000000000",
        "../../etc/passwd",
        "//evil.example",
        "\u{202e}\u{feff}\u{1f4a9}",
        "line\r\nSet-Cookie: a=b",
        "nul\0nul",
    ]
    .map(str::to_owned)
    .to_vec();
    values.push("é".repeat(8_000));
    // An id that exists and belongs to somebody else.
    values.push(world.foreign.employee.id.to_string());
    values
}

/// What a person of the role meets on its own pages.
pub(super) async fn offers(app: &TestApp, world: &World, role: AccountRole) -> Offers {
    let client = app.client().signed_in_as(world.account(role));
    let mut offers = Offers::default();
    for route in &app.routes.0 {
        // What everybody meets is read once, with the super admin's pages.
        let concerns = matrix::is_only_for(route, role)
            || (role == AccountRole::SuperAdmin && matrix::admits(route, role));
        if route.method != Method::GET || !concerns {
            continue;
        }
        let path = matrix::own_path(world, route);
        let page = client.get(&path).await;
        let is_page = page
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if page.status != 200 || !is_page {
            continue;
        }
        for action in page.attributes("form[method=post]", "action") {
            let is_everybody_s = ["/account", "/preferences", "/logout"]
                .iter()
                .any(|own| action.starts_with(own));
            if is_everybody_s && role != AccountRole::SuperAdmin {
                continue;
            }
            let mut fields = page.form(&action);
            fields.retain(|(name, _)| name != "csrf");
            fields.sort();
            let names = fields.iter().map(|(name, _)| name.clone()).collect();
            offers.forms.entry((action, names)).or_insert(fields);
        }
        let mut names =
            page.attributes("form[method=get] [name], form:not([method]) [name]", "name");
        for link in page.attributes("a[href*='?']", "href") {
            let (target, query) = link.split_once('?').unwrap_or_default();
            if target.is_empty() || target == path {
                names.extend(
                    query
                        .split('&')
                        .filter_map(|pair| pair.split('=').next())
                        .map(str::to_owned),
                );
            }
        }
        offers
            .filters
            .extend(names.into_iter().map(|name| (path.clone(), name)));
    }
    offers
}

/// Everything that is written down, but for the trails of attempts and of who looked: a form that comes
/// back shows again what it is about.
fn fingerprint(app: &TestApp) -> String {
    let tables = app
        .text(
            "SELECT string_agg(format('SELECT %L AS t, md5(string_agg(x::text, '','' ORDER BY x::text)) AS h FROM %I x', relname, relname), ' UNION ALL ')
             FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
               AND relname NOT IN ('sessions', 'sign_in_attempts', 'security_events', 'data_accesses',
                                   'company_domain_claims')",
        )
        .expect("the tables");
    app.text(&format!(
        "SELECT string_agg(t || coalesce(h, ''), ' ' ORDER BY t) FROM ({tables}) AS every_table"
    ))
    .expect("a fingerprint")
}

fn problem(page: &Page) -> Option<&'static str> {
    let text = page.text();
    if page.status >= 500 {
        Some("a failure of ours")
    } else if text.contains("<script>alert") || text.contains("onerror=alert(1)>") {
        Some("markup is repeated as markup")
    } else if page.status >= 400 && page.texts("h1").len() != 1 {
        Some("no page that helps")
    } else if page
        .header("location")
        .is_some_and(|to| to.contains("evil") || to.starts_with("//"))
    {
        Some("leads to another site")
    } else {
        None
    }
}

async fn withstands(role: AccountRole) {
    let app = TestApp::start().await;
    let world = World::build(&app);
    let offers = offers(&app, &world, role).await;
    let something = !offers.forms.is_empty() || !offers.filters.is_empty();
    assert!(something, "{} meets neither form nor filter", role.as_str());
    let mut problems = Vec::new();
    for ((action, names), defaults) in &offers.forms {
        for at in 0..names.len() {
            for value in hostile_values(&world) {
                let mut fields: Vec<(&str, &str)> = defaults
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                fields[at].1 = &value;
                let before = fingerprint(&app);
                let client = app.client().signed_in_as(world.account(role));
                let page = client.post(action, &fields).await;
                let written = page.status >= 400 && fingerprint(&app) != before;
                let found =
                    problem(&page).or(written.then_some("refused, and yet something was written"));
                problems
                    .extend(found.map(|found| report(action, &names[at], &value, &page, found)));
            }
        }
        let client = app.client().signed_in_as(world.account(role));
        let page = client.post(action, &[]).await;
        problems.extend(problem(&page).map(|found| report(action, "nothing", "", &page, found)));
    }
    let client = app.client().signed_in_as(world.account(role));
    for (path, name) in &offers.filters {
        for value in hostile_values(&world) {
            let query = serde_urlencoded::to_string([(name, &value)]).expect("a query");
            let page = client.get(&format!("{path}?{query}")).await;
            problems.extend(problem(&page).map(|found| report(path, name, &value, &page, found)));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

fn report(path: &str, field: &str, value: &str, page: &Page, found: &str) -> String {
    let value: String = value.chars().take(40).collect();
    format!("{path} {field}={value:?}: {}: {found}", page.status)
}

#[tokio::test]
async fn an_employee_s_forms_withstand_hostile_fields() {
    withstands(AccountRole::Employee).await;
}

#[tokio::test]
async fn a_practitioner_s_forms_withstand_hostile_fields() {
    withstands(AccountRole::Practitioner).await;
}

#[tokio::test]
async fn hr_s_forms_withstand_hostile_fields() {
    withstands(AccountRole::Hr).await;
}

#[tokio::test]
async fn an_admin_s_forms_withstand_hostile_fields() {
    withstands(AccountRole::Admin).await;
}

#[tokio::test]
async fn a_super_admin_s_forms_withstand_hostile_fields() {
    withstands(AccountRole::SuperAdmin).await;
}
