// Names in certificates, and the identifier of a key.
#pragma once

#include "shield/crypto/public_key.h"

#include <string>

struct X509_name_st;

namespace hufu::x509 {

// A person of a company, as certificates name them. Empty means absent.
struct Subject
{
    std::string country, organization, unit, commonName, serialNumber;
    bool operator==(const Subject &) const = default;
};

// The first value of each field; others are passed over. Errors: badInput for text with a zero byte.
Result<Subject> subjectOf(const X509_name_st *name);

// Appends C, O, OU, CN, serialNumber in this order: UTF8String, but PrintableString for C and serialNumber.
// Errors: badInput for an empty common name, a country that is not of two letters, text that is not UTF-8 or
// longer than 64 characters (RFC 5280 appendix A.1).
Result<void> writeName(X509_name_st *name, const Subject &subject);

// The first 20 bytes of SM3(the key's bytes: 04 | X | Y, or Ed25519's 32). Source: RFC 7093 2, method 1, with
// SM3. Errors: badInput for what is no key.
Result<ByteArray<20>> keyIdOf(const crypto::PublicKey &key);

} // namespace hufu::x509
