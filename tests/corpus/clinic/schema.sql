--
-- PostgreSQL database dump
--

\restrict TgUol7hL4DNnEpuCeQBQPLuMe0e7IltohfcTHBucaJDNMB89wSX5FnJGfEdpnRf

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: blood_pressure; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.blood_pressure AS (
	systolic smallint,
	diastolic smallint
);


ALTER TYPE public.blood_pressure OWNER TO postgres;

--
-- Name: icd10; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.icd10 AS character varying(8) NOT NULL
	CONSTRAINT icd10_check CHECK (((VALUE)::text ~ '^[A-Z][0-9]{2}(\.[0-9]{1,4})?$'::text));


ALTER DOMAIN public.icd10 OWNER TO postgres;

--
-- Name: phone; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.phone AS text
	CONSTRAINT phone_check CHECK ((VALUE ~ '^\+?[0-9 ]{5,20}$'::text));


ALTER DOMAIN public.phone OWNER TO postgres;

--
-- Name: sex; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.sex AS ENUM (
    'f',
    'm',
    'x'
);


ALTER TYPE public.sex OWNER TO postgres;

--
-- Name: triage; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.triage AS ENUM (
    'immediate',
    'very urgent',
    'urgent',
    'standard',
    'non-urgent'
);


ALTER TYPE public.triage OWNER TO postgres;

--
-- Name: age_in_years(date); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.age_in_years(born date, OUT years integer) RETURNS integer
    LANGUAGE sql STABLE STRICT
    AS $$SELECT date_part('year', age(born))::integer$$;


ALTER FUNCTION public.age_in_years(born date, OUT years integer) OWNER TO postgres;

--
-- Name: call_in(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.call_in() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM waiting WHERE patient_id = OLD.patient_id;
    RETURN OLD;
END;
$$;


ALTER FUNCTION public.call_in() OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
    NEW.updated_at := now(); -- a semicolon; and a $ within
    RETURN NEW;
END;
$_$;


ALTER FUNCTION public.touch() OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: appointment; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.appointment (
    appointment_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    minutes smallint DEFAULT 20 NOT NULL,
    patient_id bigint NOT NULL,
    doctor_id integer NOT NULL,
    triage public.triage DEFAULT 'standard'::public.triage NOT NULL,
    reason text,
    CONSTRAINT appointment_minutes_check CHECK ((minutes > 0))
)
PARTITION BY RANGE (starts_at);


ALTER TABLE public.appointment OWNER TO postgres;

--
-- Name: appointment_appointment_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.appointment_appointment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.appointment_appointment_id_seq OWNER TO postgres;

--
-- Name: appointment_appointment_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: postgres
--

ALTER SEQUENCE public.appointment_appointment_id_seq OWNED BY public.appointment.appointment_id;


SET default_table_access_method = heap;

--
-- Name: appointment_2024; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.appointment_2024 (
    appointment_id bigint DEFAULT nextval('public.appointment_appointment_id_seq'::regclass) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    minutes smallint DEFAULT 20 NOT NULL,
    patient_id bigint NOT NULL,
    doctor_id integer NOT NULL,
    triage public.triage DEFAULT 'standard'::public.triage NOT NULL,
    reason text,
    CONSTRAINT appointment_minutes_check CHECK ((minutes > 0))
);


ALTER TABLE public.appointment_2024 OWNER TO postgres;

--
-- Name: appointment_2025; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.appointment_2025 (
    appointment_id bigint DEFAULT nextval('public.appointment_appointment_id_seq'::regclass) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    minutes smallint DEFAULT 20 NOT NULL,
    patient_id bigint NOT NULL,
    doctor_id integer NOT NULL,
    triage public.triage DEFAULT 'standard'::public.triage NOT NULL,
    reason text,
    CONSTRAINT appointment_minutes_check CHECK ((minutes > 0)),
    CONSTRAINT short_in_2025 CHECK ((minutes <= 120))
);


ALTER TABLE public.appointment_2025 OWNER TO postgres;

--
-- Name: appointment_diagnosis; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.appointment_diagnosis (
    appointment_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    code public.icd10 NOT NULL,
    is_main boolean DEFAULT false NOT NULL
);


ALTER TABLE public.appointment_diagnosis OWNER TO postgres;

--
-- Name: appointment_rest; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.appointment_rest (
    appointment_id bigint DEFAULT nextval('public.appointment_appointment_id_seq'::regclass) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    minutes smallint DEFAULT 20 NOT NULL,
    patient_id bigint NOT NULL,
    doctor_id integer NOT NULL,
    triage public.triage DEFAULT 'standard'::public.triage NOT NULL,
    reason text,
    CONSTRAINT appointment_minutes_check CHECK ((minutes > 0))
);


ALTER TABLE public.appointment_rest OWNER TO postgres;

--
-- Name: bed; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.bed (
    bed_id integer NOT NULL,
    building character(1) NOT NULL,
    room_number smallint NOT NULL,
    place smallint DEFAULT 1 NOT NULL
);


ALTER TABLE public.bed OWNER TO postgres;

--
-- Name: bed_bed_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.bed_bed_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.bed_bed_id_seq OWNER TO postgres;

--
-- Name: bed_bed_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: postgres
--

ALTER SEQUENCE public.bed_bed_id_seq OWNED BY public.bed.bed_id;


--
-- Name: doctor; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.doctor (
    staff_id integer NOT NULL,
    licence character(7) NOT NULL,
    specialities text[] NOT NULL,
    CONSTRAINT doctor_specialities_check CHECK ((cardinality(specialities) > 0))
);


ALTER TABLE public.doctor OWNER TO postgres;

--
-- Name: staff; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.staff (
    staff_id integer NOT NULL,
    name text NOT NULL,
    department_id integer NOT NULL,
    hired date DEFAULT CURRENT_DATE NOT NULL,
    left_on date,
    hours numrange,
    CONSTRAINT staff_leaves_later CHECK ((left_on > hired))
);


ALTER TABLE public.staff OWNER TO postgres;

--
-- Name: busy_doctor; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.busy_doctor AS
 SELECT d.staff_id,
    s.name,
    count(*) AS appointments
   FROM ((public.doctor d
     JOIN public.staff s USING (staff_id))
     JOIN public.appointment a ON ((a.doctor_id = d.staff_id)))
  GROUP BY d.staff_id, s.name
  WITH NO DATA;


ALTER TABLE public.busy_doctor OWNER TO postgres;

--
-- Name: department; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.department (
    department_id integer NOT NULL,
    name text NOT NULL,
    part_of integer,
    phones public.phone[] DEFAULT '{}'::public.phone[] NOT NULL,
    head_id integer
);


ALTER TABLE public.department OWNER TO postgres;

--
-- Name: department_department_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.department_department_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.department_department_id_seq OWNER TO postgres;

--
-- Name: department_department_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: postgres
--

ALTER SEQUENCE public.department_department_id_seq OWNED BY public.department.department_id;


--
-- Name: diagnosis; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.diagnosis (
    code public.icd10 NOT NULL,
    name text NOT NULL
);


ALTER TABLE public.diagnosis OWNER TO postgres;

--
-- Name: document; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.document (
    document_id uuid NOT NULL,
    patient_id bigint NOT NULL,
    written_on date DEFAULT CURRENT_DATE NOT NULL,
    body text NOT NULL
);


ALTER TABLE public.document OWNER TO postgres;

--
-- Name: patient; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.patient (
    patient_id bigint NOT NULL,
    family_name text NOT NULL,
    given_names text NOT NULL,
    full_name text GENERATED ALWAYS AS (((given_names || ' '::text) || family_name)) STORED,
    sex public.sex,
    born date NOT NULL,
    phone public.phone,
    contacts jsonb DEFAULT '[]'::jsonb NOT NULL,
    photo bytea,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT patient_born_check CHECK ((born <= CURRENT_DATE))
);


ALTER TABLE public.patient OWNER TO postgres;

--
-- Name: TABLE patient; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TABLE public.patient IS 'Whoever was here once; nobody is ever deleted.';


--
-- Name: COLUMN patient.contacts; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON COLUMN public.patient.contacts IS 'Whom to call: [{"name": "…", "phone": "…"}].';


--
-- Name: file_number; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.file_number
    START WITH 10000
    INCREMENT BY 1
    NO MINVALUE
    MAXVALUE 99999999
    CACHE 1
    CYCLE;


ALTER TABLE public.file_number OWNER TO postgres;

--
-- Name: file_number; Type: SEQUENCE OWNED BY; Schema: public; Owner: postgres
--

ALTER SEQUENCE public.file_number OWNED BY public.patient.patient_id;


--
-- Name: measurement; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.measurement (
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamp(0) without time zone NOT NULL,
    value double precision,
    pressure public.blood_pressure,
    CONSTRAINT measurement_check CHECK (((value IS NULL) <> (pressure IS NULL)))
)
PARTITION BY LIST (kind);


ALTER TABLE public.measurement OWNER TO postgres;

--
-- Name: measurement_other; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.measurement_other (
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamp(0) without time zone NOT NULL,
    value double precision,
    pressure public.blood_pressure,
    CONSTRAINT measurement_check CHECK (((value IS NULL) <> (pressure IS NULL)))
);


ALTER TABLE public.measurement_other OWNER TO postgres;

--
-- Name: measurement_pressure; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.measurement_pressure (
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamp(0) without time zone NOT NULL,
    value double precision,
    pressure public.blood_pressure,
    CONSTRAINT measurement_check CHECK (((value IS NULL) <> (pressure IS NULL)))
);


ALTER TABLE public.measurement_pressure OWNER TO postgres;

--
-- Name: measurement_weight; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.measurement_weight (
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamp(0) without time zone NOT NULL,
    value double precision,
    pressure public.blood_pressure,
    CONSTRAINT measurement_check CHECK (((value IS NULL) <> (pressure IS NULL)))
)
PARTITION BY HASH (patient_id);


ALTER TABLE public.measurement_weight OWNER TO postgres;

--
-- Name: measurement_weight_0; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.measurement_weight_0 (
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamp(0) without time zone NOT NULL,
    value double precision,
    pressure public.blood_pressure,
    CONSTRAINT measurement_check CHECK (((value IS NULL) <> (pressure IS NULL)))
);


ALTER TABLE public.measurement_weight_0 OWNER TO postgres;

--
-- Name: measurement_weight_1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.measurement_weight_1 (
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamp(0) without time zone NOT NULL,
    value double precision,
    pressure public.blood_pressure,
    CONSTRAINT measurement_check CHECK (((value IS NULL) <> (pressure IS NULL)))
);


ALTER TABLE public.measurement_weight_1 OWNER TO postgres;

--
-- Name: patient_list; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.patient_list AS
 SELECT patient.patient_id,
    patient.full_name,
    patient.sex,
    public.age_in_years(patient.born) AS years
   FROM public.patient;


ALTER TABLE public.patient_list OWNER TO postgres;

--
-- Name: prescription; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.prescription (
    drug text NOT NULL,
    dose text NOT NULL,
    every interval hour to minute
)
INHERITS (public.document);


ALTER TABLE public.prescription OWNER TO postgres;

--
-- Name: waiting; Type: TABLE; Schema: public; Owner: postgres
--

CREATE UNLOGGED TABLE public.waiting (
    patient_id bigint NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    triage public.triage NOT NULL
);


ALTER TABLE public.waiting OWNER TO postgres;

--
-- Name: queue; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.queue AS
 SELECT w.patient_id,
    p.full_name,
    w.triage,
    w.since
   FROM (public.waiting w
     JOIN public.patient p USING (patient_id))
  ORDER BY w.triage, w.since;


ALTER TABLE public.queue OWNER TO postgres;

--
-- Name: referral; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.referral (
    to_department integer
)
INHERITS (public.document);


ALTER TABLE public.referral OWNER TO postgres;

--
-- Name: room; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.room (
    building character(1) NOT NULL,
    number smallint NOT NULL,
    beds smallint DEFAULT 1 NOT NULL,
    CONSTRAINT room_beds_check CHECK (((beds >= 0) AND (beds <= 12)))
);


ALTER TABLE public.room OWNER TO postgres;

--
-- Name: staff_staff_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.staff_staff_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.staff_staff_id_seq OWNER TO postgres;

--
-- Name: staff_staff_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: postgres
--

ALTER SEQUENCE public.staff_staff_id_seq OWNED BY public.staff.staff_id;


--
-- Name: stay; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.stay (
    stay_id integer NOT NULL,
    patient_id bigint NOT NULL,
    bed_id integer NOT NULL,
    during daterange NOT NULL,
    CONSTRAINT stay_during_check CHECK ((NOT isempty(during)))
);


ALTER TABLE public.stay OWNER TO postgres;

--
-- Name: stay_stay_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

ALTER TABLE public.stay ALTER COLUMN stay_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stay_stay_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: appointment_2024; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment ATTACH PARTITION public.appointment_2024 FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');


--
-- Name: appointment_2025; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment ATTACH PARTITION public.appointment_2025 FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');


--
-- Name: appointment_rest; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment ATTACH PARTITION public.appointment_rest DEFAULT;


--
-- Name: measurement_other; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement ATTACH PARTITION public.measurement_other DEFAULT;


--
-- Name: measurement_pressure; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement ATTACH PARTITION public.measurement_pressure FOR VALUES IN ('blood pressure');


--
-- Name: measurement_weight; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement ATTACH PARTITION public.measurement_weight FOR VALUES IN ('weight', 'height');


--
-- Name: measurement_weight_0; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement_weight ATTACH PARTITION public.measurement_weight_0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- Name: measurement_weight_1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement_weight ATTACH PARTITION public.measurement_weight_1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- Name: appointment appointment_id; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment ALTER COLUMN appointment_id SET DEFAULT nextval('public.appointment_appointment_id_seq'::regclass);


--
-- Name: bed bed_id; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bed ALTER COLUMN bed_id SET DEFAULT nextval('public.bed_bed_id_seq'::regclass);


--
-- Name: department department_id; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.department ALTER COLUMN department_id SET DEFAULT nextval('public.department_department_id_seq'::regclass);


--
-- Name: patient patient_id; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.patient ALTER COLUMN patient_id SET DEFAULT nextval('public.file_number'::regclass);


--
-- Name: prescription written_on; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.prescription ALTER COLUMN written_on SET DEFAULT CURRENT_DATE;


--
-- Name: referral written_on; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.referral ALTER COLUMN written_on SET DEFAULT CURRENT_DATE;


--
-- Name: staff staff_id; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.staff ALTER COLUMN staff_id SET DEFAULT nextval('public.staff_staff_id_seq'::regclass);


--
-- Name: appointment appointment_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (appointment_id, starts_at);


--
-- Name: appointment_2024 appointment_2024_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment_2024
    ADD CONSTRAINT appointment_2024_pkey PRIMARY KEY (appointment_id, starts_at);


--
-- Name: appointment_2025 appointment_2025_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment_2025
    ADD CONSTRAINT appointment_2025_pkey PRIMARY KEY (appointment_id, starts_at);


--
-- Name: appointment_diagnosis appointment_diagnosis_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment_diagnosis
    ADD CONSTRAINT appointment_diagnosis_pkey PRIMARY KEY (appointment_id, starts_at, code);


--
-- Name: appointment_rest appointment_rest_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment_rest
    ADD CONSTRAINT appointment_rest_pkey PRIMARY KEY (appointment_id, starts_at);


--
-- Name: bed bed_building_room_number_place_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bed
    ADD CONSTRAINT bed_building_room_number_place_key UNIQUE (building, room_number, place);


--
-- Name: bed bed_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bed
    ADD CONSTRAINT bed_pkey PRIMARY KEY (bed_id);


--
-- Name: department department_name_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_name_key UNIQUE (name);


--
-- Name: department department_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_pkey PRIMARY KEY (department_id);


--
-- Name: diagnosis diagnosis_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.diagnosis
    ADD CONSTRAINT diagnosis_pkey PRIMARY KEY (code);


--
-- Name: doctor doctor_licence_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.doctor
    ADD CONSTRAINT doctor_licence_key UNIQUE (licence);


--
-- Name: doctor doctor_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.doctor
    ADD CONSTRAINT doctor_pkey PRIMARY KEY (staff_id);


--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (document_id);


--
-- Name: measurement measurement_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement
    ADD CONSTRAINT measurement_pkey PRIMARY KEY (patient_id, kind, at);


--
-- Name: measurement_other measurement_other_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement_other
    ADD CONSTRAINT measurement_other_pkey PRIMARY KEY (patient_id, kind, at);


--
-- Name: measurement_pressure measurement_pressure_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement_pressure
    ADD CONSTRAINT measurement_pressure_pkey PRIMARY KEY (patient_id, kind, at);


--
-- Name: measurement_weight measurement_weight_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement_weight
    ADD CONSTRAINT measurement_weight_pkey PRIMARY KEY (patient_id, kind, at);


--
-- Name: measurement_weight_0 measurement_weight_0_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement_weight_0
    ADD CONSTRAINT measurement_weight_0_pkey PRIMARY KEY (patient_id, kind, at);


--
-- Name: measurement_weight_1 measurement_weight_1_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.measurement_weight_1
    ADD CONSTRAINT measurement_weight_1_pkey PRIMARY KEY (patient_id, kind, at);


--
-- Name: stay one_bed_for_a_patient; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.stay
    ADD CONSTRAINT one_bed_for_a_patient EXCLUDE USING gist (int8range(patient_id, patient_id, '[]'::text) WITH =, during WITH &&);


--
-- Name: stay one_patient_in_a_bed; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.stay
    ADD CONSTRAINT one_patient_in_a_bed EXCLUDE USING gist (int4range(bed_id, bed_id, '[]'::text) WITH =, during WITH &&);


--
-- Name: patient patient_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.patient
    ADD CONSTRAINT patient_pkey PRIMARY KEY (patient_id);


--
-- Name: prescription prescription_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.prescription
    ADD CONSTRAINT prescription_pkey PRIMARY KEY (document_id);


--
-- Name: referral referral_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_pkey PRIMARY KEY (document_id);


--
-- Name: room room_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.room
    ADD CONSTRAINT room_pkey PRIMARY KEY (building, number);


--
-- Name: staff staff_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (staff_id);


--
-- Name: stay stay_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.stay
    ADD CONSTRAINT stay_pkey PRIMARY KEY (stay_id);


--
-- Name: waiting waiting_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.waiting
    ADD CONSTRAINT waiting_pkey PRIMARY KEY (patient_id);


--
-- Name: appointment_patient_id_starts_at_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX appointment_patient_id_starts_at_idx ON ONLY public.appointment USING btree (patient_id, starts_at);


--
-- Name: appointment_2024_patient_id_starts_at_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX appointment_2024_patient_id_starts_at_idx ON public.appointment_2024 USING btree (patient_id, starts_at);


--
-- Name: appointment_2025_patient_id_starts_at_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX appointment_2025_patient_id_starts_at_idx ON public.appointment_2025 USING btree (patient_id, starts_at);


--
-- Name: appointment_rest_patient_id_starts_at_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX appointment_rest_patient_id_starts_at_idx ON public.appointment_rest USING btree (patient_id, starts_at);


--
-- Name: busy_doctor_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX busy_doctor_key ON public.busy_doctor USING btree (staff_id);


--
-- Name: one_main_diagnosis; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX one_main_diagnosis ON public.appointment_diagnosis USING btree (appointment_id) WHERE is_main;


--
-- Name: patient_name; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX patient_name ON public.patient USING btree (family_name COLLATE "C", given_names COLLATE "C" DESC);


--
-- Name: appointment_2024_patient_id_starts_at_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.appointment_patient_id_starts_at_idx ATTACH PARTITION public.appointment_2024_patient_id_starts_at_idx;


--
-- Name: appointment_2024_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.appointment_pkey ATTACH PARTITION public.appointment_2024_pkey;


--
-- Name: appointment_2025_patient_id_starts_at_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.appointment_patient_id_starts_at_idx ATTACH PARTITION public.appointment_2025_patient_id_starts_at_idx;


--
-- Name: appointment_2025_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.appointment_pkey ATTACH PARTITION public.appointment_2025_pkey;


--
-- Name: appointment_rest_patient_id_starts_at_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.appointment_patient_id_starts_at_idx ATTACH PARTITION public.appointment_rest_patient_id_starts_at_idx;


--
-- Name: appointment_rest_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.appointment_pkey ATTACH PARTITION public.appointment_rest_pkey;


--
-- Name: measurement_other_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.measurement_pkey ATTACH PARTITION public.measurement_other_pkey;


--
-- Name: measurement_pressure_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.measurement_pkey ATTACH PARTITION public.measurement_pressure_pkey;


--
-- Name: measurement_weight_0_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.measurement_weight_pkey ATTACH PARTITION public.measurement_weight_0_pkey;


--
-- Name: measurement_weight_1_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.measurement_weight_pkey ATTACH PARTITION public.measurement_weight_1_pkey;


--
-- Name: measurement_weight_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.measurement_pkey ATTACH PARTITION public.measurement_weight_pkey;


--
-- Name: appointment_load; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.appointment_load (dependencies) ON doctor_id, triage FROM public.appointment;


ALTER STATISTICS public.appointment_load OWNER TO postgres;

--
-- Name: patient patient_touch; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER patient_touch BEFORE UPDATE ON public.patient FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: queue queue_call_in; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER queue_call_in INSTEAD OF DELETE ON public.queue FOR EACH ROW EXECUTE FUNCTION public.call_in();


--
-- Name: appointment_diagnosis appointment_diagnosis_appointment_id_starts_at_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment_diagnosis
    ADD CONSTRAINT appointment_diagnosis_appointment_id_starts_at_fkey FOREIGN KEY (appointment_id, starts_at) REFERENCES public.appointment(appointment_id, starts_at) ON DELETE CASCADE;


--
-- Name: appointment_diagnosis appointment_diagnosis_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.appointment_diagnosis
    ADD CONSTRAINT appointment_diagnosis_code_fkey FOREIGN KEY (code) REFERENCES public.diagnosis(code);


--
-- Name: appointment appointment_doctor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.appointment
    ADD CONSTRAINT appointment_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES public.doctor(staff_id);


--
-- Name: appointment appointment_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.appointment
    ADD CONSTRAINT appointment_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patient(patient_id);


--
-- Name: bed bed_building_room_number_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bed
    ADD CONSTRAINT bed_building_room_number_fkey FOREIGN KEY (building, room_number) REFERENCES public.room(building, number) MATCH FULL;


--
-- Name: department department_head; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_head FOREIGN KEY (head_id) REFERENCES public.staff(staff_id) ON DELETE SET NULL;


--
-- Name: department department_part_of_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_part_of_fkey FOREIGN KEY (part_of) REFERENCES public.department(department_id);


--
-- Name: doctor doctor_staff_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.doctor
    ADD CONSTRAINT doctor_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(staff_id) ON DELETE CASCADE;


--
-- Name: document document_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patient(patient_id);


--
-- Name: measurement measurement_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.measurement
    ADD CONSTRAINT measurement_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patient(patient_id);


--
-- Name: referral referral_to_department_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_to_department_fkey FOREIGN KEY (to_department) REFERENCES public.department(department_id);


--
-- Name: staff staff_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.department(department_id);


--
-- Name: stay stay_bed_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.stay
    ADD CONSTRAINT stay_bed_id_fkey FOREIGN KEY (bed_id) REFERENCES public.bed(bed_id);


--
-- Name: stay stay_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.stay
    ADD CONSTRAINT stay_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patient(patient_id);


--
-- Name: waiting waiting_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.waiting
    ADD CONSTRAINT waiting_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patient(patient_id) ON DELETE CASCADE;


--
-- Name: measurement; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.measurement ENABLE ROW LEVEL SECURITY;

--
-- Name: measurement own_measurements; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY own_measurements ON public.measurement FOR SELECT USING (((patient_id)::text = current_setting('clinic.patient'::text, true)));


--
-- PostgreSQL database dump complete
--

\unrestrict TgUol7hL4DNnEpuCeQBQPLuMe0e7IltohfcTHBucaJDNMB89wSX5FnJGfEdpnRf

