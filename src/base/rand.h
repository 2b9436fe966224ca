// Randomness from the kernel (through libsodium), for tokens, keys and names that must not be guessed.
#pragma once
#include "base/arena.h"

void rand_bytes(void *out, size_t n);
// n random bytes as base64url without padding: 16 bytes give 22 letters, 32 give 43.
Str  rand_token(Arena *a, size_t n);
Str  hex_of(Arena *a, Str bytes);
