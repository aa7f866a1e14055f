-- The one journal. A fact is appended, never changed; everything else in the database is folded from here.
CREATE TABLE journal_origin (
  number INTEGER PRIMARY KEY,          -- local short number
  origin BLOB NOT NULL UNIQUE,         -- one life of one kiosk's database
  here   INTEGER NOT NULL DEFAULT 0    -- 1: this database's own
) STRICT;

CREATE TABLE journal_fact (
  number     INTEGER PRIMARY KEY,      -- order of arrival in this file
  id         BLOB NOT NULL,
  origin     INTEGER NOT NULL REFERENCES journal_origin (number),
  seq        INTEGER NOT NULL,         -- 1, 2, 3 without gaps per origin
  turn       INTEGER NOT NULL,         -- Lamport count: the order of facts
  kind       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  at         INTEGER NOT NULL,         -- ms UTC by that kiosk's clock
  clock_sure INTEGER NOT NULL,
  subject    BLOB NOT NULL,
  person     BLOB,
  site       BLOB,
  offer      TEXT NOT NULL,
  by_whom    BLOB,
  means      TEXT NOT NULL,
  corrects   BLOB,
  body       TEXT NOT NULL,
  chain      BLOB NOT NULL,            -- BLAKE2b-256 of the chain before and this fact's canonical bytes
  UNIQUE (origin, seq),
  UNIQUE (id, origin)                  -- a `once` fact has one id, whichever kiosks said it; each one's own stays in its chain
) STRICT;
CREATE INDEX journal_by_subject ON journal_fact (subject, turn);
CREATE INDEX journal_by_person ON journal_fact (person, number) WHERE person IS NOT NULL;
