// What the server and its media child say to each other, one packet a message. Knows no library and no file.
#pragma once
#include "media/media.h"

// The child has two open files and can open no others: its end of a SOCK_SEQPACKET pair, and the source, read-only.
// A third one where another clip's sound takes the place of the source's.
// It asks for each file that it wants to write and receives a descriptor, or a refusal.
//   child to parent   "length MS"       the clip's length is known: time limits are set by it
//                     "progress N"      0..1000
//                     "file NAME"       "master.m3u8", "720/000.m4s"
//                     "done V V V V V"  the five numbers of WireDone
//                     "fault SLUG"      the end, without a result
//   parent to child   "ok" with the descriptor, or "no"
enum { WIRE_FD = 3, WIRE_SOURCE_FD = 4, WIRE_SOUND_FD = 5, WIRE_MESSAGE_MAX = 200, WIRE_DONE_MAX = 5 };
enum { WIRE_NO_WALLS = 3 };          // exit code of a child that could not be locked in and therefore read nothing

typedef struct WireDone { i64 v[WIRE_DONE_MAX]; } WireDone;
enum { WIRE_CLIP_WIDTH, WIRE_CLIP_HEIGHT, WIRE_CLIP_MS, WIRE_CLIP_SOUND, WIRE_CLIP_RENDITIONS };
enum { WIRE_PICTURE_WIDTH, WIRE_PICTURE_HEIGHT, WIRE_PICTURE_COLOUR, WIRE_PICTURE_SIZES };
