-- Who was there, for counting people and not events. Nobody's number is in it: `who` is a keyed hash of the person and of the
-- day's salt, which is thrown away with the day, so that the same person of two days cannot be told to be the same.

CREATE TABLE crowd_salt (
    day INT PRIMARY KEY,    -- since 1970, UTC
    salt TEXT
);

-- Kept until it has been counted, at most CROWD_KEEP_MS. Personal only as long as its day's salt is there; too short-lived to
-- export, erased by crowd_prune.
CREATE TABLE crowd_note (
    id ID PRIMARY KEY,
    at INT,                 -- by the server's clock: nobody can write into the past
    kind INT,               -- RankEventKind, or one of crowd/crowd.h
    clip INT,               -- 0: none
    product INT,            -- 0: none
    text TEXT NULL,         -- what was searched for
    who INT,
    origin INT,             -- a keyed hash of the network address and the salt; 0: not known
    trusted INT             -- 1: an account that is older than a day
);
CREATE INDEX crowd_note_at ON crowd_note (at, id);
