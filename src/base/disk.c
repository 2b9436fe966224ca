// See disk.h. Knows no file that is being written.
#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool disk_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fsync(fd) == 0;
    int error = errno;
    close(fd);
    errno = error;
    return ok;
}
