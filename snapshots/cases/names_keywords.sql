-- Names that are Rust keywords, collide with what the runtime imports, with fields of forms or with routes, or are no
-- identifiers at all.
CREATE TABLE "type" (
    id integer PRIMARY KEY,
    "fn" text,
    "self" text,
    "Mixed Case" text,
    "2nd" text,
    "größe" numeric(5, 1),
    state text,
    "new" text,
    sort text,
    q text
);

CREATE TABLE "order" (id integer PRIMARY KEY, "key" integer NOT NULL, "type" integer REFERENCES "type", "select" boolean NOT NULL);
CREATE TABLE option (id integer PRIMARY KEY, result text, string text NOT NULL);
CREATE TABLE "2024 sales" (id integer PRIMARY KEY, "class" text NOT NULL);
CREATE TABLE "таблица" (id integer PRIMARY KEY, "имя" text NOT NULL);
CREATE TABLE order_item (id integer PRIMARY KEY);
CREATE TABLE orderitem (id integer PRIMARY KEY);
