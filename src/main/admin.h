// The commands beside serving: audit, backup, restore, import, operator, openapi.
#pragma once
#include "db/db.h"
#include "main/settings.h"

int command_audit(const Settings *s);        // violations as JSON lines, then a summary line; 1 when there are any
int command_backup(const Settings *s);
int command_restore(const Settings *s);
int command_import(const Settings *s);       // takes a file of facts in: `import tax FILE`
int command_reindex(const Settings *s);      // makes the index of the search anew, with a bar
int command_operator(const Settings *s);     // makes the account with a handle an operator
int command_openapi(const Settings *s);
// The database as the settings say, when this program's schema is not older than it. Logs what is wrong.
Err admin_open_db(const Settings *s, Db **db);
Err operator_make(Db *db, Str handle);
