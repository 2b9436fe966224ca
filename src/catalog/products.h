// Private to catalog/: what reading and changing products share.
#pragma once
#include "catalog/catalog.h"

// ERR_NOT_FOUND.
Err product_find(Tx *tx, ProductId product, ProductRowRow **out);
// As shop_may of its shop; for a draft ERR_NOT_FOUND in place of ERR_FORBIDDEN to those who do not work there.
Err product_may(Tx *tx, const By *by, const ProductRowRow *row, StaffRole least);
// Whoever asks.
Err product_show(Tx *tx, const By *by, ProductId product, Product *out);
Err product_options(Tx *tx, ProductId product, ProductOptionList *out);
// Those that are there, in order; p == NULL ends them.
StrList variant_options(Arena *a, Str one, Str two, Str three);
