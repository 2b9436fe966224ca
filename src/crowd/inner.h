// Private to crowd/.
#pragma once
#include "crowd/crowd.h"

// A number under a salt and a key that is not in the database; never 0.
i64 crowd_hash(Tx *tx, const By *by, Str salt, const char *what, i64 number);
