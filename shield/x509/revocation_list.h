// Certificate revocation lists.
#pragma once

#include "shield/x509/certificate.h"

#include <map>
#include <optional>
#include <string_view>

struct X509_crl_st;

namespace hufu::x509 {

// RFC 5280 5.3.1.
enum class Reason : std::uint8_t {
    unspecified = 0,
    keyCompromise = 1,
    authorityCompromise = 2,
    affiliationChanged = 3,
    superseded = 4,
    cessationOfOperation = 5,
};
std::string_view nameOf(Reason reason); // "keyCompromise": for machines and logs

struct Revocation
{
    std::int64_t atMs = 0;
    Reason reason = Reason::unspecified;
    bool operator==(const Revocation &) const = default;
};

// Immutable; a copy is cheap.
class RevocationList
{
public:
    // In: canonical DER of a complete version 2 list, nothing left over; a critical extension is refused, as
    // it would change what the list means. The signature is not checked here. Errors: badInput.
    static Result<RevocationList> parse(ByteView der);
    // DER or PEM, whichever it is. Errors: badInput.
    static Result<RevocationList> parseAny(ByteView file);

    const Bytes &der() const { return m_data->der; }
    std::string pem() const;
    std::int64_t thisUpdateMs() const { return m_data->thisUpdateMs; }
    std::int64_t nextUpdateMs() const { return m_data->nextUpdateMs; }
    std::size_t size() const { return m_data->entries.size(); } // revoked certificates

    // Whether issuer made and signed the list (name, key usage cRLSign, SM2 with the id of Hufu).
    // Errors: tampered.
    Result<void> verify(const Certificate &issuer) const;
    // Whether the list speaks of certificates of this issuer, by name; not yet whether it is genuine.
    bool isOf(const Certificate &issuer) const;
    std::optional<Revocation> find(ByteView serial) const;

private:
    RevocationList() = default;
    struct Data
    {
        std::shared_ptr<X509_crl_st> native;
        Bytes der;
        std::int64_t thisUpdateMs = 0, nextUpdateMs = 0;
        std::map<std::string, Revocation> entries; // by serial number, whose bytes it holds
    };
    std::shared_ptr<const Data> m_data;
};

} // namespace hufu::x509
