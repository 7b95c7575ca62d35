// A second process for crash tests: forked, told apart by its exit code, or killed.
#pragma once

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hufu::tests {

// Runs work in a child that never returns from it alive; work calls reached() where the parent shall kill it with SIGKILL.
// Returns: whether the child got that far.
template <typename Work> bool killedWhenReached(Work &&work)
{
    int ends[2];
    if (::pipe(ends) != 0) return false;
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        work([&] {
            const char mark = 1;
            if (::write(ends[1], &mark, 1) != 1) ::_exit(1);
            for (;;)
                ::pause();
        });
        ::_exit(1);
    }
    ::close(ends[1]);
    char mark = 0;
    const bool reached = ::read(ends[0], &mark, 1) == 1;
    ::close(ends[0]);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return reached && WIFSIGNALED(status);
}

// Returns: what work said, from a child of its own.
template <typename Work> bool trueInChild(Work &&work)
{
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work() ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Whether work, in a child of its own, ends with a signal: a guard page, an abort.
template <typename Work> bool killsItself(Work &&work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        for (const int signal : {SIGSEGV, SIGABRT}) // the test's frame would print a report
            ::signal(signal, SIG_DFL);
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

// From here on this process cannot let a file grow beyond bytes: to a program, a disk that is full.
inline void limitFileSize(rlim_t bytes)
{
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit = {};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

} // namespace hufu::tests
