-- A tree: a table that refers to itself, once optionally and once by a column of its key.
CREATE TABLE category (
    category_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    parent_id INTEGER REFERENCES category ON DELETE CASCADE
);

CREATE TABLE page (
    site TEXT NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    parent_path TEXT,
    PRIMARY KEY (site, path),
    FOREIGN KEY (site, parent_path) REFERENCES page (site, path)
);
