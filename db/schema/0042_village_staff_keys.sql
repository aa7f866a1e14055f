-- What a staff account reads sealed things with (village/keys.h): both of facts village.staff_set and village.staff_key_set.
ALTER TABLE village_staff ADD COLUMN public_key TEXT NOT NULL DEFAULT '';
ALTER TABLE village_staff ADD COLUMN wrapped_key TEXT NOT NULL DEFAULT '';
