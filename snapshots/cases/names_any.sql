-- Every kind of legal name: blanks and signs alone, quotes, dots, slashes, other scripts, emoji, 63 bytes, names that
-- differ by case or by signs, names of what the runtime and the emitted code use.
CREATE TABLE "  " (" " integer PRIMARY KEY, "***" text, "-" text, "a,b" text, "-a" text, "a.b" text, "a""b" text, "a'b" text);
CREATE TABLE "." ("id" integer PRIMARY KEY, ".." text, "/" text, "?" text, "#" text, "&" text, "%41" text, "{x}" text, "\" text);
CREATE TABLE ".." (id integer PRIMARY KEY);
CREATE TABLE "a/b?c#d%e" (id integer PRIMARY KEY, "{{ self }}" text, "{% x %}" text, "<b>" text, "[[ x ]]" text);
CREATE TABLE "Film" ("ID" integer PRIMARY KEY, "id" integer NOT NULL, "Id" integer, "iD" text);
CREATE TABLE "film" (id integer PRIMARY KEY, "Film" integer REFERENCES "Film", film integer REFERENCES "film", "FILM" text);
CREATE TABLE "FILM" (id integer PRIMARY KEY, film_id integer REFERENCES "Film", "Film_ID" integer REFERENCES film);
CREATE TABLE "電影" ("編號" integer PRIMARY KEY, "標題" text NOT NULL, "語言" text);
CREATE TABLE "🎬🍿" ("🔑" integer PRIMARY KEY, "⭐" integer, "🎬" text);
CREATE TABLE "😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎" (id integer PRIMARY KEY, "😀😁😂😃😄😅😆😇😈😉😊😋😌😍😏" text);
CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id integer PRIMARY KEY);
CREATE TABLE "Straße" (id integer PRIMARY KEY, "naïve café" text);
CREATE TABLE strasse (id integer PRIMARY KEY, strasse integer REFERENCES "Straße");
CREATE TABLE "model" (id integer PRIMARY KEY, "views" text, "form" text, "key" text, url text, "db" text);
CREATE TABLE main (id integer PRIMARY KEY, "self" text, "Self" text, crate text, super text, "_" text, "__" text);
CREATE TABLE routes (id integer PRIMARY KEY, tables text, "TABLES" text, "TABLE" text, "LABELS" text, fmt text, "FIELDS" text);
CREATE TABLE "result" (id integer PRIMARY KEY, ok text, err text, "some" text, "none" text, "option" text, "vec" text);
CREATE TABLE "column" (id integer PRIMARY KEY, "find" text, "insert" text, "update" text, "delete" text, "query" text, "_version" text);
CREATE TABLE "static" (id integer PRIMARY KEY, "errors" text, "rows" text, "list" text, "count" text, "related" text);
CREATE TABLE "new" (id text PRIMARY KEY, "status" text, "fields" text, "page" text, "after" text, "before" text);
