// A company's seal, made by the demo authority's seal maker, as anybody would judge it.
#include "app/seals/electronic_seal.h"

#include "shield/documents/ses_signature.h"
#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include <QImage>
#include <QTest>

using namespace hufu;
using documents::SealForm;

class TestElectronicSeal : public QObject {
    Q_OBJECT
    static constexpr std::int64_t kNow = 1'800'000'000'123;
    tests::MemoryLedger m_ledger;
    tests::PlainMasterKey m_masterKey;
    ports::SystemRandom m_random;
    authority::Authority m_authority = open();
    tests::Pki m_pki{kNow};

    authority::Authority open()
    {
        auto out = authority::Authority::open(m_ledger, m_masterKey, m_random, {}, kNow - tests::kDayMs);
        if (!out) qFatal("authority: %s", out.error().what.text());
        return std::move(*out);
    }
    seals::ElectronicSealOrder order(SealForm form = SealForm::company, const std::string &name = "示范建设有限公司") const
    {
        const documents::SealFace face{form, name, form == SealForm::legalPerson ? "" : "1101080123456", 1};
        const auto drawn = drawing::SealPicture::draw(face);
        const auto picture = drawn ? seals::pictureFor(*drawn) : drawn.error();
        if (!picture) qFatal("picture");
        return {face, *picture, "SEAL-0001", {m_pki.sign}, kNow + 300 * tests::kDayMs};
    }
    Result<documents::SesSeal> make(const seals::ElectronicSealOrder &order)
    {
        auto transaction = m_ledger.begin();
        auto out = seals::makeElectronicSeal(m_authority, **transaction, order, kNow);
        if (out && !(*transaction)->commit()) qFatal("commit");
        return out;
    }

private Q_SLOTS:
    void make_unfitOrders_areRefusedAndDoNotReachTheMaker()
    {
        const auto code = [this](const std::function<void(seals::ElectronicSealOrder &)> &change) {
            auto changed = order();
            change(changed);
            const auto seal = make(changed);
            return seal ? Errc::internal : seal.error().code;
        };
        QCOMPARE(code([](auto &o) { o.face.name.clear(); }), Errc::badInput);
        QCOMPARE(code([](auto &o) { o.id = "印章"; }), Errc::badInput);
        QCOMPARE(code([](auto &o) { o.signers.clear(); }), Errc::badInput);
        QCOMPARE(code([](auto &o) { o.untilMs = kNow; o.untilMs -= 1000; }), Errc::badInput);
        QVERIFY(m_authority.findByHolder(viewOf("seal-maker"))->empty()); // the first to ask him makes him
    }
    void make_company_isASealThatHolds()
    {
        const auto seal = make(order());
        QVERIFY(seal);
        QVERIFY(documents::judgeSeal(*seal, m_authority.trust(), kNow, kNow).isValid());
        QVERIFY(seal->info.type == documents::SesSealInfo::Type::unit);
        QCOMPARE(seal->info.name, std::string("示范建设有限公司"));
        QVERIFY(seal->info.names(m_pki.sign));
        QCOMPARE(seal->info.picture.widthMm, 40);
        const Bytes &png = seal->info.picture.data;
        const QImage image = QImage::fromData(png.data(), static_cast<int>(png.size()), "PNG");
        QVERIFY(image.hasAlphaChannel() && image.width() == image.height() && image.width() > 400);
        QVERIFY(!documents::judgeSeal(*seal, m_pki.trust(), kNow, kNow).isValid()); // of another root
    }
    void make_legalPerson_isOfAPerson()
    {
        const auto seal = make(order(SealForm::legalPerson, "王小明"));
        QVERIFY(seal && seal->info.type == documents::SesSealInfo::Type::person);
        QCOMPARE(seal->info.picture.heightMm, 20);
    }
    void make_signedWithIt_holdsForWhoIsNamedAlone()
    {
        const auto seal = make(order());
        QVERIFY(seal);
        const documents::SesToSign toSign{*seal, kNow, crypto::sm3(viewOf("document")), "document", std::nullopt};
        const Bytes der = *toSign.der();
        x509::Trust trust = m_authority.trust();
        trust.roots.push_back(m_pki.root); // of the person
        trust.intermediates.push_back(m_pki.issuing);
        const auto signature = documents::buildSesSignature(der, m_pki.sign, m_pki.signKey.sign(der));
        QVERIFY(signature && documents::verifySes(*signature, toSign.dataHash, trust, kNow).isValid());
        QCOMPARE(documents::buildSesSignature(der, m_pki.encrypt, m_pki.encryptKey.sign(der)).error().code, Errc::refused);
    }
};

QTEST_MAIN(TestElectronicSeal)
#include "test_electronic_seal.moc"
