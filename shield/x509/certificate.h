// X.509 certificates with SM2 keys, and with Ed25519 keys of persons whose sign key is of suite 2.
#pragma once

#include "shield/x509/subject.h"

#include <memory>
#include <string_view>

struct x509_st;

namespace hufu::x509 {

// What the key may be used for; the two are never mixed (PROTOCOL R5).
enum class KeyKind : std::uint8_t {
    sign = 1,    // keyUsage digitalSignature, nonRepudiation
    encrypt = 2, // keyUsage keyEncipherment, dataEncipherment
};

// Immutable; a copy is cheap and shares the parsed object.
class Certificate
{
public:
    // In: canonical DER, nothing left over, an SM2 or Ed25519 key, at most 64 KiB. The signature is not checked here.
    // Errors: badInput.
    static Result<Certificate> parse(ByteView der);
    // In: PEM with exactly one certificate; text around it is ignored. Errors: badInput.
    static Result<Certificate> parsePem(std::string_view pem);
    // In: PEM with at least one certificate. Errors: badInput.
    static Result<std::vector<Certificate>> parsePemList(std::string_view pem);
    // DER or PEM, whichever it is. Errors: badInput.
    static Result<Certificate> parseAny(ByteView file);

    const Bytes &der() const { return m_data->der; }
    std::string pem() const;
    const crypto::PublicKey &publicKey() const { return m_data->key; }
    const Subject &subject() const { return m_data->subject; }
    const Subject &issuer() const { return m_data->issuer; }
    std::string subjectText() const;                       // RFC 2253, for people and logs of tests
    const Bytes &serial() const { return m_data->serial; } // big endian, without leading zeros
    std::int64_t notBeforeMs() const { return m_data->notBeforeMs; }
    std::int64_t notAfterMs() const { return m_data->notAfterMs; }
    const Bytes &subjectKeyId() const { return m_data->subjectKeyId; } // empty if absent
    bool isAuthority() const { return m_data->isAuthority; }
    // All usages of kind and none of the other kind, and no authority. Without keyUsage: false.
    bool allows(KeyKind kind) const;
    bool operator==(const Certificate &other) const { return m_data->der == other.m_data->der; }

    x509_st *native() const { return m_data->native.get(); } // for x509, authority and documents

private:
    Certificate() = default;
    struct Data
    {
        std::shared_ptr<x509_st> native;
        Bytes der, serial, subjectKeyId;
        crypto::PublicKey key;
        Subject subject, issuer;
        std::int64_t notBeforeMs = 0, notAfterMs = 0;
        bool isAuthority = false;
    };
    std::shared_ptr<const Data> m_data;
};

} // namespace hufu::x509
