// Tests in C: TEST(name) { check(...); }. A test program's main is test_main; it ends "N passed, N failed".
#pragma once
#include "base/str.h"

typedef struct TestCase { const char *file, *name; void (*run)(void); struct TestCase *next; } TestCase;

void test_register(TestCase *t);
void test_failed(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
// Runs the tests whose "file:name" holds one of the arguments; all without any. Exit code 1 when one failed or none ran.
int  test_main(int argc, char **argv);

#define TEST(name) \
    static void test_##name(void); \
    static TestCase case_##name = { __FILE__, #name, test_##name, NULL }; \
    __attribute__((constructor)) static void register_##name(void) { test_register(&case_##name); } \
    static void test_##name(void)

// A failed check ends nothing: the test runs on and is counted as failed.
#define check(x) ((x) ? (void)0 : test_failed(__FILE__, __LINE__, "%s", #x))
#define check_int(got, want) do { \
    i64 got_ = (i64)(got), want_ = (i64)(want); \
    if (got_ != want_) test_failed(__FILE__, __LINE__, "%s is %lld, not %lld", #got, (long long)got_, (long long)want_); \
} while (0)
#define check_str(got, want) do { \
    Str got_ = (got), want_ = (want); \
    if (!str_eq(got_, want_)) \
        test_failed(__FILE__, __LINE__, "%s is \"%.*s\", not \"%.*s\"", #got, STR_ARG(got_), STR_ARG(want_)); \
} while (0)
