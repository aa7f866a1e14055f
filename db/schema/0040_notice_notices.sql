-- Notice: what is to be known, who heard it, who wants a job. Folded from facts notice.*. No foreign keys: who heard may be known here before what.
CREATE TABLE notice_notice (
  id BLOB PRIMARY KEY,
  offer TEXT NOT NULL, kind TEXT NOT NULL,
  site BLOB NOT NULL, everywhere INTEGER NOT NULL,  -- site: where it was published
  title TEXT NOT NULL, text TEXT NOT NULL, picture TEXT NOT NULL,
  first_day INTEGER NOT NULL, last_day INTEGER NOT NULL,
  audience TEXT NOT NULL,                           -- codes of groups, a space between
  about BLOB,                                       -- the person of a story
  consented INTEGER NOT NULL,
  retired INTEGER, reason TEXT NOT NULL,
  published INTEGER NOT NULL, published_by BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_notice_days ON notice_notice (last_day, first_day);

CREATE TABLE notice_heard (
  id BLOB PRIMARY KEY,
  notice BLOB NOT NULL,
  person BLOB,                                      -- NULL: somebody not known
  site BLOB NOT NULL, day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_heard_of ON notice_heard (notice, day);

CREATE TABLE notice_want (
  id BLOB PRIMARY KEY,
  notice BLOB NOT NULL, person BLOB NOT NULL, site BLOB,
  since INTEGER NOT NULL, called INTEGER NOT NULL, fact BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_want_of ON notice_want (notice, called, since);
