// Regions that have taxes of their own, by name and by postcode. Facts only: no rates here.
#include "tax/places.h"

typedef struct Region { char country[3], code[6]; bool apart; const char *name, *other; } Region;

static const Region REGIONS[] = {
    { "CA", "AB", false, "Alberta", NULL }, { "CA", "BC", false, "British Columbia", "Colombie-Britannique" },
    { "CA", "MB", false, "Manitoba", NULL }, { "CA", "NB", false, "New Brunswick", "Nouveau-Brunswick" },
    { "CA", "NL", false, "Newfoundland and Labrador", "Newfoundland" }, { "CA", "NS", false, "Nova Scotia", NULL },
    { "CA", "NT", false, "Northwest Territories", NULL }, { "CA", "NU", false, "Nunavut", NULL },
    { "CA", "ON", false, "Ontario", NULL }, { "CA", "PE", false, "Prince Edward Island", "PEI" },
    { "CA", "QC", false, "Quebec", "Québec" }, { "CA", "SK", false, "Saskatchewan", NULL }, { "CA", "YT", false, "Yukon", NULL },
    { "US", "AL", false, "Alabama", NULL }, { "US", "AK", false, "Alaska", NULL }, { "US", "AZ", false, "Arizona", NULL },
    { "US", "AR", false, "Arkansas", NULL }, { "US", "CA", false, "California", NULL }, { "US", "CO", false, "Colorado", NULL },
    { "US", "CT", false, "Connecticut", NULL }, { "US", "DC", false, "District of Columbia", "Washington DC" },
    { "US", "DE", false, "Delaware", NULL }, { "US", "FL", false, "Florida", NULL }, { "US", "GA", false, "Georgia", NULL },
    { "US", "HI", false, "Hawaii", NULL }, { "US", "ID", false, "Idaho", NULL }, { "US", "IL", false, "Illinois", NULL },
    { "US", "IN", false, "Indiana", NULL }, { "US", "IA", false, "Iowa", NULL }, { "US", "KS", false, "Kansas", NULL },
    { "US", "KY", false, "Kentucky", NULL }, { "US", "LA", false, "Louisiana", NULL }, { "US", "ME", false, "Maine", NULL },
    { "US", "MD", false, "Maryland", NULL }, { "US", "MA", false, "Massachusetts", NULL }, { "US", "MI", false, "Michigan",
                                                                                             NULL },
    { "US", "MN", false, "Minnesota", NULL }, { "US", "MS", false, "Mississippi", NULL }, { "US", "MO", false, "Missouri", NULL },
    { "US", "MT", false, "Montana", NULL }, { "US", "NE", false, "Nebraska", NULL }, { "US", "NV", false, "Nevada", NULL },
    { "US", "NH", false, "New Hampshire", NULL }, { "US", "NJ", false, "New Jersey", NULL },
    { "US", "NM", false, "New Mexico", NULL }, { "US", "NY", false, "New York", NULL },
    { "US", "NC", false, "North Carolina", NULL }, { "US", "ND", false, "North Dakota", NULL }, { "US", "OH", false, "Ohio",
                                                                                                  NULL },
    { "US", "OK", false, "Oklahoma", NULL }, { "US", "OR", false, "Oregon", NULL }, { "US", "PA", false, "Pennsylvania", NULL },
    { "US", "RI", false, "Rhode Island", NULL }, { "US", "SC", false, "South Carolina", NULL },
    { "US", "SD", false, "South Dakota", NULL }, { "US", "TN", false, "Tennessee", NULL }, { "US", "TX", false, "Texas", NULL },
    { "US", "UT", false, "Utah", NULL }, { "US", "VT", false, "Vermont", NULL }, { "US", "VA", false, "Virginia", NULL },
    { "US", "WA", false, "Washington", NULL }, { "US", "WV", false, "West Virginia", NULL },
    { "US", "WI", false, "Wisconsin", NULL }, { "US", "WY", false, "Wyoming", NULL },
    { "ES", "CN", true, "Canarias", "Canary Islands" }, { "ES", "CE", true, "Ceuta", NULL }, { "ES", "ML", true, "Melilla",
                                                                                               NULL },
    { "PT", "20", false, "Açores", "Azores" }, { "PT", "30", false, "Madeira", NULL }, { "FI", "01", true, "Åland",
                                                                                         "Ahvenanmaa" },
    { "DE", "27498", true, "Helgoland", NULL }, { "DE", "78266", true, "Büsingen", NULL },
    { "IT", "23041", true, "Livigno", NULL },
};

// Postcodes whose beginning lies between `first` and `last`, as text of that length.
typedef struct Codes { char country[3], code[6]; const char *first, *last; } Codes;

static const Codes CODES[] = {
    { "CA", "NL", "A", "A" }, { "CA", "NS", "B", "B" }, { "CA", "PE", "C", "C" }, { "CA", "NB", "E", "E" }, { "CA", "QC", "G",
                                                                                                              "H" },
    { "CA", "QC", "J", "J" }, { "CA", "ON", "K", "N" }, { "CA", "ON", "P", "P" }, { "CA", "MB", "R", "R" }, { "CA", "SK", "S",
                                                                                                              "S" },
    { "CA", "AB", "T", "T" }, { "CA", "BC", "V", "V" }, { "CA", "NU", "X0A", "X0C" }, { "CA", "NT", "X0E", "X1A" },
    { "CA", "YT", "Y", "Y" },
    { "US", "NY", "005", "005" }, { "US", "MA", "010", "027" }, { "US", "RI", "028", "029" }, { "US", "NH", "030", "038" },
    { "US", "ME", "039", "049" }, { "US", "MA", "055", "055" }, { "US", "VT", "050", "059" }, { "US", "NY", "06390", "06390" },
    { "US", "CT", "060", "069" }, { "US", "NJ", "070", "089" }, { "US", "NY", "100", "149" }, { "US", "PA", "150", "196" },
    { "US", "DE", "197", "199" }, { "US", "DC", "200", "200" }, { "US", "VA", "201", "201" }, { "US", "DC", "202", "205" },
    { "US", "MD", "206", "219" }, { "US", "VA", "220", "246" }, { "US", "WV", "247", "268" }, { "US", "NC", "270", "289" },
    { "US", "SC", "290", "299" }, { "US", "GA", "300", "319" }, { "US", "FL", "320", "339" }, { "US", "FL", "341", "349" },
    { "US", "AL", "350", "369" }, { "US", "TN", "370", "385" }, { "US", "MS", "386", "397" }, { "US", "GA", "398", "399" },
    { "US", "KY", "400", "427" }, { "US", "OH", "430", "459" }, { "US", "IN", "460", "479" }, { "US", "MI", "480", "499" },
    { "US", "IA", "500", "528" }, { "US", "WI", "530", "549" }, { "US", "MN", "550", "567" }, { "US", "DC", "569", "569" },
    { "US", "SD", "570", "577" }, { "US", "ND", "580", "588" }, { "US", "MT", "590", "599" }, { "US", "IL", "600", "629" },
    { "US", "MO", "630", "658" }, { "US", "KS", "660", "679" }, { "US", "NE", "680", "693" }, { "US", "LA", "700", "714" },
    { "US", "AR", "716", "729" }, { "US", "TX", "733", "733" }, { "US", "OK", "730", "749" }, { "US", "TX", "750", "799" },
    { "US", "CO", "800", "816" }, { "US", "WY", "820", "831" }, { "US", "ID", "832", "838" }, { "US", "UT", "840", "847" },
    { "US", "AZ", "850", "865" }, { "US", "NM", "870", "884" }, { "US", "TX", "885", "885" }, { "US", "NV", "889", "898" },
    { "US", "CA", "900", "961" }, { "US", "HI", "967", "968" }, { "US", "OR", "970", "979" }, { "US", "WA", "980", "994" },
    { "US", "AK", "995", "999" },
    { "ES", "CN", "35", "35" }, { "ES", "CN", "38", "38" }, { "ES", "CE", "51", "51" }, { "ES", "ML", "52", "52" },
    { "PT", "30", "90", "94" }, { "PT", "20", "95", "99" }, { "FI", "01", "22", "22" }, { "DE", "27498", "27498", "27498" },
    { "DE", "78266", "78266", "78266" }, { "IT", "23041", "23041", "23041" },
};

static const char EU[][3] = { "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
                              "LT",
                              "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK" };

static Str capitals(Arena *a, Str s)
{
    Str up = arena_copy(a, str_trim(s));
    for (size_t i = 0; i < up.n; i++)
        if (up.p[i] >= 'a' && up.p[i] <= 'z') ((char *)up.p)[i] = (char)(up.p[i] - 32);
    return up;
}

static bool named(const Region *r, Str country, Str region)
{
    if (!str_eq(str_of(r->country), country) || region.n == 0) return false;
    if (region.n > 3 && str_starts(region, country) && region.p[2] == '-') region = str_slice(region, 3, region.n);
    return str_eq_nocase(region, str_of(r->code)) || str_eq_nocase(region, str_of(r->name)) ||
           (r->other && str_eq_nocase(region, str_of(r->other)));
}

static bool coded(const Codes *c, Str country, Str postcode)
{
    size_t n = strlen(c->first);
    if (!str_eq(str_of(c->country), country) || postcode.n < n) return false;
    Str head = str_slice(postcode, 0, n);
    return str_cmp(head, str_of(c->first)) >= 0 && str_cmp(head, str_of(c->last)) <= 0;
}

static bool is_apart(Str country, Str code)
{
    for (i64 i = 0; i < COUNT(REGIONS); i++)
        if (str_eq(str_of(REGIONS[i].country), country) && str_eq(str_of(REGIONS[i].code), code)) return REGIONS[i].apart;
    return false;
}

// An operator may add rates for regions that are not listed here: their code as it was typed.
static Str as_typed(Arena *a, Str region)
{
    return region.n <= TAX_REGION_MAX ? capitals(a, region) : STR("");
}

TaxPlace tax_place(Arena *a, Place place)
{
    TaxPlace out = { .country = capitals(a, place.country), .region = STR("") };
    Str region = str_trim(place.region), postcode = capitals(a, place.postcode);
    for (i64 i = 0; i < COUNT(REGIONS); i++)
        if (named(&REGIONS[i], out.country, region)) out.region = str_of(REGIONS[i].code);
    for (i64 i = 0; out.region.n == 0 && i < COUNT(CODES); i++)
        if (coded(&CODES[i], out.country, postcode)) out.region = str_of(CODES[i].code);
    if (out.region.n == 0) out.region = as_typed(a, region);
    out.apart = out.region.n > 0 && is_apart(out.country, out.region);
    return out;
}

static bool in_union(TaxPlace p)
{
    for (i64 i = 0; !p.apart && i < COUNT(EU); i++)
        if (str_eq(str_of(EU[i]), p.country)) return true;
    return false;
}

bool tax_same_territory(TaxPlace from, TaxPlace to)
{
    if (in_union(from) && in_union(to)) return true;
    if (!str_eq(from.country, to.country) || from.apart != to.apart) return false;
    return !from.apart || str_eq(from.region, to.region);
}
