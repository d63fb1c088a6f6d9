-- Values that are no single scalar, and some that no Rust type holds.
CREATE TABLE document (
    document_id integer PRIMARY KEY,
    tags text[] NOT NULL,
    scores integer[],
    body jsonb NOT NULL,
    raw json,
    picture bytea,
    words tsvector,
    address inet,
    span interval,
    period tstzrange
);
