// A hostile file as streams of packets: read through its descriptor only, so that no path or address inside it counts.
#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "media/child.h"

typedef enum SourceKind { SOURCE_VIDEO, SOURCE_SOUND, SOURCE_OTHER_SOUND } SourceKind;

typedef struct Source {
    int fd;                              // WIRE_SOURCE_FD; of SOURCE_OTHER_SOUND WIRE_SOUND_FD
    i64 size, at;                        // bytes; the place of the next read
    AVFormatContext *format;
    AVStream *stream;                    // the one that is read; NULL when there is none of that kind
    AVCodecContext *decoder;
    AVPacket *packet;
    i64 packets, errors;                 // for telling a damaged file from a good one
    bool ended;                          // the last packet was sent to the decoder
} Source;

// Opens the file anew for one kind of stream. Each of them has its own place in the file, so sound and video may lie
// far apart in it. MEDIA_OK with stream NULL when the container has none of that kind.
MediaFault source_open(Arena *a, SourceKind kind, i64 bytes, Source **out);
// For who opens many of them; else all goes with the process.
void source_close(Source *s);
// Whether samples of the stream lie past the end of the file, as its index says.
bool source_is_cut(const Source *s);
// The length that the container claims, in ms; 0 when it does not say, or only guesses by its bit rate.
i64 source_claimed_ms(const Source *s);
// The next decoded frame. MEDIA_OK with *got false at the end.
MediaFault source_next(Source *s, AVFrame *frame, bool *got);
// AVERROR(ENOMEM) and the others as faults.
MediaFault fault_of_av(int error);
