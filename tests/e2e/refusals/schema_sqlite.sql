-- What a file says for itself: triggers that refuse, ignore and move rows.
CREATE TABLE parcel (parcel_id INTEGER PRIMARY KEY, weight INTEGER, name TEXT, note TEXT);
CREATE TABLE heavy (heavy_id INTEGER PRIMARY KEY, weight INTEGER);
CREATE TRIGGER light BEFORE INSERT ON parcel WHEN new.weight = 1
BEGIN SELECT RAISE(ABORT, 'No constraint failed: parcels in this column weigh more'); END;
CREATE TRIGGER ignored BEFORE INSERT ON parcel WHEN new.weight = 2 BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER moved BEFORE INSERT ON parcel WHEN new.weight = 3
BEGIN INSERT INTO heavy (weight) VALUES (new.weight); SELECT RAISE(IGNORE); END;
CREATE TRIGGER sealed BEFORE UPDATE ON parcel WHEN old.note = 'sealed' BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER kept BEFORE DELETE ON parcel WHEN old.weight = 41 BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER sent BEFORE DELETE ON parcel WHEN old.weight = 40 BEGIN SELECT RAISE(ABORT, 'It is on its way'); END;

-- What is changed after the application was made.
CREATE TABLE tag (tag_id INTEGER PRIMARY KEY, name TEXT NOT NULL, colour TEXT);
CREATE TABLE lost (lost_id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW found AS SELECT lost_id, name FROM lost;
