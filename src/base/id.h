// Ids are made in C: 41 bits of milliseconds since 2024, 10 of node, 12 of sequence. Ordered by time within a node.
#pragma once
#include <stdatomic.h>
#include "base/clock.h"

typedef struct Ids { _Atomic i64 last; i64 node; } Ids;   // one a process; node 0..1023

// Never the same twice within a process, whatever the clock does; distinct between processes of distinct nodes.
i64 id_next(Ids *ids, Time now);
// The least id that a process of any node makes at `t` or later, but for those that ran ahead of their clock.
i64 id_floor(Time t);
// As people read and type it: 13 of Crockford's letters and digits (no I, L, O, U).
Str id_number(Arena *a, i64 id);
