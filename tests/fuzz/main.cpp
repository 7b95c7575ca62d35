// hufu_fuzz_corpus replay CORPUS [NAME]   feeds what is in the corpus, and what lies next to it, to all targets
// hufu_fuzz_corpus list                   the names of the targets
// hufu_fuzz_corpus seeds CORPUS           writes the seeds; what the fuzzer has found stays
// The compiler is of no matter here; the fuzzer itself needs clang (fuzzer.cpp).
#include "shield/crypto/sm3.h"
#include "tests/fuzz/target.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace fs = std::filesystem;
using namespace hufu;
using namespace hufu::tests;

namespace {

constexpr std::size_t kNeighbours = 300; // of one input, of each kind

Bytes contentOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return bytesOf(viewOf(text));
}

// The input itself, shorter ones, longer ones, and some with one byte changed: evenly spread, the same each time.
int feedAround(const FuzzTarget &target, const Bytes &input)
{
    target.feed(input);
    int fed = 1;
    const std::size_t step = input.size() / kNeighbours + 1;
    for (std::size_t at = 0; at < input.size(); at += step, fed += 2) {
        target.feed(ByteView(input).first(at));
        Bytes changed = input;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ (1U << (at % 8)));
        target.feed(changed);
    }
    for (const std::uint8_t more : Bytes{0x00, 0xff}) {
        Bytes longer = input;
        longer.push_back(more);
        target.feed(longer);
        ++fed;
    }
    return fed;
}

int replay(const fs::path &corpus, const std::vector<FuzzTarget> &targets)
{
    int empty = 0;
    for (const FuzzTarget &target : targets) {
        std::vector<fs::path> files;
        if (fs::is_directory(corpus / target.name))
            for (const auto &entry : fs::directory_iterator(corpus / target.name))
                files.push_back(entry.path());
        std::printf("%s: %zu files", target.name.c_str(), files.size());
        std::fflush(stdout); // so that what dies stands behind its name
        int fed = 0;
        for (const fs::path &file : files)
            fed += feedAround(target, contentOf(file));
        std::printf(", %d inputs\n", fed);
        if (files.empty()) ++empty;
    }
    if (empty > 0) std::fprintf(stderr, "%d targets have no corpus\n", empty);
    return empty > 0 ? 1 : 0;
}

int writeSeeds(const fs::path &corpus)
{
    for (const FuzzTarget &target : allTargets()) {
        fs::create_directories(corpus / target.name);
        for (const Bytes &seed : target.seeds()) {
            std::ofstream file(corpus / target.name / toHex(ByteView(crypto::sm3(seed)).first(8)), std::ios::binary);
            file << textOf(seed);
            if (!file.flush()) return 1;
        }
    }
    return 0;
}

} // namespace

int main(int count, char **arguments)
{
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() == 1 && words[0] == "list") {
        for (const FuzzTarget &target : allTargets())
            std::printf("%s\n", target.name.c_str());
        return 0;
    }
    if (words.size() == 2 && words[0] == "seeds") return writeSeeds(words[1]);
    if (words.size() == 2 && words[0] == "replay") return replay(words[1], allTargets());
    if (words.size() == 3 && words[0] == "replay") {
        std::vector<FuzzTarget> chosen;
        for (const auto &targets : {allTargets(), carelessTargets()})
            std::copy_if(targets.begin(), targets.end(), std::back_inserter(chosen),
                         [&](const FuzzTarget &target) { return target.name == words[2]; });
        return chosen.empty() ? 2 : replay(words[1], chosen);
    }
    std::fputs("usage: hufu_fuzz_corpus list | seeds CORPUS | replay CORPUS [NAME]\n", stderr);
    return 2;
}
