#include "shield/intent/frame.h"

#include "shield/crypto/sm3.h"

#include <algorithm>

namespace hufu::intent {

namespace {

constexpr std::string_view kPrefix = "HUFU:1:";
constexpr std::size_t kPageBytes = 1 + 16 + 4 + 16;
constexpr std::size_t kDeskBytes = kPageBytes + 16 + 64;
constexpr std::string_view kBase45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

} // namespace

Result<Frame> Frame::parse(ByteView bytes)
{
    Reader reader(bytes);
    Frame out;
    out.kind = static_cast<FrameKind>(reader.u8());
    out.token = reader.array<16>();
    out.second = reader.u32();
    out.code = reader.array<16>();
    if (out.kind == FrameKind::desk) {
        out.deskId = reader.array<16>();
        out.signature = reader.array<64>();
    } else if (out.kind != FrameKind::page) {
        return Error(Errc::badInput, "no such kind of frame");
    }
    HUFU_CHECK(reader.finish());
    return out;
}

Result<Frame> Frame::fromText(std::string_view text)
{
    if (!text.starts_with(kPrefix) || text.size() > kPrefix.size() + kDeskBytes * 3 / 2 + 1)
        return Error(Errc::badInput, "not a frame");
    HUFU_TRY(bytes, fromBase45(text.substr(kPrefix.size())));
    return parse(bytes);
}

Bytes Frame::encode() const
{
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(kind)).raw(token).u32(second).raw(code);
    if (kind == FrameKind::desk) writer.raw(deskId).raw(signature);
    return writer.take();
}

std::string Frame::text() const
{
    return std::string(kPrefix) + toBase45(encode());
}

Bytes Frame::signedBytes() const
{
    const Bytes all = encode();
    return concat({viewOf("HUFU-FRAME-1"), ByteView(all).first(std::min(all.size(), kDeskBytes - 64))});
}

ByteArray<16> frameCode(const Secret<32> &frameSecret, const ByteArray<16> &token, std::uint32_t second,
                        const ByteArray<32> &manifestSm3)
{
    const Bytes input = Writer().raw(token).u32(second).raw(manifestSm3).take();
    const auto mac = crypto::hmacSm3(frameSecret.expose(), input);
    ByteArray<16> code;
    std::copy_n(mac.begin(), code.size(), code.begin());
    return code;
}

ByteArray<16> deskIdOf(const ByteArray<32> &publicKey)
{
    const auto hash = crypto::sm3(publicKey);
    ByteArray<16> id;
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

std::string toBase45(ByteView bytes)
{
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        const bool pair = i + 1 < bytes.size();
        unsigned value = bytes[i];
        if (pair) value = value * 256 + bytes[i + 1];
        out.push_back(kBase45[value % 45]);
        out.push_back(kBase45[value / 45 % 45]);
        if (pair) out.push_back(kBase45[value / (45 * 45)]);
    }
    return out;
}

Result<Bytes> fromBase45(std::string_view text)
{
    if (text.size() % 3 == 1) return Error(Errc::badInput, "length of Base45");
    Bytes out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        const std::string_view group = text.substr(i, 3);
        std::size_t value = 0;
        for (std::size_t k = group.size(); k-- > 0;) {
            const std::size_t digit = kBase45.find(group[k]);
            if (digit == std::string_view::npos) return Error(Errc::badInput, "not a Base45 digit");
            value = value * 45 + digit;
        }
        const bool pair = group.size() == 3;
        if (value > (pair ? 0xffffU : 0xffU)) return Error(Errc::badInput, "Base45 out of range");
        if (pair) out.push_back(static_cast<std::uint8_t>(value >> 8));
        out.push_back(static_cast<std::uint8_t>(value));
    }
    return out;
}

} // namespace hufu::intent
