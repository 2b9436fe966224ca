-- Accounts, keys, sessions, addresses, attempts.

-- account_insert(id AccountId, sign_in bytes, email_hash bytes, email bytes, name bytes, handle text?, role Role, locale text, created time) -> ?(id AccountId)
INSERT INTO account (id, sign_in, email_hash, email, name, handle, role, locale, created)
VALUES (:id, :sign_in, :email_hash, :email, :name, :handle, :role, :locale, :created)
    ON CONFLICT (handle) DO NOTHING
RETURNING id;

-- account_key_insert(account AccountId, key bytes) -> ()
INSERT INTO account_key (account, key) VALUES (:account, :key);

-- account_key_get(account AccountId) -> ?(key bytes)
SELECT key FROM account_key WHERE account = :account;

-- account_by_sign_in(sign_in bytes) -> ?(id AccountId)
SELECT id FROM account WHERE sign_in = :sign_in;

-- account_row(id AccountId) -> ?(id AccountId, email bytes, name bytes, handle text?, role Role, locale text, created time)
SELECT id, email, name, handle, role, locale, created FROM account WHERE id = :id;

-- account_by_handle_row(handle text) -> ?(id AccountId)
SELECT id FROM account WHERE handle = :handle;

-- account_set_name(id AccountId, name bytes) -> n
UPDATE account SET name = :name WHERE id = :id;

-- account_set_locale(id AccountId, locale text) -> n
UPDATE account SET locale = :locale WHERE id = :id;

-- account_set_handle(id AccountId, handle text) -> n
UPDATE account SET handle = :handle
 WHERE id = :id AND NOT EXISTS (SELECT 1 FROM account AS other WHERE other.handle = :handle AND other.id <> :id);

-- account_set_role(id AccountId, role Role) -> n
UPDATE account SET role = :role WHERE id = :id;

-- account_set_sign_in(id AccountId, old bytes, new bytes) -> n
UPDATE account SET sign_in = :new WHERE id = :id AND sign_in = :old;

-- session_insert(id SessionId, token_hash bytes, account AccountId?, now time, expires time, agent text) -> ()
INSERT INTO session (id, token_hash, account, created, seen, expires, agent)
VALUES (:id, :token_hash, :account, :now, :now, :expires, :agent);

-- session_find(token_hash bytes, now time) -> ?(id SessionId, account AccountId?, role Role?, seen time)
SELECT session.id, session.account, account.role, session.seen
  FROM session LEFT JOIN account ON account.id = session.account
 WHERE session.token_hash = :token_hash AND session.expires > :now;

-- session_touch(id SessionId, now time, expires time) -> n
UPDATE session SET seen = :now, expires = :expires WHERE id = :id;

-- session_of(account AccountId, now time) -> [(id SessionId, created time, seen time, expires time, agent text)]
SELECT id, created, seen, expires, agent FROM session
 WHERE account = :account AND expires > :now ORDER BY id DESC LIMIT 100;

-- session_delete(id SessionId, account AccountId) -> n
DELETE FROM session WHERE id = :id AND account = :account;

-- session_delete_any(id SessionId) -> n
DELETE FROM session WHERE id = :id;

-- session_delete_others(account AccountId, keep SessionId) -> n
DELETE FROM session WHERE account = :account AND id <> :keep;

-- All but the `keep` that were used last.
-- session_trim(account AccountId, keep int, most int) -> n
DELETE FROM session
 WHERE id IN (SELECT id FROM session WHERE account = :account ORDER BY seen DESC, id DESC LIMIT :most OFFSET :keep);

-- session_sweep(now time, most int) -> [(id SessionId, account AccountId?)]
DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires <= :now ORDER BY expires LIMIT :most)
RETURNING id, account;

-- address_row(id AddressId, account AccountId) -> ?(id AddressId, body bytes, is_default bool)
SELECT id, body, is_default FROM address WHERE id = :id AND account = :account;

-- address_rows(account AccountId) -> [(id AddressId, body bytes, is_default bool)]
SELECT id, body, is_default FROM address WHERE account = :account ORDER BY is_default DESC, id DESC LIMIT 20;

-- address_count(account AccountId) -> (n int)
SELECT count(*) AS n FROM address WHERE account = :account;

-- address_insert(id AddressId, account AccountId, body bytes, is_default bool, created time) -> ()
INSERT INTO address (id, account, body, is_default, created) VALUES (:id, :account, :body, :is_default, :created);

-- address_update(id AddressId, account AccountId, body bytes) -> n
UPDATE address SET body = :body WHERE id = :id AND account = :account;

-- address_delete_row(id AddressId, account AccountId) -> n
DELETE FROM address WHERE id = :id AND account = :account;

-- attempt_add(bucket bytes, now time, until time) -> (count int, until time)
INSERT INTO attempt (bucket, count, until) VALUES (:bucket, 1, :until)
    ON CONFLICT (bucket) DO UPDATE
   SET count = CASE WHEN attempt.until <= :now THEN 1 ELSE attempt.count + 1 END,
       until = CASE WHEN attempt.until <= :now THEN excluded.until ELSE attempt.until END
RETURNING count, until;

-- attempt_get(bucket bytes, now time) -> ?(count int, until time)
SELECT count, until FROM attempt WHERE bucket = :bucket AND until > :now;

-- attempt_give_back(bucket bytes) -> n
UPDATE attempt SET count = count - 1 WHERE bucket = :bucket AND count > 0;

-- attempt_sweep(now time) -> n
DELETE FROM attempt WHERE until <= :now;
