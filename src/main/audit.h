// `etalase audit`: every promise about stock, orders and payments, checked in one read transaction.
#pragma once
#include "db/db.h"

typedef void AuditReport(void *context, const char *rule, i64 id, const char *detail);
Err audit_run(Db *db, AuditReport *report, void *context);
