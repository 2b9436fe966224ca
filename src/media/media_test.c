// Clips of every honest shape, converted and then looked at with ffprobe.
#include <math.h>

#include "media/test_kit.h"

// Every rendition: one segment a line of the playlist, each with a keyframe first, playable with its init file alone.
static void check_rendition(Str folder, i64 name, i64 width, i64 height, i64 segments, bool sound)
{
    Arena a = { 0 };
    Str at = arena_format(&a, "%.*s/%lld", STR_ARG(folder), (long long)name);
    const char *dir = at.p;
    check_int(kit_number("grep -c '^[0-9]*.m4s$' %s/index.m3u8", dir), segments);
    check_int(kit_number("ls %s | grep -c m4s", dir), segments);
    check_int(kit_number("grep -c '^#EXT-X-ENDLIST$' %s/index.m3u8", dir), 1);
    Str streams = kit_output(&a, "cat %s/init.mp4 %s/000.m4s > whole.mp4; ffprobe -v error -show_entries "
        "stream=codec_name,profile,width,height,pix_fmt,color_space,sample_rate,channels:stream_side_data=rotation -of "
        "csv=p=0 whole.mp4",
        dir, dir);
    Str want = arena_format(&a, "h264,High,%lld,%lld,yuv420p,bt709%s", (long long)width, (long long)height,
                            sound ? "\naac,LC,48000,2" : "");
    check_str(streams, want);
    for (i64 i = 0; i < segments; i++) {
        Str flags = kit_output(&a, "cat %s/init.mp4 %s/%03d.m4s > whole.mp4; ffprobe -v error -select_streams v "
                    "-read_intervals "
            "'%%+#1' -show_entries packet=flags -of csv=p=0 whole.mp4", dir, dir, (int)i);
        check(str_starts(flags, STR("K")));
    }
    arena_free(&a);
}

TEST(portrait_clip_has_a_ladder)
{
    Arena a = { 0 };
    kit_make("portrait.mp4", "-f lavfi -i testsrc2=s=720x1280:r=30 -f lavfi -i sine=f=500:r=44100 -af volume=-20dB -t 5 "
             "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac");
    Conversion c = kit_clip(&a, "portrait.mp4");
    check_int(c.err, ERR_OK);
    check_int(c.fault, MEDIA_OK);
    check_int(c.clip.width, 720);
    check_int(c.clip.height, 1280);
    check_int(c.clip.duration_ms, 5000);
    check_int(c.clip.renditions, 2);
    check(c.clip.sound);
    check(c.heard > 10);
    check_rendition(c.folder, 720, 720, 1280, 3, true);
    check_rendition(c.folder, 360, 360, 640, 3, true);
    const char *dir = c.folder.p;
    check_int(kit_number("find %s -type f -printf '%%s\\n' | awk '{ n += $1 } END { print n }'", dir), c.clip.bytes);
    check_str(kit_output(&a, "grep -h EXTINF %s/720/index.m3u8 | tr '\\n' ' '", dir),
              STR("#EXTINF:2.000000, #EXTINF:2.000000, #EXTINF:1.000000,"));
    check_str(kit_output(&a, "grep -c 'RESOLUTION=720x1280,CODECS=\"avc1.6400..,mp4a.40.2\",FRAME-RATE=30.000' "
                    "%s/master.m3u8", dir),
              STR("1"));
    check_str(kit_output(&a, "ffprobe -v error -show_entries stream=width,height -of csv=p=0 "
                    "%s/poster.webp", dir), STR("540,960"));
    check_str(kit_output(&a, "ffprobe -v error -show_entries stream=width,height -of csv=p=0 "
                    "%s/poster.jpg", dir), STR("675,1200"));
    check(!kit_exists(arena_format(&a, "%s.part", dir)));
    arena_free(&a);
}

// The rates in the master playlist are those of the segments.
TEST(bandwidth_is_what_the_segments_take)
{
    Arena a = { 0 };
    Str dir = arena_format(&a, "%s", kit_path(&a, "out/portrait.mp4").p);
    check(kit_exists(dir));
    double said = kit_number("sed -n 's/.*[^-]BANDWIDTH=\\([0-9]*\\),.*RESOLUTION=720.*/\\1/p' %s/master.m3u8", dir.p);
    double mean = kit_number("sed -n 's/.*AVERAGE-BANDWIDTH=\\([0-9]*\\),RESOLUTION=720.*/\\1/p' %s/master.m3u8", dir.p);
    double bytes = kit_number("cat %s/720/*.m4s | wc -c", dir.p);
    double peak = kit_number("stat -c %%s %s/720/000.m4s %s/720/001.m4s | sort -n | tail -1", dir.p, dir.p);
    check(fabs(mean - bytes * 8 / 5) < 10);
    check(said >= peak * 8 / 2 - 10 && said >= mean);
    arena_free(&a);
}

// With less work: the same pieces of the same sizes and lengths, in the profile that needs least.
TEST(a_clip_can_be_made_with_less_work)
{
    Arena a = { 0 };
    Conversion c = kit_clip_as(&a, "portrait.mp4", (MediaOrder){ .quick = true }, "quick.mp4");
    check_int(c.err, ERR_OK);
    check_int(c.clip.duration_ms, 5000);
    check_int(c.clip.renditions, 2);
    check_str(kit_output(&a, "sed -n 's/.*\\(RESOLUTION=.*avc1.....\\).*/\\1/p' %s/master.m3u8 | tr '\\n' ' '", c.folder.p),
              STR("RESOLUTION=360x640,CODECS=\"avc1.42c0 RESOLUTION=720x1280,CODECS=\"avc1.42c0"));
    check_str(kit_output(&a, "cat %s/720/init.mp4 %s/720/*.m4s | ffprobe -v error -count_frames -select_streams v "
                         "-show_entries stream=profile,width,height,nb_read_frames -of csv=p=0 -", c.folder.p, c.folder.p),
              STR("Constrained Baseline,720,1280,150"));
    arena_free(&a);
}

TEST(loudness_is_evened_out)
{
    Arena a = { 0 };
    kit_make("quiet.mp4", "-f lavfi -i color=gray:s=64x64:r=10 -f lavfi -i anoisesrc=a=0.1:c=pink -t 4 -c:v mpeg4 -c:a aac");
    kit_make("loud.mp4", "-f lavfi -i color=gray:s=64x64:r=10 -f lavfi -i anoisesrc=a=1:c=white -t 4 -c:v mpeg4 -c:a aac");
    const char *const names[] = { "quiet.mp4", "loud.mp4" };
    for (int i = 0; i < 2; i++) {
        Conversion c = kit_clip(&a, names[i]);
        check_int(c.fault, MEDIA_OK);
        double lufs = kit_number("ffmpeg -nostats -i %s/64/index.m3u8 -af ebur128=framelog=verbose -f null - 2>&1 | sed -n "
                    "'s/ *I: *\\(.*\\) LUFS/\\1/p'",
                                 c.folder.p);
        double peak = kit_number("ffmpeg -nostats -i %s/64/index.m3u8 -af ebur128=peak=true:framelog=verbose -f null - "
                    "2>&1 | sed -n 's/ *Peak: *\\(.*\\) dBFS/\\1/p'",
                                 c.folder.p);
        if (lufs < -17.5 || lufs > -14.5 || peak > -0.5)
            test_failed(__FILE__, __LINE__, "%s: %.1f LUFS, %.1f dBTP", names[i], lufs, peak);
    }
    arena_free(&a);
}

// What is heard of a tone in a stretch of a clip, in dB.
static double tone(Str folder, const char *rung, int hertz, double from, double length)
{
    return kit_number("ffmpeg -nostats -i %.*s/%s/index.m3u8 -af atrim=start=%.2f:duration=%.2f,bandpass=f=%d:width_type=h:w=40,"
                      "bandpass=f=%d:width_type=h:w=40,astats=measure_perchannel=none -f null - 2>&1 | sed -n "
                      "'s/.*RMS level dB: *\\(.*\\)/\\1/p'", STR_ARG(folder), rung, from, length, hertz, hertz);
}

TEST(another_clips_sound_takes_the_place_of_its_own)
{
    Arena a = { 0 };
    kit_make("notes.mp4", "-f lavfi -i testsrc2=s=128x256:r=30 -f lavfi -i sine=f=300:d=1 -f lavfi -i sine=f=2000:d=1 "
             "-filter_complex [1][2]concat=v=0:a=1[s] -map 0:v -map [s] -t 2 -c:v libx264 -preset ultrafast -c:a aac");
    kit_make("own.mp4", "-f lavfi -i testsrc2=s=160x320:r=30 -f lavfi -i sine=f=800 -t 5 -c:v libx264 "
             "-preset ultrafast -c:a aac");
    kit_make("brief.mp4", "-f lavfi -i testsrc2=s=160x320:r=30 -t 1.5 -c:v libx264 -preset ultrafast");
    Conversion notes = kit_clip(&a, "notes.mp4"), own = kit_clip_over(&a, "own.mp4", notes.folder, "over.mp4");
    check_int(own.fault, MEDIA_OK);
    check_int(own.clip.duration_ms, 5000);
    check(own.clip.sound);
    // Low, high, low, high, low: begun again at 2 s and at 4 s. Its own tone is not heard.
    for (int i = 0; i < 5; i++) {
        double low = tone(own.folder, "160", 300, i + 0.3, 0.4), high = tone(own.folder, "160", 2000, i + 0.3, 0.4);
        if (i % 2 == 0 ? low < high + 20 : high < low + 20)
            test_failed(__FILE__, __LINE__, "second %d: %.1f dB low, %.1f dB high", i, low, high);
        check(tone(own.folder, "160", 800, i + 0.3, 0.4) < fmax(low, high) - 20);
    }
    // The clip is shorter: cut. It had no sound of its own.
    Conversion brief = kit_clip_over(&a, "brief.mp4", notes.folder, "brief-over.mp4");
    check_int(brief.fault, MEDIA_OK);
    check_int(brief.clip.duration_ms, 1500);
    check(brief.clip.sound);
    for (int i = 0; i < 2; i++) {
        double low = tone(brief.folder, "160", 300, i + 0.1, 0.38), high = tone(brief.folder, "160", 2000, i + 0.1, 0.38);
        if (i == 0 ? low < high + 15 : high < low + 15)
            test_failed(__FILE__, __LINE__, "cut, second %d: %.1f dB low, %.1f dB high", i, low, high);
    }
    // A clip without sound, and no clip at all.
    Conversion silent = kit_clip(&a, "brief.mp4");
    check_int(silent.fault, MEDIA_OK);
    check_int(kit_clip_over(&a, "own.mp4", silent.folder, "none.mp4").fault, MEDIA_SOUND_GONE);
    check_int(kit_clip_over(&a, "own.mp4", STR("/nowhere"), "none.mp4").fault, MEDIA_SOUND_GONE);
    check(!kit_exists(arena_format(&a, "%s", kit_path(&a, "out/none.mp4").p)));
    arena_free(&a);
}

TEST(odd_size_without_sound_is_kept)
{
    Arena a = { 0 };
    kit_make("odd.mkv", "-f lavfi -i testsrc2=s=321x241:r=25 -t 1.5 -c:v ffv1 -pix_fmt yuv444p");
    Conversion c = kit_clip(&a, "odd.mkv");
    check_int(c.fault, MEDIA_OK);
    check_int(c.clip.renditions, 1);
    check(!c.clip.sound);
    check_rendition(c.folder, 240, 320, 240, 1, false);
    arena_free(&a);
}

// The mean colour of the four corners of the first picture, as "rrggbb rrggbb …" rounded to 0 or f.
static Str corners(Arena *a, const char *file, const char *options)
{
    return kit_output(a, "ffmpeg -v error %s -i %s -frames:v 1 -vf format=rgb24,scale=2:2:flags=area -f rawvideo - | od "
                    "-An -tu1 -w3 | "
                      "awk '{ for (i = 1; i <= 3; i++) printf \"%%d\", ($i > 110); printf \" \" }'", options, file);
}

TEST(phone_rotation_is_applied)
{
    Arena a = { 0 };
    kit_make("corners.mp4", "-f lavfi -i color=red:s=320x180:r=30 -f lavfi -i color=blue:s=320x180:r=30 -f lavfi -i "
             "color=lime:s=320x180:r=30 "
             "-f lavfi -i color=white:s=320x180:r=30 -filter_complex '[0][1]hstack[a];[2][3]hstack[b];[a][b]vstack' -t 1 "
             "-c:v libx264 -preset ultrafast -pix_fmt yuv420p");
    const char *const turns[] = { "90", "180", "270" };
    for (int i = 0; i < 3; i++) {
        Str name = arena_format(&a, "turned%s.mp4", turns[i]);
        kit_make(name.p, arena_format(&a, "-i corners.mp4 -c copy -metadata:s:v rotate=%s", turns[i]).p);
        check(kit_number("ffprobe -v error -show_entries stream_side_data=rotation -of csv=p=0 %s", name.p) != 0);
        Conversion c = kit_clip(&a, name.p);
        check_int(c.fault, MEDIA_OK);
        check_int(c.clip.width, i == 1 ? 640 : 360);
        check_int(c.clip.height, i == 1 ? 360 : 640);
        Str ours = corners(&a, arena_format(&a, "%s/360/index.m3u8", c.folder.p).p, "-allowed_extensions ALL");
        check_str(ours, corners(&a, name.p, ""));
        check(ours.n > 10);
    }
    arena_free(&a);
}

TEST(uneven_frame_rate_becomes_even)
{
    Arena a = { 0 };
    kit_make("uneven.mkv", "-f lavfi -i testsrc2=s=320x568:r=30 -f lavfi -i sine -t 6 -vf \"select='gt(random(1),0.4)'\" "
             "-vsync vfr "
             "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a libopus");
    kit_make("fast.mp4", "-f lavfi -i testsrc2=s=160x284:r=120 -t 2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
    Conversion c = kit_clip(&a, "uneven.mkv");
    check_int(c.fault, MEDIA_OK);
    check(llabs(c.clip.duration_ms - 5900) <= 150);
    check_int(kit_number("grep -c 'EXTINF:2.000000' %s/320/index.m3u8", c.folder.p), 2);
    check_int(kit_number("grep -c 'FRAME-RATE=30.000' %s/master.m3u8", c.folder.p), 1);
    c = kit_clip(&a, "fast.mp4");
    check_int(c.fault, MEDIA_OK);
    check_int(c.clip.duration_ms, 2000);
    check_int(kit_number("grep -c 'FRAME-RATE=60.000' %s/master.m3u8", c.folder.p), 1);
    arena_free(&a);
}

TEST(hdr_becomes_sdr)
{
    Arena a = { 0 };
    // A grey of 58 % of the PQ curve is about 203 cd/m2, the white of ordinary pictures: it must come out light, not grey.
    kit_make("hdr.mp4", "-f lavfi -i color=gray:s=360x640:r=30 -t 1 -vf "
             "\"format=yuv420p10le,geq=lum='64+876*0.58':cb=512:cr=512\" "
             "-c:v libx265 -preset ultrafast -tag:v hvc1 -x265-params log-level=none -color_primaries bt2020 -color_trc "
             "smpte2084 "
             "-colorspace bt2020nc -color_range tv");
    Conversion c = kit_clip(&a, "hdr.mp4");
    check_int(c.fault, MEDIA_OK);
    check_rendition(c.folder, 360, 360, 640, 1, false);
    double luma = kit_number("ffmpeg -v error -allowed_extensions ALL -i %s/360/index.m3u8 -frames:v 1 -vf "
                    "scale=1:1:flags=area,format=gray "
                             "-f rawvideo - | od -An -tu1", c.folder.p);
    if (luma < 170 || luma > 240) test_failed(__FILE__, __LINE__, "white of HDR became %.0f", luma);
    arena_free(&a);
}

TEST(broadcast_shapes_are_straightened)
{
    Arena a = { 0 };
    // Interlaced, pixels that are not square, sound of six channels, a clock that starts late.
    kit_make("broadcast.ts", "-f lavfi -i testsrc2=s=720x576:r=50 -f lavfi -i sine -t 2 -vf interlace,setsar=64/45 -ac 6 "
             "-c:v mpeg2video "
             "-flags +ilme+ildct -b:v 4M -c:a ac3 -output_ts_offset 5000");
    Conversion c = kit_clip(&a, "broadcast.ts");
    check_int(c.fault, MEDIA_OK);
    check(llabs(c.clip.duration_ms - 2000) <= 80);
    check_rendition(c.folder, 576, 1024, 576, 1, true);
    check_rendition(c.folder, 360, 640, 360, 1, true);
    arena_free(&a);
}

TEST(many_containers_and_codecs_are_read)
{
    Arena a = { 0 };
    const struct { const char *name, *codecs; bool sound; } kinds[] = {
        { "vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus", true },
        { "prores.mov", "-c:v prores_ks -profile:v 3 -c:a pcm_s16le", true },
        { "alpha.mov", "-c:v prores_ks -profile:v 4 -pix_fmt yuva444p10le -an", false },
        { "old.avi", "-c:v mpeg4 -c:a libmp3lame", true },
        { "older.wmv", "-c:v wmv2 -c:a wmav2", true },
        { "flash.flv", "-c:v flv1 -c:a libmp3lame -ar 44100", true },
        { "phone.3gp", "-c:v h263 -c:a aac", true },
        { "free.ogv", "-c:v libtheora -c:a libvorbis", true },
        { "camera.avi", "-c:v mjpeg -c:a pcm_s16le", true },
        { "fragments.mp4", "-c:v libx264 -preset ultrafast -c:a aac -movflags frag_keyframe+empty_moov", true },
        { "full-range.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuvj420p -c:a aac", true },
        { "moving.gif", "-an", false },
    };
    for (i64 i = 0; i < COUNT(kinds); i++) {
        const char *codecs = kinds[i].codecs;
        kit_make(kinds[i].name, arena_format(&a, "-f lavfi -i testsrc2=s=352x288:r=25 -f lavfi -i sine -t 1 %s", codecs).p);
        Conversion c = kit_clip(&a, kinds[i].name);
        bool right = c.err == ERR_OK && c.clip.width == 352 && c.clip.height == 288 && c.clip.sound == kinds[i].sound;
        if (!right || llabs(c.clip.duration_ms - 1000) > 80)
            test_failed(__FILE__, __LINE__, "%s: %s", kinds[i].name, media_fault_slug(c.fault));
    }
    arena_free(&a);
}

TEST(the_best_sound_is_chosen)
{
    Arena a = { 0 };
    // A mute mono track first, then a stereo one that sounds.
    kit_make("two.mkv", "-f lavfi -i testsrc2=s=160x120:r=10 -f lavfi -i anullsrc=cl=mono -f lavfi -i anoisesrc=a=0.2 -t 2 "
             "-map 0 -map 1 "
             "-map 2 -disposition:a 0 -c:v mpeg4 -c:a aac -ac:a:0 1 -ac:a:1 2");
    Conversion c = kit_clip(&a, "two.mkv");
    check_int(c.fault, MEDIA_OK);
    check(c.clip.sound);
    double peak = kit_number("ffmpeg -nostats -allowed_extensions ALL -i %s/120/index.m3u8 -af volumedetect -f null - 2>&1 | "
                             "sed -n 's/.*max_volume: \\(.*\\) dB/\\1/p'", c.folder.p);
    check(peak > -20);
    arena_free(&a);
}

// A flash and a beep at the same moment are seen and heard at the same moment, also when the sound starts elsewhere.
TEST(sound_and_pictures_stay_together)
{
    Arena a = { 0 };
    kit_make("clap.mp4", "-f lavfi -i color=black:s=96x96:r=30 -f lavfi -i sine=f=1000:r=48000 -filter_complex "
             "\"[0:v]drawbox=t=fill:"
             "color=white:enable='between(t,2,2.2)'[v];[1:a]volume=enable='not(between(t,2,2.2))':volume=0[a]\" -map '[v]' "
             "-map '[a]' "
             "-t 3 -c:v libx264 -preset ultrafast -c:a aac");
    kit_make("clap.ts", "-i clap.mp4 -c copy -output_ts_offset 777");
    const char *const names[] = { "clap.mp4", "clap.ts" };
    for (int i = 0; i < 2; i++) {
        Conversion c = kit_clip(&a, names[i]);
        check_int(c.fault, MEDIA_OK);
        kit_shell("cat %s/96/init.mp4 %s/96/*.m4s > clap-out.mp4", c.folder.p, c.folder.p);
        double heard = kit_number("ffmpeg -nostats -copyts -i clap-out.mp4 -map a -af silencedetect=n=-30dB:d=0.5 -f null "
                    "- 2>&1 | "
                                  "sed -n 's/.*silence_end: \\([0-9.]*\\).*/\\1/p' | head -1");
        double seen = kit_number("ffmpeg -nostats -copyts -i clap-out.mp4 -map v -vf blackdetect=d=0.5 -f null - 2>&1 | "
                                 "sed -n 's/.*black_end:\\([0-9.]*\\).*/\\1/p' | head -1");
        if (fabs(heard - seen) > 0.04 || seen < 1.9)
            test_failed(__FILE__, __LINE__, "%s: seen at %.3f, heard at %.3f", names[i], seen, heard);
    }
    arena_free(&a);
}

TEST(a_still_picture_lasts_as_long_as_its_sound)
{
    Arena a = { 0 };
    kit_make("still.mkv", "-t 0.8 -f lavfi -i testsrc2=s=160x284:r=25 -t 5 -f lavfi -i sine -c:v libx264 -preset ultrafast "
             "-pix_fmt yuv420p -c:a aac");
    Conversion c = kit_clip(&a, "still.mkv");
    check_int(c.fault, MEDIA_OK);
    check(llabs(c.clip.duration_ms - 5000) <= 100);
    check_rendition(c.folder, 160, 160, 284, 3, true);
    arena_free(&a);
}

TEST(streams_that_restart_or_begin_in_the_middle)
{
    Arena a = { 0 };
    kit_make("part.ts", "-f lavfi -i testsrc2=s=160x284:r=25 -f lavfi -i sine -t 2 -g 25 -c:v libx264 -preset ultrafast "
             "-pix_fmt yuv420p -c:a aac -output_ts_offset 300");
    kit_make("part2.ts", "-i part.ts -c copy -output_ts_offset 4");
    kit_shell("cat part.ts part2.ts > restarted.ts; tail -c +30001 part.ts > middle.ts; cat part.ts part.ts > twice.ts");
    Conversion c = kit_clip(&a, "restarted.ts");
    check_int(c.fault, MEDIA_OK);
    check(llabs(c.clip.duration_ms - 4000) <= 300);
    c = kit_clip(&a, "twice.ts");            // a step back that is shorter than any hole
    check(llabs(c.clip.duration_ms - 4000) <= 300);
    c = kit_clip(&a, "middle.ts");
    check_int(c.fault, MEDIA_OK);
    check(c.clip.duration_ms >= 500 && c.clip.duration_ms < 2000);
    arena_free(&a);
}

TEST(a_second_run_replaces_a_forgotten_result)
{
    Arena a = { 0 };
    kit_make("odd.mkv", "-f lavfi -i testsrc2=s=321x241:r=25 -t 1.5 -c:v ffv1 -pix_fmt yuv444p");
    kit_shell("mkdir -p out/odd.mkv/240 && echo old > out/odd.mkv/240/old.m4s");
    Conversion c = kit_clip(&a, "odd.mkv");
    check_int(c.fault, MEDIA_OK);
    check(!kit_exists(arena_format(&a, "%s/240/old.m4s", c.folder.p)));
    check(!kit_exists(arena_format(&a, "%s.part", c.folder.p)));
    arena_free(&a);
}

TEST(the_poster_is_not_the_black_that_clips_begin_with)
{
    Arena a = { 0 };
    kit_make("fade.mp4", "-f lavfi -i testsrc2=s=360x640:r=30 -t 3 -vf fade=in:0:30 -c:v libx264 -preset ultrafast "
             "-pix_fmt yuv420p");
    Conversion c = kit_clip(&a, "fade.mp4");
    check_int(c.fault, MEDIA_OK);
    check(kit_number("ffmpeg -v error -i %s/poster.jpg -vf scale=1:1:flags=area,format=gray -f rawvideo - | od -An "
                    "-tu1", c.folder.p) > 60);
    arena_free(&a);
}
