// The failing disk: every operation goes to the real VFS, unless it is its turn to fail. Static state is the disk itself:
// SQLite has one list of VFSs a process.
#include "db/faults_kit.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, PATHS_MAX = 16, PATH_SIZE = 300, MAP_VERSION = 3 };

// What a file held before a write that no sync has followed.
typedef struct Undo { i64 offset, n, size_before; u8 *bytes; struct Undo *older; } Undo;
typedef struct Tracked { char path[PATH_SIZE]; Undo *newest; } Tracked;

typedef struct File { sqlite3_file base; sqlite3_file *real; unsigned kind; Tracked *tracked; } File;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *real_vfs, our_vfs;
static Fault wanted;
static i64 seen, failed;
static bool power;
static Tracked tracked_files[PATHS_MAX];

// ------------------------------------------------------------------------------------------------ whose turn it is

static bool fails_how(unsigned op, unsigned kind, FaultHow *how)
{
    pthread_mutex_lock(&lock);
    bool mine = (wanted.ops & op) && (!wanted.files || (wanted.files & kind));
    if (mine) seen++;
    bool now = mine && (seen == wanted.at || (wanted.lasts && seen > wanted.at));
    if (now) failed++;
    *how = wanted.how;
    if (now) errno = wanted.how == FAULT_NO_ROOM ? ENOSPC : EIO;
    pthread_mutex_unlock(&lock);
    return now;
}

static bool fails(unsigned op, unsigned kind)
{
    FaultHow how;
    return fails_how(op, kind, &how);
}

void faults_begin(Fault fault)
{
    pthread_mutex_lock(&lock);
    wanted = fault;
    seen = failed = 0;
    pthread_mutex_unlock(&lock);
}

i64 faults_end(void)
{
    pthread_mutex_lock(&lock);
    wanted = (Fault){ 0 };
    i64 n = failed;
    pthread_mutex_unlock(&lock);
    return n;
}

i64 faults_seen(void)
{
    pthread_mutex_lock(&lock);
    i64 n = seen;
    pthread_mutex_unlock(&lock);
    return n;
}

// ------------------------------------------------------------------------------------------------ what is not synced yet

static void forget(Tracked *t)
{
    for (Undo *u = t->newest; u;) {
        Undo *older = u->older;
        free(u->bytes);
        free(u);
        u = older;
    }
    t->newest = NULL;
}

static Tracked *track(const char *path)
{
    pthread_mutex_lock(&lock);
    Tracked *found = NULL;
    for (i64 i = 0; i < PATHS_MAX && !found; i++)
        if (strcmp(tracked_files[i].path, path) == 0) found = &tracked_files[i];
    for (i64 i = 0; i < PATHS_MAX && !found; i++)
        if (!tracked_files[i].path[0]) found = &tracked_files[i];
    must(found != NULL && strlen(path) < PATH_SIZE);
    snprintf(found->path, PATH_SIZE, "%s", path);
    pthread_mutex_unlock(&lock);
    return found;
}

// Under the lock, before n bytes at `offset` change or (n < 0) the file is cut there.
static void remember(File *f, i64 offset, i64 n)
{
    if (!f->tracked) return;
    Undo *u = calloc(1, sizeof(*u));
    must(u != NULL);
    sqlite3_int64 size = 0;
    f->real->pMethods->xFileSize(f->real, &size);
    i64 end = n < 0 ? size : offset + n < size ? offset + n : size;
    *u = (Undo){ .offset = offset, .n = end > offset ? end - offset : 0, .size_before = size, .older = f->tracked->newest };
    if (u->n) {
        u->bytes = malloc((size_t)u->n);
        must(u->bytes != NULL);
        must(f->real->pMethods->xRead(f->real, u->bytes, (int)u->n, u->offset) == SQLITE_OK);
    }
    f->tracked->newest = u;
}

// Is this sector among those that the power cut takes? The same for every write to it.
static bool lost(u64 seed, i64 sector)
{
    u64 x = seed * 0x9E3779B97F4A7C15u + (u64)sector * 0xBF58476D1CE4E5B9u;
    x ^= x >> 31, x *= 0x94D049BB133111EBu, x ^= x >> 29;
    return x & 1;
}

typedef struct Image { u8 *bytes; i64 n; } Image;

static bool load(const char *path, Image *out)
{
    FILE *f = fopen(path, "rb");
    *out = (Image){ 0 };
    if (!f) return false;
    must(fseek(f, 0, SEEK_END) == 0);
    out->n = ftell(f);
    rewind(f);
    out->bytes = malloc((size_t)out->n + 1);
    must(out->bytes != NULL && fread(out->bytes, 1, (size_t)out->n, f) == (size_t)out->n);
    fclose(f);
    return true;
}

// A cut of the file may have left it longer than it is now.
static void grow(Image *image, i64 n)
{
    if (n <= image->n) return;
    image->bytes = realloc(image->bytes, (size_t)n + 1);
    must(image->bytes != NULL);
    memset(image->bytes + image->n, 0, (size_t)(n - image->n));
    image->n = n;
}

static void undo(Image *image, const Undo *u, u64 seed)
{
    for (i64 i = 0; i < u->n; i++) {
        i64 at = u->offset + i;
        if (!lost(seed, at / SECTOR)) continue;
        grow(image, at + 1);
        image->bytes[at] = u->bytes[i];
    }
}

// Sectors that the file did not have at its last sync: where the cut takes them there are zeroes, or the file ends before.
static void shorten(Image *image, i64 synced_size, u64 seed)
{
    if (image->n <= synced_size) return;
    if (lost(seed, -1)) {
        image->n = synced_size;
        return;
    }
    for (i64 at = synced_size; at < image->n; at++)
        if (lost(seed, at / SECTOR)) image->bytes[at] = 0;
}

static bool cut_one(const char *path, const char *copy, u64 seed)
{
    Image image;
    if (!load(path, &image)) return false;
    for (i64 i = 0; i < PATHS_MAX; i++) {
        if (strcmp(tracked_files[i].path, path) != 0) continue;
        i64 synced_size = image.n;
        for (const Undo *u = tracked_files[i].newest; u; u = u->older) {
            undo(&image, u, seed);
            synced_size = u->size_before;
        }
        shorten(&image, synced_size, seed);
    }
    FILE *f = fopen(copy, "wb");
    must(f != NULL && fwrite(image.bytes, 1, (size_t)image.n, f) == (size_t)image.n && fclose(f) == 0);
    free(image.bytes);
    return true;
}

bool faults_power_cut(const char *database, const char *copy, u64 seed)
{
    char log[PATH_SIZE + 8], log_copy[PATH_SIZE + 8];
    must(power);
    snprintf(log, sizeof(log), "%s-wal", database);
    snprintf(log_copy, sizeof(log_copy), "%s-wal", copy);
    pthread_mutex_lock(&lock);
    bool ok = cut_one(database, copy, seed);
    cut_one(log, log_copy, seed + 1);
    pthread_mutex_unlock(&lock);
    return ok;
}

// ------------------------------------------------------------------------------------------------ a file

static File *file_of(sqlite3_file *f)
{
    return (File *)f;
}

static int file_close(sqlite3_file *file)
{
    File *f = file_of(file);
    return f->real->pMethods ? f->real->pMethods->xClose(f->real) : SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *out, int n, sqlite3_int64 offset)
{
    File *f = file_of(file);
    if (fails(FAULT_READ, f->kind)) return SQLITE_IOERR_READ;
    return f->real->pMethods->xRead(f->real, out, n, offset);
}

static int write_some(File *f, const void *bytes, int n, i64 offset)
{
    pthread_mutex_lock(&lock);
    remember(f, offset, n);
    int code = f->real->pMethods->xWrite(f->real, bytes, n, offset);
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 offset)
{
    File *f = file_of(file);
    FaultHow how;
    if (!fails_how(FAULT_WRITE, f->kind, &how)) return write_some(f, bytes, n, offset);
    if (how != FAULT_ERROR && n > 1) write_some(f, bytes, n / 2, offset);
    errno = how == FAULT_NO_ROOM ? ENOSPC : EIO;
    return how == FAULT_NO_ROOM ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    File *f = file_of(file);
    if (fails(FAULT_TRUNCATE, f->kind)) return SQLITE_IOERR_TRUNCATE;
    pthread_mutex_lock(&lock);
    remember(f, size, -1);
    int code = f->real->pMethods->xTruncate(f->real, size);
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_sync(sqlite3_file *file, int flags)
{
    File *f = file_of(file);
    // What a failed sync has left is unknown: nothing is forgotten, so a power cut may still take it.
    if (fails(FAULT_SYNC, f->kind)) return SQLITE_IOERR_FSYNC;
    int code = f->real->pMethods->xSync(f->real, flags);
    pthread_mutex_lock(&lock);
    if (code == SQLITE_OK && f->tracked) forget(f->tracked);
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    File *f = file_of(file);
    if (fails(FAULT_SIZE, f->kind)) return SQLITE_IOERR_FSTAT;
    return f->real->pMethods->xFileSize(f->real, size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return file_of(file)->real->pMethods->xLock(file_of(file)->real, level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return file_of(file)->real->pMethods->xUnlock(file_of(file)->real, level);
}

static int file_check_lock(sqlite3_file *file, int *out)
{
    return file_of(file)->real->pMethods->xCheckReservedLock(file_of(file)->real, out);
}

static int file_control(sqlite3_file *file, int op, void *arg)
{
    return file_of(file)->real->pMethods->xFileControl(file_of(file)->real, op, arg);
}

static int file_sector(sqlite3_file *file)
{
    return file_of(file)->real->pMethods->xSectorSize(file_of(file)->real);
}

// What a cheap disk promises: nothing about the order of writes, about appending, about what surrounds a torn one.
static int file_traits(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    File *f = file_of(file);
    if (fails(FAULT_SHM, f->kind)) return errno == ENOSPC ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP;
    return f->real->pMethods->xShmMap(f->real, page, size, extend, out);
}

static int shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return file_of(file)->real->pMethods->xShmLock(file_of(file)->real, offset, n, flags);
}

static void shm_barrier(sqlite3_file *file)
{
    file_of(file)->real->pMethods->xShmBarrier(file_of(file)->real);
}

static int shm_unmap(sqlite3_file *file, int remove)
{
    return file_of(file)->real->pMethods->xShmUnmap(file_of(file)->real, remove);
}

// A page out of the map. One whose turn it is to fail is read instead, and that read is the one that fails.
static int file_fetch(sqlite3_file *file, sqlite3_int64 offset, int n, void **out)
{
    File *f = file_of(file);
    pthread_mutex_lock(&lock);
    bool reads_fail = wanted.ops & FAULT_READ;
    pthread_mutex_unlock(&lock);
    *out = NULL;
    return reads_fail ? SQLITE_OK : f->real->pMethods->xFetch(f->real, offset, n, out);
}

static int file_unfetch(sqlite3_file *file, sqlite3_int64 offset, void *page)
{
    return file_of(file)->real->pMethods->xUnfetch(file_of(file)->real, offset, page);
}

static const sqlite3_io_methods METHODS = {
    .iVersion = MAP_VERSION, .xClose = file_close, .xRead = file_read, .xWrite = file_write, .xTruncate = file_truncate,
    .xSync = file_sync, .xFileSize = file_size, .xLock = file_lock, .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock, .xFileControl = file_control, .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits, .xShmMap = shm_map, .xShmLock = shm_lock, .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap, .xFetch = file_fetch, .xUnfetch = file_unfetch,
};

// ------------------------------------------------------------------------------------------------ the disk

static unsigned kind_of(int flags)
{
    return flags & SQLITE_OPEN_MAIN_DB ? FAULT_IN_DATABASE : flags & SQLITE_OPEN_WAL ? FAULT_IN_LOG : FAULT_ELSEWHERE;
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    (void)vfs;
    File *f = file_of(file);
    *f = (File){ .real = (sqlite3_file *)(f + 1), .kind = kind_of(flags) };
    f->real->pMethods = NULL;
    if (fails(FAULT_OPEN, f->kind)) return SQLITE_CANTOPEN;
    int code = real_vfs->xOpen(real_vfs, name, f->real, flags, out_flags);
    if (code != SQLITE_OK) return code;
    f->base.pMethods = &METHODS;
    if (power && name && f->kind != FAULT_ELSEWHERE) f->tracked = track(name);
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    if (fails(FAULT_DELETE, FAULT_ELSEWHERE)) return SQLITE_IOERR_DELETE;
    pthread_mutex_lock(&lock);
    for (i64 i = 0; i < PATHS_MAX; i++)
        if (strcmp(tracked_files[i].path, name) == 0) forget(&tracked_files[i]);
    pthread_mutex_unlock(&lock);
    return real_vfs->xDelete(real_vfs, name, sync);
}

void faults_install(bool with_power)
{
    must(real_vfs == NULL);
    real_vfs = sqlite3_vfs_find(NULL);
    must(real_vfs != NULL);
    our_vfs = *real_vfs;                          // what is not ours is the real one's: it looks at nothing of its own
    our_vfs.szOsFile = (int)sizeof(File) + real_vfs->szOsFile;
    our_vfs.zName = "faults";
    our_vfs.pNext = NULL;
    our_vfs.xOpen = vfs_open;
    our_vfs.xDelete = vfs_delete;
    power = with_power;
    must(sqlite3_vfs_register(&our_vfs, 1) == SQLITE_OK);
}

void faults_remove(void)
{
    faults_end();
    must(real_vfs != NULL && sqlite3_vfs_register(real_vfs, 1) == SQLITE_OK && sqlite3_vfs_unregister(&our_vfs) == SQLITE_OK);
    for (i64 i = 0; i < PATHS_MAX; i++) {
        forget(&tracked_files[i]);
        tracked_files[i].path[0] = 0;
    }
    real_vfs = NULL;
}
