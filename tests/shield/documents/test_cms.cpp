// Detached CMS: built around a signature that was made elsewhere, and read back strictly.
#include "shield/documents/cms.h"

#include "tests/shield/documents/attributes.h"
#include "tests/support/fakes.h"

#include <QTest>
#include <openssl/pkcs7.h>
#include <string_view>

using namespace hufu;
using tests::hex;

class TestCms : public QObject
{
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
            if (x509::verifySignature(signer.certificate.publicKey(), signer.attributes.der, signer.signature)) ++verified;
        }
        // What is outside of the signature: the intermediate's bytes, which its own chain judges.
        const auto intermediate = static_cast<int>(m_pki.issuing.der().size());
        QVERIFY2(verified <= intermediate, qPrintable(QString::number(verified)));
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
