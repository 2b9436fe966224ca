// How far two words are apart. See find.h.
#include "find/find.h"

static i64 points(Str s, u32 *out)
{
    i64 n = 0;
    while (s.n && n < FIND_WORD_BYTES) {
        size_t step = str_utf8_step(s);
        if (!step) step = 1;
        u32 c = 0;
        for (size_t i = 0; i < step; i++) c = c << 8 | (u8)s.p[i];         // equal for equal letters: all that is needed
        out[n++] = c;
        s.p += step, s.n -= step;
    }
    return n;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

int find_distance(Str x, Str y, int most)
{
    u32 a[FIND_WORD_BYTES], b[FIND_WORD_BYTES];
    int row[3][FIND_WORD_BYTES + 1];
    i64 n = points(x, a), m = points(y, b);
    if (n - m > most || m - n > most) return most + 1;
    for (i64 j = 0; j <= m; j++) row[0][j] = (int)j;
    for (i64 i = 1; i <= n; i++) {
        int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3], low = now[0] = (int)i;
        for (i64 j = 1; j <= m; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = least(now[j], before[j - 2] + 1);
            low = least(low, now[j]);
        }
        if (low > most) return most + 1;
    }
    return least(row[n % 3][m], most + 1);
}
