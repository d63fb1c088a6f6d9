-- Every kind of legal name: none at all, blanks and signs alone, quotes, dots, slashes, other scripts,
-- brackets and backticks, names of what the runtime and the emitted code use.
CREATE TABLE "  " (" " INTEGER PRIMARY KEY, "***" TEXT, "-" TEXT, "a,b" TEXT, "-a" TEXT, "a.b" TEXT, "a""b" TEXT, "a'b" TEXT);
CREATE TABLE "." ("id" INTEGER PRIMARY KEY, ".." TEXT, "/" TEXT, "?" TEXT, "#" TEXT, "&" TEXT, "%41" TEXT, "{x}" TEXT, "\" TEXT);
CREATE TABLE "a/b?c#d%e" (id INTEGER PRIMARY KEY, "{{ self }}" TEXT, "{% x %}" TEXT, "<b>" TEXT, "[[ x ]]" TEXT);
CREATE TABLE "a]b" (id INTEGER PRIMARY KEY, [c"d] TEXT, `e``f` TEXT, "" TEXT);
CREATE TABLE "電影" ("編號" INTEGER PRIMARY KEY, "標題" TEXT NOT NULL, "語言" TEXT);
CREATE TABLE main (id INTEGER PRIMARY KEY, "self" TEXT, crate TEXT, super TEXT, "_" TEXT, "__" TEXT, "_version" TEXT);
