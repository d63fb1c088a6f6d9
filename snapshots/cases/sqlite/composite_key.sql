-- A key of two columns, a foreign key to it, and a key of which one column is a date; without a rowid.
CREATE TABLE room (
    building TEXT NOT NULL,
    number SMALLINT NOT NULL,
    seats INTEGER NOT NULL,
    PRIMARY KEY (building, number)
) WITHOUT ROWID;

CREATE TABLE booking (
    building TEXT NOT NULL,
    number SMALLINT NOT NULL,
    day DATE NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (building, number, day),
    FOREIGN KEY (building, number) REFERENCES room
) WITHOUT ROWID;
