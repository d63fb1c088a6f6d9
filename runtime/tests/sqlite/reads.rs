//! Queries, lists and what cells may hold.

use futures_util::StreamExt;
use umbel::list::List;
use umbel::model::{Model, RelatedRows};
use umbel::query::sql;
use umbel::types::Unchecked;

use crate::file::File;
use crate::film::{Film, FilmWithLabels, Language};

#[tokio::test]
async fn values_and_conditions() {
    let file = File::new();
    let db = file.open().await;
    let alien = Film::find(&db, &1).await.unwrap();
    assert_eq!(alien.price, Some(Unchecked::Known("2.5".parse().unwrap())));
    assert_eq!(
        alien.seen,
        Some(Unchecked::Known("1979-05-25T20:00".parse().unwrap()))
    );
    let titles = async |condition| {
        let query = Film::query().filter(condition).order_by(Film::TITLE.asc());
        let films = query.all(&db).await.unwrap();
        films
            .iter()
            .map(|film| film.title.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        titles(Film::PRICE.lt("2.51".parse::<umbel::types::Decimal>().unwrap())).await,
        "Alien Brazil"
    );
    assert_eq!(titles(Film::TITLE.like("%a%")).await, "Brazil Casanova");
    assert_eq!(
        titles(Film::TITLE.ilike("%A%")).await,
        "Alien Brazil Casanova"
    );
    assert_eq!(titles(Film::TITLE.contains("0% o")).await, "50% off");
    assert_eq!(titles(Film::TITLE.starts_with("[")).await, "");
    assert_eq!(
        titles(Film::FILM_ID.in_([1, 3, 99])).await,
        "Alien Casanova"
    );
    assert_eq!(
        titles(Film::LANGUAGE.to(Language::NAME).eq("Italian")).await,
        "50% off Casanova"
    );
    assert_eq!(titles(!Film::YEAR.is_null()).await, "Alien Brazil Casanova");
    let after: umbel::types::DateTime = "1979-01-01T00:00".parse().unwrap();
    assert_eq!(titles(Film::SEEN.ge(after)).await, "Alien");
}

#[tokio::test]
async fn relations_are_loaded_along() {
    let file = File::new();
    let db = file.open().await;
    let films = Film::query()
        .with(Film::LANGUAGE)
        .with(Film::FIRST)
        .order_by(Film::FILM_ID.asc())
        .all(&db)
        .await
        .unwrap();
    let (film, language, first) = &films[2];
    assert_eq!(
        (film.title.as_str(), language.name.as_str()),
        ("Casanova", "Italian")
    );
    assert!(first.is_none());
    let languages = Language::query()
        .with(Language::FILMS)
        .all(&db)
        .await
        .unwrap();
    let counts: Vec<usize> = languages.iter().map(|(_, films)| films.len()).collect();
    assert_eq!(counts, [2, 2, 0]);
    let italian = Language::find(&db, &2).await.unwrap();
    let related = RelatedRows::load(&db, &italian, &[Language::FILMS.def()])
        .await
        .unwrap();
    assert_eq!(related[0].rows.len(), 2);
}

#[tokio::test]
async fn nulls_first_going_up() {
    let file = File::new();
    let mut more = String::new();
    for number in 0..120 {
        let length = if number % 3 == 0 {
            "NULL".to_owned()
        } else {
            (number + 1).to_string()
        };
        more += &format!(
            "INSERT INTO film (title, length, language_id) VALUES ('f{number}', {length}, 1);"
        );
    }
    file.run(&more);
    let db = file.open().await;
    for sort in ["length", "-length", "title"] {
        let mut query = format!("sort={sort}");
        let mut seen = Vec::new();
        loop {
            let list = List::<Film>::parse(&query).unwrap();
            let page = Film::query()
                .page::<FilmWithLabels>(&db, list)
                .await
                .unwrap();
            seen.extend(page.rows.iter().map(|row| row.film.film_id));
            match page.next {
                Some(next) => query = next.split_once('?').unwrap().1.to_owned(),
                None => break,
            }
        }
        let order = sort.replace('-', "");
        let down = if sort.starts_with('-') { "DESC" } else { "ASC" };
        let connection = rusqlite::Connection::open(&file.path).unwrap();
        let mut expect = connection
            .prepare(&format!(
                "SELECT film_id FROM film ORDER BY {order} {down}, film_id {down}"
            ))
            .unwrap();
        let expect: Vec<i64> = expect
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(seen, expect, "{sort}");
    }
}

#[tokio::test]
async fn cells_of_another_type() {
    let file = File::new();
    file.run(
        "UPDATE film SET length = 'long', seen = x'00ff', year = '', title = 7 WHERE film_id = 1",
    );
    let db = file.open().await;
    let film = Film::find(&db, &1).await.unwrap();
    assert_eq!(film.length, Some(Unchecked::Other("long".to_owned())));
    assert_eq!(film.seen, Some(Unchecked::Other("00ff".to_owned())));
    assert_eq!(film.year, Some(Unchecked::Other(String::new())));
    assert_eq!(film.title, "7");
    let list = List::parse("sort=length&film_id.max=1").unwrap();
    assert_eq!(
        Film::query()
            .page::<FilmWithLabels>(&db, list)
            .await
            .unwrap()
            .rows
            .len(),
        1
    );
}

#[tokio::test]
async fn texts_that_are_none() {
    let file = File::new();
    file.run("UPDATE film SET title = CAST(x'ff41' AS TEXT), year = CAST(x'ff' AS TEXT) WHERE film_id = 1");
    let db = file.open().await;
    let alone = Film::find(&db, &1).await.unwrap();
    assert_eq!(alone.title, "\u{fffd}A");
    assert_eq!(alone.year, Some(Unchecked::Other("\u{fffd}".to_owned())));
    let list = List::parse("film_id.max=1").unwrap();
    let page = Film::query()
        .page::<FilmWithLabels>(&db, list)
        .await
        .unwrap();
    assert_eq!(page.rows[0].film, alone);
}

#[tokio::test]
async fn a_list_that_takes_long_after_its_first_rows() {
    let file = File::new();
    file.run(
        "WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
         INSERT INTO film (film_id, title, language_id) SELECT i, 'f' || i, 1 FROM n",
    );
    let db = file.open().await;
    for _ in 0..2 {
        let list = List::parse("title.has=alien").unwrap();
        let page = Film::query()
            .page::<FilmWithLabels>(&db, list)
            .await
            .unwrap();
        let titles = page.rows.iter().map(|row| row.film.title.as_str());
        assert_eq!(titles.collect::<Vec<_>>(), ["Alien"]);
        assert_eq!(page.count.to_string(), "1 film");
        assert_eq!((page.next, page.previous), (None, None));
    }
}

#[tokio::test]
async fn streamed() {
    let file = File::new();
    file.run(
        "WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
         INSERT INTO film (film_id, title, language_id) SELECT i, 'f' || i, 1 FROM n",
    );
    let db = file.open().await;
    let query = Film::query().order_by(Film::FILM_ID.asc());
    let mut count = 0;
    let mut films = query.stream(&db).await.unwrap();
    while let Some(film) = films.next().await {
        count += 1;
        assert_eq!(film.unwrap().film_id, count);
    }
    assert_eq!(count, 3000);
    // A stream that is dropped half read gives its connection back.
    for _ in 0..40 {
        let mut films = query.stream(&db).await.unwrap();
        films.next().await.unwrap().unwrap();
    }
    assert_eq!(Film::query().count(&db).await.unwrap(), 3000);
}

#[tokio::test]
async fn expressions() {
    let file = File::new();
    let db = file.open().await;
    let titles = async |condition| {
        let query = Film::query().filter(condition).order_by(Film::TITLE.asc());
        let films = query.all(&db).await.unwrap();
        let titles: Vec<_> = films.into_iter().map(|film| film.title).collect();
        titles.join(" ")
    };
    assert_eq!(titles(Film::TITLE.lower().eq("alien")).await, "Alien");
    assert_eq!(titles(Film::TITLE.length().eq(6)).await, "Brazil");
    assert_eq!(titles((Film::FILM_ID + 1).eq(2)).await, "Alien");
    assert_eq!(titles(Film::SEEN.le(Film::SEEN)).await, "Alien");
    // Marks of statements are no marks in quotes.
    let question = sql("'?' || ").of(Film::TITLE).sql(" = ");
    let question = question.bind("?Alien".to_owned()).value::<bool>();
    assert_eq!(titles(question).await, "Alien");
    let own = sql("instr(").of(Film::TITLE).sql(", 'z')").value::<i64>();
    assert_eq!(titles(own.gt(0)).await, "Brazil");
}
