// SEQUENCE { what is signed, algorithm, signature BIT STRING }: the shell of certificates, requests and lists.
#pragma once

#include "shield/x509/sm2_der.h"

namespace hufu::x509 {

// The shell around any content and signature; no parameters. In: nid, OpenSSL's number of the algorithm.
// Errors: badInput, internal.
Result<Bytes> shellDer(ByteView content, int nid, ByteView signature);

struct SignedShell
{
    Bytes content; // DER, a SEQUENCE
    Sm2Signature signature;

    // In: canonical DER; the algorithm is 1.2.156.10197.1.501, its parameters absent or NULL. Errors: badInput.
    static Result<SignedShell> parse(ByteView der);
    // Errors: badInput.
    Result<Bytes> der() const;
    // Errors: tampered.
    Result<void> verify(const crypto::PublicKey &signer) const
    {
        return verifySignature(signer, content, signature);
    }
};

} // namespace hufu::x509
