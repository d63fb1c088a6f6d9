//! An answer of the database that is made into something once it is there.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::BoxFuture;
use crate::error::Result;

/// An answer `A` of the database that is made into a `T` once it is there.
///
/// The waiting is boxed and compiled once; for each `T` there is only the making, which an `async fn` would repeat
/// together with all that it awaits.
pub struct MapRows<'a, A, T> {
    answer: BoxFuture<'a, Result<A>>,
    make: fn(A) -> Result<T>,
}

impl<'a, A, T> MapRows<'a, A, T> {
    pub(crate) fn new(answer: BoxFuture<'a, Result<A>>, make: fn(A) -> Result<T>) -> Self {
        Self { answer, make }
    }
}

impl<A, T> Future for MapRows<'_, A, T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        match ready!(self.answer.as_mut().poll(cx)) {
            Ok(answer) => Poll::Ready((self.make)(answer)),
            Err(error) => Poll::Ready(Err(error)),
        }
    }
}
