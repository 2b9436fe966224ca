// A hostile file as streams of packets: read through its descriptor only, so that no path or address inside it counts.
#include "media/source.h"

#include <errno.h>
#include <libavutil/opt.h>
#include <unistd.h>

enum {
    IO_BYTES = 64 * 1024,
    PROBE_BYTES = 5 * 1000 * 1000,           // what find_stream_info may read ahead
    PROBE_US = 5 * 1000 * 1000,
    STREAMS_MAX = 64,
    ERRORS_IN_A_ROW_MAX = 500,               // reads; libavformat can go on for ever over garbage
    THREADS = 1,                             // jobs run side by side instead: least CPU time for each
};

// Containers that hold their streams themselves. Not here: playlists and scripts that name other files or addresses
// (hls, dash, concat, imf, sdp, ffmetadata), formats split over files (image2, mlv, vobsub), devices, text.
// Kinds of sound alone are here so that their owner hears "no video" instead of "not media".
static const char *const CONTAINERS[] = {
    "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "mpegts", "mpeg", "mpegvideo", "flv", "live_flv", "kux", "ogg", "asf",
    "asf_o", "gif", "apng", "rm", "wtv", "nut", "mxf", "gxf", "dv", "ivf", "h264", "hevc", "m4v", "h261", "h263", "vc1",
    "vc1test", "av1", "obu", "mjpeg", "mpjpeg", "cavsvideo", "avs2", "avs3", "dirac", "nuv", "nsv", "roq", "flic", "yuv4mpegpipe",
    "swf", "ivr", "lxf", "mtv", "pva", "pmp", "rl2", "bink", "smk", "4xm", "film_cpk", "filmstrip", "thp", "xmv", "ty", "viv",
    "vivo", "wc3movie", "dxa", "amv", "anm", "argo_asf", "moflex", "kvag",
    "mp3", "wav", "w64", "flac", "aac", "ac3", "eac3", "amr", "aiff", "caf", "wv", "ape", "tta", "dts", "au", "opus", "mpc",
    "mpc8", "truehd", "tak", "qcp", "voc", "xwma",
};

static bool container_is_known(const AVInputFormat *f)
{
    for (i64 i = 0; i < COUNT(CONTAINERS); i++)
        if (strcmp(CONTAINERS[i], f->name) == 0) return true;
    return false;
}

MediaFault fault_of_av(int error)
{
    if (error >= 0) return MEDIA_OK;
    if (error == AVERROR(ENOMEM)) return MEDIA_TOO_MUCH_MEMORY;
    if (error == AVERROR(ENOSPC) || error == AVERROR(EFBIG) || error == AVERROR(EDQUOT)) return MEDIA_DISK;
    return MEDIA_DECODE;
}

static int read_some(void *opaque, u8 *out, int room)
{
    Source *s = opaque;
    ssize_t n;
    do n = pread(s->fd, out, (size_t)room, s->at);
    while (n < 0 && errno == EINTR);
    if (n < 0) return AVERROR(errno);
    if (n == 0) return AVERROR_EOF;
    s->at += n;
    return (int)n;
}

static i64 seek_to(void *opaque, i64 offset, int whence)
{
    Source *s = opaque;
    if (whence & AVSEEK_SIZE) return s->size;
    whence &= ~AVSEEK_FORCE;
    i64 base = whence == SEEK_CUR ? s->at : whence == SEEK_END ? s->size : 0, to;
    if (__builtin_add_overflow(base, offset, &to) || to < 0) return AVERROR(EINVAL);
    s->at = to;
    return to;
}

static int refuse_open(AVFormatContext *format, AVIOContext **io, const char *url, int flags, AVDictionary **options)
{
    (void)format, (void)url, (void)flags, (void)options;
    *io = NULL;
    return AVERROR(EACCES);
}

static MediaFault open_container(Source *s)
{
    AVIOContext *io = avio_alloc_context(av_malloc(IO_BYTES), IO_BYTES, 0, s, read_some, NULL, seek_to);
    s->format = avformat_alloc_context();
    if (!io || !s->format) return MEDIA_TOO_MUCH_MEMORY;
    const AVInputFormat *container = NULL;
    int score = av_probe_input_buffer2(io, &container, "", NULL, 0, 0);
    if (score == AVERROR(ENOMEM)) return MEDIA_TOO_MUCH_MEMORY;
    if (score <= AVPROBE_SCORE_RETRY || !container || !container_is_known(container)) return MEDIA_NOT_MEDIA;
    s->format->pb = io;
    s->format->io_open = refuse_open;
    s->format->flags |= AVFMT_FLAG_CUSTOM_IO;
    s->format->probesize = PROBE_BYTES;
    s->format->max_analyze_duration = PROBE_US;
    s->format->max_streams = STREAMS_MAX;
    s->format->protocol_whitelist = av_strdup("none");
    int error = avformat_open_input(&s->format, "", container, NULL);
    if (error == AVERROR(ENOMEM)) return MEDIA_TOO_MUCH_MEMORY;
    if (error < 0) return MEDIA_CUT;         // the beginning of a container that we know, and then not its contents
    return MEDIA_OK;
}

// Cover art and thumbnails are streams too, but not the video.
static i64 rank_of(const AVStream *stream, SourceKind kind)
{
    const AVCodecParameters *p = stream->codecpar;
    const int pictures = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS | AV_DISPOSITION_STILL_IMAGE;
    if (p->codec_type != (kind == SOURCE_VIDEO ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO)) return -1;
    if (!avcodec_find_decoder(p->codec_id)) return -1;
    i64 rank = stream->disposition & AV_DISPOSITION_DEFAULT ? (i64)1 << 40 : 0;
    if (kind == SOURCE_VIDEO)
        return stream->disposition & pictures ? -1 : rank + (i64)p->width * p->height;
    // Comments for the blind are not what the maker wants heard by all. Then more channels, then more bits.
    if (!(stream->disposition & (AV_DISPOSITION_VISUAL_IMPAIRED | AV_DISPOSITION_COMMENT))) rank += (i64)1 << 41;
    i64 rate = p->bit_rate > 0 && p->bit_rate < 1 << 30 ? p->bit_rate : 0;
    int channels = p->ch_layout.nb_channels < 8 ? p->ch_layout.nb_channels : 8;
    return rank + ((i64)channels << 32) + rate;
}

static void pick_stream(Source *s, SourceKind kind)
{
    i64 best = -1;
    for (unsigned i = 0; i < s->format->nb_streams; i++) {
        i64 rank = rank_of(s->format->streams[i], kind);
        if (rank <= best) continue;
        best = rank;
        s->stream = s->format->streams[i];
    }
    for (unsigned i = 0; i < s->format->nb_streams; i++)
        if (s->format->streams[i] != s->stream) s->format->streams[i]->discard = AVDISCARD_ALL;
}

static MediaFault open_decoder(Source *s)
{
    const AVCodec *codec = avcodec_find_decoder(s->stream->codecpar->codec_id);
    s->decoder = avcodec_alloc_context3(codec);
    s->packet = av_packet_alloc();
    if (!s->decoder || !s->packet) return MEDIA_TOO_MUCH_MEMORY;
    int error = avcodec_parameters_to_context(s->decoder, s->stream->codecpar);
    if (error < 0) return fault_of_av(error);
    s->decoder->pkt_timebase = s->stream->time_base;
    s->decoder->thread_count = THREADS;
    s->decoder->max_pixels = (i64)MEDIA_SIDE_MAX * MEDIA_SIDE_MAX;
    return fault_of_av(avcodec_open2(s->decoder, codec, NULL));
}

MediaFault source_open(Arena *a, SourceKind kind, i64 bytes, Source **out)
{
    Source *s = *out = arena_new(a, Source);
    *s = (Source){ .size = bytes, .fd = kind == SOURCE_OTHER_SOUND ? WIRE_SOUND_FD : WIRE_SOURCE_FD };
    MediaFault fault = open_container(s);
    if (fault != MEDIA_OK) return fault;
    // Sizes first: finding out about a stream may already decode a frame of it.
    for (unsigned i = 0; i < s->format->nb_streams; i++) {
        const AVCodecParameters *p = s->format->streams[i]->codecpar;
        if (p->width > MEDIA_SIDE_MAX || p->height > MEDIA_SIDE_MAX) return MEDIA_TOO_LARGE_PICTURE;
    }
    int error = avformat_find_stream_info(s->format, NULL);
    if (error < 0) return fault_of_av(error);
    pick_stream(s, kind);
    if (!s->stream) return MEDIA_OK;
    const AVCodecParameters *p = s->stream->codecpar;
    if (p->width > MEDIA_SIDE_MAX || p->height > MEDIA_SIDE_MAX) return MEDIA_TOO_LARGE_PICTURE;
    return open_decoder(s);
}

void source_close(Source *s)
{
    AVIOContext *io = s->format ? s->format->pb : NULL;
    av_packet_free(&s->packet);
    avcodec_free_context(&s->decoder);
    avformat_close_input(&s->format);
    if (io) av_freep(&io->buffer);
    avio_context_free(&io);
}

bool source_is_cut(const Source *s)
{
    int n = avformat_index_get_entries_count(s->stream);
    if (strncmp(s->format->iformat->name, "mov", 3) != 0) return false;    // others' indexes hold keyframes or guesses
    for (int i = 0; i < n; i++) {
        const AVIndexEntry *e = avformat_index_get_entry(s->stream, i);
        if (e && e->pos + e->size > s->size) return true;
    }
    return false;
}

i64 source_claimed_ms(const Source *s)
{
    if (s->stream->duration > 0)
        return av_rescale_q(s->stream->duration, s->stream->time_base, (AVRational){ 1, 1000 });
    if (s->format->duration <= 0 || s->format->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return 0;
    return s->format->duration / 1000;
}

// The next packet of the stream into the decoder; the flush packet at the end.
static MediaFault feed(Source *s)
{
    for (int bad = 0; bad < ERRORS_IN_A_ROW_MAX;) {
        int error = av_read_frame(s->format, s->packet);
        if (error == AVERROR(ENOMEM)) return MEDIA_TOO_MUCH_MEMORY;
        if (error == AVERROR_EOF || (s->format->pb && s->format->pb->eof_reached && error < 0)) break;
        if (error < 0) {
            bad++;
            continue;
        }
        if (s->packet->stream_index != s->stream->index) {
            av_packet_unref(s->packet);
            continue;
        }
        s->packets++;
        error = avcodec_send_packet(s->decoder, s->packet);
        av_packet_unref(s->packet);
        if (error == AVERROR(ENOMEM)) return MEDIA_TOO_MUCH_MEMORY;
        if (error < 0) s->errors++, bad++;
        else return MEDIA_OK;
    }
    s->ended = true;
    avcodec_send_packet(s->decoder, NULL);
    return MEDIA_OK;
}

MediaFault source_next(Source *s, AVFrame *frame, bool *got)
{
    for (int bad = 0; bad < ERRORS_IN_A_ROW_MAX;) {
        int error = avcodec_receive_frame(s->decoder, frame);
        *got = error >= 0;
        if (*got) return MEDIA_OK;
        if (error == AVERROR_EOF) return MEDIA_OK;
        if (error == AVERROR(ENOMEM)) return MEDIA_TOO_MUCH_MEMORY;
        if (error != AVERROR(EAGAIN)) s->errors++, bad++;
        if (s->ended && error == AVERROR(EAGAIN)) return MEDIA_OK;
        if (s->ended) continue;                  // a decoder that errs while it is emptied still comes to its end
        MediaFault fault = feed(s);
        if (fault != MEDIA_OK) return fault;
    }
    *got = false;
    return MEDIA_OK;
}
