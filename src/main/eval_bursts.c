// `etalase eval bursts CSV`: the burst detector on a series in a file, line by line, as it would have seen it live.
#include <math.h>

#include "base/buf.h"
#include "base/str.h"
#include "main/evals.h"
#include "rank/burst.h"

static const i64 FILE_MAX = (i64)256 << 20;

// "2015-02-26 21:42:53", the same with T, Z or a fraction, "2015-02-26", or seconds since 1970.
static bool read_time(Str s, Time *out)
{
    char text[48];
    s = str_trim(s);
    i64 seconds;
    if (str_to_i64(s, &seconds)) {
        if (seconds < 0 || seconds > INT64_C(253402300799)) return false;
        *out = seconds * SECOND_MS;
        return true;
    }
    if (s.n < 10 || s.n > 40) return false;
    const char *rest = s.n == 10 ? "T00:00:00Z" : "";
    bool zone = s.n > 10 && (s.p[s.n - 1] == 'Z' || str_find(str_slice(s, 11, s.n), STR("+")) >= 0 ||
                             str_find(str_slice(s, 11, s.n), STR("-")) >= 0);
    int n = snprintf(text, sizeof(text), "%.*s%s%s", STR_ARG(s), rest, zone || s.n == 10 ? "" : "Z");
    if (s.n > 10 && text[10] == ' ') text[10] = 'T';
    return n > 0 && time_from_iso((Str){ text, (size_t)n }, out);
}

static bool read_count(Str s, double *out)
{
    char text[64], *end;
    s = str_trim(s);
    if (!s.n || s.n >= sizeof(text)) return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    *out = strtod(text, &end);
    return !*end && isfinite(*out) && *out >= 0;
}

static int bad_line(const char *path, i64 line, const char *what)
{
    fprintf(stderr, "etalase: %s, line %lld: %s\n", path, (long long)line, what);
    return 2;
}

typedef struct Sums { i64 lines, alarms; double highest; } Sums;

static int judge(const char *path, Str text, Sums *sums)
{
    Burst b = { 0 };
    for (i64 line = 1; text.n; line++) {
        Str row = str_trim(str_split(&text, '\n')), value = row;
        if (!row.n) continue;
        Str at = str_split(&value, ',');
        Time t;
        double count;
        if (line == 1 && !read_count(value, &count) && !read_time(at, &t)) {         // a heading
            printf("timestamp,value,score\n");
            continue;
        }
        if (!read_time(at, &t)) return bad_line(path, line, "needs a time such as 2026-01-31 12:05:00, then a comma");
        if (!read_count(value, &count)) return bad_line(path, line, "needs a count, a number that is not below 0");
        if (sums->lines && t < b.last) return bad_line(path, line, "is earlier than the line before");
        BurstScore s = burst_put(&b, t, count);
        printf("%.*s,%.*s,%.6f\n", STR_ARG(str_trim(at)), STR_ARG(str_trim(value)), s.news);
        sums->lines++;
        sums->alarms += s.news >= BURST_ALARM;
        sums->highest = fmax(sums->highest, s.news);
    }
    return 0;
}

int eval_bursts(int n, char **arg)
{
    const char *path[1];
    i64 seed = 1;
    Arg known[] = { { "--seed", ARG_INT, &seed, 0, 9e15 } };
    Args args = { .known = known, .n_known = 1, .rest = path, .rest_max = 1 };
    if (!args_read(n, arg, &args)) return 2;
    if (args.n_rest != 1) {
        fprintf(stderr, "etalase: eval bursts needs a file of lines timestamp,value\n");
        return 2;
    }
    double begin = seconds_now();
    Arena arena = { 0 };
    Str text;
    Sums sums = { 0 };
    int code = read_whole_file(&arena, path[0], FILE_MAX, &text) ? judge(path[0], text, &sums) : 2;
    if (code == 0 && sums.lines == 0) code = bad_line(path[0], 1, "there is nothing to judge");
    if (code == 0)
        printf("{\"measure\":\"bursts\",\"lines\":%lld,\"alarms\":%lld,\"alarm_from\":%.2f,\"highest\":%.6f,\"seed\":%lld,"
               "\"seconds\":%.3f}\n", (long long)sums.lines, (long long)sums.alarms, BURST_ALARM, sums.highest, (long long)seed,
               seconds_now() - begin);
    arena_free(&arena);
    return code;
}
