// Writes and signs certificates and revocation lists: what each kind contains, and nothing about storage.
#pragma once

#include "shield/x509/openssl.h"
#include "shield/x509/revocation_list.h"

#include <string>
#include <vector>

namespace hufu::authority {

enum class Profile : std::uint8_t {
    root,    // CA:TRUE, one more authority below; keyCertSign, cRLSign
    issuing, // CA:TRUE, none below; keyCertSign, cRLSign
    sign,    // CA:FALSE; digitalSignature, nonRepudiation
    encrypt, // CA:FALSE; keyEncipherment, dataEncipherment
};

struct Draft
{
    Profile profile = Profile::sign;
    x509::Subject subject;
    crypto::PublicKey point; // of an authority: SM2's
    ByteArray<16> serial{};
    std::int64_t notBeforeMs = 0, notAfterMs = 0;
    std::string listUrl; // CRL distribution point; empty: none
};

// In: issuer, null for a self-signed root; issuerKey, its whole key.
// Errors: badInput (subject or times that a certificate cannot hold), internal.
Result<x509::Certificate> writeCertificate(const Draft &draft, const x509::Certificate *issuer,
                                           EVP_PKEY *issuerKey);

struct ListDraft
{
    std::uint64_t number = 0;
    std::int64_t thisUpdateMs = 0, nextUpdateMs = 0;
    std::vector<std::pair<Bytes, x509::Revocation>> entries; // serial, revocation
};

// Errors: badInput, internal.
Result<x509::RevocationList> writeList(const ListDraft &draft, const x509::Certificate &issuer,
                                       EVP_PKEY *issuerKey);

} // namespace hufu::authority
