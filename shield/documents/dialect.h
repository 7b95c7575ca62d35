// The two families of object identifiers under which the same structures travel.
#pragma once

#include <cstdint>
#include <optional>

struct asn1_object_st;

namespace hufu::documents {

enum class Dialect : std::uint8_t {
    pkcs7,   // 1.2.840.113549.1.7: PDF, BouncyCastle, OpenSSL
    gmt0010, // 1.2.156.10197.6.1.4.2: GM/T 0010 (GB/T 35275), GmSSL
};

enum class ContentKind : std::uint8_t { data = 1, signedData = 2, envelopedData = 3 };

// Never null; freed with the process.
const asn1_object_st *contentOid(Dialect dialect, ContentKind kind);
// In which dialect object is that kind; nothing if it is in neither.
std::optional<Dialect> dialectOf(const asn1_object_st *object, ContentKind kind);

} // namespace hufu::documents
