// Product pictures: upright, sRGB, without metadata, in the sizes that pages ask for. Knows no video.
#include <math.h>
#include <vips/vips.h>
#include <vips/vector.h>
#include <webp/encode.h>
#include <unistd.h>

#include "media/child.h"

enum {
    SIDES = 3,
    WEBP_QUALITY = 80, JPEG_QUALITY = 82,
    CARD_SIDE = 1200,                    // og.jpg: what link previews show at most
    CACHE_OPERATIONS = 0,                // nothing is asked for twice
};

static const int SIDE[SIDES] = { 1280, 640, 320 };

// Formats of raster pictures only. SVG, PDF and the catch-all loaders bring whole interpreters with them.
static const char *const LOADERS[] = { "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                                       "VipsForeignLoadNsgif", "VipsForeignLoadHeif" };

void picture_prepare(void)
{
    g_setenv("VIPS_DISC_THRESHOLD", "4g", TRUE);     // pictures that cannot be streamed stay in memory, not in a file
    if (VIPS_INIT("etalase-media") != 0) _exit(1);
    vips_concurrency_set(1);
    vips_vector_set_enabled(FALSE);                  // its compiler needs memory that can be run
    vips_cache_set_max(CACHE_OPERATIONS);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (i64 i = 0; i < COUNT(LOADERS); i++) vips_operation_block_set(LOADERS[i], FALSE);
}

static MediaFault fault_of_vips(void)
{
    const char *text = vips_error_buffer();
    bool memory = strstr(text, "memory") != NULL;
    bool cut = strstr(text, "remature") || strstr(text, "truncat") || strstr(text, "end of ") || strstr(text, "EOF");
    vips_error_clear();
    return memory ? MEDIA_TOO_MUCH_MEMORY : cut ? MEDIA_CUT : MEDIA_DECODE;
}

static MediaFault read_source(Arena *a, i64 bytes, Str *out)
{
    must(bytes > 0);
    if (bytes > MEDIA_PICTURE_MAX_BYTES) return MEDIA_TOO_MANY_BYTES;
    char *p = arena_alloc(a, (size_t)bytes);
    for (i64 at = 0; at < bytes;) {
        ssize_t n = pread(WIRE_SOURCE_FD, p + at, (size_t)(bytes - at), at);
        if (n <= 0) return MEDIA_CUT;
        at += n;
    }
    *out = (Str){ p, (size_t)bytes };
    return MEDIA_OK;
}

// Loaders say "decode" of many files that just end too early; these two formats say themselves where their end is.
static bool ends_early(Str in)
{
    const u8 *p = (const u8 *)in.p;
    if (str_starts(in, STR("RIFF")) && in.n >= 12)
        return ((u64)p[4] | (u64)p[5] << 8 | (u64)p[6] << 16 | (u64)p[7] << 24) + 8 > in.n;
    return str_starts(in, STR("\x89PNG")) && str_find(in, STR("IEND")) < 0;
}

// Only the header is read here: what the picture claims to be decides before anything is unpacked.
static MediaFault check_header(Str in)
{
    const char *loader = vips_foreign_find_load_buffer(in.p, in.n);
    bool known = false;
    for (i64 i = 0; i < COUNT(LOADERS); i++) known |= loader && strncmp(loader, LOADERS[i], strlen(LOADERS[i])) == 0;
    if (!known) return MEDIA_NOT_MEDIA;
    VipsImage *head = vips_image_new_from_buffer(in.p, in.n, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    if (!head) return fault_of_vips();
    i64 width = vips_image_get_width(head), height = vips_image_get_height(head);
    g_object_unref(head);
    bool large = width > MEDIA_SIDE_MAX || height > MEDIA_SIDE_MAX || width * height > MEDIA_PICTURE_MAX_PIXELS;
    return large ? MEDIA_TOO_LARGE_PICTURE : MEDIA_OK;
}

// Into memory, so that the smaller sizes do not decode the file again.
static MediaFault in_memory(VipsImage *lazy, VipsImage **out)
{
    *out = vips_image_copy_memory(lazy);
    g_object_unref(lazy);
    return *out ? MEDIA_OK : fault_of_vips();
}

static MediaFault smaller(VipsImage *from, int side, VipsImage **out)
{
    VipsImage *lazy;
    if (vips_thumbnail_image(from, &lazy, side, "height", side, "size", VIPS_SIZE_DOWN, NULL) != 0) return fault_of_vips();
    return in_memory(lazy, out);
}

// With libwebp itself: this version of libvips puts EXIF into every WebP file, asked to strip it or not.
static MediaFault save_webp(VipsImage *image, int side)
{
    u8 *bytes = NULL;
    char name[16];
    int width = vips_image_get_width(image), height = vips_image_get_height(image), bands = vips_image_get_bands(image);
    const u8 *pixels = vips_image_get_data(image);
    must(pixels && (bands == 3 || bands == 4));
    size_t n = bands == 4 ? WebPEncodeRGBA(pixels, width, height, width * 4, WEBP_QUALITY, &bytes)
                          : WebPEncodeRGB(pixels, width, height, width * 3, WEBP_QUALITY, &bytes);
    if (n == 0) return MEDIA_TOO_MUCH_MEMORY;
    snprintf(name, sizeof(name), "%d.webp", side);
    bool kept = child_write_file(name, bytes, n);
    WebPFree(bytes);
    return kept ? MEDIA_OK : MEDIA_DISK;
}

static MediaFault on_white(VipsImage *image, VipsImage **out)
{
    double white[] = { 255, 255, 255 };
    VipsArrayDouble *background = vips_array_double_new(white, 3);
    int bad = vips_image_hasalpha(image) ? vips_flatten(image, out, "background", background, NULL)
                                         : vips_copy(image, out, NULL);
    vips_area_unref(VIPS_AREA(background));
    return bad ? fault_of_vips() : MEDIA_OK;
}

static MediaFault save_card(VipsImage *largest)
{
    VipsImage *card, *flat;
    void *bytes;
    size_t n;
    MediaFault fault = smaller(largest, CARD_SIDE, &card);
    if (fault == MEDIA_OK) fault = on_white(card, &flat);
    if (fault != MEDIA_OK) return fault;
    if (vips_jpegsave_buffer(flat, &bytes, &n, "Q", JPEG_QUALITY, "strip", TRUE, "optimize_coding", TRUE, NULL) != 0)
        return fault_of_vips();
    bool kept = child_write_file("og.jpg", bytes, n);
    g_free(bytes);
    return kept ? MEDIA_OK : MEDIA_DISK;
}

static MediaFault mean_colour(VipsImage *smallest, i64 *out)
{
    VipsImage *flat, *stats;
    MediaFault fault = on_white(smallest, &flat);
    if (fault != MEDIA_OK) return fault;
    if (vips_stats(flat, &stats, NULL) != 0) return fault_of_vips();
    // Row 0 is over all bands, rows 1.. one band each; column 4 is the mean.
    int bands = vips_image_get_bands(flat), columns = vips_image_get_width(stats);
    const double *table = vips_image_get_data(stats);
    if (!table) return fault_of_vips();
    *out = 0;
    for (int i = 0; i < 3; i++) {
        double mean = table[(bands >= 3 ? i + 1 : 1) * columns + 4];
        *out = *out * 256 + lround(fmin(fmax(mean, 0), 255));
    }
    return MEDIA_OK;
}

// The loader's own halving, which skips most of the work of a large JPEG. What is left is at least twice the size wanted,
// so that the last step can still choose its pixels well.
static const char *options_of(Str in)
{
    const char *loader = vips_foreign_find_load_buffer(in.p, in.n);
    VipsImage *head = vips_image_new_from_buffer(in.p, in.n, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    if (!head || !loader) return "";
    int width = vips_image_get_width(head), height = vips_image_get_height(head);
    g_object_unref(head);
    if (strncmp(loader, "VipsForeignLoadJpeg", 19) != 0) return "";
    int spare = (width > height ? width : height) / (2 * SIDE[0]);
    return spare >= 8 ? "[shrink=8]" : spare >= 4 ? "[shrink=4]" : spare >= 2 ? "[shrink=2]" : "";
}

// EXIF has places and names in it, and colour profiles cost more than a small picture. Nothing but pixels is kept.
static void drop_metadata(VipsImage *image)
{
    char **names = vips_image_get_fields(image);
    for (char **name = names; name && *name; name++) vips_image_remove(image, *name);
    g_strfreev(names);
}

static MediaFault load(Str in, VipsImage **out)
{
    VipsImage *lazy, *colours;
    // Cut files are refused, not shown half grey.
    VipsImage *whole = vips_image_new_from_buffer(in.p, in.n, options_of(in), "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                                  VIPS_FAIL_ON_TRUNCATED, NULL);
    if (!whole) return fault_of_vips();
    // Turned by EXIF. A picture without a profile is sRGB as it is; sending it through one would only lose.
    const char *profile = vips_image_get_typeof(whole, VIPS_META_ICC_NAME) ? "srgb" : NULL;
    if (vips_thumbnail_image(whole, &lazy, SIDE[0], "height", SIDE[0], "size", VIPS_SIZE_DOWN, "export_profile", profile,
                             NULL) != 0)
        return fault_of_vips();
    g_object_unref(whole);
    if (vips_colourspace(lazy, &colours, VIPS_INTERPRETATION_sRGB, NULL) != 0) return fault_of_vips();
    g_object_unref(lazy);
    if (vips_cast_uchar(colours, &lazy, NULL) != 0) return fault_of_vips();
    g_object_unref(colours);
    MediaFault fault = in_memory(lazy, out);
    // What has bands of other meanings besides colour and alpha is no picture to show.
    if (fault == MEDIA_OK && vips_image_get_bands(*out) != 3 && vips_image_get_bands(*out) != 4) return MEDIA_DECODE;
    if (fault == MEDIA_OK) drop_metadata(*out);
    return fault;
}

MediaFault picture_run(Arena *a, i64 source_bytes, WireDone *out)
{
    Str in;
    VipsImage *image = NULL, *next = NULL;
    MediaFault fault = read_source(a, source_bytes, &in);
    if (fault == MEDIA_OK) fault = check_header(in);
    if (fault == MEDIA_OK) fault = load(in, &image);
    if (fault == MEDIA_DECODE && ends_early(in)) return MEDIA_CUT;
    if (fault != MEDIA_OK) return fault;
    out->v[WIRE_PICTURE_WIDTH] = vips_image_get_width(image);
    out->v[WIRE_PICTURE_HEIGHT] = vips_image_get_height(image);
    fault = save_card(image);
    for (int i = 0; i < SIDES && fault == MEDIA_OK; i++) {
        if (i > 0) fault = smaller(image, SIDE[i], &next);
        else next = image;
        image = next;
        if (fault == MEDIA_OK) fault = save_webp(image, SIDE[i]);
    }
    if (fault == MEDIA_OK) fault = mean_colour(image, &out->v[WIRE_PICTURE_COLOUR]);
    out->v[WIRE_PICTURE_SIZES] = SIDES + 1;
    return fault;
}
