// One rendition as fragmented MP4 segments with its playlist, and the master playlist over all. Knows no decoder.
#include "media/hls.h"

#include <libavutil/opt.h>
#include <unistd.h>

enum {
    OUT_BYTES = 256 * 1024,
    LIST_MAX = 64 * 1024,                // 300 segments of about 30 bytes, several times over
    PATH_ROOM = 80, FILE_ROOM = 32,
    SHORTEST_PEAK_MS = 1000,             // the peak rate leaves out a last segment that is shorter
};

static const u8 SEGMENT_HEAD[] = { 0, 0, 0, 24, 's', 't', 'y', 'p', 'm', 's', 'd', 'h', 0, 0, 0, 0,
                                   'm', 's', 'd', 'h', 'm', 's', 'i', 'x' };

static int write_out(void *opaque, u8 *bytes, int n)
{
    Hls *h = opaque;
    if (h->failed || h->fd < 0 || !child_write(h->fd, bytes, (size_t)n)) {
        h->failed = true;
        return AVERROR(ENOSPC);
    }
    h->segment_bytes += n;
    return n;
}

static MediaFault open_file(Hls *h, const char *file)
{
    char name[PATH_ROOM];
    snprintf(name, sizeof(name), "%lld/%s", (long long)h->name, file);
    h->fd = child_file(name);
    h->segment_bytes = 0;
    return h->fd < 0 ? MEDIA_DISK : MEDIA_OK;
}

static MediaFault close_file(Hls *h)
{
    avio_flush(h->mux->pb);
    bool kept = h->fd >= 0 && close(h->fd) == 0 && !h->failed;
    h->fd = -1;
    return kept ? MEDIA_OK : MEDIA_DISK;
}

static MediaFault open_segment(Hls *h)
{
    char file[FILE_ROOM];
    snprintf(file, sizeof(file), "%03lld.m4s", (long long)h->segments);
    MediaFault fault = open_file(h, file);
    if (fault == MEDIA_OK) avio_write(h->mux->pb, SEGMENT_HEAD, sizeof(SEGMENT_HEAD));
    return fault;
}

static MediaFault add_stream(Hls *h, const AVCodecContext *encoder)
{
    AVStream *stream = avformat_new_stream(h->mux, NULL);
    if (!stream) return MEDIA_TOO_MUCH_MEMORY;
    stream->time_base = encoder->time_base;
    if (encoder->codec_type == AVMEDIA_TYPE_VIDEO) stream->avg_frame_rate = h->rate;
    return fault_of_av(avcodec_parameters_from_context(stream->codecpar, encoder));
}

MediaFault hls_open(Hls *h, const AVCodecContext *video)
{
    must(h->a && h->frames_a_segment > 0 && h->name > 0);
    h->delay = video->has_b_frames;
    h->list = buf_new(h->a, LIST_MAX);
    int error = avformat_alloc_output_context2(&h->mux, NULL, "mp4", NULL);
    if (error < 0) return fault_of_av(error);
    h->mux->pb = avio_alloc_context(av_malloc(OUT_BYTES), OUT_BYTES, 1, h, NULL, write_out, NULL);
    if (!h->mux->pb) return MEDIA_TOO_MUCH_MEMORY;
    h->mux->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;     // no version in the files: the same in, the same out
    MediaFault fault = add_stream(h, video);
    if (fault == MEDIA_OK && h->sound) fault = add_stream(h, h->sound->encoder);
    if (fault == MEDIA_OK) fault = open_file(h, "init.mp4");
    if (fault != MEDIA_OK) return fault;
    // No edit list and no negative times, which players read in different ways: what is seen and heard both come `delay`
    // frames late.
    AVDictionary *options = NULL;
    av_dict_set(&options, "movflags", "frag_custom+empty_moov+default_base_moof+skip_trailer", 0);
    error = avformat_write_header(h->mux, &options);
    av_dict_free(&options);
    if (error < 0) return h->failed ? MEDIA_DISK : fault_of_av(error);
    fault = close_file(h);
    return fault == MEDIA_OK ? open_segment(h) : fault;
}

// The sound that belongs before that frame, into the present segment.
static MediaFault write_sound(Hls *h, i64 until_frame)
{
    if (!h->sound) return MEDIA_OK;
    i64 samples = av_rescale_q(until_frame + h->delay, av_inv_q(h->rate), (AVRational){ 1, SOUND_RATE });
    MediaFault fault = sound_until(h->sound, samples);
    if (fault != MEDIA_OK) return fault;
    AVPacket *copy = av_packet_alloc();
    if (!copy) return MEDIA_TOO_MUCH_MEMORY;
    int error = 0;
    for (const AVPacket *p = sound_packet(h->sound, h->sound_next, samples); p && error >= 0;) {
        error = av_packet_ref(copy, p);
        copy->stream_index = 1;
        av_packet_rescale_ts(copy, (AVRational){ 1, SOUND_RATE }, h->mux->streams[1]->time_base);
        if (error >= 0) error = av_write_frame(h->mux, copy);
        av_packet_unref(copy);
        p = sound_packet(h->sound, ++h->sound_next, samples);
    }
    av_packet_free(&copy);
    return fault_of_av(error);
}

// Ends the segment before that frame.
static MediaFault cut(Hls *h, i64 frame)
{
    MediaFault fault = write_sound(h, frame);
    if (fault != MEDIA_OK) return fault;
    int error = av_write_frame(h->mux, NULL);
    if (error < 0) return h->failed ? MEDIA_DISK : fault_of_av(error);
    fault = close_file(h);
    if (fault != MEDIA_OK) return fault;
    i64 us = av_rescale_q(frame - h->frames, av_inv_q(h->rate), AV_TIME_BASE_Q);
    must(us > 0);
    i64 bits = h->segment_bytes * 8 * 1000000 / us;
    if (bits > h->peak_bits && (us >= SHORTEST_PEAK_MS * 1000 || h->segments == 0)) h->peak_bits = bits;
    buf_format(&h->list, "#EXTINF:%lld.%06lld,\n%03lld.m4s\n", (long long)(us / 1000000), (long long)(us % 1000000),
               (long long)h->segments);
    h->total_bytes += h->segment_bytes;
    h->segments++;
    h->frames = frame;
    return MEDIA_OK;
}

MediaFault hls_packet(Hls *h, AVPacket *packet)
{
    bool border = packet->flags & AV_PKT_FLAG_KEY && packet->pts > h->frames && packet->pts % h->frames_a_segment == 0;
    if (border) {
        MediaFault fault = cut(h, packet->pts);
        if (fault == MEDIA_OK) fault = open_segment(h);
        if (fault != MEDIA_OK) return fault;
    }
    packet->pts += h->delay;
    packet->dts += h->delay;
    packet->stream_index = 0;
    packet->duration = 1;
    av_packet_rescale_ts(packet, av_inv_q(h->rate), h->mux->streams[0]->time_base);
    int error = av_write_frame(h->mux, packet);
    return h->failed ? MEDIA_DISK : fault_of_av(error);
}

MediaFault hls_finish(Hls *h, i64 frames)
{
    must(frames > h->frames);
    MediaFault fault = cut(h, frames);
    if (fault != MEDIA_OK) return fault;
    i64 longest = av_rescale_q_rnd(h->frames_a_segment, av_inv_q(h->rate), (AVRational){ 1, 1 }, AV_ROUND_NEAR_INF);
    Buf b = buf_new(h->a, LIST_MAX + 1024);
    buf_format(&b, "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:%lld\n#EXT-X-MEDIA-SEQUENCE:0\n", (long long)longest);
    buf_add(&b, STR("#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n"));
    buf_add(&b, buf_str(&h->list));
    buf_add(&b, STR("#EXT-X-ENDLIST\n"));
    must(!b.full && !h->list.full);
    char name[PATH_ROOM];
    snprintf(name, sizeof(name), "%lld/index.m3u8", (long long)h->name);
    return child_write_file(name, b.p, b.n) ? MEDIA_OK : MEDIA_DISK;
}

// RFC 6381: the profile, the constraints and the level as the encoder wrote them into its parameter set.
static void codec_name(const Hls *h, char out[40])
{
    const AVCodecParameters *p = h->mux->streams[0]->codecpar;
    const u8 *sps = p->extradata;
    int i = 0;
    while (i + 7 < p->extradata_size && !(sps[i] == 0 && sps[i + 1] == 0 && sps[i + 2] == 1 && (sps[i + 3] & 31) == 7)) i++;
    must(i + 7 < p->extradata_size);
    snprintf(out, 40, "avc1.%02x%02x%02x%s", sps[i + 4], sps[i + 5], sps[i + 6], h->sound ? ",mp4a.40.2" : "");
}

MediaFault hls_master(Arena *a, const Hls *const *renditions, i64 n)
{
    Buf b = buf_new(a, LIST_MAX);
    char codecs[40];
    buf_add(&b, STR("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"));
    for (i64 i = 0; i < n; i++) {
        const Hls *h = renditions[i];
        i64 us = av_rescale_q(h->frames, av_inv_q(h->rate), AV_TIME_BASE_Q);
        codec_name(h, codecs);
        buf_format(&b, "#EXT-X-STREAM-INF:BANDWIDTH=%lld,AVERAGE-BANDWIDTH=%lld,RESOLUTION=%lldx%lld,CODECS=\"%s\","
                   "FRAME-RATE=%.3f\n%lld/index.m3u8\n", (long long)h->peak_bits,
                   (long long)av_rescale(h->total_bytes, 8000000, us), (long long)h->width, (long long)h->height, codecs,
                   av_q2d(h->rate), (long long)h->name);
    }
    must(!b.full);
    return child_write_file("master.m3u8", b.p, b.n) ? MEDIA_OK : MEDIA_DISK;
}
