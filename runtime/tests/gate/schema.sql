CREATE TABLE house (house_id integer PRIMARY KEY, name text NOT NULL, owner text NOT NULL);
CREATE TABLE room (
    room_id integer PRIMARY KEY, name text NOT NULL, house_id integer REFERENCES house (house_id),
    size integer NOT NULL DEFAULT 10
);
CREATE TABLE tag (tag_id integer PRIMARY KEY, word text NOT NULL);
CREATE TABLE room_tag (
    room_id integer REFERENCES room (room_id), tag_id integer REFERENCES tag (tag_id), PRIMARY KEY (room_id, tag_id)
);
CREATE TABLE house_tag (
    tag_id integer REFERENCES tag (tag_id), house_id integer REFERENCES house (house_id), PRIMARY KEY (tag_id, house_id)
);
CREATE TABLE audit (audit_id integer PRIMARY KEY, line text NOT NULL);
INSERT INTO house VALUES (1, 'Mill', 'me'), (2, 'Secret', 'me'), (3, 'Tower', 'you');
INSERT INTO room VALUES (1, 'Hall', 1, 10), (2, 'Vault', 2, 10), (3, 'Attic', 3, 10);
INSERT INTO tag VALUES (1, 'old'), (2, 'new');
INSERT INTO room_tag VALUES (1, 1);
INSERT INTO house_tag VALUES (1, 1), (1, 2);
