-- Who has been asked to work in a shop, or to own it, and has not answered yet. Answered, it is gone; so is what the shop took back.

-- Personal: account, inviter.
CREATE TABLE staff_invitation (
    id ID PRIMARY KEY,
    shop ID,
    account ID,
    role TEXT,
    inviter ID,
    at INT
);
CREATE UNIQUE INDEX staff_invitation_pair ON staff_invitation (shop, account);
CREATE INDEX staff_invitation_account ON staff_invitation (account, id);
