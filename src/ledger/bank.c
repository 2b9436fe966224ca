// Payout accounts: what their numbers must look like, how they are sealed, opened and shown. No HTTP, no JSON, no clock.
#include "accounts/accounts.h"
#include "ledger/books.h"
#include "ledger/sellers.h"

enum { IBAN_MIN = 15, IBAN_MAX = 34, SHOWN_LAST = 4, ACCOUNT_TEXT_MAX = 4096 };

// ---------------------------------------------------------------------------------------------- numbers

// Lengths of the IBAN registry (ISO 13616, SWIFT's list). A country that is not here takes any length that IBANs have.
static const char LENGTHS[] =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23"
    "GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18"
    "NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

static i64 iban_length(Str s)
{
    for (size_t i = 0; i + 4 < sizeof(LENGTHS); i += 4)
        if (LENGTHS[i] == s.p[0] && LENGTHS[i + 1] == s.p[1]) return (LENGTHS[i + 2] - '0') * 10 + LENGTHS[i + 3] - '0';
    return 0;
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// ISO 7064 MOD 97-10: the first four behind the rest, letters as 10 to 35, the whole number leaves 1.
static bool iban_agrees(Str s)
{
    i64 rest = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[(i + 4) % s.n];
        i64 v = is_digit(c) ? c - '0' : c - 'A' + 10;
        rest = (v > 9 ? rest * 100 + v : rest * 10 + v) % 97;
    }
    return rest == 1;
}

bool bank_is_iban(Str number)
{
    return number.n >= 4 && is_letter(number.p[0]) && is_letter(number.p[1]) && is_digit(number.p[2]) && is_digit(number.p[3]);
}

// Without the blanks and lines that people group digits by; small letters as capitals.
static Str plain(Arena *a, Str in)
{
    Buf b = buf_new(a, in.n + 1);
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == ' ' || c == '-' || c == '.') continue;
        buf_add_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    return buf_str(&b);
}

static bool all_alnum(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]) && !is_digit(s.p[i])) return false;
    return s.n > 0;
}

// A clearing's number, or a payment provider's name of the bank: "ID_BCA".
static bool is_code(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != '_') return false;
    return s.n > 0;
}

static Err check_number(Refusal *why, Str s)
{
    if (!all_alnum(s)) return refuse(why, ERR_BAD_FIELD, "number", "An account number has letters A to Z and digits only.");
    if (!bank_is_iban(s)) {
        if (s.n >= 4 && s.n <= IBAN_MAX) return ERR_OK;
        return refuse(why, ERR_BAD_FIELD, "number", "An account number has 4 to %d letters and digits.", IBAN_MAX);
    }
    i64 length = iban_length(s);
    if (length ? (i64)s.n != length : s.n < IBAN_MIN || s.n > IBAN_MAX)
        return refuse(why, ERR_BAD_FIELD, "number", "An IBAN of %c%c has %lld letters and digits; this has %lld.", s.p[0], s.p[1],
                      (long long)(length ? length : IBAN_MAX), (long long)s.n);
    if (iban_agrees(s)) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "number", "A letter or digit of this IBAN is wrong: its check digits disagree.");
}

// ISO 9362: four letters or digits of the bank, two letters of the country, two of the place, three of the branch.
static Err check_bic(Refusal *why, Str s)
{
    bool good = (s.n == 8 || s.n == 11) && all_alnum(s) && is_letter(s.p[4]) && is_letter(s.p[5]);
    return good ? ERR_OK : refuse(why, ERR_BAD_FIELD, "bic", "A BIC has 8 or 11 letters and digits, such as BMRIIDJA.");
}

Err bank_check(Tx *tx, const PayoutAccountNew *in, PayoutAccountNew *out)
{
    *out = (PayoutAccountNew){ .holder = str_trim(in->holder), .bank = str_trim(in->bank), .number = plain(tx->a, in->number),
                               .bic = plain(tx->a, in->bic), .bank_code = plain(tx->a, in->bank_code) };
    if (out->holder.n == 0) return refuse(&tx->why, ERR_BAD_FIELD, "holder", "Whose account is it?");
    if (out->bank.n == 0) return refuse(&tx->why, ERR_BAD_FIELD, "bank", "Which bank is it at?");
    try(check_number(&tx->why, out->number));
    if (out->bic.n) try(check_bic(&tx->why, out->bic));
    if (out->bank_code.n && !is_code(out->bank_code))
        return refuse(&tx->why, ERR_BAD_FIELD, "bank_code", "A bank code has letters A to Z, digits and _ only.");
    if (!bank_is_iban(out->number) && out->bic.n == 0 && out->bank_code.n == 0)
        return refuse(&tx->why, ERR_BAD_FIELD, "bic",
                      "Beside an account number that is no IBAN, give the bank's BIC or its code.");
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- sealed, opened, shown

Err bank_seal(Tx *tx, const By *by, const PayoutAccountNew *in, Str *sealed)
{
    Buf b = buf_new(tx->a, ACCOUNT_TEXT_MAX);
    json_write(&b, &PAYOUT_ACCOUNT_NEW_TYPE, in);
    must(!b.full);
    return account_seal(tx, by, (AccountId){ by->who.account }, buf_str(&b), sealed);
}

Err bank_open(Tx *tx, const By *by, AccountId account, Str sealed, PayoutAccountNew *out)
{
    Str text;
    *out = (PayoutAccountNew){ 0 };
    try(account_open(tx, by, account, sealed, &text));
    if (text.n && json_read(tx->a, &PAYOUT_ACCOUNT_NEW_TYPE, text, out, &tx->why) != ERR_OK) return ERR_INTERNAL;
    return ERR_OK;
}

Str bank_masked(Arena *a, Str number)
{
    if (number.n <= SHOWN_LAST) return number;
    return arena_format(a, "•••• %.*s", STR_ARG(str_slice(number, number.n - SHOWN_LAST, number.n)));
}
