#include "shield/x509/subject.h"

#include "shield/crypto/sm3.h"
#include "shield/x509/openssl.h"

#include <algorithm>

namespace hufu::x509 {

namespace {

constexpr std::size_t kFieldBytesMax = 64 * 4; // 64 characters of UTF-8; OpenSSL counts the characters

Result<std::string> field(const X509_NAME *name, int nid)
{
    const int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0) return std::string();
    unsigned char *text = nullptr;
    const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (length < 0) return Error(Errc::badInput, "text of a name");
    std::string out(text, text + length);
    OPENSSL_free(text);
    if (out.find('\0') != std::string::npos) return Error(Errc::badInput, "zero byte in a name");
    return out;
}

Result<void> append(X509_NAME *name, int nid, const std::string &text)
{
    const QuietErrors quiet;
    if (text.empty()) return {};
    // OpenSSL's table for this NID chooses the string type and enforces the upper bound.
    if (text.size() > kFieldBytesMax || text.find('\0') != std::string::npos ||
        X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, viewOf(std::string_view(text)).data(),
                                   static_cast<int>(text.size()), -1, 0) != 1)
        return Error(Errc::badInput, "text does not fit a name");
    return {};
}

} // namespace

Result<Subject> subjectOf(const X509_name_st *name)
{
    const QuietErrors quiet;
    HUFU_TRY(country, field(name, NID_countryName));
    HUFU_TRY(organization, field(name, NID_organizationName));
    HUFU_TRY(unit, field(name, NID_organizationalUnitName));
    HUFU_TRY(commonName, field(name, NID_commonName));
    HUFU_TRY(serialNumber, field(name, NID_serialNumber));
    return Subject{country, organization, unit, commonName, serialNumber};
}

Result<void> writeName(X509_name_st *name, const Subject &subject)
{
    if (subject.commonName.empty()) return Error(Errc::badInput, "no common name");
    HUFU_CHECK(append(name, NID_countryName, subject.country));
    HUFU_CHECK(append(name, NID_organizationName, subject.organization));
    HUFU_CHECK(append(name, NID_organizationalUnitName, subject.unit));
    HUFU_CHECK(append(name, NID_commonName, subject.commonName));
    HUFU_CHECK(append(name, NID_serialNumber, subject.serialNumber));
    return {};
}

Result<ByteArray<20>> keyIdOf(const crypto::PublicKey &key)
{
    HUFU_CHECK(crypto::PublicKey::parse(key.bytes()));
    const auto digest = crypto::sm3(key.bytes());
    ByteArray<20> id{};
    std::copy_n(digest.begin(), id.size(), id.begin());
    return id;
}

} // namespace hufu::x509
