#include "shield/phone/activation.h"

#include <charconv>
#include <map>

namespace hufu::phone {

namespace {

template <std::size_t N>
Result<ByteArray<N>> hexField(const std::map<std::string, std::string> &fields, const char *name)
{
    const auto it = fields.find(name);
    if (it == fields.end()) return Error(Errc::badInput, "a part of the link is missing");
    HUFU_TRY(bytes, fromHex(it->second));
    return fixedBytes<N>(bytes);
}

} // namespace

Result<ActivationLink> ActivationLink::parse(std::string_view text)
{
    constexpr std::string_view kPrefix = "hufu://activate?";
    if (!text.starts_with(kPrefix) || text.size() > 1024)
        return Error(Errc::badInput, "not an activation link");
    std::map<std::string, std::string> fields;
    for (std::string_view rest = text.substr(kPrefix.size()); !rest.empty();) {
        const std::string_view part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos) return Error(Errc::badInput, "a part of the link has no value");
        if (!fields.emplace(part.substr(0, equals), part.substr(equals + 1)).second)
            return Error(Errc::badInput, "a part of the link stands twice");
    }
    ActivationLink out;
    out.server.host = fields["host"];
    if (out.server.host.empty() || out.server.host.size() > 253)
        return Error(Errc::badInput, "no host in the link");
    const std::string &port = fields["port"];
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.server.port);
    if (error != std::errc() || end != port.data() + port.size() || out.server.port == 0)
        return Error(Errc::badInput, "no port in the link");
    HUFU_TRY(pin, hexField<32>(fields, "pin"));
    HUFU_TRY(backupPin, hexField<32>(fields, "pin2"));
    HUFU_TRY(code, hexField<16>(fields, "code"));
    out.server.pin = pin;
    out.server.backupPin = backupPin;
    out.code = code;
    return out;
}

std::string ActivationLink::text() const
{
    return "hufu://activate?host=" + server.host + "&port=" + std::to_string(server.port) + "&pin=" + toHex(server.pin) +
           "&pin2=" + toHex(server.backupPin) + "&code=" + toHex(code);
}

} // namespace hufu::phone
