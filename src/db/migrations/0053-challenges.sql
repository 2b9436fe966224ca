-- Challenges: a tag, until a day, and whose clips the most people have watched meanwhile.

CREATE TABLE challenge (
    id ID PRIMARY KEY,
    tag TEXT,               -- folded: see base/marks.h
    shop ID NULL,           -- whose it is; NULL: the starter's own
    starter ID,             -- Personal.
    title TEXT,             -- a shop's; of a person's both are empty
    rules TEXT,
    own_title SEALED NULL,  -- of starter: a person's own; gone when the account's key is deleted
    own_rules SEALED NULL,  -- of starter: gone when the account's key is deleted
    product ID NULL,
    begins INT,
    ends INT,
    state TEXT,             -- open also when its time is over and it has not been settled
    reason TEXT NULL,       -- of its removal by an operator
    entries INT,            -- how many rows of challenge_entry stand; see challenges_audit
    settled INT             -- 1: over, and all is counted
);
CREATE UNIQUE INDEX challenge_open_tag ON challenge (tag) WHERE state = 'open';
CREATE INDEX challenge_tag ON challenge (tag, id);
CREATE INDEX challenge_state ON challenge (state, id);
CREATE INDEX challenge_shop ON challenge (shop, id);
CREATE INDEX challenge_starter ON challenge (starter, state);

-- Who left or was taken out stays: the tag alone does not bring the clip back. Personal: author.
CREATE TABLE challenge_entry (
    challenge ID,
    clip ID,
    shop ID,                -- the clip's
    author ID,              -- the clip's
    state TEXT,
    audience ID,            -- of crowd: who has watched it since it joined; 0: it is counted no more
    viewers INT,            -- when they were counted last
    joined INT,
    PRIMARY KEY (challenge, clip)
);
CREATE INDEX challenge_entry_board ON challenge_entry (challenge, state, viewers);
CREATE INDEX challenge_entry_author ON challenge_entry (challenge, author);

-- Personal: account.
CREATE TABLE challenge_report (
    challenge ID,
    account ID,
    reason TEXT,
    at INT,
    PRIMARY KEY (challenge, account)
);
