// The index's file: what was flushed is there, what is broken is noticed, and no two programs have it.
#include "find/find.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/test.h"

enum { N = 60 };

static void file_path(char *out, size_t room, const char *name)
{
    const char *folder = getenv("ETALASE_TEST_MEMORY");
    snprintf(out, room, "%s/find-%d-%s", folder ? folder : "/tmp", (int)getpid(), name);
}

static void file_gone(const char *path)
{
    char wal[300];
    snprintf(wal, sizeof(wal), "%s-wal", path);
    unlink(path), unlink(wal);
}

static void put(Find *f, i64 id, const char *title)
{
    FindDoc doc = { .id = id, .kind = 2, .title = str_of(title), .text = STR("Keranjang belanja, running shoes"),
                    .key = STR("home"), .codes = STR("AB-1 #tag"), .weight = 2.5, .number = { id, -id } };
    check(find_put(f, &doc));
}

static i64 found(Find *f, const char *question)
{
    Arena a = { 0 };
    i64 n = find_ask(f, &a, str_of(question), 0xFFFF, 1000).n;
    arena_free(&a);
    return n;
}

// N documents, flushed with mark 77.
static void fill(const char *path)
{
    bool fresh;
    file_gone(path);
    Find *f = find_open(path, &fresh);
    check(f && fresh && find_mark(f) == 0);
    for (i64 i = 0; i < N; i++) {
        char title[40];
        snprintf(title, sizeof(title), "Batik shirt number%lld", (long long)i);
        put(f, i, title);
    }
    check(find_flush(f, 77));
    find_close(f);
}

TEST(a_file_is_what_was_flushed)
{
    char path[256];
    bool fresh;
    file_path(path, sizeof(path), "flushed");
    fill(path);
    Find *f = find_open(path, &fresh);
    check(f && !fresh);
    check_int(find_mark(f), 77);
    check(find_remove(f, 2, 4) && find_remove(f, 2, 400) && find_flush(f, 78));
    put(f, 900, "Umbrella");
    check_int(found(f, "umbrella"), 1);
    bool other;
    check(!find_open(path, &other));                        // one at a time
    find_close(f);

    f = find_open(path, &fresh);
    check(f && !fresh);
    check_int(find_mark(f), 78);
    check_int(found(f, "umbrella"), 0);                     // came after the flush
    check_int(found(f, "\"number4\""), 0);
    check_int(found(f, "shirts"), N - 1);                   // stems are there, too
    check_int(found(f, "ab1"), N - 1);
    Arena a = { 0 };
    FindAnswer x = find_ask(f, &a, STR("nunber7"), 1 << 2, 20);
    check(x.corrected && x.n >= 1 && x.hit[0].number[0] == 7 && x.hit[0].number[1] == -7 && x.hit[0].kind == 2);
    check_str(x.hit[0].key, STR("home"));
    arena_free(&a);
    put(f, 7, "Umbrella");                                  // put anew after it was read
    check(find_flush(f, 79));
    find_close(f);
    f = find_open(path, &fresh);
    check(f && !fresh && found(f, "\"number7\"") == 0 && found(f, "umbrella") == 1);
    find_close(f);
    file_gone(path);
}

static i64 below(u64 *state, i64 n)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);       // Knuth's
    return (i64)((*state >> 33) % (u64)n);
}

static size_t read_file(const char *path, char *out, size_t room)
{
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(out, 1, room, f) : 0;
    if (f) fclose(f);
    return n;
}

static void write_file(const char *path, const char *p, size_t n)
{
    FILE *f = fopen(path, "wb");
    check(f && fwrite(p, 1, n, f) == n);
    if (f) fclose(f);
}

// Either everything is as it was, or it says that it is empty; and it can be filled and flushed.
static bool opened_fresh(const char *path)
{
    bool fresh;
    Find *f = find_open(path, &fresh);
    check(f != NULL);
    if (!f) return false;
    check_int(find_size(f).documents, fresh ? 0 : N);
    check_int(find_mark(f), fresh ? 0 : 77);
    if (!fresh) check(found(f, "batik") == N && found(f, "\"number31\"") == 1 && found(f, "shoe") == N);
    put(f, 1, "Batik shirt number1");
    check(find_flush(f, 77));
    find_close(f);
    return fresh;
}

TEST(a_broken_file_is_noticed)
{
    enum { ROOM = 1 << 20, FLIPS = 150 };
    char path[256];
    char *whole = malloc(ROOM), *broken = malloc(ROOM);
    must(whole && broken);
    file_path(path, sizeof(path), "broken");
    fill(path);
    size_t n = read_file(path, whole, ROOM);
    check(n > 10000 && n < ROOM);
    check(!opened_fresh(path));
    u64 state = 5;
    i64 noticed = 0;
    for (int i = 0; i < FLIPS; i++) {
        memcpy(broken, whole, n);
        broken[below(&state, (i64)n)] ^= (char)(1 << below(&state, 8));
        file_gone(path);
        write_file(path, broken, n);
        noticed += opened_fresh(path);
    }
    check(noticed > FLIPS / 4);                             // the rest fell on bytes that say nothing
    for (size_t cut = 0; cut < n; cut += n / 7) {
        file_gone(path);
        write_file(path, whole, cut);
        check(opened_fresh(path));
    }
    file_gone(path);
    write_file(path, "This is no index, but a letter to somebody.", 43);
    check(opened_fresh(path));
    file_gone(path);
    free(whole), free(broken);
    bool fresh;
    check(!find_open("/nowhere/at/all/index", &fresh));
}

// What a power cut leaves: the file and its log as they are while something is put.
TEST(half_written_is_as_flushed)
{
    enum { ROOM = 1 << 21 };
    char path[256], wal[300], copy[256], copy_wal[300];
    char *bytes = malloc(ROOM);
    must(bytes);
    file_path(path, sizeof(path), "half"), file_path(copy, sizeof(copy), "half-copy");
    snprintf(wal, sizeof(wal), "%s-wal", path), snprintf(copy_wal, sizeof(copy_wal), "%s-wal", copy);
    fill(path);
    bool fresh;
    Find *f = find_open(path, &fresh);
    put(f, 500, "Lantern");
    check(find_flush(f, 90));
    for (i64 i = 0; i < 400; i++) put(f, 1000 + i, "Umbrella");
    write_file(copy, bytes, read_file(path, bytes, ROOM));
    size_t log = read_file(wal, bytes, ROOM);
    check(log > 0);
    for (size_t cut = log; cut > log / 4; cut -= log / 5) {
        write_file(copy_wal, bytes, cut);
        Find *g = find_open(copy, &fresh);
        check(g != NULL);
        if (!g) break;
        check(!fresh && found(g, "umbrella") == 0 && found(g, "batik") == N);
        check_int(find_mark(g), found(g, "lantern") ? 90 : 77);
        find_close(g);
        if (cut == log) write_file(copy, bytes, 0), fill(copy);
    }
    find_close(f);
    file_gone(path), file_gone(copy);
    free(bytes);
}

// The disk is full for a while: the answer is no, questions go on, and the next flush that can be done has everything.
TEST(a_full_disk_loses_nothing)
{
    char path[256];
    bool fresh;
    file_path(path, sizeof(path), "full");
    fill(path);
    Find *f = find_open(path, &fresh);
    check(f && !fresh);
    struct rlimit was, small = { 1000, 1000 };
    check_int(getrlimit(RLIMIT_FSIZE, &was), 0);
    small.rlim_max = was.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    check_int(setrlimit(RLIMIT_FSIZE, &small), 0);
    put(f, 700, "Lantern");
    check(!find_flush(f, 80));
    check_int(setrlimit(RLIMIT_FSIZE, &was), 0);
    signal(SIGXFSZ, handler);
    check_int(find_mark(f), 77);
    check_int(found(f, "lantern"), 1);
    check(find_flush(f, 81));
    put(f, 701, "Umbrella");
    check(find_flush(f, 82));
    find_close(f);
    f = find_open(path, &fresh);
    check(f && !fresh && find_mark(f) == 82 && found(f, "lantern") == 1 && found(f, "umbrella") == 1 && found(f, "batik") == N);
    find_close(f);
    file_gone(path);
}
