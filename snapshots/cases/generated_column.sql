-- Generated columns: shown, never written; one of them is unique.
CREATE TABLE line (
    line_id integer PRIMARY KEY,
    first_name text NOT NULL,
    last_name text NOT NULL,
    full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    quantity integer NOT NULL,
    price numeric(8, 2) NOT NULL,
    total numeric(12, 2) NOT NULL GENERATED ALWAYS AS (quantity * price) STORED,
    UNIQUE (full_name)
);
