// Starts the media child, hands it files and watches over it. Knows no container, codec or picture format.
#pragma once
#include "media/wire.h"

typedef struct MediaRun {
    const char *job;                     // "clip", "clip-over", "picture", "self-test" or "self-test-stall"
    bool quick;                          // of a clip: see media.h
    int source_fd;                       // open for reading
    int sound_fd;                        // the same, of "clip-over": its sound takes the place of the source's; else 0
    int directory_fd;                    // where the files that the child asks for are made
    void (*progress)(void *context, i64 permille);      // may be NULL; also without news, every second
    void *context;
    i64 wall_ms;                         // until the child has said how long the clip is; 0: a minute. For tests
    WireDone done;                       // out, when the answer is MEDIA_OK
} MediaRun;

// Waits until the child has ended, whatever it does: by its answer, by its death, or by the time limit.
MediaFault media_run(MediaRun *run);
