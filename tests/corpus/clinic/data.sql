--
-- PostgreSQL database dump
--

\restrict 9iENk2Ngne45VxGpod8WmUfMikJYfywY0iijSLfObSiDrglmhaEkOda9CCUtZMd

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

-- Departments and their heads refer to each other.
SET session_replication_role = replica;

--
-- Data for Name: appointment_2024; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.appointment_2024 (appointment_id, starts_at, minutes, patient_id, doctor_id, triage, reason) FROM stdin;
1	2024-02-28 08:00:00+00	20	10000	1	standard	fever
2	2024-02-28 08:20:00+00	40	10001	2	urgent	fell off a ladder
3	2024-12-31 23:50:00+00	15	10002	2	very urgent	\N
\.


--
-- Data for Name: appointment_2025; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.appointment_2025 (appointment_id, starts_at, minutes, patient_id, doctor_id, triage, reason) FROM stdin;
4	2025-01-02 10:00:00+00	30	10003	4	non-urgent	vaccination
5	2025-06-06 09:15:00+00	20	10004	3	standard	check-up
\.


--
-- Data for Name: diagnosis; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.diagnosis (code, name) FROM stdin;
J11.1	Influenza with other respiratory manifestations
S52.5	Fracture of lower end of radius
I10	Essential hypertension
Z00.0	General medical examination
\.


--
-- Data for Name: appointment_diagnosis; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.appointment_diagnosis (appointment_id, starts_at, code, is_main) FROM stdin;
1	2024-02-28 08:00:00+00	J11.1	t
2	2024-02-28 08:20:00+00	S52.5	t
2	2024-02-28 08:20:00+00	I10	f
5	2025-06-06 09:15:00+00	Z00.0	t
\.


--
-- Data for Name: appointment_rest; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.appointment_rest (appointment_id, starts_at, minutes, patient_id, doctor_id, triage, reason) FROM stdin;
6	2031-01-01 09:00:00+00	20	10000	1	non-urgent	far ahead
\.


--
-- Data for Name: room; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.room (building, number, beds) FROM stdin;
A	1	2
A	2	1
B	101	4
B	102	4
\.


--
-- Data for Name: bed; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.bed (bed_id, building, room_number, place) FROM stdin;
1	A	1	1
2	A	1	2
3	A	2	1
4	B	101	1
5	B	101	2
6	B	102	1
\.


--
-- Data for Name: department; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.department (department_id, name, part_of, phones, head_id) FROM stdin;
3	Cardiology	1	{}	\N
4	Paediatrics	1	{}	\N
5	Orthopaedics	2	{}	\N
1	Medicine	\N	{"+43 1 555 01"}	1
2	Surgery	\N	{"+43 1 555 02","+43 1 555 03"}	2
\.


--
-- Data for Name: staff; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.staff (staff_id, name, department_id, hired, left_on, hours) FROM stdin;
1	Ada Vogel	1	2011-04-01	\N	[20,40]
2	Ben Novák	2	2015-09-01	\N	[38.5,38.5]
3	Chiara Rossi	3	2018-01-15	\N	\N
4	Dev Patel	4	2019-07-01	2024-06-30	[10,20)
5	Eva Öberg	5	2020-02-01	\N	\N
6	Finn O'Neill	1	2022-11-01	\N	[38.5,)
\.


--
-- Data for Name: doctor; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.doctor (staff_id, licence, specialities) FROM stdin;
1	AT00101	{"internal medicine"}
2	AT00102	{surgery,traumatology}
3	AT00233	{cardiology}
4	AT00318	{paediatrics}
\.


--
-- Data for Name: patient; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.patient (patient_id, family_name, given_names, sex, born, phone, contacts, photo, updated_at) FROM stdin;
10000	Ahlgren	Maja	f	1984-02-29	+46 70 555 1234	[{"name": "Nils", "phone": "+46 70 555 9999"}]	\N	2026-11-30 06:42:09.675952+00
10001	Brown	James T.	m	1951-11-03	\N	[]	\N	2026-11-30 06:42:09.675952+00
10002	Çelik	Deniz	x	2001-07-19	0664 5550101	[]	\N	2026-11-30 06:42:09.675952+00
10003	da Silva	Ana Luísa	f	2019-12-24	\N	[{"name": "mother", "phone": "0664 5550102"}]	\N	2026-11-30 06:42:09.675952+00
10004	Nguyễn	Minh	m	1972-05-05	+84 24 555 77	[]	\N	2026-11-30 06:42:09.675952+00
\.


--
-- Data for Name: document; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.document (document_id, patient_id, written_on, body) FROM stdin;
5a2f7c1e-0d6b-4a57-9c2f-0f3f5d5a1b01	10000	2024-02-28	Sick leave until the 8th of March.
\.


--
-- Data for Name: measurement_other; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.measurement_other (patient_id, kind, at, value, pressure) FROM stdin;
10000	temperature	2024-02-28 08:06:00	38.9	\N
\.


--
-- Data for Name: measurement_pressure; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.measurement_pressure (patient_id, kind, at, value, pressure) FROM stdin;
10001	blood pressure	2024-02-28 08:26:00	\N	(151,92)
10004	blood pressure	2025-06-06 09:20:00	\N	(128,80)
\.


--
-- Data for Name: measurement_weight_0; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.measurement_weight_0 (patient_id, kind, at, value, pressure) FROM stdin;
10003	height	2025-01-02 10:05:00	109.5	\N
\.


--
-- Data for Name: measurement_weight_1; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.measurement_weight_1 (patient_id, kind, at, value, pressure) FROM stdin;
10000	weight	2024-02-28 08:05:00	63.5	\N
10001	weight	2024-02-28 08:25:00	81	\N
\.


--
-- Data for Name: prescription; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.prescription (document_id, patient_id, written_on, body, drug, dose, every) FROM stdin;
5a2f7c1e-0d6b-4a57-9c2f-0f3f5d5a1b02	10000	2024-02-28	At bedtime, too.	paracetamol	500 mg	06:00:00
\.


--
-- Data for Name: referral; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.referral (document_id, patient_id, written_on, body, to_department) FROM stdin;
5a2f7c1e-0d6b-4a57-9c2f-0f3f5d5a1b03	10001	2024-02-28	Please check the wrist in six weeks.	5
\.


--
-- Data for Name: stay; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.stay (stay_id, patient_id, bed_id, during) FROM stdin;
1	10000	1	[2024-03-01,2024-03-09)
2	10001	2	[2024-03-02,2024-03-20)
3	10001	4	[2025-01-07,2025-01-08)
4	10004	5	[2025-01-01,)
\.


--
-- Data for Name: waiting; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.waiting (patient_id, since, triage) FROM stdin;
10002	2025-06-06 08:40:00+00	urgent
10003	2025-06-06 08:55:00+00	standard
\.


--
-- Name: appointment_appointment_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.appointment_appointment_id_seq', 6, true);


--
-- Name: bed_bed_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.bed_bed_id_seq', 6, true);


--
-- Name: department_department_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.department_department_id_seq', 5, true);


--
-- Name: file_number; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.file_number', 10004, true);


--
-- Name: staff_staff_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.staff_staff_id_seq', 6, true);


--
-- Name: stay_stay_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.stay_stay_id_seq', 4, true);


SET session_replication_role = DEFAULT;

--
-- PostgreSQL database dump complete
--

\unrestrict 9iENk2Ngne45VxGpod8WmUfMikJYfywY0iijSLfObSiDrglmhaEkOda9CCUtZMd

