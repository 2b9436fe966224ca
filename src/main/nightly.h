// The audit of each night, and on demand: its task.
#pragma once
#include "api/app.h"

enum { AUDIT_LEASE_MS = 6 * HOUR_MS };       // longer than any audit: it says nothing until it has ended

// Sets the next night's.
Err nightly_schedule(Tx *tx, const By *by);
// "audit_nightly": audits, keeps and logs the result, sets the next.
Err nightly_job(App *app, i64 subject, i64 attempt);
