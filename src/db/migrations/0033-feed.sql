-- Who is seen: what was shown each day, by the size of its shop on that day. Nobody's name is in it.
CREATE TABLE feed_shown (
    day INT,                -- since 1970, UTC
    size TEXT,              -- ShopSize
    impressions INT,
    qualified INT,          -- watched for two seconds, or half of it
    PRIMARY KEY (day, size)
);

-- How far the log of events has been counted.
CREATE TABLE feed_counted (
    id INT PRIMARY KEY,
    seq INT
);
INSERT INTO feed_counted (id, seq) VALUES (1, 0);
