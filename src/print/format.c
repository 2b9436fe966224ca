// Formats. A number reaches ICU as decimal text, so nothing is ever a floating-point number on its way to paper.
#include "print/format.h"

#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

#include "base/log.h"

enum { SKELETON_MAX = 80, SHOWN_MAX = 120, PPM_DIGITS = 4 };

static bool indonesian(Str language)
{
    return str_eq(language, STR("id"));
}

// As numbers and signs are written, English is that of Britain: US$ is not $ for everyone.
static const char *locale_of(Str language)
{
    return indonesian(language) ? "id" : "en_GB";
}

static void close_format(void *thing)
{
    unumf_close(thing);
}

static void close_result(void *thing)
{
    unumf_closeResult(thing);
}

// ICU fails only without memory or its data: then the digits stand there plainly.
static Str by_icu(Arena *a, Str language, const char *skeleton, const char *digits)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar pattern[SKELETON_MAX], shown[SHOWN_MAX];
    char text[SHOWN_MAX * 3];
    int32_t n = 0, length;
    ArenaSlot *format_slot = arena_defer(a, close_format), *result_slot = arena_defer(a, close_result);
    u_charsToUChars(skeleton, pattern, (int32_t)strlen(skeleton) + 1);
    UNumberFormatter *format = unumf_openForSkeletonAndLocale(pattern, -1, locale_of(language), &e);
    format_slot->thing = U_SUCCESS(e) ? format : NULL;
    UFormattedNumber *result = unumf_openResult(&e);
    result_slot->thing = U_SUCCESS(e) ? result : NULL;
    if (U_SUCCESS(e)) unumf_formatDecimal(format, digits, -1, result, &e);
    length = U_SUCCESS(e) ? unumf_resultToString(result, shown, SHOWN_MAX, &e) : 0;
    if (U_SUCCESS(e)) u_strToUTF8(text, sizeof(text), &n, shown, length, &e);
    if (U_SUCCESS(e)) return arena_copy(a, (Str){ text, (size_t)n });
    log_event(LOG_ERROR, (Str){ 0 }, "print", "ICU: %s", u_errorName(e));
    return arena_copy(a, str_of(digits));
}

// 12345 with 2 decimals -> "123.45"
static void decimal_text(i64 v, int decimals, char *out, size_t size)
{
    must(decimals >= 0 && decimals <= 4);             // ISO 4217 has at most four
    u64 size_of = v < 0 ? -(u64)v : (u64)v, unit = 1;
    for (int i = 0; i < decimals; i++) unit *= 10;
    const char *sign = v < 0 ? "-" : "";
    if (decimals == 0) snprintf(out, size, "%s%llu", sign, (unsigned long long)size_of);
    else snprintf(out, size, "%s%llu.%0*llu", sign, (unsigned long long)(size_of / unit), decimals,
                  (unsigned long long)(size_of % unit));
}

Str print_money(Arena *a, Str language, Currency currency, i64 minor)
{
    int decimals = currency_decimals(currency);
    char digits[48], skeleton[SKELETON_MAX];
    must(decimals >= 0);
    bool rupiah = str_eq(currency_str(&currency), STR("IDR"));
    int shown = rupiah && minor % 100 == 0 ? 0 : decimals;
    decimal_text(minor, decimals, digits, sizeof(digits));
    snprintf(skeleton, sizeof(skeleton), "currency/%s %s%.*s", currency.code, shown ? "." : "precision-integer", shown, "0000");
    Str text = by_icu(a, language, skeleton, digits);
    // English has no sign for it in ICU; everyone in the country writes Rp.
    i64 at = rupiah ? str_find(text, STR("IDR")) : -1;
    if (at < 0) return text;
    return arena_format(a, "%.*sRp%.*s", (int)at, text.p, STR_ARG(str_slice(text, (size_t)at + 3, text.n)));
}

Str print_ppm(Arena *a, Str language, i64 ppm)
{
    char digits[40];
    decimal_text(ppm, PPM_DIGITS, digits, sizeof(digits));
    return arena_format(a, "%.*s%%", STR_ARG(by_icu(a, language, ".####", digits)));
}

Str print_number(Arena *a, Str language, i64 n)
{
    char digits[40];
    decimal_text(n, 0, digits, sizeof(digits));
    return by_icu(a, language, "precision-integer", digits);
}

Str print_day(Arena *a, Str language, Time t, i64 offset_minutes)
{
    static const char *const EN[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
                                      "October", "November", "December" };
    static const char *const ID[] = { "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
                                      "Oktober", "November", "Desember" };
    Str iso = time_to_iso(a, t + offset_minutes * MINUTE_MS);
    i64 month = 1, day = 1;
    must(str_to_i64(str_slice(iso, 5, 7), &month) && str_to_i64(str_slice(iso, 8, 10), &day) && month >= 1 && month <= 12);
    return arena_format(a, "%lld %s %.*s", (long long)day, (indonesian(language) ? ID : EN)[month - 1],
                        STR_ARG(str_slice(iso, 0, 4)));
}

Str print_country(Arena *a, Str language, Str code)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar shown[SHOWN_MAX];
    char locale[8], text[SHOWN_MAX * 3];
    int32_t n = 0;
    if (code.n != 2) return code;
    snprintf(locale, sizeof(locale), "und_%.*s", STR_ARG(code));
    int32_t length = uloc_getDisplayCountry(locale, locale_of(language), shown, SHOWN_MAX, &e);
    if (U_SUCCESS(e)) u_strToUTF8(text, sizeof(text), &n, shown, length, &e);
    return U_SUCCESS(e) && n > 0 ? arena_copy(a, (Str){ text, (size_t)n }) : code;
}
