// Challenges: a tag, until a day, and whose clips the most people have watched meanwhile. How: docs/trends.md.
#pragma once
#include "api/task.h"
#include "gen/challenges.gen.h"

enum {
    CHALLENGES_RUNNING_MAX = 5,            // of one shop, and of one creator
    CHALLENGES_PER_HOUR = 10,              // that one account starts
    CHALLENGE_ENTRIES_MAX = 1000,          // of one challenge
    CHALLENGE_ENTRIES_EACH = 10,           // of one creator in it
    CHALLENGE_BOARD = 50,                  // places that are shown
    CHALLENGE_DEFAULT = 20,
    CHALLENGE_COUNT_MS = MINUTE_MS,        // how old the counts get
    CHALLENGE_TOLD_MAX = 200,              // creators who hear of the end, the best first
    CHALLENGE_WINNERS = 3,
};

// Task "challenge": lets in what was posted with the tag, counts viewers, and settles a challenge whose time is over. Every
// CHALLENGE_COUNT_MS while it is open. A job: counts in small steps.
Err challenge_job(App *app, i64 subject, i64 attempt);
// Every broken promise, by rule and id. For `etalase audit`.
Err challenges_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

// ERR_NOT_FOUND; ERR_FORBIDDEN: no manager of the shop, or no creator; ERR_BAD_FIELD: the tag or the product; ERR_WRONG_STATE:
// the tag has an open one; ERR_TOO_MANY_ITEMS; ERR_TOO_MANY.
Err challenge_start(Tx *tx, const By *by, ChallengeId id, const ChallengeNew *in, Challenge *out);
// `state`: ended or withdrawn. ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_WRONG_STATE.
Err challenge_stop(Tx *tx, const By *by, ChallengeId id, ChallengeState state, Challenge *out);
// By an operator, at any time; nobody sees it any more but those whose it is. ERR_NOT_FOUND, ERR_WRONG_STATE.
Err challenge_take_down(Tx *tx, const By *by, ChallengeId id, Str reason, Challenge *out);
// ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_WRONG_STATE (over, in it, or taken out by others), ERR_TOO_MANY_ITEMS.
Err challenge_put_in(Tx *tx, const By *by, ChallengeId id, ClipId clip, ChallengeEntry *out);
// ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_WRONG_STATE (over).
Err challenge_take_out(Tx *tx, const By *by, ChallengeId id, ClipId clip);
Err challenge_tell_on(Tx *tx, const By *by, ChallengeId id, ChallengeFault reason);      // ERR_NOT_FOUND

typedef struct ChallengesWanted { Str tag; ShopId shop; ChallengeId before; i64 limit; } ChallengesWanted;
Err challenges_page(Tx *tx, const By *by, const ChallengesWanted *want, ChallengePage *out);
Err challenge_board(Tx *tx, const By *by, ChallengeId id, ChallengeBoard *out);          // ERR_NOT_FOUND
Err challenges_reported(Tx *tx, const By *by, ChallengeReportedPage *out);
