//! The pages of published article.

use umbel::testing::Client;

#[tokio::test]
async fn the_list_is_shown() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/published_article").await.status, 200);
}
