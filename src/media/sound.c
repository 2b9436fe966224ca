// The sound of a clip: measured, evened out and encoded once for all renditions. Knows no playlist.
#include "media/sound.h"

#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <math.h>

enum {
    BIT_RATE = 128000,
    GAP_MAX_US = 10 * 1000 * 1000,           // a longer hole is a broken timestamp, not silence
    BACK_MAX_US = 500 * 1000,                // and so is a longer step back
    LENGTH_MAX_US = MEDIA_CLIP_MAX_MS * 1000 + 5 * 1000 * 1000,
};

// EBU R128 measures (ITU-R BS.1770-4). One gain for the whole clip keeps its dynamics, and costs a tenth of the one-pass
// filter, which works at 192 kHz; a limiter catches the peaks that the gain would push too high.
static const double TARGET_LUFS = -16, PEAK_DB = -2, SILENCE_LUFS = -60, GAIN_MIN_DB = -24, GAIN_MAX_DB = 18;

static MediaFault open_path(SoundPath *p, const AVFrame *first, const char *filters)
{
    char args[256], layout[64];
    AVFilterInOut *ins = avfilter_inout_alloc(), *outs = avfilter_inout_alloc();
    p->graph = avfilter_graph_alloc();
    if (!ins || !outs || !p->graph) return MEDIA_TOO_MUCH_MEMORY;
    p->graph->nb_threads = 1;
    AVChannelLayout known = first->ch_layout;
    if (known.order == AV_CHANNEL_ORDER_UNSPEC) av_channel_layout_default(&known, first->ch_layout.nb_channels);
    av_channel_layout_describe(&known, layout, sizeof(layout));
    snprintf(args, sizeof(args), "time_base=1/1000000:sample_rate=%d:sample_fmt=%d:channel_layout=%s", first->sample_rate,
             first->format, layout);
    int error = avfilter_graph_create_filter(&p->in, avfilter_get_by_name("abuffer"), "in", args, NULL, p->graph);
    if (error < 0) return fault_of_av(error);
    error = avfilter_graph_create_filter(&p->out, avfilter_get_by_name("abuffersink"), "out", NULL, NULL, p->graph);
    if (error < 0) return fault_of_av(error);
    *outs = (AVFilterInOut){ .name = av_strdup("in"), .filter_ctx = p->in };
    *ins = (AVFilterInOut){ .name = av_strdup("out"), .filter_ctx = p->out };
    error = avfilter_graph_parse_ptr(p->graph, filters, &ins, &outs, NULL);
    if (error < 0) return fault_of_av(error);
    return fault_of_av(avfilter_graph_config(p->graph, NULL));
}

// The next decoded frame; of a sound that begins again the first one after the last. Not of one that gives nothing.
static MediaFault decode(Sound *s, bool *got)
{
    MediaFault fault = source_next(s->source, s->decoded, got);
    if (fault != MEDIA_OK || *got || !s->again || s->expected_us <= s->turn_us) return fault;
    i64 bytes = s->source->size;
    source_close(s->source);
    fault = source_open(s->a, SOURCE_OTHER_SOUND, bytes, &s->source);
    if (fault != MEDIA_OK || !s->source->stream) return fault;
    s->begun = true;
    s->turn_us = s->expected_us;
    return source_next(s->source, s->decoded, got);
}

// The next frame of sound with a sane time: microseconds from start_us. *got false at the end or past the longest clip.
static MediaFault next_frame(Sound *s, bool *got)
{
    MediaFault fault = decode(s, got);
    if (fault != MEDIA_OK || !*got) return fault;
    AVFrame *f = s->decoded;
    i64 at = s->expected_us;
    if (f->best_effort_timestamp != AV_NOPTS_VALUE)
        at = av_rescale_q(f->best_effort_timestamp, s->source->stream->time_base, AV_TIME_BASE_Q) - s->start_us + s->shift_us;
    i64 off = at - s->expected_us;
    if (s->begun || off > GAP_MAX_US || (off < -BACK_MAX_US && s->expected_us > 0)) {
        s->shift_us -= off;
        at = s->expected_us;
    }
    s->begun = false;
    if (f->sample_rate <= 0 || f->ch_layout.nb_channels <= 0) return MEDIA_DECODE;
    f->pts = at;
    s->expected_us = at + av_rescale(f->nb_samples, 1000000, f->sample_rate);
    if (s->expected_us > LENGTH_MAX_US) *got = false;
    return MEDIA_OK;
}

// One more decoded frame into the filters, or their end.
static MediaFault push(Sound *s, const char *filters, bool *ended)
{
    bool got = false;
    MediaFault fault = next_frame(s, &got);
    if (fault != MEDIA_OK) return fault;
    *ended = !got;
    if (!got) return s->path.in ? fault_of_av(av_buffersrc_add_frame(s->path.in, NULL)) : MEDIA_OK;
    if (!s->path.in) fault = open_path(&s->path, s->decoded, filters);
    if (fault != MEDIA_OK) return fault;
    int error = av_buffersrc_add_frame(s->path.in, s->decoded);
    av_frame_unref(s->decoded);
    // A frame whose shape differs from the first one's is lost; the silence is filled in.
    return error == AVERROR(ENOMEM) ? MEDIA_TOO_MUCH_MEMORY : MEDIA_OK;
}

static MediaFault sound_new(Arena *a, SourceKind kind, i64 bytes, Sound **out)
{
    Sound *s = *out = arena_new(a, Sound);
    s->a = a;
    MediaFault fault = source_open(a, kind, bytes, &s->source);
    if (fault != MEDIA_OK) return fault;
    s->decoded = av_frame_alloc();
    s->filtered = av_frame_alloc();
    return s->decoded && s->filtered ? MEDIA_OK : MEDIA_TOO_MUCH_MEMORY;
}

static double number(const AVDictionary *tags, const char *name, double otherwise)
{
    const AVDictionaryEntry *e = av_dict_get(tags, name, NULL, 0);
    char *end = NULL;
    double v = e ? strtod(e->value, &end) : otherwise;
    return e && end != e->value && isfinite(v) ? v : otherwise;
}

static void note_loudness(Sound *s, Loudness *out)
{
    while (s->path.out && av_buffersink_get_frame(s->path.out, s->filtered) >= 0) {
        const AVDictionary *tags = s->filtered->metadata;
        double left = number(tags, "lavfi.r128.sample_peaks_ch0", 0), right = number(tags, "lavfi.r128.sample_peaks_ch1", 0);
        out->heard = true;
        out->lufs = number(tags, "lavfi.r128.I", out->lufs);
        out->peak_db = 20 * log10(fmax(fmax(left, right), 1e-6));
        av_frame_unref(s->filtered);
    }
}

static i64 zero_of(const Source *s)
{
    return s->format->start_time == AV_NOPTS_VALUE ? 0 : s->format->start_time;
}

// Where the pictures of a clip that was made here begin: its sound is heard from there.
static i64 pictures_start(const Source *s)
{
    for (unsigned i = 0; i < s->format->nb_streams; i++) {
        const AVStream *stream = s->format->streams[i];
        if (stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && stream->start_time != AV_NOPTS_VALUE)
            return av_rescale_q(stream->start_time, stream->time_base, AV_TIME_BASE_Q);
    }
    return zero_of(s);
}

MediaFault sound_measure(Arena *a, SourceKind kind, i64 bytes, Loudness *out)
{
    static const char FILTERS[] = "aresample=48000:ocl=stereo:osf=dbl,ebur128=metadata=1:peak=sample";
    Sound *s;
    *out = (Loudness){ .lufs = SILENCE_LUFS };
    MediaFault fault = sound_new(a, kind, bytes, &s);
    if (fault != MEDIA_OK) return fault;
    if (!s->source->stream) return MEDIA_OK;
    s->start_us = zero_of(s->source);
    for (bool ended = false; !ended;) {
        fault = push(s, FILTERS, &ended);
        // A codec that does not work costs the clip its sound, not its life.
        if (fault == MEDIA_TOO_MUCH_MEMORY) return fault;
        if (fault != MEDIA_OK) return MEDIA_OK;
        note_loudness(s, out);
    }
    out->end_us = s->start_us + s->expected_us;
    avfilter_graph_free(&s->path.graph);
    avcodec_free_context(&s->source->decoder);
    return MEDIA_OK;
}

static MediaFault open_encoder(Sound *s)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    if (!codec) return MEDIA_DECODE;
    AVCodecContext *e = s->encoder = avcodec_alloc_context3(codec);
    if (!e) return MEDIA_TOO_MUCH_MEMORY;
    e->sample_rate = SOUND_RATE;
    e->sample_fmt = AV_SAMPLE_FMT_FLTP;
    e->ch_layout = (AVChannelLayout)AV_CHANNEL_LAYOUT_STEREO;
    e->bit_rate = BIT_RATE;
    e->time_base = (AVRational){ 1, SOUND_RATE };
    e->profile = FF_PROFILE_AAC_LOW;
    e->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    e->thread_count = 1;
    return fault_of_av(avcodec_open2(e, codec, NULL));
}

static const char *filters_of(Arena *a, const Loudness *l)
{
    double gain = l->lufs <= SILENCE_LUFS ? 0 : TARGET_LUFS - l->lufs;
    gain = fmin(fmax(gain, GAIN_MIN_DB), GAIN_MAX_DB);
    const char *limiter = "";
    if (l->peak_db + gain > PEAK_DB)
        limiter = arena_format(a, ",alimiter=limit=%.4f:attack=5:release=50:level=false", pow(10, PEAK_DB / 20)).p;
    return arena_format(a, "aresample=48000:async=1:first_pts=0:ocl=stereo:osf=fltp,aformat=fltp:48000:stereo,"
                        "volume=%.2fdB%s,aformat=fltp:48000:stereo,asetnsamples=n=%d:p=1", gain, limiter, SOUND_FRAME).p;
}

MediaFault sound_open(Arena *a, SourceKind kind, i64 bytes, i64 start_us, i64 delay_us, const Loudness *loudness, Sound **out)
{
    *out = NULL;
    if (!loudness->heard) return MEDIA_OK;
    Sound *s;
    MediaFault fault = sound_new(a, kind, bytes, &s);
    if (fault != MEDIA_OK) return fault;
    s->again = kind == SOURCE_OTHER_SOUND;
    must(s->source->stream != NULL);
    if (s->again) start_us = pictures_start(s->source);
    // The encoder's first packet is its run-in, which players play as 1024 samples: the sound is put that much earlier.
    s->start_us = start_us - delay_us + av_rescale(SOUND_FRAME, 1000000, SOUND_RATE);
    const char *filters = filters_of(a, loudness);
    // The filters are built from the first frame, so that later calls need not know how.
    while (!s->path.in && !s->drained) {
        fault = push(s, filters, &s->drained);
        if (fault != MEDIA_OK) return fault;
    }
    for (int i = 0; i < SOUND_RING; i++) {
        s->ring[i] = av_packet_alloc();
        if (!s->ring[i]) return MEDIA_TOO_MUCH_MEMORY;
    }
    *out = s;
    return open_encoder(s);
}

// The next 1024 samples into s->filtered: sound while there is some, then silence.
static MediaFault next_samples(Sound *s)
{
    for (;;) {
        int error = s->drained || !s->path.out ? AVERROR_EOF : av_buffersink_get_frame(s->path.out, s->filtered);
        if (error >= 0) return MEDIA_OK;
        if (error == AVERROR(EAGAIN)) {
            bool ended = false;
            MediaFault fault = push(s, NULL, &ended);
            if (fault != MEDIA_OK) return fault;
            continue;
        }
        if (error != AVERROR_EOF) return fault_of_av(error);
        s->drained = true;
        AVFrame *f = s->filtered;
        f->nb_samples = SOUND_FRAME;
        f->format = AV_SAMPLE_FMT_FLTP;
        f->sample_rate = SOUND_RATE;
        f->ch_layout = (AVChannelLayout)AV_CHANNEL_LAYOUT_STEREO;
        error = av_frame_get_buffer(f, 0);
        if (error < 0) return fault_of_av(error);
        return fault_of_av(av_samples_set_silence(f->data, 0, SOUND_FRAME, 2, AV_SAMPLE_FMT_FLTP));
    }
}

static MediaFault collect(Sound *s)
{
    for (;;) {
        AVPacket *p = s->ring[s->made % SOUND_RING];
        av_packet_unref(p);
        int error = avcodec_receive_packet(s->encoder, p);
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return MEDIA_OK;
        if (error < 0) return fault_of_av(error);
        p->pts = p->dts = s->made * SOUND_FRAME;
        p->duration = SOUND_FRAME;
        s->made++;
    }
}

MediaFault sound_until(Sound *s, i64 samples)
{
    while (s->made * SOUND_FRAME < samples) {
        MediaFault fault = next_samples(s);
        if (fault != MEDIA_OK) return fault;
        s->filtered->pts = s->samples;
        s->samples += SOUND_FRAME;
        int error = avcodec_send_frame(s->encoder, s->filtered);
        av_frame_unref(s->filtered);
        if (error < 0) return fault_of_av(error);
        fault = collect(s);
        if (fault != MEDIA_OK) return fault;
    }
    return MEDIA_OK;
}

const AVPacket *sound_packet(const Sound *s, i64 number, i64 samples)
{
    must(number >= 0 && number > s->made - SOUND_RING);
    return number < s->made && number * SOUND_FRAME < samples ? s->ring[number % SOUND_RING] : NULL;
}
