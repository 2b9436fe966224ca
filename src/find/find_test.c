// Search: what is found, in which order, and that no question breaks it.
#include "find/find.h"

#include <unistd.h>

#include "base/test.h"

static const char *const PRODUCTS[][2] = {
    { "Batik shirt for men", "Cotton, hand dyed in Pekalongan. Sizes S to XL." },
    { "Tshirt with print", "Soft cotton, wash at 30." },
    { "Running shoes", "Light shoes for the road; laces included." },
    { "Shoe rack", "Bamboo, for eight pairs of shoes." },
    { "Kopi Gayo 250 g", "Biji kopi dari Aceh, dipanggang minggu ini. Minuman pagi." },
    { "Café au lait bowl", "Stoneware, 300 ml, red." },
    { "Red stoneware plate", "Goes with the bowl. 24 cm." },
    { "Monitor 27 inch", "2560 x 1440. SKU MON-27-QHD." },
    { "Keranjang belanja", "Anyaman rotan untuk berbelanja di pasar." },
    { "Phone case", "Fits the red phone. Not made of stoneware, nor of bamboo." },
};
enum { ALL = 0xFFFF };
enum { N = sizeof(PRODUCTS) / sizeof(*PRODUCTS) };

static Find *shop(void)
{
    bool fresh;
    Find *f = find_open(NULL, &fresh);
    check(f);
    for (i64 i = 0; i < N; i++) {
        FindDoc doc = { .id = i, .title = str_of(PRODUCTS[i][0]), .text = str_of(PRODUCTS[i][1]) };
        check(find_put(f, &doc));
    }
    return f;
}

// The first hit's id, or -1.
static i64 first(Find *f, const char *question, i64 *n)
{
    Arena a = { 0 };
    FindAnswer x = find_ask(f, &a, str_of(question), ALL, 10);
    i64 id = x.n ? x.hit[0].id : -1;
    for (i64 i = 1; i < x.n; i++) check(x.hit[i - 1].score >= x.hit[i].score);
    if (n) *n = x.n;
    arena_free(&a);
    return id;
}

TEST(words_stems_typos_and_joined_words_are_found)
{
    Find *f = shop();
    check_int(first(f, "shoes", NULL), 2);
    check_int(first(f, "shoe", NULL), 3);                   // as written before its stem
    check_int(first(f, "RUNNING SHOE", NULL), 2);
    check_int(first(f, "cafe", NULL), 5);                   // no accent needed
    check_int(first(f, "shirts", NULL), 0);
    check_int(first(f, "t shirt", NULL), 1);
    check_int(first(f, "batikshirt", NULL), 0);
    check_int(first(f, "monitr", NULL), 7);
    check_int(first(f, "stonewear plate", NULL), 6);
    check_int(first(f, "belanja", NULL), 8);
    check_int(first(f, "minum kopi", NULL), 4);             // minuman: Indonesian stem
    check_int(first(f, "mon-27-qhd", NULL), 7);
    check_int(first(f, "red stoneware plate", NULL), 6);
    find_close(f);
}

TEST(phrases_and_without)
{
    Find *f = shop();
    i64 n;
    check_int(first(f, "\"red stoneware\"", &n), 6);
    check_int(n, 1);
    check_int(first(f, "stoneware -red", &n), -1);
    check_int(first(f, "stoneware -phone -plate", &n), 5);
    check_int(n, 1);
    check_int(first(f, "\"plate red\"", &n), -1);
    find_close(f);
}

TEST(a_correction_is_said)
{
    Find *f = shop();
    Arena a = { 0 };
    FindAnswer x = find_ask(f, &a, STR("bamboo monitr"), ALL, 5);
    check(x.corrected);
    check_str(x.taken, STR("bamboo monitor"));
    x = find_ask(f, &a, STR("bamboo"), ALL, 5);
    check(!x.corrected);
    check_int(x.n, 2);
    arena_free(&a);
    find_close(f);
}

TEST(a_document_is_replaced)
{
    Find *f = shop();
    i64 n;
    check(find_put(f, &(FindDoc){ .id = 3, .title = STR("Umbrella stand"), .text = STR("Iron.") }));
    check_int(first(f, "rack", &n), -1);
    check_int(first(f, "umbrella", &n), 3);
    find_close(f);
}

static i64 below(u64 *state, i64 n)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);       // Knuth's
    return (i64)((*state >> 33) % (u64)n);
}

TEST(nonsense_finds_nothing_and_breaks_nothing)
{
    Find *f = shop();
    static const char *const BAD[] = { "", " ", "\"", "\"\"", "\"\"\"", "-", "--", "- -", "*", "NEAR(", "a AND", "OR OR OR",
                                       "title:x", "^",
                                       "{a b}", "😀", "\xff\xfe", "\xc3", "\x1e", "\x1eshoe", "'; DROP TABLE doc; --", "(((((",
                                       "\"a", "ก", "\xe2\x80\x8f\xd7\xa9" };
    for (size_t i = 0; i < sizeof(BAD) / sizeof(*BAD); i++) first(f, BAD[i], NULL);
    u64 state = 1;
    char text[4000];
    for (int round = 0; round < 300; round++) {
        i64 n = below(&state, round % 10 ? 40 : (i64)sizeof(text));
        for (i64 i = 0; i < n; i++) text[i] = "ab -\"*:()\x1e\xc3\xa9\xff\0shoe"[below(&state, 19)];
        Arena a = { 0 };
        FindAnswer x = find_ask(f, &a, (Str){ text, (size_t)n }, ALL, 10);
        check(x.n <= N);
        arena_free(&a);
    }
    check_int(first(f, "shoe", NULL), 3);
    find_close(f);
}

TEST(distances_count_letters)
{
    check_int(find_distance(STR("shoes"), STR("shoes"), 2), 0);
    check_int(find_distance(STR("shoes"), STR("hsoes"), 2), 1);
    check_int(find_distance(STR("shoes"), STR("shos"), 2), 1);
    check_int(find_distance(STR("café"), STR("cafe"), 2), 1);
    check_int(find_distance(STR("abcdef"), STR("uvwxyz"), 2), 3);
    check_int(find_distance(STR(""), STR("ab"), 2), 2);
}

// ---------------------------------------------------------------------------------------------- the file

static Find *file_open(const char *path, bool *fresh)
{
    Find *f = find_open(path, fresh);
    check(f != NULL);
    return f;
}

static void file_path(char *out, size_t room, const char *name)
{
    const char *folder = getenv("ETALASE_TEST_MEMORY");
    snprintf(out, room, "%s/find-%d-%s", folder ? folder : "/tmp", (int)getpid(), name);
}

static void file_gone(const char *path)
{
    char wal[300];
    snprintf(wal, sizeof(wal), "%s-wal", path);
    unlink(path), unlink(wal);
}

TEST(a_file_is_what_was_flushed)
{
    char path[256];
    bool fresh;
    i64 n;
    file_path(path, sizeof(path), "flushed");
    file_gone(path);
    Find *f = file_open(path, &fresh);
    check(fresh);
    check_int(find_mark(f), 0);
    for (i64 i = 0; i < N; i++) {
        FindDoc doc = { .id = i, .kind = 2, .title = str_of(PRODUCTS[i][0]), .text = str_of(PRODUCTS[i][1]), .key = STR("home"),
                        .codes = STR("AB-1 #tag"), .weight = 2.5, .number = { i, -i } };
        check(find_put(f, &doc));
    }
    check(find_remove(f, 2, 4));
    check(find_remove(f, 2, 400));
    check(find_flush(f, 77));
    check(find_put(f, &(FindDoc){ .id = 900, .kind = 2, .title = STR("Umbrella") }));
    check_int(first(f, "umbrella", NULL), 900);
    bool other;
    check(!find_open(path, &other));                        // one at a time
    find_close(f);

    f = file_open(path, &fresh);
    check(!fresh);
    check_int(find_mark(f), 77);
    check_int(first(f, "umbrella", NULL), -1);              // came after the flush
    check_int(first(f, "kopi", NULL), -1);
    check_int(first(f, "belanja", &n), 8);
    check_int(n, 1);
    Arena a = { 0 };
    FindAnswer x = find_ask(f, &a, STR("ab1"), 1 << 2, 20);
    check_int(x.n, N - 1);
    x = find_ask(f, &a, STR("monitr"), 1 << 2, 20);
    check(x.corrected && x.n == 1 && x.hit[0].number[0] == 7 && x.hit[0].number[1] == -7 && x.hit[0].kind == 2);
    check_str(x.hit[0].key, STR("home"));
    check_int(find_ask(f, &a, STR("monitor"), ~(UINT32_C(1) << 2), 20).n, 0);
    check_int(find_size(f).documents, N - 1);
    arena_free(&a);
    find_close(f);
    file_gone(path);
}
