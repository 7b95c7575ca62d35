#include "shield/documents/dialect.h"

#include <array>
#include <cstdlib>
#include <openssl/objects.h>
#include <string>

namespace hufu::documents {

const asn1_object_st *contentOid(Dialect dialect, ContentKind kind)
{
    static const auto all = [] {
        std::array<std::array<const ASN1_OBJECT *, 3>, 2> out{};
        for (std::size_t i = 0; i < 3; ++i) {
            const std::string last = std::to_string(i + 1);
            out[0][i] = OBJ_txt2obj(("1.2.840.113549.1.7." + last).c_str(), 1);
            out[1][i] = OBJ_txt2obj(("1.2.156.10197.6.1.4.2." + last).c_str(), 1);
            if (out[0][i] == nullptr || out[1][i] == nullptr) std::abort(); // no memory for six numbers
        }
        return out;
    }();
    return all[dialect == Dialect::pkcs7 ? 0 : 1][static_cast<std::size_t>(kind) - 1];
}

std::optional<Dialect> dialectOf(const asn1_object_st *object, ContentKind kind)
{
    for (const Dialect dialect : {Dialect::pkcs7, Dialect::gmt0010})
        if (OBJ_cmp(object, contentOid(dialect, kind)) == 0) return dialect;
    return std::nullopt;
}

} // namespace hufu::documents
