// The words on papers, in the languages that papers come in. Private to those who print: print/ and the pages that look like it.
#pragma once
#include "base/str.h"

typedef enum Word {
    WORD_AMOUNT, WORD_BASE, WORD_BUYER, WORD_BUYER_NOTE, WORD_CARRIER, WORD_COD_FEE, WORD_COLLECT, WORD_CREDITS, WORD_CREDIT_NOTE,
    WORD_DATE, WORD_DISCOUNT, WORD_ERASED, WORD_FROM, WORD_GOODS, WORD_INCLUDED, WORD_INVOICE, WORD_ITEM, WORD_NO_COLLECT,
    WORD_NO_TAX, WORD_ORDER, WORD_ORDERED, WORD_OTHER, WORD_PACKING_SLIP, WORD_PAGE_OF, WORD_PARCEL, WORD_PAYMENT, WORD_PIECES,
    WORD_PLATFORM, WORD_PRICE, WORD_QUANTITY, WORD_REASON, WORD_REGISTRATION, WORD_SELLER, WORD_SHIPPING, WORD_SHIP_TO, WORD_SKU,
    WORD_TAX, WORD_TAX_FREE, WORD_TAX_ID, WORD_TO, WORD_TOTAL, WORD_TOTAL_BACK, WORD_TRACKING, WORD_WEIGHT,
    WORD_COUNT
} Word;

// language: "id", or English for all others.
Str print_word(Str language, Word w);
// "cod" -> "Cash on delivery"; "+voucher" behind it: the platform has paid a part for the buyer.
// What is not known stays as it is.
Str print_method(Str language, Str method);
