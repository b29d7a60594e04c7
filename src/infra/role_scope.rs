//! The first lock: a space of routes that takes only handlers of its role.
//!
//! A domain's `employee.rs` mounts its handlers on a `RoleScope<Employee>`; `get` and `post` accept
//! a handler only when its first argument is `Employee`. A handler that forgot to ask who is there
//! does not compile. Every mounted route is written down in a [`RouteTable`], from which the
//! access-matrix test is generated.

use actix_web::{FromRequest, Handler, Responder, Scope, http::Method, web};

/// Argument tuples whose first element is `R`.
pub trait StartsWith<R> {}

macro_rules! starts_with {
    ($($rest:ident),*) => {
        impl<R $(, $rest)*> StartsWith<R> for (R, $($rest,)*) {}
    };
}
starts_with!();
starts_with!(A);
starts_with!(A, B);
starts_with!(A, B, C);
starts_with!(A, B, C, D);

/// One mounted route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountedRoute {
    /// GET or POST.
    pub method: Method,
    /// The full pattern, as actix sees it.
    pub path: String,
    /// Whose: `employee`, `hr`, `member`, `visitor`...
    pub audience: &'static str,
}

/// Everything that is mounted.
#[derive(Clone, Debug, Default)]
pub struct RouteTable(pub Vec<MountedRoute>);

/// The routes of one role under one prefix.
pub struct RoleScope<'table, R> {
    scope: Scope,
    prefix: &'static str,
    audience: &'static str,
    table: &'table mut RouteTable,
    role: std::marker::PhantomData<fn() -> R>,
}

impl<'table, R: 'static> RoleScope<'table, R> {
    /// An empty space at `prefix` (`""` for the root) for `audience`.
    pub fn new(
        prefix: &'static str,
        audience: &'static str,
        table: &'table mut RouteTable,
    ) -> Self {
        Self {
            scope: web::scope(prefix),
            prefix,
            audience,
            table,
            role: std::marker::PhantomData,
        }
    }

    /// Mounts a page: reads, changes nothing.
    pub fn get<H, Args>(&mut self, path: &'static str, handler: H) -> &mut Self
    where
        H: Handler<Args>,
        Args: FromRequest + StartsWith<R> + 'static,
        H::Output: Responder + 'static,
    {
        self.mount(Method::GET, path, web::get().to(handler))
    }

    /// Mounts a mutation.
    pub fn post<H, Args>(&mut self, path: &'static str, handler: H) -> &mut Self
    where
        H: Handler<Args>,
        Args: FromRequest + StartsWith<R> + 'static,
        H::Output: Responder + 'static,
    {
        self.mount(Method::POST, path, web::post().to(handler))
    }

    fn mount(&mut self, method: Method, path: &'static str, route: actix_web::Route) -> &mut Self {
        self.table.0.push(MountedRoute {
            method,
            path: format!("{}{path}", self.prefix),
            audience: self.audience,
        });
        let scope = std::mem::replace(&mut self.scope, web::scope(""));
        self.scope = scope.route(path, route);
        self
    }

    /// The actix scope with everything mounted so far.
    pub fn finish(self) -> Scope {
        self.scope
    }
}
