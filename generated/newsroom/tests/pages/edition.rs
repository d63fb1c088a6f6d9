//! The pages of editions.

use umbel::testing::Client;

#[tokio::test]
async fn the_list_is_shown() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/edition").await.status, 200);
}

#[tokio::test]
async fn an_empty_form_is_shown() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/edition/new").await.status, 200);
}

#[tokio::test]
async fn a_missing_row_is_not_found() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.get("/edition/no,such,key,key,key").await.status, 404);
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let app = Client::new(&newsroom::SITE).await;
    assert_eq!(app.post("/edition", &[]).await.status, 422);
}
