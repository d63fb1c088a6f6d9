-- Tables as programs that many people have keep them, from memory and small.

-- Anki: a collation of its own, keys of text, JSON and flags in a text, times in seconds and milliseconds.
CREATE TABLE col (
    id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
    dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL,
    decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL
);
CREATE TABLE notes (
    id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
    tags text NOT NULL, flds text NOT NULL,
    -- The use of type integer for sfld is deliberate.
    sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE cards (
    id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, data text NOT NULL
);
CREATE TABLE graves (oid integer NOT NULL, type integer NOT NULL, usn integer NOT NULL, PRIMARY KEY (oid, type)) WITHOUT ROWID;
CREATE TABLE config (KEY text NOT NULL PRIMARY KEY, usn integer NOT NULL, mtime_secs integer NOT NULL, val blob NOT NULL) WITHOUT ROWID;
CREATE TABLE fields (
    ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase, config blob NOT NULL,
    PRIMARY KEY (ntid, ord)
) WITHOUT ROWID;
CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
CREATE TABLE notetypes (
    id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL,
    usn integer NOT NULL, config blob NOT NULL
);
CREATE UNIQUE INDEX idx_notetypes_name ON notetypes (name);
CREATE INDEX idx_notetypes_usn ON notetypes (usn);
CREATE TABLE decks (
    id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL,
    usn integer NOT NULL, common blob NOT NULL, kind blob NOT NULL
);
CREATE UNIQUE INDEX idx_decks_name ON decks (name);
CREATE TABLE tags (tag text NOT NULL PRIMARY KEY COLLATE unicase, usn integer NOT NULL, collapsed boolean NOT NULL, config blob NULL) WITHOUT ROWID;
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
INSERT INTO col VALUES (1, 1600000000, 1600000000000, 1600000000000, 18, 0, -1, 0, '{}', '', '', '', '');
INSERT INTO notes VALUES (1600000000001, 'a(b', 7, 1600000000, -1, ' verb ', 'gehen' || char(31) || 'to go', 'gehen', 1, 0, ''),
    (1600000000002, 'c', 7, 1600000000, -1, '', '12' || char(31) || 'twelve', 12, 2, 0, '');
INSERT INTO cards VALUES (1600000000003, 1600000000001, 1, 0, 1600000000, -1, 0, 0, 1, '{}');
INSERT INTO graves VALUES (5, 0, -1);
INSERT INTO config VALUES ('sortType', -1, 0, '"noteFld"'), ('creationOffset', -1, 0, x'2d313230');
INSERT INTO fields VALUES (7, 0, 'Front', x'0a01'), (7, 1, 'back', x'0a02'), (8, 0, 'front', x'');
INSERT INTO notetypes VALUES (7, 'Basic', 1600000000, -1, x'ff00'), (8, 'cloze', 0, 0, x''), (9, 'Ähnlich', 0, 0, x'');
INSERT INTO decks VALUES (1, 'Default', 0, 0, x'', x'0a00'), (2, 'default' || char(31) || 'Übung', 0, 0, x'', x''), (3, 'anatomy', 0, 0, x'', x'');
INSERT INTO tags VALUES ('verb', -1, 0, NULL), ('Noun', -1, 1, NULL), ('adverb', 0, 0, NULL);

-- Calibre: functions of its own in triggers and views.
CREATE TABLE books (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL DEFAULT 'Unknown' COLLATE NOCASE,
    sort TEXT COLLATE NOCASE, timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP, pubdate TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    series_index REAL NOT NULL DEFAULT 1.0, author_sort TEXT COLLATE NOCASE, path TEXT NOT NULL DEFAULT '', uuid TEXT,
    has_cover BOOL DEFAULT 0, last_modified TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00+00:00'
);
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, sort TEXT COLLATE NOCASE, UNIQUE (name));
CREATE TABLE books_authors_link (
    id INTEGER PRIMARY KEY, book INTEGER NOT NULL, author INTEGER NOT NULL, UNIQUE (book, author)
);
CREATE TABLE comments (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, text TEXT NOT NULL COLLATE NOCASE, UNIQUE (book));
CREATE INDEX books_idx ON books (sort COLLATE NOCASE);
CREATE VIEW meta AS
    SELECT id, title, (SELECT sortconcat(books_authors_link.id, name) FROM authors JOIN books_authors_link ON author = authors.id WHERE book = books.id) AS authors
    FROM books;
CREATE VIEW tag_browser_authors AS
    SELECT id, name, (SELECT count(id) FROM books_authors_link WHERE author = authors.id) AS count, sort FROM authors;
INSERT INTO books (id, title, sort, pubdate, uuid) VALUES (1, 'The Trial', 'Trial, The', '0101-01-01 00:00:00+00:00', 'b7f0'),
    (2, 'das Schloss', 'Schloss, das', '1926-01-01 00:00:00+00:00', 'c8');
INSERT INTO authors VALUES (1, 'Franz Kafka', 'Kafka, Franz');
INSERT INTO books_authors_link VALUES (1, 1, 1), (2, 2, 1);
INSERT INTO comments VALUES (1, 1, '<p>Someone must have slandered Josef K.</p>');
CREATE TRIGGER books_insert_trg AFTER INSERT ON books BEGIN
    UPDATE books SET sort = title_sort(NEW.title), uuid = uuid4() WHERE id = NEW.id;
END;
CREATE TRIGGER books_update_trg AFTER UPDATE ON books BEGIN
    UPDATE books SET sort = title_sort(NEW.title) WHERE id = NEW.id AND OLD.title <> NEW.title;
END;
CREATE TRIGGER books_delete_trg AFTER DELETE ON books BEGIN
    DELETE FROM books_authors_link WHERE book = OLD.id;
    DELETE FROM comments WHERE book = OLD.id;
END;
CREATE TRIGGER fkc_comments_insert BEFORE INSERT ON comments BEGIN
    SELECT CASE WHEN (SELECT id FROM books WHERE id = NEW.book) IS NULL
        THEN RAISE(ABORT, 'Foreign key violation: book not in books') END;
END;

-- Keys and references without a type.
CREATE TABLE mixed (k PRIMARY KEY, note TEXT);
INSERT INTO mixed VALUES (1, 'whole'), ('1', 'text'), (1.5, 'real'), (x'31', 'bytes'), ('abc', 'word'), (x'ff00', 'no text'),
    ('', 'empty'), ('~1', 'marked');
CREATE TABLE mixed_refs (id INTEGER PRIMARY KEY, k REFERENCES mixed);
INSERT INTO mixed_refs VALUES (1, 1), (2, 'abc');
CREATE TABLE pairs (a, b, note, PRIMARY KEY (a, b)) WITHOUT ROWID;
INSERT INTO pairs VALUES (1, '1', 'whole, text'), ('1', 1, 'text, whole');
CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO parents VALUES (5, 'Five');
CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id REFERENCES parents, text_id TEXT REFERENCES parents);
INSERT INTO children VALUES (1, '5', NULL), (2, 5, '5');

-- Lightroom: most columns without a type, a second key that is a text.
CREATE TABLE Adobe_images (
    id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL, aspectRatioCache NOT NULL DEFAULT -1,
    bitDepth NOT NULL DEFAULT 0, captureTime, colorLabels NOT NULL DEFAULT '', copyName,
    fileFormat NOT NULL DEFAULT 'unset', fileHeight, masterImage INTEGER, pick NOT NULL DEFAULT 0, rating,
    rootFile INTEGER NOT NULL DEFAULT 0, touchTime NOT NULL DEFAULT 0
);
CREATE INDEX index_Adobe_images_captureTime ON Adobe_images (captureTime);
CREATE TABLE Adobe_variablesTable (id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL, name, type, value NOT NULL DEFAULT '');
INSERT INTO Adobe_images (id_local, id_global, captureTime, fileHeight, rating) VALUES
    (61, '9E8D', '2014-05-01T12:00:00', 4000.0, 5.0), (62, '9E8E', NULL, 3000, NULL);
INSERT INTO Adobe_variablesTable VALUES (1, 'A', 'Adobe_DBVersion', NULL, '1200004'), (2, 'B', 'AgMRULists', 'x', 7);

-- Zotero: values of a column without a type, kept once; messages of triggers.
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, key TEXT NOT NULL, synced INT NOT NULL DEFAULT 0, UNIQUE (key));
CREATE TABLE itemData (
    itemID INT, fieldID INT, valueID INT, PRIMARY KEY (itemID, fieldID),
    FOREIGN KEY (itemID) REFERENCES items (itemID) ON DELETE CASCADE, FOREIGN KEY (valueID) REFERENCES itemDataValues (valueID)
);
INSERT INTO itemDataValues VALUES (1, 'On computable numbers'), (2, 1936), (3, '1936');
INSERT INTO items (itemID, key) VALUES (1, 'ABCD2345');
INSERT INTO itemData VALUES (1, 110, 1), (1, 14, 2);

-- Firefox and messengers: microseconds and milliseconds, full texts that triggers keep.
CREATE TABLE moz_places (
    id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL,
    frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER, guid TEXT, url_hash INTEGER DEFAULT 0 NOT NULL
);
CREATE INDEX moz_places_url_hashindex ON moz_places (url_hash);
CREATE UNIQUE INDEX moz_places_guid_uniqueindex ON moz_places (guid);
INSERT INTO moz_places VALUES (1, 'https://example.org/', 'Example', 3, 0, 100, 1600000000000000, 'aaaaaaaaaaaa', 125508050257634);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_id TEXT NOT NULL, body TEXT, received DATETIME, thumb BLOB);
CREATE VIRTUAL TABLE message_fts USING fts5(body, content=message, content_rowid=_id);
CREATE VIRTUAL TABLE message_old USING fts4(body);
CREATE VIRTUAL TABLE area USING rtree(id, x0, x1);
CREATE TRIGGER message_ai AFTER INSERT ON message BEGIN INSERT INTO message_fts (rowid, body) VALUES (NEW._id, NEW.body); END;
CREATE TRIGGER message_ad AFTER DELETE ON message BEGIN
    INSERT INTO message_fts (message_fts, rowid, body) VALUES ('delete', OLD._id, OLD.body);
END;
CREATE TRIGGER message_au AFTER UPDATE ON message BEGIN
    INSERT INTO message_fts (message_fts, rowid, body) VALUES ('delete', OLD._id, OLD.body);
    INSERT INTO message_fts (rowid, body) VALUES (NEW._id, NEW.body);
END;
INSERT INTO message VALUES (1, 'K', 'Hello', 1600000000000, x''), (2, 'L', NULL, 0, NULL), (3, 'M', 'Old', 86400000, x'ff');
INSERT INTO message_old VALUES ('Hello');
INSERT INTO area VALUES (1, 0, 1);

-- What SQLite takes of anybody.
CREATE TABLE "a""b" ("c""d" integer primary key, "e'f" text, [g h] text, `i``j` text);
CREATE TABLE /* , ( */ odd -- hm
    (a int /* ) */ primary key, -- , b
    b text default ')', c text default '--', check (b <> '('));
CREATE TABLE made AS SELECT 1 AS a, 'x' AS b, NULL AS c, 1 + 1;
CREATE TABLE exact (a int primary key, b any, c real, d blob) STRICT;
CREATE TABLE computed (id integer primary key, a int, b int AS (a * 2), c int AS (a * 3) STORED UNIQUE);
CREATE TABLE " x.y" (" a.b" int primary key, "select" text, rowid text, oid text);
CREATE TABLE types (id integer primary key, a "long name (10, 2)", b [x y], c varchar(99999999999999), d int(-1));
CREATE VIEW twice AS SELECT 1 AS a, 2 AS a, 3 AS "A";
CREATE VIEW nameless AS SELECT 1, 'x' || 'y';
INSERT INTO "a""b" VALUES (1, 'e', 'g', 'i');
INSERT INTO odd VALUES (1, 'b', 'c');
INSERT INTO exact VALUES (1, 'any', 1.5, x'00'), (2, 2, NULL, NULL);
INSERT INTO computed (id, a) VALUES (1, 2);
INSERT INTO " x.y" VALUES (1, 'a', 'b', 'c');
INSERT INTO types VALUES (1, 'a', 2, 'c', 4);
