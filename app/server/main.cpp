#include "app/server/composition.h"

#include <csignal>
#include <cstdio>
#include <vector>

namespace {

// Blocked in every thread, taken by sigwait in this one alone.
sigset_t endSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<const char *> words(argv + 1, argv + argc);
    const auto options = hufu::server::Options::parse(words);
    if (!options || options->help) {
        if (!options) std::fprintf(stderr, "hufu-server: %s\n", options.error().what.text());
        std::fputs(hufu::server::Options::usage(), options ? stdout : stderr);
        return options ? 0 : 2;
    }
    if (!options->word.empty()) return hufu::server::Composition::operate(*options, stdout, stderr);
    std::signal(SIGPIPE, SIG_IGN);
    const sigset_t signals = endSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    auto server = hufu::server::Composition::open(*options);
    if (!server) return 1;
    std::printf("%s\n", (*server)->readyLine().dump().c_str());
    std::fflush(stdout);
    (*server)->serve();

    int signal = 0;
    sigwait(&signals, &signal);
    (*server)->stop();
    return 0;
}
