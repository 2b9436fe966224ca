// Options and environment. One table names them all.
#include "main/settings.h"

#include <unistd.h>

typedef enum Kind { KIND_TEXT, KIND_NUMBER, KIND_ON, KIND_OFF, KIND_PORT } Kind;
typedef struct Option { const char *option, *variable; Kind kind; size_t offset; i64 min, max; } Option;

static const Option OPTIONS[] = {
    { "--listen", "ETALASE_LISTEN", KIND_TEXT, offsetof(Settings, listen), 0, 0 },
    { "--port", "ETALASE_PORT", KIND_PORT, offsetof(Settings, listen), 0, 65535 },
    { "--data", "ETALASE_DATA", KIND_TEXT, offsetof(Settings, data), 0, 0 },
    { "--db", "ETALASE_DB", KIND_TEXT, offsetof(Settings, db), 0, 0 },
    { "--public-url", "ETALASE_PUBLIC_URL", KIND_TEXT, offsetof(Settings, public_url), 0, 0 },
    { "--trusted-proxy", "ETALASE_TRUSTED_PROXY", KIND_TEXT, offsetof(Settings, trusted_proxy), 0, 0 },
    { "--town", "ETALASE_TOWN", KIND_TEXT, offsetof(Settings, town), 0, 0 },
    { "--threads", "ETALASE_THREADS", KIND_NUMBER, offsetof(Settings, threads), 1, 64 },
    { "--db-connections", "ETALASE_DB_CONNECTIONS", KIND_NUMBER, offsetof(Settings, connections), 1, 64 },
    { "--sign-ups-per-hour", "ETALASE_SIGN_UPS_PER_HOUR", KIND_NUMBER, offsetof(Settings, sign_ups_per_hour), 1, 100000000 },
    { "", "ETALASE_STRIPE_SECRET_KEY", KIND_TEXT, offsetof(Settings, stripe_secret), 0, 0 },
    { "", "ETALASE_STRIPE_PUBLISHABLE_KEY", KIND_TEXT, offsetof(Settings, stripe_public), 0, 0 },
    { "", "ETALASE_STRIPE_WEBHOOK_SECRET", KIND_TEXT, offsetof(Settings, stripe_hook), 0, 0 },
    { "", "ETALASE_STRIPE_WEBHOOK_SECRET_2", KIND_TEXT, offsetof(Settings, stripe_hook_2), 0, 0 },
    { "", "ETALASE_STRIPE_URL", KIND_TEXT, offsetof(Settings, stripe_url), 0, 0 },
    { "", "ETALASE_XENDIT_SECRET_KEY", KIND_TEXT, offsetof(Settings, xendit_secret), 0, 0 },
    { "", "ETALASE_XENDIT_CALLBACK_TOKEN", KIND_TEXT, offsetof(Settings, xendit_token), 0, 0 },
    { "", "ETALASE_XENDIT_URL", KIND_TEXT, offsetof(Settings, xendit_url), 0, 0 },
    { "", "ETALASE_BANK_TRANSFER", KIND_TEXT, offsetof(Settings, bank_transfer), 0, 0 },
    { "--demo", "ETALASE_DEMO", KIND_ON, offsetof(Settings, demo), 0, 0 },
    { "--no-demo", "ETALASE_NO_DEMO", KIND_OFF, offsetof(Settings, demo), 0, 0 },
    { "--quick-clips", "ETALASE_QUICK_CLIPS", KIND_ON, offsetof(Settings, quick_clips), 0, 0 },
    { "--quiet", "ETALASE_QUIET", KIND_ON, offsetof(Settings, quiet), 0, 0 },
};

const char SETTINGS_HELP[] =
    "Options (each also as an environment variable: --db-connections is ETALASE_DB_CONNECTIONS)\n"
    "  --listen HOST:PORT      where to listen                        127.0.0.1:8080\n"
    "  --port N                the same on 127.0.0.1; 0 lets the system choose\n"
    "  --data DIR              uploads, media, keys, the database     ./data\n"
    "  --db URL                sqlite:FILE or postgres://...          sqlite:DIR/etalase.db\n"
    "  --public-url URL        how the world reaches this market      from the Host header\n"
    "  --trusted-proxy ADDRESS whose X-Forwarded-* headers count      nobody's\n"
    "  --threads N             event loops                            one a core\n"
    "  --db-connections N      PostgreSQL connections, SQLite readers 8\n"
    "  --sign-ups-per-hour N   from one address                       300\n"
    "  --demo, --no-demo       the test payment provider on or off    off, but on for `etalase demo`\n"
    "  --town DIR              where `etalase demo` finds its town    ./demo\n"
    "  --quick-clips           half of the work for a clip; files twice to three times as large\n"
    "  --quiet                 log errors only\n"
    "\nPayments (environment only; docs/payments.md)\n"
    "  ETALASE_STRIPE_SECRET_KEY, ETALASE_STRIPE_PUBLISHABLE_KEY, ETALASE_STRIPE_WEBHOOK_SECRET     cards\n"
    "  ETALASE_STRIPE_WEBHOOK_SECRET_2      accepted as well, while the secret is being changed\n"
    "  ETALASE_XENDIT_SECRET_KEY, ETALASE_XENDIT_CALLBACK_TOKEN     QRIS and virtual accounts\n"
    "  ETALASE_BANK_TRANSFER=\"Bank;Account;Holder;Currency\"        transfers that the operator confirms; IDR without currency\n"
    "  ETALASE_STRIPE_URL, ETALASE_XENDIT_URL                       where they are asked: for tests\n";

static bool complain(const char *name, const char *what)
{
    fprintf(stderr, "etalase: %s %s\n", name, what);
    return false;
}

static bool set(Arena *a, const Option *o, const char *name, const char *value, Settings *s)
{
    void *place = (char *)s + o->offset;
    i64 number = 0;
    switch (o->kind) {
    case KIND_ON: *(bool *)place = true; return true;
    case KIND_OFF: *(bool *)place = false; return true;
    case KIND_TEXT:
        if (!value[0]) return complain(name, "needs a value");
        *(Str *)place = arena_copy(a, str_of(value));
        return true;
    case KIND_NUMBER:
    case KIND_PORT:
        if (!str_to_i64(str_of(value), &number) || number < o->min || number > o->max)
            return complain(name, arena_cstr(a, arena_format(a, "must be a number from %lld to %lld", (long long)o->min,
                                                             (long long)o->max)));
        if (o->kind == KIND_NUMBER) *(i64 *)place = number;
        else *(Str *)place = arena_format(a, "127.0.0.1:%lld", (long long)number);
        return true;
    }
    return false;
}

static bool from_environment(Arena *a, Settings *s)
{
    for (i64 i = 0; i < COUNT(OPTIONS); i++) {
        const char *value = getenv(OPTIONS[i].variable);
        if (!value || !value[0]) continue;
        bool on_off = OPTIONS[i].kind == KIND_ON || OPTIONS[i].kind == KIND_OFF;
        if (on_off && strcmp(value, "0") == 0) continue;
        if (!set(a, &OPTIONS[i], OPTIONS[i].variable, value, s)) return false;
    }
    return true;
}

static const Option *option_of(const char *argument, size_t n)
{
    for (i64 i = 0; i < COUNT(OPTIONS); i++)
        if (strlen(OPTIONS[i].option) == n && memcmp(OPTIONS[i].option, argument, n) == 0) return &OPTIONS[i];
    return NULL;
}

static bool from_arguments(Arena *a, int argc, char **argv, int first, Settings *s)
{
    for (int i = first; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) != 0) {
            if (s->n_rest == COUNT(s->rest)) return complain(argv[i], "is one argument too many");
            s->rest[s->n_rest++] = str_of(argv[i]);
            continue;
        }
        const char *equals = strchr(argv[i], '=');
        const Option *o = option_of(argv[i], equals ? (size_t)(equals - argv[i]) : strlen(argv[i]));
        if (!o) return complain(argv[i], "is no option; see etalase --help");
        const char *value = equals ? equals + 1 : "";
        if (!equals && o->kind != KIND_ON && o->kind != KIND_OFF) {
            if (i + 1 >= argc) return complain(argv[i], "needs a value");
            value = argv[++i];
        }
        if (!set(a, o, o->option, value, s)) return false;
    }
    return true;
}

bool settings_read(Arena *a, int argc, char **argv, int first, Settings *out)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    bool demo = out->demo;
    *out = (Settings){ .listen = STR("127.0.0.1:8080"), .data = STR("data"), .town = STR("demo"), .demo = demo,
                       .threads = cores > 0 && cores < 64 ? cores : 2, .connections = 8, .sign_ups_per_hour = 300,
                       .stripe_url = STR("https://api.stripe.com"), .xendit_url = STR("https://api.xendit.co") };
    if (!from_environment(a, out) || !from_arguments(a, argc, argv, first, out)) return false;
    if (!out->db.n) out->db = arena_format(a, "sqlite:%.*s/etalase.db", STR_ARG(out->data));
    while (out->public_url.n && out->public_url.p[out->public_url.n - 1] == '/') out->public_url.n--;
    return true;
}
