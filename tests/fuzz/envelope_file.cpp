// A bid envelope as a file: header, chunk, signature, opened whole as a person opens one.
//   0 | bytes                                       a file that is these bytes
//   1 | changes                                     a good one with changes (spoil)
//   2 | place 2 | how many 1 | bytes                a good one in which these bytes stand in place of so many others
#include "tests/app/envelope/folder.h"
#include "tests/fuzz/target.h"

#include <algorithm>

namespace hufu::tests {

namespace {

struct Works {
    EnvelopeFolder folder;
    const Bytes content = bytesOf(viewOf("the price is 12,345,678.90"));
    Bytes good;
    std::size_t signedBytes = 0; // header and chunk: what the sender's signature covers

    Works()
    {
        folder.write("bid", content);
        hold(bool(folder.seal("bid", "good.hufu")), "an envelope is sealed");
        const auto file = envelope::EnvelopeFile::open(folder.path("good.hufu"));
        hold(bool(file), "and read");
        signedBytes = static_cast<std::size_t>(file->layout().end());
        good = folder.read("good.hufu");
        hold(good.size() > signedBytes, "its signature follows");
    }
};

Works &works()
{
    static Works out;
    return out;
}

Bytes fileOf(ByteView bytes)
{
    const Bytes &good = works().good;
    const ByteView rest = bytes.subspan(1);
    if (bytes[0] == 0) return bytesOf(rest);
    if (bytes[0] == 1 || rest.size() < 3) {
        Bytes file = good;
        static_cast<void>(spoil(file, rest));
        return file;
    }
    const std::size_t at = static_cast<std::size_t>(rest[0] << 8 | rest[1]) % good.size(), out = std::min<std::size_t>(rest[2], good.size() - at);
    return concat({ByteView(good).first(at), rest.subspan(3), ByteView(good).subspan(at + out)});
}

void feedEnvelopeFile(ByteView bytes)
{
    if (bytes.empty() || bytes[0] > 2) return;
    EnvelopeFolder &folder = works().folder;
    const Bytes file = fileOf(bytes);
    folder.write("input.hufu", file);
    const auto opened = folder.open("input.hufu", "opened");
    if (!opened) {
        hold(!sameBytes(file, works().good), "what was sealed is opened");
        hold(!std::filesystem::exists(folder.path("opened")), "what is not opened has no name");
        return;
    }
    hold(sameBytes(folder.read("opened"), works().content), "what is opened is what was sealed");
    hold(file.size() > works().signedBytes && std::equal(works().good.begin(), works().good.begin() + static_cast<std::ptrdiff_t>(works().signedBytes), file.begin()),
         "nothing that the sender has signed is changed");
    std::filesystem::remove(folder.path("opened"));
}

std::vector<Bytes> envelopeFileSeeds()
{
    const auto change = [](std::size_t at) { return Bytes{1, static_cast<std::uint8_t>(at >> 8), static_cast<std::uint8_t>(at), 1}; };
    const std::size_t chunk = works().signedBytes - 1, signature = works().good.size() - 1;
    return {concat({Bytes{0}, works().good}),
            {1},                                            // as it is
            change(14), change(chunk), change(signature),   // one byte of the header, of the chunk's tag, of the signature
            {2, 0, 0, 0, 0}, {2, 0xff, 0xff, 0xff},         // one byte more in front; what is behind some place cut off
            concat({Bytes{2, static_cast<std::uint8_t>(works().signedBytes >> 8), static_cast<std::uint8_t>(works().signedBytes), 0xff}, Bytes(4)})}; // no signature
}

} // namespace

std::vector<FuzzTarget> envelopeFileTargets()
{
    return {{"envelope-file", feedEnvelopeFile, envelopeFileSeeds}};
}

} // namespace hufu::tests
