// The runner behind test.h. Its list is static: tests register before main.
#include "base/test.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static TestCase *first;
static int failures_now;

void test_register(TestCase *t)
{
    TestCase **at = &first;
    while (*at && (strcmp((*at)->file, t->file) < 0 || ((*at)->file == t->file))) at = &(*at)->next;
    t->next = *at;
    *at = t;
}

void test_failed(const char *file, int line, const char *format, ...)
{
    failures_now++;
    fprintf(stderr, "  %s:%d: ", file, line);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool is_named(const char *full, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strstr(full, argv[i])) return true;
    return false;
}

// ETALASE_TEST_SLOW=SECONDS names the tests that take longer.
int test_main(int argc, char **argv)
{
    const char *slow = getenv("ETALASE_TEST_SLOW");
    int passed = 0, failed = 0;
    for (TestCase *t = first; t; t = t->next) {
        char full[300];
        snprintf(full, sizeof(full), "%s:%s", t->file, t->name);
        if (argc > 1 && !is_named(full, argc, argv)) continue;
        failures_now = 0;
        double start = now();
        t->run();
        if (slow && now() - start > strtod(slow, NULL)) fprintf(stderr, "slow %6.1f s  %s\n", now() - start, full);
        if (failures_now) fprintf(stderr, "FAILED %s\n", full), failed++;
        else passed++;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed || passed == 0;
}
