// Any bytes through the framing reader: it must give the same verdict however they are split, and never count wrongly.
#include "net/net.h"
#include "net/wire.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void must_agree(const Wire *a, const Wire *b)
{
    must(a->refused == b->refused && a->heads == b->heads && a->requests == b->requests && a->state == b->state);
    must(a->left == b->left && a->body_bytes == b->body_bytes && a->head_bytes == b->head_bytes);
    must(!a->refused || strcmp(a->why, b->why) == 0);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    const char *p = (const char *)data;
    Wire whole = { 0 }, single = { 0 };
    size_t before = wire_feed(&whole, p, size);
    must(before <= size && whole.requests <= whole.heads && whole.heads <= whole.requests + 1);
    must((before > 0) == (whole.requests > 0));
    for (size_t i = 0; i < size; i++) wire_feed(&single, p + i, 1);
    must_agree(&whole, &single);
    // What lies before the end of the last whole request is itself without fault and ends between requests.
    Wire clean = { 0 };
    must(wire_feed(&clean, p, before) == before && !clean.refused && wire_between(&clean));
    must(clean.requests == whole.requests);
    // Every place when the input is short, some when it is long.
    size_t step = size / 16 + 1;
    for (size_t at = 0; at <= size; at += step) {
        Wire halves = { 0 };
        wire_feed(&halves, p, at);
        wire_feed(&halves, p + at, size - at);
        must_agree(&whole, &halves);
    }
    return 0;
}
