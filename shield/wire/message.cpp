#include "shield/wire/message.h"

#include "shield/base/limits.h"

namespace hufu::wire {

namespace {

bool known(std::uint8_t type)
{
    const auto within = [type](Type first, Type last) {
        return type >= static_cast<std::uint8_t>(first) && type <= static_cast<std::uint8_t>(last);
    };
    return within(Type::enrolStart, Type::evidenceKey) || within(Type::greeting, Type::evidenceKeyKept);
}

} // namespace

Result<Envelope> Envelope::split(ByteView message)
{
    if (message.size() < 2) return Error(Errc::badInput, "message too short");
    if (message.size() > limits::kMessageMax) return Error(Errc::badInput, "message too long");
    if (message[0] != kVersion) return Error(Errc::badInput, "another version of the wire");
    if (!known(message[1])) return Error(Errc::badInput, "no such message");
    return Envelope{static_cast<Type>(message[1]), message.subspan(2)};
}

Bytes macInput(std::string_view name, const ByteArray<16> &cn, const std::optional<ByteArray<16>> &staleNonce,
               ByteView fields)
{
    Writer writer;
    writer.raw(viewOf("PSH1-")).raw(viewOf(name)).raw(cn);
    if (staleNonce) writer.raw(*staleNonce);
    return writer.raw(fields).take();
}

} // namespace hufu::wire
