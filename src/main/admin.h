// The commands beside serving: audit, backup, restore, operator, openapi.
#pragma once
#include "db/db.h"
#include "main/settings.h"

int command_audit(const Settings *s);        // violations as JSON lines, then a summary line; 1 when there are any
int command_backup(const Settings *s);
int command_restore(const Settings *s);
int command_operator(const Settings *s);     // makes the account with a handle an operator
int command_openapi(const Settings *s);
Err operator_make(Db *db, Str handle);
