-- A partitioned table: one set of pages, none for its partitions; foreign keys that only the partitions have.
CREATE TABLE sensor (sensor_id integer PRIMARY KEY, place text NOT NULL);

CREATE TABLE reading (
    sensor_id integer NOT NULL,
    taken_at timestamptz NOT NULL,
    value double precision NOT NULL,
    PRIMARY KEY (taken_at, sensor_id)
) PARTITION BY RANGE (taken_at);

CREATE TABLE reading_2024 PARTITION OF reading FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE reading_other PARTITION OF reading DEFAULT;
ALTER TABLE reading_2024 ADD FOREIGN KEY (sensor_id) REFERENCES sensor;
