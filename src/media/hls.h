// One rendition as fragmented MP4 segments with its playlist, and the master playlist over all. Knows no decoder.
#pragma once
#include "base/buf.h"
#include "media/sound.h"

typedef struct Hls {
    Arena *a;
    i64 name;                            // the short side, which names the folder
    i64 width, height;
    AVRational rate;                     // frames a second
    i64 frames_a_segment;
    Sound *sound;                        // shared by the renditions; NULL when there is none
    i64 sound_next;                      // the next packet of it that this rendition takes
    AVFormatContext *mux;
    int fd;                              // the file that is being written
    bool failed;                         // the disk
    i64 segments, segment_bytes, total_bytes, peak_bits;
    i64 delay;                           // frames by which the encoder decodes ahead of what it shows
    i64 frames;                          // where the present segment began
    Buf list;                            // the segments' lines of the playlist
} Hls;

// Writes the init segment. The encoders must be open.
MediaFault hls_open(Hls *h, const AVCodecContext *video);
// One packet of video, its times in frames. A keyframe at a segment's place ends the segment before.
MediaFault hls_packet(Hls *h, AVPacket *packet);
MediaFault hls_finish(Hls *h, i64 frames);
MediaFault hls_master(Arena *a, const Hls *const *renditions, i64 n);
