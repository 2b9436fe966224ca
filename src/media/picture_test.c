// Product pictures: turned, flattened, shrunk, and refused where they are no pictures.
#include <fcntl.h>
#include <unistd.h>

#include "media/test_kit.h"

static const char QUARTERS[] = "-f lavfi -i color=red:s=1000x500 -f lavfi -i color=blue:s=1000x500 -filter_complex hstack "
                    "-frames:v 1";

static Str size_of(Arena *a, Str folder, const char *file)
{
    return kit_output(a, "ffprobe -v error -show_entries stream=codec_name,width,height -of csv=p=0 %s/%s", folder.p, file);
}

// The colour of the middle of the left, right, top or bottom edge, as three times 0 or 1.
static Str colour_at(Arena *a, Str folder, const char *file, const char *crop)
{
    return kit_output(a, "ffmpeg -v error -i %s/%s -frames:v 1 -vf format=rgb24,crop=%s,scale=1:1 -f rawvideo - | od -An "
                    "-tu1 | "
                      "awk '{ for (i = 1; i <= 3; i++) printf \"%%d\", ($i > 128) }'", folder.p, file, crop);
}

TEST(a_picture_comes_in_three_sizes_and_a_card)
{
    Arena a = { 0 };
    kit_make("wide.jpg", arena_format(&a, "%s -q:v 3", QUARTERS).p);
    Conversion c = kit_picture(&a, "wide.jpg");
    check_int(c.err, ERR_OK);
    check_int(c.picture.width, 1280);
    check_int(c.picture.height, 320);
    check_int(c.picture.sizes, 4);
    check(strlen(c.picture.colour) == 7 && c.picture.colour[0] == '#');
    check_str(size_of(&a, c.folder, "1280.webp"), STR("webp,1280,320"));
    check_str(size_of(&a, c.folder, "640.webp"), STR("webp,640,160"));
    check_str(size_of(&a, c.folder, "320.webp"), STR("webp,320,80"));
    check_str(size_of(&a, c.folder, "og.jpg"), STR("mjpeg,1200,300"));
    // Half red, half blue: the mean is purple.
    check_str(str_of(c.picture.colour), STR("#80007f"));
    arena_free(&a);
}

TEST(a_small_picture_is_not_enlarged)
{
    Arena a = { 0 };
    kit_make("small.png", "-f lavfi -i color=lime:s=66x42,format=rgb24,crop=33:21 -frames:v 1");
    Conversion c = kit_picture(&a, "small.png");
    check_int(c.err, ERR_OK);
    check_int(c.picture.width, 33);
    check_str(size_of(&a, c.folder, "1280.webp"), STR("webp,33,21"));
    check_str(size_of(&a, c.folder, "320.webp"), STR("webp,33,21"));
    check_str(str_of(c.picture.colour), STR("#00ff00"));
    kit_make("dot.png", "-f lavfi -i color=lime:s=66x42,format=rgb24,crop=1:1 -frames:v 1");
    check_int(kit_picture(&a, "dot.png").err, ERR_OK);
    arena_free(&a);
}

TEST(camera_orientation_is_applied_and_dropped)
{
    Arena a = { 0 };
    kit_make("wide.jpg", arena_format(&a, "%s -q:v 3", QUARTERS).p);
    // An EXIF block with orientation 6: the right way up is a quarter turn clockwise. And a place name that must not stay.
    kit_shell("python3 -c \"b = open('wide.jpg', 'rb').read()\n"
              "tiff = b'II*\\0\\x08\\0\\0\\0\\x02\\0' + b'\\x0e\\x01\\x02\\0\\x0c\\0\\0\\0\\x26\\0\\0\\0' + "
              "b'\\x12\\x01\\x03\\0\\x01\\0\\0\\0\\x06\\0\\0\\0' "
              "+ b'\\0\\0\\0\\0' + b'Jalan Mawar\\0'\nbody = b'Exif\\0\\0' + tiff\n"
              "open('turned.jpg', 'wb').write(b[:2] + b'\\xff\\xe1' + (len(body) + 2).to_bytes(2, 'big') + body + b[2:])\"");
    Conversion c = kit_picture(&a, "turned.jpg");
    check_int(c.err, ERR_OK);
    check_int(c.picture.width, 320);
    check_int(c.picture.height, 1280);
    check_str(colour_at(&a, c.folder, "1280.webp", "20:20:150:10"), STR("100"));
    check_str(colour_at(&a, c.folder, "1280.webp", "20:20:150:1250"), STR("001"));
    check_int(kit_number("grep -c 'Jalan Mawar' turned.jpg"), 1);
    check_int(kit_number("cat %s/* | grep -ac 'Jalan Mawar\\|Exif'", c.folder.p), 0);
    arena_free(&a);
}

TEST(transparency_stays_in_webp_and_is_white_in_the_card)
{
    Arena a = { 0 };
    kit_make("clear.png", "-f lavfi -i color=black@0.0:s=400x400,format=rgba -frames:v 1");
    Conversion c = kit_picture(&a, "clear.png");
    check_int(c.err, ERR_OK);
    check_str(str_of(c.picture.colour), STR("#ffffff"));
    check_str(colour_at(&a, c.folder, "og.jpg", "20:20:10:10"), STR("111"));
    check_str(kit_output(&a, "ffprobe -v error -show_entries stream=pix_fmt -of csv=p=0 "
                    "%s/320.webp", c.folder.p), STR("yuva420p"));
    arena_free(&a);
}

TEST(every_format_that_cameras_and_sellers_use)
{
    Arena a = { 0 };
    kit_make("short.gif", "-f lavfi -i testsrc2=s=200x100:r=5 -t 2");
    kit_make("still.webp", "-f lavfi -i testsrc2=s=200x100 -frames:v 1");
    kit_make("deep.png", "-f lavfi -i testsrc2=s=200x100 -frames:v 1 -pix_fmt rgb48be");
    kit_make("grey.jpg", "-f lavfi -i testsrc2=s=200x100 -frames:v 1 -pix_fmt gray");
    kit_make("modern.avif", "-f lavfi -i testsrc2=s=200x100 -frames:v 1 -c:v libaom-av1 -still-picture 1 -cpu-used 8");
    const char *const names[] = { "short.gif", "still.webp", "deep.png", "grey.jpg", "modern.avif" };
    for (i64 i = 0; i < COUNT(names); i++) {
        Conversion c = kit_picture(&a, names[i]);
        if (c.err != ERR_OK || c.picture.width != 200 || c.picture.height != 100)
            test_failed(__FILE__, __LINE__, "%s: %s", names[i], media_fault_slug(c.fault));
    }
    arena_free(&a);
}

TEST(what_is_no_picture_is_refused)
{
    Arena a = { 0 };
    kit_make("wide.jpg", arena_format(&a, "%s -q:v 3", QUARTERS).p);
    kit_shell("printf '<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" "
              "height=\"9\"/></svg>' > a.png;"
              "printf '%%%%PDF-1.4\\n1 0 obj\\n<<>>\\nendobj\\n' > b.png; head -c 5000 /dev/urandom > c.png; : > d.png;"
              "printf 'P5\\n9 9\\n255\\n%%081d' 0 > e.png; head -c 4000 wide.jpg > cut.jpg; printf 'GIF89a' > f.png");
    const struct { const char *name; MediaFault fault; } cases[] = {
        { "a.png", MEDIA_NOT_MEDIA }, { "b.png", MEDIA_NOT_MEDIA }, { "c.png", MEDIA_NOT_MEDIA }, { "d.png", MEDIA_EMPTY },
        { "e.png", MEDIA_NOT_MEDIA }, { "cut.jpg", MEDIA_CUT },
    };
    for (i64 i = 0; i < COUNT(cases); i++) {
        Conversion c = kit_picture(&a, cases[i].name);
        kit_check_fault(__FILE__, __LINE__, cases[i].name, c.fault, cases[i].fault, c.folder);
    }
    Conversion c = kit_picture(&a, "f.png");
    check_int(c.err, ERR_BAD_MEDIA);
    arena_free(&a);
}
