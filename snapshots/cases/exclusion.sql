-- Exclusion constraints: said in words where all of it is understood, by a comment, or as the database has it.
CREATE TABLE reservation (
    reservation_id integer PRIMARY KEY,
    room int4range NOT NULL,
    during daterange NOT NULL,
    EXCLUDE USING gist (room WITH =, during WITH &&)
);

CREATE TABLE shift (
    shift_id integer PRIMARY KEY,
    during tstzrange NOT NULL,
    area box,
    CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&),
    CONSTRAINT areas_apart EXCLUDE USING gist (area WITH ~=)
);

COMMENT ON CONSTRAINT one_at_a_time ON shift IS 'only one person is on duty at a time';
