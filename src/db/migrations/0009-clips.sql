-- Uploads, clips, tags, likes.

-- What has arrived of an upload is the size of its file: no row changes while bytes come in.
CREATE TABLE upload (
    id ID PRIMARY KEY,
    account ID,
    state TEXT,
    length INT,
    key TEXT,               -- file name below DATA/uploads
    name TEXT,
    metadata TEXT,          -- the Upload-Metadata header as it was sent
    created INT,
    expires INT             -- when the file goes; from then on the upload is gone for everyone
);
CREATE INDEX upload_account ON upload (account, id);

CREATE TABLE clip (
    id ID PRIMARY KEY,
    shop ID,
    author ID,
    upload ID NULL,
    caption TEXT,
    state TEXT,
    deleted INT,            -- 1: gone for everyone, its files are being removed
    progress INT,
    fault TEXT NULL,        -- of the last try: a slug of media.h
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
CREATE INDEX clip_shop ON clip (shop, id);

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
