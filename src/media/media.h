// Pictures and video. The only place that includes libav* or libvips. Hostile bytes are read only in a child process with
// limits and a seccomp filter. Knows no database and no HTTP.
#pragma once
#include "base/arena.h"
#include "base/err.h"

enum {
    MEDIA_CLIP_MAX_BYTES = 500 * 1024 * 1024,
    MEDIA_CLIP_MAX_MS = 10 * 60 * 1000,
    MEDIA_CLIP_MIN_MS = 500,
    MEDIA_SIDE_MAX = 8192,               // pixels a side that a source may have
    MEDIA_PICTURE_MAX_BYTES = 12 * 1024 * 1024,
    MEDIA_PICTURE_MAX_PIXELS = 50 * 1000 * 1000,
};

// Why a file was refused, in words that its owner understands; stable slugs so that the app can translate them.
typedef enum MediaFault {
    MEDIA_OK, MEDIA_EMPTY, MEDIA_NOT_MEDIA, MEDIA_NO_VIDEO, MEDIA_TOO_LONG, MEDIA_TOO_SHORT, MEDIA_TOO_LARGE_PICTURE,
    MEDIA_TOO_MANY_BYTES, MEDIA_CUT, MEDIA_DECODE, MEDIA_TOO_SLOW, MEDIA_TOO_MUCH_MEMORY, MEDIA_SOUND_GONE, MEDIA_KILLED,
    MEDIA_DISK, MEDIA_FAULT_COUNT
} MediaFault;
const char *media_fault_slug(MediaFault f);     // "not_media"
const char *media_fault_text(MediaFault f);     // one English sentence
bool        media_fault_may_pass(MediaFault f); // a retry may help (killed, disk, too slow), the file is not at fault

typedef struct MediaClip {
    i64 width, height;                   // as shown (after rotation) of the largest rendition
    i64 duration_ms;
    bool sound;
    i64 renditions;                      // how many
    i64 bytes;                           // of all files written
} MediaClip;

typedef struct MediaOrder {
    Str source, directory;
    Str sound;                           // the folder of another clip made here; empty: the source's own
    bool quick;                          // half of the work; files two to three times as large
    void (*progress)(void *context, i64 permille);       // may be NULL
    void *context;
} MediaOrder;

// Turns `source` into files below `directory` (made; must be empty or absent):
//   master.m3u8, N/index.m3u8, N/init.mp4, N/NNN.m4s (fragmented MP4, 2 s segments, H.264 + AAC), poster.webp, poster.jpg
// Written under a temporary name and renamed when whole: a killed run leaves nothing that looks done.
// Runs in a child process and waits for it. `progress` hears 0..1000 from the waiting thread, at least every other second.
// *fault says why on ERR_BAD_MEDIA; ERR_BUSY when it may be tried again.
// Another clip's `sound` takes the place of the source's, from its beginning, cut or begun again until the pictures end;
// MEDIA_SOUND_GONE when there is none.
Err media_transcode(const MediaOrder *o, MediaClip *out, MediaFault *fault);

typedef struct MediaPicture {
    i64 width, height;                   // of the largest size written, upright (EXIF turned)
    char colour[8];                      // "#rrggbb", the mean colour, for the place before it has loaded
    i64 sizes;                           // files written
} MediaPicture;

// Turns `source` (JPEG, PNG, WebP, AVIF, HEIC if libvips reads it, GIF's first frame) into WebP files of at most
// 320, 640 and 1280 pixels a side (never enlarged; always all three names) in `directory`: 320.webp, 640.webp,
// 1280.webp, and og.jpg (1200 wide at most, for link previews). Metadata is dropped. In a child process, as above.
Err media_picture(Str source, Str directory, MediaPicture *out, MediaFault *fault);

// The child's main: `etalase media-child …` comes here. Returns an exit code.
int media_child(int argc, char **argv);
