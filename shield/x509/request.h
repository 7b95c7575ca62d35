// Certificate requests (PKCS #10). The two halves sign the CertificationRequestInfo; the shell is put around it
// here.
#pragma once

#include "shield/x509/certificate.h"
#include "shield/x509/sm2_der.h"

namespace hufu::x509 {

// The bytes that are signed: version 0, subject, key, no attributes. Errors: badInput.
Result<Bytes> requestInfo(const Subject &subject, const crypto::PublicKey &key);

// In: requestInfoDer, CertificationRequestInfo; r | s over it with the id of Hufu. The signature is not checked
// here. Returns: DER CertificationRequest with SM2-with-SM3. Errors: badInput.
Result<Bytes> assembleCsr(ByteView requestInfoDer, const Sm2Signature &signature);
// In: signature, as the wire carries it: r | s, or R | z under suite 2, which makes it a request with Ed25519
// (RFC 8410). Errors: badInput.
Result<Bytes> assembleCsr(ByteView requestInfoDer, crypto::Suite suite, const ByteArray<64> &signature);

// A request whose signature was right: there is no other way to one.
class Request
{
public:
    // In: canonical DER, nothing left over. Errors: badInput; tampered for a wrong signature (also one with
    // another id).
    static Result<Request> parse(ByteView der);

    const Subject &subject() const { return m_subject; }
    const crypto::PublicKey &publicKey() const { return m_key; }

private:
    Request() = default;
    Subject m_subject;
    crypto::PublicKey m_key;
};

} // namespace hufu::x509
