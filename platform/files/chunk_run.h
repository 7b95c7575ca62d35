// A run over a file, chunk by chunk, by a bounded number of threads with a bounded amount of memory: each
// thread takes the next chunk, reads it, has it worked on in place, and writes it where it belongs.
#pragma once

#include "platform/files/fresh_file.h"
#include "shield/base/secret.h"

#include <functional>
#include <memory>

namespace hufu::files {

inline constexpr unsigned kThreadsMax = 8;

struct Stretch {
    std::uint64_t offset = 0;
    std::size_t size = 0;
};

// What is done with chunks; one object for each thread.
class ChunkWork {
public:
    virtual ~ChunkWork() = default;
    // In: room, what was read, with space behind it if what is written is longer; what is to be written stands
    // at its beginning afterwards. An error ends the run.
    virtual Result<void> run(std::uint64_t index, std::span<std::uint8_t> room) = 0;
};

struct ChunkPlan {
    std::uint64_t count = 0;
    std::function<Stretch(std::uint64_t index)> source; // where a chunk lies in the file that is read
    std::function<Stretch(std::uint64_t index)> target; // and where in the one that is written
    std::size_t roomBytes = 0;                          // the longer of the two, at most
    std::function<std::unique_ptr<ChunkWork>()> worker;
    unsigned threads = 0; // 0: as many as this process has processors; at most kThreadsMax in any case
};

// Is told a few times a second how many bytes were read; called on the caller's thread. Returns: whether to go
// on.
using Progress = std::function<bool(std::uint64_t bytes)>;

// In: out, null if nothing is to be written. Rooms are secrets: they are wiped.
// Trouble: of source and out; refused if the work said no, cancelled if progress did.
Trouble runChunks(const SourceFile &source, FreshFile *out, const ChunkPlan &plan,
                  const Progress &progress = {});

} // namespace hufu::files
