//! The pages of tags.

use umbel::testing::Client;

#[tokio::test]
async fn the_list_is_shown() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/tag").await.status, 200);
}

#[tokio::test]
async fn an_empty_form_is_shown() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/tag/new").await.status, 200);
}

#[tokio::test]
async fn a_missing_row_is_not_found() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/tag/no,such,key").await.status, 404);
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.post("/tag", &[]).await.status, 422);
}
