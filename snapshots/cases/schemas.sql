-- Two schemas with a table of the same name each, and foreign keys between them.
CREATE SCHEMA sales;

CREATE TABLE party (
    party_id serial PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE sales.party (
    party_id serial PRIMARY KEY,
    name text NOT NULL,
    person_id integer REFERENCES public.party
);

CREATE TABLE sales.bill (
    bill_id serial PRIMARY KEY,
    buyer_id integer NOT NULL REFERENCES sales.party,
    checked_by integer REFERENCES public.party
);

-- Called like the schema that it is in.
CREATE TABLE sales.sales (
    day date PRIMARY KEY,
    total numeric(12, 2) NOT NULL
);
