// Electronic seals and signatures over a small infrastructure, for tests.
#pragma once

#include "shield/documents/ses_signature.h"
#include "tests/support/pki.h"

namespace hufu::tests {

// A seal of the person of a Pki, made by a seal maker of its own under the same authority.
struct SealWorks {
    explicit SealWorks(const Pki &with) : pki(with) {}

    const Pki &pki;
    WholeKey makerKey;
    x509::Certificate maker = pki.issue(authority::Profile::sign, makerKey, {"CN", "Test", {}, "Seal Maker", {}}, &pki.issuing, pki.issuingKey);

    documents::SesSealInfo info() const
    {
        documents::SesSealInfo out;
        out.vendor = "HUFU";
        out.id = "HUFU-SEAL-0001";
        out.name = "示范建设有限公司";
        out.signers = {pki.sign};
        out.createdMs = pki.nowMs - kDayMs / 2;
        out.fromMs = out.createdMs;
        out.untilMs = pki.nowMs + 300 * kDayMs;
        out.picture = {"png", Bytes{1, 2, 3}, 40, 40};
        return out;
    }
    documents::SesSeal seal(const documents::SesSealInfo &info) const
    {
        const auto der = info.der();
        if (!der) qFatal("seal info: %s", der.error().what.text());
        const auto sealDer = documents::buildSesSeal(*der, maker, makerKey.sign(*der));
        if (!sealDer) qFatal("seal: %s", sealDer.error().what.text());
        return *documents::SesSeal::parse(*sealDer);
    }
    documents::SesSeal seal() const { return seal(info()); }

    documents::SesToSign toSign(const documents::SesSeal &seal, const ByteArray<32> &digest) const
    {
        return {seal, pki.nowMs - 60'000, digest, "document", std::nullopt};
    }
    Bytes sign(const documents::SesToSign &toSign, const WholeKey &key, const x509::Certificate &signer) const
    {
        const auto der = toSign.der();
        if (!der) qFatal("to sign: %s", der.error().what.text());
        const auto out = documents::buildSesSignature(*der, signer, key.sign(*der));
        if (!out) qFatal("signature: %s", out.error().what.text());
        return *out;
    }
    Bytes sign(const documents::SesToSign &toSign) const { return sign(toSign, pki.signKey, pki.sign); }
};

} // namespace hufu::tests
