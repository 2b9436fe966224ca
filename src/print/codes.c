// Barcodes: Code 128 (ISO/IEC 15417) and QR codes.
#include <qrencode.h>

#include "print/codes.h"

// ---------------------------------------------------------------------------------------------- Code 128

// Widths of three bars and three gaps of the values 0 to 105, then the stop sign's four bars and three gaps.
static const char PATTERNS[] =
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132"
    "221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313"
    "231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111"
    "314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141"
    "114131311141411131211412211214211232";
static const char STOP[] = "2331112";

enum { PATTERN = 6, START_B = 104, START_C = 105, TO_C = 99, TO_B = 100, CHECK = 103, DIGITS_WORTH_C = 4 };

typedef struct Signs { int value[PRINT_CODE_MAX * 2 + 4]; i64 n; } Signs;

static i64 digits_at(Str s, size_t at)
{
    i64 n = 0;
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9') at++, n++;
    return n;
}

// Set B for text, set C (two digits a sign) where four or more digits stand together.
static bool signs_of(Str s, Signs *out)
{
    bool in_c = false;
    for (size_t at = 0; at < s.n;) {
        if (s.p[at] < 32 || s.p[at] > 126) return false;
        i64 digits = digits_at(s, at);
        // Of an odd number of digits the first one stays in B.
        bool want_c = in_c ? digits >= 2 : digits >= DIGITS_WORTH_C && digits % 2 == 0;
        if (out->n == 0) out->value[out->n++] = want_c ? START_C : START_B;
        else if (want_c != in_c) out->value[out->n++] = want_c ? TO_C : TO_B;
        in_c = want_c;
        if (in_c) {
            out->value[out->n++] = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
            at += 2;
        } else {
            out->value[out->n++] = s.p[at++] - 32;
        }
    }
    return out->n > 0;
}

static void add_pattern(const char *pattern, i64 length, u8 *widths, i64 *n, i64 *modules)
{
    for (i64 i = 0; i < length; i++) {
        widths[*n] = (u8)(pattern[i] - '0');
        *modules += widths[(*n)++];
    }
}

bool code128(Str value, u8 widths[CODE128_BARS_MAX], i64 *n, i64 *modules)
{
    Signs signs = { 0 };
    *n = *modules = 0;
    if (value.n == 0 || value.n > PRINT_CODE_MAX || !signs_of(value, &signs)) return false;
    i64 sum = signs.value[0];
    for (i64 i = 1; i < signs.n; i++) sum += i * signs.value[i];
    signs.value[signs.n++] = (int)(sum % CHECK);
    if (signs.n * PATTERN + (i64)sizeof(STOP) > CODE128_BARS_MAX) return false;
    for (i64 i = 0; i < signs.n; i++) add_pattern(PATTERNS + signs.value[i] * PATTERN, PATTERN, widths, n, modules);
    add_pattern(STOP, sizeof(STOP) - 1, widths, n, modules);
    return true;
}

// ---------------------------------------------------------------------------------------------- QR

static void free_qr(void *thing)
{
    QRcode_free(thing);
}

bool code_qr(Arena *a, Str value, i64 *side, const u8 **dark)
{
    if (value.n == 0 || value.n > PRINT_QR_MAX) return false;
    ArenaSlot *slot = arena_defer(a, free_qr);
    QRcode *code = QRcode_encodeData((int)value.n, (const unsigned char *)value.p, 0, QR_ECLEVEL_M);
    slot->thing = code;
    if (!code) return false;
    u8 *bits = arena_alloc_array(a, code->width, (size_t)code->width);
    for (i64 i = 0; i < (i64)code->width * code->width; i++) bits[i] = code->data[i] & 1;
    *side = code->width;
    *dark = bits;
    return true;
}
