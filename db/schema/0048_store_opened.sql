-- Which envelopes (facts sealed.kept) hold something for one staff account, sealed for that account itself: so that signing in need not
-- open all of them again. Of this machine alone, and nothing is lost with it.
CREATE TABLE local_opened (
  staff  BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
