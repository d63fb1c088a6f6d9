//! What the columns of `snapshots/cases/types.sql` hold, what none of them holds, and what finds them in a list.

/// A column, and values of it as SQL writes them.
pub(super) type Values = (&'static str, &'static [&'static str]);

/// Values of every column of every table: the ordinary, and the extremes of the type.
pub(super) const TABLES: &[(&str, &[Values])] = &[
    (
        "number",
        &[
            ("small", &["32767", "-32768"]),
            ("big", &["9223372036854775807", "-9223372036854775808"]),
            (
                "single",
                &["'NaN'", "'-Infinity'", "1e-45", "3.4028235e38", "0.1"],
            ),
            (
                "double",
                &[
                    "'NaN'",
                    "'Infinity'",
                    "5e-324",
                    "1.7976931348623157e308",
                    "-0.1",
                ],
            ),
            ("price", &["'NaN'", "-9999.99", "0.10"]),
            ("rough", &["'NaN'", "99900"]),
            ("fine", &["'NaN'", "0.0099", "-0.0001"]),
            (
                "exact",
                &[
                    "'NaN'",
                    "'Infinity'",
                    "'-Infinity'",
                    "repeat('7', 1000)::numeric",
                    "1e-1000",
                    "0.00",
                ],
            ),
            ("wide", &["'NaN'", "1e99", "1e-100"]),
            ("share", &["0.00", "12.50", "100"]),
            ("account", &["-12.5", "92233720368547758.07"]),
            ("relation", &["4294967295", "0"]),
        ],
    ),
    (
        "sentence",
        &[
            (
                "line",
                &[
                    "''",
                    "' spaced '",
                    "E'two\\nlines'",
                    "E'cr\\r\\nlf'",
                    "'<b>&\"''🙂'",
                    "repeat('x', 10000)",
                ],
            ),
            ("short", &["'éé🙂éé'", "''"]),
            ("code", &["'ab'", "''"]),
            ("letter", &["'x'", "''"]),
            ("label", &["'MiXed'"]),
            (
                "mood",
                &["'so \"so\"'", "'it''s <fine>'", "'🙂'", "' spaced '"],
            ),
            ("flag", &["true", "false"]),
            ("key", &["'ffffffff-ffff-ffff-ffff-ffffffffffff'"]),
            ("content", &["''", "'\\x00ff0a0d'"]),
            (
                "note",
                &[
                    "'{\"b\": 1e400,  \"a\": 123456789012345678901234567890, \"a\": [null]}'",
                    "'null'",
                    "'\"\\u0000\"'",
                ],
            ),
            ("tree", &["'{\"a\": 1e400, \"b\": [0.10]}'", "'\"\"'"]),
            ("markup", &["'<a b=\"c\">d</a>'", "'text <x/>'"]),
        ],
    ),
    (
        "moment",
        &[
            (
                "day",
                &[
                    "'infinity'",
                    "'-infinity'",
                    "'4713-01-01 BC'",
                    "'5874897-12-31'",
                    "'2024-02-29'",
                ],
            ),
            ("clock", &["'24:00'", "'00:00:00.000001'", "'09:57'"]),
            (
                "clock_there",
                &["'24:00:00-15:59'", "'09:57:20.123456+05:30'"],
            ),
            (
                "local",
                &[
                    "'infinity'",
                    "'4713-01-01 00:00:00 BC'",
                    "'294276-12-31 23:59:59.999999'",
                    "'2006-02-15 09:57'",
                ],
            ),
            (
                "instant",
                &[
                    "'-infinity'",
                    "'294276-12-31 23:59:59.999999+00'",
                    "'2006-02-15 09:57:20.5+02'",
                ],
            ),
            (
                "lasting",
                &[
                    "'1 year 2 mons -3 days 04:05:06.7'",
                    "'-178956970 years -8 mons'",
                    "'0'",
                    "'2562047788:00:54.775807'",
                ],
            ),
        ],
    ),
    (
        "place",
        &[
            (
                "host",
                &[
                    "'192.168.0.1'",
                    "'192.168.0.1/24'",
                    "'fe80::1/64'",
                    "'::ffff:1.2.3.4'",
                    "'0.0.0.0/0'",
                ],
            ),
            ("network", &["'10.0.0.0/8'", "'1.2.3.4/32'", "'::/0'"]),
            ("card", &["'08:00:2b:01:02:03'"]),
            ("long_card", &["'08:00:2b:01:02:03:04:05'"]),
            ("bits", &["'10101'", "'00000'"]),
            ("more_bits", &["''", "'1111111111'"]),
            ("spot", &["'(1.5,-2)'", "'(NaN,Infinity)'"]),
            ("area", &["'(1,1),(0,0)'"]),
            (
                "shop",
                &["ROW('a \"b\", (c)', 1)", "ROW(NULL, NULL)", "ROW('', -1)"],
            ),
            ("pairs", &["''", "'a=>1, \"b \\\"c\"=>NULL, \"\"=>\"\"'"]),
            ("path", &["'top.science'", "''"]),
            ("search", &["'fat & (rat | !cat:*)'", "''"]),
            ("log_position", &["'16/B374D848'"]),
            ("steps", &["'$.a[*]?(@ > 1)'"]),
        ],
    ),
    (
        "span",
        &[
            (
                "numbers",
                &["'empty'", "'(,)'", "'[1,5]'", "'(,5)'", "'[-2147483648,)'"],
            ),
            ("big_numbers", &["'[1,9223372036854775807)'"]),
            (
                "amounts",
                &["'(1.50,NaN]'", "'[-Infinity,2.0)'", "'(,)'", "'empty'"],
            ),
            (
                "days",
                &[
                    "'[2024-01-01,infinity]'",
                    "'(,2024-02-29]'",
                    "'[4713-01-01 BC,)'",
                ],
            ),
            (
                "locals",
                &[
                    "'[2024-01-01 10:00,2024-01-01 10:00:00.123456]'",
                    "'(-infinity,infinity)'",
                ],
            ),
            (
                "instants",
                &[
                    "'(2024-01-01 10:00+02,)'",
                    "'[294276-12-31 23:59:59.999999+00,infinity]'",
                ],
            ),
            ("words", &["'[a,\"b, c\")'", "'[\"\",\"\"]'", "'empty'"]),
            ("many", &["'{}'", "'{[1,3),[5,)}'"]),
        ],
    ),
    (
        "series",
        &[
            (
                "names",
                &[
                    "'{}'",
                    "'{a,NULL,\"\",\" b \",\"NULL\"}'",
                    "'{{a,b},{\"c,d\",\"{e}\"}}'",
                    "'[-1:0]={x,y}'",
                    "'{\"array:{}\"}'",
                    "E'{\"two\\nlines\"}'",
                ],
            ),
            ("more_names", &["'{}'", "'{\"\"}'"]),
            (
                "numbers",
                &[
                    "'{}'",
                    "'{{{1},{2}},{{3},{NULL}}}'",
                    "'{NULL}'",
                    "'[0:1]={1,2}'",
                ],
            ),
            ("amounts", &["'{NaN,1.50}'"]),
            (
                "exact",
                &["ARRAY['NaN', repeat('7', 1000)::numeric, '-Infinity', 0.00]"],
            ),
            (
                "moods",
                &["ARRAY['so \"so\"', '🙂', ' spaced ']::mood[]", "'{NULL}'"],
            ),
            ("shares", &["'{0,99.99}'"]),
            ("days", &["'{infinity,2024-02-29,4713-01-01 BC}'"]),
            ("instants", &["'{-infinity,2024-02-29 10:00:00.5+02}'"]),
            ("flags", &["'{t,f,NULL}'", "'{t,f}'"]),
            (
                "notes",
                &["ARRAY['{\"a\": \"b, c\"}', 'null', '\"\"', '1e400']::jsonb[]"],
            ),
            ("contents", &["ARRAY['\\x00ff', '']::bytea[]"]),
            ("hosts", &["'{192.168.0.1/24,::1}'"]),
            ("spans", &["'{\"[1,5)\",empty,\"(,)\"}'"]),
            ("lasting", &["'{1 year 2 mons,-00:00:01}'"]),
            ("labels", &["'{a,\"b c\"}'"]),
            (
                "shops",
                &["ARRAY[ROW('a, \"b\"', 1), NULL]::point_of_sale[]"],
            ),
            ("codes", &["'{101,000}'"]),
        ],
    ),
];

/// What no column of a type holds, and what is typed into which input.
pub(super) const WRONG: &[(&str, &[(&str, &str)])] = &[
    (
        "number",
        &[
            ("small", "32768"),
            ("big", "1e3"),
            ("single", "1e99"),
            ("double", "much"),
            ("price", "10000"),
            ("rough", "99999999"),
            ("fine", "0.1"),
            ("exact", "1,5"),
            ("wide", "x"),
            ("share", "101"),
            ("account", "dear"),
            ("relation", "4294967296"),
        ],
    ),
    (
        "sentence",
        &[
            ("short", "longer"),
            ("code", "12345"),
            ("mood", "sad"),
            ("key", "7"),
            ("note", "{"),
            ("tree", "{'a': 1}"),
            ("markup", "<a>"),
        ],
    ),
    (
        "moment",
        &[
            ("day", "2023-02-29"),
            ("clock", "25:00"),
            ("clock_there", "noon somewhere"),
            ("local", "2023-02-29T00:00"),
            ("instant", "+999999-01-01T00:00"),
            ("lasting", "long"),
        ],
    ),
    (
        "place",
        &[
            ("host", "1.2.3"),
            ("network", "10.1.1.1/8"),
            ("card", "08"),
            ("long_card", "x"),
            ("bits", "1"),
            ("more_bits", "12"),
            ("spot", "1;2"),
            ("area", "(1)"),
            ("shop", "(a,b)"),
            ("pairs", "a=>"),
            ("path", "a..b"),
            ("search", "a &"),
            ("log_position", "x"),
            ("steps", "$["),
        ],
    ),
    (
        "span",
        &[
            ("numbers.from", "x"),
            ("big_numbers.to", "1.5"),
            ("amounts.from", "x"),
            ("days.to", "2023-02-29"),
            ("locals.from", "x"),
            ("instants.to", "x"),
            ("words", "[b,a]"),
            ("many", "{[1}"),
        ],
    ),
    (
        "series",
        &[
            ("names", "array:{a"),
            ("numbers", "x"),
            ("amounts", "10000"),
            ("exact", "x"),
            ("moods", "sad"),
            ("shares", "101"),
            ("days", "x"),
            ("instants", "x"),
            ("flags", "perhaps"),
            ("notes", "{"),
            ("contents", "x"),
            ("hosts", "x"),
            ("spans", "[5"),
            ("lasting", "x"),
            ("shops", "x"),
            ("codes", "{2}"),
        ],
    ),
];

/// What the column of a table is asked in the address of a list, so that exactly the row with the value is found.
pub(super) const FILTERS: &[(&str, &str, &str, &str)] = &[
    ("number", "small", "-5", "small.is=-5"),
    ("number", "single", "'NaN'", "single.is=NaN"),
    ("number", "price", "'NaN'", "price.is=NaN"),
    ("number", "price", "12.50", "price.max=12.5"),
    ("number", "exact", "'-Infinity'", "exact.max=-Infinity"),
    ("number", "account", "1234.5", "account.min=1%2C234.5"),
    ("number", "relation", "4294967295", "relation.is=4294967295"),
    ("sentence", "line", "'50% off'", "line.has=50%25"),
    ("sentence", "mood", "'so \"so\"'", "mood.is=so+%22so%22"),
    ("sentence", "mood", "' spaced '", "mood.is=+spaced+"),
    ("sentence", "tree", "'{\"a\": 1}'", "tree.has=%22a%22"),
    ("moment", "day", "'infinity'", "day.is=infinity"),
    (
        "moment",
        "clock_there",
        "'10:00+02'",
        "clock_there.is=10:00%2B02",
    ),
    (
        "moment",
        "instant",
        "'2024-02-29 10:00+00'",
        "instant.is=2024-02-29",
    ),
    ("moment", "lasting", "'1 mon'", "lasting.is=30+days"),
    ("moment", "lasting", "'2 years'", "lasting.min=1+year"),
    (
        "place",
        "host",
        "'192.168.0.1/24'",
        "host.is=192.168.0.1/24",
    ),
    (
        "place",
        "card",
        "'08:00:2b:01:02:03'",
        "card.is=08002b010203",
    ),
    ("place", "bits", "'10101'", "bits.min=10000"),
    ("place", "pairs", "'a=>1'", "pairs.has=a"),
    ("span", "numbers", "'[1,5)'", "numbers.has=4"),
    ("span", "numbers", "'[1,5)'", "numbers.is=[1,4]"),
    ("span", "amounts", "'[1.5,2]'", "amounts.has=2"),
    (
        "span",
        "instants",
        "'[2024-01-01,)'",
        "instants.has=2024-06-01",
    ),
    ("span", "words", "'[a,c)'", "words.is=[a,c)"),
    ("span", "many", "'{[1,3)}'", "many.is={[1,2]}"),
    ("series", "numbers", "'{{1,2},{3,NULL}}'", "numbers.has=3"),
    ("series", "moods", "'{🙂}'", "moods.has=🙂"),
    ("series", "exact", "'{NaN}'", "exact.has=NaN"),
    ("series", "hosts", "'{::1}'", "hosts.has=::1"),
    ("series", "spans", "'{\"[1,5)\"}'", "spans.has=[1,5)"),
];
