// A made-up market for the engine's tests: clips about topics, and people who like some of them.
#pragma once
#include "rank/chance.h"
#include "rank/rank.h"

enum { KIT_TOPICS = 20, KIT_SHOPS = 40, KIT_CREATORS = 60 };
#define KIT_START INT64_C(1767225600000)       // 2026-01-01

// Of clip 1..: its topic, 0..KIT_TOPICS - 1; whether it sells.
i64  kit_topic(i64 clip);
bool kit_sells(i64 clip);
u64  kit_topic_name(i64 topic);
RankClip kit_clip(i64 clip);
Rank *kit_rank(i64 clips, i64 guaranteed);
RankQuery kit_query(i64 person, u64 seed);
// The person looks at one: the impression, and a view of this share (per mille) or a skip below 150.
void kit_view(Rank *r, i64 person, i64 clip, i64 share, Time at);
// Whether somebody who likes topic `person % KIT_TOPICS` and its neighbour would watch it.
bool kit_likes(i64 person, i64 clip);
// People 1..people each take `pages` pages of ten and watch what they like.
void kit_days(Rank *r, i64 people, i64 pages, Time from, u64 seed);
// Keeps what rank_snapshot writes; p is to be freed.
typedef struct KitBytes { u8 *p; size_t n, cap; } KitBytes;
bool kit_keep(void *context, const void *bytes, size_t n);
// A chance event among known people and clips, of any kind.
RankEvent kit_event(Chance *c, i64 people, i64 clips, i64 n);
