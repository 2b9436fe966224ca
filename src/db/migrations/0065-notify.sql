-- What others did that somebody wants to hear of, in groups: "3 people liked your clip".

-- Personal: account, last_sender.
CREATE TABLE notice_group (
    id ID PRIMARY KEY,
    account ID,
    kind TEXT,
    subject INT,            -- what it is about: a clip, a comment; 0: the account itself
    clip INT,               -- where to go; 0: nowhere
    place ID,               -- the order of the inbox: a new id with each notice
    people INT,             -- distinct senders
    last_sender ID,
    last_thing INT,         -- the last comment; 0: none
    at INT,
    read INT                -- 1: what comes from now on is a new group
);
CREATE INDEX notice_group_account ON notice_group (account, place);
CREATE INDEX notice_group_unread ON notice_group (account, kind, subject) WHERE read = 0;
CREATE INDEX notice_group_at ON notice_group (at);

-- Each once: who likes, takes it back and likes again is told of once. Personal: account, sender.
CREATE TABLE notice (
    account ID,
    kind TEXT,
    subject INT,
    sender ID,
    thing INT,              -- a comment; 0: none
    notice_group ID,
    at INT,
    PRIMARY KEY (account, kind, subject, sender, thing)
);
CREATE INDEX notice_at ON notice (at);

-- Kinds that somebody does not want to hear of. Personal: account.
CREATE TABLE notice_off (
    account ID,
    kind TEXT,
    PRIMARY KEY (account, kind)
);
