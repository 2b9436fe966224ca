// Tests of what must outlive a loss of power.
#include "base/disk.h"

#include <errno.h>

#include "base/test.h"

TEST(disk_syncs_folders_and_says_why_it_cannot)
{
    check(disk_sync_folder("/tmp"));
    check(!disk_sync_folder("/tmp/no-such-folder-of-etalase") && errno == ENOENT);
    check(!disk_sync_folder("/proc/self/status") && errno == ENOTDIR);
}
