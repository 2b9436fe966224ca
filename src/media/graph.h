// From decoded frames of any shape to the ladder's pictures: upright, square pixels, SDR, even rate. Knows no encoder.
#pragma once
#include <libavfilter/avfilter.h>

#include "media/source.h"

enum { LADDER_MAX = 4 };

typedef struct Size { i64 width, height; } Size;

typedef struct Ladder {
    i64 n;
    Size size[LADDER_MAX];               // the largest first
    AVRational rate;                     // frames a second of all of them
} Ladder;

typedef struct Graph {
    AVFilterGraph *graph;
    AVFilterContext *in, *out[LADDER_MAX];
} Graph;

// The sizes and the rate that fit a clip whose first frame this is.
Ladder ladder_of(const Source *s, const AVFrame *first);
// Frames go in with times in microseconds from 0, pictures come out numbered by the rate.
MediaFault graph_open(Arena *a, const Source *s, const AVFrame *first, const Ladder *ladder, Graph *out);
