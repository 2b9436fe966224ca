// Tests of payouts: accounts and who may give and verify them, requests, files for the bank, what comes back, the calendar.
#include <pthread.h>

#include "ledger/ledger_kit.h"

enum { EARNED = 10500000 - 630000 };             // of books_sale

typedef struct Till { World w; i64 shop; } Till;

static Till till(void)
{
    Till t = { .w = world_new() };
    t.shop = world_shop(&t.w, t.w.sari, "keranjang");
    return t;
}

static void end(Till *t)
{
    check_int(world_audit(&t->w), 0);
    world_free(&t->w);
}

static const char *path(Till *t, const char *what)
{
    return world_path(&t->w, "/v1/studio/shops/%lld/%s", (long long)t->shop, what);
}

static Answer give(Till *t, Person who, const char *json)
{
    return books_put(&t->w, who, path(t, "payout-account"), json);
}

static void check_refusal(Till *t, Answer x, int status, const char *slug, const char *field)
{
    check_int(x.status, status);
    check_str(answer_at(&t->w, &x, "slug"), str_of(slug));
    check_str(answer_at(&t->w, &x, "field"), str_of(field));
}

static i64 number(Till *t, const Answer *x, const char *at)
{
    i64 n = -1;
    check(str_to_i64(answer_at(&t->w, x, at), &n));
    return n;
}

#define IBAN "{'holder':'Sari','bank':'ABN','number':'nl91 abna 0417 1643 00'}"

// ---------------------------------------------------------------------------------------------- accounts

TEST(payout_account_numbers_are_checked)
{
    Till t = till();
    static const struct { const char *number, *more, *field; } CASES[] = {
        { "NL91ABNA0417164301", "", "number" },                          // a digit is wrong
        { "NL19ABNA0417164300", "", "number" },                          // two have changed places
        { "NL91ABNA041716430", "", "number" },                           // too short for its country
        { "DE893704004405320130000", "", "number" },
        { "ZZ00", "", "number" },
        { "12é45", ",'bic':'BMRIIDJA'", "number" },
        { "123", ",'bic':'BMRIIDJA'", "number" },                     // refused by the field's own limit
        { "1234567890", "", "bic" },                                     // no IBAN, and no bank
        { "1234567890", ",'bic':'BMRIID'", "bic" },
        { "1234567890", ",'bic':'BMRI1DJA'", "bic" },
        { "1234567890", ",'bank_code':'00-8/1'", "bank_code" },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = give(&t, t.w.sari, world_path(&t.w, "{'holder':'Sari','bank':'Bank','number':'%s'%s}", CASES[i].number,
                                                 CASES[i].more));
        check_refusal(&t, x, 422, "bad_field", CASES[i].field);
    }
    check_refusal(&t, give(&t, t.w.sari, "{'holder':'  ','bank':'B','number':'NL91ABNA0417164300'}"), 422, "bad_field", "holder");
    static const char *const GOOD[] = {
        "GB82 WEST 1234 5698 7654 32", "de89370400440532013000", "MT84MALT011000012345MTLCAST001S", "NO93 8601 1117 947",
        "SA03 8000 0000 6080 1016 7519", "FR14 2004 1010 0505 0001 3M02 606" };
    for (i64 i = 0; i < COUNT(GOOD); i++)
        check_int(give(&t, t.w.sari, world_path(&t.w, "{'holder':'S','bank':'B','number':'%s'}", GOOD[i])).status, 200);
    Answer x = give(&t, t.w.sari, "{'holder':'Sari','bank':'BCA','number':'1230004567','bank_code':'ID_BCA'}");
    check_int(x.status, 200);
    check_str(answer_at(&t.w, &x, "bank_code"), STR("ID_BCA"));
    x = give(&t, t.w.sari, IBAN);
    check_str(answer_at(&t.w, &x, "number"), STR("•••• 4300"));
    check_str(answer_at(&t.w, &x, "state"), STR("given"));
    check_int(books_number(&t.w, "SELECT count(*) FROM ledger_shop WHERE payout_account IS NOT NULL"), 1);
    x = world_get(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/sellers/%lld", (long long)t.shop));
    check_str(answer_at(&t.w, &x, "account.number"), STR("NL91ABNA0417164300"));
    end(&t);
}

TEST(payout_money_is_seen_by_owners_and_managers_and_moved_by_owners)
{
    Till t = till();
    world_staff(&t.w, t.w.sari, t.shop, t.w.tono, "manager");
    world_staff(&t.w, t.w.sari, t.shop, t.w.budi, "packer");
    static const char *const SEEN[] = { "balance", "payouts", "statements", "statements/months", "statements/days",
                                        "statements.csv" };
    for (i64 i = 0; i < COUNT(SEEN); i++) {
        check_int(world_get(&t.w, t.w.sari, path(&t, SEEN[i])).status, 200);
        check_int(world_get(&t.w, t.w.tono, path(&t, SEEN[i])).status, 200);
        check_int(world_get(&t.w, t.w.budi, path(&t, SEEN[i])).status, 403);
        check_int(world_get(&t.w, t.w.ana, path(&t, SEEN[i])).status, 403);
        check_int(world_get(&t.w, t.w.nobody, path(&t, SEEN[i])).status, 401);
        check_int(world_get(&t.w, t.w.sari, world_path(&t.w, "/v1/studio/shops/99/%s", SEEN[i])).status, 404);
    }
    check_int(give(&t, t.w.tono, IBAN).status, 403);
    check_int(give(&t, t.w.budi, IBAN).status, 403);
    check_int(books_put(&t.w, t.w.tono, path(&t, "payout-schedule"), "{'schedule':'daily'}").status, 403);
    static const char *const OPERATORS[] = { "payouts", "payout-batches", "sellers", "bank-account", "ledger/accounts",
                                             "ledger/postings", "payout-batches/1/payouts.csv", "payout-batches/1/pain001.xml" };
    for (i64 i = 0; i < COUNT(OPERATORS); i++) {
        check_int(world_get(&t.w, t.w.sari, world_path(&t.w, "/v1/operator/%s", OPERATORS[i])).status, 403);
        check_int(world_get(&t.w, t.w.nobody, world_path(&t.w, "/v1/operator/%s", OPERATORS[i])).status, 401);
    }
    check_int(books_post(&t.w, t.w.sari, "/v1/operator/ledger/bookings",
                         "{'kind':'adjusted','amount':{'minor':1,'currency':'IDR'},'reason':'mine'}").status, 403);
    check_int(books_put(&t.w, t.w.sari, world_path(&t.w, "/v1/operator/sellers/%lld/tier", (long long)t.shop),
                        "{'tier':'fast'}").status, 403);
    end(&t);
}

TEST(payout_accounts_are_verified_by_someone_else_and_as_they_were_seen)
{
    Till t = till();
    const char *check_path = world_path(&t.w, "/v1/operator/sellers/%lld/account-check", (long long)t.shop);
    check_int(books_post(&t.w, t.w.oma, check_path, "{'given':'2026-01-01T00:00:00Z','verified':true}").status, 404);
    Answer x = give(&t, t.w.oma, IBAN);                                   // an operator may everything, but not this:
    const char *seen = world_path(&t.w, "{'given':'%.*s','verified':true}", STR_ARG(answer_at(&t.w, &x, "given")));
    check_refusal(&t, books_post(&t.w, t.w.oma, check_path, seen), 403, "forbidden", "");
    world_jump(&t.w, 1000);
    x = give(&t, t.w.sari, IBAN);
    check_refusal(&t, books_post(&t.w, t.w.oma, check_path, seen), 409, "stale", "given");
    seen = world_path(&t.w, "{'given':'%.*s','verified':true}", STR_ARG(answer_at(&t.w, &x, "given")));
    x = books_post(&t.w, t.w.oma, check_path, seen);
    check_str(answer_at(&t.w, &x, "account.state"), STR("verified"));
    x = world_get(&t.w, t.w.oma, "/v1/operator/sellers?state=verified");
    check_str(answer_at(&t.w, &x, "items[0].account.number"), STR("•••• 4300"));
    world_jump(&t.w, 1000);
    x = give(&t, t.w.sari, IBAN);                                         // anew, even the same: to be verified anew
    check_str(answer_at(&t.w, &x, "state"), STR("given"));
    x = world_get(&t.w, t.w.oma, "/v1/operator/sellers?state=given");
    check_int(answer_id(&t.w, &x, "items[0].shop.id"), t.shop);
    end(&t);
}

// ---------------------------------------------------------------------------------------------- asked for

static Answer ask(Till *t, const char *json)
{
    return books_post(&t->w, t->w.sari, path(t, "payouts"), json);
}

static Answer ask_for(Till *t, i64 minor, const char *currency)
{
    return ask(t, world_path(&t->w, "{'currency':'IDR','amount':{'minor':%lld,'currency':'%s'}}", (long long)minor,
                             currency));
}

TEST(payout_requests_that_are_refused)
{
    Till t = till();
    check_int(books_earn(&t.w, t.shop, 101), EARNED);
    check_refusal(&t, ask(&t, "{'currency':'IDR'}"), 409, "unverified", "");
    check_int(give(&t, t.w.sari, IBAN).status, 200);
    check_refusal(&t, ask(&t, "{'currency':'IDR'}"), 409, "unverified", "");
    books_verified(&t.w, t.w.sari, t.shop);
    check_refusal(&t, ask_for(&t, 999999, "IDR"), 409, "below_least", "amount");
    check_refusal(&t, ask_for(&t, EARNED + 1, "IDR"), 409, "balance", "amount");
    check_refusal(&t, ask_for(&t, 1000000, "USD"), 422, "bad_field", "amount");
    check_refusal(&t, ask_for(&t, 0, "IDR"), 422, "bad_field", "amount.minor");
    check_refusal(&t, ask_for(&t, -5, "IDR"), 422, "bad_field", "amount.minor");
    check_refusal(&t, ask_for(&t, INT64_MAX, "IDR"), 422, "bad_field", "amount.minor");
    check_refusal(&t, ask(&t, "{'currency':'USD'}"), 409, "below_least", "amount");
    check_refusal(&t, ask(&t, "{'currency':'XXX'}"), 422, "bad_field", "currency");
    check_int(books_available(&t.w, t.shop), EARNED);
    check_int(ask(&t, "{'currency':'IDR'}").status, 201);
    check_refusal(&t, ask(&t, "{'currency':'IDR'}"), 409, "below_least", "amount");
    check_int(books_number(&t.w, "SELECT count(*) FROM payout"), 1);
    end(&t);
}

static i64 asked(Till *t, i64 minor)
{
    Answer x = ask_for(t, minor, "IDR");
    check_int(x.status, 201);
    return answer_id(&t->w, &x, "id");
}

static Answer batch(Till *t, Person who, const char *ids)
{
    return books_post(&t->w, who, "/v1/operator/payout-batches",
                      world_path(&t->w, "{'currency':'IDR','payouts':[%s]}", ids));
}

static const char *quoted(Till *t, i64 id)
{
    return world_path(&t->w, "'%lld'", (long long)id);
}

TEST(payout_life)
{
    Till t = till();
    books_verified(&t.w, t.w.sari, t.shop);
    books_earn(&t.w, t.shop, 101);
    i64 a = asked(&t, 2000000), b = asked(&t, 3000000), c = asked(&t, 1000000);
    check_int(books_available(&t.w, t.shop), EARNED - 6000000);
    check_int(books_account(&t.w, "payout", 0), 6000000);
    check_int(world_audit(&t.w), 0);
    const char *reason = "{'reason':'The account is closed.'}";
    check_int(books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/payouts/%lld/failure", (long long)a), reason).status, 409);
    Answer x = books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/payouts/%lld/refusal", (long long)c), reason);
    check_str(answer_at(&t.w, &x, "state"), STR("refused"));
    check_int(books_available(&t.w, t.shop), EARNED - 5000000);
    x = batch(&t, t.w.oma, world_path(&t.w, "%s,%s", quoted(&t, a), quoted(&t, b)));
    check_int(x.status, 201);
    check_int(number(&t, &x, "total.minor"), 5000000);
    check_int(number(&t, &x, "waiting"), 2);
    i64 id = answer_id(&t.w, &x, "id");
    check_int(batch(&t, t.w.oma, quoted(&t, a)).status, 409);             // approved already
    check_int(batch(&t, t.w.oma, quoted(&t, 12345)).status, 404);
    check_int(books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/payouts/%lld/failure", (long long)b), reason).status, 200);
    check_int(books_available(&t.w, t.shop), EARNED - 2000000);
    const char *sent = world_path(&t.w, "/v1/operator/payout-batches/%lld/sent", (long long)id);
    x = books_post(&t.w, t.w.oma, sent, NULL);
    check_int(number(&t, &x, "waiting"), 0);
    check_int(books_account(&t.w, "payout", 0), 0);
    check_int(books_account(&t.w, "bank", 0), 2000000);
    check_int(books_post(&t.w, t.w.oma, sent, NULL).status, 200);         // again: nothing
    check_int(books_account(&t.w, "bank", 0), 2000000);
    check_int(world_audit(&t.w), 0);
    check_int(books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/payouts/%lld/failure", (long long)a), reason).status, 200);
    check_int(books_account(&t.w, "bank", 0), 0);                         // the bank sent it back
    check_int(books_available(&t.w, t.shop), EARNED);
    x = world_get(&t.w, t.w.sari, path(&t, "payouts"));
    check_str(answer_at(&t.w, &x, "items[2].state"), STR("failed"));
    check_str(answer_at(&t.w, &x, "items[2].reason"), STR("The account is closed."));
    check_str(answer_at(&t.w, &x, "items[2].number"), STR("•••• 4567"));
    check_int(books_post(&t.w, t.w.oma, "/v1/operator/payout-batches/77/sent", NULL).status, 404);
    end(&t);
}

TEST(payout_of_an_account_that_has_changed_is_not_approved)
{
    Till t = till();
    books_verified(&t.w, t.w.sari, t.shop);
    books_earn(&t.w, t.shop, 101);
    i64 a = asked(&t, 2000000);
    world_jump(&t.w, 1000);
    check_int(give(&t, t.w.sari, IBAN).status, 200);
    check_int(batch(&t, t.w.oma, quoted(&t, a)).status, 409);
    books_verified(&t.w, t.w.sari, t.shop);
    check_int(batch(&t, t.w.oma, quoted(&t, a)).status, 409);
    check_int(books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/payouts/%lld/refusal", (long long)a),
                         "{'reason':'old account'}").status, 200);
    check_int(batch(&t, t.w.oma, quoted(&t, asked(&t, 2000000))).status, 201);
    end(&t);
}

TEST(payout_is_approved_by_someone_else_and_in_one_currency)
{
    Till t = till();
    books_verified(&t.w, t.w.sari, t.shop);
    books_earn(&t.w, t.shop, 101);
    Answer x = books_post(&t.w, t.w.oma, path(&t, "payouts"), "{'currency':'IDR'}");        // an operator may act for a shop
    check_int(x.status, 201);
    const char *id = quoted(&t, answer_id(&t.w, &x, "id"));
    check_refusal(&t, batch(&t, t.w.oma, id), 403, "forbidden", "payouts");
    check_int(books_post(&t.w, t.w.oma, "/v1/operator/payout-batches",
                         world_path(&t.w, "{'currency':'USD','payouts':[%s]}", id)).status, 409);
    check_int(batch(&t, t.w.oma, "").status, 422);
    check_int(books_number(&t.w, "SELECT count(*) FROM payout WHERE state = 'requested'"), 1);
    end(&t);
}

// ---------------------------------------------------------------------------------------------- files

static void bank(Till *t)
{
    check_int(world_get(&t->w, t->w.oma, "/v1/operator/bank-account").status, 404);
    Answer x = books_put(&t->w, t->w.oma, "/v1/operator/bank-account",
                         "{'holder':'Pasar Etalase','bank':'BCA','number':'0987654321','bic':'CENAIDJA'}");
    check_int(x.status, 200);
}

static Answer file(Till *t, i64 id, const char *name)
{
    return world_get(&t->w, t->w.oma, world_path(&t->w, "/v1/operator/payout-batches/%lld/%s", (long long)id, name));
}

// The checker is a program of its own, with a parser of its own.
static bool well_formed(Till *t, Str xml, const char *sum)
{
    const char *at = arena_format(t->w.a, "%s/pain001.xml", t->w.folder).p;
    FILE *f = fopen(at, "we");
    must(f && fwrite(xml.p, 1, xml.n, f) == xml.n && fclose(f) == 0);
    return system(arena_format(t->w.a, "python3 tests/pain001.py %s %s", at, sum).p) == 0;
}

TEST(payout_files_say_what_is_to_be_paid)
{
    Till t = till();
    books_verified(&t.w, t.w.sari, t.shop);
    books_earn(&t.w, t.shop, 101);
    i64 a = asked(&t, 2000050), b = asked(&t, 1000000);
    Answer x = batch(&t, t.w.oma, world_path(&t.w, "%s,%s", quoted(&t, a), quoted(&t, b)));
    i64 id = answer_id(&t.w, &x, "id");
    check_int(file(&t, id, "pain001.xml").status, 409);                   // paid from where?
    bank(&t);
    x = file(&t, id, "payouts.csv");
    check_int(x.status, 200);
    check_str(local_header(&x, "Content-Type"), STR("text/csv; charset=utf-8"));
    check(str_starts(local_header(&x, "Content-Disposition"), STR("attachment; filename=\"payouts-")));
    check(str_find(x.body, STR(",20000.50,IDR,Sari & Sons <Tbk>,1230004567,Bank Mandiri,BMRIIDJA,\r\n")) > 0);
    check(str_find(x.body, STR(",10000.00,IDR,")) > 0);
    x = file(&t, id, "pain001.xml");
    check_int(x.status, 200);
    check_str(local_header(&x, "Content-Type"), STR("application/xml"));
    check(str_find(x.body, STR("<Nm>Sari &amp; Sons &lt;Tbk&gt;</Nm>")) > 0);
    check(well_formed(&t, x.body, "30000.50"));
    check(!well_formed(&t, x.body, "30000.51"));                          // and the checker checks
    Str cut = { x.body.p, x.body.n - 20 };
    check(!well_formed(&t, cut, "30000.50"));
    check_int(file(&t, 99, "pain001.xml").status, 404);
    check_int(file(&t, id, "pain001.xml?x=1").status, 422);
    books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/payouts/%lld/failure", (long long)a), "{'reason':'closed'}");
    x = file(&t, id, "pain001.xml");
    check(well_formed(&t, x.body, "10000.00"));                           // what has failed is not paid
    books_spoil(&t.w, "DELETE FROM account_key WHERE account = %lld", (long long)t.w.sari.id);
    check_int(file(&t, id, "pain001.xml").status, 409);                   // an erased seller's account cannot be read
    books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/payouts/%lld/failure", (long long)b), "{'reason':'erased'}");
    check_int(file(&t, id, "pain001.xml").status, 409);
    end(&t);
}

TEST(payout_file_in_euros_is_sepa)
{
    Till t = till();
    check_int(give(&t, t.w.sari, IBAN).status, 200);
    Answer x = world_get(&t.w, t.w.sari, path(&t, "balance"));
    Str given = answer_at(&t.w, &x, "account.given");
    x = books_post(&t.w, t.w.oma, world_path(&t.w, "/v1/operator/sellers/%lld/account-check", (long long)t.shop),
                   world_path(&t.w, "{'given':'%.*s','verified':true}", STR_ARG(given)));
    check_int(x.status, 200);
    check_int(world_put(&t.w, t.w.oma, "/v1/operator/bank-account",
                        "{\"holder\":\"=cmd|' /C calc'!A0\",\"bank\":\"B\",\"number\":\"DE89370400440532013000\"}").status, 200);
    check_int(books_post(&t.w, t.w.oma, "/v1/operator/ledger/bookings", world_path(&t.w,
        "{'kind':'adjusted','amount':{'minor':12345,'currency':'EUR'},'shop':'%lld','reason':'for a test'}",
        (long long)t.shop)).status, 201);
    x = ask(&t, "{'currency':'EUR'}");
    check_int(x.status, 201);
    x = books_post(&t.w, t.w.oma, "/v1/operator/payout-batches",
                   world_path(&t.w, "{'currency':'EUR','payouts':[%s]}", quoted(&t, answer_id(&t.w, &x, "id"))));
    x = file(&t, answer_id(&t.w, &x, "id"), "pain001.xml");
    check(str_find(x.body, STR("<SvcLvl><Cd>SEPA</Cd></SvcLvl>")) > 0);
    check(str_find(x.body, STR("<IBAN>NL91ABNA0417164300</IBAN>")) > 0);
    check(str_find(x.body, STR("<Othr><Id>NOTPROVIDED</Id></Othr>")) > 0);
    check(well_formed(&t, x.body, "123.45"));
    end(&t);
}

// ---------------------------------------------------------------------------------------------- the calendar

TEST(payout_schedules_pay_by_themselves)
{
    Till t = till();
    books_verified(&t.w, t.w.sari, t.shop);
    Answer x = books_put(&t.w, t.w.sari, path(&t, "payout-schedule"), "{'schedule':'weekly'}");
    check_int(x.status, 200);
    books_earn(&t.w, t.shop, 101);
    world_jump(&t.w, 8 * (i64)DAY_MS);
    world_tasks(&t.w);
    check_int(books_number(&t.w, "SELECT count(*) FROM payout WHERE requested_by = 0 AND amount = %d", EARNED), 1);
    check_int(books_available(&t.w, t.shop), 0);
    // Monday, six in the morning in Jakarta: 1970 began on a Thursday.
    check_int(books_number(&t.w, "SELECT (next_payout + 25200000) / 86400000 %% 7 FROM ledger_shop WHERE shop > 0"), 4);
    check_int(books_number(&t.w, "SELECT (next_payout + 25200000) %% 86400000 / 3600000 FROM ledger_shop WHERE shop > 0"), 6);
    x = books_put(&t.w, t.w.sari, path(&t, "payout-schedule"), "{'schedule':'monthly'}");
    check(str_find(answer_at(&t.w, &x, "next_payout"), STR("T23:00:00.000Z")) > 0);
    books_earn(&t.w, t.shop, 102);
    check_int(books_put(&t.w, t.w.sari, path(&t, "payout-schedule"), "{'schedule':'daily'}").status, 200);
    world_jump(&t.w, DAY_MS);
    world_tasks(&t.w);
    check_int(books_number(&t.w, "SELECT count(*) FROM payout"), 2);
    world_jump(&t.w, DAY_MS);
    world_tasks(&t.w);
    check_int(books_number(&t.w, "SELECT count(*) FROM payout"), 2);      // there was nothing to pay
    check_int(give(&t, t.w.sari, IBAN).status, 200);
    books_earn(&t.w, t.shop, 103);
    world_jump(&t.w, DAY_MS);
    world_tasks(&t.w);
    check_int(books_number(&t.w, "SELECT count(*) FROM payout"), 2);      // nor to an account that nobody has verified
    check_int(books_available(&t.w, t.shop), EARNED);
    x = books_put(&t.w, t.w.sari, path(&t, "payout-schedule"), "{'schedule':'manual'}");
    check_str(answer_at(&t.w, &x, "next_payout"), STR(""));
    end(&t);
}

// ---------------------------------------------------------------------------------------------- races

enum { CROWD = 16 };
typedef struct Asking { Till *t; Answer x; Arena arena; } Asking;

static void *ask_at_once(void *context)
{
    Asking *a = context;
    World *w = &a->t->w;
    LocalRequest r = { .method = "POST", .token = w->sari.token,
                       .body = STR("{\"currency\":\"IDR\",\"amount\":{\"minor\":2000000,\"currency\":\"IDR\"}}"),
                       .path = arena_format(&a->arena, "/v1/studio/shops/%lld/payouts", (long long)a->t->shop) };
    do a->x = local_call(w->app, &a->arena, &r);
    while (a->x.status == 503);
    return NULL;
}

TEST(payout_requests_at_once_cannot_take_the_same_money)
{
    Till t = till();
    Asking asking[CROWD];
    pthread_t threads[CROWD];
    i64 made = 0;
    books_verified(&t.w, t.w.sari, t.shop);
    books_earn(&t.w, t.shop, 101);
    for (i64 i = 0; i < CROWD; i++) asking[i] = (Asking){ .t = &t };
    for (i64 i = 0; i < CROWD; i++) must(pthread_create(&threads[i], NULL, ask_at_once, &asking[i]) == 0);
    for (i64 i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        made += asking[i].x.status == 201;
        check(asking[i].x.status == 201 || asking[i].x.status == 409);
        arena_free(&asking[i].arena);
    }
    check_int(made, EARNED / 2000000);
    check_int(books_available(&t.w, t.shop), EARNED % 2000000);
    end(&t);
}

// ---------------------------------------------------------------------------------------------- through a provider

typedef struct Sending { i64 id; Err (*f)(Tx *tx, const By *by, struct Sending *s); PayoutOrder order; i64 amount; } Sending;

static Err send_rule(Tx *tx, const By *by, void *context)
{
    Sending *s = context;
    return s->f(tx, by, s);
}

static Err do_approve(Tx *tx, const By *by, Sending *s)
{
    By oma = *by;
    oma.who.account = 1;
    return ledger_payout_approve(tx, &oma, (PayoutId){ s->id });
}

static Err do_order(Tx *tx, const By *by, Sending *s)
{
    try(ledger_payout_order(tx, by, (PayoutId){ s->id }, &s->order));
    s->amount = s->order.amount.minor;
    check_str(s->order.account.number, STR("1230004567"));
    return ERR_OK;
}

static Err do_sent(Tx *tx, const By *by, Sending *s)
{
    return ledger_payout_sent(tx, by, (PayoutId){ s->id });
}

static Err do_failed(Tx *tx, const By *by, Sending *s)
{
    Payout shown;
    return ledger_payout_failed(tx, by, (PayoutId){ s->id }, STR("the bank sent it back"), &shown);
}

static Err send_step(Till *t, Err (*f)(Tx *, const By *, Sending *), Sending *s)
{
    s->f = f;
    return books_run(&t->w, send_rule, s);
}

TEST(payout_through_a_provider)
{
    Till t = till();
    books_verified(&t.w, t.w.sari, t.shop);
    books_earn(&t.w, t.shop, 101);
    Sending s = { .id = asked(&t, 2000000) };
    check_int(send_step(&t, do_order, &s), ERR_WRONG_STATE);
    check_int(send_step(&t, do_sent, &s), ERR_WRONG_STATE);
    check_int(send_step(&t, do_approve, &s), ERR_OK);
    check_int(send_step(&t, do_approve, &s), ERR_WRONG_STATE);
    check_int(books_number(&t.w, "SELECT count(*) FROM task WHERE kind = 'payout_send' AND subject = %lld", (long long)s.id), 1);
    check_int(send_step(&t, do_order, &s), ERR_OK);
    check_int(s.amount, 2000000);
    check_int(send_step(&t, do_sent, &s), ERR_OK);
    check_int(send_step(&t, do_sent, &s), ERR_OK);
    // It left what lies with the provider: our own account is as it was, and comes into it only with a file.
    check_int(books_account(&t.w, "bank", 0), 0);
    check_int(books_number(&t.w, "SELECT sum(amount) FROM ledger_posting WHERE kind = 'payout_sent' AND debit = 'payout' AND "
                                 "credit = 'clearing' AND part = 'xendit'"), 2000000);
    check_int(send_step(&t, do_failed, &s), ERR_OK);
    check_int(send_step(&t, do_failed, &s), ERR_WRONG_STATE);
    check_int(books_number(&t.w, "SELECT sum(amount) FROM ledger_posting WHERE kind = 'payout_back' AND debit = 'clearing' AND "
                                 "credit = 'seller' AND part = 'xendit'"), 2000000);
    check_int(books_account(&t.w, "bank", 0), 0);
    check_int(books_available(&t.w, t.shop), EARNED);
    s.id = 1234;
    check_int(send_step(&t, do_order, &s), ERR_NOT_FOUND);
    end(&t);
}
