//! The pages of rows.

use askama::Template;
use umbel::db::Db;
use umbel::list::{List, Page};
use umbel::model::Model;
use umbel::show::Show;
use umbel::web::Html;
use umbel::{Result, ui, web};

use super::model::{PublishedArticle, PublishedArticleWithLabels};

#[derive(Template)]
#[template(path = "published_article/list.html")]
struct ListPage {
    published_articles: Page<PublishedArticleWithLabels>,
}

/// `GET /published_article`
pub async fn list(db: Db, list: List<PublishedArticle>) -> Result<Html> {
    let published_articles = PublishedArticle::query()
        .page::<PublishedArticleWithLabels>(&db, list)
        .await?;
    web::render(&ListPage { published_articles })
}
