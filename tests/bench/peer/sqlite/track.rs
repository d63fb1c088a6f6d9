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

/// The file does not hold anyone to the lengths of its columns: of a long text, the list shows the beginning.
const TRACKS: &str = "
    SELECT t.track_id,
        CASE WHEN octet_length(t.name) > 300 THEN substr(t.name, 1, 300) ELSE t.name END,
        t.album_id, t.media_type_id, t.genre_id,
        CASE WHEN octet_length(t.composer) > 300 THEN substr(t.composer, 1, 300) ELSE t.composer END,
        t.milliseconds, t.bytes, t.unit_price,
        CASE WHEN octet_length(a.title) > 300 THEN substr(a.title, 1, 300) ELSE a.title END,
        CASE WHEN octet_length(m.name) > 300 THEN substr(m.name, 1, 300) ELSE m.name END,
        CASE WHEN octet_length(g.name) > 300 THEN substr(g.name, 1, 300) ELSE g.name END
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
