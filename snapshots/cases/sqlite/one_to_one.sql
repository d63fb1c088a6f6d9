-- One to one: a unique foreign key, and a key that is a foreign key (a sub-type).
CREATE TABLE account (account_id INTEGER PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE profile (
    profile_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL UNIQUE REFERENCES account ON DELETE CASCADE,
    biography TEXT
);

CREATE TABLE staff (
    account_id INTEGER PRIMARY KEY REFERENCES account,
    salary NUMERIC(9, 2) NOT NULL
);
