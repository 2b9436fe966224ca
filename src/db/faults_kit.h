// A disk that fails on demand, for tests: a SQLite VFS around the real one that counts operations and lets the wanted ones
// fail, and that can show what a power cut would have left. Knows no database of ours.
#pragma once
#include "base/types.h"

// What may fail. Reads past a memory map count as reads, too.
enum {
    FAULT_READ = 1, FAULT_WRITE = 2, FAULT_SYNC = 4, FAULT_TRUNCATE = 8, FAULT_SHM = 16, FAULT_OPEN = 32, FAULT_SIZE = 64,
    FAULT_DELETE = 128, FAULT_ANY = 255,
};
// Which files: the database, its log, anything else (a backup's journal). 0 in a Fault: all.
enum { FAULT_IN_DATABASE = 1, FAULT_IN_LOG = 2, FAULT_ELSEWHERE = 4 };

typedef enum FaultHow {
    FAULT_ERROR,           // EIO: nothing was done
    FAULT_NO_ROOM,         // ENOSPC: half of what was to be written is there
    FAULT_SHORT,           // EIO after half of it
} FaultHow;

typedef struct Fault {
    unsigned ops, files;
    FaultHow how;
    i64 at;                // the at-th such operation from now on fails; from 1
    bool lasts;            // and all after it, until faults_end
} Fault;

// Between these SQLite's files opened by this program are of that disk. With `power` it also remembers what has not been
// synced, so that faults_power_cut can lose it.
void faults_install(bool power);
void faults_remove(void);

void faults_begin(Fault fault);
i64  faults_end(void);     // everything works again; how many operations have failed
i64  faults_seen(void);    // how many operations of the wanted kind came since faults_begin

// Copies the database (and its log) as a power cut at this moment might leave them: of all sectors written since their
// file's last sync each is there or not, by `seed`.
bool faults_power_cut(const char *database, const char *copy, u64 seed);
