// Memory of the models, which live longer than any arena: calloc that never fails quietly.
#pragma once
#include <stdlib.h>

#include "base/types.h"

// n things of `size` bytes, all 0, to be freed with free(); of none, too. Ends the program when the machine has no memory.
static inline void *zeroed(i64 n, size_t size)
{
    void *p = calloc((size_t)(n ? n : 1), size);
    must(p != NULL);
    return p;
}
