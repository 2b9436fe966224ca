// The inside of the media child: its line to the server, its sandbox, its jobs. Knows no codec.
#pragma once
#include "media/wire.h"

// A new file of the result, open for writing, or -1.
int  child_file(const char *name);
// Writes all of it; false when the disk is full or gone.
bool child_write(int fd, const void *bytes, size_t n);
bool child_write_file(const char *name, const void *bytes, size_t n);
void child_say_length(i64 ms);
void child_say_progress(i64 permille);
void child_say_done(const WireDone *done);
void child_say_fault(MediaFault fault);

// Limits, no new privileges, nobody instead of root: before any library has seen a byte. False when the kernel refuses.
bool sandbox_limit(i64 memory_bytes);
// From here on: no files, no sockets, no processes. Only threads, memory and the descriptors that are open.
bool sandbox_enter(void);
// Tries in child processes of its own what must be refused, then asks for files by names that must be refused.
// {tries, refused, a bit for each that was not, names, refused}. For the tests.
void sandbox_self_test(WireDone *out);

// sound_bytes: of the file whose sound takes the place of the source's; 0: there is none.
MediaFault clip_run(Arena *a, i64 source_bytes, i64 sound_bytes, bool quick, WireDone *out);
MediaFault picture_run(Arena *a, i64 source_bytes, WireDone *out);
void picture_prepare(void);          // what libvips must load from disk before the sandbox closes
