-- What a person has said about the feed. A person is an account or a guest's session, as in event_consent. Personal: erased by
-- feed_forget.

CREATE TABLE feed_setting (
    person INT PRIMARY KEY,
    dial TEXT,
    stop_minutes INT,       -- 0: no stop after so long
    stop_clips INT,
    quiet_from INT NULL,    -- minutes of the day by the device's clock
    quiet_until INT NULL,
    changed INT
);

-- Never again: a clip, a shop, a creator, a topic, a kind of product.
CREATE TABLE feed_rule (
    id ID PRIMARY KEY,
    person INT,
    kind TEXT,
    subject INT,            -- an id, or a name's number in feed_name
    name TEXT,              -- as it is shown to the person
    created INT
);
CREATE UNIQUE INDEX feed_rule_subject ON feed_rule (person, kind, subject);

-- What the numbers stand for that topics and kinds of products are known by.
CREATE TABLE feed_name (
    subject INT PRIMARY KEY,
    name TEXT
);
