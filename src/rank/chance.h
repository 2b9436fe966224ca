// Chance that can be repeated: the same seed gives the same numbers on every machine. Never for secrets (base/rand.h is).
#pragma once
#include "base/types.h"

// xoshiro256++ (Blackman and Vigna, 2018). A zeroed Chance is not valid: chance_new.
typedef struct Chance { u64 s[4]; } Chance;

// Its state is four steps of splitmix64 from the seed, so that seeds that lie close together give unlike streams.
Chance chance_new(u64 seed);
u64    chance_next(Chance *c);
// 0 to n - 1, each as likely (Lemire's multiplication, without his rejection: off by at most n / 2^64). n > 0.
i64    chance_below(Chance *c, i64 n);
// [0, 1), a multiple of 2^-53.
double chance_real(Chance *c);
// Mean 0, variance 1 (Box and Muller).
double chance_normal(Chance *c);

// A number's hash (splitmix64's last step): a bijection of 64 bits.
u64    hash_mix(u64 x);
// Of two in order: hash_pair(a, b) is not hash_pair(b, a).
u64    hash_pair(u64 a, u64 b);
