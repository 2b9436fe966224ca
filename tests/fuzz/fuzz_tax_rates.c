// Any bytes as a file of rates: it is refused with a sentence, or each line is a rate that the table would take.
#include "tax/rates.h"
#include "tax/sums.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    Arena a = { 0 };
    TaxRateNewList rates;
    Refusal why = { 0 };
    Err e = tax_rates_parse(&a, (Str){ (const char *)data, size }, &rates, &why);
    must(e == ERR_OK || (e == ERR_BAD_FIELD && why.field && why.detail[0]));
    for (i64 i = 0; e == ERR_OK && i < rates.n; i++) {
        TaxRateNew *r = &rates.p[i];
        TaxPart parts[TAX_PARTS_MAX];
        i64 ppm, n, sum = 0;
        must(tax_rate_check(&a, r, &ppm, &why) == ERR_OK);
        must(ppm >= 0 && ppm <= r->nominal_ppm && r->nominal_ppm <= TAX_PPM);
        must(ppm * r->base_whole == r->nominal_ppm * r->base_part);
        must(r->country.n == 2 && r->from.n == 10 && r->name.n > 0 && str_utf8_length(r->name) > 0);
        if (!r->parts.p) continue;
        must(tax_parts_parse(r->parts, parts, &n) && n >= 1 && n <= TAX_PARTS_MAX);
        for (i64 k = 0; k < n; k++) sum += parts[k].ppm;
        must(sum == ppm);
    }
    arena_free(&a);
    return 0;
}
