// For bench/transcode: converts one clip as the server does and prints the CPU seconds that it took. Knows no server.
#include "media/media.h"

#include <sys/resource.h>

int main(int argc, char **argv)
{
    MediaClip clip;
    MediaFault fault;
    if (argc != 3) {
        fprintf(stderr, "usage: bench-transcode SOURCE FOLDER\n");
        return 2;
    }
    MediaOrder order = { .source = str_of(argv[1]), .directory = str_of(argv[2]) };
    Err e = media_transcode(&order, &clip, &fault);
    if (e != ERR_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], media_fault_text(fault));
        return 1;
    }
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    double user = (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6;
    double sys = (double)used.ru_stime.tv_sec + (double)used.ru_stime.tv_usec / 1e6;
    printf("%.2f %ld\n", user + sys, used.ru_maxrss / 1024);
    return 0;
}
