CREATE EXTENSION btree_gist;
CREATE SCHEMA sales;

-- A default left to the database, and a generated column.
CREATE TABLE ticket (
    ticket_id serial PRIMARY KEY,
    subject text NOT NULL,
    reference uuid NOT NULL DEFAULT gen_random_uuid(),
    opened timestamptz NOT NULL DEFAULT now(),
    priority integer NOT NULL DEFAULT 3,
    shout text GENERATED ALWAYS AS (upper(subject)) STORED
);

-- Unique among some rows, by an expression, and NULL among them.
CREATE TABLE account (
    account_id serial PRIMARY KEY,
    email text NOT NULL,
    nickname text,
    active boolean NOT NULL DEFAULT true,
    code integer
);
CREATE UNIQUE INDEX account_active_nickname ON account (nickname) WHERE active;
CREATE UNIQUE INDEX account_email ON account (lower(email));

-- Two foreign keys on one column, and one into another schema.
CREATE TABLE party (party_id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE person (
    person_id integer PRIMARY KEY REFERENCES party ON DELETE CASCADE,
    birthday date
);
CREATE TABLE sales.party (party_id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE sales."order" (
    order_id serial PRIMARY KEY,
    title text NOT NULL,
    buyer_id integer NOT NULL
        CONSTRAINT order_buyer_person REFERENCES public.person
        CONSTRAINT order_buyer_party REFERENCES public.party,
    seller_id integer REFERENCES sales.party
);

-- A tree, and rows that must not overlap.
CREATE TABLE category (
    category_id serial PRIMARY KEY,
    name text NOT NULL,
    parent_id integer REFERENCES category
);
CREATE TABLE booking (
    booking_id serial PRIMARY KEY,
    room integer NOT NULL,
    period daterange NOT NULL,
    CONSTRAINT booking_overlap EXCLUDE USING gist (room WITH =, period WITH &&)
);

-- A key of two columns that a foreign key refers to.
CREATE TABLE seat (
    hall integer,
    number integer,
    name text NOT NULL,
    PRIMARY KEY (hall, number)
);
CREATE TABLE reservation (
    reservation_id serial PRIMARY KEY,
    hall integer,
    number integer,
    guest text NOT NULL,
    FOREIGN KEY (hall, number) REFERENCES seat
);

INSERT INTO party (name) VALUES ('Ada'), ('Bob');
INSERT INTO person VALUES (1, '1815-12-10');
INSERT INTO sales.party (name) VALUES ('The shop');
INSERT INTO category (name, parent_id) VALUES ('Animals', NULL), ('Cats', 1);
INSERT INTO seat VALUES (1, 7, 'By the window');

-- Nothing but their addresses tells the rows apart; those of the parent lie in two tables.
CREATE TABLE journal (
    written timestamptz NOT NULL DEFAULT now(),
    message text NOT NULL
);
CREATE TABLE reading (value integer);
CREATE TABLE old_reading (source text) INHERITS (reading);
INSERT INTO journal (message) SELECT 'Entry ' || number FROM generate_series(1, 120) AS number;
INSERT INTO old_reading VALUES (7, 'probe');
