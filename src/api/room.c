// Room on the disk that the data folder lies on. Knows neither what is written there nor by whom.
#include <errno.h>
#include <sys/statvfs.h>

#include "api/app.h"
#include "base/log.h"

// Bytes that one stream of a body may write without looking anew: little beside the floor, also with all connections at it.
enum { ROOM_LOOK_BYTES = 4 * 1024 * 1024 };

Err app_room(const App *app, i64 bytes)
{
    char path[4096];
    struct statvfs s;
    snprintf(path, sizeof(path), "%.*s", STR_ARG(app->data));
    if (statvfs(path, &s) != 0) {
        log_event(LOG_ERROR, (Str){ 0 }, "disk", "statvfs %s: %s", path, strerror(errno));
        return ERR_DISK;
    }
    i64 blocks = (app->disk_floor + bytes) / (i64)s.f_frsize;
    return (i64)s.f_bavail > blocks ? ERR_OK : ERR_DISK;
}

Err app_room_on(const App *app, i64 *unlooked, size_t bytes)
{
    *unlooked -= (i64)bytes;
    if (*unlooked >= 0) return ERR_OK;
    *unlooked = ROOM_LOOK_BYTES;
    return app_room(app, (i64)bytes);
}
