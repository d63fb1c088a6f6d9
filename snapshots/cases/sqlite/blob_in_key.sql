-- Keys that are bytes: a hash beside a number, and 16 bytes that are called a UUID.
CREATE TABLE chunk (
    digest BLOB NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (digest, number)
);

CREATE TABLE device (
    device_id UUID PRIMARY KEY NOT NULL CHECK (length(device_id) = 16),
    name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE measure (
    measure_id INTEGER PRIMARY KEY,
    device_id UUID NOT NULL REFERENCES device,
    celsius REAL
);
