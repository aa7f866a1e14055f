-- Request: what was asked for, who goes, where it stands. Folded from facts request.*.
CREATE TABLE request_request (
  id BLOB PRIMARY KEY,
  person BLOB,                          -- NULL: an urgent call of somebody not known
  site BLOB NOT NULL,
  offer TEXT NOT NULL, kind TEXT NOT NULL, grp TEXT NOT NULL,
  lead TEXT NOT NULL, cooperating TEXT NOT NULL, implementing TEXT NOT NULL,  -- codes of offices, a space between
  office TEXT NOT NULL DEFAULT '',      -- passed on to it
  routed BLOB, helper BLOB, taken_by BLOB, finished_by BLOB,
  day INTEGER NOT NULL, asked INTEGER NOT NULL,
  since INTEGER NOT NULL, due INTEGER NOT NULL,   -- of the round that runs
  state TEXT NOT NULL, open INTEGER NOT NULL, round INTEGER NOT NULL,
  accepted INTEGER, set_off INTEGER, finished INTEGER,
  was_late INTEGER NOT NULL,            -- a round that is over was over its time
  answer TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
  passed INTEGER NOT NULL, escalated INTEGER NOT NULL,  -- escalated: the last round for which it was said
  outside INTEGER NOT NULL              -- not meant for the person's groups: people decided
) STRICT, WITHOUT ROWID;
CREATE INDEX request_request_of ON request_request (person, asked) WHERE person IS NOT NULL;
CREATE INDEX request_request_on ON request_request (day, site);
CREATE INDEX request_request_open ON request_request (site, asked) WHERE open = 1;
CREATE INDEX request_request_late ON request_request (due) WHERE open = 1;
CREATE INDEX request_request_helped ON request_request (helper) WHERE helper IS NOT NULL AND open = 1;
