-- People: accounts, their keys, sessions, addresses, and the counters that slow guessing down.

CREATE TABLE account (
    id ID PRIMARY KEY,
    sign_in BLOB,           -- hash of argon2id(password, salt of the e-mail): finds the account, proves the password
    email_hash BLOB,        -- keyed hash of the e-mail, to find an account by it without keeping it readable
    email SEALED,           -- of account: gone when the account's key is deleted
    name SEALED,            -- of account: gone when the account's key is deleted
    handle TEXT NULL,
    role TEXT,
    locale TEXT,
    created INT
);
CREATE UNIQUE INDEX account_sign_in ON account (sign_in);
CREATE INDEX account_email ON account (email_hash);
CREATE UNIQUE INDEX account_handle ON account (handle);

-- One key an account, itself sealed with the deployment's master key. Deleting the row erases the person's text.
CREATE TABLE account_key (
    account ID PRIMARY KEY,
    key BLOB
);

CREATE TABLE session (
    id ID PRIMARY KEY,
    token_hash BLOB,
    account ID NULL,        -- NULL: a guest's, which owns a cart
    created INT,
    seen INT,
    expires INT,
    agent TEXT
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_account ON session (account, id);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE address (
    id ID PRIMARY KEY,
    account ID,
    body SEALED,            -- of account: gone when the account's key is deleted
    is_default INT,
    created INT
);
CREATE INDEX address_account ON address (account, id);

-- Fixed windows: how often something was tried, by a hash of what and by whom.
CREATE TABLE attempt (
    bucket BLOB PRIMARY KEY,
    count INT,
    until INT
);
CREATE INDEX attempt_until ON attempt (until);
