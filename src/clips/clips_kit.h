// What the tests of clips, uploads, feed and pages share: uploads and clips in a few words.
#pragma once
#include "clips/clips.h"
#include "tests/world.h"

// A request of tus: its version header, these headers, this body as application/offset+octet-stream (for PATCH).
Answer kit_tus(World *w, Person who, const char *method, const char *path, const NetHeader *more, i64 n_more, Str body);
// A new upload of so many bytes; its id.
i64    kit_upload(World *w, Person who, i64 length);
Answer kit_append(World *w, Person who, i64 upload, i64 offset, Str bytes);
// An upload of these bytes, complete.
i64    kit_whole(World *w, Person who, Str bytes);
// POST /v1/clips with these products, e.g. "\"12\"".
Answer kit_post(World *w, Person who, i64 upload, i64 shop, const char *caption, const char *products);
// A clip in state processing out of nonsense bytes; its id.
i64    kit_clip(World *w, Person who, i64 shop, const char *products);
// The same, and as ready as if its conversion had ended well.
i64    kit_ready(World *w, Person who, i64 shop, const char *products);
// Ends a clip's conversion well.
void   kit_make_ready(World *w, i64 clip);
// A portrait video of a second, made by the ffmpeg program.
Str    kit_video(World *w);
Answer kit_clip_get(World *w, Person who, i64 clip);
// Is there such a file below the data folder?
bool   kit_exists(World *w, const char *path);
// The folder's or file's name of a clip or upload, out of the database.
Str    kit_clip_key(World *w, i64 clip);
Str    kit_upload_key(World *w, i64 upload);
