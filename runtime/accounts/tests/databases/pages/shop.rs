//! An application over a database, and the browsers that open its pages.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::routing::get;
use tower::ServiceExt;
use umbel_accounts::password::{Argon2Cost, hash};
use umbel_accounts::store::{Holder, PasswordHash, User};
use umbel_accounts::{Accounts, SecretKeys, Settings, password};
use umbel_data::actor::{Actor, Permission};
use umbel_data::database::Database;
use umbel_web::config::Config;
use umbel_web::form::encode;
use umbel_web::http::{App, Client, Next, Place as Layer, Routes, Site, Visitor};
use umbel_web::visit::Access;

use crate::place::{Place, create};

/// The password of everybody.
pub(super) const PASSWORD: &str = "correct horse battery";
/// Where its browsers are, unless it is said.
const ADDRESS: &str = "192.0.2.7";
/// What a browser is known by, as a proxy would say it.
const FROM: &str = "x-test-from";
const SCHEME: &str = "x-test-scheme";

static SITE: Site = Site {
    routes: |_| {
        Routes::new()
            .with("/", Access::Public, get(async || "home"))
            .with("/who", Access::Public, get(who))
            .route("/film", get(async || "films"))
    },
    page: |page| {
        let (title, here) = (page.title(), page.here());
        Ok(axum::response::Html(format!(
            "<title>{title}</title><main data-here=\"{here}\">{page}</main>"
        )))
    },
    error_page: |problem| {
        let text = format!("<h1>{}</h1><p>{}</p>", problem.title, problem.sentence);
        Ok(axum::response::Html(text))
    },
    layers: |pipeline| {
        pipeline.after(
            Layer::Proxy,
            "test",
            async |request: Request, next: Next| next.run(seen(request)).await,
        )
    },
    ..Site::new("Shop")
};

/// The request, from where it says that it comes.
fn seen(mut request: Request) -> Request {
    let said = |name| Some(request.headers().get(name)?.to_str().unwrap().to_owned());
    let (address, scheme) = (said(FROM), said(SCHEME));
    let client = request.extensions_mut().get_mut::<Client>().unwrap();
    client.address = address.map(|address| address.parse::<IpAddr>().unwrap());
    client.is_secure = scheme.as_deref() == Some("https");
    request
}

/// `mary: view add`, as far as films go.
async fn who(Visitor(actor): Visitor) -> String {
    let name = match &actor {
        Actor::User(user) => user.login.as_str(),
        _ => "nobody",
    };
    let actions = ["view", "add", "change", "delete", "rent"];
    let may = actions
        .into_iter()
        .filter(|action| actor.is_allowed(film(action)));
    format!("{name}: {}", may.collect::<Vec<_>>().join(" "))
}

pub(super) fn film(action: &str) -> Permission<'_> {
    Permission {
        schema: "main",
        table: "film",
        action,
    }
}

/// An application over a database.
pub(super) struct Shop {
    pub(super) accounts: Accounts,
    pub(super) db: Database,
    router: Router,
}

/// How accounts work, but that passwords cost little.
pub(super) fn settings() -> Settings {
    Settings {
        password: password::Settings {
            argon2: cost(64),
            bcrypt_pepper: None,
        },
        ..Settings::default()
    }
}

pub(super) fn cost(memory: u32) -> Argon2Cost {
    Argon2Cost {
        memory,
        iterations: 2,
        lanes: 1,
    }
}

impl Shop {
    pub(super) fn over(place: &Place) -> Self {
        Self::with(place, settings())
    }

    pub(super) fn with(place: &Place, settings: Settings) -> Self {
        Self::below("", place, settings)
    }

    pub(super) fn below(base: &str, place: &Place, settings: Settings) -> Self {
        let key = "5Yp1c8wqZr0-JxT2uVbN4mKd7LhGfS9a".to_owned();
        let keys = SecretKeys::new(key, Vec::new()).unwrap();
        let db = place.one.clone();
        let accounts = Accounts::new(db.clone(), keys, settings, SITE.page);
        let config = Config {
            base: base.to_owned(),
            ..Config::default()
        };
        let app = App::new(db.clone(), config).with_accounts(Arc::new(accounts.clone()));
        Self {
            router: SITE.router_with(app, accounts.routes()),
            accounts,
            db,
        }
    }

    /// A user who has the password.
    pub(super) async fn user(&self, login: &str) -> User {
        let email = format!("{login}@example.com");
        let user = create(&self.db, login, Some(&email)).await.unwrap();
        let hash = PasswordHash(hash(PASSWORD, &settings().password).unwrap());
        User::set_password(&self.db, user.id, Some(&hash))
            .await
            .unwrap();
        user
    }

    pub(super) async fn allow(&self, user: &User, action: &str) {
        let granted = Holder::User(user.id).grant(&self.db, film(action)).await;
        assert!(granted.unwrap());
    }

    pub(super) fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            address: ADDRESS.to_owned(),
            is_secure: false,
            authorization: None,
            cookie: None,
        }
    }

    /// A browser in which somebody has signed in.
    pub(super) async fn signed_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }
}

/// A browser, with the cookie that it has.
#[derive(Clone)]
pub(super) struct Browser {
    router: Router,
    pub(super) address: String,
    pub(super) is_secure: bool,
    pub(super) authorization: Option<String>,
    /// `session=…`
    pub(super) cookie: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: header::HeaderName) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn location(&self) -> &str {
        self.header(header::LOCATION)
    }
}

impl Browser {
    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], String::new()).await
    }

    pub(super) async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let site = [("sec-fetch-site", "same-origin")];
        self.ask(Method::POST, path, &site, encode(pairs)).await
    }

    pub(super) async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let pairs = [("login", login), ("password", password)];
        self.post("/login", &pairs).await
    }

    /// Who it is to the application, and what that one may.
    pub(super) async fn who(&mut self) -> String {
        let answer = self.get("/who").await;
        assert_eq!(answer.status, 200);
        answer.body
    }

    pub(super) async fn ask(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(FROM, &self.address)
            .header(SCHEME, if self.is_secure { "https" } else { "http" });
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("theme=dark; {cookie}"));
        }
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.take(parts.headers.get(header::SET_COOKIE));
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let status = parts.status;
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        Answer {
            status: status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    fn take(&mut self, cookie: Option<&HeaderValue>) {
        if let Some(cookie) = cookie {
            let text = cookie.to_str().unwrap();
            let pair = text.split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
    }
}
