// What another process has in its memory: read like a core image, without stopping it for good.
#pragma once

#include "shield/base/bytes.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace hufu::tests {

struct Needle {
    std::string name;
    Bytes bytes;
};

// The object as it lies in memory: a copy of it anywhere looks the same.
template <typename T> Bytes imageOf(const T &object)
{
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(&object);
    return Bytes(bytes, bytes + sizeof object);
}

// Searches every writable mapping of a process that waits (stack, heap, guarded memory, globals).
// Returns: "needle in mapping", once for each place; a single "unreadable" if nothing could be read.
inline std::vector<std::string> findInMemory(pid_t process, const std::vector<Needle> &needles)
{
    const std::string folder = "/proc/" + std::to_string(process);
    std::ifstream maps(folder + "/maps");
    const int memory = ::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    std::vector<std::string> found;
    std::size_t bytesRead = 0;
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t from = 0, to = 0;
        char access[5] = {};
        if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64 " %4s", &from, &to, access) != 3) continue;
        if (access[0] != 'r' || access[1] != 'w') continue;
        Bytes content(to - from);
        const ssize_t got = ::pread(memory, content.data(), content.size(), static_cast<off_t>(from));
        if (got <= 0) continue;
        content.resize(static_cast<std::size_t>(got));
        bytesRead += content.size();
        for (const Needle &needle : needles) {
            const std::uint8_t *at = content.data();
            const std::uint8_t *const end = at + content.size();
            while ((at = static_cast<const std::uint8_t *>(
                        ::memmem(at, static_cast<std::size_t>(end - at), needle.bytes.data(), needle.bytes.size())))) {
                const auto where = line.find_first_of("[/");
                found.push_back(needle.name + " in " + (where == std::string::npos ? "anonymous memory" : line.substr(where)) +
                                " at +" + std::to_string(at - content.data()) + " of " + std::to_string(content.size()));
                ++at;
            }
        }
    }
    if (memory >= 0) ::close(memory);
    if (bytesRead == 0) found.push_back("unreadable");
    return found;
}

inline std::string listed(const std::vector<std::string> &found)
{
    std::string out = std::to_string(found.size()) + " places: ";
    for (const std::string &place : found)
        out += "\n  " + place;
    return out;
}

} // namespace hufu::tests
