// The sound of a clip that was made here, as one file. Knows no codec.
#pragma once
#include "media/media.h"

// A nameless file, open for reading: the smallest rendition of the clip in `directory`, its segments one after another.
// -1 without one: *fault is MEDIA_SOUND_GONE when there is no such clip, MEDIA_DISK when it could not be read or copied now.
int join_rendition(Str directory, MediaFault *fault);
