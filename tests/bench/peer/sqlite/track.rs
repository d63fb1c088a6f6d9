//! The tracks and their query.

use rusqlite::{Connection, Result, Row};

/// A track with the names of what it belongs to.
pub(super) struct Track {
    pub(super) track_id: i64,
    pub(super) name: String,
    pub(super) album_id: Option<i64>,
    pub(super) media_type_id: i64,
    pub(super) genre_id: Option<i64>,
    pub(super) composer: Option<String>,
    pub(super) milliseconds: i64,
    pub(super) bytes: Option<i64>,
    pub(super) unit_price: f64,
    pub(super) album: Option<String>,
    pub(super) media_type: Option<String>,
    pub(super) genre: Option<String>,
}

const TRACKS: &str = "
    SELECT t.track_id, t.name, t.album_id, t.media_type_id, t.genre_id, t.composer, t.milliseconds, t.bytes,
        t.unit_price, a.title, m.name, g.name
    FROM track t
    LEFT JOIN album a ON a.album_id = t.album_id
    LEFT JOIN media_type m ON m.media_type_id = t.media_type_id
    LEFT JOIN genre g ON g.genre_id = t.genre_id
    ORDER BY t.track_id LIMIT 51";

const COUNT: &str = "SELECT count(*) FROM track";

/// The first page of tracks, one more than it shows, and how many there are.
pub(super) fn list(db: &Connection) -> Result<(Vec<Track>, i64)> {
    let tracks = db
        .prepare_cached(TRACKS)?
        .query_map([], read)?
        .collect::<Result<Vec<_>>>()?;
    let count = db.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?;
    Ok((tracks, count))
}

fn read(row: &Row<'_>) -> Result<Track> {
    Ok(Track {
        track_id: row.get(0)?,
        name: row.get(1)?,
        album_id: row.get(2)?,
        media_type_id: row.get(3)?,
        genre_id: row.get(4)?,
        composer: row.get(5)?,
        milliseconds: row.get(6)?,
        bytes: row.get(7)?,
        unit_price: row.get(8)?,
        album: row.get(9)?,
        media_type: row.get(10)?,
        genre: row.get(11)?,
    })
}
