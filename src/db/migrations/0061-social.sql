-- Comments below clips, one level deep, and what a shop's people do not want to read there.

-- Personal: author.
CREATE TABLE comment (
    id ID PRIMARY KEY,
    clip ID,
    shop ID,                -- the clip's
    author ID,
    parent ID NULL,         -- of a reply: the comment that is not one itself
    body SEALED,            -- of author: gone when the author's key is deleted
    likes INT,
    replies INT,
    pinned INT,             -- 1: above the others of its clip; at most one
    removed INT,            -- 1: seen by nobody
    removed_by ID NULL,
    created INT
);
CREATE INDEX comment_clip ON comment (clip, id) WHERE parent IS NULL AND removed = 0;
CREATE INDEX comment_parent ON comment (parent, id) WHERE removed = 0;
CREATE INDEX comment_shop ON comment (shop, id) WHERE removed = 0;
CREATE INDEX comment_of_clip ON comment (clip);
CREATE UNIQUE INDEX comment_pinned ON comment (clip) WHERE pinned = 1 AND removed = 0;

-- Personal: account.
CREATE TABLE comment_like (
    comment ID,
    account ID,
    at INT,
    PRIMARY KEY (comment, account)
);

CREATE TABLE comment_word (
    shop ID,
    word TEXT,              -- folded: see base/marks.h
    created INT,
    PRIMARY KEY (shop, word)
);
