-- What only SQLite has, or has otherwise than PostgreSQL.
CREATE TABLE device (
    device_id UUID PRIMARY KEY NOT NULL,
    name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE measure (
    measure_id INTEGER PRIMARY KEY,
    device_id UUID NOT NULL REFERENCES device,
    celsius REAL
);

CREATE TABLE chunk (
    digest BLOB NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (digest, number)
);

CREATE TABLE note (
    note_id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TRIGGER touch AFTER UPDATE OF body ON note
BEGIN
    UPDATE note SET updated_at = '2001-02-03 04:05:06' WHERE note_id = new.note_id;
END;

CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE pet (
    pet_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    owner_no INTEGER NOT NULL REFERENCES PERSON (ID)
);

CREATE TABLE seat (
    hall TEXT NOT NULL,
    number INT NOT NULL,
    holder TEXT,
    PRIMARY KEY (hall, number)
) WITHOUT ROWID;

CREATE TABLE award (
    award_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    jury_id INTEGER REFERENCES jury (jury_id)
);

PRAGMA foreign_keys = OFF;
INSERT INTO device VALUES (x'00112233445566778899aabbccddeeff', 'Barometer');
INSERT INTO measure VALUES (1, x'00112233445566778899aabbccddeeff', 20.5);
INSERT INTO chunk VALUES (x'00ff', 1, 10), (x'2c2f', 2, 20);
INSERT INTO note VALUES (1, 'old', '2000-01-01 00:00:00');
INSERT INTO person VALUES (7, 'Ada');
INSERT INTO pet VALUES (1, 'Rex', 7);
INSERT INTO seat VALUES ('Great Hall', 3, 'Ada');
INSERT INTO award VALUES (1, 'Palm', 5);
