//! Views that pass on what is written to them, and views that lead to the rows that they show.

use std::path::PathBuf;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

struct Running {
    http: Client,
    database: Database,
    app: App,
    _server: Server,
}

impl Running {
    fn start() -> Self {
        let file = PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../snapshots/cases/views.sql"
        ));
        let database = Database::loaded(std::slice::from_ref(&file));
        let app = App::emitted_from("views", &[file], &database, &database.schemas());
        database.run(
            "INSERT INTO maker (name) VALUES ('Acme'), ('Bolt');
             INSERT INTO product (sku, name, price, maker_id) VALUES ('h', 'Hammer', 5, 1), ('s', 'Saw', 20, 1)",
        );
        let server = Server::start(&app.build(), &database.url);
        Self {
            http: Client::new(&server.url),
            database,
            app,
            _server: server,
        }
    }
}

#[test]
fn written_through() {
    let Running {
        http,
        database,
        app,
        ..
    } = &Running::start();
    for promise in [app.check_warnings(), app.check_format()] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
    let product = |code: &str, price: &str| {
        let fields = [("code", code), ("name", "Nail"), ("price", price)];
        http.post("/current_product", &fields)
    };
    assert_eq!(product("n", "2").status, 303);
    let stored = "SELECT sku, name, price, archived FROM product WHERE product_id = 3";
    assert_eq!(database.run(stored), "n|Nail|2.00|f");
    let taken = product("n", "2");
    assert_eq!(taken.status, 422);
    assert_eq!(
        taken.error_at("code").as_deref(),
        Some("another row has the same value")
    );
    let free = product("x", "0");
    assert_eq!(free.status, 422);
    assert!(free.error_at("price").is_some(), "{free}");

    let mut form = http.open("/current_product/3/edit").form();
    assert!(!form.has("shout") && !form.has("product_id"), "computed");
    form.set("name", "Long nail");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(
        database.run("SELECT name FROM product WHERE product_id = 3"),
        "Long nail"
    );
    assert_eq!(http.post("/current_product/3/delete", &[]).status, 303);
    assert_eq!(database.run("SELECT count(*) FROM product"), "2");
}

#[test]
fn changed_meanwhile() {
    let Running { http, database, .. } = &Running::start();
    let mut form = http.open("/current_product/1/edit").form();
    database.run("UPDATE product SET name = 'Sledge' WHERE product_id = 1");
    form.set("name", "Mallet");
    let late = http.submit(&form);
    assert_eq!(late.status, 409, "{late}");
    assert_eq!(
        database.run("SELECT name FROM product WHERE product_id = 1"),
        "Sledge"
    );
}

#[test]
fn changed_but_not_added() {
    let Running { http, database, .. } = &Running::start();
    assert_eq!(http.get("/cheap_product/new").status, 404);
    assert!(!http.open("/cheap_product").links_to("/cheap_product/new"));
    let mut form = http.open("/cheap_product/1/edit").form();
    form.set("price", "6");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(
        database.run("SELECT price FROM product WHERE product_id = 1"),
        "6.00"
    );
    assert_eq!(
        http.get("/cheap_product/2").status,
        404,
        "the view hides it"
    );
}

#[test]
fn followed_to_the_rows() {
    let Running { http, .. } = &Running::start();
    let page = http.open("/product_of_maker?product.has=Saw");
    assert!(
        page.links_to("/maker/1") && page.links_to("/product/2"),
        "{page}"
    );
    assert_eq!(http.submit(&http.open("/price_list").form()).status, 303);
    let page = http.open("/price_list/2");
    assert!(
        page.links_to("/maker/1") && page.links_to("/product/2"),
        "{page}"
    );
    assert_eq!(http.get("/price_list/2/edit").status, 404);
}
