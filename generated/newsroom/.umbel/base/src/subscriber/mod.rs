//! The table `main.subscriber`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::SubscriberForm;
pub use model::{NewSubscriber, Subscriber, SubscriberPatch};
