//! Every address of an application, and who may open it.

use std::collections::HashMap;

use axum::Router;
use axum::routing::MethodRouter;
use umbel_data::actor::Action;
use umbel_data::catalog::Table;

use super::App;
use super::guard_layer::Guard;
use super::routing::Endpoint;
use crate::visit::Access;

/// Every address of an application, and who may open it: whoever has signed in, unless something else is said.
#[derive(Debug, Default)]
pub struct Routes {
    routes: Vec<Route>,
    /// Routers of axum, of whose addresses nothing is known.
    others: Vec<(Access, Router<App>)>,
}

/// An address of an application.
#[derive(Debug, Clone)]
pub struct Route {
    /// `/film/{key}`
    pub path: String,
    /// Who may open it.
    pub access: Access,
    endpoint: Endpoint,
}

impl Route {
    /// `GET`; none, where a router of axum answers.
    pub fn method(&self) -> Option<&'static str> {
        self.endpoint.method
    }
}

impl Routes {
    /// No address.
    pub fn new() -> Self {
        Self::default()
    }

    /// The addresses of a table, each with what whoever opens it must be allowed.
    pub fn of(table: &'static Table) -> TableRoutes {
        let routes = Self::default();
        TableRoutes { table, routes }
    }

    /// An address for whoever has signed in.
    #[must_use]
    pub fn route(self, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        self.with(path, Access::SignedIn, endpoint)
    }

    /// An address for those of whom that is said.
    #[must_use]
    pub fn with(mut self, path: &str, access: Access, endpoint: impl Into<Endpoint>) -> Self {
        self.routes.push(Route {
            path: path.to_owned(),
            access,
            endpoint: endpoint.into(),
        });
        self
    }

    /// All of them, for everyone.
    #[must_use]
    pub fn public(mut self) -> Self {
        let own = self.routes.iter_mut().map(|route| &mut route.access);
        let others = self.others.iter_mut().map(|(access, _)| access);
        own.chain(others)
            .for_each(|access| *access = Access::Public);
        self
    }

    /// Those, and others. What a router of axum answers is for whoever has signed in.
    #[must_use]
    pub fn merge(mut self, others: impl Into<Self>) -> Self {
        let others = others.into();
        self.routes.extend(others.routes);
        self.others.extend(others.others);
        self
    }

    /// Those, and of others the ones that are not among them.
    pub(super) fn or(mut self, others: Self) -> Self {
        let is_new = |route: &Route| self.routes.iter().all(|own| own.path != route.path);
        let new: Vec<_> = others.routes.into_iter().filter(is_new).collect();
        self.routes.extend(new);
        self.others.extend(others.others);
        self
    }

    /// Those, and the ones that have one of these paths for everyone.
    pub(super) fn opened(mut self, paths: &[String]) -> Self {
        let named = self.routes.iter_mut();
        let named = named.filter(|route| paths.contains(&route.path));
        named.for_each(|route| route.access = Access::Public);
        self
    }

    /// Those, and others below a path.
    #[must_use]
    pub fn nest(mut self, path: &str, others: impl Into<Self>) -> Self {
        let others = others.into();
        self.routes
            .extend(others.routes.into_iter().map(|route| Route {
                path: format!("{path}{}", route.path.trim_end_matches('/')),
                ..route
            }));
        let others = others.others.into_iter();
        self.others
            .extend(others.map(|(access, other)| (access, Router::new().nest(path, other))));
        self
    }

    /// Each address that is known.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter()
    }

    /// Who may open the pages, by their paths.
    pub(super) fn openings(&self) -> HashMap<String, Access> {
        let pages = self.routes.iter();
        let pages = pages.filter(|route| matches!(route.method(), Some("GET") | None));
        pages
            .map(|route| (route.path.clone(), route.access))
            .collect()
    }

    /// What answers, behind its guards.
    pub(super) fn into_router(self) -> Router<App> {
        let mut router = Router::new();
        for Route {
            path,
            access,
            endpoint,
        } in self.routes
        {
            router = router.route(&path, endpoint.router.route_layer(Guard(access)));
        }
        for (access, other) in self.others {
            router = router.merge(match other.has_routes() {
                true => other.route_layer(Guard(access)),
                false => other,
            });
        }
        router
    }
}

/// What a router of axum answers, for whoever has signed in.
impl From<Router<App>> for Routes {
    fn from(router: Router<App>) -> Self {
        Self {
            routes: Vec::new(),
            others: vec![(Access::SignedIn, router)],
        }
    }
}

/// The addresses of a table, each with what whoever opens it must be allowed.
#[derive(Debug)]
pub struct TableRoutes {
    table: &'static Table,
    routes: Routes,
}

impl TableRoutes {
    /// An address for whoever may see rows.
    #[must_use]
    pub fn view(self, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        self.may(Action::View, path, endpoint)
    }

    /// An address for whoever may add rows.
    #[must_use]
    pub fn add(self, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        self.may(Action::Add, path, endpoint)
    }

    /// An address for whoever may change rows.
    #[must_use]
    pub fn change(self, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        self.may(Action::Change, path, endpoint)
    }

    /// An address for whoever may delete rows.
    #[must_use]
    pub fn delete(self, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        self.may(Action::Delete, path, endpoint)
    }

    /// An address for whoever may do something for which the application has a word of its own.
    #[must_use]
    pub fn may_do(self, word: &'static str, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        let access = Access::MayDo(word, self.table);
        self.with(path, access, endpoint)
    }

    /// An address for whoever has signed in.
    #[must_use]
    pub fn route(self, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        self.with(path, Access::SignedIn, endpoint)
    }

    fn may(self, action: Action, path: &str, endpoint: impl Into<Endpoint>) -> Self {
        let access = Access::May(action, self.table);
        self.with(path, access, endpoint)
    }

    fn with(mut self, path: &str, access: Access, endpoint: impl Into<Endpoint>) -> Self {
        self.routes = self.routes.with(path, access, endpoint);
        self
    }
}

impl From<TableRoutes> for Routes {
    fn from(of_table: TableRoutes) -> Self {
        of_table.routes
    }
}

/// What a handler of axum answers, by whatever methods.
impl From<MethodRouter<App>> for Endpoint {
    fn from(router: MethodRouter<App>) -> Self {
        Self {
            method: None,
            router,
        }
    }
}
