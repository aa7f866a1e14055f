-- Who is in, by day and offer: seats are counted in every check-in, from the index alone. `went` and `undone` stand in it because SQLite
-- would read them from the row otherwise. It stands instead of the one by hour of coming.
DROP INDEX attendance_stay_open;
CREATE INDEX attendance_stay_in ON attendance_stay (site, day, offer, went, undone) WHERE went IS NULL AND undone = 0;
