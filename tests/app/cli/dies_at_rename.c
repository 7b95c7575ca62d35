// Loaded before the C library: the process is killed right before its rename number HUFU_DIES_AT, as a power cut may.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int count;

static void counted(void)
{
    const char *at = getenv("HUFU_DIES_AT");
    if (at != NULL && ++count == atoi(at)) kill(getpid(), SIGKILL);
}

int rename(const char *from, const char *to)
{
    counted();
    int (*next)(const char *, const char *);
    *(void **)&next = dlsym(RTLD_NEXT, "rename");
    return next(from, to);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags)
{
    counted();
    int (*next)(int, const char *, int, const char *, unsigned);
    *(void **)&next = dlsym(RTLD_NEXT, "renameat2");
    return next(fromFolder, from, toFolder, to, flags);
}
