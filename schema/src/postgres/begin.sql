-- One snapshot for all queries. Nothing can be written, whatever the role may do.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
-- Every deparsed name outside pg_catalog comes back qualified.
SET LOCAL search_path = '';
-- Literals in expressions are deparsed the same way everywhere.
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL timezone = 'UTC';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex';
SET LOCAL standard_conforming_strings = on;
SET LOCAL quote_all_identifiers = off;
-- Compiling these queries costs more than running them.
SET LOCAL jit = off;
