-- First answers hold names and addresses: from now on they are sealed, and can be opened only with the key that the client
-- sent, of which the table has but a hash. So a copy of the database tells nothing, with the master key or without.
DROP TABLE idempotency;
CREATE TABLE first_answer (
    owner INT,              -- account or guest session
    key BLOB,               -- keyed hash of the Idempotency-Key
    request BLOB,           -- hash of method, path and body: the same key with another request is refused
    status INT,
    answer BLOB,
    at INT,
    PRIMARY KEY (owner, key)
);
CREATE INDEX first_answer_at ON first_answer (at);
