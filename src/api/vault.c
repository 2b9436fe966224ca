// Keys and what is made with them, all through libsodium.
#include <sodium.h>

#include "api/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/log.h"
#include "base/rand.h"

enum { ARGON_PASSES = 2, ARGON_BYTES = 32 * 1024 * 1024, KEY_FILE_DIGITS = 64 };

static void derive(u8 out[32], const u8 master[32], const char *purpose)
{
    must(crypto_generichash(out, 32, (const u8 *)purpose, strlen(purpose), master, 32) == 0);
}

static bool key_of_hex(Str hex, u8 master[32])
{
    size_t n = 0;
    return hex.n == KEY_FILE_DIGITS && sodium_hex2bin(master, 32, hex.p, hex.n, NULL, &n, NULL) == 0 && n == 32;
}

// Writes the whole file or nothing: under another name first. Nothing may be sealed with a key whose name the power could
// still take away.
static bool write_key_file(const char *folder, const char *path, const char *temporary, const u8 master[32])
{
    char hex[KEY_FILE_DIGITS + 1];
    sodium_bin2hex(hex, sizeof(hex), master, 32);
    int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return false;
    bool ok = write(file, hex, KEY_FILE_DIGITS) == KEY_FILE_DIGITS && fsync(file) == 0;
    close(file);
    sodium_memzero(hex, sizeof(hex));
    return ok && rename(temporary, path) == 0 && disk_sync_folder(folder);
}

static Err read_or_make(Str folder, u8 master[32])
{
    char within[4096], path[4096], temporary[4096], hex[KEY_FILE_DIGITS + 2];
    snprintf(within, sizeof(within), "%.*s", STR_ARG(folder));
    snprintf(path, sizeof(path), "%.*s/master.key", STR_ARG(folder));
    snprintf(temporary, sizeof(temporary), "%.*s/master.key.new", STR_ARG(folder));
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) {
        rand_bytes(master, 32);
        if (write_key_file(within, path, temporary, master)) return ERR_OK;
        log_event(LOG_ERROR, STR(""), "vault", "cannot write %s: %s", path, strerror(errno));
        return ERR_INTERNAL;
    }
    ssize_t n = file < 0 ? -1 : read(file, hex, sizeof(hex));
    if (file >= 0) close(file);
    if (n >= 0 && key_of_hex(str_trim((Str){ hex, (size_t)n }), master)) return ERR_OK;
    log_event(LOG_ERROR, STR(""), "vault", "%s is not a key of 64 hex digits", path);
    return ERR_INTERNAL;
}

Err vault_open(Vault *v, Str data_folder, const char *from_environment)
{
    u8 master[32];
    must(sodium_init() >= 0);
    if (from_environment && from_environment[0]) {
        if (!key_of_hex(str_of(from_environment), master)) {
            log_event(LOG_ERROR, STR(""), "vault", "the master key in the environment is not 64 hex digits");
            return ERR_INTERNAL;
        }
    } else {
        try(read_or_make(data_folder, master));
    }
    derive(v->wrap, master, "wrap");
    derive(v->lookup, master, "lookup");
    derive(v->csrf, master, "csrf");
    derive(v->salt, master, "salt");
    sodium_memzero(master, sizeof(master));
    return ERR_OK;
}

static const size_t NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static const size_t TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES;

Str vault_seal(Arena *a, Str key, i64 account, Str plain)
{
    must(key.n == VAULT_KEY_BYTES);
    u8 *out = arena_alloc(a, NONCE + plain.n + TAG);
    rand_bytes(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, (const u8 *)plain.p, plain.n, (const u8 *)&account,
                                               sizeof(account), NULL, out, (const u8 *)key.p);
    return (Str){ (const char *)out, NONCE + plain.n + TAG };
}

bool vault_unseal(Arena *a, Str key, i64 account, Str sealed, Str *plain)
{
    if (key.n != VAULT_KEY_BYTES || sealed.n < NONCE + TAG) return false;
    u8 *out = arena_alloc(a, sealed.n - NONCE - TAG + 1);
    const u8 *in = (const u8 *)sealed.p;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, in + NONCE, sealed.n - NONCE, (const u8 *)&account,
                                                   sizeof(account), in, (const u8 *)key.p) != 0)
        return false;
    *plain = (Str){ (const char *)out, sealed.n - NONCE - TAG };
    return true;
}

Str vault_key_new(const Vault *v, Arena *a, i64 account, Str *wrapped)
{
    u8 *key = arena_alloc(a, VAULT_KEY_BYTES);
    rand_bytes(key, VAULT_KEY_BYTES);
    Str plain = { (const char *)key, VAULT_KEY_BYTES };
    *wrapped = vault_seal(a, (Str){ (const char *)v->wrap, 32 }, account, plain);
    return plain;
}

bool vault_key_open(const Vault *v, Arena *a, i64 account, Str wrapped, Str *key)
{
    return vault_unseal(a, (Str){ (const char *)v->wrap, 32 }, account, wrapped, key) && key->n == VAULT_KEY_BYTES;
}

Str vault_hash(const Vault *v, Arena *a, const char *purpose, Str text)
{
    u8 *out = arena_alloc(a, VAULT_HASH_BYTES);
    crypto_generichash_state state;
    crypto_generichash_init(&state, v->lookup, 32, VAULT_HASH_BYTES);
    // The NUL keeps "a" + "bc" apart from "ab" + "c".
    crypto_generichash_update(&state, (const u8 *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const u8 *)text.p, text.n);
    crypto_generichash_final(&state, out, VAULT_HASH_BYTES);
    return (Str){ (const char *)out, VAULT_HASH_BYTES };
}

Str vault_token_hash(Arena *a, Str token)
{
    u8 *out = arena_alloc(a, VAULT_HASH_BYTES);
    crypto_generichash(out, VAULT_HASH_BYTES, (const u8 *)token.p, token.n, NULL, 0);
    return (Str){ (const char *)out, VAULT_HASH_BYTES };
}

Str vault_csrf(const Vault *v, Arena *a, Str token)
{
    u8 mac[24];
    crypto_generichash(mac, sizeof(mac), (const u8 *)token.p, token.n, v->csrf, 32);
    size_t size = sodium_base64_ENCODED_LEN(sizeof(mac), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(a, size);
    sodium_bin2base64(text, size, mac, sizeof(mac), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(text);
}

Err vault_sign_in(const Vault *v, Arena *a, Str email, Str password, Str *proof)
{
    u8 salt[crypto_pwhash_SALTBYTES], raw[32];
    crypto_generichash(salt, sizeof(salt), (const u8 *)email.p, email.n, v->salt, 32);
    if (crypto_pwhash(raw, sizeof(raw), password.p, password.n, salt, ARGON_PASSES, ARGON_BYTES,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return ERR_BUSY;
    *proof = vault_hash(v, a, "sign-in", (Str){ (const char *)raw, sizeof(raw) });
    return ERR_OK;
}
