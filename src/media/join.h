// The sound of a clip that was made here, as one file. Knows no codec.
#pragma once
#include "base/str.h"

// A nameless file, open for reading: the smallest rendition of the clip in `directory`, its segments one after another.
// -1 when there is none.
int join_rendition(Str directory);
