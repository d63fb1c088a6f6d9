-- Enums: labels with spaces, signs and leading digits, a default, a nullable column, two tables that share one.
CREATE TYPE order_state AS ENUM ('new', 'in progress', 'done', 'sent-back', '2nd try');
CREATE TYPE size AS ENUM ('S', 'M', 'L', 'XL');

CREATE TABLE purchase (
    purchase_id integer PRIMARY KEY,
    state order_state NOT NULL DEFAULT 'new',
    previous_state order_state
);

CREATE TABLE shirt (
    shirt_id integer PRIMARY KEY,
    size size NOT NULL,
    last_order order_state
);
