// The made-up town of `etalase simulate`: what shoppers really like, which no feed is told. All of it follows from a seed, and
// what
// a shopper does before a clip follows from the seed, the shopper and the clip: so feeds are compared on the same people.
#pragma once
#include "rank/rank.h"

enum { SIM_TOPICS = 60, SIM_TASTES = 4, SIM_CATEGORIES = 20, SIM_SIZES = 3, SIM_STARS = 10, SIM_STAR_CLIPS = 3 };
#define SIM_START INT64_C(1767225600000)       // 2026-01-01

// Sizes of shops: 0 small (4 clips at first), 1 middle (12), 2 large (40).
typedef struct SimShop { i64 size; float keeps; bool star; } SimShop;      // keeps: of its orders
typedef struct SimClip { i64 shop, creator, topic[2], ms; float quality, log_price; bool sells; i64 star; Time born; } SimClip;
typedef struct SimShopper { i64 taste[SIM_TASTES]; float weight[SIM_TASTES], log_price, eager; } SimShopper;

typedef struct SimTown {
    i64 n_shops, n_clips, n_shoppers, days;
    u64 seed;
    SimShop *shop;                             // numbers from 1
    SimClip *clip;                             // from 1, by time of birth
    SimShopper *shopper;                       // from 1
} SimTown;

SimTown sim_town(i64 shoppers, i64 days, u64 seed);
void    sim_free(SimTown *t);
RankClip sim_rank_clip(const SimTown *t, i64 clip);

// How much they like it; 0 is neither. Never told to a feed.
float sim_liking(const SimTown *t, i64 shopper, i64 clip);
// What it is worth to them: expected share watched, and SIM_ORDER for a kept order.
#define SIM_ORDER 3.0f
float sim_worth(const SimTown *t, i64 shopper, i64 clip);
// What they do when they see it.
typedef struct SimDeeds { float share; bool skipped, likes, follows, taps, carts, buys, keeps, less; } SimDeeds;
SimDeeds sim_deeds(const SimTown *t, i64 shopper, i64 clip);
