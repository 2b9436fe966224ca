// What the files of net/ share about one connection. Private to net/: no one else includes it.
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "net/net.h"
#include "net/wire.h"

struct MHD_Connection;
struct MHD_Daemon;

enum {
    NET_FD_MAX = 16 * 1024,          // sockets with a higher number are refused; the lowest free number is used first
    NET_ADDRESS_SIZE = 48,           // an IPv6 address as text
    NET_REFUSAL_SIZE = 16 * 1024,    // bytes of an answer that the guard writes itself
    NET_DISCARD_MAX = 64 * 1024,     // a body up to this is read and dropped so that the connection may live on
};

// A connection's place is the table's entry of its socket's number. Entries are never freed, so their locks can be
// taken at any time; `net` says whether the entry is in use. All but `net` belongs to the lock, or to the connection's
// thread where it says so.
typedef struct NetConnection {
    pthread_mutex_t lock;
    _Atomic(Net *) net;              // NULL: not one of ours
    int fd;
    struct MHD_Connection *mhd;
    char address[NET_ADDRESS_SIZE];

    // The guard's.
    Wire wire;
    i64 done;                        // requests that the library has finished
    bool poisoned;                   // refused, but earlier requests are still being answered
    bool refused;                    // the refusal is on its way; whatever still comes is dropped
    bool sending;                    // an answer is on its way
    i64 since_ms;                    // when the present state of waiting began
    i64 window_bytes;                // wire.body_bytes when the present rate window began
    u64 taken;                       // bytes that the client had acknowledged at since_ms, while sending

    // The request's; of the connection's thread, but `answered`, `waiting` and `answer`.
    NetRequest request;
    Arena arena;
    NetHeader *headers; i64 n_headers;
    NetPlan plan;
    size_t body_room;                // of request.body; NET_BODY_BUFFER
    i64 received;                    // body bytes, without framing
    bool open;                       // there is a request, from its first line on
    bool begun, handled;             // begin() ran; handle() ran
    bool begin_answered;             // inside begin(): what body comes is dropped
    bool turned_away;                // net has written an answer past the library
    bool answered, waiting;          // net_answer() ran; suspended until it does
    NetAnswer answer;
    i64 file_left;                   // bytes of the answer's file that the kernel does not have yet
} NetConnection;

struct Net {
    struct MHD_Daemon *daemon;
    NetHandler handler;
    NetOptions options;              // with the defaults filled in
    char trusted_proxy[NET_ADDRESS_SIZE];
    int port;
    pthread_t ticker;
    pthread_mutex_t ticker_lock;
    pthread_cond_t ticker_wake;
    bool ticker_stop;                // under ticker_lock
    _Atomic bool stopping;           // nobody new, no keep-alive any more
    _Atomic int highest_fd;
    _Atomic i64 connections, requests, refused;
};

// guard.c
NetConnection *guard_entry(int fd);                              // NULL when the number is out of range
// Takes the entry into use: from now on every byte read from fd is checked. False: too high a number.
bool guard_open(Net *net, int fd, struct MHD_Connection *mhd);
void guard_close(NetConnection *c);                              // before the socket is closed
// These three want c->lock.
// Writes a response straight to the socket, ends our side and drops what still comes.
void guard_say(NetConnection *c, const char *bytes, size_t n);
void guard_refuse(NetConnection *c, Err e, const char *detail);
void guard_request_done(NetConnection *c);                       // the library has finished a request
void guard_sending(NetConnection *c);                            // an answer begins
bool guard_start_ticker(Net *net);
void guard_stop_ticker(Net *net);
void guard_shut(Net *net, bool idle_only);                       // ends connections: those between requests, or all
i64  guard_now_ms(void);
