// Whole programs on a file of 256 MiB in memory: hufu seal and hufu open beside openssl enc -sm4-ctr and cp.
#include "shield/ports/random.h"
#include "tests/bench/bench.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <linux/magic.h>
#include <sched.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hufu::bench {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr char kMemory[] = "/dev/shm";
constexpr std::size_t kPieces = 256; // of 1 MiB
constexpr int kRounds = 7;

bool isInMemory(const char *path)
{
    struct statfs status = {};
    return ::statfs(path, &status) == 0 && status.f_type == TMPFS_MAGIC;
}

// The processors that this process may run on, at most so many of them.
cpu_set_t processors(int most, int &count)
{
    cpu_set_t all, some;
    CPU_ZERO(&all);
    CPU_ZERO(&some);
    ::sched_getaffinity(0, sizeof all, &all);
    count = 0;
    for (std::size_t i = 0; i < CPU_SETSIZE && count < most; ++i)
        if (CPU_ISSET(i, &all)) {
            CPU_SET(i, &some);
            ++count;
        }
    return some;
}

// Runs a program on so many processors. Returns: its wall time in milliseconds. A failure ends the benchmark.
double run(const Words &words, const fs::path &folder, int onProcessors)
{
    std::vector<char *> arguments;
    for (const std::string &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        int count = 0;
        const cpu_set_t set = processors(onProcessors, count);
        ::sched_setaffinity(0, sizeof set, &set);
        const int silent = ::open("/dev/null", O_WRONLY);
        ::dup2(silent, STDOUT_FILENO);
        ::dup2(silent, STDERR_FILENO);
        if (::chdir(folder.c_str()) == 0) ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "%s %s failed\n", words[0].c_str(), words[1].c_str());
        std::exit(1);
    }
    return ms;
}

// Its folder goes with it.
struct Folder {
    fs::path path;
    Folder()
    {
        std::string name = std::string(kMemory) + "/hufu-bench-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) std::exit(1);
        path = name;
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    ~Folder() { fs::remove_all(path); }
};

} // namespace

void addEnvelope(Bench &bench)
{
    const std::string hufu = (fs::read_symlink("/proc/self/exe").parent_path() / "hufu").string();
    if (!isInMemory(kMemory) || !fs::exists(hufu)) {
        std::fprintf(stderr, "%s is not in memory, or %s is not there: envelopes are left out\n", kMemory,
                     hufu.c_str());
        return;
    }
    const Folder folder;
    {
        ports::SystemRandom random;
        Bytes piece(1024 * 1024);
        std::ofstream file(folder.path / "file", std::ios::binary);
        for (std::size_t i = 0; i < kPieces; ++i) {
            random.fill(piece, "content");
            file.write(reinterpret_cast<const char *>(piece.data()),
                       static_cast<std::streamsize>(piece.size()));
        }
    }
    run({"openssl", "genpkey", "-algorithm", "SM2", "-out", "key.pem"}, folder.path, 1);
    run({"openssl", "req", "-x509", "-new", "-key", "key.pem", "-out", "cert.pem", "-sm3", "-sigopt",
         "distid:1234567812345678", "-subj", "/C=CN/O=Bench/CN=Bench", "-addext",
         "keyUsage=critical,keyEncipherment,dataEncipherment", "-addext", "basicConstraints=critical,CA:FALSE"},
        folder.path, 1);
    run({hufu, "seal", "file", "--to", "cert.pem", "--out", "sealed"}, folder.path, 2);

    int available = 0;
    processors(2, available);
    struct Program {
        Words words;
        int processors;
        double best = 0;
    };
    const Words seal{hufu, "seal", "file", "--to", "cert.pem", "--out", "out"};
    const Words open{hufu, "open", "sealed", "--key", "key.pem", "--out", "out"};
    std::vector<Program> programs{{{"openssl", "enc", "-sm4-ctr", "-K", "0123456789abcdeffedcba9876543210",
                                    "-iv", "00000000000000000000000000000000", "-in", "file", "-out", "out"},
                                   1},
                                  {{"cp", "file", "out"}, 1},
                                  {seal, 1},
                                  {open, 1},
                                  {seal, 2},
                                  {open, 2}};
    if (available < 2) programs.resize(4);
    // The fastest of several alternating rounds: what else the machine does can only make one slower.
    for (int round = 0; round < kRounds; ++round)
        for (Program &program : programs) {
            fs::remove(folder.path / "out");
            const double ms = run(program.words, folder.path, program.processors);
            program.best = round == 0 ? ms : std::min(program.best, ms);
        }
    const auto add = [&](const std::string &name, std::size_t ours, std::size_t reference, const char *its) {
        if (ours < programs.size())
            bench.add({name, "ms", programs[ours].best, Row::Reference{its, programs[reference].best}});
    };
    const char *enc = "openssl enc -sm4-ctr, one core";
    add("envelope.seal_256MiB", 2, 0, enc);
    add("envelope.open_256MiB", 3, 0, enc);
    add("envelope.seal_256MiB.two_cores", 4, 0, enc);
    add("envelope.open_256MiB.two_cores", 5, 0, enc);
    add("envelope.seal_256MiB.cp", 2, 1, "cp, one core");
    add("envelope.seal_256MiB.cp.two_cores", 4, 1, "cp, one core");
}

} // namespace hufu::bench
