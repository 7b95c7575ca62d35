// What a signature proves, and each reason why one does not.
#include "shield/documents/verdict.h"

#include "shield/crypto/ed25519.h"
#include "tests/shield/documents/attributes.h"
#include "tests/support/fakes.h"

#include "shield/x509/pem.h"

#include <QTest>

using namespace hufu;
using documents::Finding;
using tests::kDayMs;
using tests::kPerson;

class TestVerdict : public QObject {
    Q_OBJECT
    tests::Pki m_pki;
    const Bytes m_content = bytesOf(viewOf("the bid"));
    const ByteArray<32> m_sm3 = crypto::sm3(m_content);
    const intent::Manifest m_manifest = tests::signingManifest(m_content, m_pki.nowMs - 60'000);

    documents::Question question() const
    {
        documents::Question question;
        question.trust = {{m_pki.root}, {}, {}}; // the issuing certificate comes in the CMS
        question.nowMs = m_pki.nowMs;
        return question;
    }
    documents::Question bareQuestion() const
    {
        documents::Question out = question();
        out.trust = m_pki.trust();
        out.signer = m_pki.sign;
        return out;
    }
    Bytes cms(const intent::Manifest &manifest, const x509::Certificate &signer,
              const tests::WholeKey &key) const
    {
        const Bytes attributes = tests::attributesOf(manifest);
        const std::vector<x509::Certificate> certificates{signer, m_pki.issuing};
        const auto der = documents::buildDetachedCms(attributes, key.sign(attributes), certificates);
        if (!der) qFatal("cms: %s", der.error().what.text());
        return *der;
    }
    Bytes cms() const { return cms(m_manifest, m_pki.sign, m_pki.signKey); }

private Q_SLOTS:
    void cms_good_saysWhoWhenAndWhat()
    {
        const auto verdict = documents::verifyCms(cms(), m_sm3, question());
        QCOMPARE(verdict.finding, Finding::valid);
        QVERIFY(verdict.signer->subject() == kPerson);
        QCOMPARE(verdict.signedAtMs.value_or(0), m_pki.nowMs - 60'000);
        QVERIFY(verdict.manifestSm3 == m_manifest.sm3());
        QVERIFY(!verdict.revocationChecked);
    }

    void cms_withItsManifest_isValid()
    {
        auto asked = question();
        asked.manifest = m_manifest.encode();
        QVERIFY(documents::verifyCms(cms(), m_sm3, asked).isValid());
        asked.manifest->back() ^= 1;
        QCOMPARE(documents::verifyCms(cms(), m_sm3, asked).finding, Finding::manifestDiffers);
    }

    void cms_otherContent_differs()
    {
        QCOMPARE(documents::verifyCms(cms(), crypto::sm3(viewOf("another")), question()).finding,
                 Finding::contentDiffers);
    }

    void cms_tamperedAttributes_areWrong()
    {
        Bytes der = cms();
        auto at = std::search(der.begin(), der.end(), m_sm3.begin(), m_sm3.end());
        QVERIFY(at != der.end());
        const Bytes other = bytesOf(viewOf("another"));
        const auto digest = crypto::sm3(other);
        std::copy(digest.begin(), digest.end(), at);
        QCOMPARE(documents::verifyCms(der, digest, question()).finding, Finding::signatureWrong);
    }

    void cms_garbage_isMalformed()
    {
        QCOMPARE(documents::verifyCms({}, m_sm3, question()).finding, Finding::malformed);
        QCOMPARE(documents::verifyCms(Bytes(100, 0x30), m_sm3, question()).finding, Finding::malformed);
        QCOMPARE(documents::verifyCms(concat({cms(), Bytes{0}}), m_sm3, question()).finding,
                 Finding::malformed);
    }

    void cms_encryptCertificate_isRefused()
    {
        const auto verdict =
            documents::verifyCms(cms(m_manifest, m_pki.encrypt, m_pki.encryptKey), m_sm3, question());
        QCOMPARE(verdict.finding, Finding::certificateRefused);
        QCOMPARE(verdict.chainFault, x509::Fault::wrongUsage);
    }

    void cms_foreignRoot_isRefused()
    {
        const tests::Pki other;
        auto asked = question();
        asked.trust.roots = {other.root};
        QCOMPARE(documents::verifyCms(cms(), m_sm3, asked).chainFault, x509::Fault::untrusted);
    }

    void cms_expiredSince_isValidAtItsTime()
    {
        auto asked = question();
        asked.nowMs = m_pki.sign.notAfterMs() + kDayMs;
        QVERIFY(documents::verifyCms(cms(), m_sm3, asked).isValid());
        const auto late = tests::signingManifest(m_content, m_pki.sign.notAfterMs() + 1000);
        const auto verdict = documents::verifyCms(cms(late, m_pki.sign, m_pki.signKey), m_sm3, asked);
        QCOMPARE(verdict.chainFault, x509::Fault::expired);
        const auto early = tests::signingManifest(m_content, m_pki.sign.notBeforeMs() - 1000);
        QCOMPARE(documents::verifyCms(cms(early, m_pki.sign, m_pki.signKey), m_sm3, asked).chainFault,
                 x509::Fault::notYetValid);
    }

    void cms_fromTheFuture_isImplausible()
    {
        const auto future = tests::signingManifest(m_content, m_pki.nowMs + kDayMs);
        QCOMPARE(documents::verifyCms(cms(future, m_pki.sign, m_pki.signKey), m_sm3, question()).finding,
                 Finding::timeImplausible);
    }

    void cms_revoked_isRefused()
    {
        auto asked = question();
        asked.trust.revocations = {
            m_pki.list({{m_pki.sign.serial(), {m_pki.nowMs - kDayMs, x509::Reason::affiliationChanged}}})};
        const auto verdict = documents::verifyCms(cms(), m_sm3, asked);
        QCOMPARE(verdict.chainFault, x509::Fault::revoked);
        QVERIFY(verdict.revocation.has_value());
        // Afterwards: what was signed before stays valid, and the verdict says what has become of the certificate.
        const x509::Revocation later{m_pki.nowMs - 30'000, x509::Reason::affiliationChanged};
        asked.trust.revocations = {m_pki.list({{m_pki.sign.serial(), later}})};
        const auto since = documents::verifyCms(cms(), m_sm3, asked);
        QVERIFY(since.isValid() && since.revocationChecked && since.revocation == later);
    }

    void cms_revocationRequired_needsTheList()
    {
        auto asked = question();
        asked.revocationRequired = true;
        QCOMPARE(documents::verifyCms(cms(), m_sm3, asked).chainFault, x509::Fault::revocationUnknown);
        const auto rootList = authority::writeList({1, m_pki.nowMs, m_pki.nowMs + kDayMs, {}}, m_pki.root,
                                                   m_pki.rootKey.native().get());
        asked.trust.revocations = {m_pki.list({}), *rootList};
        const auto verdict = documents::verifyCms(cms(), m_sm3, asked);
        QVERIFY(verdict.isValid());
        QVERIFY(verdict.revocationChecked);
    }

    void cms_anotherSignerThanAsked_isMissing()
    {
        auto asked = question();
        asked.signer = m_pki.encrypt;
        QCOMPARE(documents::verifyCms(cms(), m_sm3, asked).finding, Finding::certificateMissing);
        asked.signer = m_pki.sign;
        QVERIFY(documents::verifyCms(cms(), m_sm3, asked).isValid());
    }

    void cms_severalSigners_areValidOnlyIfAllAre()
    {
        const tests::WholeKey key;
        const auto second =
            m_pki.issue(authority::Profile::sign, key, tests::kPerson, &m_pki.issuing, m_pki.issuingKey);
        const Bytes attributes = *documents::buildSignedAttributes(m_sm3, m_pki.nowMs - 1000);
        const auto both = *documents::addSignature(cms(), {attributes, key.sign(attributes), second}, {});
        QCOMPARE(documents::verifyEachSigner(both, m_sm3, question()).size(), std::size_t{2});
        QVERIFY(documents::verifyCms(both, m_sm3, question()).isValid());
        auto asked = question();
        asked.trust.revocations = {
            m_pki.list({{second.serial(), {m_pki.nowMs - kDayMs, x509::Reason::affiliationChanged}}})};
        const auto verdict = documents::verifyCms(both, m_sm3, asked);
        QCOMPARE(verdict.chainFault, x509::Fault::revoked);
        QVERIFY(verdict.signer == second);
        asked.signer = m_pki.sign; // the other one alone
        QVERIFY(documents::verifyCms(both, m_sm3, asked).isValid());
        // Each is told of by itself, whoever is asked about.
        const auto each = documents::verifyEachSigner(both, m_sm3, asked);
        QCOMPARE(each.size(), std::size_t{2});
        for (const documents::Verdict &one : each) // a set has no order of its own
            QVERIFY(one.signer == second ? one.chainFault == x509::Fault::revoked : one.isValid() && one.signer == m_pki.sign);
        QVERIFY(!(each[0].signer == each[1].signer));
        asked.signer = m_pki.encrypt; // neither
        const auto neither = documents::togetherOf(each, asked);
        QVERIFY(neither.finding == Finding::certificateMissing && neither.chainFault == x509::Fault::none);
    }

    void cms_itsOwnList_isUsed()
    {
        documents::CmsDraft draft;
        draft.signatures = {
            {tests::attributesOf(m_manifest), m_pki.signKey.sign(tests::attributesOf(m_manifest)), m_pki.sign}};
        draft.certificates = {m_pki.issuing};
        draft.revocations = {
            m_pki.list({{m_pki.sign.serial(), {m_pki.nowMs - kDayMs, x509::Reason::superseded}}})};
        const auto verdict = documents::verifyCms(*documents::buildCms(draft), m_sm3, question());
        QCOMPARE(verdict.chainFault, x509::Fault::revoked);
    }

    void cms_contentInside_mustBeTheOneAskedFor()
    {
        documents::CmsDraft draft;
        draft.signatures = {
            {tests::attributesOf(m_manifest), m_pki.signKey.sign(tests::attributesOf(m_manifest)), m_pki.sign}};
        draft.certificates = {m_pki.issuing};
        draft.content = m_content;
        Bytes der = *documents::buildCms(draft);
        QVERIFY(documents::verifyCms(der, m_sm3, question()).isValid());
        const auto at = std::search(der.begin(), der.end(), m_content.begin(), m_content.end());
        QVERIFY(at != der.end());
        *at ^= 1;
        QCOMPARE(documents::verifyCms(der, m_sm3, question()).finding, Finding::contentDiffers);
    }

    void bare_good_isValid()
    {
        const auto verdict = documents::verifyBare(m_pki.signKey.signDer(m_content), m_content, bareQuestion());
        QCOMPARE(verdict.finding, Finding::valid);
        QVERIFY(verdict.signer->subject() == kPerson);
        QVERIFY(!verdict.signedAtMs);
    }

    void bare_ofAnEd25519Key_isItsSixtyFourBytes()
    {
        ports::SystemRandom random;
        const auto key = crypto::Ed25519Key::generate(random);
        tests::Pki pki;
        auto question = bareQuestion();
        question.signer = pki.certify(key.publicKey());
        question.trust = pki.trust();
        question.nowMs = pki.nowMs;
        const auto signature = key.sign(m_content);
        QCOMPARE(documents::verifyBare(signature, m_content, question).finding, Finding::valid);
        QVERIFY(documents::verifySignatureFile(signature, m_content, question).isValid());
        const auto finding = [&](ByteView file, ByteView content) {
            return documents::verifySignatureFile(file, content, question).finding;
        };
        QCOMPARE(finding(signature, viewOf("another")), Finding::signatureWrong);
        QCOMPARE(finding(crypto::Ed25519Key::generate(random).sign(m_content), m_content), Finding::signatureWrong);
        QVERIFY(finding(ByteView(signature).first(63), m_content) == Finding::malformed);
        QVERIFY(finding(m_pki.signKey.signDer(m_content), m_content) == Finding::malformed); // of an SM2 key
        question.signer = m_pki.sign;
        QVERIFY(finding(signature, m_content) == Finding::malformed); // 64 bytes for an SM2 key
    }

    void bare_refusals_haveTheirReason()
    {
        const Bytes signature = m_pki.signKey.signDer(m_content);
        const auto finding = [this](ByteView der, ByteView content, const documents::Question &asked) {
            return documents::verifyBare(der, content, asked).finding;
        };
        QCOMPARE(finding(signature, viewOf("another"), bareQuestion()), Finding::signatureWrong);
        QCOMPARE(finding(m_pki.signKey.signDer(m_content, "x"), m_content, bareQuestion()),
                 Finding::signatureWrong);
        QCOMPARE(finding(m_pki.encryptKey.signDer(m_content), m_content, bareQuestion()),
                 Finding::signatureWrong);
        QCOMPARE(finding(ByteView(signature).first(20), m_content, bareQuestion()), Finding::malformed);
        QCOMPARE(finding(concat({signature, Bytes{0}}), m_content, bareQuestion()), Finding::malformed);
        auto nobody = bareQuestion();
        nobody.signer.reset();
        QCOMPARE(finding(signature, m_content, nobody), Finding::certificateMissing);
        auto late = bareQuestion();
        late.nowMs = m_pki.sign.notAfterMs() + 1000;
        QCOMPARE(documents::verifyBare(signature, m_content, late).chainFault, x509::Fault::expired);
        auto encrypting = bareQuestion();
        encrypting.signer = m_pki.encrypt;
        QCOMPARE(documents::verifyBare(m_pki.encryptKey.signDer(m_content), m_content, encrypting).chainFault,
                 x509::Fault::wrongUsage);
    }

    void file_eitherForm_isRecognised()
    {
        const auto form = [this](ByteView file) {
            return documents::verifySignatureFile(file, m_content, bareQuestion());
        };
        const auto bare = form(m_pki.signKey.signDer(m_content));
        QVERIFY(bare.isValid());
        QCOMPARE(bare.form, documents::Form::bare);
        const auto der = form(cms());
        QVERIFY(der.isValid());
        QCOMPARE(der.form, documents::Form::cms);
        for (const std::string_view label : {"CMS", "PKCS7"})
            QVERIFY(form(viewOf(x509::toPem(label, cms()))).isValid());
        QCOMPARE(form(viewOf(x509::toPem("CERTIFICATE", cms()))).finding, Finding::malformed);
        QCOMPARE(form({}).finding, Finding::malformed);
    }

    void finding_each_hasAName()
    {
        QStringList names;
        for (int i = 0; i <= static_cast<int>(Finding::timeImplausible); ++i)
            names << QString::fromStdString(std::string(documents::nameOf(static_cast<Finding>(i))));
        QCOMPARE(names.removeDuplicates(), 0);
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "test_verdict.moc"
