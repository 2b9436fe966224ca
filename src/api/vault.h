// Keys: the deployment's master key, the accounts' keys under it, and what is made with them. Knows no tables.
#pragma once
#include "base/arena.h"
#include "base/err.h"

enum { VAULT_KEY_BYTES = 32, VAULT_HASH_BYTES = 32, VAULT_WRAPPED_BYTES = 24 + 32 + 16 };

typedef struct Vault { u8 wrap[32], lookup[32], csrf[32], salt[32]; } Vault;   // all derived from the master key

// Reads DATA/master.key (64 hex digits, mode 0600), making it at the first start; ETALASE_MASTER_KEY goes before it.
// ERR_INTERNAL, logged, when it is there but unusable: starting with a new key would make everything unreadable.
Err  vault_open(Vault *v, Str data_folder, const char *from_environment);

// A new account key, and the same sealed by the master key (VAULT_WRAPPED_BYTES) for its table.
Str  vault_key_new(const Vault *v, Arena *a, i64 account, Str *wrapped);
bool vault_key_open(const Vault *v, Arena *a, i64 account, Str wrapped, Str *key);

// XChaCha20-Poly1305 with the account's id as additional data: a sealed text cannot be moved to another account.
Str  vault_seal(Arena *a, Str key, i64 account, Str plain);
bool vault_unseal(Arena *a, Str key, i64 account, Str sealed, Str *plain);

// BLAKE2b keyed with `lookup`: the same for the same text, meaningless without the master key.
Str  vault_hash(const Vault *v, Arena *a, const char *purpose, Str text);
// BLAKE2b without key, for session tokens (they are random themselves).
Str  vault_token_hash(Arena *a, Str token);
// The CSRF token of a session token.
Str  vault_csrf(const Vault *v, Arena *a, Str token);
// Proof of e-mail and password in one: hash of argon2id(password, salt of the e-mail). About 50 ms and 32 MB (OWASP's
// advice of 2023 asks for at least 19 MB and two passes). ERR_BUSY without the memory.
Err  vault_sign_in(const Vault *v, Arena *a, Str email, Str password, Str *proof);
