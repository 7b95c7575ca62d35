// Detached CMS: built around a signature that was made elsewhere, and read back strictly.
#include "shield/documents/cms.h"

#include "tests/shield/documents/attributes.h"
#include "tests/support/fakes.h"

#include <QTest>
#include <openssl/pkcs7.h>
#include <string_view>

using namespace hufu;
using tests::hex;

class TestCms : public QObject {
    Q_OBJECT
    tests::Pki m_pki;
    const Bytes m_content = bytesOf(viewOf("the bid"));
    const intent::Manifest m_manifest = tests::signingManifest(m_content, m_pki.nowMs);
    const Bytes m_attributes = tests::attributesOf(m_manifest);
    const std::vector<x509::Certificate> m_certificates{m_pki.sign, m_pki.issuing};

    Result<Bytes> build() const
    {
        return documents::buildDetachedCms(m_attributes, m_pki.signKey.sign(m_attributes), m_certificates);
    }

private Q_SLOTS:
    void attributes_ofIntent_areRead()
    {
        const auto attributes = documents::SignedAttributes::parse(m_attributes);
        QVERIFY(attributes);
        QVERIFY(attributes->messageDigest == crypto::sm3(m_content));
        QCOMPARE(attributes->signingTimeMs.value_or(0), m_pki.nowMs / 1000 * 1000);
        QVERIFY(attributes->manifestSm3 == m_manifest.sm3());
        QVERIFY(attributes->der == m_attributes);
    }

    void manifestOid_isTheOneOfIntent()
    {
        QCOMPARE(std::string_view(documents::kManifestAttributeOid),
                 std::string_view(intent::kManifestAttributeOid));
    }

    void attributes_broken_areRefused()
    {
        for (std::size_t length = 0; length < m_attributes.size(); ++length)
            QVERIFY(!documents::SignedAttributes::parse(ByteView(m_attributes).first(length)));
        QVERIFY(!documents::SignedAttributes::parse(concat({m_attributes, Bytes{0}})));
        QVERIFY(!documents::SignedAttributes::parse(hex("3100")));
        Bytes asSequence = m_attributes;
        asSequence[0] = 0x30;
        QVERIFY(!documents::SignedAttributes::parse(asSequence));
    }

    void attributes_incompleteDoubledOrUnsorted_areRefused()
    {
        const Bytes contentType = hex("301806092a864886f70d010903310b06092a864886f70d010701");
        const Bytes digest = concat({hex("302f06092a864886f70d01090431220420"), crypto::sm3(m_content)});
        const auto set = [](std::initializer_list<ByteView> parts) {
            const Bytes body = concat(parts);
            return concat({Bytes{0x31, static_cast<std::uint8_t>(body.size())}, body});
        };
        QVERIFY(documents::SignedAttributes::parse(set({contentType, digest})));
        QVERIFY(!documents::SignedAttributes::parse(set({digest, contentType})));
        QVERIFY(!documents::SignedAttributes::parse(set({contentType})));
        QVERIFY(!documents::SignedAttributes::parse(set({digest})));
        QVERIFY(!documents::SignedAttributes::parse(set({contentType, contentType, digest})));
        const Bytes shortDigest = concat({hex("300e06092a864886f70d010904310104"), Bytes{0}});
        QVERIFY(!documents::SignedAttributes::parse(set({shortDigest, contentType})));
    }

    void cms_roundTrip_keepsWhatWasSigned()
    {
        const auto der = build();
        QVERIFY(der);
        const auto cms = documents::Cms::parse(*der);
        QVERIFY(cms);
        QVERIFY(!cms->content);
        QCOMPARE(cms->dialect, documents::Dialect::pkcs7);
        QCOMPARE(cms->signers.size(), std::size_t{1});
        QCOMPARE(cms->certificates.size(), std::size_t{2});
        const auto &signer = cms->signers.front();
        QVERIFY(signer.attributes.der == m_attributes);
        QVERIFY(signer.certificate == m_pki.sign);
        QVERIFY(x509::verifySignature(m_pki.sign.publicKey(), signer.attributes.der, signer.signature));
    }

    void build_foreignSignature_isTampered()
    {
        const auto wrongKey =
            documents::buildDetachedCms(m_attributes, m_pki.encryptKey.sign(m_attributes), m_certificates);
        QCOMPARE(wrongKey.error().code, Errc::tampered);
        const auto wrongId =
            documents::buildDetachedCms(m_attributes, m_pki.signKey.sign(m_attributes, "x"), m_certificates);
        QCOMPARE(wrongId.error().code, Errc::tampered);
        QVERIFY(!documents::buildDetachedCms(m_attributes, m_pki.signKey.sign(m_attributes), {}));
        QVERIFY(!documents::buildDetachedCms(Bytes{}, m_pki.signKey.sign(Bytes{}), m_certificates));
    }

    void cms_truncatedOrTrailing_isRefused()
    {
        const Bytes der = *build();
        for (std::size_t length = 0; length < der.size(); length += 3)
            QVERIFY(!documents::Cms::parse(ByteView(der).first(length)));
        QVERIFY(!documents::Cms::parse(ByteView(der).first(der.size() - 1)));
        QVERIFY(!documents::Cms::parse(concat({der, Bytes{0}})));
        QVERIFY(!documents::Cms::parse({}));
    }

    void cms_withoutTheSignersCertificate_isRefused()
    {
        // The signer info then names a certificate that is not there.
        Bytes der = *build();
        const Bytes &serial = m_pki.sign.serial();
        auto at = std::search(der.begin(), der.end(), serial.begin(), serial.end());
        at = std::search(at + 1, der.end(), serial.begin(), serial.end()); // that of the signer info
        QVERIFY(at != der.end());
        at[5] ^= 1;
        QVERIFY(!documents::Cms::parse(der));
    }

    void cms_eachByteChanged_neverCrashesNorVerifies()
    {
        const Bytes der = *build();
        int verified = 0;
        for (std::size_t i = 0; i < der.size(); ++i) {
            Bytes changed = der;
            changed[i] ^= 0x01;
            const auto cms = documents::Cms::parse(changed);
            if (!cms || !(cms->signers.front().certificate == m_pki.sign)) continue;
            const auto &signer = cms->signers.front();
            if (x509::verifySignature(signer.certificate.publicKey(), signer.attributes.der, signer.signature))
                ++verified;
        }
        // What is outside of the signature: the intermediate's bytes, which its own chain judges.
        const auto intermediate = static_cast<int>(m_pki.issuing.der().size());
        QVERIFY2(verified <= intermediate, qPrintable(QString::number(verified)));
    }

    static documents::CmsDraft::Signature signatureOf(ByteView content, const x509::Certificate &signer,
                                                      const tests::WholeKey &key,
                                                      documents::Dialect dialect = documents::Dialect::pkcs7)
    {
        const auto attributes =
            documents::buildSignedAttributes(crypto::sm3(content), 1'800'000'000'000, dialect);
        if (!attributes) qFatal("attributes: %s", attributes.error().what.text());
        return {*attributes, key.sign(*attributes), signer};
    }

    void cms_attachedInBothDialects_keepsContent()
    {
        for (const auto dialect : {documents::Dialect::pkcs7, documents::Dialect::gmt0010}) {
            documents::CmsDraft draft;
            draft.signatures = {signatureOf(m_content, m_pki.sign, m_pki.signKey, dialect)};
            draft.certificates = {m_pki.issuing};
            draft.revocations = {m_pki.list({})};
            draft.content = m_content;
            const auto der = documents::buildCms(draft);
            QVERIFY(der);
            const auto cms = documents::Cms::parse(*der);
            QVERIFY(cms);
            QCOMPARE(cms->dialect, dialect);
            QVERIFY(cms->content == m_content);
            QCOMPARE(cms->revocations.size(), std::size_t{1});
            QCOMPARE(cms->signers.front().attributes.signingTimeMs.value_or(0), 1'800'000'000'000);
            draft.content->push_back('!');
            QCOMPARE(documents::buildCms(draft).error().code, Errc::tampered);
        }
    }

    void cms_identifiersOfTwoDialects_areRefused()
    {
        documents::CmsDraft draft;
        draft.signatures = {signatureOf(m_content, m_pki.sign, m_pki.signKey),
                            signatureOf(m_content, m_pki.sign, m_pki.signKey, documents::Dialect::gmt0010)};
        QCOMPARE(documents::buildCms(draft).error().code, Errc::badInput);
        draft.signatures.erase(draft.signatures.begin());
        Bytes der = *documents::buildCms(draft);
        const Bytes data = hex("2a811ccf550601040201"); // of the content; further on in the attributes
        const auto at = std::search(der.begin(), der.end(), data.begin(), data.end());
        QVERIFY(at != der.end());
        at[9] = 4;
        QVERIFY(!documents::Cms::parse(der));
    }

    void addSignature_another_leavesTheFirstToTheByte()
    {
        const tests::WholeKey key;
        const auto second =
            m_pki.issue(authority::Profile::sign, key, tests::kPerson, &m_pki.issuing, m_pki.issuingKey);
        const auto one = build();
        const auto two = documents::addSignature(*one, signatureOf(m_content, second, key), m_certificates);
        QVERIFY(two);
        const auto cms = documents::Cms::parse(*two);
        QVERIFY(cms);
        QCOMPARE(cms->signers.size(), std::size_t{2});
        QCOMPARE(cms->certificates.size(), std::size_t{3}); // none twice
        const auto first = std::find_if(cms->signers.begin(), cms->signers.end(), [this](const auto &signer) {
            return signer.certificate == m_pki.sign;
        });
        QVERIFY(first != cms->signers.end());
        QVERIFY(first->attributes.der == m_attributes);
        QVERIFY(first->signature == documents::Cms::parse(*one)->signers.front().signature);
        for (const auto &signer : cms->signers)
            QVERIFY(
                x509::verifySignature(signer.certificate.publicKey(), signer.attributes.der, signer.signature));
    }

    void addSignature_overOtherContentOrByAnother_isTampered()
    {
        const auto one = build();
        const Bytes other = bytesOf(viewOf("another bid"));
        const auto codeOf = [&](const documents::CmsDraft::Signature &signature) {
            return documents::addSignature(*one, signature, {}).error().code;
        };
        QCOMPARE(codeOf(signatureOf(other, m_pki.sign, m_pki.signKey)), Errc::tampered);
        QCOMPARE(codeOf(signatureOf(m_content, m_pki.sign, m_pki.encryptKey)), Errc::tampered);
        QCOMPARE(codeOf(signatureOf(m_content, m_pki.sign, m_pki.signKey, documents::Dialect::gmt0010)),
                 Errc::badInput);
        QVERIFY(!documents::addSignature({}, signatureOf(m_content, m_pki.sign, m_pki.signKey), {}));
    }

    // An independent reader of the structure: OpenSSL's.
    void cms_openssl_readsIt()
    {
        const Bytes der = *build();
        const unsigned char *at = der.data();
        const x509::Owned<PKCS7, PKCS7_free> native(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
        QVERIFY(native);
        QVERIFY(PKCS7_type_is_signed(native.get()));
        QCOMPARE(sk_X509_num(native->d.sign->cert), 2);
        QCOMPARE(sk_PKCS7_SIGNER_INFO_num(PKCS7_get_signer_info(native.get())), 1);
    }
};

QTEST_GUILESS_MAIN(TestCms)
#include "test_cms.moc"
