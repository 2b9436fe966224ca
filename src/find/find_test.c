// Search: what is found, in which order, and that no question breaks it.
#include "find/find.h"

#include <pthread.h>
#include <stdatomic.h>

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

// The whole table, every cell of it.
static int plain_distance(Str x, Str y)
{
    int d[32][32];
    for (int i = 0; i <= (int)x.n; i++)
        for (int j = 0; j <= (int)y.n; j++) {
            if (!i || !j) {
                d[i][j] = i + j;
                continue;
            }
            int least = d[i - 1][j] < d[i][j - 1] ? d[i - 1][j] + 1 : d[i][j - 1] + 1;
            int change = d[i - 1][j - 1] + (x.p[i - 1] != y.p[j - 1]);
            least = change < least ? change : least;
            bool crossed = i > 1 && j > 1 && x.p[i - 1] == y.p[j - 2] && x.p[i - 2] == y.p[j - 1];
            if (crossed && d[i - 2][j - 2] + 1 < least) least = d[i - 2][j - 2] + 1;
            d[i][j] = least;
        }
    return d[x.n][y.n];
}

TEST(distances_are_those_of_the_whole_table)
{
    u64 state = 7;
    for (int round = 0; round < 20000; round++) {
        char x[12], y[12];
        size_t n = (size_t)below(&state, 12), m = (size_t)below(&state, 12);
        for (size_t i = 0; i < n; i++) x[i] = "abc"[below(&state, 3)];
        for (size_t i = 0; i < m; i++) y[i] = i < n && below(&state, 3) ? x[i] : "abc"[below(&state, 3)];
        int most = (int)below(&state, 4), plain = plain_distance((Str){ x, n }, (Str){ y, m });
        int want = plain <= most ? plain : most + 1, got = find_distance((Str){ x, n }, (Str){ y, m }, most);
        if (got != want) test_failed(__FILE__, __LINE__, "%.*s %.*s %d: %d, not %d", (int)n, x, (int)m, y, most, got, want);
    }
}

static void put(Find *f, i64 kind, i64 id, const char *title, const char *text, const char *codes)
{
    FindDoc doc = { .id = id, .kind = kind, .title = str_of(title), .text = str_of(text), .codes = str_of(codes) };
    check(find_put(f, &doc));
}

TEST(every_script_is_found)
{
    static const char *const TITLES[] = { "Crème brûlée", "東京都の抹茶セット", "ผ้าไหมไทยสีแดง", "مُحَمَّد كِتَاب", "שָׁלוֹם עולם",
                                          "हिन्दी किताब",
                                          "ЧАЙНИК эмалированный", "ＦＵＬＬ　ｗｉｄｔｈ　９９", "Ελληνικός ΚΑΦΕΣ", "Đèn lồng Hội An",
                                          "İstanbul çayı",
                                          "Straße größer", "김치 냉장고", "cafe\xcc\x81 noir" };
    static const char *const ASKED[][2] = { { "creme brulee", "0" }, { "CRÈME", "0" }, { "bru\xcc\x82le\xcc\x81" "e", "0" },
                                            { "抹茶", "1" }, { "東京", "1" }, { "茶", "1" }, { "ผ้าไหม", "2" }, { "สีแดง", "2" },
                                            { "محمد", "3" }, { "כתאב שלום", "4" }, { "שלום", "4" }, { "किताब", "5" },
                                            { "чайник", "6" }, { "full width 99", "7" }, { "καφες", "8" }, { "hoi an", "9" },
                                            { "den long", "9" },
                                            { "istanbul", "10" }, { "cayi", "10" }, { "grosser", "11" }, { "냉장고", "12" },
                                            { "café noir", "13" } };
    bool fresh;
    Find *f = find_open(NULL, &fresh);
    for (i64 i = 0; i < COUNT(TITLES); i++) put(f, 0, i, TITLES[i], "", "");
    for (i64 i = 0; i < COUNT(ASKED); i++) {
        i64 want, got = first(f, ASKED[i][0], NULL);
        check(str_to_i64(str_of(ASKED[i][1]), &want));
        if (got != want) test_failed(__FILE__, __LINE__, "%s finds %lld, not %lld", ASKED[i][0], (long long)got, (long long)want);
    }
    find_close(f);
}

TEST(codes_come_first_and_kinds_are_kept_apart)
{
    bool fresh;
    Arena a = { 0 };
    Find *f = find_open(NULL, &fresh);
    put(f, 1, 1, "Lamp", "Warm light.", "LMP-01/A lamp.one");
    put(f, 1, 2, "LMP 01 A", "The lamp LMP-01/A and the lamp 01 A", "");
    put(f, 2, 1, "Lamp show", "A lamp.", "#lamps");
    put(f, 3, 9, "Ana Light", "", "@ana_light");
    for (i64 i = 10; i < 40; i++) put(f, 1, i, "Other thing", "lmp 01 a", "");
    check_int(first(f, "lmp-01/a", NULL), 1);
    check_int(first(f, "LMP01A", NULL), 1);
    check_int(first(f, "lmp 01 a", NULL), 1);
    check_int(first(f, "warm LMP-01/A", NULL), 1);
    FindAnswer x = find_ask(f, &a, STR("#lamps"), ALL, 10);
    check(x.n >= 1 && x.hit[0].kind == 2);
    x = find_ask(f, &a, STR("@ana_light"), ALL, 10);
    check(x.n >= 1 && x.hit[0].kind == 3 && x.hit[0].id == 9 && !x.corrected);
    check_int(find_ask(f, &a, STR("lamp"), 1 << 2, 10).n, 1);
    check_int(find_ask(f, &a, STR("lamp"), 1 << 1, 10).n, 2);
    check_int(find_ask(f, &a, STR("lamp"), 1 << 1 | 1 << 2, 10).n, 3);
    check_int(find_ask(f, &a, STR("lamp"), 0, 10).n, 0);
    check(find_remove(f, 1, 1));
    check_int(find_ask(f, &a, STR("lamp"), 1 << 1, 10).n, 1);
    check_int(find_ask(f, &a, STR("lamp"), 1 << 2, 10).n, 1);              // the other kind's 1 stays
    arena_free(&a);
    find_close(f);
}

TEST(a_weight_is_gentle)
{
    bool fresh;
    Find *f = find_open(NULL, &fresh);
    FindDoc doc[] = { { .id = 1, .title = STR("Blue cotton scarf") },
                      { .id = 2, .title = STR("Blue cotton scarf"), .weight = 50 },
                      { .id = 3, .title = STR("Cotton scarf in red and blue stripes"), .weight = 1e12 },
                      { .id = 4, .title = STR("Scarf"), .weight = 0.0 / 0.0 }, { .id = 5, .title = STR("Scarf"), .weight = -5 },
                      { .id = 6, .title = STR("Scarf"), .weight = 1.0 / 0.0 } };
    for (i64 i = 0; i < COUNT(doc); i++) check(find_put(f, &doc[i]));
    Arena a = { 0 };
    FindAnswer x = find_ask(f, &a, STR("blue cotton scarf"), 1, 10);
    check(x.n == 6 && x.hit[0].id == 2 && x.hit[1].id == 1 && x.hit[2].id == 3);
    check(x.hit[3].score == x.hit[4].score && x.hit[4].score == x.hit[5].score);
    arena_free(&a);
    find_close(f);
}

TEST(wrong_first_letters_and_begun_words)
{
    Find *f = shop();
    check_int(first(f, "omnitor", NULL), 7);
    check_int(first(f, "nonitor", NULL), 7);
    check_int(first(f, "onitor", NULL), 7);
    check_int(first(f, "stonew", NULL), 6);                  // the beginning of a word
    check_int(first(f, "zzzzzzz", NULL), -1);
    find_close(f);
}

// What is called just as was asked comes first, also when a word was misspelt; a word of the text makes no name.
TEST(what_is_named_so_comes_first)
{
    bool fresh;
    i64 n;
    Find *f = find_open(NULL, &fresh);
    put(f, 0, 1, "Tetherball poles", "tetherball tetherball tetherball", "");
    put(f, 0, 2, "Tetherball", "for the garden, for children and for those who were, with a rope", "");
    put(f, 0, 3, "Beds", "furniture", "");
    put(f, 0, 4, "Furniture covers of washed linen", "", "");
    check_int(first(f, "tetherball", &n), 2);
    check_int(first(f, "tetherbal", &n), 2);
    check_int(first(f, "tehterball", &n), 2);
    check_int(first(f, "tetherbll poles", &n), 1);
    check_int(first(f, "furniture", &n), 4);
    find_close(f);
}

// Who writes documents misspells, too: such a word is there, yet what was meant is shown behind it.
TEST(a_rare_word_brings_what_was_meant)
{
    bool fresh;
    i64 n;
    Find *f = find_open(NULL, &fresh);
    for (i64 i = 0; i < 60; i++) put(f, 0, i, i % 2 ? "Lantern of paper" : "Lanterns", "A nikon camera1", "");
    put(f, 0, 100, "Lanterm of glass", "camera2", "");
    check_int(first(f, "lanterm", &n), 100);
    check_int(n, 10);
    check_int(first(f, "camera2", &n), 100);                // no misspelt camera1
    check_int(n, 1);
    check_int(first(f, "-lanterm nikon", &n), 0);
    check_int(first(f, "\"lanterm of\"", &n), 100);
    check_int(n, 1);
    find_close(f);
}

// ---------------------------------------------------------------------------------------------- suggestions

static bool suggests(Find *f, const char *begun, u32 kinds, const char *text, i64 kind)
{
    Arena a = { 0 };
    FindGuess g[8];
    i64 n = find_suggest(f, &a, str_of(begun), kinds, g, COUNT(g));
    bool there = false;
    check(n <= COUNT(g));
    for (i64 i = 0; i < n; i++) {
        there |= str_eq(g[i].text, str_of(text)) && g[i].kind == kind;
        for (i64 j = 0; j < i; j++) check(g[i].kind != g[j].kind || !str_eq(g[i].text, g[j].text));
    }
    arena_free(&a);
    return there;
}

TEST(suggestions_end_words_and_name_documents)
{
    Find *f = shop();
    put(f, 3, 1, "Shoemaker Budi", "", "@budi");
    check(suggests(f, "sho", ALL, "shoes", -1));
    check(suggests(f, "sho", ALL, "Shoe rack", 0));
    check(suggests(f, "sho", 1 << 3, "Shoemaker Budi", 3));
    check(!suggests(f, "sho", 1 << 3, "shoes", -1));         // nothing of that kind has it
    check(suggests(f, "red sto", ALL, "red stoneware", -1));
    check(suggests(f, "red stoneware pl", ALL, "Red stoneware plate", 0));
    check(!suggests(f, "bamboo sto", ALL, "bamboo stone", -1));
    check(suggests(f, "Caf", ALL, "Café au lait bowl", 0));
    check(suggests(f, "stonewear pl", ALL, "stoneware plate", -1));        // words before the last are corrected
    check(suggests(f, "omnitor", ALL, "monitor", -1));       // and so is the last one, when nothing begins so
    check(suggests(f, "red stonewaer", ALL, "red stoneware", -1));
    check(suggests(f, "@bu", ALL, "Shoemaker Budi", 3));
    check(suggests(f, "bud", ALL, "Shoemaker Budi", 3));
    check(!suggests(f, "sho", 0, "shoes", -1));
    Arena a = { 0 };
    FindGuess g[1];
    check_int(find_suggest(f, &a, STR(""), ALL, g, 1), 0);
    check_int(find_suggest(f, &a, STR(" \" - "), ALL, g, 1), 0);
    check_int(find_suggest(f, &a, STR("\xff\xfe"), ALL, g, 1), 0);
    check_int(find_suggest(f, &a, STR("s"), ALL, g, 1), 1);
    arena_free(&a);
    find_close(f);
}

// ---------------------------------------------------------------------------------------------- at random

// Few words, so that everything meets everything; `edition` makes another text of the same document.
static void put_random(Find *f, i64 id, i64 edition)
{
    static const char *const WORDS[] = { "red", "blue", "shoe", "shoes", "shirt", "shirts", "batik", "kopi", "minum",
                                         "minuman", "t",
                                         "tshirt", "rack", "plate", "stoneware", "zoo" };
    u64 state = (u64)(id * 1000 + edition);
    char title[200] = "", text[400] = "";
    size_t n = 0;
    for (i64 left = 1 + below(&state, 5); left--;) n += (size_t)snprintf(title + n, 20, "%s ", WORDS[below(&state, 16)]);
    n = 0;
    for (i64 left = below(&state, 20); left--;) n += (size_t)snprintf(text + n, 20, "%s ", WORDS[below(&state, 16)]);
    FindDoc doc = { .id = id, .kind = id % 3, .title = str_of(title), .text = str_of(text), .weight = (double)below(&state, 9),
                    .codes = below(&state, 4) ? (Str){ 0 } : STR("KOPI ab-1") };
    check(find_put(f, &doc));
}

static const char *const ASKED[] = { "red shoe", "shoe", "red blue shirt", "\"red shoe\"", "t shirt", "batik -red", "tshirts",
                                     "kopi",
                                     "stonewear plate \"t shirt\"", "minum kopi red zoo", "ab1", "ab-1 shoe" };

static void same_answers(Find *f, Find *g, bool scores)
{
    for (i64 i = 0; i < COUNT(ASKED); i++) {
        Arena a = { 0 };
        FindAnswer x = find_ask(f, &a, str_of(ASKED[i]), 7, FIND_HITS_MAX), y = find_ask(g, &a, str_of(ASKED[i]), 7,
            FIND_HITS_MAX);
        check_int(x.n, y.n);
        for (i64 k = 0; k < x.n && k < y.n; k++)
            check(x.hit[k].id == y.hit[k].id && (!scores || x.hit[k].score == y.hit[k].score));
        arena_free(&a);
    }
}

// A document's score does not depend on how many are asked for: so the bounds leave out none that belongs there.
TEST(the_best_few_are_the_first_of_all)
{
    bool fresh;
    Find *f = find_open(NULL, &fresh);
    for (i64 i = 0; i < 900; i++) put_random(f, i, 0);
    for (i64 i = 0; i < COUNT(ASKED); i++) {
        Arena a = { 0 };
        FindAnswer all = find_ask(f, &a, str_of(ASKED[i]), 7, FIND_HITS_MAX);
        check(all.n > 20);
        for (i64 limit = 1; limit < 60; limit += 7) {
            FindAnswer few = find_ask(f, &a, str_of(ASKED[i]), 7, limit);
            check_int(few.n, limit < all.n ? limit : all.n);
            for (i64 k = 0; k < few.n; k++) check(few.hit[k].id == all.hit[k].id && few.hit[k].score == all.hit[k].score);
        }
        arena_free(&a);
    }
    find_close(f);
}

// Put, put anew and removed many times over, until places are given anew: as if only what is left had ever been put.
TEST(what_is_gone_leaves_no_trace)
{
    enum { DOCUMENTS = 300, CHANGES = 12000 };
    bool fresh;
    Find *f = find_open(NULL, &fresh), *g = find_open(NULL, &fresh);
    i64 edition[DOCUMENTS] = { 0 };                          // 0: not there
    u64 state = 3;
    for (i64 n = 1; n <= CHANGES; n++) {
        i64 id = below(&state, DOCUMENTS);
        if (below(&state, 4)) put_random(f, id, edition[id] = n);
        else check(find_remove(f, id % 3, id)), edition[id] = 0;
    }
    i64 left = 0;
    for (i64 id = 0; id < DOCUMENTS; id++)
        if (edition[id]) put_random(g, id, edition[id]), left++;
    check_int(find_size(f).documents, left);
    same_answers(f, g, true);
    find_close(f), find_close(g);
}

// ---------------------------------------------------------------------------------------------- threads

typedef struct Crowd { Find *f; atomic_bool stop; atomic_int asked; } Crowd;

static void *keep_asking(void *arg)
{
    Crowd *c = arg;
    for (i64 i = 0; !atomic_load(&c->stop); i++) {
        Arena a = { 0 };
        FindGuess g[5];
        FindAnswer x = find_ask(c->f, &a, str_of(ASKED[i % COUNT(ASKED)]), 7, 20);
        for (i64 k = 0; k < x.n; k++) check(x.hit[k].kind == x.hit[k].id % 3 && (!k || x.hit[k].score <= x.hit[k - 1].score));
        find_suggest(c->f, &a, STR("red s"), 7, g, COUNT(g));
        check(find_ask(c->f, &a, STR("always"), 7, 5).n == 1);
        atomic_fetch_add(&c->asked, 1);
        arena_free(&a);
    }
    return NULL;
}

TEST(many_ask_while_one_puts)
{
    enum { ASKERS = 4, PUTS = 12000 };
    bool fresh;
    Crowd c = { .f = find_open(NULL, &fresh) };
    pthread_t thread[ASKERS];
    put(c.f, 0, 100002, "Always there", "", "");
    for (i64 i = 0; i < ASKERS; i++) check_int(pthread_create(&thread[i], NULL, keep_asking, &c), 0);
    for (i64 n = 0; n < PUTS; n++) {
        if (n % 5 == 4) check(find_remove(c.f, n % 200 % 3, n % 200));
        else put_random(c.f, n % 200, n);
    }
    while (atomic_load(&c.asked) < ASKERS) sched_yield();
    atomic_store(&c.stop, true);
    for (i64 i = 0; i < ASKERS; i++) check_int(pthread_join(thread[i], NULL), 0);
    find_close(c.f);
}
