-- Who made a clip may keep its sound to themselves.

ALTER TABLE clip ADD COLUMN sound_closed INT DEFAULT 0; -- 1: others may make no clips with its sound
