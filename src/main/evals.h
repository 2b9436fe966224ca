// What `etalase eval` can measure: one file of this folder each.
#pragma once
#include "main/workbench.h"

// CSV: timestamp,value lines in order of time. Prints each with its score, then one JSON line.
int eval_bursts(int n, char **arg);
