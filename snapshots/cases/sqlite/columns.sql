-- Declared types of an ordinary table, whose cells may hold anything; a STRICT table, whose checks say what its texts
-- and numbers are; columns that the database computes.
CREATE TABLE product (
    product_id INTEGER PRIMARY KEY AUTOINCREMENT,
    name NVARCHAR(40) NOT NULL,
    price DECIMAL(8, 2) NOT NULL DEFAULT 0,
    weight REAL,
    available BOOLEAN NOT NULL DEFAULT 1,
    added DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires DATE,
    details JSON,
    picture BLOB,
    serial UUID,
    anything
);

CREATE TABLE reading (
    reading_id INTEGER PRIMARY KEY,
    sensor TEXT NOT NULL COLLATE NOCASE,
    celsius REAL NOT NULL,
    fahrenheit REAL GENERATED ALWAYS AS (celsius * 1.8 + 32) STORED,
    valid INTEGER NOT NULL DEFAULT 1 CHECK (valid IN (0, 1)),
    taken TEXT NOT NULL CHECK (taken IS datetime(taken)),
    extra TEXT CHECK (json_valid(extra)),
    rest ANY
) STRICT;
