-- Comments on a table, its columns, an enum and a check: docs in Rust, help in forms, words of an error.
CREATE TYPE priority AS ENUM ('low', 'high');
CREATE TABLE task (
    task_id integer PRIMARY KEY,
    title text NOT NULL,
    effort smallint CONSTRAINT effort_positive CHECK (effort > 0),
    priority priority NOT NULL
);

COMMENT ON TABLE task IS 'Something that someone''s to do.
It may take more than a day, & be "urgent" <soon>.';
COMMENT ON COLUMN task.title IS 'What is to be done, in a few words';
COMMENT ON COLUMN task.effort IS 'Hours; `0.5` is */ not // possible';
COMMENT ON TYPE priority IS 'How soon.';
COMMENT ON CONSTRAINT effort_positive ON task IS 'The effort must be at least an hour';
