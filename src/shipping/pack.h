// A profile as one compact text for quotes: reading the JSON that was saved takes ten times as long. Pure.
#pragma once
#include "base/arena.h"
#include "gen/types.gen.h"

// Goes up when ShipProfilePut or a type in it changes: what was packed before is then not unpacked, and the JSON is read.
enum { PACK_FORMAT = 1 };

Str  profile_pack(Arena *a, const ShipProfilePut *profile);
// False when the text is not whole, or of another format. Texts point into it.
bool profile_unpack(Arena *a, Str packed, ShipProfilePut *out);
// Of the types' fields: a test compares it with the number that belongs to PACK_FORMAT.
u64  profile_fields(void);
