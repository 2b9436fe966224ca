-- Uploads, clips, tags, likes.

CREATE TABLE upload (
    id ID PRIMARY KEY,
    account ID,
    state TEXT,
    length INT,
    key TEXT,               -- file name below DATA/uploads
    name TEXT,
    created INT,
    expires INT
);
CREATE INDEX upload_account ON upload (account, id);

CREATE TABLE clip (
    id ID PRIMARY KEY,
    shop ID,
    author ID,
    upload ID NULL,
    caption TEXT,
    state TEXT,
    progress INT,
    fault TEXT NULL,
    detail TEXT NULL,
    key TEXT,               -- folder below DATA/media/clips; not to be guessed
    width INT,
    height INT,
    duration_ms INT,
    sound INT,
    likes INT,
    hot INT,                -- order of the feed: see clips.c
    created INT
);
CREATE INDEX clip_hot ON clip (state, hot, id);
CREATE INDEX clip_shop ON clip (shop, state, id);

CREATE TABLE clip_product (
    clip ID,
    position INT,
    product ID,
    PRIMARY KEY (clip, position)
);
CREATE INDEX clip_product_product ON clip_product (product);

CREATE TABLE clip_like (
    clip ID,
    account ID,
    at INT,
    PRIMARY KEY (clip, account)
);
