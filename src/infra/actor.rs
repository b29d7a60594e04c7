//! Who is asking. An extractor per role; each carries the only door to the database that its
//! handlers get.
//!
//! `Employee`, `Practitioner`, `Hr`, `Admin`, `SuperAdmin` refuse everybody else with 404 (a space
//! that is not yours does not exist for you) and send the anonymous to sign in. `Member` is any
//! signed-in person. `Visitor` is anybody. `Worker` is no extractor: jobs run as it.

use std::{future::Future, marker::PhantomData, pin::Pin};

use actix_session::{Session, SessionExt as _};
use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header::REFERER},
    web,
};
use askama::Template;
use uuid::Uuid;

use super::{
    app::App,
    db::{Db, Identity, PgRole},
    error::{AppError, PageResult},
    live::{Full, Inspect, Pass, Seat, Topic},
    origin,
    page::{PageContext, Space},
    session::{self, AccountRole, Proven, SessionIdentity},
    shell,
    window::Window,
};

/// A kind of signed-in person.
pub trait Kind: 'static {
    /// Whose space it is; `None` for any signed-in person.
    const ROLE: Option<AccountRole>;
    /// The layout of its pages.
    const SPACE: Space;
}

/// The kinds, as types.
pub mod kinds {
    use super::{AccountRole, Kind, Space};

    macro_rules! kind {
        ($(#[$doc:meta])* $name:ident, $role:expr, $space:expr) => {
            $(#[$doc])*
            pub enum $name {}
            impl Kind for $name {
                const ROLE: Option<AccountRole> = $role;
                const SPACE: Space = $space;
            }
        };
    }
    kind!(/// R5.
        Employee, Some(AccountRole::Employee), Space::Employee);
    kind!(/// R4.
        Practitioner, Some(AccountRole::Practitioner), Space::Practitioner);
    kind!(/// R3.
        Hr, Some(AccountRole::Hr), Space::Hr);
    kind!(/// R2.
        Admin, Some(AccountRole::Admin), Space::Admin);
    kind!(/// R1.
        SuperAdmin, Some(AccountRole::SuperAdmin), Space::SuperAdmin);
    kind!(/// Any of them.
        Member, None, Space::Account);
}

/// A signed-in person of kind `K`.
pub struct Actor<K: Kind> {
    request: HttpRequest,
    app: web::Data<App>,
    identity: SessionIdentity,
    kind: PhantomData<fn() -> K>,
}

/// An employee of a client company.
pub type Employee = Actor<kinds::Employee>;
/// A practitioner.
pub type Practitioner = Actor<kinds::Practitioner>;
/// A company's HR.
pub type Hr = Actor<kinds::Hr>;
/// HuntZen's platform admin.
pub type Admin = Actor<kinds::Admin>;
/// The technical operator.
pub type SuperAdmin = Actor<kinds::SuperAdmin>;
/// Any signed-in person.
pub type Member = Actor<kinds::Member>;

/// Background jobs, as a role type.
pub enum Worker {}

/// Whoever asked for something, as the row says that they alone can write.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// Their role.
    pub role: AccountRole,
    /// The account.
    pub user_id: Uuid,
    /// The company of an employee.
    pub company_id: Option<Uuid>,
    /// Whether they left: see [`SessionIdentity::own_only`].
    pub own_only: bool,
}

impl<K: Kind> Actor<K> {
    /// The door to the database, in this person's name.
    pub fn db(&self) -> Db<Self> {
        self.app.database.door(member_identity(&self.identity))
    }

    /// The account.
    pub fn user_id(&self) -> Uuid {
        self.identity.user_id
    }

    /// Everything the session knows of the person.
    pub fn identity(&self) -> &SessionIdentity {
        &self.identity
    }

    /// The shared parts (clock, links, configuration).
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Forgets what this process remembers of this account.
    pub(crate) fn forget_sessions(&self) {
        self.app.sessions.forget(self.identity.user_id);
    }

    /// A seat for this person's socket, for as long as `inspect` finds the pass good.
    ///
    /// # Errors
    /// [`Full`] for one seat too many.
    pub(crate) async fn take_seat(&self, topic: Topic, inspect: Inspect) -> Result<Seat, Full> {
        let pass = Pass {
            session: self.identity.session_id,
            user: self.identity.user_id,
            topic,
        };
        self.app.live.join(&self.app, pass, inspect).await
    }

    /// The request, for its headers and path.
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// What the layouts draw around the page.
    pub fn page(&self) -> PageContext {
        let space = match K::ROLE {
            Some(_) => K::SPACE,
            None => Space::Account,
        };
        shell::page_context(&self.request, &self.app, space, Some(&self.identity))
    }
}

impl Employee {
    /// What the company's HR reads, with HR's own rights and no more, in nobody's name: to show employees
    /// what is seen of them. It is for them alone, so ask for nobody else's rows.
    ///
    /// # Errors
    /// Refused for somebody without a company.
    pub fn employers_window(&self) -> Result<Window<Hr>, AppError> {
        let company_id = self.identity.company_id.ok_or(AppError::Forbidden)?;
        Ok(Window::of(self.app.database.door(Identity {
            role: PgRole::Hr,
            user_id: None,
            company_id: Some(company_id),
        })))
    }
}

impl Member {
    fn of_kind<K: Kind>(&self) -> Option<Actor<K>> {
        (K::ROLE == Some(self.identity.role)).then(|| Actor {
            request: self.request.clone(),
            app: self.app.clone(),
            identity: self.identity.clone(),
            kind: PhantomData,
        })
    }

    /// The same person as an employee, if that is what they are.
    pub fn employee(&self) -> Option<Employee> {
        self.of_kind()
    }

    /// The same person as a practitioner, if that is what they are.
    pub fn practitioner(&self) -> Option<Practitioner> {
        self.of_kind()
    }

    /// The same person as HR, if that is what they are.
    pub fn hr(&self) -> Option<Hr> {
        self.of_kind()
    }

    /// The same person as the platform's admin, if that is what they are.
    pub fn admin(&self) -> Option<Admin> {
        self.of_kind()
    }

    /// The same person as the operator, if that is what they are.
    pub fn super_admin(&self) -> Option<SuperAdmin> {
        self.of_kind()
    }
}

impl<K: Kind> FromRequest for Actor<K> {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(admit::<K>(request))
    }
}

/// The path of our own page that this request came from, as the browser says.
fn form_page(request: &HttpRequest) -> Option<&str> {
    let referer = request.headers().get(REFERER)?.to_str().ok()?;
    let (_, address) = referer.split_once("://")?;
    let path = &address[address.find('/')?..];
    (&address[..address.len() - path.len()] == request.connection_info().host()).then_some(path)
}

fn admit<K: Kind>(request: &HttpRequest) -> Result<Actor<K>, AppError> {
    let app = shared(request)?;
    let Some(identity) = session::identity(&request.get_session()) else {
        let return_to = match *request.method() {
            actix_web::http::Method::GET => request
                .uri()
                .path_and_query()
                .map_or("/", |target| target.as_str()),
            // Back to the page whose form was sent: what was typed there may still be there.
            _ => form_page(request).unwrap_or("/"),
        };
        return Err(AppError::SignInFirst {
            return_to: return_to.to_owned(),
        });
    };
    if K::ROLE.is_some_and(|role| role != identity.role) {
        return Err(AppError::NotFound);
    }
    if K::ROLE == Some(AccountRole::Hr)
        && identity.company_suspended
        && needs_company(&app, request.path())
    {
        return Err(AppError::CompanySuspended {
            home: AccountRole::Hr.home(),
        });
    }
    if identity.own_only && !is_left_to_them(&app, request.path()) {
        return Err(AppError::NotFound);
    }
    Ok(Actor {
        request: request.clone(),
        app,
        identity,
        kind: PhantomData,
    })
}

/// Whether a page of HR is about its company, and closed while that is suspended. The database refuses
/// HR the rows as well.
fn needs_company(app: &App, path: &str) -> bool {
    (app.navigation)(PgRole::Hr)
        .iter()
        .any(|item| item.needs_company && item.reach(path) > 0)
}

pub(in crate::infra) fn shared(request: &HttpRequest) -> Result<web::Data<App>, AppError> {
    request
        .app_data::<web::Data<App>>()
        .cloned()
        .ok_or_else(|| AppError::internal("the application data is not mounted"))
}

fn member_identity(identity: &SessionIdentity) -> Identity {
    Identity {
        role: identity.pg_role(),
        user_id: Some(identity.user_id),
        company_id: identity.company_id,
    }
}

/// Whether somebody who left reaches a path: what their navigation shows, what is below it, and the
/// account. Their database role has no right on more either.
fn is_left_to_them(app: &App, path: &str) -> bool {
    let shown = (app.navigation)(PgRole::Former).iter();
    shown
        .map(|item| item.href)
        .chain(["/account"])
        .any(|place| {
            path.strip_prefix(place)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// Anybody, signed in or not.
pub struct Visitor {
    request: HttpRequest,
    app: web::Data<App>,
    identity: Option<SessionIdentity>,
}

impl Visitor {
    /// The door of the anonymous.
    pub fn db(&self) -> Db<Self> {
        self.app.database.door(Identity::VISITOR)
    }

    /// The door of somebody who just showed a secret of an account.
    pub fn db_as(&self, proven: &Proven) -> Db<Self> {
        self.app.database.door(proven.identity())
    }

    /// Who is signed in, if anybody.
    pub fn identity(&self) -> Option<&SessionIdentity> {
        self.identity.as_ref()
    }

    /// The shared parts (clock, links, configuration).
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The session, to begin one.
    pub(crate) fn session(&self) -> Session {
        self.request.get_session()
    }

    /// The door of the signed-in person, if there is one.
    pub fn member(&self) -> Option<Db<Member>> {
        self.identity
            .as_ref()
            .map(|identity| self.app.database.door(member_identity(identity)))
    }

    /// Forgets what this process remembers of the signed-in person.
    pub(crate) fn forget_own_session(&self) {
        if let Some(identity) = &self.identity {
            self.app.sessions.forget(identity.user_id);
        }
    }

    /// Forgets what this process remembers of an account.
    pub(crate) fn forget_sessions(&self, user_id: Uuid) {
        self.app.sessions.forget(user_id);
    }

    /// The request, for its headers and path.
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// The place the request came from, for limits: [`origin::place`].
    pub fn place(&self) -> String {
        origin::place(&self.request, &self.app.config)
    }

    /// What the layouts draw around a public page.
    pub fn page(&self) -> PageContext {
        shell::page_context(
            &self.request,
            &self.app,
            Space::Public,
            self.identity.as_ref(),
        )
    }
}

impl FromRequest for Visitor {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(shared(request).map(|app| Self {
            identity: session::identity(&request.get_session()),
            request: request.clone(),
            app,
        }))
    }
}

/// Renders a page with its own context.
///
/// # Errors
/// A template that cannot be rendered.
pub fn render<T: Template>(page: &PageContext, template: &T) -> PageResult {
    page.render(template).map_err(AppError::internal)
}

/// Renders a page with another status: 422 for a form to correct, 409 for a conflict.
///
/// # Errors
/// A template that cannot be rendered.
pub fn render_status<T: Template>(
    page: &PageContext,
    template: &T,
    status: StatusCode,
) -> PageResult {
    page.render_status(template, status)
        .map_err(AppError::internal)
}

/// Whether htmx asks for a part of the page rather than all of it.
pub fn wants_fragment(request: &HttpRequest) -> bool {
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    header("hx-request-type") == Some("partial") && header("hx-history-restore-request").is_none()
}

/// After a POST: go and see the result.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((actix_web::http::header::LOCATION, path))
        .finish()
}

/// As [`see_other`], with something to say on the next page.
pub fn see_other_with(path: &str, flash: super::page::Flash) -> HttpResponse {
    let mut response = see_other(path);
    shell::set_flash(&mut response, flash);
    response
}

/// The role the database sees for jobs.
impl Worker {
    /// The worker's door.
    pub fn door(app: &App) -> Db<Self> {
        app.database.door(Identity::WORKER)
    }

    /// A door in the name of somebody who asked for work that takes longer than a request: it can do no
    /// more than they. `None` when that is not their role.
    pub fn for_whoever_asked<K: Kind>(app: &App, asker: Asker) -> Option<Db<Actor<K>>> {
        (K::ROLE == Some(asker.role)).then(|| {
            app.database.door(Identity {
                role: if asker.own_only {
                    PgRole::Former
                } else {
                    asker.role.pg_role()
                },
                user_id: Some(asker.user_id),
                company_id: asker.company_id,
            })
        })
    }

    /// A door in an employee's name, for work that must pass the very checks that the person's own
    /// request would, and can do no more than it.
    pub fn on_behalf_of(app: &App, employee: Uuid, company: Uuid) -> Db<Employee> {
        app.database.door(Identity {
            role: PgRole::Employee,
            user_id: Some(employee),
            company_id: Some(company),
        })
    }
}

/// A boxed future of an extractor.
pub(in crate::infra) type Extraction<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// The extension in which the shell keeps the request's anonymous key.
#[derive(Clone)]
pub(in crate::infra) struct VisitorKey(pub String);

/// What the request's form tokens are bound to: the session, else the visitor's own key.
pub(in crate::infra) fn csrf_subject(request: &HttpRequest) -> Vec<u8> {
    match session::identity(&request.get_session()) {
        Some(identity) => identity.session_id.as_bytes().to_vec(),
        None => request
            .extensions()
            .get::<VisitorKey>()
            .map(|key| key.0.clone().into_bytes())
            .unwrap_or_default(),
    }
}
