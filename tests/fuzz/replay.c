// Runs one fuzz target over every file of the folders it is given, without a fuzzer. A fault ends the program.
#include "base/types.h"

#include <dirent.h>

enum { INPUT_MAX = 1024 * 1024 };

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

// The input has an allocation of its own, exactly as long as it is: a sanitizer then sees one byte too far.
static bool replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    char *all = malloc(INPUT_MAX);
    must(all != NULL);
    size_t n = fread(all, 1, INPUT_MAX, f);
    bool whole = feof(f) && !ferror(f);
    fclose(f);
    u8 *exact = malloc(n ? n : 1);
    must(exact != NULL);
    if (n) memcpy(exact, all, n);
    free(all);
    if (whole) LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return whole;
}

static bool replay_folder(const char *path, int *passed, int *failed)
{
    DIR *d = opendir(path);
    if (!d) return false;
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        char full[4096];
        int n = snprintf(full, sizeof(full), "%s/%s", path, e->d_name);
        bool ok = n > 0 && (size_t)n < sizeof(full) && replay_file(full);
        if (!ok) fprintf(stderr, "could not be read whole: %s/%s\n", path, e->d_name);
        *(ok ? passed : failed) += 1;
    }
    closedir(d);
    return true;
}

int main(int argc, char **argv)
{
    int passed = 0, failed = 0;
    for (int i = 1; i < argc; i++) {
        if (replay_folder(argv[i], &passed, &failed)) continue;
        fprintf(stderr, "no such folder: %s\n", argv[i]);
        failed++;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed || passed == 0;
}
