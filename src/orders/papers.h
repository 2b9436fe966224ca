// Private to orders/: papers of many orders as one PDF.
#pragma once
#include "orders/flow.h"
#include "print/papers.h"

enum { PAPERS_ORDERS_MAX = 60 };             // orders in one PDF

// The orders that a text names ("17,18,19"), all of this shop and all still to be sent or on their way: only then does the
// shop see where they go to. ERR_BAD_FIELD, ERR_NOT_FOUND, ERR_FORBIDDEN.
typedef struct Papers { OrderRow *rows[PAPERS_ORDERS_MAX]; i64 n; } Papers;
Err papers_load(Tx *tx, const By *by, ShopId shop, Str orders, Papers *out);
Err papers_slips(Tx *tx, const By *by, const Papers *papers, Str language, PaperSlip **out);
Err papers_labels(Tx *tx, const By *by, const Papers *papers, Str language, PaperLabel **out);
