-- Who follows which shop; a shop's row counts them.

ALTER TABLE shop ADD COLUMN followers INT DEFAULT 0;

CREATE TABLE shop_follower (
    shop ID,
    account ID,
    at INT,
    PRIMARY KEY (shop, account)
) WITHOUT ROWID;
CREATE INDEX shop_follower_account ON shop_follower (account, at);
