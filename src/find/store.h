// The index's file: documents with their words' numbers, and the words. For this folder alone. A NULL Store does nothing and is
// content: the index in memory.
#pragma once
#include "find/index.h"

typedef struct Store Store;

// Fills `x`, or empties the file (`fresh`). NULL when another program has it or it cannot be made; `x` is then empty.
Store *store_open(const char *path, Index *x, i64 *mark, bool *fresh);
void   store_close(Store *s);
// What a document's row says, in one number.
u64    store_sum(const Made *m);
bool   store_put(Store *s, const Index *x, const Made *m);
// Before a document is taken out of the index, whether it is put anew or removed.
void   store_forget(Store *s, const Index *x, i64 place);
bool   store_remove(Store *s, i64 kind, i64 id);
bool   store_flush(Store *s, const Index *x, i64 mark);
