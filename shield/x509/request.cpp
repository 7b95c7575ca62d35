#include "shield/x509/request.h"

#include "shield/x509/openssl.h"
#include "shield/x509/signed_shell.h"

namespace hufu::x509 {

namespace {

constexpr std::size_t kRequestMax = 64 * 1024;
using OwnedInfo = Owned<X509_REQ_INFO, X509_REQ_INFO_free>;

// The request's signature by its own key, in the algorithm of that key alone. Errors: badInput, tampered.
Result<void> verify(ByteView der, X509_REQ *native, const crypto::PublicKey &key)
{
    if (key.suite() == crypto::Suite::sm2) {
        HUFU_TRY(shell, SignedShell::parse(der));
        return shell.verify(key);
    }
    if (X509_REQ_get_signature_nid(native) != NID_ED25519) return Error(Errc::badInput, "not Ed25519");
    if (X509_REQ_verify(native, X509_REQ_get0_pubkey(native)) != 1)
        return Error(Errc::tampered, "Ed25519 signature");
    return {};
}

} // namespace

Result<Bytes> requestInfo(const Subject &subject, const crypto::PublicKey &publicKey)
{
    const QuietErrors quiet;
    const OwnedRequest request(X509_REQ_new());
    HUFU_TRY(key, publicKeyOf(publicKey));
    if (!request || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
        X509_REQ_set_pubkey(request.get(), key.get()) != 1)
        return Error(Errc::internal, "request");
    HUFU_CHECK(writeName(X509_REQ_get_subject_name(request.get()), subject));
    unsigned char *der = nullptr;
    const int length = i2d_re_X509_REQ_tbs(request.get(), &der);
    if (length <= 0) return Error(Errc::internal, "DER encoding");
    Bytes out(der, der + length);
    OPENSSL_free(der);
    return out;
}

Result<Bytes> assembleCsr(ByteView requestInfoDer, const Sm2Signature &signature)
{
    if (requestInfoDer.size() > kRequestMax) return Error(Errc::badInput, "request too long");
    HUFU_CHECK(parseDer<OwnedInfo>(requestInfoDer, ASN1_ITEM_rptr(X509_REQ_INFO)));
    return SignedShell{bytesOf(requestInfoDer), signature}.der();
}

Result<Bytes> assembleCsr(ByteView requestInfoDer, crypto::Suite suite, const ByteArray<64> &signature)
{
    if (suite == crypto::Suite::sm2) {
        HUFU_TRY(rs, Sm2Signature::fromRaw(signature));
        return assembleCsr(requestInfoDer, rs);
    }
    if (requestInfoDer.size() > kRequestMax) return Error(Errc::badInput, "request too long");
    HUFU_CHECK(parseDer<OwnedInfo>(requestInfoDer, ASN1_ITEM_rptr(X509_REQ_INFO)));
    return shellDer(requestInfoDer, NID_ED25519, signature);
}

Result<Request> Request::parse(ByteView der)
{
    const QuietErrors quiet;
    if (der.size() > kRequestMax) return Error(Errc::badInput, "request too long");
    HUFU_TRY(native, parseDer<OwnedRequest>(der, ASN1_ITEM_rptr(X509_REQ)));
    if (X509_REQ_get_version(native.get()) != X509_REQ_VERSION_1)
        return Error(Errc::badInput, "request version");
    HUFU_TRY(key, publicKeyOf(X509_REQ_get_X509_PUBKEY(native.get())));
    HUFU_TRY(subject, subjectOf(X509_REQ_get_subject_name(native.get())));
    HUFU_CHECK(verify(der, native.get(), key));
    Request out;
    out.m_subject = subject;
    out.m_key = key;
    return out;
}

} // namespace hufu::x509
