-- No table is STRICT: a file is opened by older programs, too, which could then read none of its tables.
-- AUTOINCREMENT keeps the number of a row that is deleted from becoming another's. A moment is a text, in UTC, as
-- SQLite's own functions write it: `2009-01-02 03:04:05`.

-- The versions that were applied, a row each. It comes first: what is not in it was not made.
CREATE TABLE umbel_migration (
    version integer CONSTRAINT migration_pk PRIMARY KEY,
    -- Of the file by which it was made: another one has made other tables.
    checksum text NOT NULL,
    applied_at text NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE umbel_user (
    id integer CONSTRAINT user_pk PRIMARY KEY AUTOINCREMENT,
    login text NOT NULL,
    -- What names are compared by: differences of case, width and signs that cannot be seen are gone.
    login_key text NOT NULL CONSTRAINT user_login_key UNIQUE,
    email text,
    email_key text CONSTRAINT user_email_key UNIQUE,
    email_confirmed_at text,
    -- Nothing for whoever signs in without one.
    password_hash text,
    name text NOT NULL DEFAULT '',
    is_superuser boolean NOT NULL DEFAULT FALSE,
    is_staff boolean NOT NULL DEFAULT FALSE,
    is_active boolean NOT NULL DEFAULT TRUE,
    last_sign_in_at text,
    created_at text NOT NULL,
    -- What passkeys call the user: it says nothing about the person.
    handle blob NOT NULL CONSTRAINT user_handle UNIQUE,
    -- The key of the row that this one stands beside, where an application brings its own table of users.
    source_key text CONSTRAINT user_source_key UNIQUE,
    CONSTRAINT user_email_is_whole CHECK ((email IS NULL) = (email_key IS NULL)),
    CONSTRAINT user_confirmed_is_an_email CHECK (email_confirmed_at IS NULL OR email IS NOT NULL)
);

-- Whether there is one is asked at every start.
CREATE INDEX umbel_user_superusers ON umbel_user (id) WHERE is_superuser;

CREATE TABLE umbel_group (
    id integer CONSTRAINT group_pk PRIMARY KEY AUTOINCREMENT,
    name text NOT NULL,
    name_key text NOT NULL CONSTRAINT group_name_key UNIQUE
);

CREATE TABLE umbel_membership (
    user_id integer NOT NULL CONSTRAINT membership_of_user REFERENCES umbel_user ON DELETE CASCADE,
    group_id integer NOT NULL CONSTRAINT membership_of_group REFERENCES umbel_group ON DELETE CASCADE,
    CONSTRAINT membership_pk PRIMARY KEY (user_id, group_id)
);

CREATE INDEX umbel_membership_by_group ON umbel_membership (group_id);

-- What a group or a user may do with a table. Nobody may what is not here, but for superusers.
CREATE TABLE umbel_permission (
    id integer CONSTRAINT permission_pk PRIMARY KEY AUTOINCREMENT,
    group_id integer CONSTRAINT permission_of_group REFERENCES umbel_group ON DELETE CASCADE,
    user_id integer CONSTRAINT permission_of_user REFERENCES umbel_user ON DELETE CASCADE,
    -- A name and not a reference: tables come and go, and those of an application are not ours.
    table_schema text NOT NULL,
    table_name text NOT NULL,
    -- view, add, change, delete, or a word of the application's own.
    action text NOT NULL,
    CONSTRAINT permission_is_of_one CHECK ((group_id IS NULL) <> (user_id IS NULL))
);

CREATE UNIQUE INDEX umbel_permission_once_a_group ON umbel_permission (group_id, table_schema, table_name, action)
    WHERE group_id IS NOT NULL;

CREATE UNIQUE INDEX umbel_permission_once_a_user ON umbel_permission (user_id, table_schema, table_name, action)
    WHERE user_id IS NOT NULL;

-- The columns that the members of a group do not see, or see and do not change.
CREATE TABLE umbel_column_rule (
    group_id integer NOT NULL CONSTRAINT column_rule_of_group REFERENCES umbel_group ON DELETE CASCADE,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    column_name text NOT NULL,
    rule text NOT NULL CONSTRAINT column_rule_is_known CHECK (rule IN ('hidden', 'read_only')),
    CONSTRAINT column_rule_pk PRIMARY KEY (group_id, table_schema, table_name, column_name)
);

CREATE TABLE umbel_session (
    id integer CONSTRAINT session_pk PRIMARY KEY AUTOINCREMENT,
    -- The SHA-256 of the key: whoever reads this table is not signed in by it.
    digest blob NOT NULL CONSTRAINT session_digest UNIQUE,
    user_id integer NOT NULL CONSTRAINT session_of_user REFERENCES umbel_user ON DELETE CASCADE,
    created_at text NOT NULL,
    seen_at text NOT NULL,
    expires_at text NOT NULL,
    is_remembered boolean NOT NULL,
    -- When its user last proved who it is.
    authenticated_at text NOT NULL,
    user_agent text NOT NULL,
    address text NOT NULL
);

CREATE INDEX umbel_session_by_user ON umbel_session (user_id);

CREATE INDEX umbel_session_by_end ON umbel_session (expires_at);

CREATE TABLE umbel_token (
    id integer CONSTRAINT token_pk PRIMARY KEY AUTOINCREMENT,
    -- By it the token is looked up and named.
    prefix text NOT NULL CONSTRAINT token_prefix UNIQUE,
    digest blob NOT NULL,
    user_id integer NOT NULL CONSTRAINT token_of_user REFERENCES umbel_user ON DELETE CASCADE,
    name text NOT NULL,
    -- Words with a space between.
    scopes text NOT NULL,
    created_at text NOT NULL,
    -- Nothing for one that holds until it is revoked.
    expires_at text,
    used_at text
);

CREATE INDEX umbel_token_by_user ON umbel_token (user_id);

CREATE TABLE umbel_passkey (
    id integer CONSTRAINT passkey_pk PRIMARY KEY AUTOINCREMENT,
    user_id integer NOT NULL CONSTRAINT passkey_of_user REFERENCES umbel_user ON DELETE CASCADE,
    credential blob NOT NULL CONSTRAINT passkey_credential UNIQUE,
    -- As COSE writes it.
    public_key blob NOT NULL,
    -- How often it has signed, or 0 if it does not count.
    counter integer NOT NULL,
    is_backup_eligible boolean NOT NULL,
    is_backed_up boolean NOT NULL,
    is_verified boolean NOT NULL,
    -- Words with a space between.
    transports text NOT NULL,
    aaguid blob NOT NULL,
    name text NOT NULL,
    created_at text NOT NULL,
    used_at text
);

CREATE INDEX umbel_passkey_by_user ON umbel_passkey (user_id);

CREATE TABLE umbel_totp (
    user_id integer CONSTRAINT totp_pk PRIMARY KEY CONSTRAINT totp_of_user REFERENCES umbel_user ON DELETE CASCADE,
    -- In base32. It has to be known to make codes, so no digest would do.
    secret text NOT NULL,
    -- Nothing until a first code has proved that the app has it.
    confirmed_at text,
    -- The last step of which a code was used: it is good for once.
    step integer
);

CREATE TABLE umbel_recovery_code (
    user_id integer NOT NULL CONSTRAINT recovery_code_of_user REFERENCES umbel_user ON DELETE CASCADE,
    -- New codes take the places of the old ones, in one statement.
    place integer NOT NULL,
    digest blob NOT NULL,
    CONSTRAINT recovery_code_pk PRIMARY KEY (user_id, place)
);

-- Who somebody is elsewhere.
CREATE TABLE umbel_identity (
    id integer CONSTRAINT identity_pk PRIMARY KEY AUTOINCREMENT,
    user_id integer NOT NULL CONSTRAINT identity_of_user REFERENCES umbel_user ON DELETE CASCADE,
    issuer text NOT NULL,
    subject text NOT NULL,
    email text,
    created_at text NOT NULL,
    used_at text,
    -- Never the address alone: elsewhere it may have been somebody else's before.
    CONSTRAINT identity_subject UNIQUE (issuer, subject)
);

CREATE INDEX umbel_identity_by_user ON umbel_identity (user_id);

-- What was begun in one request and is ended in another, once: a log-in elsewhere, the challenge of a passkey.
CREATE TABLE umbel_state (
    digest blob CONSTRAINT state_pk PRIMARY KEY,
    purpose text NOT NULL,
    user_id integer CONSTRAINT state_of_user REFERENCES umbel_user ON DELETE CASCADE,
    payload text NOT NULL,
    expires_at text NOT NULL
);

CREATE INDEX umbel_state_by_user ON umbel_state (user_id);

CREATE INDEX umbel_state_by_end ON umbel_state (expires_at);

-- How often something was tried that may not be tried too often: a window for each bucket.
CREATE TABLE umbel_attempt (
    bucket text CONSTRAINT attempt_pk PRIMARY KEY,
    count integer NOT NULL,
    ends_at text NOT NULL
);

CREATE INDEX umbel_attempt_by_end ON umbel_attempt (ends_at);

CREATE TABLE umbel_history (
    id integer CONSTRAINT history_pk PRIMARY KEY AUTOINCREMENT,
    at text NOT NULL,
    -- A number and not a reference: what somebody did stays when the user is deleted, and no other user has the number.
    user_id integer,
    -- Who it was, as it was then: a login, the name of a job.
    actor text NOT NULL,
    -- Where it was done: pages, admin, api, a command.
    surface text NOT NULL,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    row_key text NOT NULL,
    action text NOT NULL,
    changes text NOT NULL,
    request_id text
);

CREATE INDEX umbel_history_of_row ON umbel_history (table_schema, table_name, row_key, id);

CREATE INDEX umbel_history_of_user ON umbel_history (user_id, id) WHERE user_id IS NOT NULL;

CREATE INDEX umbel_history_by_time ON umbel_history (at);
