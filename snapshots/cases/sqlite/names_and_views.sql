-- Names that are no names in Rust, quoted in every way; a view with columns of tables and of its own, one over nothing
-- that is still there.
CREATE TABLE "2024 sales" (
    [Sale No] INTEGER PRIMARY KEY,
    `type` TEXT,
    "größe" INT,
    "select" TEXT NOT NULL
);

CREATE TABLE gone (
    a INT
);

CREATE VIEW totals (kind, sales) AS
SELECT type, count(*) FROM "2024 sales" GROUP BY type;

CREATE VIEW broken AS
SELECT a FROM gone;

DROP TABLE gone;
