// The still picture that stands for a clip: a bright, detailed early frame, as WebP and JPEG. Knows no container.
#include "media/poster.h"

#include <libswscale/swscale.h>
#include <math.h>

enum {
    STEP = 4,                            // every fourth pixel of every fourth line is looked at
    DARK = 45, BRIGHT = 210,             // mean luma outside of these is a fade or a flash
    WEBP_WIDTH = 540, JPEG_HEIGHT = 1200,
    WEBP_QUALITY = 78, JPEG_SCALE = 4,   // 0..100; 2 (best)..31
};

// A later frame must be clearly better: the poster should look like what starts to play.
static const double BETTER = 1.15;

// Contrast and detail, so that an empty, a black or a blurred frame loses.
static double score_of(const AVFrame *f)
{
    double sum = 0, squares = 0, detail = 0, n = 0;
    for (int y = 0; y < f->height; y += STEP) {
        const u8 *line = f->data[0] + (ptrdiff_t)y * f->linesize[0];
        for (int x = 0; x + 2 < f->width; x += STEP, n++) {
            sum += line[x];
            squares += line[x] * line[x];
            detail += abs(line[x] - line[x + 2]);
        }
    }
    if (n == 0) return 0;
    double mean = sum / n, spread = sqrt(fmax(0, squares / n - mean * mean));
    double light = mean < DARK ? mean / DARK : mean > BRIGHT ? (255 - mean) / (255 - BRIGHT) : 1;
    return (spread + 4 * detail / n) * light * light;
}

MediaFault poster_offer(Poster *p, const AVFrame *picture)
{
    double score = score_of(picture);
    if (p->best && score <= p->score * BETTER) return MEDIA_OK;
    av_frame_free(&p->best);
    p->best = av_frame_clone(picture);
    p->score = score;
    return p->best ? MEDIA_OK : MEDIA_TOO_MUCH_MEMORY;
}

// Both formats are defined with the BT.601 matrix; JPEG with the full range.
static MediaFault resized(const AVFrame *from, int width, int height, bool jpeg, AVFrame **out)
{
    AVFrame *to = *out = av_frame_alloc();
    if (!to) return MEDIA_TOO_MUCH_MEMORY;
    to->format = jpeg ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
    to->width = width;
    to->height = height;
    int error = av_frame_get_buffer(to, 0);
    if (error < 0) return fault_of_av(error);
    struct SwsContext *scale = sws_getContext(from->width, from->height, AV_PIX_FMT_YUV420P, width, height,
                                              (enum AVPixelFormat)to->format, SWS_BICUBIC | SWS_ACCURATE_RND, NULL, NULL, NULL);
    if (!scale) return MEDIA_TOO_MUCH_MEMORY;
    sws_setColorspaceDetails(scale, sws_getCoefficients(SWS_CS_ITU709), 0, sws_getCoefficients(SWS_CS_ITU601), jpeg, 0, 1 << 16,
                             1 << 16);
    sws_scale(scale, (const u8 *const *)from->data, from->linesize, 0, from->height, to->data, to->linesize);
    sws_freeContext(scale);
    to->quality = JPEG_SCALE * FF_QP2LAMBDA;
    return MEDIA_OK;
}

static MediaFault write_picture(const AVFrame *picture, const char *codec_name, const char *file)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(codec_name);
    AVCodecContext *e = codec ? avcodec_alloc_context3(codec) : NULL;
    AVPacket *packet = av_packet_alloc();
    if (!e || !packet) return MEDIA_TOO_MUCH_MEMORY;
    e->width = picture->width;
    e->height = picture->height;
    e->pix_fmt = (enum AVPixelFormat)picture->format;
    e->time_base = (AVRational){ 1, 1 };
    e->thread_count = 1;
    bool jpeg = codec->id == AV_CODEC_ID_MJPEG;
    e->color_range = jpeg ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    if (jpeg) e->flags |= AV_CODEC_FLAG_QSCALE, e->global_quality = JPEG_SCALE * FF_QP2LAMBDA;
    AVDictionary *options = NULL;
    if (!jpeg) av_dict_set_int(&options, "quality", WEBP_QUALITY, 0);
    int error = avcodec_open2(e, codec, &options);
    av_dict_free(&options);
    if (error >= 0) error = avcodec_send_frame(e, picture);
    if (error >= 0) error = avcodec_send_frame(e, NULL);
    if (error >= 0) error = avcodec_receive_packet(e, packet);
    MediaFault fault = fault_of_av(error);
    if (fault == MEDIA_OK && !child_write_file(file, packet->data, (size_t)packet->size)) fault = MEDIA_DISK;
    av_packet_free(&packet);
    avcodec_free_context(&e);
    return fault;
}

static int at_least_1(double v)
{
    return v < 1 ? 1 : (int)lround(v);
}

MediaFault poster_write(Poster *p)
{
    must(p->best != NULL);
    AVFrame *picture = NULL;
    double width = p->best->width, height = p->best->height;
    double by = fmin(1, WEBP_WIDTH / width);
    MediaFault fault = resized(p->best, at_least_1(width * by), at_least_1(height * by), false, &picture);
    if (fault == MEDIA_OK) fault = write_picture(picture, "libwebp", "poster.webp");
    av_frame_free(&picture);
    if (fault != MEDIA_OK) return fault;
    by = fmin(1, JPEG_HEIGHT / height);
    fault = resized(p->best, at_least_1(width * by), at_least_1(height * by), true, &picture);
    if (fault == MEDIA_OK) fault = write_picture(picture, "mjpeg", "poster.jpg");
    av_frame_free(&picture);
    return fault;
}
