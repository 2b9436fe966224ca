-- What the dispatcher keeps for itself: first answers by Idempotency-Key, and tasks (timers, outbox, jobs).

-- First answers hold names and addresses. So they are sealed, and can be opened only with the key that the client sent, of
-- which the table has but a hash: a copy of the database tells nothing, with the master key or without.
CREATE TABLE first_answer (
    owner INT,              -- account or guest session
    key BLOB,               -- keyed hash of the Idempotency-Key
    request BLOB,           -- keyed hash of method, path and body: the same key with another request is refused
    status INT,
    answer BLOB,
    at INT,
    PRIMARY KEY (owner, key)
);
CREATE INDEX first_answer_at ON first_answer (at);

-- What belongs to the whole deployment; so far a proof of the master key that sealed what lies in here.
CREATE TABLE deployment (
    name TEXT PRIMARY KEY,
    value BLOB
);

-- "Do KIND for SUBJECT, not before DUE." A timer is a task in the future; the outbox is the tasks that are due.
CREATE TABLE task (
    id ID PRIMARY KEY,
    kind TEXT,
    subject INT,
    due INT,
    tries INT,
    lease INT,              -- until when a worker has it; 0: nobody
    error TEXT NULL
);
CREATE UNIQUE INDEX task_one ON task (kind, subject);
CREATE INDEX task_due ON task (due);
