-- A key of two columns, a foreign key to it, and a key of which one column is a date.
CREATE TABLE room (
    building text NOT NULL,
    number smallint NOT NULL,
    seats integer NOT NULL,
    PRIMARY KEY (building, number)
);

CREATE TABLE booking (
    building text NOT NULL,
    number smallint NOT NULL,
    day date NOT NULL,
    person text NOT NULL,
    PRIMARY KEY (building, number, day),
    FOREIGN KEY (building, number) REFERENCES room
);
