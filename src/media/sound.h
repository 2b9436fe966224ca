// The sound of a clip: measured, evened out and encoded once for all renditions. Knows no playlist.
#pragma once
#include <libavfilter/avfilter.h>

#include "media/source.h"

enum {
    SOUND_RATE = 48000, SOUND_FRAME = 1024,      // samples a second; samples an AAC frame
    SOUND_RING = 512,                            // packets: 11 s, where the slowest rendition lags by less than 3 s
};

typedef struct SoundPath { AVFilterGraph *graph; AVFilterContext *in, *out; } SoundPath;

typedef struct Sound {
    Arena *a;
    Source *source;
    bool again, begun;                           // begins anew at its end; its next frame is the first of a new turn
    i64 turn_us;                                 // where this turn began
    SoundPath path;
    i64 start_us;                                // the packets' zero in the container's time
    i64 expected_us, shift_us;                   // end of the last frame; what broken timestamps are moved by
    AVFrame *decoded, *filtered;
    bool drained;                                // nothing more comes out of the filters
    AVCodecContext *encoder;
    i64 samples;                                 // that went into the encoder
    AVPacket *ring[SOUND_RING];
    i64 made;                                    // packets so far; packet i is in ring[i % SOUND_RING]
} Sound;

typedef struct Loudness { bool heard; double lufs, peak_db; i64 end_us; } Loudness;     // end_us in the container's time

// Reads the whole sound once. `heard` is false when there is none that can be decoded.
MediaFault sound_measure(Arena *a, SourceKind kind, i64 bytes, Loudness *out);
// start_us is the clip's zero in the container's time; the sound of that moment is heard delay_us after the packets' zero.
// Another file's sound begins with the clip, whatever start_us says, and begins again when it has ended.
MediaFault sound_open(Arena *a, SourceKind kind, i64 bytes, i64 start_us, i64 delay_us, const Loudness *loudness, Sound **out);
// Encodes until the packets reach `samples`; silence where the source has ended.
MediaFault sound_until(Sound *s, i64 samples);
// The packet with that number, or NULL when it is not made yet or does not begin before `samples`.
const AVPacket *sound_packet(const Sound *s, i64 number, i64 samples);
