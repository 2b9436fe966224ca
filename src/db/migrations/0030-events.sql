-- What people do, and whether they want to be known by it.

-- A person is an account or, before there is one, a guest's session: both are ids of one sequence. No row: nobody has been asked,
-- which is the same as no. Personal: erased by events_forget.
CREATE TABLE event_consent (
    person INT PRIMARY KEY,
    profiling INT,          -- 1: yes
    decided INT
);

-- Append-only. A row comes in without a place and is given one (seq, dense, in the order of commits) by whoever follows the log, so
-- that no two requests wait for each other. `key` tells a repeated row: a keyed hash of who sent it and the sender's name for it.
-- Personal: person (0: nobody's, kept for counting); such rows are erased by events_forget, all others at `expires`.
CREATE TABLE event (
    id ID PRIMARY KEY,
    seq INT NULL,
    key INT,
    person INT,
    kind INT,               -- RankEventKind of rank/rank.h, or one of events/events.h
    clip INT,               -- 0: none
    product INT,            -- 0: none
    value INT,
    share INT,
    subject INT,
    at INT,
    expires INT
);
CREATE UNIQUE INDEX event_key ON event (key);
CREATE UNIQUE INDEX event_seq ON event (seq) WHERE seq IS NOT NULL;
CREATE INDEX event_new ON event (id) WHERE seq IS NULL;
CREATE INDEX event_person ON event (person, at) WHERE person <> 0;
CREATE INDEX event_expires ON event (expires);

CREATE TABLE event_counter (
    id INT PRIMARY KEY,
    next INT
);
INSERT INTO event_counter (id, next) VALUES (1, 1);
