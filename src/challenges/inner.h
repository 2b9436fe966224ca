// Private to challenges/: what its rules, pages and job share.
#pragma once
#include "challenges/challenges.h"
#include "clips/clips.h"

// Whether its time is over, be it settled or not.
bool challenge_is_over(const ChallengeFindRow *row, Time now);
// Whether the caller may end it and take clips out: who started it, a manager of its shop, an operator.
Err challenge_may_tend(Tx *tx, const By *by, const ChallengeFindRow *row, bool *out);
// ERR_NOT_FOUND also for what was removed or erased, unless the caller may tend it.
Err challenge_seen(Tx *tx, const By *by, ChallengeId id, ChallengeFindRow **row, Challenge *out);
Err challenge_show(Tx *tx, const By *by, const ChallengeFindRow *row, Challenge *out);
// Without what cannot be seen: *shown is false.
Err challenge_entry_show(Tx *tx, const By *by, const ChallengeEntryFindRow *row, i64 place, ChallengeEntry *out, bool *shown);
// Lets a clip in that is not and was not there. ERR_TOO_MANY_ITEMS: before anything is written, unless the challenge is full.
Err challenge_let_in(Tx *tx, const By *by, const ChallengeFindRow *row, const ClipFindRow *clip);
