// The electronic seal and the electronic signature of GB/T 38540: both ways, and each reason why one is refused.
#include "shield/documents/ses_signature.h"

#include "shield/documents/ses_asn1.h"
#include "shield/intent/tbs.h"
#include "tests/shield/documents/seals.h"
#include "tests/shield/intent/manifests.h"

#include <QTest>

using namespace hufu;
using documents::SealFinding;
using documents::SesFinding;
using documents::SesSealInfo;
using tests::kDayMs;

class TestSes : public QObject {
    Q_OBJECT
    tests::Pki m_pki;
    tests::SealWorks m_works{m_pki};
    const ByteArray<32> m_sm3 = crypto::sm3(viewOf("the document"));

    documents::SesVerdict verdictOn(ByteView der) const { return documents::verifySes(der, m_sm3, m_pki.trust(), m_pki.nowMs); }
    // The outer structure around parts that buildSesSignature would refuse.
    Bytes assembled(ByteView toSignDer, const x509::Certificate &signer, const x509::Sm2Signature &signature,
                    const char *algorithm = "1.2.156.10197.1.501") const
    {
        auto fields = *documents::newFields<documents::OwnedSesSignature>(documents::sesSignatureItem());
        const bool set = documents::setSequence(fields->toSign, toSignDer) && documents::setText(fields->signer, signer.der()) &&
                         documents::setBits(fields->signature, *signature.der());
        if (!set) qFatal("assembled");
        fields->algorithm = OBJ_txt2obj(algorithm, 1);
        return *x509::derOf(fields.get(), documents::sesSignatureItem());
    }
    // A seal info with one field of the DER changed, signed by the maker.
    Result<SesSealInfo> readWith(const std::function<void(documents::SesInfoFields &)> &change) const
    {
        const Bytes der = *m_works.info().der();
        auto fields = *x509::parseDer<documents::OwnedSesInfo>(der, documents::sesInfoItem());
        change(*fields);
        return SesSealInfo::parse(*x509::derOf(fields.get(), documents::sesInfoItem()));
    }

private Q_SLOTS:
    void seal_built_readsBack()
    {
        const auto seal = m_works.seal();
        QCOMPARE(seal.info.name, std::string("示范建设有限公司"));
        QCOMPARE(seal.info.id, std::string("HUFU-SEAL-0001"));
        QCOMPARE(seal.info.vendor, std::string("HUFU"));
        QVERIFY(seal.info.picture == m_works.info().picture);
        QCOMPARE(seal.info.createdMs, m_works.info().createdMs);
        QCOMPARE(seal.info.untilMs, m_works.info().untilMs);
        QVERIFY(seal.maker == m_works.maker);
        QVERIFY(seal.info.names(m_pki.sign) && !seal.info.names(m_works.maker));
        QVERIFY(documents::judgeSeal(seal, m_pki.trust(), m_pki.nowMs, m_pki.nowMs).isValid());
        QCOMPARE(*seal.info.der(), seal.infoDer);
    }
    // What the two halves sign for a manifest, written without a library, is what the standard's templates say.
    void toSign_ofAManifest_isTheStandards()
    {
        const auto seal = m_works.seal();
        intent::Manifest manifest = tests::manifestOf(intent::Act::seal);
        manifest.form = intent::Form::ses;
        manifest.created = m_pki.nowMs + 1;
        manifest.files[0].sm3 = m_sm3;
        manifest.files[0].seals = {{{1}, intent::SealKind::company, seal.info.name, "投标文件", "1", "", crypto::sm3(seal.der)}};
        const Bytes tbs = *intent::buildSesTbs(manifest, 0, seal.der);
        const auto read = documents::SesToSign::parse(tbs);
        QVERIFY(read && read->seal == seal && read->dataHash == m_sm3);
        QCOMPARE(read->timeMs, manifest.created / 1000 * 1000);
        QCOMPARE(read->property, std::string(intent::kSesProperty));
        QVERIFY(read->manifestSm3 == manifest.sm3());
        QCOMPARE(*read->der(), tbs);
        QVERIFY(verdictOn(m_works.sign(*read)).isValid());
    }
    void seal_namingDigests_namesThemOnly()
    {
        SesSealInfo info = m_works.info();
        info.signers.clear();
        info.signerDigests = {crypto::sm3(m_pki.sign.der())};
        const auto seal = m_works.seal(info);
        QVERIFY(seal.info.signers.empty() && seal.info.names(m_pki.sign) && !seal.info.names(m_pki.encrypt));
        QVERIFY(verdictOn(m_works.sign(m_works.toSign(seal, m_sm3))).isValid());
    }
    void sealInfo_unfit_isNotMade()
    {
        const std::vector<std::function<void(SesSealInfo &)>> changes = {
            [](auto &info) { info.id.clear(); },
            [](auto &info) { info.id = "虎符"; },
            [](auto &info) { info.id = std::string(65, 'a'); },
            [](auto &info) { info.name.clear(); },
            [](auto &info) { info.name = std::string(513, 'a'); },
            [](auto &info) { info.signers.clear(); },
            [](auto &info) { info.signers.resize(65, info.signers.front()); },
            [this](auto &info) { info.signerDigests = {crypto::sm3(m_pki.sign.der())}; },
            [](auto &info) { info.untilMs = info.fromMs; },
            [](auto &info) { info.picture.data.clear(); },
            [](auto &info) { info.picture.widthMm = 0; },
            [](auto &info) { info.picture.heightMm = 1001; },
            [](auto &info) { info.picture.type.clear(); },
            [](auto &info) { info.type = static_cast<SesSealInfo::Type>(3); },
        };
        for (const auto &change : changes) {
            SesSealInfo info = m_works.info();
            change(info);
            const auto der = info.der();
            QVERIFY(!der);
            QCOMPARE(der.error().code, Errc::badInput);
        }
    }
    void sealInfo_fieldsOfAnotherStandard_areRefused()
    {
        using Fields = documents::SesInfoFields;
        QVERIFY(readWith([](Fields &) {}));
        QVERIFY(!readWith([](Fields &fields) { QVERIFY(ASN1_STRING_set(fields.header->id, "EX", 2) == 1); }));
        QVERIFY(!readWith([](Fields &fields) { QVERIFY(ASN1_INTEGER_set(fields.header->version, 3) == 1); }));
        QVERIFY(!readWith([](Fields &fields) { QVERIFY(ASN1_INTEGER_set(fields.header->version, 5) == 1); }));
        QVERIFY(!readWith([](Fields &fields) { QVERIFY(ASN1_INTEGER_set(fields.property->type, 0) == 1); }));
        QVERIFY(!readWith([](Fields &fields) { QVERIFY(ASN1_INTEGER_set(fields.property->certListType, 2) == 1); }));
        QVERIFY(!readWith([](Fields &fields) { QVERIFY(ASN1_INTEGER_set(fields.property->certListType, 3) == 1); }));
        QVERIFY(!readWith([](Fields &fields) { QVERIFY(ASN1_INTEGER_set(fields.picture->width, -40) == 1); }));
        const auto extended = [this](ASN1_BOOLEAN critical) {
            return readWith([critical](Fields &fields) {
                auto extension = *documents::newFields<documents::OwnedSesExtension>(documents::sesExtensionItem());
                extension->id = OBJ_txt2obj("1.2.3", 1);
                extension->critical = critical;
                fields.extensions = documents::sk_SesExtensionFields_new_null();
                QVERIFY(documents::sk_SesExtensionFields_push(fields.extensions, extension.release()) == 1);
            });
        };
        QVERIFY(extended(-1) && extended(0)); // others write FALSE out
        QVERIFY(!extended(0xff));
    }
    void seal_signedByAnother_isNotMade()
    {
        const Bytes der = *m_works.info().der();
        QCOMPARE(documents::buildSesSeal(der, m_works.maker, m_pki.signKey.sign(der)).error().code, Errc::tampered);
    }
    void seal_changed_isForgedOrUnread()
    {
        const Bytes der = m_works.seal().der;
        int read = 0;
        for (std::size_t at = 0; at < der.size(); at += 3) {
            Bytes changed = der;
            changed[at] ^= 0x01;
            const auto seal = documents::SesSeal::parse(changed);
            if (!seal) continue;
            ++read;
            QVERIFY(!documents::judgeSeal(*seal, m_pki.trust(), m_pki.nowMs, m_pki.nowMs).isValid());
        }
        QVERIFY(read > 50);
        Bytes longer = der;
        longer.push_back(0);
        QVERIFY(!documents::SesSeal::parse(longer));
        QVERIFY(!documents::SesSeal::parse(ByteView(der).first(der.size() - 1)));
    }
    void judgeSeal_eachReason_isNamed()
    {
        const auto seal = m_works.seal();
        const auto finding = [&](const x509::Trust &trust, std::int64_t atMs) {
            return documents::judgeSeal(seal, trust, atMs, m_pki.nowMs).finding;
        };
        QCOMPARE(finding(m_pki.trust(), seal.info.fromMs - 1), SealFinding::notYetValid);
        QCOMPARE(finding(m_pki.trust(), seal.info.fromMs), SealFinding::valid);
        QCOMPARE(finding(m_pki.trust(), seal.info.untilMs), SealFinding::expired);
        QCOMPARE(finding({}, m_pki.nowMs), SealFinding::makerRefused);
        x509::Trust revoked = m_pki.trust();
        revoked.revocations = {m_pki.list({{m_works.maker.serial(), {m_pki.nowMs - 1000, x509::Reason::keyCompromise}}})};
        QCOMPARE(finding(revoked, m_pki.nowMs), SealFinding::makerRefused);
        // A maker that leaves after the seal was made spoils nothing.
        revoked.revocations = {m_pki.list({{m_works.maker.serial(), {m_pki.nowMs - 1000, x509::Reason::superseded}}})};
        QCOMPARE(finding(revoked, m_pki.nowMs), SealFinding::valid);
    }
    void judgeSeal_makerThatMayNotSign_isRefused()
    {
        tests::SealWorks works(m_pki);
        works.maker = m_pki.issue(authority::Profile::encrypt, works.makerKey, tests::kPerson, &m_pki.issuing, m_pki.issuingKey);
        const auto verdict = documents::judgeSeal(works.seal(), m_pki.trust(), m_pki.nowMs, m_pki.nowMs);
        QCOMPARE(verdict.finding, SealFinding::makerRefused);
        QCOMPARE(verdict.makerFault, x509::Fault::wrongUsage);
    }

    void signature_good_saysWhoWhenAndWhat()
    {
        auto toSign = m_works.toSign(m_works.seal(), m_sm3);
        toSign.manifestSm3 = crypto::sm3(viewOf("manifest"));
        const auto verdict = verdictOn(m_works.sign(toSign));
        QVERIFY(verdict.isValid());
        QVERIFY(verdict.signature->signer == m_pki.sign);
        QCOMPARE(verdict.signature->toSign.timeMs, m_pki.nowMs - 60'000);
        QVERIFY(verdict.signature->toSign.manifestSm3 == toSign.manifestSm3);
        QCOMPARE(verdict.signature->toSign.property, std::string("document"));
        QVERIFY(verdict.signature->timeStamp.empty());
    }
    void signature_dataHashThatEndsInZeros_keepsThem()
    {
        auto toSign = m_works.toSign(m_works.seal(), {});
        const Bytes der = *toSign.der();
        QVERIFY(documents::SesToSign::parse(der)->dataHash == (ByteArray<32>{}));
        QVERIFY(documents::verifySes(m_works.sign(toSign), {}, m_pki.trust(), m_pki.nowMs).isValid());
    }
    void signature_byAnother_isNotMade()
    {
        const Bytes der = *m_works.toSign(m_works.seal(), m_sm3).der();
        QCOMPARE(documents::buildSesSignature(der, m_pki.sign, m_works.makerKey.sign(der)).error().code, Errc::tampered);
        QCOMPARE(documents::buildSesSignature(der, m_works.maker, m_works.makerKey.sign(der)).error().code, Errc::refused);
    }
    void toSign_unfit_isNotMade()
    {
        auto toSign = m_works.toSign(m_works.seal(), m_sm3);
        for (const std::string &property : {std::string(), std::string("虎"), std::string(257, 'a')}) {
            toSign.property = property;
            QCOMPARE(toSign.der().error().code, Errc::badInput);
        }
    }
    void verify_eachReason_isNamed()
    {
        const auto seal = m_works.seal();
        const Bytes der = *m_works.toSign(seal, m_sm3).der();
        QCOMPARE(verdictOn(assembled(der, m_pki.sign, m_pki.signKey.sign(der))).finding, SesFinding::valid);
        QCOMPARE(verdictOn(assembled(der, m_pki.sign, m_pki.signKey.sign(der), "1.2.156.10197.1.301.1")).finding, SesFinding::valid);
        QCOMPARE(verdictOn(assembled(der, m_pki.sign, m_pki.signKey.sign(der), "1.2.840.10045.4.3.2")).finding, SesFinding::malformed);
        QCOMPARE(verdictOn(assembled(der, m_pki.sign, m_works.makerKey.sign(der))).finding, SesFinding::signatureWrong);
        QCOMPARE(verdictOn(assembled(der, m_works.maker, m_works.makerKey.sign(der))).finding, SesFinding::signerNotOfSeal);
        QCOMPARE(verdictOn(viewOf("x")).finding, SesFinding::malformed);
        QCOMPARE(documents::verifySes(assembled(der, m_pki.sign, m_pki.signKey.sign(der)), crypto::sm3(viewOf("other")), m_pki.trust(), m_pki.nowMs).finding,
                 SesFinding::contentDiffers);

        auto late = m_works.toSign(seal, m_sm3);
        late.timeMs = seal.info.untilMs + 1000;
        const auto verdict = verdictOn(m_works.sign(late));
        QCOMPARE(verdict.finding, SesFinding::sealRefused);
        QCOMPARE(verdict.seal.finding, SealFinding::expired);
        late.timeMs = m_pki.nowMs + 600'000;
        QCOMPARE(verdictOn(m_works.sign(late)).finding, SesFinding::timeImplausible);
    }
    void verify_certificateThatDoesNotHold_isRefused()
    {
        const Bytes der = m_works.sign(m_works.toSign(m_works.seal(), m_sm3));
        x509::Trust trust = m_pki.trust();
        trust.revocations = {m_pki.list({{m_pki.sign.serial(), {m_pki.nowMs - kDayMs / 4, x509::Reason::keyCompromise}}})};
        const auto verdict = documents::verifySes(der, m_sm3, trust, m_pki.nowMs);
        QCOMPARE(verdict.finding, SesFinding::certificateRefused);
        QCOMPARE(verdict.chainFault, x509::Fault::revoked);
        QVERIFY(verdict.revocationChecked && verdict.revocation);
        // Revoked since, and for another reason: what was sealed before holds, and the verdict says so.
        const x509::Revocation later{m_pki.nowMs - 30'000, x509::Reason::superseded};
        trust.revocations = {m_pki.list({{m_pki.sign.serial(), later}})};
        const auto since = documents::verifySes(der, m_sm3, trust, m_pki.nowMs);
        QVERIFY(since.isValid() && since.revocation == later);
        QCOMPARE(documents::verifySes(der, m_sm3, m_pki.trust(), m_pki.nowMs, true).finding, SesFinding::sealRefused); // no list
        QCOMPARE(documents::verifySes(der, m_sm3, m_pki.trust(), m_pki.nowMs, false, bytesOf(viewOf("a manifest"))).finding, SesFinding::manifestDiffers); // it names none
    }
    void signature_changed_isNeverValid()
    {
        const Bytes der = m_works.sign(m_works.toSign(m_works.seal(), m_sm3));
        for (std::size_t at = 0; at < der.size(); at += 5) {
            Bytes changed = der;
            changed[at] ^= 0x01;
            QVERIFY(!verdictOn(changed).isValid());
        }
    }
};

QTEST_GUILESS_MAIN(TestSes)
#include "test_ses.moc"
