#include "shield/intent/der_writer.h"

#include <algorithm>
#include <chrono>

namespace hufu::intent::der {

namespace {

std::string digits(unsigned value, std::size_t width)
{
    std::string out(width, '0');
    for (std::size_t i = width; i-- > 0; value /= 10)
        out[i] = static_cast<char>('0' + value % 10);
    return out;
}

bool printable(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" '()+,-./:=?").find(c) != std::string_view::npos;
}

} // namespace

Bytes element(Tag tag, ByteView content)
{
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(tag));
    const std::size_t size = content.size();
    if (size < 0x80)
        writer.u8(static_cast<std::uint8_t>(size));
    else if (size < 0x100)
        writer.u8(0x81).u8(static_cast<std::uint8_t>(size));
    else if (size < 0x10000)
        writer.u8(0x82).u16(static_cast<std::uint16_t>(size));
    else
        writer.u8(0x84).u32(static_cast<std::uint32_t>(size));
    return writer.raw(content).take();
}

Bytes element(Tag tag, std::initializer_list<ByteView> contents)
{
    return element(tag, concat(contents));
}

Bytes setOf(std::vector<Bytes> members)
{
    std::sort(members.begin(), members.end(), [](const Bytes &a, const Bytes &b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
    });
    Bytes content;
    for (const Bytes &member : members)
        content.insert(content.end(), member.begin(), member.end());
    return element(Tag::set, content);
}

namespace {

struct Written {
    unsigned year = 0;
    std::string rest; // MMDDhhmmssZ
};

Written written(std::int64_t unixMs)
{
    using namespace std::chrono;
    const sys_seconds at{seconds(unixMs / 1000)};
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss clock(at - day);
    const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
    const std::string rest = digits(static_cast<unsigned>(date.month()), 2) +
                             digits(static_cast<unsigned>(date.day()), 2) +
                             digits(static_cast<unsigned>(clock.hours().count()), 2) +
                             digits(static_cast<unsigned>(clock.minutes().count()), 2) +
                             digits(static_cast<unsigned>(clock.seconds().count()), 2) + "Z";
    return {year, rest};
}

} // namespace

Bytes time(std::int64_t unixMs)
{
    const Written at = written(unixMs);
    if (at.year < 2050) return element(Tag::utcTime, viewOf(digits(at.year % 100, 2) + at.rest));
    return generalizedTime(unixMs);
}

Bytes generalizedTime(std::int64_t unixMs)
{
    const Written at = written(unixMs);
    return element(Tag::generalizedTime, viewOf(digits(at.year, 4) + at.rest));
}

Bytes printableOrUtf8(std::string_view text)
{
    const bool plain = std::all_of(text.begin(), text.end(), printable);
    return element(plain ? Tag::printableString : Tag::utf8String, viewOf(text));
}

} // namespace hufu::intent::der
