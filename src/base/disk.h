// What must outlive a loss of power.
#pragma once
#include "base/types.h"

// Makes the names in a folder last: those of files that were made, renamed or removed there. False: errno says why.
bool disk_sync_folder(const char *folder);
