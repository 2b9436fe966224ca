-- The public side of accounts: what they say of themselves, who follows whom, who wants nothing of whom.

-- No row: nothing was said, nobody follows.
CREATE TABLE person (
    account ID PRIMARY KEY,
    name SEALED NULL,       -- of account: the name that this person chose to show; gone when the account's key is deleted
    bio SEALED NULL,        -- of account: gone when the account's key is deleted
    followers INT,          -- how many rows of person_follow; see people_audit
    following INT
);

-- Personal: both accounts.
CREATE TABLE person_follow (
    id ID PRIMARY KEY,
    follower ID,
    followed ID,
    at INT
);
CREATE UNIQUE INDEX person_follow_pair ON person_follow (follower, followed);
CREATE INDEX person_follow_followed ON person_follow (followed, id);
CREATE INDEX person_follow_follower ON person_follow (follower, id);

-- Personal: both accounts.
CREATE TABLE person_block (
    id ID PRIMARY KEY,
    blocker ID,
    blocked ID,
    at INT
);
CREATE UNIQUE INDEX person_block_pair ON person_block (blocker, blocked);
CREATE INDEX person_block_blocked ON person_block (blocked);
