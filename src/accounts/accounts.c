// Accounts and sessions: the rules. No HTTP, no clock; randomness and keys come with By.
#include "accounts/accounts.h"

#include "api/app.h"
#include "base/rand.h"

enum {
    SWEEP_SESSIONS = 1000, TOKEN_BYTES = 32, GUEST_DAYS = 30, AGENT_MAX = 200,
    GUESTS_PER_SIGN_UP = 10,             // of --sign-ups-per-hour: of ten who look, one signs up
};

// ---------------------------------------------------------------------------------------------- sealing

static Err open_key(Tx *tx, const By *by, AccountId account, Str *key, bool *erased)
{
    AccountKeyGetRow *row;
    try(q_account_key_get(tx, (AccountKeyGetIn){ .account = account }, &row));
    *erased = row == NULL;
    if (!row) return ERR_OK;
    // A key that does not open means another master key or a damaged row: nothing to be papered over.
    return vault_key_open(by->vault, tx->a, account.v, row->key, key) ? ERR_OK : ERR_INTERNAL;
}

Err account_seal(Tx *tx, const By *by, AccountId account, Str plain, Str *sealed)
{
    Str key;
    bool erased;
    try(open_key(tx, by, account, &key, &erased));
    if (erased) return ERR_NOT_FOUND;
    *sealed = vault_seal(tx->a, key, account.v, plain);
    return ERR_OK;
}

Err account_open(Tx *tx, const By *by, AccountId account, Str sealed, Str *plain)
{
    Str key;
    bool erased;
    *plain = STR("");
    try(open_key(tx, by, account, &key, &erased));
    if (erased) return ERR_OK;
    return vault_unseal(tx->a, key, account.v, sealed, plain) ? ERR_OK : ERR_INTERNAL;
}

// ---------------------------------------------------------------------------------------------- form of input

Err account_email_form(Arena *a, Str in, Str *out, Refusal *why)
{
    Str s = arena_copy(a, str_trim(in));
    i64 ats = 0, dot = -1;
    bool bad = s.n < 3 || s.n > 254;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '@') ats++, dot = -1;
        if (c == '.' && ats == 1) dot = (i64)i;
        bad = bad || (u8)c <= ' ' || c == 0x7F || c == ',' || c == ';' || c == '<' || c == '>';
        if (c >= 'A' && c <= 'Z') ((char *)s.p)[i] = (char)(c + 32);
    }
    bad = bad || ats != 1 || s.p[0] == '@' || dot < 0 || dot == (i64)s.n - 1 || str_find(s, STR("@.")) >= 0;
    if (bad) return refuse(why, ERR_BAD_FIELD, "email", "This must be an e-mail address such as name@example.com.");
    *out = s;
    return ERR_OK;
}

// Those of ten characters and more at the head of every published list of leaked passwords.
static const char *const COMMON[] = {
    "1234567890", "123456789a", "1q2w3e4r5t", "qwertyuiop", "q1w2e3r4t5", "password123", "password1234", "passwordpassword",
    "0987654321", "12345678910", "1234567891", "987654321a", "1qaz2wsx3edc", "qwerty123456", "iloveyou123", "abcd123456",
    "abc1234567", "1111122222", "qwerty12345", "asdfghjkl1", "letmein123", "welcome123", "indonesia123", "bismillah123",
    "sayangku123", "administrator", "changeme123", "trustno1trustno1", "football123", "zaq12wsxcde3",
};

Err account_password_check(Str password, Str email, Refusal *why)
{
    bool seen[256] = { 0 };
    i64 different = 0;
    for (size_t i = 0; i < password.n; i++) {
        if (!seen[(u8)password.p[i]]) different++;
        seen[(u8)password.p[i]] = true;
    }
    if (different < 5) return refuse(why, ERR_WEAK_PASSWORD, "password", "Use at least 5 different characters.");
    for (i64 i = 0; i < COUNT(COMMON); i++)
        if (str_eq_nocase(password, str_of(COMMON[i])))
            return refuse(why, ERR_WEAK_PASSWORD, "password", "This is one of the first passwords that anyone would try.");
    Str rest = email, local = str_split(&rest, '@');
    if (str_eq_nocase(password, email) || (local.n >= 5 && str_find(password, local) >= 0 && password.n < local.n + 5))
        return refuse(why, ERR_WEAK_PASSWORD, "password", "Do not use the e-mail address as the password.");
    return ERR_OK;
}

static const char *const KEPT_HANDLES[] = { "admin", "administrator", "api", "cart", "checkout", "etalase", "feed", "help", "me",
                                            "moderator", "operator", "orders", "root", "shop", "studio", "support", "system" };

Err handle_check(Str handle, Refusal *why)
{
    bool ok = handle.n >= 3 && handle.n <= 30;
    for (size_t i = 0; i < handle.n && ok; i++) {
        char c = handle.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool mark = c == '.' || c == '_' || c == '-';
        ok = plain || (mark && i > 0 && i < handle.n - 1);
    }
    if (!ok) return refuse(why, ERR_BAD_FIELD, "handle", "Use 3 to 30 of a-z and 0-9, inside also . _ and -.");
    for (i64 i = 0; i < COUNT(KEPT_HANDLES); i++)
        if (str_eq(handle, str_of(KEPT_HANDLES[i])))
            return refuse(why, ERR_BAD_FIELD, "handle", "This name is kept for the market.");
    return ERR_OK;
}

static Err locale_check(Str locale, Refusal *why)
{
    if (str_eq(locale, STR("en")) || str_eq(locale, STR("id"))) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "locale", "The languages are en and id.");
}

// ---------------------------------------------------------------------------------------------- accounts

static Err too_many_tries(Tx *tx, const By *by, Time until)
{
    return refuse(&tx->why, ERR_TOO_MANY, NULL, "Too many tries. Wait %lld minutes.",
                  (long long)((until - by->now) / MINUTE_MS + 1));
}

Err account_count_attempt(Tx *tx, const By *by, const char *purpose, Str text, i64 most, i64 window_ms)
{
    AttemptAddRow row;
    try(q_attempt_add(tx, (AttemptAddIn){ .bucket = vault_hash(by->vault, tx->a, purpose, text), .now = by->now,
                                          .until = by->now + window_ms }, &row));
    return row.count <= most ? ERR_OK : too_many_tries(tx, by, row.until);
}

Err account_look_at_attempts(Tx *tx, const By *by, const char *purpose, Str text, i64 most)
{
    AttemptGetRow *row;
    try(q_attempt_get(tx, (AttemptGetIn){ .bucket = vault_hash(by->vault, tx->a, purpose, text), .now = by->now }, &row));
    return !row || row->count < most ? ERR_OK : too_many_tries(tx, by, row->until);
}

Err account_give_back_attempt(Tx *tx, const By *by, const char *purpose, Str text)
{
    i64 n;
    return q_attempt_give_back(tx, (AttemptGiveBackIn){ .bucket = vault_hash(by->vault, tx->a, purpose, text) }, &n);
}

Err account_add(Tx *tx, const By *by, const AccountNew *in, Str email, Str proof, AccountId *out)
{
    must(proof.n == VAULT_HASH_BYTES);
    if (in->locale.p) try(locale_check(in->locale, &tx->why));
    if (in->handle.n) try(handle_check(in->handle, &tx->why));
    AccountBySignInRow *known;
    try(q_account_by_sign_in(tx, (AccountBySignInIn){ .sign_in = proof }, &known));
    if (known) {
        *out = known->id;
        return ERR_OK;
    }
    AccountId id = account_id_next(by->ids, by->now);
    Str wrapped, key = vault_key_new(by->vault, tx->a, id.v, &wrapped);
    AccountInsertRow *made;
    try(q_account_insert(tx, (AccountInsertIn){
        .id = id, .sign_in = proof, .email_hash = vault_hash(by->vault, tx->a, "email", email),
        .email = vault_seal(tx->a, key, id.v, email), .name = vault_seal(tx->a, key, id.v, str_trim(in->name)),
        .handle = in->handle.n ? in->handle : (Str){ 0 }, .role = ROLE_USER, .locale = in->locale.p ? in->locale : STR("en"),
        .created = by->now }, &made));
    if (!made) return refuse(&tx->why, ERR_HANDLE_TAKEN, "handle", "Someone has that name already; choose another.");
    *out = id;
    return q_account_key_insert(tx, (AccountKeyInsertIn){ .account = id, .key = wrapped });
}

Err account_get(Tx *tx, const By *by, AccountId account, Account *out)
{
    AccountRowRow *row;
    try(q_account_row(tx, (AccountRowIn){ .id = account }, &row));
    if (!row) return ERR_NOT_FOUND;
    *out = (Account){ .id = row->id, .handle = row->handle, .role = row->role, .locale = row->locale, .created = row->created };
    try(account_open(tx, by, account, row->email, &out->email));
    return account_open(tx, by, account, row->name, &out->name);
}

Err account_name(Tx *tx, const By *by, AccountId account, Str *out)
{
    Account full;
    try(account_get(tx, by, account, &full));
    *out = full.name;
    return ERR_OK;
}

Err account_by_handle(Tx *tx, Str handle, AccountId *out)
{
    AccountByHandleRowRow *row;
    try(q_account_by_handle_row(tx, (AccountByHandleRowIn){ .handle = handle }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, "handle", "Nobody here has that name.");
    *out = row->id;
    return ERR_OK;
}

Err account_handle(Tx *tx, AccountId account, Str *out)
{
    AccountRowRow *row;
    try(q_account_row(tx, (AccountRowIn){ .id = account }, &row));
    *out = row ? row->handle : (Str){ 0 };
    return ERR_OK;
}

// Ten of Crockford's letters and digits of a keyed hash: 2^50 of them, so that a taken one is a fault worth a refusal.
Err account_handle_ensure(Tx *tx, const By *by, AccountId account, Str *out)
{
    static const char LETTERS[] = "0123456789abcdefghjkmnpqrstvwxyz";
    i64 n;
    try(account_handle(tx, account, out));
    if (out->n) return ERR_OK;
    Str hash = vault_hash(by->vault, tx->a, "handle", arena_format(tx->a, "%lld", (long long)account.v));
    char name[] = "m-0123456789";
    for (size_t i = 0; i < 10; i++) name[2 + i] = LETTERS[(u8)hash.p[i] % 32];
    *out = arena_copy(tx->a, str_of(name));
    try(q_account_set_handle(tx, (AccountSetHandleIn){ .id = account, .handle = *out }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_HANDLE_TAKEN, "handle", "Choose a handle first.");
}

Err account_edit(Tx *tx, const By *by, const AccountEdit *in, Account *out)
{
    AccountId me = { by->who.account };
    i64 n;
    if (in->name.p) {
        Str sealed;
        try(account_seal(tx, by, me, str_trim(in->name), &sealed));
        try(q_account_set_name(tx, (AccountSetNameIn){ .id = me, .name = sealed }, &n));
    }
    if (in->locale.p) {
        try(locale_check(in->locale, &tx->why));
        try(q_account_set_locale(tx, (AccountSetLocaleIn){ .id = me, .locale = in->locale }, &n));
    }
    if (in->handle.p) {
        try(handle_check(in->handle, &tx->why));
        try(q_account_set_handle(tx, (AccountSetHandleIn){ .id = me, .handle = in->handle }, &n));
        if (n == 0) return refuse(&tx->why, ERR_HANDLE_TAKEN, "handle", "Someone has that name already; choose another.");
    }
    return account_get(tx, by, me, out);
}

Err account_make_operator(Tx *tx, AccountId account)
{
    i64 n;
    try(q_account_set_role(tx, (AccountSetRoleIn){ .id = account, .role = ROLE_OPERATOR }, &n));
    return n ? ERR_OK : ERR_NOT_FOUND;
}

// ---------------------------------------------------------------------------------------------- sessions

static Err make_session(Tx *tx, const By *by, AccountId account, Str agent, i64 days, Str *token, SessionId *id)
{
    *token = rand_token(tx->a, TOKEN_BYTES);
    *id = session_id_next(by->ids, by->now);
    // A header may hold any bytes; what is kept is text, cut between characters.
    size_t end = agent.n < AGENT_MAX ? agent.n : AGENT_MAX;
    while (end > 0 && end < agent.n && ((u8)agent.p[end] & 0xC0) == 0x80) end--;
    bool text = str_utf8_length(agent) >= 0 && memchr(agent.p ? agent.p : "", 0, agent.n) == NULL;
    return q_session_insert(tx, (SessionInsertIn){
        .id = *id, .token_hash = vault_token_hash(tx->a, *token), .account = account, .now = by->now,
        .expires = by->now + days * DAY_MS, .agent = text ? str_slice(agent, 0, end) : STR("") });
}

Err account_sign_in(Tx *tx, const By *by, Str proof, Str agent, SessionMade *out)
{
    AccountBySignInRow *known;
    try(q_account_by_sign_in(tx, (AccountBySignInIn){ .sign_in = proof }, &known));
    if (!known) return refuse(&tx->why, ERR_WRONG_PASSWORD, NULL, "The e-mail or the password is not right.");
    SessionId id;
    i64 ended;
    SessionTrimIn others = { .account = known->id, .keep = ACCOUNT_SESSIONS_MAX, .most = SWEEP_SESSIONS };
    try(make_session(tx, by, known->id, agent, SESSION_DAYS, &out->token, &id));
    try(q_session_trim(tx, others, &ended));
    out->csrf = vault_csrf(by->vault, tx->a, out->token);
    out->expires = by->now + (i64)SESSION_DAYS * DAY_MS;
    out->account = arena_new(tx->a, Account);
    return account_get(tx, by, known->id, out->account);
}

Err account_change_password(Tx *tx, const By *by, Str old_proof, Str new_proof)
{
    i64 n;
    AccountBySignInRow *known;
    AccountId me = { by->who.account };
    try(q_account_by_sign_in(tx, (AccountBySignInIn){ .sign_in = new_proof }, &known));
    if (known && known->id.v != me.v)
        return refuse(&tx->why, ERR_WEAK_PASSWORD, "new", "Choose another password.");
    try(q_account_set_sign_in(tx, (AccountSetSignInIn){ .id = me, .old = old_proof, .new = new_proof }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_PASSWORD, "old", "The old password is not right.");
    return q_session_delete_others(tx, (SessionDeleteOthersIn){ .account = me, .keep = { by->who.session } }, &n);
}

Err account_find_session(Tx *tx, Str token_hash, Time now, Caller *out)
{
    SessionFindRow *row;
    try(q_session_find(tx, (SessionFindIn){ .token_hash = token_hash, .now = now }, &row));
    if (row)
        *out = (Caller){ .account = row->account.v, .session = row->id.v, .seen = row->seen,
                         .is_operator = row->has_role && row->role == ROLE_OPERATOR };
    return ERR_OK;
}

// A session is left behind by every write that comes without its cookie. Who has the address is counted as for sign-ups.
Err account_make_guest(Req *r, Str *token)
{
    SessionId id;
    Str origin = arena_format(r->a, "%lld", (long long)r->by.origin);
    try(account_count_attempt(r->tx, &r->by, "guest", origin, r->app->sign_ups_per_hour * GUESTS_PER_SIGN_UP, HOUR_MS));
    try(make_session(r->tx, &r->by, (AccountId){ 0 }, r->agent, GUEST_DAYS, token, &id));
    r->by.who = (Caller){ .session = id.v, .seen = r->by.now };
    return ERR_OK;
}

Err account_touch_session(Tx *tx, i64 session, Time now)
{
    i64 n;
    Time expires = now + (i64)SESSION_DAYS * DAY_MS;
    return q_session_touch(tx, (SessionTouchIn){ .id = { session }, .now = now, .expires = expires }, &n);
}

Err account_sweep(Tx *tx, const By *by, EndedGuests *out)
{
    SessionSweepRowList rows;
    i64 n;
    try(q_session_sweep(tx, (SessionSweepIn){ .now = by->now, .most = SWEEP_SESSIONS }, &rows));
    *out = (EndedGuests){ .sessions = arena_new_array(tx->a, i64, rows.n), .more = rows.n == SWEEP_SESSIONS };
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].account.v == 0) out->sessions[out->n++] = rows.p[i].id.v;
    return q_attempt_sweep(tx, (AttemptSweepIn){ .now = by->now }, &n);
}
