// What `etalase bench` can measure, and `simulate`.
#pragma once
#include "main/workbench.h"

// The engine of the feed at size, on a made-up market.
int bench_feed(int n, char **arg);
int bench_learn(int n, char **arg);
// Full-text search at size, on made-up products.
int bench_search(int n, char **arg);
