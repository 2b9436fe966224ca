// Addresses: kept as one sealed text each, in JSON by the field table of AddressNew. The rules.
#include "accounts/accounts.h"

enum { ADDRESSES_MAX = 20, ADDRESS_TEXT_MAX = 8192 };

Err address_check(const AddressNew *in, Refusal *why)
{
    for (size_t i = 0; i < 2; i++)
        if (in->country.n != 2 || in->country.p[i] < 'A' || in->country.p[i] > 'Z')
            return refuse(why, ERR_BAD_FIELD, "country", "Two capital letters, as in ISO 3166: ID, SG, NL.");
    i64 digits = 0;
    for (size_t i = 0; i < in->phone.n; i++) {
        char c = in->phone.p[i];
        if (c >= '0' && c <= '9') digits++;
        else if (!(c == ' ' || c == '-' || c == '(' || c == ')' || (c == '+' && i == 0))) digits = -100;
    }
    // E.164 allows at most 15 digits.
    if (digits < 5 || digits > 15)
        return refuse(why, ERR_BAD_FIELD, "phone", "A phone number has 5 to 15 digits, a + in front if you like.");
    return ERR_OK;
}

static Err seal_address(Tx *tx, const By *by, const AddressNew *in, Str *sealed)
{
    Buf b = buf_new(tx->a, ADDRESS_TEXT_MAX);
    json_write(&b, &ADDRESS_NEW_TYPE, in);
    must(!b.full);
    return account_seal(tx, by, (AccountId){ by->who.account }, buf_str(&b), sealed);
}

static Address address_of(AddressId id, const AddressNew *in, bool is_default)
{
    return (Address){ .id = id, .name = in->name, .phone = in->phone, .line1 = in->line1, .line2 = in->line2, .city = in->city,
                      .region = in->region, .postcode = in->postcode, .country = in->country, .is_default = is_default };
}

static Err open_address(Tx *tx, const By *by, AccountId account, AddressId id, Str sealed, bool is_default, Address *out)
{
    Str text;
    AddressNew in = { 0 };
    try(account_open(tx, by, account, sealed, &text));
    if (text.n && json_read(tx->a, &ADDRESS_NEW_TYPE, text, &in, &tx->why) != ERR_OK) return ERR_INTERNAL;
    *out = address_of(id, &in, is_default);
    return ERR_OK;
}

Err address_add(Tx *tx, const By *by, const AddressNew *in, Address *out)
{
    AccountId me = { by->who.account };
    try(address_check(in, &tx->why));
    AddressCountRow count;
    try(q_address_count(tx, (AddressCountIn){ .account = me }, &count));
    if (count.n >= ADDRESSES_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "An account keeps at most %d addresses.", ADDRESSES_MAX);
    AddressId id = address_id_next(by->ids, by->now);
    Str sealed;
    try(seal_address(tx, by, in, &sealed));
    *out = address_of(id, in, count.n == 0);
    return q_address_insert(tx, (AddressInsertIn){ .id = id, .account = me, .body = sealed, .is_default = count.n == 0,
                                                   .created = by->now });
}

Err address_change(Tx *tx, const By *by, AddressId id, const AddressNew *in, Address *out)
{
    try(address_check(in, &tx->why));
    Str sealed;
    i64 n;
    try(seal_address(tx, by, in, &sealed));
    try(q_address_update(tx, (AddressUpdateIn){ .id = id, .account = { by->who.account }, .body = sealed }, &n));
    if (n == 0) return ERR_NOT_FOUND;
    return account_address(tx, by, (AccountId){ by->who.account }, id, out);
}

Err account_address(Tx *tx, const By *by, AccountId account, AddressId id, Address *out)
{
    AddressRowRow *row;
    try(q_address_row(tx, (AddressRowIn){ .id = id, .account = account }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, "address", "You have no such address.");
    return open_address(tx, by, account, row->id, row->body, row->is_default, out);
}

Err address_all(Tx *tx, const By *by, AddressList *out)
{
    AddressRowsRowList rows;
    AccountId me = { by->who.account };
    try(q_address_rows(tx, (AddressRowsIn){ .account = me }, &rows));
    *out = (AddressList){ arena_new_array(tx->a, Address, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++)
        try(open_address(tx, by, me, rows.p[i].id, rows.p[i].body, rows.p[i].is_default, &out->p[i]));
    return ERR_OK;
}
