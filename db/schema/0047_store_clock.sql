-- What facts say about an unsure clock (journal.clock_set): which of an origin's facts, and how much their time is wrong. Facts stay as
-- they were said; whoever reads them adds this.
CREATE TABLE journal_clock (
  fact     BLOB PRIMARY KEY,           -- the fact that says so
  origin   BLOB NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER NOT NULL,
  add_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_clock_of ON journal_clock (origin, from_seq);
CREATE INDEX journal_unsure ON journal_fact (origin, seq) WHERE clock_sure = 0;

-- What this machine remembers of its own clock: that staff were asked in this boot, and what they said.
CREATE TABLE local_clock (
  boot       TEXT PRIMARY KEY,
  since_boot INTEGER NOT NULL,         -- ms: the machine's clock less the time since boot, when it was said
  add_ms     INTEGER                   -- NULL: asked, and not answered
) STRICT;
