-- What the dispatcher keeps for itself: first answers by Idempotency-Key, and tasks (timers, outbox, jobs).

CREATE TABLE idempotency (
    owner INT,              -- account or guest session, 0 for those without either
    key TEXT,
    request BLOB,           -- hash of method, path and body: the same key with another request is refused
    status INT,
    answer TEXT,
    at INT,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

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
