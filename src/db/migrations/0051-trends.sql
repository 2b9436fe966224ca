-- What is rising. Counts of people, never who they were.

-- How far each size of bucket has been counted.
CREATE TABLE trend_mark (
    size INT PRIMARY KEY,   -- 0: five minutes, 1: an hour, 2: six hours
    next INT                -- when the next bucket begins
);

-- All people of a region, for telling a trend from a day on which everything grew.
CREATE TABLE trend_total (
    region TEXT,            -- of shops; '*': everywhere
    size INT,
    last INT,               -- the latest bucket that its null model has seen
    expected REAL,          -- of that bucket
    people INT,             -- in that bucket
    burst BLOB,             -- the null model: rank/burst.h
    PRIMARY KEY (region, size)
);

CREATE TABLE trend_series (
    id ID PRIMARY KEY,
    region TEXT,
    kind TEXT,
    subject INT,            -- an id, or the number of a name
    name TEXT,
    category TEXT,          -- of the product that it was last seen with; empty: none
    seen INT
);
CREATE UNIQUE INDEX trend_series_subject ON trend_series (region, kind, subject);
CREATE INDEX trend_series_seen ON trend_series (seen);

CREATE TABLE trend_state (
    series ID,
    size INT,
    last INT,
    burst BLOB,
    PRIMARY KEY (series, size)
);

CREATE TABLE trend_count (
    series ID,
    size INT,
    bucket INT,
    people INT,
    PRIMARY KEY (series, size, bucket)
);
CREATE INDEX trend_count_bucket ON trend_count (size, bucket);

-- The best of each series that is or was rising lately.
CREATE TABLE trend_rising (
    series ID,
    size INT,
    region TEXT,
    kind TEXT,
    category TEXT,
    hot INT,                -- millionths: log2 of the score, and one for each half-life since 1970
    score INT,              -- millionths, when it was judged
    times INT,              -- thousandths: at least so many times as many as expected
    people INT,             -- the most of one bucket
    since INT,              -- the first bucket of the rise
    at INT,                 -- the latest
    PRIMARY KEY (series, size)
);
CREATE INDEX trend_rising_hot ON trend_rising (size, region, hot);
