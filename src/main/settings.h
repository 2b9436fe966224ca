// What the operator may set: options on the command line, or environment variables of the same names.
#pragma once
#include "base/arena.h"
#include "base/err.h"

typedef struct Settings {
    Str listen;              // --listen HOST:PORT  ETALASE_LISTEN       127.0.0.1:8080
    Str data;                // --data DIR          ETALASE_DATA         ./data
    Str db;                  // --db URL            ETALASE_DB           sqlite:DATA/etalase.db
    Str public_url;          // --public-url URL    ETALASE_PUBLIC_URL   from the Host header
    Str trusted_proxy;       // --trusted-proxy A   ETALASE_TRUSTED_PROXY  none
    Str town;                // --town DIR          ETALASE_TOWN         demo/ beside the program's source
    i64 threads;             // --threads N         ETALASE_THREADS      event loops, one a core
    i64 connections;         // --db-connections N  ETALASE_DB_CONNECTIONS  8
    i64 sign_ups_per_hour;   // --sign-ups-per-hour N  ETALASE_SIGN_UPS_PER_HOUR  from one address, 300
    // Payments, by environment only: a command line is for everyone to read. See docs/operating.md.
    Str stripe_secret, stripe_public, stripe_hook, stripe_hook_2, stripe_url, xendit_secret, xendit_token, xendit_url,
        bank_transfer;
    bool demo;               // --demo, --no-demo   ETALASE_NO_DEMO=1    `etalase demo` sets it
    bool quick_clips;        // --quick-clips       ETALASE_QUICK_CLIPS=1  less work for a clip, larger files
    bool quiet;              // --quiet             ETALASE_QUIET=1      only errors are logged
    Str rest[4]; i64 n_rest; // what is no option: FILE of backup and restore, HANDLE of operator
} Settings;

// Reads the environment, then the options from argv[first] on. False after saying on standard error what is wrong.
bool settings_read(Arena *a, int argc, char **argv, int first, Settings *out);
// The list above as --help prints it.
extern const char SETTINGS_HELP[];
