// Is more going on than usual? One series of counts, bucket after bucket, judged as it comes: nothing later is looked at.
//
// The null model: a bucket's count is negative binomial with mean exp(level + rhythm of the hour) and size k (variance
// mu + mu²/k). Level and rhythm follow the log of the counts by steps that are clipped at BURST_CLIP standard deviations, so
// that a spike hardly teaches them anything (Huber 1964); k follows the clipped squared residual. How surprising a count is,
// is -ln P(X >= count) by the saddle point of Lugannani and Rice (1980). Real counts have a heavier tail than any such model:
// above BURST_TAIL_FROM the surprise is taken as exponential with a mean that is learned, too (peaks over a threshold: Siffer
// and others 2017), which turns it into "once in so many buckets". A series that spikes often must spike higher to be called
// a burst.
//
// A burst lasts, and whoever is told of it wants to be told once: `news` is the score where it is a tenth higher than
// what was told before, which is forgotten by halves.
#pragma once
#include "base/clock.h"
#include "base/types.h"

#define BURST_LEVEL_HALF_DAYS 8.0      // after so many days half of a level's change is known
#define BURST_RHYTHM_HALF_DAYS 16.0     // ... of each hour's own
#define BURST_RHYTHM_PRIOR_DAYS 2.0    // the rhythm is held to none as if by so many days without one
#define BURST_SIZE_HALF_DAYS 6.0
#define BURST_CLIP 2.0
#define BURST_TAIL_FROM 5.0            // nats
#define BURST_TAIL_STEP 0.01           // how far one spike moves the tail's mean
#define BURST_WARM_DAYS 2.0            // scores grow to their full height in this time
#define BURST_TARGET 4.0               // once in 10^BURST_TARGET buckets is a rarity of 0.5; in the square of that, of 1
#define BURST_HOLD_HALF_HOURS 2.0
#define BURST_AT_ONCE 0.2              // how much a bucket adds by itself, beside what it adds to the sum
#define BURST_FULL 2.1                 // the score is so many times the sum, up to 1
#define BURST_ALARM 0.5
#define BURST_TOLD_HALF_HOURS 24.0
#define BURST_TOLD_MORE 1.1            // so many times what was told is news
#define BURST_TOLD_COUNTS 0.4          // of a score that is no news so much is left: less than an alarm

// What is known of one series: 216 bytes that may be stored and read again on a machine of the same kind. Zeroed: nothing yet.
typedef struct Burst {
    double level, size, tail, rate;    // log of the mean; k; mean surprise above BURST_TAIL_FROM; share of buckets above it
    double rhythm[24];                 // log factors by hour of the day (of `at` as given), summing to 0
    double held;                       // the leaky sum
    double told;                       // the score that was told last, as far as it is not forgotten
    double days;                       // seen so far
    i64 n;
    Time last;
} Burst;

typedef struct BurstScore {
    double score;                      // 0: as usual .. 1, for as long as it lasts
    double news;                       // the same for alarms: when it begins, and when it grows
    double expected;                   // the mean that the null model had for this bucket
    double surprise;                   // nats, under the null model alone
} BurstScore;

// The next bucket's count, at least 0 (what is not a number, or less, is taken as 0; above 1e12 as 1e12). `at` is when the bucket
// began; one that is not later than the last is judged and teaches nothing. In series of little traffic a count of 1 is no burst:
// the null model sees to that.
BurstScore burst_put(Burst *b, Time at, double count);
// -ln P(X >= count) for a negative binomial of mean mu > 0 and size k > 0; 0 for counts up to the mean.
double burst_surprise(double count, double mu, double k);
