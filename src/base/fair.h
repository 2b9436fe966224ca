// A lock of many readers in which whoever waits to write comes before readers who come later: otherwise readers without a pause
// would keep it waiting for good. No thread may take it for reading twice.
#pragma once
#include <pthread.h>

static inline int fair_lock_init(pthread_rwlock_t *lock)
{
    pthread_rwlockattr_t how;
    pthread_rwlockattr_init(&how);
    pthread_rwlockattr_setkind_np(&how, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    int error = pthread_rwlock_init(lock, &how);
    pthread_rwlockattr_destroy(&how);
    return error;
}
