-- Defaults: constants of several types, NULL, expressions that only the database can evaluate.
CREATE TABLE setting (
    setting_id integer PRIMARY KEY,
    name text NOT NULL DEFAULT 'it''s new',
    count integer NOT NULL DEFAULT 10,
    ratio numeric(4, 2) NOT NULL DEFAULT 4.99,
    active boolean NOT NULL DEFAULT true,
    since date NOT NULL DEFAULT '2024-02-29',
    created_at timestamptz NOT NULL DEFAULT now(),
    note text DEFAULT 'none',
    nothing text DEFAULT NULL,
    tags text[] NOT NULL DEFAULT '{}',
    options jsonb NOT NULL DEFAULT '{"dark": false}'
);
