-- Foreign keys: two to the same table, one to a unique key that is not the primary one, each kind of ON DELETE.
CREATE TABLE person (
    person_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    badge TEXT NOT NULL UNIQUE
);

CREATE TABLE parcel (
    parcel_id INTEGER PRIMARY KEY,
    sender_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
    receiver_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    courier_id INTEGER REFERENCES person ON DELETE SET NULL,
    approved_by TEXT REFERENCES person (badge) ON UPDATE CASCADE
);
