//! The pages of authors.

use umbel::testing::Client;

#[tokio::test]
async fn the_list_is_shown() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/author").await.status, 200);
}

#[tokio::test]
async fn an_empty_form_is_shown() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/author/new").await.status, 200);
}

#[tokio::test]
async fn a_missing_row_is_not_found() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/author/no,such,key").await.status, 404);
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.post("/author", &[]).await.status, 422);
}
