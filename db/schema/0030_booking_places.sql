-- Booking: slots with places, and who asked for one. Folded from facts booking.*. How many places are left is counted, never kept.
CREATE TABLE booking_slot (
  id BLOB PRIMARY KEY, site BLOB NOT NULL, offer TEXT NOT NULL,
  day INTEGER NOT NULL, start_min INTEGER NOT NULL, end_min INTEGER NOT NULL, places INTEGER NOT NULL,
  by_whom TEXT NOT NULL DEFAULT '',        -- who sees the people: a doctor, a teacher
  series BLOB,                             -- those made by one repetition
  holder BLOB NOT NULL,                    -- origin of the kiosk that opened it: it alone gives its places away
  closed INTEGER NOT NULL DEFAULT 0, close_reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX booking_slot_of ON booking_slot (offer, site, day, start_min);
CREATE INDEX booking_slot_on ON booking_slot (site, day, start_min);

CREATE TABLE booking_place (               -- one person's place in a slot or in an activity, or the wish for one
  id BLOB PRIMARY KEY, person BLOB NOT NULL, site BLOB NOT NULL, offer TEXT NOT NULL,
  slot BLOB, activity BLOB,                -- exactly one of them
  state TEXT NOT NULL CHECK (state IN ('wished', 'waiting', 'booked', 'attended', 'no_show', 'cancelled', 'moved', 'called_off')),
  asked_turn INTEGER NOT NULL, asked_origin BLOB NOT NULL,  -- order in the queue: never a wall clock
  asked_at INTEGER NOT NULL,
  transport INTEGER NOT NULL DEFAULT 0,
  promoted INTEGER NOT NULL DEFAULT 0,     -- came up from the waiting list
  told INTEGER NOT NULL DEFAULT 0,         -- of being promoted or called off
  handed_over INTEGER NOT NULL DEFAULT 0,  -- a result was given to the person, by hand; the result itself is nowhere
  reason TEXT NOT NULL DEFAULT '',         -- why it was called off
  last_fact BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX booking_place_of ON booking_place (person, offer);
CREATE INDEX booking_place_in_slot ON booking_place (slot, state) WHERE slot IS NOT NULL;
CREATE INDEX booking_place_in_activity ON booking_place (activity, state) WHERE activity IS NOT NULL;
CREATE INDEX booking_place_open ON booking_place (state) WHERE state IN ('wished', 'waiting');
