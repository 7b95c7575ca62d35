// Writes the little DER that a TBS needs. There is no reader here: the phone rebuilds and compares.
#pragma once

#include "shield/base/bytes.h"

#include <string_view>
#include <vector>

namespace hufu::intent::der {

enum class Tag : std::uint8_t {
    integer = 0x02,
    bitString = 0x03,
    octetString = 0x04,
    oid = 0x06,
    utf8String = 0x0c,
    printableString = 0x13,
    ia5String = 0x16,
    utcTime = 0x17,
    generalizedTime = 0x18,
    sequence = 0x30,
    set = 0x31,
    context0 = 0xa0, // [0], constructed
};

Bytes element(Tag tag, ByteView content);
Bytes element(Tag tag, std::initializer_list<ByteView> contents); // one after the other
// SET OF: the members in the order of their bytes.
Bytes setOf(std::vector<Bytes> members);
// UTCTime until 2049, GeneralizedTime from 2050 on; whole seconds. Source: RFC 5652 11.3.
Bytes time(std::int64_t unixMs);
Bytes generalizedTime(std::int64_t unixMs); // whole seconds
// PrintableString if every character is in its set, else UTF8String.
Bytes printableOrUtf8(std::string_view text);

} // namespace hufu::intent::der
