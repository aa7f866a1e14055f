-- Whose key is destroyed (store/person_keys.h): written in the transaction of the fact that says so, so that a start after a power cut ends it.
CREATE TABLE local_erased (
  owner BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
-- Day on which a person's entry was erased: the row is counted, and shows nothing.
ALTER TABLE village_person ADD COLUMN erased INTEGER;
CREATE INDEX village_person_left ON village_person (left_on) WHERE left_on IS NOT NULL AND erased IS NULL;
