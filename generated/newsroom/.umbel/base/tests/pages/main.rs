//! The pages of every table, as a browser would ask for them; `DATABASE_URL` names the database.

mod article;
mod author;
mod byline;
mod comment;
mod edition;
mod published_article;
mod section;
mod subscriber;
mod tag;
