#include "shield/x509/signed_shell.h"

#include "shield/x509/algorithm.h"
#include "shield/x509/openssl.h"

#include <openssl/asn1t.h>

namespace hufu::x509 {

namespace {

struct Shell
{
    ASN1_TYPE *content;
    X509_ALGOR *algorithm;
    ASN1_BIT_STRING *signature;
};

// clang-format off
ASN1_SEQUENCE(Shell) = {
    ASN1_SIMPLE(Shell, content, ASN1_ANY),
    ASN1_SIMPLE(Shell, algorithm, X509_ALGOR),
    ASN1_SIMPLE(Shell, signature, ASN1_BIT_STRING)
} static_ASN1_SEQUENCE_END(Shell)
    // clang-format on

    void freeShell(Shell * shell)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(shell), ASN1_ITEM_rptr(Shell));
}
using OwnedShell = Owned<Shell, freeShell>;

} // namespace

Result<SignedShell> SignedShell::parse(ByteView der)
{
    HUFU_TRY(shell, parseDer<OwnedShell>(der, ASN1_ITEM_rptr(Shell)));
    if (ASN1_TYPE_get(shell->content) != V_ASN1_SEQUENCE)
        return Error(Errc::badInput, "nothing that is signed");
    if (!isSm2WithSm3(shell->algorithm)) return Error(Errc::badInput, "not SM2 with SM3");
    if ((shell->signature->flags & 0x07) != 0) return Error(Errc::badInput, "signature with unused bits");
    HUFU_TRY(signature, Sm2Signature::parse(octetsOf(shell->signature)));
    return SignedShell{bytesOf(octetsOf(shell->content->value.sequence)), signature};
}

Result<Bytes> SignedShell::der() const
{
    HUFU_TRY(signatureDer, signature.der());
    return shellDer(content, NID_SM2_with_SM3, signatureDer);
}

Result<Bytes> shellDer(ByteView content, int nid, ByteView signature)
{
    const QuietErrors quiet;
    const OwnedShell shell(reinterpret_cast<Shell *>(ASN1_item_new(ASN1_ITEM_rptr(Shell))));
    if (!shell) return Error(Errc::internal, "memory");
    const unsigned char *at = content.data();
    ASN1_TYPE *parsed = d2i_ASN1_TYPE(&shell->content, &at, static_cast<long>(content.size()));
    if (parsed == nullptr || at != content.data() + content.size() || ASN1_TYPE_get(parsed) != V_ASN1_SEQUENCE)
        return Error(Errc::badInput, "not a SEQUENCE");
    Bytes bits = bytesOf(signature); // OpenSSL's parameter is not const
    if (X509_ALGOR_set0(shell->algorithm, OBJ_nid2obj(nid), V_ASN1_UNDEF, nullptr) != 1 ||
        ASN1_BIT_STRING_set(shell->signature, bits.data(), static_cast<int>(bits.size())) != 1)
        return Error(Errc::internal, "memory");
    shell->signature->flags = (shell->signature->flags & ~0x0f) | ASN1_STRING_FLAG_BITS_LEFT; // no unused bits
    return derOf(shell.get(), ASN1_ITEM_rptr(Shell));
}

} // namespace hufu::x509
