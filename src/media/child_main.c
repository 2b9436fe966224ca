// etalase-media: reads hostile pictures and video for the server, behind walls. Knows no database, no HTTP, no path.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/child.h"

enum {
    CLIP_MEMORY = 1536 * 1024 * 1024,        // 4K HEVC of 10 bit takes about 700 MB with three encoders
    PICTURE_MEMORY = 768 * 1024 * 1024,      // 50 million pixels of RGBA take 200 MB, of 16 bit twice that
};

static MediaFault work(const char *job, bool quick, i64 bytes, WireDone *done)
{
    Arena a = { 0 };                         // of the whole process: nothing is given back before it ends
    struct stat sound = { 0 };
    bool over = strcmp(job, "clip-over") == 0, clip = over || strcmp(job, "clip") == 0;
    if (over && (fstat(WIRE_SOUND_FD, &sound) != 0 || sound.st_size == 0)) return MEDIA_SOUND_GONE;
    if (!sandbox_limit(clip ? CLIP_MEMORY : PICTURE_MEMORY)) _exit(WIRE_NO_WALLS);
    if (!clip) picture_prepare();
    if (!sandbox_enter()) _exit(WIRE_NO_WALLS);
    return clip ? clip_run(&a, bytes, sound.st_size, quick, done) : picture_run(&a, bytes, done);
}

// What an enemy would do with this process to keep its server waiting: for a test of that server.
static void stall(void)
{
    enum { TIMES = 100, PAUSE_US = 100 * 1000 };
    for (int i = 0; i < TIMES; i++, usleep(PAUSE_US)) child_say_length(MEDIA_CLIP_MAX_MS);
}

int main(int argc, char **argv)
{
    struct stat line, source;
    bool quick = argc == 3 && strcmp(argv[2], "quick") == 0;
    const char *job = argc == 2 || quick ? argv[1] : "";
    bool known = strcmp(job, "clip") == 0 || strcmp(job, "clip-over") == 0 ||
                 strcmp(job, "picture") == 0 || strcmp(job, "self-test") == 0 || strcmp(job, "self-test-stall") == 0;
    if (!known || fstat(WIRE_FD, &line) != 0 || !S_ISSOCK(line.st_mode) || fstat(WIRE_SOURCE_FD, &source) != 0) {
        fprintf(stderr, "etalase-media converts pictures and video. Only `etalase serve` starts it.\n");
        return 2;
    }
    WireDone done = { 0 };
    MediaFault fault = MEDIA_OK;
    if (strcmp(job, "self-test") == 0) {
        if (!sandbox_limit(PICTURE_MEMORY)) _exit(WIRE_NO_WALLS);
        sandbox_self_test(&done);
    } else if (strcmp(job, "self-test-stall") == 0) stall();
    else fault = work(job, quick, source.st_size, &done);
    if (fault == MEDIA_OK) child_say_done(&done);
    else child_say_fault(fault);
    // Without exit handlers: the libraries' would free what the process is about to give back anyway.
    _exit(0);
}
