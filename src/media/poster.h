// The still picture that stands for a clip: a bright, detailed early frame, as WebP and JPEG. Knows no container.
#pragma once
#include "media/graph.h"

typedef struct Poster { AVFrame *best; double score; } Poster;

// Looks at a picture of the largest rendition (yuv420p, BT.709) and keeps it when it is the best so far.
MediaFault poster_offer(Poster *p, const AVFrame *picture);
MediaFault poster_write(Poster *p);
