// What lives as long as the process, and what floor 4 plugs into this floor so that it need not know features.
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "api/cache.h"
#include "api/metrics.h"
#include "api/req.h"
#include "api/task.h"
#include "api/vault.h"
#include "api/work.h"

// The features' part of finding out who calls. Filled by main.
typedef struct AppHooks {
    // The caller of a session token's hash; account and session 0 when there is none or it has expired.
    Err (*find_session)(Tx *tx, Str token_hash, Time now, Caller *out);
    // A new guest session; *token is what its cookie will hold.
    Err (*make_guest)(Req *r, Str *token);
    // A guest has signed in: what the guest session owned (the cart) goes to the account.
    Err (*signed_in)(Tx *tx, const By *by, i64 guest, i64 account);
    // Notes that the session is in use (called at most every 10 minutes for one).
    Err (*touch_session)(Tx *tx, i64 session, Time now);
} AppHooks;

struct App {
    Arena arena;                       // for what lives as long
    Db *db;
    Net *net;
    Ids ids;
    Vault vault;
    Work *work, *pictures;             // pictures have threads of their own: they must not hold up who signs in
    Cache *cache;
    Metrics *metrics;
    Tasks *tasks;
    struct Feed *feed;                 // feed/feed.h
    struct Search *search;             // search/search.h
    AppHooks hooks;
    Str data;                          // the data folder's path
    int lock;                          // its lock's file, held as long as the process serves
    i64 disk_floor;                    // bytes that uploads leave free on the disk: see app_room
    Str public_url;                    // "https://market.example", without a last slash; empty: from the Host header
    int media_folder;                  // DATA/media, open for as long as the process
    bool demo;                         // the test payment provider is on
    const struct PaySettings *pay;     // other providers: see By
    i64 sign_ups_per_hour;             // from one address
    bool quick_clips;                  // see MediaOrder of media/media.h
    bool no_tasks;                     // tests: tasks run only when asked to
    size_t request_arena;              // bytes a request's arena may hand out
    _Atomic i64 clock_fixed_ms;        // tests stop the clock here; 0: it runs
    _Atomic i64 clock_shift_ms;        // tests let time jump
    _Atomic bool stopping;
};

enum {
    APP_REQUEST_ARENA = 24 * 1024 * 1024,   // the largest answer (8 MB, twice while it grows) and its rows
    SESSION_DAYS = 60,
};
// Room for the database, its log and a conversion at work.
#define APP_DISK_FLOOR (INT64_C(1) << 30)

Time app_now(const App *app);
// Room for `bytes` more above the floor, on the disk of the data folder? ERR_DISK otherwise.
Err app_room(const App *app, i64 bytes);
// The same for the next piece of a body that goes to the disk as it comes. Many that began while there was room could fill
// the disk together, so each looks again every few MB; *unlooked begins with 0.
Err app_room_on(const App *app, i64 *unlooked, size_t bytes);
// Answers any request to /v1/…; the NetHandler of the whole program calls these two.
NetPlan api_begin(App *app, NetRequest *r);
void    api_handle(App *app, NetRequest *r);
// Writes a refusal of the wire itself: see NetHandler.
size_t  api_wire_refusal(void *context, Err e, const char *detail, char *out, size_t size);
