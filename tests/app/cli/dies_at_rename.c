// Loaded before the C library: the process is killed right before its rename number HUFU_DIES_AT, as a power cut may; from number HUFU_FAILS_FROM on
// each fails, as on a disk that is broken.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int count;

static int fails(void)
{
    const char *dies = getenv("HUFU_DIES_AT"), *from = getenv("HUFU_FAILS_FROM");
    ++count;
    if (dies != NULL && count == atoi(dies)) kill(getpid(), SIGKILL);
    if (from == NULL || count < atoi(from)) return 0;
    errno = EIO;
    return 1;
}

int rename(const char *from, const char *to)
{
    if (fails()) return -1;
    int (*next)(const char *, const char *);
    *(void **)&next = dlsym(RTLD_NEXT, "rename");
    return next(from, to);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags)
{
    if (fails()) return -1;
    int (*next)(int, const char *, int, const char *, unsigned);
    *(void **)&next = dlsym(RTLD_NEXT, "renameat2");
    return next(fromFolder, from, toFolder, to, flags);
}
