// Raw routes that answer with a file: tables, papers, pages. It is made on a work thread, since one may be long, and laying out
// text is not for the event loops.
#pragma once
#include "api/app.h"

enum { DOWNLOAD_TEXT_MAX = 8 * 1024 * 1024 };      // bytes of a text that is written whole

typedef struct Download Download;
// Fills d->answer; outside of any transaction. What does not fit into the request's arena is ERR_FULL.
typedef Err DownloadMake(Download *d);
struct Download {
    Req *r;
    void *args;                      // of the route's table, or what download_begin_with was given
    DownloadMake *make;
    ReqBytes answer;
};

// A raw route's begin: who calls, and its arguments by its table. Its handle is download_handle.
NetPlan download_begin(Req *r, DownloadMake *make);
// The same for a route that reads its own arguments: `e` is what came of that.
NetPlan download_begin_with(Req *r, DownloadMake *make, void *args, Err e);
void    download_handle(Req *r);
// For `make`: a text that `write` writes within one reading transaction (d->r->tx). ERR_FULL when it is over DOWNLOAD_TEXT_MAX.
Err     download_text(Download *d, Err (*write)(Download *d, Buf *out));
