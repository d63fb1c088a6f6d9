-- A newsroom: what `umbel demo` makes an application of.

CREATE TABLE section (
    section_id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES section ON DELETE RESTRICT,
    name TEXT NOT NULL UNIQUE CHECK (length(name) <= 60),
    tone TEXT NOT NULL DEFAULT 'neutral' CHECK (tone IN ('neutral', 'warm', 'cool')),
    description TEXT,
    CHECK (parent_id <> section_id)
) STRICT;

CREATE TABLE author (
    author_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) <= 80),
    email TEXT NOT NULL UNIQUE CHECK (email LIKE '%_@_%') CHECK (length(email) <= 120),
    desk_id INTEGER REFERENCES section ON DELETE SET NULL,
    editor_id INTEGER REFERENCES author ON DELETE SET NULL,
    joined_on TEXT NOT NULL DEFAULT CURRENT_DATE CHECK (joined_on IS date(joined_on)),
    is_staff INTEGER NOT NULL DEFAULT 1 CHECK (is_staff IN (0, 1)),
    fee_per_word REAL NOT NULL DEFAULT 0.25 CHECK (fee_per_word BETWEEN 0 AND 100),
    portrait BLOB,
    biography TEXT
) STRICT;

CREATE INDEX author_name ON author (name);

CREATE TABLE article (
    article_id INTEGER PRIMARY KEY,
    section_id INTEGER NOT NULL REFERENCES section ON DELETE RESTRICT,
    title TEXT NOT NULL CHECK (length(title) BETWEEN 3 AND 160),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) <= 160),
    state TEXT NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'review', 'scheduled', 'published', 'retracted')),
    summary TEXT CHECK (length(summary) <= 400),
    body TEXT NOT NULL,
    published_at TEXT CHECK (published_at IS datetime(published_at)),
    word_limit INTEGER CHECK (word_limit > 0),
    fee REAL CHECK (fee >= 0),
    is_breaking INTEGER NOT NULL DEFAULT 0 CHECK (is_breaking IN (0, 1)),
    follows_id INTEGER REFERENCES article ON DELETE SET NULL,
    layout TEXT CHECK (json_valid(layout)),
    characters INTEGER GENERATED ALWAYS AS (length(body)) VIRTUAL,
    CONSTRAINT published_articles_have_a_date CHECK (state <> 'published' OR published_at IS NOT NULL)
) STRICT;

CREATE INDEX article_section ON article (section_id, published_at);
CREATE INDEX article_published ON article (published_at);
CREATE INDEX article_title ON article (title);
CREATE INDEX article_follows ON article (follows_id);

CREATE TABLE byline (
    article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    author_id INTEGER NOT NULL REFERENCES author ON DELETE RESTRICT,
    part TEXT NOT NULL DEFAULT 'text' CHECK (part IN ('text', 'photos', 'research', 'translation')),
    PRIMARY KEY (article_id, author_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX byline_author ON byline (author_id);

CREATE TABLE tag (
    tag_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) <= 40)
) STRICT;

CREATE TABLE article_tag (
    article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_tag_tag ON article_tag (tag_id);

CREATE TABLE comment (
    comment_id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    reply_to_id INTEGER REFERENCES comment ON DELETE CASCADE,
    author_name TEXT NOT NULL CHECK (length(author_name) <= 60),
    body TEXT NOT NULL,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    is_approved INTEGER NOT NULL DEFAULT 0 CHECK (is_approved IN (0, 1)),
    written_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP CHECK (written_at IS datetime(written_at))
) STRICT;

CREATE INDEX comment_article ON comment (article_id, written_at);
CREATE INDEX comment_reply_to ON comment (reply_to_id);

CREATE TABLE subscriber (
    subscriber_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) <= 80),
    email TEXT NOT NULL UNIQUE CHECK (length(email) <= 120),
    plan TEXT NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'monthly', 'yearly', 'patron')),
    price REAL NOT NULL DEFAULT 0 CHECK (price >= 0),
    born_on TEXT CHECK (born_on IS date(born_on)),
    subscribed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP CHECK (subscribed_at IS datetime(subscribed_at)),
    cancelled_at TEXT CHECK (cancelled_at IS datetime(cancelled_at)),
    CONSTRAINT cancelled_after_subscribing CHECK (cancelled_at >= subscribed_at)
) STRICT;

CREATE TABLE subscriber_section (
    subscriber_id INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
    section_id INTEGER NOT NULL REFERENCES section ON DELETE CASCADE,
    PRIMARY KEY (subscriber_id, section_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX subscriber_section_section ON subscriber_section (section_id);

-- The editorial calendar: what each section leads with, morning and evening.
CREATE TABLE edition (
    day TEXT NOT NULL CHECK (day IS date(day)),
    slot TEXT NOT NULL CHECK (slot IN ('morning', 'evening')),
    section_id INTEGER NOT NULL REFERENCES section ON DELETE CASCADE,
    article_id INTEGER REFERENCES article ON DELETE SET NULL,
    goes_out_at TEXT NOT NULL CHECK (goes_out_at IS time(goes_out_at)),
    note TEXT,
    PRIMARY KEY (day, slot, section_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX edition_article ON edition (article_id);

CREATE VIEW published_article AS
SELECT
    article.article_id,
    article.title,
    section.name AS section,
    article.published_at,
    article.fee,
    (SELECT count(*) FROM comment WHERE comment.article_id = article.article_id) AS comments
FROM article
JOIN section ON section.section_id = article.section_id
WHERE article.state = 'published';
