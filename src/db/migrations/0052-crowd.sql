-- The distinct people of a clip over days: for a challenge, until it ends.

CREATE TABLE crowd_audience (
    id ID PRIMARY KEY,
    clip INT,
    until INT,              -- who comes then or later is not in it
    salt TEXT,              -- of this audience alone: nobody in it is known in another one
    halved INT,             -- how often every second person was left out
    changed INT             -- 1: somebody has come since it was counted
);
CREATE INDEX crowd_audience_clip ON crowd_audience (clip, until);

-- Nobody's number is in it: `who` is a keyed hash of the person and the audience's salt. Personal only as long as the salt is
-- there; erased with the audience.
CREATE TABLE crowd_viewer (
    audience ID,
    who INT,
    origin INT,             -- a keyed hash of the network address, the day and the salt; 0: not known
    trusted INT,            -- 1: an account that was older than a day when it came first
    PRIMARY KEY (audience, who)
);
