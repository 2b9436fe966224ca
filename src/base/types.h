// The number types of the whole program and the few macros that every floor may use. Knows nothing above it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
// Here so that the poison below comes after their declarations.
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int64_t i64;
typedef int32_t i32;
typedef uint64_t u64;
typedef uint32_t u32;
typedef uint16_t u16;
typedef uint8_t u8;

#define COUNT(array) ((i64)(sizeof(array) / sizeof((array)[0])))

// A promise about the program itself, never about input. Stays in release builds: a wrong program must stop
// before it writes. Prints file, line and the expression, then aborts.
_Noreturn void must_failed(const char *file, int line, const char *expression);
#define must(x) ((x) ? (void)0 : must_failed(__FILE__, __LINE__, #x))

// The banned: each has a bounded counterpart in str.h, buf.h or arena.h.
#undef alloca
// A third-party header that mentions one is included before this file.
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atoll alloca
