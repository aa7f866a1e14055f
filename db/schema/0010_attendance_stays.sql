-- Attendance: stays, roll calls, absences, hours. Folded from facts attendance.*.
CREATE TABLE attendance_stay (
  id BLOB PRIMARY KEY, person BLOB NOT NULL, site BLOB NOT NULL, offer TEXT NOT NULL, activity BLOB,
  day INTEGER NOT NULL, came INTEGER NOT NULL, went INTEGER, minutes INTEGER,
  meal TEXT NOT NULL DEFAULT '', means TEXT NOT NULL, closed_by TEXT NOT NULL DEFAULT '',
  fetched_by BLOB, undone INTEGER NOT NULL DEFAULT 0, corrected INTEGER NOT NULL DEFAULT 0, last_fact BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_stay_of ON attendance_stay (person, day);
CREATE INDEX attendance_stay_on ON attendance_stay (site, day);
CREATE INDEX attendance_stay_open ON attendance_stay (site, came) WHERE went IS NULL AND undone = 0;
CREATE INDEX attendance_stay_at ON attendance_stay (activity, person) WHERE activity IS NOT NULL;

CREATE TABLE attendance_session (
  activity BLOB PRIMARY KEY, site BLOB NOT NULL, offer TEXT NOT NULL, day INTEGER NOT NULL,
  opened INTEGER NOT NULL, opened_by BLOB, closed INTEGER, closed_by BLOB, minutes INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_session_by ON attendance_session (opened_by, day);

CREATE TABLE attendance_expected (
  activity BLOB NOT NULL, person BLOB NOT NULL, PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE attendance_absence (
  activity BLOB NOT NULL, person BLOB NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE attendance_refused_fetch (
  id BLOB PRIMARY KEY, site BLOB NOT NULL, child BLOB NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_refused_fetch_on ON attendance_refused_fetch (site, day);
