// How far two words are apart. See find.h.
#include "find/spell.h"

Spelled spelled(Str s)
{
    Spelled w = { .n = 0 };
    while (s.n && w.n < FIND_WORD_BYTES) {
        size_t step = (u8)s.p[0] < 0x80 ? 1 : str_utf8_step(s);
        if (!step) step = 1;
        u32 c = 0;
        for (size_t i = 0; i < step; i++) c = c << 8 | (u8)s.p[i];         // equal for equal letters: all that is needed
        w.c[w.n++] = c;
        s.p += step, s.n -= step;
    }
    return w;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

// Row by row, of each row only what is no further than `most` from the diagonal: the rest is further apart than that.
static int by_rows(const u32 *a, int n, const u32 *b, int m, int most)
{
    int row[3][FIND_WORD_BYTES + 2];
    for (int j = 0; j <= m; j++) row[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        int from = i > most ? i - most : 1, to = least(m, i + most), low = most + 1;
        now[from - 1] = from == 1 ? i : most + 1;
        if (i > 1 && to == i + most) last[to] = most + 1;
        for (int j = from; j <= to; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = least(now[j], before[j - 2] + 1);
            low = least(low, now[j]);
        }
        if (from == 1) low = least(low, now[0]);
        if (low > most) return most + 1;
    }
    return least(row[n % 3][m], most + 1);
}

int spelled_distance(const Spelled *x, const Spelled *y, int most)
{
    const u32 *a = x->c, *b = y->c;
    int n = x->n, m = y->n;
    if (n - m > most || m - n > most) return most + 1;
    for (; n && m && *a == *b; a++, b++) n--, m--;
    for (; n && m && a[n - 1] == b[m - 1];) n--, m--;
    return by_rows(a, n, b, m, most);
}

int find_distance(Str x, Str y, int most)
{
    Spelled a = spelled(x), b = spelled(y);
    return spelled_distance(&a, &b, most);
}
