-- The key of an account for what is sealed, opened by PIN and card together (village/keys.h); empty until they first held their card to the reader.
ALTER TABLE village_staff ADD COLUMN sealed_key TEXT NOT NULL DEFAULT '';      -- public, base64
ALTER TABLE village_staff ADD COLUMN wrapped_sealed_key TEXT NOT NULL DEFAULT '';
