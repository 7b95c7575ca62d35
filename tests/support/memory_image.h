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

// Of 32 bytes and more each half is looked for by itself: a block of the heap that was freed loses its first 16 bytes, and
// half of a secret is 128 bits too many. Of what has less in a byte a longer part is looked for at either end.
struct Needle {
    std::string name;
    Bytes bytes;
    std::size_t part = 16;
};

// The object as it lies in memory: a copy of it anywhere looks the same.
template <typename T> Bytes imageOf(const T &object)
{
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(&object);
    return Bytes(bytes, bytes + sizeof object);
}

// A scalar as it may lie in memory: big endian as on the wire, the plain integer's limbs, the object's own (Montgomery) limbs.
template <typename Scalar> void addScalar(std::vector<Needle> &needles, const std::string &name, const Scalar &scalar)
{
    const auto bytes = scalar.bytes();
    needles.push_back({name, Bytes(bytes.begin(), bytes.end())});
    needles.push_back({name + " (little endian)", Bytes(bytes.rbegin(), bytes.rend())});
    needles.push_back({name + " (limbs)", imageOf(scalar)});
}

// A point: of its coordinates each is enough. In: point, with bytes() 04 | X | Y and the object itself.
template <typename EncodedPoint> void addPoint(std::vector<Needle> &needles, const std::string &name, const EncodedPoint &point)
{
    const ByteView bytes(point.bytes());
    const Bytes limbs = imageOf(point.point());
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string coordinate = name + (i == 0 ? ".x" : ".y");
        const ByteView half = bytes.subspan(1 + 32 * i, 32);
        needles.push_back({coordinate, bytesOf(half)});
        needles.push_back({coordinate + " (little endian)", Bytes(half.rbegin(), half.rend())});
        needles.push_back({coordinate + " (limbs)", bytesOf(ByteView(limbs).subspan(32 * i, 32))});
    }
}

// The places of one pattern in a piece of memory.
inline std::vector<std::size_t> placesOf(ByteView pattern, ByteView content)
{
    std::vector<std::size_t> places;
    for (const std::uint8_t *at = content.data(), *const end = at + content.size();
         (at = static_cast<const std::uint8_t *>(
              ::memmem(at, static_cast<std::size_t>(end - at), pattern.data(), pattern.size())));
         ++at)
        places.push_back(static_cast<std::size_t>(at - content.data()));
    return places;
}

// More than a machine has: a sanitizer's shadow, which holds no byte of the program's.
constexpr std::uint64_t kMappingMost = std::uint64_t{1} << 38;

// AddressSanitizer builds other code, over a heap of its own: what memory holds then says nothing about what ships.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMemoryIsAsShipped = false;
#else
constexpr bool kMemoryIsAsShipped = true;
#endif

// Searches every writable mapping of a process that waits (stack, heap, guarded memory, globals).
// Returns: "needle in mapping (half)", once for each place; a single "unreadable" if nothing could be read.
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
        if (to - from > kMappingMost) continue;
        Bytes content(to - from);
        const ssize_t got = ::pread(memory, content.data(), content.size(), static_cast<off_t>(from));
        if (got <= 0) continue;
        content.resize(static_cast<std::size_t>(got));
        bytesRead += content.size();
        for (const Needle &needle : needles) {
            const auto where = line.find_first_of("[/");
            const auto note = [&](ByteView pattern, const std::string &part) {
                for (const std::size_t place : placesOf(pattern, content))
                    found.push_back(needle.name + " in " +
                                    (where == std::string::npos ? "anonymous memory" : line.substr(where)) + part + " at +" +
                                    std::to_string(place) + " of " + std::to_string(content.size()));
            };
            const ByteView whole(needle.bytes);
            if (whole.size() < 2 * needle.part) {
                note(whole, "");
                continue;
            }
            note(whole.first(needle.part), " (first half)");
            note(whole.last(needle.part), " (second half)");
        }
    }
    if (memory >= 0) ::close(memory);
    if (bytesRead == 0) found.push_back("unreadable");
    return found;
}

// Whether a needle was found, by that half if one is named.
inline bool isFound(const std::vector<std::string> &found, const std::string &name, const std::string &half = "")
{
    for (const std::string &place : found)
        if (place.starts_with(name + " in ") && place.find(half) != std::string::npos) return true;
    return false;
}

inline std::string listed(const std::vector<std::string> &found)
{
    std::string out = std::to_string(found.size()) + " places: ";
    for (const std::string &place : found)
        out += "\n  " + place;
    return out;
}

} // namespace hufu::tests
