// Files for banks: CSV, and ISO 20022 pain.001.001.09 (CustomerCreditTransferInitiationV09). Knows no tables.
#include "ledger/sellers.h"

#include "base/csv.h"

// ---------------------------------------------------------------------------------------------- text

// Cut to `most` code points, as the schema's MaxNText counts, and escaped. Control characters are not XML.
static void xml_text(Buf *b, Str s, i64 most)
{
    s = str_trim(s);
    for (i64 n = 0; s.n > 0 && n < most; n++) {
        size_t step = str_utf8_step(s);
        Str c = str_slice(s, 0, step ? step : 1);
        s = str_slice(s, c.n, s.n);
        if (step == 1 && c.p[0] == '&') buf_add(b, STR("&amp;"));
        else if (step == 1 && c.p[0] == '<') buf_add(b, STR("&lt;"));
        else if (step == 1 && c.p[0] == '>') buf_add(b, STR("&gt;"));
        else buf_add(b, step == 0 || (step == 1 && (u8)c.p[0] < ' ') ? STR(" ") : c);
    }
}

static void element(Buf *b, const char *name, Str s, i64 most)
{
    buf_format(b, "<%s>", name);
    xml_text(b, s, most);
    buf_format(b, "</%s>", name);
}

static i64 sum_of(const PayoutFile *f)
{
    i64 sum = 0;
    for (i64 i = 0; i < f->n; i++) must(!__builtin_add_overflow(sum, f->orders[i].amount.minor, &sum));
    return sum;
}

// ---------------------------------------------------------------------------------------------- CSV

void payout_file_csv(Buf *b, const PayoutFile *f)
{
    buf_add(b, STR("reference,payout,shop,amount,currency,holder,account,bank,bic,bank_code\r\n"));
    for (i64 i = 0; i < f->n; i++) {
        const PayoutOrder *o = &f->orders[i];
        csv_cell(b, true, o->reference);
        csv_number(b, false, o->payout.v);
        csv_number(b, false, o->shop.v);
        csv_money(b, false, o->amount);
        csv_cell(b, false, currency_str(&o->amount.currency));
        const Str texts[] = { o->account.holder, o->account.number, o->account.bank, o->account.bic, o->account.bank_code };
        for (i64 k = 0; k < COUNT(texts); k++) csv_cell(b, false, texts[k]);
        csv_end(b);
    }
}

// ---------------------------------------------------------------------------------------------- pain.001

enum { MAX_35 = 35, MAX_34 = 34, MAX_140 = 140, SEPA_NAME = 70 };       // Max35Text and the like

static void account(Buf *b, const char *name, const PayoutAccountNew *a, const Currency *c)
{
    buf_format(b, "<%s><Id>", name);
    if (bank_is_iban(a->number)) {
        element(b, "IBAN", a->number, MAX_34);
    } else {
        buf_add(b, STR("<Othr>"));
        element(b, "Id", a->number, MAX_34);
        buf_add(b, STR("</Othr>"));
    }
    buf_add(b, STR("</Id>"));
    if (c) element(b, "Ccy", currency_str(c), 3);
    buf_format(b, "</%s>", name);
}

// The order within is the schema's: BICFI, ClrSysMmbId, Nm, Othr. SEPA's scheme (EPC132-08) knows the BIC or Othr only.
static void agent(Buf *b, const char *name, const PayoutAccountNew *a, bool sepa)
{
    buf_format(b, "<%s><FinInstnId>", name);
    if (a->bic.n) element(b, "BICFI", a->bic, 11);
    // A payment provider's name of the bank is no clearing's.
    bool coded = a->bank_code.n && str_find(a->bank_code, STR("_")) < 0;
    if (coded && !sepa) {
        buf_add(b, STR("<ClrSysMmbId>"));
        element(b, "MmbId", a->bank_code, MAX_35);
        buf_add(b, STR("</ClrSysMmbId>"));
    }
    if (!sepa) element(b, "Nm", a->bank, MAX_140);
    if (!a->bic.n && (sepa || !coded)) buf_add(b, STR("<Othr><Id>NOTPROVIDED</Id></Othr>"));
    buf_format(b, "</FinInstnId></%s>", name);
}

static void party(Buf *b, const char *name, Str holder, bool sepa)
{
    buf_format(b, "<%s>", name);
    element(b, "Nm", holder, sepa ? SEPA_NAME : MAX_140);
    buf_format(b, "</%s>", name);
}

static void count_and_sum(Buf *b, const PayoutFile *f)
{
    buf_format(b, "<NbOfTxs>%lld</NbOfTxs><CtrlSum>", (long long)f->n);
    money_digits(b, (Money){ sum_of(f), f->orders[0].amount.currency });
    buf_add(b, STR("</CtrlSum>"));
}

static void transfer(Buf *b, const PayoutOrder *o, bool sepa)
{
    buf_add(b, STR("<CdtTrfTxInf><PmtId>"));
    element(b, "InstrId", o->reference, MAX_35);
    element(b, "EndToEndId", o->reference, MAX_35);
    buf_format(b, "</PmtId><Amt><InstdAmt Ccy=\"%s\">", o->amount.currency.code);
    money_digits(b, o->amount);
    buf_add(b, STR("</InstdAmt></Amt>"));
    if (!sepa || o->account.bic.n) agent(b, "CdtrAgt", &o->account, sepa);
    party(b, "Cdtr", o->account.holder, sepa);
    account(b, "CdtrAcct", &o->account, NULL);
    buf_add(b, STR("<RmtInf>"));
    element(b, "Ustrd", o->reference, MAX_140);
    buf_add(b, STR("</RmtInf></CdtTrfTxInf>\n"));
}

// SEPA takes euros between IBANs, and its own level of service and charges.
static bool is_sepa(const PayoutFile *f)
{
    Currency eur;
    must(currency_parse(STR("EUR"), &eur));
    if (!currency_eq(f->orders[0].amount.currency, eur) || !bank_is_iban(f->from.number)) return false;
    for (i64 i = 0; i < f->n; i++)
        if (!bank_is_iban(f->orders[i].account.number)) return false;
    return true;
}

void payout_file_xml(Buf *b, const PayoutFile *f)
{
    char made[TIME_ISO_SIZE];
    must(f->n > 0);
    time_to_iso_text(f->made, made);
    Str number = id_number(b->a, f->batch.v);
    bool sepa = is_sepa(f);
    buf_add(b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>\n<GrpHdr>"));
    buf_format(b, "<MsgId>ETALASE-%.*s</MsgId><CreDtTm>%s</CreDtTm>", STR_ARG(number), made);
    count_and_sum(b, f);
    party(b, "InitgPty", f->from.holder, sepa);
    buf_format(b, "</GrpHdr>\n<PmtInf><PmtInfId>%.*s</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>", STR_ARG(number));
    count_and_sum(b, f);
    if (sepa) buf_add(b, STR("<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>"));
    buf_format(b, "<ReqdExctnDt><Dt>%.10s</Dt></ReqdExctnDt>", made);
    party(b, "Dbtr", f->from.holder, sepa);
    account(b, "DbtrAcct", &f->from, &f->orders[0].amount.currency);
    agent(b, "DbtrAgt", &f->from, sepa);
    buf_format(b, "<ChrgBr>%s</ChrgBr>\n", sepa ? "SLEV" : "SHAR");
    for (i64 i = 0; i < f->n; i++) transfer(b, &f->orders[i], sepa);
    buf_add(b, STR("</PmtInf></CstmrCdtTrfInitn></Document>\n"));
}
