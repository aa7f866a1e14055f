-- What was said aloud about a request (request.h): whose, how long, who reads it; never what was said. Folded from facts request.said*.
CREATE TABLE request_said (
  request BLOB NOT NULL, id BLOB NOT NULL,
  site BLOB NOT NULL,                   -- its file is on the machine there
  at INTEGER NOT NULL, by BLOB, seconds INTEGER NOT NULL, hash TEXT NOT NULL,
  readers TEXT NOT NULL,                -- staff accounts, a space between
  dropped INTEGER,                      -- its file is gone
  PRIMARY KEY (request, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_said_kept ON request_said (id, request) WHERE dropped IS NULL;
CREATE INDEX request_said_dropped ON request_said (dropped, id) WHERE dropped IS NOT NULL;
