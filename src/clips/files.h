// Where uploads and clips lie below the data folder, and how they are made to last or go. Knows no rules, no database.
#pragma once
#include "base/arena.h"
#include "base/err.h"

enum { FILES_KEY_MAX = 64 };

// DATA/uploads/KEY and DATA/media/clips/KEY. A key is letters, digits, '-' and '_' of our own making.
Str files_upload_path(Arena *a, Str data, Str key);
Str files_clip_path(Arena *a, Str data, Str key);

// Opens an upload's file for writing, making it and its folder, and locks it for this writer alone until it is closed.
// ERR_LOCKED while another has it; ERR_DISK.
Err files_open_upload(const char *path, int *fd);
// Writes all n bytes at the end; ERR_DISK.
Err files_append(int fd, const char *bytes, size_t n);
// The size now; 0 when there is no such file yet.
i64 files_size(const char *path);
// Makes the file's bytes and its name last; ERR_DISK.
Err files_keep(const char *path);

// Removes a file. What is not there is removed already. ERR_DISK.
Err files_remove(const char *path);
// Removes a folder of at most two levels with all that is in it, without following links. ERR_DISK when something stays.
Err files_remove_folder(const char *path);
