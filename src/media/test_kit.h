// What the media tests share: a folder, the ffmpeg and ffprobe programs, a conversion. For tests only.
#pragma once
#include "base/test.h"
#include "media/media.h"

typedef struct Conversion {
    Err err;
    MediaFault fault;
    MediaClip clip;
    MediaPicture picture;
    Str folder;
    i64 heard;                           // messages of progress, -1 when they were not in order
} Conversion;

Str kit_path(Arena *a, const char *name);            // below the tests' own folder, which goes at the end
// Runs a shell command in that folder; a check fails when it does.
void kit_shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
// ffmpeg with these arguments, as far as `name`, which it writes. Skipped when the file is there.
void kit_make(const char *name, const char *arguments);
Str  kit_output(Arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));   // of a shell command, trimmed
double kit_number(const char *format, ...) __attribute__((format(printf, 1, 2)));           // the same as a number
Conversion kit_clip(Arena *a, const char *name);
// With the sound of the clip in that folder in the place of its own; into out/`to`.
Conversion kit_clip_over(Arena *a, const char *name, Str sound, const char *to);
// As ordered; source, folder and progress are the kit's.
Conversion kit_clip_as(Arena *a, const char *name, MediaOrder order, const char *to);
Conversion kit_picture(Arena *a, const char *name);
bool kit_exists(Str path);
// Refused with this fault, and nothing left behind.
void kit_check_fault(const char *file, int line, const char *name, MediaFault got, MediaFault want, Str folder);
#define check_fault(name, want) do { \
    Arena arena_ = { 0 }; \
    Conversion c_ = kit_clip(&arena_, (name)); \
    kit_check_fault(__FILE__, __LINE__, (name), c_.fault, (want), c_.folder); \
    arena_free(&arena_); \
} while (0)
