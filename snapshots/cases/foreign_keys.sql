-- Foreign keys: two to the same table, one to a unique key that is not the primary one, each kind of ON DELETE.
CREATE TABLE person (
    person_id integer PRIMARY KEY,
    name text NOT NULL,
    badge text NOT NULL UNIQUE
);

CREATE TABLE parcel (
    parcel_id integer PRIMARY KEY,
    sender_id integer NOT NULL REFERENCES person ON DELETE RESTRICT,
    receiver_id integer NOT NULL REFERENCES person ON DELETE CASCADE,
    courier_id integer REFERENCES person ON DELETE SET NULL,
    approved_by text REFERENCES person (badge) ON UPDATE CASCADE
);
