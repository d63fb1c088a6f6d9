-- A tree: a table that refers to itself, once optionally and once by a column of its key.
CREATE TABLE category (
    category_id integer PRIMARY KEY,
    name text NOT NULL,
    parent_id integer REFERENCES category ON DELETE CASCADE
);

CREATE TABLE page (
    site text NOT NULL,
    path text NOT NULL,
    title text NOT NULL,
    parent_path text,
    PRIMARY KEY (site, path),
    FOREIGN KEY (site, parent_path) REFERENCES page (site, path)
);
