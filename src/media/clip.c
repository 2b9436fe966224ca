// The whole of a clip's conversion: one decoding feeds every rendition of the ladder. Knows no playlist syntax.
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <math.h>

#include "media/hls.h"
#include "media/poster.h"

enum {
    SEGMENT_S = 2,
    FRAMES_MAX = MEDIA_CLIP_MAX_MS / 1000 * 240,     // ten minutes of the fastest phone camera
    LONGEST_US = (MEDIA_CLIP_MAX_MS + 1000) * 1000,  // a second for containers that round
    JUMP_MAX_US = 10 * 1000 * 1000,      // in streams that may restart their clock
    BACK_MAX_US = 500 * 1000,            // in all: frames come in the order of their times
    BAD_START_MAX = 300,                 // frames before the first whole one that are left out
    STILL_END_US = 500 * 1000,           // sound that is longer than the pictures by more keeps the last one up
    POSTER_S = 3, POSTER_A_SECOND = 4,
    CUT_LEAST_MS = 1000,                 // missing time that is no rounding
    THREADS = 1,                         // jobs run side by side instead: least CPU time for each
    PROGRESS_STEP = 5,                   // permille
    // Bits a second at most for 1080 x 1920 at 30 frames a second; other sizes by the power below.
    TOP_BITS = 5000 * 1000,
};

// Detail does not grow as fast as the number of pixels.
static const double BITS_POWER = 0.78, FAST_BITS = 1.4, FAST_RATE = 40;

typedef struct Rendition { AVCodecContext *encoder; Hls hls; } Rendition;

typedef struct Clip {
    Arena *a;
    i64 bytes, sound_bytes;              // of the source, and of the file whose sound takes the place of its own; 0: none
    Source *source;
    AVFrame *decoded, *picture;
    AVPacket *packet;
    Loudness loudness, other;            // of its own sound, and of the other one
    bool quick;
    Ladder ladder;
    Graph graph;
    Sound *sound;                        // NULL when there is none
    Rendition rendition[LADDER_MAX];
    Poster poster;
    i64 claimed_ms, said_permille;
    i64 start_us, shift_us, end_us;      // container time of the clip's zero; end of the last frame from there
    i64 frames_in, frames_out;
} Clip;

static i64 max_bits(Size size, AVRational rate)
{
    double share = (double)(size.width * size.height) / (1080.0 * 1920.0);
    double bits = TOP_BITS * pow(share, BITS_POWER) * (av_q2d(rate) > FAST_RATE ? FAST_BITS : 1);
    return (i64)fmax(bits, 64000);
}

static MediaFault open_encoder(const Ladder *l, i64 i, bool quick, AVCodecContext **out)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
    AVCodecContext *e = *out = codec ? avcodec_alloc_context3(codec) : NULL;
    if (!e) return MEDIA_TOO_MUCH_MEMORY;
    int segment = (int)lround(SEGMENT_S * av_q2d(l->rate));
    e->width = (int)l->size[i].width;
    e->height = (int)l->size[i].height;
    e->pix_fmt = AV_PIX_FMT_YUV420P;
    e->sample_aspect_ratio = (AVRational){ 1, 1 };
    e->framerate = l->rate;
    e->time_base = av_inv_q(l->rate);
    e->gop_size = segment;
    e->keyint_min = segment;             // a cut in the scene makes no keyframe that the next segment then lacks
    e->color_primaries = AVCOL_PRI_BT709;
    e->color_trc = AVCOL_TRC_BT709;
    e->colorspace = AVCOL_SPC_BT709;
    e->color_range = AVCOL_RANGE_MPEG;
    e->rc_max_rate = max_bits(l->size[i], l->rate);
    e->rc_buffer_size = (int)(e->rc_max_rate * 3 / 2);
    e->thread_count = THREADS;
    e->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    AVDictionary *options = NULL;
    av_dict_set(&options, "preset", quick ? "ultrafast" : "veryfast", 0);
    av_dict_set(&options, "profile", "high", 0);
    av_dict_set(&options, "crf", "23", 0);
    av_dict_set(&options, "forced-idr", "1", 0);
    int error = avcodec_open2(e, codec, &options);
    av_dict_free(&options);
    return fault_of_av(error);
}

static MediaFault open_renditions(Clip *c)
{
    MediaFault fault = MEDIA_OK;
    for (i64 i = 0; i < c->ladder.n && fault == MEDIA_OK; i++)
        fault = open_encoder(&c->ladder, i, c->quick, &c->rendition[i].encoder);
    if (fault != MEDIA_OK) return fault;
    i64 delay_us = av_rescale_q(c->rendition[0].encoder->has_b_frames, av_inv_q(c->ladder.rate), AV_TIME_BASE_Q);
    fault = c->sound_bytes ? sound_open(c->a, SOURCE_OTHER_SOUND, c->sound_bytes, 0, delay_us, &c->other, &c->sound)
                           : sound_open(c->a, SOURCE_SOUND, c->bytes, c->start_us, delay_us, &c->loudness, &c->sound);
    for (i64 i = 0; i < c->ladder.n && fault == MEDIA_OK; i++) {
        Rendition *r = &c->rendition[i];
        Size size = c->ladder.size[i];
        r->hls = (Hls){ .a = c->a, .name = size.width < size.height ? size.width : size.height, .width = size.width,
                        .height = size.height, .rate = c->ladder.rate, .frames_a_segment = r->encoder->gop_size,
                        .sound = c->sound, .fd = -1 };
        fault = hls_open(&r->hls, r->encoder);
    }
    return fault;
}

// Everything that depends on what the first frame turns out to be.
static MediaFault begin(Clip *c)
{
    const AVFrame *f = c->decoded;
    if (f->width > MEDIA_SIDE_MAX || f->height > MEDIA_SIDE_MAX) return MEDIA_TOO_LARGE_PICTURE;
    c->ladder = ladder_of(c->source, f);
    MediaFault fault = graph_open(c->a, c->source, f, &c->ladder, &c->graph);
    return fault == MEDIA_OK ? open_renditions(c) : fault;
}

static MediaFault drain_encoder(Clip *c, Rendition *r)
{
    for (;;) {
        int error = avcodec_receive_packet(r->encoder, c->packet);
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return MEDIA_OK;
        if (error < 0) return fault_of_av(error);
        MediaFault fault = hls_packet(&r->hls, c->packet);
        av_packet_unref(c->packet);
        if (fault != MEDIA_OK) return fault;
    }
}

static MediaFault encode(Clip *c, i64 i)
{
    Rendition *r = &c->rendition[i];
    AVFrame *f = c->picture;
    i64 poster_every = (i64)ceil(av_q2d(c->ladder.rate) / POSTER_A_SECOND);
    MediaFault fault = MEDIA_OK;
    if (i == 0) {
        c->frames_out = f->pts + 1;
        if (f->pts % poster_every == 0 && f->pts < POSTER_S * POSTER_A_SECOND * poster_every) fault = poster_offer(&c->poster, f);
        if (fault != MEDIA_OK) return fault;
    }
    f->pict_type = f->pts % r->encoder->gop_size == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    int error = avcodec_send_frame(r->encoder, f);
    return error < 0 ? fault_of_av(error) : drain_encoder(c, r);
}

// Takes every picture that is ready out of the filters.
static MediaFault drain_graph(Clip *c)
{
    for (i64 i = 0; i < c->ladder.n; i++) {
        for (;;) {
            int error = av_buffersink_get_frame(c->graph.out[i], c->picture);
            if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) break;
            if (error < 0) return fault_of_av(error);
            MediaFault fault = encode(c, i);
            av_frame_unref(c->picture);
            if (fault != MEDIA_OK) return fault;
        }
    }
    return MEDIA_OK;
}

static i64 frame_us(const Clip *c, const AVFrame *f)
{
    if (f->pkt_duration > 0) {
        i64 us = av_rescale_q(f->pkt_duration, c->source->stream->time_base, AV_TIME_BASE_Q);
        if (us > 0 && us < JUMP_MAX_US) return us;
    }
    AVRational rate = c->source->stream->avg_frame_rate;
    return rate.num > 0 && rate.den > 0 ? av_rescale_q(1, av_inv_q(rate), AV_TIME_BASE_Q) : 33333;
}

// The frame's time from the clip's zero. Times that are missing, or jump where clocks may restart, follow the last one.
static i64 time_of(Clip *c, const AVFrame *f)
{
    bool first = c->frames_in == 0;
    if (f->best_effort_timestamp == AV_NOPTS_VALUE) return c->end_us;
    i64 at = av_rescale_q(f->best_effort_timestamp, c->source->stream->time_base, AV_TIME_BASE_Q);
    if (first) c->start_us = at;
    at += c->shift_us - c->start_us;
    i64 off = at - c->end_us;
    bool restarts = c->source->format->iformat->flags & AVFMT_TS_DISCONT;
    if (!first && (off < -BACK_MAX_US || (restarts && off > JUMP_MAX_US))) {
        c->shift_us -= off;
        at = c->end_us;
    }
    return at < 0 ? 0 : at;
}

static void say_progress(Clip *c)
{
    if (c->claimed_ms <= 0) return;
    i64 permille = c->end_us / c->claimed_ms;
    if (permille > 999) permille = 999;
    if (permille < c->said_permille + PROGRESS_STEP) return;
    c->said_permille = permille;
    child_say_progress(permille);
}

static MediaFault take_frame(Clip *c, i64 *bad_start)
{
    AVFrame *f = c->decoded;
    bool damaged = f->flags & AV_FRAME_FLAG_CORRUPT || f->decode_error_flags;
    // What precedes the first keyframe is grey mud: playing starts with the first whole picture.
    if (c->frames_in == 0 && damaged && ++*bad_start <= BAD_START_MAX) return MEDIA_OK;
    i64 at = time_of(c, f), last_us = c->end_us;
    if (at > LONGEST_US || ++c->frames_in > FRAMES_MAX) return MEDIA_TOO_LONG;
    if (c->frames_in == 1) {
        MediaFault fault = begin(c);
        if (fault != MEDIA_OK) return fault;
    }
    f->pts = at;
    i64 end = at + frame_us(c, f);
    c->end_us = end > last_us ? end : last_us;
    f->pict_type = AV_PICTURE_TYPE_NONE;
    int error = av_buffersrc_add_frame(c->graph.in, f);
    if (error == AVERROR(ENOMEM)) return MEDIA_TOO_MUCH_MEMORY;
    say_progress(c);
    return error < 0 ? MEDIA_DECODE : drain_graph(c);
}

// The end of the sound from the clip's zero; 0 when there is none.
static i64 sound_end_us(const Clip *c)
{
    return c->loudness.heard ? c->loudness.end_us - c->start_us : 0;
}

static MediaFault check_end(const Clip *c)
{
    const Source *s = c->source;
    if (c->frames_in == 0) return MEDIA_DECODE;
    if (s->errors * 2 > s->packets) return MEDIA_DECODE;
    // Containers with an index were checked before; streams do not know how long they are; the rest says so in its head.
    bool knows = strncmp(s->format->iformat->name, "mov", 3) != 0 && !(s->format->iformat->flags & AVFMT_TS_DISCONT);
    // The claim is often that of the longest stream.
    i64 sound_us = sound_end_us(c), missing_ms = c->claimed_ms - (sound_us > c->end_us ? sound_us : c->end_us) / 1000;
    if (knows && missing_ms > CUT_LEAST_MS && missing_ms > c->claimed_ms / 10) return MEDIA_CUT;
    return c->end_us < MEDIA_CLIP_MIN_MS * 1000 ? MEDIA_TOO_SHORT : MEDIA_OK;
}

static MediaFault finish(Clip *c, WireDone *out)
{
    i64 sound_us = sound_end_us(c);
    // Another one's sound ends with the pictures.
    if (c->sound && !c->sound_bytes && sound_us > c->end_us + STILL_END_US && sound_us <= LONGEST_US) c->end_us = sound_us;
    int error = av_buffersrc_close(c->graph.in, c->end_us, 0);
    if (error < 0) return fault_of_av(error);
    MediaFault fault = drain_graph(c);
    const Hls *all[LADDER_MAX];
    i64 n = c->ladder.n;
    for (i64 i = 0; i < n && fault == MEDIA_OK; i++) {
        Rendition *r = &c->rendition[i];
        all[n - 1 - i] = &r->hls;        // the smallest first: what a player without a measurement starts with
        avcodec_send_frame(r->encoder, NULL);
        fault = drain_encoder(c, r);
        if (fault == MEDIA_OK) fault = hls_finish(&r->hls, c->frames_out);
    }
    if (fault == MEDIA_OK) fault = poster_write(&c->poster);
    if (fault == MEDIA_OK) fault = hls_master(c->a, all, n);
    if (fault != MEDIA_OK) return fault;
    child_say_progress(1000);
    out->v[WIRE_CLIP_WIDTH] = c->ladder.size[0].width;
    out->v[WIRE_CLIP_HEIGHT] = c->ladder.size[0].height;
    out->v[WIRE_CLIP_MS] = av_rescale_q(c->frames_out, av_inv_q(c->ladder.rate), (AVRational){ 1, 1000 });
    out->v[WIRE_CLIP_SOUND] = c->sound != NULL;
    out->v[WIRE_CLIP_RENDITIONS] = n;
    return MEDIA_OK;
}

static MediaFault check_before(Clip *c)
{
    MediaFault fault = source_open(c->a, SOURCE_VIDEO, c->bytes, &c->source);
    if (fault != MEDIA_OK) return fault;
    if (!c->source->stream) return MEDIA_NO_VIDEO;
    if (source_is_cut(c->source)) return MEDIA_CUT;
    c->claimed_ms = source_claimed_ms(c->source);
    // Where clocks may restart the claim is the difference of two of them: decoding finds out.
    bool vague = c->source->format->iformat->flags & AVFMT_TS_DISCONT;
    if (vague && c->claimed_ms > MEDIA_CLIP_MAX_MS) c->claimed_ms = 0;
    if (c->claimed_ms > LONGEST_US / 1000) return MEDIA_TOO_LONG;
    child_say_length(c->claimed_ms > 0 ? c->claimed_ms : MEDIA_CLIP_MAX_MS);
    fault = sound_measure(c->a, SOURCE_SOUND, c->bytes, &c->loudness);
    if (fault != MEDIA_OK || !c->sound_bytes) return fault;
    fault = sound_measure(c->a, SOURCE_OTHER_SOUND, c->sound_bytes, &c->other);
    return fault == MEDIA_OK && !c->other.heard ? MEDIA_SOUND_GONE : fault;
}

MediaFault clip_run(Arena *a, i64 source_bytes, i64 sound_bytes, bool quick, WireDone *out)
{
    Clip *c = arena_new(a, Clip);
    *c = (Clip){ .a = a, .bytes = source_bytes, .sound_bytes = sound_bytes, .quick = quick, .decoded = av_frame_alloc(),
                 .picture = av_frame_alloc(), .packet = av_packet_alloc(), .said_permille = -PROGRESS_STEP };
    if (!c->decoded || !c->picture || !c->packet) return MEDIA_TOO_MUCH_MEMORY;
    av_log_set_level(AV_LOG_QUIET);
    MediaFault fault = check_before(c);
    i64 bad_start = 0;
    for (bool got = true; fault == MEDIA_OK && got;) {
        fault = source_next(c->source, c->decoded, &got);
        if (fault == MEDIA_OK && got) fault = take_frame(c, &bad_start);
        av_frame_unref(c->decoded);
    }
    if (fault == MEDIA_OK) fault = check_end(c);
    return fault == MEDIA_OK ? finish(c, out) : fault;
}
