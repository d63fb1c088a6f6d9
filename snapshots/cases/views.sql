-- What views pass on: keys, relations, and what is written to them.
CREATE TABLE maker (maker_id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE product (
    product_id serial PRIMARY KEY,
    sku text NOT NULL CONSTRAINT product_sku UNIQUE,
    name text NOT NULL,
    price numeric(8, 2) NOT NULL DEFAULT 1 CONSTRAINT product_price CHECK (price > 0),
    maker_id integer REFERENCES maker,
    archived boolean NOT NULL DEFAULT false
);

-- Written through: one column has another name, one is computed, one is hidden and has a default.
CREATE VIEW current_product AS
    SELECT product_id, sku AS code, name, price, maker_id, upper(name) AS shout FROM product WHERE NOT archived
    WITH CHECK OPTION;
COMMENT ON VIEW current_product IS 'Products that are sold.';

-- A view of a view, which hides what a new row needs.
CREATE VIEW cheap_product AS SELECT product_id, name, price FROM current_product WHERE price < 10;

-- Rows of two tables: what it shows can be followed, not written.
CREATE VIEW product_of_maker AS
    SELECT m.maker_id, m.name AS maker, p.product_id, p.name AS product
    FROM maker m LEFT JOIN product p USING (maker_id);

CREATE MATERIALIZED VIEW price_list AS SELECT product_id, name, price, maker_id FROM product;
CREATE UNIQUE INDEX price_list_product ON price_list (product_id);
