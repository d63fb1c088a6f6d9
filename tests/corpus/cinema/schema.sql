-- A chain of cinemas: what it shows, where, and who sits in which seat.
--
-- Numbers are given by the head office, so that no key comes from a sequence.

CREATE TABLE country (
    code char(2) NOT NULL,
    name varchar(60) NOT NULL
);

CREATE TABLE company (
    company_id smallint NOT NULL,
    name varchar(80) NOT NULL,
    country_code char(2),
    founded smallint
);

CREATE TABLE film (
    film_id smallint NOT NULL,
    title varchar(120) NOT NULL,
    original_title varchar(120),
    released date,
    minutes smallint NOT NULL,
    company_id smallint,
    sequel_of smallint,
    budget numeric(12,2),
    synopsis text,
    poster bytea,
    CHECK (minutes > 0)
);

CREATE TABLE genre (
    genre_id smallint NOT NULL,
    name varchar(30) NOT NULL
);

CREATE TABLE film_genre (
    film_id smallint NOT NULL,
    genre_id smallint NOT NULL
);

CREATE TABLE person (
    person_id integer NOT NULL,
    name varchar(80) NOT NULL,
    born date,
    died date,
    CHECK (died > born)
);

CREATE TABLE credit (
    film_id smallint NOT NULL,
    person_id integer NOT NULL,
    job varchar(20) NOT NULL,
    part varchar(80)
);

CREATE TABLE cinema (
    cinema_id smallint NOT NULL,
    name varchar(60) NOT NULL,
    street varchar(80),
    city varchar(60) NOT NULL,
    opened date,
    manager_id integer
);

CREATE TABLE employee (
    employee_id integer NOT NULL,
    name varchar(80) NOT NULL,
    cinema_id smallint NOT NULL,
    reports_to integer,
    hired date NOT NULL
);

CREATE TABLE hall (
    cinema_id smallint NOT NULL,
    number smallint NOT NULL,
    name varchar(40),
    has_sound boolean DEFAULT true NOT NULL
);

CREATE TABLE seat (
    cinema_id smallint NOT NULL,
    hall_number smallint NOT NULL,
    line char(1) NOT NULL,
    number smallint NOT NULL,
    kind text DEFAULT 'stalls' NOT NULL,
    CHECK (kind IN ('stalls', 'balcony', 'box', 'wheelchair'))
);

CREATE TABLE screening (
    screening_id integer NOT NULL,
    film_id smallint NOT NULL,
    cinema_id smallint NOT NULL,
    hall_number smallint NOT NULL,
    starts_at timestamp NOT NULL,
    price numeric(6,2) NOT NULL,
    CHECK (price >= 0)
);

CREATE TABLE customer (
    customer_id integer NOT NULL,
    name varchar(80) NOT NULL,
    email varchar(120),
    joined date NOT NULL,
    discount real DEFAULT 0 NOT NULL
);

CREATE TABLE booking (
    booking_id integer NOT NULL,
    customer_id integer,
    screening_id integer NOT NULL,
    booked_at timestamp NOT NULL,
    is_paid boolean DEFAULT false NOT NULL
);

CREATE TABLE ticket (
    screening_id integer NOT NULL,
    cinema_id smallint NOT NULL,
    hall_number smallint NOT NULL,
    line char(1) NOT NULL,
    seat_number smallint NOT NULL,
    booking_id integer NOT NULL,
    price numeric(6,2) NOT NULL
);

ALTER TABLE ONLY country ADD CONSTRAINT country_pkey PRIMARY KEY (code);
ALTER TABLE ONLY company ADD CONSTRAINT company_pkey PRIMARY KEY (company_id);
ALTER TABLE ONLY film ADD CONSTRAINT film_pkey PRIMARY KEY (film_id);
ALTER TABLE ONLY genre ADD CONSTRAINT genre_pkey PRIMARY KEY (genre_id);
ALTER TABLE ONLY genre ADD CONSTRAINT genre_name_key UNIQUE (name);
ALTER TABLE ONLY film_genre ADD CONSTRAINT film_genre_pkey PRIMARY KEY (film_id, genre_id);
ALTER TABLE ONLY person ADD CONSTRAINT person_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY credit ADD CONSTRAINT credit_pkey PRIMARY KEY (film_id, person_id, job);
ALTER TABLE ONLY cinema ADD CONSTRAINT cinema_pkey PRIMARY KEY (cinema_id);
ALTER TABLE ONLY employee ADD CONSTRAINT employee_pkey PRIMARY KEY (employee_id);
ALTER TABLE ONLY hall ADD CONSTRAINT hall_pkey PRIMARY KEY (cinema_id, number);
ALTER TABLE ONLY seat ADD CONSTRAINT seat_pkey PRIMARY KEY (cinema_id, hall_number, line, number);
ALTER TABLE ONLY screening ADD CONSTRAINT screening_pkey PRIMARY KEY (screening_id);
ALTER TABLE ONLY screening ADD CONSTRAINT screening_hall_key UNIQUE (cinema_id, hall_number, starts_at);
ALTER TABLE ONLY customer ADD CONSTRAINT customer_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY customer ADD CONSTRAINT customer_email_key UNIQUE (email);
ALTER TABLE ONLY booking ADD CONSTRAINT booking_pkey PRIMARY KEY (booking_id);
ALTER TABLE ONLY ticket ADD CONSTRAINT ticket_pkey PRIMARY KEY (screening_id, line, seat_number);

ALTER TABLE ONLY company ADD CONSTRAINT company_country_fkey FOREIGN KEY (country_code) REFERENCES country (code);
ALTER TABLE ONLY film ADD CONSTRAINT film_company_fkey FOREIGN KEY (company_id) REFERENCES company (company_id);
ALTER TABLE ONLY film ADD CONSTRAINT film_sequel_fkey FOREIGN KEY (sequel_of) REFERENCES film (film_id);
ALTER TABLE ONLY film_genre ADD CONSTRAINT film_genre_film_fkey
    FOREIGN KEY (film_id) REFERENCES film (film_id) ON DELETE CASCADE;
ALTER TABLE ONLY film_genre ADD CONSTRAINT film_genre_genre_fkey FOREIGN KEY (genre_id) REFERENCES genre (genre_id);
ALTER TABLE ONLY credit ADD CONSTRAINT credit_film_fkey
    FOREIGN KEY (film_id) REFERENCES film (film_id) ON DELETE CASCADE;
ALTER TABLE ONLY credit ADD CONSTRAINT credit_person_fkey FOREIGN KEY (person_id) REFERENCES person (person_id);
ALTER TABLE ONLY cinema ADD CONSTRAINT cinema_manager_fkey FOREIGN KEY (manager_id) REFERENCES employee (employee_id);
ALTER TABLE ONLY employee ADD CONSTRAINT employee_cinema_fkey FOREIGN KEY (cinema_id) REFERENCES cinema (cinema_id);
ALTER TABLE ONLY employee ADD CONSTRAINT employee_boss_fkey FOREIGN KEY (reports_to) REFERENCES employee (employee_id);
ALTER TABLE ONLY hall ADD CONSTRAINT hall_cinema_fkey FOREIGN KEY (cinema_id) REFERENCES cinema (cinema_id);
ALTER TABLE ONLY seat ADD CONSTRAINT seat_hall_fkey
    FOREIGN KEY (cinema_id, hall_number) REFERENCES hall (cinema_id, number) ON DELETE CASCADE;
ALTER TABLE ONLY screening ADD CONSTRAINT screening_film_fkey FOREIGN KEY (film_id) REFERENCES film (film_id);
ALTER TABLE ONLY screening ADD CONSTRAINT screening_hall_fkey
    FOREIGN KEY (cinema_id, hall_number) REFERENCES hall (cinema_id, number);
ALTER TABLE ONLY booking ADD CONSTRAINT booking_customer_fkey
    FOREIGN KEY (customer_id) REFERENCES customer (customer_id) ON DELETE SET NULL;
ALTER TABLE ONLY booking ADD CONSTRAINT booking_screening_fkey
    FOREIGN KEY (screening_id) REFERENCES screening (screening_id);
ALTER TABLE ONLY ticket ADD CONSTRAINT ticket_screening_fkey
    FOREIGN KEY (screening_id) REFERENCES screening (screening_id);
ALTER TABLE ONLY ticket ADD CONSTRAINT ticket_seat_fkey
    FOREIGN KEY (cinema_id, hall_number, line, seat_number) REFERENCES seat (cinema_id, hall_number, line, number);
ALTER TABLE ONLY ticket ADD CONSTRAINT ticket_booking_fkey
    FOREIGN KEY (booking_id) REFERENCES booking (booking_id) ON DELETE CASCADE;

CREATE INDEX film_title_idx ON film (title);
CREATE INDEX credit_person_idx ON credit (person_id);
CREATE INDEX screening_film_idx ON screening (film_id, starts_at);
CREATE INDEX booking_customer_idx ON booking (customer_id);
CREATE INDEX ticket_booking_idx ON ticket (booking_id);
