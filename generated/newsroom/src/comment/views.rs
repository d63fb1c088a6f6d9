//! The pages of comments.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::Filled;
use umbel::list::{List, Page};
use umbel::model::{Choices, DeleteEffect, Model, RelatedRows};
use umbel::show::Show;
use umbel::web::{Html, RowKey};
use umbel::{Result, ui, web};

use super::form::{
    ARTICLE_ID, AUTHOR_NAME, BODY, CommentForm, IS_APPROVED, RATING, REPLY_TO_ID, WRITTEN_AT,
};
use super::model::{Comment, CommentWithLabels};
use crate::article::Article;
use crate::layout;

#[derive(Template)]
#[template(path = "comment/list.html")]
struct ListPage {
    comments: Page<CommentWithLabels>,
}

#[derive(Template)]
#[template(path = "comment/show.html")]
struct ShowPage {
    row: CommentWithLabels,
    related: Vec<RelatedRows>,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "comment/_fields.html")]
struct Fields {
    form: Filled<CommentForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<CommentForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                ARTICLE_ID.one_of::<Article>(&form.article_id),
                REPLY_TO_ID.one_of::<Comment>(&form.reply_to_id),
            ],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /comment`
pub async fn list(db: Db, list: List<Comment>) -> Result<Html> {
    let comments = Comment::query()
        .page::<CommentWithLabels>(&db, list)
        .await?;
    web::render(&ListPage { comments })
}

/// `GET /comment/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Comment>) -> Result<Html> {
    let relations = [Comment::COMMENTS_BY_REPLY_TO.def()];
    let (row, related) = Comment::query()
        .find_with_related::<CommentWithLabels>(&db, &key, &relations)
        .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /comment/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Comment::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /comment`
pub async fn create(db: Db, form: Filled<CommentForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(comment) => Ok(web::redirect(&comment.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Comment::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /comment/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Comment>) -> Result<Html> {
    let comment = Comment::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &comment).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*comment, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /comment/{key}/edit`
pub async fn update(
    db: Db,
    RowKey(key): RowKey<Comment>,
    form: Filled<CommentForm>,
) -> Result<Response> {
    let comment = Comment::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &comment).await?);
    match form.update(&db, &comment).await {
        Ok(comment) => Ok(web::redirect(&comment.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*comment, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /comment/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Comment>) -> Result<Html> {
    let comment = Comment::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &comment).await?;
    web::render(&layout::page(&ui::delete(&comment, &effects)))
}

/// `POST /comment/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Comment>) -> Result<Response> {
    let comment = Comment::find_to_delete(&db, &key).await?;
    comment.delete(&db).await?;
    Ok(web::redirect(Comment::list_url()))
}
