//! The films and their queries.

use deadpool_postgres::Object;
use futures_util::future;
use jiff::Timestamp;
use rust_decimal::Decimal;
use tokio_postgres::{Error, Row};

/// A film with the names of its languages.
pub(crate) struct Film {
    pub(crate) film_id: i32,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) release_year: Option<i32>,
    pub(crate) language_id: i32,
    pub(crate) original_language_id: Option<i32>,
    pub(crate) rental_duration: i16,
    pub(crate) rental_rate: Decimal,
    pub(crate) length: Option<i16>,
    pub(crate) replacement_cost: Decimal,
    pub(crate) rating: Option<String>,
    pub(crate) last_update: Timestamp,
    pub(crate) special_features: Option<Vec<String>>,
    pub(crate) fulltext: String,
    pub(crate) language: String,
    pub(crate) original_language: Option<String>,
}

/// A row that refers to the film.
pub(crate) struct Link {
    pub(crate) key: i32,
    pub(crate) text: String,
}

/// Ten rows that refer to the film, and how many there are.
pub(crate) struct Related {
    pub(crate) title: &'static str,
    pub(crate) path: &'static str,
    pub(crate) links: Vec<Link>,
    pub(crate) count: i64,
}

const FILM: &str = "
    SELECT f.film_id, f.title, f.description, f.release_year, f.language_id, f.original_language_id,
        f.rental_duration, f.rental_rate, f.length, f.replacement_cost, f.rating::text, f.last_update,
        f.special_features, f.fulltext::text, l.name::text, o.name::text
    FROM film f
    JOIN language l ON l.language_id = f.language_id
    LEFT JOIN language o ON o.language_id = f.original_language_id";

const COUNT: &str = "SELECT count(*) FROM (SELECT FROM film LIMIT 10001) AS capped";

/// The first page of films, one more than it shows, and how many there are.
pub(crate) async fn list(db: &Object) -> Result<(Vec<Film>, i64), Error> {
    let films = db
        .prepare_cached(&format!("{FILM} ORDER BY f.film_id LIMIT 51"))
        .await?;
    let count = db.prepare_cached(COUNT).await?;
    let (films, count) = future::try_join(db.query(&films, &[]), db.query_one(&count, &[])).await?;
    Ok((films.iter().map(read).collect(), count.get(0)))
}

/// One film.
pub(crate) async fn find(db: &Object, key: i32) -> Result<Option<Film>, Error> {
    let film = db
        .prepare_cached(&format!("{FILM} WHERE f.film_id = $1"))
        .await?;
    Ok(db.query_opt(&film, &[&key]).await?.as_ref().map(read))
}

/// What refers to a film.
pub(crate) async fn related(db: &Object, key: i32) -> Result<[Related; 3], Error> {
    let actors = related_rows(
        db,
        key,
        ("Actors", "/actor"),
        "SELECT a.actor_id, a.first_name || ' ' || a.last_name
         FROM film_actor fa JOIN actor a ON a.actor_id = fa.actor_id
         WHERE fa.film_id = $1 ORDER BY a.actor_id LIMIT 10",
        "SELECT count(*) FROM (SELECT FROM film_actor WHERE film_id = $1 LIMIT 10001) AS capped",
    );
    let categories = related_rows(
        db,
        key,
        ("Categories", "/category"),
        "SELECT c.category_id, c.name
         FROM film_category fc JOIN category c ON c.category_id = fc.category_id
         WHERE fc.film_id = $1 ORDER BY c.category_id LIMIT 10",
        "SELECT count(*) FROM (SELECT FROM film_category WHERE film_id = $1 LIMIT 10001) AS capped",
    );
    let inventories = related_rows(
        db,
        key,
        ("Inventories", "/inventory"),
        "SELECT inventory_id, inventory_id::text AS label
         FROM inventory
         WHERE film_id = $1 ORDER BY inventory_id LIMIT 10",
        "SELECT count(*) FROM (SELECT FROM inventory WHERE film_id = $1 LIMIT 10001) AS capped",
    );
    let (actors, categories, inventories) =
        future::try_join3(actors, categories, inventories).await?;
    Ok([actors, categories, inventories])
}

async fn related_rows(
    db: &Object,
    key: i32,
    (title, path): (&'static str, &'static str),
    rows: &str,
    count: &str,
) -> Result<Related, Error> {
    let (rows, count) = future::try_join(db.prepare_cached(rows), db.prepare_cached(count)).await?;
    let (rows, count) =
        future::try_join(db.query(&rows, &[&key]), db.query_one(&count, &[&key])).await?;
    let links = rows
        .iter()
        .map(|row| Link {
            key: row.get(0),
            text: row.get(1),
        })
        .collect();
    Ok(Related {
        title,
        path,
        links,
        count: count.get(0),
    })
}

fn read(row: &Row) -> Film {
    Film {
        film_id: row.get(0),
        title: row.get(1),
        description: row.get(2),
        release_year: row.get(3),
        language_id: row.get(4),
        original_language_id: row.get(5),
        rental_duration: row.get(6),
        rental_rate: row.get(7),
        length: row.get(8),
        replacement_cost: row.get(9),
        rating: row.get(10),
        last_update: row.get(11),
        special_features: row.get(12),
        fulltext: row.get(13),
        language: row.get(14),
        original_language: row.get(15),
    }
}
