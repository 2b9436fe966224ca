// Files that are damaged, wrong, or made to do harm, and children that die: a plain fault each, and nothing left behind.
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "media/run.h"
#include "media/test_kit.h"

static const char SMALL[] = "-f lavfi -i testsrc2=s=160x284:r=15 -f lavfi -i sine -t 2 -c:v libx264 -preset ultrafast "
                            "-pix_fmt yuv420p -c:a aac";

TEST(what_is_no_video_is_refused)
{
    kit_shell(": > empty.mp4; head -c 300000 /dev/urandom > random.mp4; yes 'Once upon a time' | head -c 100000 > text.mp4");
    kit_make("picture.png", "-f lavfi -i testsrc2=s=320x240 -frames:v 1");
    kit_shell("cp picture.png picture.mp4; printf '<svg xmlns=\"http://www.w3.org/2000/svg\"/>' > drawing.mp4; printf x > "
              "one.mp4");
    check_fault("empty.mp4", MEDIA_EMPTY);
    check_fault("random.mp4", MEDIA_NOT_MEDIA);
    check_fault("text.mp4", MEDIA_NOT_MEDIA);
    check_fault("picture.mp4", MEDIA_NOT_MEDIA);
    check_fault("drawing.mp4", MEDIA_NOT_MEDIA);
    check_fault("one.mp4", MEDIA_NOT_MEDIA);
}

TEST(sound_alone_is_no_video)
{
    kit_make("sound.m4a", "-f lavfi -i sine -t 2 -c:a aac");
    kit_make("picture.png", "-f lavfi -i testsrc2=s=320x240 -frames:v 1");
    kit_make("cover.mp3", "-f lavfi -i sine -i picture.png -t 2 -map 0 -map 1 -c:v copy -c:a libmp3lame");
    check_fault("sound.m4a", MEDIA_NO_VIDEO);
    check_fault("cover.mp3", MEDIA_NO_VIDEO);
}

TEST(clips_of_wrong_length_are_refused)
{
    kit_make("frame.mp4", "-f lavfi -i testsrc2=s=160x160:r=30 -frames:v 1 -c:v libx264 -pix_fmt yuv420p");
    kit_make("long.mkv", "-f lavfi -i color=red:s=16x16:r=1 -t 10800 -c:v mpeg4");
    // The same without a length in its head, and one of far too many frames.
    kit_make("silent-about-it.mkv", "-i long.mkv -t 1200 -c copy -f matroska -live 1");
    kit_make("fast.mkv", "-f lavfi -i color=red:s=16x16:r=1000 -t 150 -c:v mpeg4");
    check_fault("frame.mp4", MEDIA_TOO_SHORT);
    check_fault("long.mkv", MEDIA_TOO_LONG);
    check_fault("silent-about-it.mkv", MEDIA_TOO_LONG);
    check_fault("fast.mkv", MEDIA_TOO_LONG);
}

// Changes the bytes at `at` of the file, counted from the first place of `after`.
static void patch(const char *name, const char *after, i64 at, const void *bytes, size_t n)
{
    Arena a = { 0 };
    int fd = open(arena_cstr(&a, kit_path(&a, name)), O_RDWR);
    struct stat s;
    must(fd >= 0 && fstat(fd, &s) == 0);
    char *all = arena_alloc(&a, (size_t)s.st_size);
    must(pread(fd, all, (size_t)s.st_size, 0) == s.st_size);
    i64 found = str_find((Str){ all, (size_t)s.st_size }, str_of(after));
    must(found >= 0);
    must(pwrite(fd, bytes, n, found + at) == (ssize_t)n);
    close(fd);
    arena_free(&a);
}

TEST(pictures_that_claim_too_much_are_refused_unseen)
{
    Arena a = { 0 };
    kit_shell("python3 -c \"import sys, zlib, struct\n"
              "def part(kind, body): return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind "
              "+ body))\n"
              "rows = zlib.compress(bytes(2501) * 20000)\n"
              "sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n' + part(b'IHDR', struct.pack('>IIBBBBB', 20000, 20000, 1, "
              "0, 0, 0, 0)) + "
              "part(b'IDAT', rows) + part(b'IEND', b''))\" > huge.png");
    Conversion c = kit_picture(&a, "huge.png");
    kit_check_fault(__FILE__, __LINE__, "huge.png", c.fault, MEDIA_TOO_LARGE_PICTURE, c.folder);
    // A container whose head says 20,000 x 20,000.
    kit_make("huge.avi", "-f lavfi -i testsrc2=s=160x284:r=15 -t 2 -c:v mpeg4");
    patch("huge.avi", "strf", 12, "\x20\x4e\0\0\x20\x4e\0\0", 8);
    check_fault("huge.avi", MEDIA_TOO_LARGE_PICTURE);
    arena_free(&a);
}

TEST(a_clip_cut_anywhere_is_refused)
{
    kit_make("small.mp4", SMALL);
    kit_make("head-first.mp4", "-i small.mp4 -c copy -movflags +faststart");
    kit_make("longer.mkv", "-f lavfi -i testsrc2=s=96x96:r=15 -f lavfi -i sine -t 8 -c:v mpeg4 -c:a aac");
    const char *const names[] = { "small.mp4", "head-first.mp4" };
    for (int n = 0; n < 2; n++) {
        for (int tenth = 1; tenth < 10; tenth++) {
            kit_shell("head -c $(( $(stat -c %%s %s) * %d / 10 )) %s > cut.mp4", names[n], tenth, names[n]);
            check_fault("cut.mp4", MEDIA_CUT);
        }
    }
    for (int tenth = 1; tenth < 9; tenth += 2) {
        kit_shell("head -c $(( $(stat -c %%s longer.mkv) * %d / 10 )) longer.mkv > cut.mkv", tenth);
        check_fault("cut.mkv", MEDIA_CUT);
    }
}

TEST(damaged_bytes_never_break_more_than_the_clip)
{
    Arena a = { 0 };
    kit_make("small.mp4", SMALL);
    for (int seed = 0; seed < 12; seed++) {
        // Every 200th to 2,000th byte is changed, in the head of some, in the pictures of others.
        kit_shell("python3 -c \"import random\nr = random.Random(%d)\nb = bytearray(open('small.mp4', 'rb').read())\n"
                  "for i in range(len(b) // r.choice([200, 2000])): b[r.randrange(64 if %d %% 2 else 5000, len(b))] = "
                  "r.randrange(256)\n"
                  "open('damaged.mp4', 'wb').write(b)\"", seed, seed);
        Conversion c = kit_clip(&a, "damaged.mp4");
        if (c.fault == MEDIA_OK) {
            check(kit_exists(arena_format(&a, "%s/master.m3u8", c.folder.p)));
            kit_shell("rm -rf out/damaged.mp4");
        } else check(c.err == ERR_BAD_MEDIA);
        check(!kit_exists(arena_format(&a, "%s.part", c.folder.p)));
    }
    arena_free(&a);
}

// Playlists and scripts that point elsewhere: nothing connects to the listener, nothing of the file is found.
TEST(no_file_leads_anywhere_else)
{
    Arena a = { 0 };
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof(at);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    must(bind(listener, (struct sockaddr *)&at, size) == 0 && listen(listener, 8) == 0);
    must(getsockname(listener, (struct sockaddr *)&at, &size) == 0);
    int port = ntohs(at.sin_port);
    kit_make("small.mp4", SMALL);
    kit_shell("printf '#EXTM3U\\n#EXT-X-TARGETDURATION:2\\n#EXTINF:2,\\nhttp://127.0.0.1:%d/a.ts\\n#EXTINF:2,\\n/etc/passwd\\n"
              "#EXT-X-ENDLIST\\n' > list.mp4", port);
    kit_shell("printf \"ffconcat version 1.0\\nfile '$PWD/small.mp4'\\nfile /etc/passwd\\nfile http://127.0.0.1:%d/b\\n\" "
              "> script.mp4", port);
    kit_shell("printf '<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
              "profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\"><Period>"
              "<AdaptationSet><Representation id=\"1\"><BaseURL>http://127.0.0.1:%d/c</BaseURL></Representation></AdaptationSet>"
              "</Period></MPD>' > manifest.mp4", port);
    kit_shell("printf 'v=0\\no=- 0 0 IN IP4 127.0.0.1\\ns=x\\nc=IN IP4 127.0.0.1\\nt=0 0\\nm=video %d RTP/AVP 96\\n"
              "a=rtpmap:96 H264/90000\\n' > session.mp4", port);
    check_fault("list.mp4", MEDIA_NOT_MEDIA);
    check_fault("script.mp4", MEDIA_NOT_MEDIA);
    check_fault("manifest.mp4", MEDIA_NOT_MEDIA);
    check_fault("session.mp4", MEDIA_NOT_MEDIA);
    check(accept(listener, NULL, NULL) < 0 && errno == EAGAIN);
    close(listener);
    arena_free(&a);
}

TEST(the_walls_hold)
{
    Arena a = { 0 };
    kit_shell(": > empty.mp4; rm -rf walls; mkdir walls");
    const char *source = arena_cstr(&a, kit_path(&a, "empty.mp4")), *walls = arena_cstr(&a, kit_path(&a, "walls"));
    MediaRun run = { .job = "self-test", .source_fd = open(source, O_RDONLY | O_CLOEXEC),
                     .directory_fd = open(walls, O_RDONLY | O_CLOEXEC) };
    check_int(media_run(&run), MEDIA_OK);
    check_int(run.done.v[0], 14);            // tries: exec, fork, open, create, delete, socket, …
    check_int(run.done.v[1], 14);            // refused
    check_int(run.done.v[2], 0);             // a bit for each that was not
    check_int(run.done.v[3], 14);            // names of files outside of the folder, or of a wrong shape
    check_int(run.done.v[4], 14);
    check_int(kit_number("find walls -type f | wc -l"), 1);
    close(run.source_fd);
    close(run.directory_fd);
    arena_free(&a);
}

// The youngest child of `parent` that runs etalase-media, or 0.
static pid_t media_pid(pid_t parent)
{
    pid_t found = 0;
    DIR *proc = opendir("/proc");
    must(proc != NULL);
    for (struct dirent *e = readdir(proc); e; e = readdir(proc)) {
        char path[300], line[300] = "";
        int pid = 0, above = 0;
        snprintf(path, sizeof(path), "/proc/%s/stat", e->d_name);
        FILE *f = e->d_name[0] >= '0' && e->d_name[0] <= '9' ? fopen(path, "r") : NULL;
        if (!f) continue;
        bool read = fgets(line, sizeof(line), f) != NULL;
        fclose(f);
        if (read && sscanf(line, "%d (etalase-media) %*c %d", &pid, &above) == 2 && above == parent) found = pid;
    }
    closedir(proc);
    return found;
}

// A dead process that nobody has waited for yet does not run.
static bool runs(pid_t pid)
{
    char path[64], line[300] = "", state = 'X';
    snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f) return false;
    if (fgets(line, sizeof(line), f)) sscanf(line, "%*d (etalase-media) %c", &state);
    fclose(f);
    return state != 'Z' && state != 'X';
}

static void *kill_soon(void *context)
{
    pid_t *killed = context;
    for (int i = 0; i < 3000 && !*killed; i++) {
        pid_t pid = media_pid(getpid());
        if (pid) {
            usleep(600 * 1000);              // in the midst of its work
            kill(pid, SIGKILL);
            *killed = pid;
        }
        usleep(1000);
    }
    return NULL;
}

static void make_slow(void)
{
    kit_make("slow.mp4", "-f lavfi -i testsrc2=s=720x1280:r=30 -f lavfi -i sine -t 5 -c:v libx264 -preset ultrafast "
             "-pix_fmt yuv420p -c:a aac");
}

TEST(a_killed_conversion_can_be_tried_again)
{
    Arena a = { 0 };
    pthread_t killer;
    pid_t killed = 0;
    make_slow();
    must(pthread_create(&killer, NULL, kill_soon, &killed) == 0);
    Conversion c = kit_clip(&a, "slow.mp4");
    pthread_join(killer, NULL);
    check(killed > 0);
    check_int(c.err, ERR_BUSY);
    kit_check_fault(__FILE__, __LINE__, "slow.mp4", c.fault, MEDIA_KILLED, c.folder);
    c = kit_clip(&a, "slow.mp4");
    check_int(c.fault, MEDIA_OK);
    check_int(c.clip.duration_ms, 5000);
    arena_free(&a);
}

TEST(the_child_dies_with_its_server_and_the_next_run_cleans_up)
{
    Arena a = { 0 };
    make_slow();
    kit_shell("cp slow.mp4 orphan.mp4");
    pid_t server = fork();
    if (server == 0) {
        kit_clip(&a, "orphan.mp4");
        _exit(0);
    }
    pid_t child = 0;
    for (int i = 0; i < 3000 && !child; i++, usleep(1000)) child = media_pid(server);
    usleep(500 * 1000);
    check(child > 0);
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    bool gone = false;
    for (int i = 0; i < 5000 && !gone; i++, usleep(1000)) gone = !runs(child);
    check(gone);
    check(kit_exists(kit_path(&a, "out/orphan.mp4.part")));
    check(!kit_exists(kit_path(&a, "out/orphan.mp4")));
    Conversion c = kit_clip(&a, "orphan.mp4");
    check_int(c.fault, MEDIA_OK);
    check(!kit_exists(kit_path(&a, "out/orphan.mp4.part")));
    arena_free(&a);
}

TEST(a_full_disk_is_said_and_leaves_nothing)
{
    Arena a = { 0 };
    make_slow();
    kit_shell("cp slow.mp4 full.mp4");
    // A limit on the size of files stands for the disk: the same error of write, without the right to mount one.
    pid_t small = fork();
    if (small == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){ .rlim_cur = 64 * 1024, .rlim_max = 64 * 1024 });
        Conversion c = kit_clip(&a, "full.mp4");
        _exit(c.err == ERR_BUSY ? 50 + (int)c.fault : 1);
    }
    int status = 0;
    waitpid(small, &status, 0);
    check(WIFEXITED(status));
    MediaFault fault = (MediaFault)(WEXITSTATUS(status) - 50);
    kit_check_fault(__FILE__, __LINE__, "full.mp4", fault, MEDIA_DISK, kit_path(&a, "out/full.mp4"));
    arena_free(&a);
}

// What is said of a clip with another's sound by a process that may have no more than these.
static MediaFault fault_over(Str sound, rlim_t file_bytes, rlim_t files)
{
    pid_t poor = fork();
    if (poor == 0) {
        Arena a = { 0 };
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){ .rlim_cur = file_bytes, .rlim_max = file_bytes });
        setrlimit(RLIMIT_NOFILE, &(struct rlimit){ .rlim_cur = files, .rlim_max = files });
        _exit((int)kit_clip_over(&a, "other.mp4", sound, "over-poor.mp4").fault);
    }
    int status = 0;
    waitpid(poor, &status, 0);
    check(WIFEXITED(status));
    return (MediaFault)WEXITSTATUS(status);
}

TEST(a_sound_that_cannot_be_read_now_is_not_gone)
{
    Arena a = { 0 };
    kit_make("small.mp4", SMALL);
    kit_shell("cp small.mp4 other.mp4");
    Conversion sound = kit_clip(&a, "small.mp4");
    check_int(sound.fault, MEDIA_OK);
    check_int(fault_over(sound.folder, 1000, 64), MEDIA_DISK);
    check_int(fault_over(sound.folder, 1000000, 3), MEDIA_DISK);
    check_int(fault_over(STR("/nowhere"), 1000, 64), MEDIA_SOUND_GONE);
    check(media_fault_may_pass(MEDIA_DISK) && !media_fault_may_pass(MEDIA_SOUND_GONE));
    arena_free(&a);
}

TEST(what_takes_too_long_is_stopped)
{
    Arena a = { 0 };
    make_slow();
    kit_shell("cp slow.mp4 too-slow.mp4");
    pid_t poor = fork();
    if (poor == 0) {                         // a second of CPU time, which the child inherits
        setrlimit(RLIMIT_CPU, &(struct rlimit){ .rlim_cur = 1, .rlim_max = 100 });
        Conversion c = kit_clip(&a, "too-slow.mp4");
        _exit(c.err == ERR_BUSY ? 50 + (int)c.fault : 1);
    }
    int status = 0;
    waitpid(poor, &status, 0);
    check(WIFEXITED(status));
    MediaFault fault = (MediaFault)(WEXITSTATUS(status) - 50);
    kit_check_fault(__FILE__, __LINE__, "too-slow.mp4", fault, MEDIA_TOO_SLOW, kit_path(&a, "out/too-slow.mp4"));
    arena_free(&a);
}

TEST(a_child_cannot_move_its_end_away)
{
    Arena a = { 0 };
    kit_shell(": > empty.mp4; rm -rf stall; mkdir stall");
    const char *source = arena_cstr(&a, kit_path(&a, "empty.mp4")), *stall = arena_cstr(&a, kit_path(&a, "stall"));
    MediaRun run = { .job = "self-test-stall", .wall_ms = 3000, .source_fd = open(source, O_RDONLY | O_CLOEXEC),
                     .directory_fd = open(stall, O_RDONLY | O_CLOEXEC) };
    i64 began = clock_monotonic_us();
    check_int(media_run(&run), MEDIA_TOO_SLOW);
    check(clock_monotonic_us() - began < 8 * 1000000);
    close(run.source_fd);
    close(run.directory_fd);
    arena_free(&a);
}

TEST(every_fault_has_its_words)
{
    for (int f = MEDIA_OK; f < MEDIA_FAULT_COUNT; f++) {
        check(media_fault_slug((MediaFault)f) && strlen(media_fault_text((MediaFault)f)) > 5);
        for (int g = MEDIA_OK; g < f; g++) check(strcmp(media_fault_slug((MediaFault)f), media_fault_slug((MediaFault)g)) != 0);
    }
    check(media_fault_may_pass(MEDIA_KILLED) && !media_fault_may_pass(MEDIA_DECODE));
}
