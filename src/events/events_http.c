// Handlers of consent.
#include "events/events.h"

Err profiling_get(Req *r, Profiling *out)
{
    return profiling_view(r->tx, &r->by, out);
}

Err profiling_put(Req *r, const ProfilingPut *in, Profiling *out)
{
    return profiling_set(r->tx, &r->by, in->on, out);
}
