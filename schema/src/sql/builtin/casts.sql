-- From, to, and where it happens by itself: `i`mplicitly, in an `a`ssignment, or never: `e`xplicit.
SELECT concat_ws(' ', castsource::bigint, casttarget::bigint, castcontext)
FROM pg_cast
WHERE castsource < 16384
    AND casttarget < 16384
ORDER BY castsource, casttarget
