// The faults of media: slug, sentence, and whether trying again may help. Shared by the server and the child.
#include "media/media.h"

typedef struct FaultRow { const char *slug, *text; bool may_pass; } FaultRow;

static const FaultRow FAULTS[MEDIA_FAULT_COUNT] = {
    [MEDIA_OK] = { "ok", "All is well.", false },
    [MEDIA_EMPTY] = { "empty", "The file is empty.", false },
    [MEDIA_NOT_MEDIA] = { "not_media", "This is not a kind of picture or video that can be shown here.", false },
    [MEDIA_NO_VIDEO] = { "no_video", "There is sound in this file but no video.", false },
    [MEDIA_TOO_LONG] = { "too_long", "The video is longer than 10 minutes, or has more frames than 10 minutes may have.", false },
    [MEDIA_TOO_SHORT] = { "too_short", "The video is shorter than half a second.", false },
    [MEDIA_TOO_LARGE_PICTURE] = { "too_large_picture", "The picture has too many pixels: at most 8192 a side, and 50 million "
                                                       "in a photo.", false },
    [MEDIA_TOO_MANY_BYTES] = { "too_many_bytes", "The file is too large: at most 500 MB for a video and 12 MB for a photo.",
                               false },
    [MEDIA_CUT] = { "cut", "The file ends too early; it was probably cut off on the way. Upload it again.", false },
    [MEDIA_DECODE] = { "decode", "The file is damaged, or made in a way that cannot be read here.", false },
    [MEDIA_TOO_SLOW] = { "too_slow", "Converting the file took too long.", true },
    [MEDIA_TOO_MUCH_MEMORY] = { "too_much_memory", "Converting the file takes more memory than one file may have.", false },
    [MEDIA_SOUND_GONE] = { "sound_gone", "The sound that was chosen is not there any more.", false },
    [MEDIA_KILLED] = { "killed", "The conversion was interrupted; it will be tried again.", true },
    [MEDIA_DISK] = { "disk", "The server had no room to store the result; it will be tried again.", true },
};

static const FaultRow *row(MediaFault f)
{
    must(f >= MEDIA_OK && f < MEDIA_FAULT_COUNT);
    return &FAULTS[f];
}

const char *media_fault_slug(MediaFault f)
{
    return row(f)->slug;
}

const char *media_fault_text(MediaFault f)
{
    return row(f)->text;
}

bool media_fault_may_pass(MediaFault f)
{
    return row(f)->may_pass;
}
