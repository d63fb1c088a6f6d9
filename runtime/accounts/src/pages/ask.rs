//! What a page is asked, and how its answer goes out.

use std::sync::Arc;

use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing;
use umbel_data::values::Timestamp;
use umbel_web::form::FormBody;
use umbel_web::http::routing::Endpoint;
use umbel_web::http::{App, Client, Problem, redirect};
use umbel_web::show::Page;

use super::next::Next;
use crate::accounts::{Accounts, Browser, Password, Proof, SessionCookie, SignedIn};

/// The answer of a page.
pub(super) type Answer = Result<Response, Problem>;

/// What a page is asked.
pub(super) struct Ask {
    pub(super) accounts: Accounts,
    pub(super) uri: Uri,
    /// What was typed.
    pub(super) form: FormBody,
    /// Whose session the request belongs to, if it belongs to one.
    pub(super) signed_in: Option<Arc<SignedIn>>,
    pub(super) now: Timestamp,
    headers: HeaderMap,
    client: Client,
}

impl Ask {
    async fn read(accounts: Accounts, app: &App, request: Request) -> Result<Self, Problem> {
        let extensions = request.extensions();
        let signed_in = extensions.get::<Arc<SignedIn>>().cloned();
        let client = extensions.get::<Client>().cloned().unwrap_or_default();
        let (uri, headers) = (request.uri().clone(), request.headers().clone());
        let form = match request.method().is_safe() {
            true => FormBody::default(),
            false => FormBody::from_request(request, app).await?,
        };
        Ok(Self {
            accounts,
            uri,
            form,
            signed_in,
            now: Timestamp::now(),
            headers,
            client,
        })
    }

    /// Whose session it is.
    ///
    /// # Errors
    /// If it is none: a token is for programs, and changes no account.
    pub(super) fn signed_in(&self) -> Result<Arc<SignedIn>, Problem> {
        let signed_in = self.signed_in.clone();
        signed_in.ok_or_else(|| {
            Problem::new(
                StatusCode::FORBIDDEN,
                "Not allowed",
                "This page is for people who have signed in. A token does not open it.",
                "Open it in a browser, and sign in there.",
            )
        })
    }

    /// Whether it is not long since whoever it is has proved that.
    pub(super) fn is_proved(&self, signed_in: &SignedIn) -> bool {
        let since = signed_in.session.authenticated_at;
        crate::store::until(since, self.now) < self.accounts.settings.proof
    }

    /// Takes out the value of an input.
    pub(super) fn typed(&mut self, name: &str) -> String {
        self.form.text(name)
    }

    /// Takes out the password that an input holds, as what proves who it is.
    pub(super) fn proof(&mut self, name: &str) -> Proof {
        Proof {
            password: Password(self.form.text(name)),
            address: self.client.address,
            now: self.now,
        }
    }

    pub(super) fn browser(&self) -> Browser<'_> {
        Browser {
            headers: &self.headers,
            client: &self.client,
        }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Shows a page.
    pub(super) fn show(&self, page: &dyn Page) -> Answer {
        self.show_with(StatusCode::OK, page)
    }

    /// Shows a page, with a status of its own.
    pub(super) fn show_with(&self, status: StatusCode, page: &dyn Page) -> Answer {
        Ok((status, self.accounts.render(page)?).into_response())
    }

    /// Leads to the page where whoever it is proves that again, and from there to a page.
    pub(super) fn prove_again(&self, next: &'static str) -> Answer {
        Ok(redirect(&Next::to(next).again()))
    }
}

/// Leads to a page, with the cookie of a session.
pub(super) fn redirect_with(cookie: &SessionCookie, path: &str) -> Response {
    let mut response = redirect(path);
    if let Some(cookie) = cookie.header() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Answers `GET` by a page.
pub(super) fn get<F>(accounts: &Accounts, page: fn(Ask) -> F) -> Endpoint
where
    F: Future<Output = Answer> + Send + 'static,
{
    let accounts = accounts.clone();
    let get = routing::get(move |State(app): State<App>, request: Request| {
        answer(accounts.clone(), app, request, page)
    });
    Endpoint::of("GET", get)
}

/// Answers `POST` by a page.
///
/// A form that is sent twice is answered twice: the cookie of the first answer would not come with the second.
pub(super) fn post<F>(accounts: &Accounts, page: fn(Ask) -> F) -> Endpoint
where
    F: Future<Output = Answer> + Send + 'static,
{
    let accounts = accounts.clone();
    let post = routing::post(move |State(app): State<App>, request: Request| {
        answer(accounts.clone(), app, request, page)
    });
    Endpoint::of("POST", post)
}

/// The answer of a page, of which nobody keeps a copy.
async fn answer<F>(accounts: Accounts, app: App, request: Request, page: fn(Ask) -> F) -> Response
where
    F: Future<Output = Answer>,
{
    let answer = match Ask::read(accounts, &app, request).await {
        Ok(ask) => page(ask).await,
        Err(problem) => Err(problem),
    };
    let mut response = answer.into_response();
    let no_store = HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response
}
