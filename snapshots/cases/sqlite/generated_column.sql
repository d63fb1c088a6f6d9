-- Generated columns, stored and not: shown, never written; one of them is unique.
CREATE TABLE line (
    line_id INTEGER PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    full_name TEXT GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    quantity INTEGER NOT NULL,
    price NUMERIC(8, 2) NOT NULL,
    total NUMERIC(12, 2) NOT NULL AS (quantity * price),
    UNIQUE (full_name)
);
