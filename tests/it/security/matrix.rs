//! The access matrix: every mounted route × anonymous and five roles × own and foreign things,
//! generated from the route table. A route that cannot be placed in it fails.

use actix_web::http::Method;
use huntzen::infra::{role_scope::MountedRoute, session::AccountRole};

use super::fixtures::World;
use crate::support::{TestApp, client::Client, page::Page};

/// Who a route is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Audience {
    Role(AccountRole),
    /// A practitioner, and the platform's admins.
    PractitionerOrAdmin,
    Member,
    Visitor,
}

impl Audience {
    fn of(route: &MountedRoute) -> Self {
        match route.audience {
            "member" => Self::Member,
            "visitor" => Self::Visitor,
            "practitioner|admin" => Self::PractitionerOrAdmin,
            name => Self::Role(
                AccountRole::parse(name)
                    .unwrap_or_else(|| panic!("{}: nobody knows the audience {name}", route.path)),
            ),
        }
    }

    fn admits(self, role: AccountRole) -> bool {
        match self {
            Self::Role(own) => own == role,
            Self::PractitionerOrAdmin => {
                matches!(role, AccountRole::Practitioner | AccountRole::Admin)
            }
            Self::Member | Self::Visitor => true,
        }
    }
}

/// The path with every parameter filled: with own values, and with foreign ones where they differ.
fn paths(world: &World, route: &MountedRoute) -> (String, Option<String>) {
    let (mut own, mut foreign, mut differs) = (String::new(), String::new(), false);
    let mut parent = "";
    for segment in route.path.split('/').skip(1) {
        own.push('/');
        foreign.push('/');
        match segment
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
        {
            None => {
                own.push_str(segment);
                foreign.push_str(segment);
                parent = segment;
            }
            Some((name, suffix)) => {
                let parameter = world.parameter(parent, name).unwrap_or_else(|| {
                    panic!(
                        "{}: no fixture for {{{name}}} after {parent:?}; add it to tests/it/security/fixtures.rs",
                        route.path
                    )
                });
                differs |= parameter.foreign.is_some();
                own.push_str(&format!("{}{suffix}", parameter.own));
                foreign.push_str(&format!(
                    "{}{suffix}",
                    parameter.foreign.unwrap_or(parameter.own)
                ));
            }
        }
    }
    (own, differs.then_some(foreign))
}

/// Whether the route is for this role, among others.
pub fn admits(route: &MountedRoute, role: AccountRole) -> bool {
    Audience::of(route).admits(role)
}

/// Whether the route is this role's own.
pub fn is_only_for(route: &MountedRoute, role: AccountRole) -> bool {
    Audience::of(route) == Audience::Role(role)
}

/// The route's path, filled with own values.
pub fn own_path(world: &World, route: &MountedRoute) -> String {
    paths(world, route).0
}

struct Matrix {
    app: TestApp,
    world: World,
    failures: Vec<String>,
}

impl Matrix {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app);
        Self {
            app,
            world,
            failures: Vec::new(),
        }
    }

    fn routes(&self) -> Vec<MountedRoute> {
        let routes = self.app.routes.0.clone();
        assert!(
            routes.len() > 10,
            "only {} routes are mounted",
            routes.len()
        );
        routes
    }

    fn signed_in(&self, role: AccountRole) -> Client {
        self.app.client().signed_in_as(self.world.account(role))
    }

    fn expect(&mut self, holds: bool, who: &str, page: &Page, wanted: &str) {
        if !holds {
            self.failures.push(format!(
                "{} as {who}: {} {}, wanted {wanted}",
                page.request,
                page.status,
                page.header("location").unwrap_or_default()
            ));
        }
    }

    fn verdict(self) {
        assert!(self.failures.is_empty(), "\n{}\n", self.failures.join("\n"));
    }
}

/// A request without any content but the form token.
async fn visit(client: &Client, method: &Method, path: &str) -> Page {
    if method == Method::POST {
        client.post(path, &[]).await
    } else {
        client.get(path).await
    }
}

/// A person is sent to a page, a program is told.
fn sent_to_sign_in(page: &Page) -> bool {
    page.status == 401 && page.header("content-type") == Some("application/problem+json")
        || page.status == 303
            && page
                .header("location")
                .is_some_and(|to| to.starts_with("/login"))
}

#[tokio::test]
async fn the_anonymous_are_sent_to_sign_in_from_everything_that_is_not_public() {
    let mut matrix = Matrix::start().await;
    for route in matrix.routes() {
        let (path, _) = paths(&matrix.world, &route);
        let page = visit(&matrix.app.client(), &route.method, &path).await;
        match (Audience::of(&route), &route.method) {
            (Audience::Visitor, &Method::GET) => {
                let shown = page.status < 500 && page.status != 404 && !sent_to_sign_in(&page);
                matrix.expect(shown, "anonymous", &page, "a page");
            }
            (Audience::Visitor, _) => {
                matrix.expect(page.status < 500, "anonymous", &page, "no failure");
            }
            _ => matrix.expect(sent_to_sign_in(&page), "anonymous", &page, "303 to /login"),
        }
    }
    matrix.verdict();
}

#[tokio::test]
async fn every_role_reads_its_own_pages_and_finds_nothing_else() {
    let mut matrix = Matrix::start().await;
    for role in AccountRole::ALL {
        let client = matrix.signed_in(role);
        for route in matrix.routes() {
            let audience = Audience::of(&route);
            let (path, foreign) = paths(&matrix.world, &route);
            if !audience.admits(role) {
                let page = visit(&client, &route.method, &path).await;
                matrix.expect(page.status == 404, role.as_str(), &page, "404");
                continue;
            }
            if route.method == Method::GET {
                let page = client.get(&path).await;
                let gone = audience == Audience::Visitor && page.status == 410;
                let shown = (page.status < 400 || gone) && !sent_to_sign_in(&page);
                matrix.expect(shown, role.as_str(), &page, "its own page");
            }
            if let (Some(foreign), Audience::Role(_)) = (foreign, audience) {
                let page = visit(&client, &route.method, &foreign).await;
                matrix.expect(
                    page.status == 404,
                    role.as_str(),
                    &page,
                    "404 for another's thing",
                );
            }
        }
    }
    matrix.verdict();
}

#[tokio::test]
async fn no_form_is_accepted_without_its_token_or_from_another_site() {
    let mut matrix = Matrix::start().await;
    let stranger = matrix
        .app
        .client()
        .signed_in_as(&matrix.world.foreign.employee);
    for route in matrix.routes() {
        if route.method != Method::POST {
            continue;
        }
        let (path, _) = paths(&matrix.world, &route);
        let role = match Audience::of(&route) {
            Audience::Role(role) => role,
            _ => AccountRole::Employee,
        };
        let client = matrix.signed_in(role);
        let page = client.post_as_is(&path, &[]).await;
        matrix.expect(page.status == 403, "own role, no token", &page, "403");

        let page = client
            .post_as_is(&path, &[("csrf", &stranger.form_token())])
            .await;
        matrix.expect(
            page.status == 403,
            "own role, another's token",
            &page,
            "403",
        );

        for headers in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let client = matrix.signed_in(role).with_header(headers.0, headers.1);
            let page = client.post(&path, &[]).await;
            matrix.expect(page.status == 403, &format!("{headers:?}"), &page, "403");
        }
        assert!(client.session_id().is_some(), "{path} ended a session");
    }
    matrix.verdict();
}

#[tokio::test]
async fn other_methods_answer_no_page() {
    let mut matrix = Matrix::start().await;
    let client = matrix.signed_in(AccountRole::Employee);
    for route in matrix.routes() {
        let (path, _) = paths(&matrix.world, &route);
        for method in ["PUT", "PATCH", "DELETE"] {
            let page = client.send(method, &path, &[], Vec::new()).await;
            matrix.expect(
                matches!(page.status, 404 | 405),
                "employee",
                &page,
                "404 or 405",
            );
        }
    }
    matrix.verdict();
}

#[tokio::test]
async fn paths_that_do_not_exist_do_not_exist_for_anybody() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let mut clients = vec![app.client()];
    clients.extend(
        app.one_of_each(&company)
            .iter()
            .map(|account| app.client().signed_in_as(account)),
    );
    for client in &clients {
        for path in [
            "/nothing",
            "/employee/nothing",
            "/employee/../rh",
            "/rh/%2e%2e/admin",
            "//evil.example/",
            "/account/nothing",
            "/static/../Cargo.toml",
            "/static/%2e%2e%2fCargo.toml",
            "/styleguide",
            "/dev/mailbox",
            "/%00",
            "/employee/%ff",
        ] {
            let page = client.get(path).await;
            assert!(
                matches!(page.status, 303 | 400 | 404),
                "{path}: {}",
                page.status
            );
            page.assert_nowhere("huntzen::");
        }
    }
}
