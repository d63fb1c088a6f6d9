//! Pages to which forms have just led: who finds no row there has saved one all the same.
//!
//! A view may not show what was saved through it, nor a policy, nor the scope of the application.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::header;
use axum::response::Response;

/// How long a browser may take to follow.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many pages are remembered.
const REMEMBERED: usize = 1000;

/// The pages to which forms have led and that were not asked for yet.
#[derive(Debug, Default)]
pub(super) struct Saved {
    pages: Mutex<VecDeque<(String, Instant)>>,
    /// How many there are, for all the requests that come from nowhere.
    count: AtomicUsize,
}

impl Saved {
    /// Notes where a form leads to.
    pub(super) fn note(&self, response: &Response) {
        let location = response.headers().get(header::LOCATION);
        let Some(path) = location.and_then(|location| location.to_str().ok()) else {
            return;
        };
        let mut pages = self.pages();
        // Who has clicked twice is led once.
        pages.retain(|(page, _)| page != path);
        if pages.len() >= REMEMBERED {
            pages.pop_front();
        }
        pages.push_back((path.to_owned(), Instant::now()));
        self.count.store(pages.len(), Ordering::Release);
    }

    /// Forgets the page of a row that a request is about to change or to delete: `/film/1` for `/film/1/delete`.
    pub(super) fn forget(&self, path: &str) {
        if self.count.load(Ordering::Acquire) == 0 {
            return;
        }
        let Some((row, _)) = path.rsplit_once('/') else {
            return;
        };
        let mut pages = self.pages();
        pages.retain(|(page, _)| page != row);
        self.count.store(pages.len(), Ordering::Release);
    }

    /// Whether a form has just led to a page; the first one who comes is the one who was led.
    pub(super) fn has_led_to(&self, path: &str) -> bool {
        if self.count.load(Ordering::Acquire) == 0 {
            return false;
        }
        let mut pages = self.pages();
        let now = Instant::now();
        pages.retain(|(_, when)| now.duration_since(*when) < PATIENCE);
        let place = pages.iter().position(|(page, _)| page == path);
        let has_led = place.is_some_and(|place| pages.remove(place).is_some());
        self.count.store(pages.len(), Ordering::Release);
        has_led
    }

    fn pages(&self) -> MutexGuard<'_, VecDeque<(String, Instant)>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http;

    #[test]
    fn who_is_led_to_a_page_is_told_from_who_comes_later() {
        let saved = Saved::default();
        assert!(!saved.has_led_to("/film/1"));
        saved.note(&http::redirect("/film/1"));
        assert!(!saved.has_led_to("/film/2"));
        assert!(saved.has_led_to("/film/1"));
        assert!(!saved.has_led_to("/film/1"));
    }

    #[test]
    fn what_is_deleted_is_not_told_as_saved() {
        let saved = Saved::default();
        saved.note(&http::redirect("/film/1"));
        saved.note(&http::redirect("/film/12"));
        saved.forget("/film/1/delete");
        assert!(!saved.has_led_to("/film/1"));
        assert!(saved.has_led_to("/film/12"));
    }

    #[test]
    fn only_so_many_pages_are_remembered() {
        let saved = Saved::default();
        for number in 0..REMEMBERED + 5 {
            saved.note(&http::redirect(&format!("/film/{number}")));
        }
        assert_eq!(saved.pages().len(), REMEMBERED);
        assert!(!saved.has_led_to("/film/4") && saved.has_led_to("/film/5"));
    }
}
