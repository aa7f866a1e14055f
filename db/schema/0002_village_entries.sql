-- What every shape stands on: people, households, places, staff, activities. Every row is folded from facts `village.*`.
CREATE TABLE village_village (
  id BLOB PRIMARY KEY, name TEXT NOT NULL, market TEXT NOT NULL DEFAULT ''  -- market rule: lunar:1,4,7
) STRICT, WITHOUT ROWID;

CREATE TABLE village_group (  -- 组, with its landmark
  id BLOB PRIMARY KEY, village BLOB NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, picture TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX village_group_of_village ON village_group (village, number);

CREATE TABLE village_household (
  id BLOB PRIMARY KEY, village BLOB NOT NULL, grp BLOB, number TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '', phone_tail TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX village_household_of_group ON village_household (grp, number);
CREATE INDEX village_household_by_number ON village_household (number);
CREATE INDEX village_household_by_tail ON village_household (phone_tail) WHERE phone_tail <> '';

CREATE TABLE village_person (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('f', 'm', '')),
  born INTEGER,                       -- day number; NULL not filled in
  household BLOB,
  grp BLOB,                           -- of the household, kept here because faces are listed by it
  phone TEXT NOT NULL DEFAULT '',
  phone_tail TEXT NOT NULL DEFAULT '',-- last four digits
  portrait TEXT NOT NULL DEFAULT '',  -- v1:<seed>:<sex>:<age>
  photo TEXT NOT NULL DEFAULT '',     -- file under photos/
  called TEXT NOT NULL DEFAULT '',    -- how the person is called, where it is not surname and kinship
  lives_alone INTEGER NOT NULL DEFAULT 0,
  party_member INTEGER NOT NULL DEFAULT 0,
  emergency_contact BLOB,
  left_on INTEGER,                    -- moved away or died: not offered any more
  walk_in INTEGER NOT NULL DEFAULT 0, -- added on the spot with the least data, to be completed
  keys TEXT NOT NULL DEFAULT ''       -- those of village_person_key, one a line: an index of a million rows less
) STRICT, WITHOUT ROWID;
CREATE INDEX village_person_of_household ON village_person (household);
CREATE INDEX village_person_by_tail ON village_person (phone_tail) WHERE phone_tail <> '';

CREATE TABLE village_person_tag (     -- elder, woman, child, hardship, volunteer
  person BLOB NOT NULL, tag TEXT NOT NULL,
  since INTEGER, until INTEGER,       -- until NULL: holds
  PRIMARY KEY (person, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX village_person_by_tag ON village_person_tag (tag, person);

CREATE TABLE village_person_site (    -- who comes to which site: whose faces a kiosk shows
  site BLOB NOT NULL,
  grp BLOB NOT NULL,                  -- sixteen zero bytes: of no group yet
  person BLOB NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (site, grp, name, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX village_person_site_of ON village_person_site (person);

CREATE TABLE village_person_key (     -- what `find` looks up by its beginning: initials and spellings of every reading of the name,
                                      -- the name and its endings, the phone number and its last four digits
  key TEXT NOT NULL, person BLOB NOT NULL, PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE village_carer (          -- guardians and those who may fetch
  child BLOB NOT NULL, adult BLOB NOT NULL, relation TEXT NOT NULL, guardian INTEGER NOT NULL, may_fetch INTEGER NOT NULL,
  PRIMARY KEY (child, adult)
) STRICT, WITHOUT ROWID;
CREATE INDEX village_carer_of_adult ON village_carer (adult);

CREATE TABLE village_card (
  code TEXT PRIMARY KEY, person BLOB NOT NULL, state TEXT NOT NULL CHECK (state IN ('good', 'lost')), given INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX village_card_of ON village_card (person);

CREATE TABLE village_secret (         -- three pictures, given out; only a hash is here
  person BLOB PRIMARY KEY, hash TEXT NOT NULL, given INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE village_site (
  id BLOB PRIMARY KEY, village BLOB NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, seats INTEGER, phone TEXT NOT NULL DEFAULT '', host BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE village_staff (
  id BLOB PRIMARY KEY, person BLOB NOT NULL, number TEXT NOT NULL, role TEXT NOT NULL, pin TEXT NOT NULL, site BLOB, active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX village_staff_number ON village_staff (number);  -- not unique: two offline kiosks may give the same one
CREATE INDEX village_staff_of_person ON village_staff (person);

CREATE TABLE village_duty (           -- who is on duty at a site: weekday 0 Sunday .. 6, minutes of the day
  id BLOB PRIMARY KEY, site BLOB NOT NULL, staff BLOB NOT NULL, weekday INTEGER NOT NULL, from_min INTEGER NOT NULL, until_min INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX village_duty_at ON village_duty (site, weekday, from_min);

CREATE TABLE village_activity (
  id BLOB PRIMARY KEY, site BLOB NOT NULL, offer TEXT NOT NULL, name TEXT NOT NULL, picture TEXT NOT NULL, place TEXT NOT NULL DEFAULT '',
  day INTEGER NOT NULL, start_min INTEGER NOT NULL, end_min INTEGER NOT NULL,
  places INTEGER,                     -- NULL: come as you are
  series BLOB,                        -- those made by one repetition
  led_by BLOB, programme TEXT NOT NULL DEFAULT '',
  cancelled INTEGER NOT NULL DEFAULT 0, cancel_reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX village_activity_on ON village_activity (site, day, start_min);
CREATE INDEX village_activity_of_series ON village_activity (series, day) WHERE series IS NOT NULL;

CREATE TABLE village_consent (
  person BLOB NOT NULL, code TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, read_aloud INTEGER NOT NULL,
  PRIMARY KEY (person, code, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE village_setting (
  key TEXT NOT NULL, site BLOB, value TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX village_setting_one ON village_setting (key, coalesce(site, x''));

-- What only this machine remembers: wrong guesses, counted before they are checked.
CREATE TABLE local_guess (
  whose BLOB PRIMARY KEY, failures INTEGER NOT NULL, last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
