-- Rules with and without a name, on numbers, lengths and choices, in any case and any quotes; one across columns, one
-- that only the database can check; unique indexes over an expression and over a part of the rows.
CREATE TABLE event (
    event_id INTEGER PRIMARY KEY,
    title TEXT NOT NULL CHECK (length(title) >= 3),
    "Kind" TEXT NOT NULL DEFAULT 'talk' CHECK (KIND IN ('talk', 'course')),
    percent INT CONSTRAINT percent CHECK ([percent] BETWEEN 0 AND 100),
    price REAL CHECK (event.price > 0),
    starts DATE NOT NULL,
    ends DATE,
    CHECK (ends >= starts),
    CONSTRAINT weekday CHECK (strftime('%w', starts) NOT IN ('0', '6'))
);

CREATE UNIQUE INDEX one_title ON event (lower(title));

CREATE UNIQUE INDEX one_open_talk ON event (starts) WHERE ends IS NULL;
