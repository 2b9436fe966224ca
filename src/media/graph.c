// From decoded frames of any shape to the ladder's pictures: upright, square pixels, SDR, even rate. Knows no encoder.
#include "media/graph.h"

#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
#include <math.h>

#include "base/buf.h"

enum {
    TOP_SHORT_SIDE = 1080, TOP_LONG_SIDE = 1920,
    RATE_MAX = 60, RATE_LEAST = 10,      // frames a second; the least keeps seeking and the poster sensible
    FILTERS_MAX = 4096,
};

// The lower rungs. One is taken when it is clearly smaller than the rung above it.
static const i64 RUNGS[] = { 720, 360 };
static const double RUNG_STEP = 0.8;

// How the picture must be turned: the eight ways that a display matrix can ask for.
typedef struct Turn { bool swaps; const char *filters; } Turn;

static Turn turn_of(const AVStream *stream)
{
    const i32 *m = (const i32 *)(const void *)av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, NULL);
    if (!m) return (Turn){ false, "" };
    // x' = a x + c y, y' = b x + d y (ISO 14496-12): where the source's right and its bottom come to lie.
    i64 a = m[0], b = m[1], c = m[3], d = m[4];
    if (llabs(b) > llabs(a) && llabs(c) > llabs(d)) {
        if (b > 0) return (Turn){ true, c < 0 ? ",transpose=clock" : ",transpose=cclock_flip" };
        return (Turn){ true, c > 0 ? ",transpose=cclock" : ",transpose=clock_flip" };
    }
    if (a < 0) return (Turn){ false, d < 0 ? ",hflip,vflip" : ",hflip" };
    return (Turn){ false, d < 0 ? ",vflip" : "" };
}

static i64 even(i64 n)
{
    return n < 2 ? 2 : n - n % 2;
}

// Never larger than the picture itself: an odd last line is left out. Below it, the nearest even number.
static Size scaled(double width, double height, double factor)
{
    if (factor >= 1) return (Size){ even(llround(width)), even(llround(height)) };
    return (Size){ even(llround(width * factor) + 1), even(llround(height * factor) + 1) };
}

static i64 source_rate_max(double rate)
{
    return (i64)ceil(rate / (RATE_MAX + 0.5));
}

// Clips get an even rate, because a segment of two seconds must begin with a frame of its own; frames are repeated or
// left out where the source has gaps. Nearly all clips have one of the usual rates and keep it exactly.
static AVRational rate_of(const AVStream *stream)
{
    static const AVRational USUAL[] = { { 24000, 1001 }, { 24, 1 }, { 25, 1 }, { 30000, 1001 }, { 30, 1 }, { 48, 1 }, { 50, 1 },
                                        { 60000, 1001 }, { 60, 1 } };
    AVRational mean = stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate;
    double f = mean.num > 0 && mean.den > 0 ? av_q2d(mean) : 30;
    double nominal = stream->r_frame_rate.num > 0 && stream->r_frame_rate.den > 0 ? av_q2d(stream->r_frame_rate) : f;
    bool steady = fabs(nominal - f) < 0.01 * f;
    f /= (double)source_rate_max(f);
    double nearest = 1e9;
    AVRational best = { 30, 1 };
    for (i64 i = 0; i < COUNT(USUAL); i++) {
        double off = fabs(av_q2d(USUAL[i]) - f) / f;
        if (off < nearest) nearest = off, best = USUAL[i];
    }
    if (nearest < (steady ? 0.005 : 0.02)) return best;
    if (steady) {
        int whole = (int)fmax(1, round(f));
        return (AVRational){ whole >= RATE_LEAST ? whole : whole * ((RATE_LEAST + whole - 1) / whole), 1 };
    }
    // Uneven: the next rate up loses no frame.
    return (AVRational){ f <= 15 ? 15 : f <= 24 ? 24 : f <= 30 ? 30 : 60, 1 };
}

Ladder ladder_of(const Source *s, const AVFrame *first)
{
    AVRational sar = av_guess_sample_aspect_ratio(s->format, s->stream, (AVFrame *)(uintptr_t)first);
    double width = first->width, height = first->height, aspect = sar.num > 0 && sar.den > 0 ? av_q2d(sar) : 1;
    // Wide pixels become more, narrow ones fewer lines' worth: nothing is enlarged in the other direction.
    if (aspect > 0.1 && aspect < 10) aspect > 1 ? (width *= aspect) : (height /= aspect);
    if (turn_of(s->stream).swaps) {
        double swap = width;
        width = height;
        height = swap;
    }
    double short_side = fmin(width, height), long_side = fmax(width, height);
    double fit = fmin(1, fmin(TOP_SHORT_SIDE / short_side, TOP_LONG_SIDE / long_side));
    Ladder l = { .n = 1, .rate = rate_of(s->stream) };
    l.size[0] = scaled(width, height, fit);
    double last = short_side * fit;
    for (i64 i = 0; i < COUNT(RUNGS) && l.n < LADDER_MAX; i++) {
        if ((double)RUNGS[i] > RUNG_STEP * last) continue;
        last = (double)RUNGS[i];
        l.size[l.n++] = scaled(width, height, last / short_side);
    }
    return l;
}

static const char *matrix_of(const AVFrame *f)
{
    if (f->colorspace != AVCOL_SPC_UNSPECIFIED && f->colorspace != AVCOL_SPC_RESERVED) return "auto";
    return f->height >= 720 || f->width >= 1280 ? "bt709" : "bt601";     // what players assume too
}

// HDR by its transfer curve (SMPTE ST 2084 and ARIB STD-B67); wide colour alone is no reason to change the tones.
static const char *hdr_curve(const AVFrame *f)
{
    if (!avfilter_get_by_name("zscale") || !avfilter_get_by_name("tonemap")) return NULL;
    return f->color_trc == AVCOL_TRC_SMPTE2084 ? "smpte2084" : f->color_trc == AVCOL_TRC_ARIB_STD_B67 ? "arib-std-b67" : NULL;
}

// To the largest size first: everything after it, the float arithmetic of HDR above all, has fewer pixels to do.
static void add_tones(Buf *b, const AVFrame *f, i64 width, i64 height)
{
    const char *curve = hdr_curve(f);
    buf_format(b, "scale=%lld:%lld:flags=bicubic:in_color_matrix=%s", (long long)width, (long long)height, matrix_of(f));
    if (!curve) {
        buf_add(b, STR(":out_color_matrix=bt709:out_range=tv,format=yuv420p"));
        return;
    }
    const char *range = f->color_range == AVCOL_RANGE_JPEG ? "full" : "limited";
    // Reference white of HDR is 203 cd/m2 (ITU-R BT.2408); the curve leaves what is below it nearly alone.
    buf_format(b, ",format=yuv420p10le,zscale=tin=%s:min=bt2020nc:pin=bt2020:rin=%s:t=linear:npl=203,format=gbrpf32le,"
               "zscale=p=bt709,tonemap=tonemap=mobius:desat=0:peak=5,zscale=t=bt709:m=bt709:r=tv,format=yuv420p", curve, range);
}

static Str filters_of(Arena *a, const Source *s, const AVFrame *first, const Ladder *l)
{
    Buf b = buf_new(a, FILTERS_MAX);
    Turn turn = turn_of(s->stream);
    AVRational mean = s->stream->avg_frame_rate;
    bool fewer = mean.num > 0 && mean.den > 0 && av_q2d(mean) > 1.05 * av_q2d(l->rate);
    Str rate = arena_format(a, "fps=fps=%d/%d:start_time=0:round=near", l->rate.num, l->rate.den);
    if (first->interlaced_frame) buf_add(&b, STR("bwdif=mode=send_frame:deint=interlaced,"));
    if (fewer) buf_format(&b, "%.*s,", STR_ARG(rate));
    add_tones(&b, first, turn.swaps ? l->size[0].height : l->size[0].width,
              turn.swaps ? l->size[0].width : l->size[0].height);
    buf_format(&b, ",setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv%s,setsar=1", turn.filters);
    if (!fewer) buf_format(&b, ",%.*s", STR_ARG(rate));
    // Each rung is made from the one above it: the fewest pixels to read.
    for (i64 i = 1; i < l->n; i++)
        buf_format(&b, ",split[o%lld][c%lld];[c%lld]scale=%lld:%lld:flags=bicubic", (long long)i - 1, (long long)i, (long long)i,
                   (long long)l->size[i].width, (long long)l->size[i].height);
    buf_format(&b, "[o%lld]", (long long)l->n - 1);
    must(!b.full);
    return buf_str(&b);
}

static MediaFault open_ends(const Source *s, const AVFrame *first, const Ladder *l, Graph *g, AVFilterInOut **ins)
{
    char name[8];
    g->in = avfilter_graph_alloc_filter(g->graph, avfilter_get_by_name("buffer"), "in");
    AVBufferSrcParameters *p = av_buffersrc_parameters_alloc();
    if (!g->in || !p) return MEDIA_TOO_MUCH_MEMORY;
    p->format = first->format;
    p->width = first->width;
    p->height = first->height;
    p->time_base = AV_TIME_BASE_Q;
    p->frame_rate = s->stream->avg_frame_rate;
    p->sample_aspect_ratio = (AVRational){ 1, 1 };       // what it was is in the ladder's sizes already
    int error = av_buffersrc_parameters_set(g->in, p);
    av_free(p);
    if (error >= 0) error = avfilter_init_str(g->in, NULL);
    for (i64 i = l->n - 1; i >= 0 && error >= 0; i--) {
        snprintf(name, sizeof(name), "o%d", (int)i);
        error = avfilter_graph_create_filter(&g->out[i], avfilter_get_by_name("buffersink"), name, NULL, NULL, g->graph);
        AVFilterInOut *end = avfilter_inout_alloc();
        if (!end) return MEDIA_TOO_MUCH_MEMORY;
        *end = (AVFilterInOut){ .name = av_strdup(name), .filter_ctx = g->out[i], .next = *ins };
        *ins = end;
    }
    return fault_of_av(error);
}

MediaFault graph_open(Arena *a, const Source *s, const AVFrame *first, const Ladder *ladder, Graph *out)
{
    AVFilterInOut *ins = NULL, *outs = avfilter_inout_alloc();
    out->graph = avfilter_graph_alloc();
    if (!outs || !out->graph) return MEDIA_TOO_MUCH_MEMORY;
    out->graph->nb_threads = 1;
    MediaFault fault = open_ends(s, first, ladder, out, &ins);
    if (fault != MEDIA_OK) return fault;
    *outs = (AVFilterInOut){ .name = av_strdup("in"), .filter_ctx = out->in };
    Str filters = filters_of(a, s, first, ladder);
    int error = avfilter_graph_parse_ptr(out->graph, arena_cstr(a, filters), &ins, &outs, NULL);
    if (error < 0) return fault_of_av(error);
    return fault_of_av(avfilter_graph_config(out->graph, NULL));
}
