//! What an application's own tests need: the application in process, on the database of `DATABASE_URL`.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use tower::ServiceExt;
use umbel_data::database::Options;
use umbel_web::config::Config;
use umbel_web::form::encode;
use umbel_web::http::{App, Site};

use crate::command::connect;

/// A browser of an application that runs in the same process: no port, no network.
#[derive(Debug, Clone)]
pub struct Client {
    router: Router,
}

/// What the application answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// Where a redirect leads to; else empty.
    pub location: String,
    /// The HTML.
    pub body: String,
}

impl Client {
    /// Builds the application on the database of `DATABASE_URL`.
    ///
    /// # Panics
    /// If that database cannot be had: a test has nothing to say then.
    pub async fn new(site: &Site) -> Self {
        match connect(&Options::default()).await {
            Ok(db) => Self {
                router: site.router(App::new(db, Config::default())),
            },
            Err(failure) => panic!("{failure}"),
        }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, String::new()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        self.send(Method::POST, path, encode(form)).await
    }

    async fn send(&self, method: Method, path: &str, form: String) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .expect("a path of the application is a valid URI");
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("a page in memory is complete");
        let location = parts.headers.get(header::LOCATION);
        Page {
            status: parts.status,
            location: location
                .and_then(|location| location.to_str().ok())
                .unwrap_or_default()
                .to_owned(),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}
