#include "platform/net/socket_owner.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace hufu::net {

namespace {

// Columns of a line.
constexpr std::size_t kOwn = 1, kOther = 2, kUser = 7, kInode = 9, kColumns = 10;

std::vector<std::string_view> columnsOf(std::string_view line)
{
    std::vector<std::string_view> out;
    while (out.size() < kColumns) {
        const auto begin = line.find_first_not_of(' ');
        if (begin == std::string_view::npos) break;
        const auto end = std::min(line.find(' ', begin), line.size());
        out.push_back(line.substr(begin, end - begin));
        line.remove_prefix(end);
    }
    return out;
}

template <typename Number> std::optional<Number> numberOf(std::string_view text, int base)
{
    Number value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// "0100007F:1F90": each four bytes of the address as a number of this machine's, the port as people write it.
std::optional<SocketEnd> endOf(std::string_view text)
{
    static constexpr std::size_t kWord = 8; // digits
    const auto colon = text.find(':');
    if (colon != kWord && colon != 4 * kWord) return std::nullopt;
    SocketEnd end;
    const std::size_t words = colon / kWord;
    if (words == 1) end.address[10] = end.address[11] = 0xff;
    for (std::size_t i = 0; i < words; ++i) {
        const auto word = numberOf<std::uint32_t>(text.substr(i * kWord, kWord), 16);
        if (!word) return std::nullopt;
        std::memcpy(end.address.data() + (4 - words + i) * 4, &*word, 4);
    }
    const auto port = numberOf<std::uint16_t>(text.substr(colon + 1), 16);
    if (!port) return std::nullopt;
    end.port = *port;
    return end;
}

} // namespace

std::optional<std::uint32_t> ownerIn(std::string_view table, const SocketEnd &own, const SocketEnd &other)
{
    while (!table.empty()) {
        const auto length = std::min(table.find('\n'), table.size());
        const auto columns = columnsOf(table.substr(0, length));
        table.remove_prefix(std::min(length + 1, table.size()));
        if (columns.size() < kColumns || endOf(columns[kOwn]) != own || endOf(columns[kOther]) != other) continue;
        if (columns[kInode] == "0") return std::nullopt; // nobody's any more: the user is not said either
        return numberOf<std::uint32_t>(columns[kUser], 10);
    }
    return std::nullopt;
}

SocketOwner ownerOf(const SocketEnd &own, const SocketEnd &other)
{
    SocketOwner found;
    // A socket of IPv6 can speak IPv4.
    for (const char *path : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::ifstream file(path);
        const std::string table(std::istreambuf_iterator<char>(file), {});
        found.isKnown = found.isKnown || !table.empty();
        found.user = ownerIn(table, own, other);
        if (found.user) break;
    }
    return found;
}

} // namespace hufu::net
