-- One to one: a unique foreign key, and a key that is a foreign key (a sub-type).
CREATE TABLE account (account_id integer PRIMARY KEY, name text NOT NULL);

CREATE TABLE profile (
    profile_id integer PRIMARY KEY,
    account_id integer NOT NULL UNIQUE REFERENCES account ON DELETE CASCADE,
    biography text
);

CREATE TABLE staff (
    account_id integer PRIMARY KEY REFERENCES account,
    salary numeric(9, 2) NOT NULL
);
