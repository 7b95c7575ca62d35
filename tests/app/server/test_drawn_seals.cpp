// Seals as the server draws and makes them, with the fonts and the authority that it has.
#include "gateway_rig.h"

#include "app/server/drawn_seals.h"
#include "shield/documents/ses_seal.h"
#include "shield/documents/verdict.h"

#include <QImage>

#include <barrier>
#include <set>
#include <thread>

using namespace hufu;
using namespace hufu::tests;
using enterprise::SealFace;
using enterprise::SealKind;

class TestDrawnSeals : public QObject {
    Q_OBJECT

    static SealFace face(SealKind kind = SealKind::company, const std::string &name = "虎符演示建设有限公司") { return {kind, 1, name, ""}; }

private Q_SLOTS:
    void picture_ofEachKind_isVectorAndPixelsWithTransparency()
    {
        GatewayRig bench;
        server::Service service(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        server::DrawnSeals seals(bench.ledger, bench.authority, bench.clock, service);
        for (const SealFace &one : {face(), face(SealKind::finance), face(SealKind::contract), SealFace{SealKind::legalPerson, 2, "李建国", ""}}) {
            const auto svg = seals.svg(one), again = seals.svg(one), png = seals.png(one);
            QVERIFY(svg && png && *svg == *again);
            QVERIFY(textOf(*svg).starts_with("<svg xmlns="));
            const QImage image = QImage::fromData(png->data(), static_cast<int>(png->size()), "PNG");
            QVERIFY(!image.isNull() && image.hasAlphaChannel());
            QCOMPARE(qAlpha(image.pixel(0, 0)), one.kind == SealKind::legalPerson ? qAlpha(image.pixel(0, 0)) : 0);
        }
        for (const SealFace &one : {face(), SealFace{SealKind::legalPerson, 1, "李建国", ""}, SealFace{SealKind::legalPerson, 3, "李建国", ""}}) {
            const auto marked = seals.specimen(one);
            const auto view = seals.view(one);
            QVERIFY(view && QImage::fromData(view->data(), static_cast<int>(view->size()), "PNG").width() < 210); // for a page, not for paper
            QVERIFY(marked && textOf(*marked).starts_with("<svg xmlns=") && *marked != *seals.svg(one) && *marked == *seals.specimen(one));
        }
        QVERIFY(*seals.svg(SealFace{SealKind::legalPerson, 1, "李建国", ""}) != *seals.svg(SealFace{SealKind::legalPerson, 3, "李建国", ""}));
        const auto rows = bench.ledger.rows;
        for (const SealFace &bad : {face(SealKind::company, ""), face(SealKind::company, "a\nb"), SealFace{SealKind::company, 9, "甲", ""}})
            QVERIFY(seals.svg(bad).error().code == Errc::badInput && seals.specimen(bad).error().code == Errc::badInput && seals.png(bad).error().code == Errc::badInput);
        QVERIFY(bench.ledger.rows == rows);
    }

    // More than are kept: the oldest is drawn anew, and is the same.
    void picture_ofMany_isTheSameAgain()
    {
        GatewayRig bench;
        server::Service service(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        server::DrawnSeals seals(bench.ledger, bench.authority, bench.clock, service);
        const auto first = *seals.svg(face());
        for (std::size_t i = 0; i <= server::DrawnSeals::kKept; ++i)
            QVERIFY(seals.svg(face(SealKind::finance, "公司" + std::to_string(i))));
        QVERIFY(*seals.svg(face()) == first);
    }

    // Whoever asks for many pictures at once does not take all of the server's threads.
    void picture_tooManyAtOnce_isRefused()
    {
        GatewayRig bench;
        server::Service service(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        server::DrawnSeals seals(bench.ledger, bench.authority, bench.clock, service);
        constexpr int kThreads = 4 * server::DrawnSeals::kAtOnce;
        std::atomic<int> drawn = 0, refused = 0, other = 0;
        for (int round = 0; round < 50 && refused == 0; ++round) {
            std::barrier begin(kThreads);
            std::vector<std::jthread> threads;
            for (int i = 0; i < kThreads; ++i)
                threads.emplace_back([&, i] {
                    begin.arrive_and_wait();
                    const auto svg = seals.svg(face(SealKind::company, "很多人同时绘制的一个长名称有限公司" + std::to_string(round * kThreads + i)));
                    ++(svg ? drawn : svg.error().code == Errc::locked ? refused : other);
                });
        }
        QVERIFY(drawn > 0 && refused > 0);
        QCOMPARE(other.load(), 0);
        QVERIFY(seals.svg(face())); // and it goes on
    }

    void electronicSeal_namesTheCertificatesThatHold()
    {
        GatewayRig bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        server::Service service(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        server::DrawnSeals seals(bench.ledger, bench.authority, bench.clock, service);
        const auto makings = seals.makingsOf({enterprise::Id{9}, phone.acct()});
        QCOMPARE(makings->certificates.size(), std::size_t(1)); // for signing, not that for decryption
        const auto der = seals.electronic(face(), enterprise::Id{7}, *makings);
        QVERIFY(der);
        const auto seal = documents::SesSeal::parse(*der);
        QVERIFY(seal);
        const std::int64_t now = bench.clock.unixMs();
        QVERIFY(documents::judgeSeal(*seal, bench.authority.trust(), now, now).isValid());
        QCOMPARE(seal->info.name, face().name);
        QCOMPARE(seal->info.id, toHex(enterprise::Id{7}));
        QVERIFY(seal->info.names(*x509::Certificate::parse(makings->certificates.front())));
        QVERIFY(!documents::judgeSeal(*seal, bench.authority.trust(), makings->untilMs + 1000, now).isValid());
        const auto rows = bench.ledger.rows;
        QVERIFY(seals.electronic(face(), {}, {}).error().code == Errc::badInput); // nobody
        QVERIFY(bench.ledger.rows == rows);
    }

    // Before anybody has a certificate, the operator's service has to stand in the list: the standard knows no empty one.
    void electronicSeal_whileNobodyHasACertificate_namesTheService()
    {
        GatewayRig bench;
        server::Service service(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        server::DrawnSeals seals(bench.ledger, bench.authority, bench.clock, service);
        const auto first = seals.makingsOf({});
        QCOMPARE(first->certificates.size(), std::size_t(1));
        const auto own = x509::Certificate::parse(first->certificates.front());
        QVERIFY(own->der() == service.certificate()->der());
        const auto der = seals.electronic(face(), enterprise::Id{7}, *first);
        QVERIFY(der);
        const auto seal = documents::SesSeal::parse(*der);
        const std::int64_t now = bench.clock.unixMs();
        QVERIFY(seal && documents::judgeSeal(*seal, bench.authority.trust(), now, now).isValid());
        QVERIFY(seal->info.names(*own));
        QVERIFY(seals.makingsOf({enterprise::Id{9}})->certificates == first->certificates); // the same one, and nobody's account changes it

        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const auto then = seals.makingsOf({phone.acct()});
        QVERIFY(then->certificates.size() == 1 && then->certificates != first->certificates); // the person alone: the operator is out

        auto transaction = std::move(*bench.ledger.begin());
        QVERIFY(bench.authority.revoke(*transaction, own->serial(), x509::Reason::keyCompromise, bench.clock.unixMs()));
        QVERIFY(transaction->commit());
        const auto after = seals.makingsOf({});
        QVERIFY(after->certificates.size() == 1 && after->certificates != first->certificates); // the service signs with another key
        QCOMPARE(seals.makingsOf({phone.acct()})->certificates.size(), std::size_t(1)); // which has nothing to do with the person
        bench.clock.advance(2 * authority::kCertificateMs);
        QVERIFY(seals.makingsOf({phone.acct()})->certificates == std::vector<Bytes>{service.certificate()->der()}); // nobody's holds any more
    }

    // Well before its certificate ends the service has another key and a certificate for it; what the first one signed is checked with
    // the first one's, however long ago that was.
    void service_beyondAYear_signsOnWithAnotherKey_andWhatItSignedStillVerifies()
    {
        constexpr std::int64_t kDayMs = 86'400'000;
        GatewayRig bench;
        server::Service service(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        struct Signed {
            std::int64_t timeMs;
            Bytes bytes;
            ByteArray<64> signature;
            Bytes certificate;
        };
        std::vector<Signed> all;
        const auto sign = [&] {
            const Bytes bytes = Writer().u64(static_cast<std::uint64_t>(bench.clock.wall)).take();
            const auto signature = service.sign(bytes);
            if (!signature) qFatal("not signed");
            all.push_back({bench.clock.wall, bytes, *signature, service.certificate()->der()});
            return x509::Certificate::parse(all.back().certificate)->notAfterMs() - bench.clock.wall;
        };
        const auto isRight = [&](const Signed &one, const Bytes &certificate, std::int64_t nowMs) {
            documents::Question question;
            question.trust = bench.authority.trust();
            question.nowMs = nowMs;
            question.signer = *x509::Certificate::parse(certificate);
            return documents::verifyBare(*x509::Sm2Signature::fromRaw(one.signature)->der(), one.bytes, question).isValid();
        };
        static_cast<void>(sign());
        bench.clock.advance(300 * kDayMs);
        static_cast<void>(sign());
        QVERIFY(all[1].certificate == all[0].certificate);
        bench.clock.advance(36 * kDayMs); // 29 days are left
        QVERIFY(sign() > 364 * kDayMs);
        QVERIFY(all[2].certificate != all[0].certificate);
        for (const int days : {100, 500, 1000}) { // nobody asked meanwhile: it is over
            bench.clock.advance(days * kDayMs);
            QVERIFY(sign() > 30 * kDayMs);
        }
        QCOMPARE(std::set<Bytes>({all[2].certificate, all[3].certificate, all[4].certificate, all[5].certificate}).size(), std::size_t(3));

        server::Service restarted(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        QVERIFY(restarted.certificate()->der() == all.back().certificate);
        const auto certificates = *restarted.certificates();
        QCOMPARE(certificates.size(), std::size_t(4 + 1));
        QVERIFY(certificates.back() == bench.authority.issuing().der());
        for (const Signed &one : all) {
            QVERIFY(std::ranges::find(certificates, one.certificate) != certificates.end());
            QVERIFY(isRight(one, one.certificate, one.timeMs));
            QCOMPARE(isRight(one, all[0].certificate, one.timeMs), one.certificate == all[0].certificate);
        }
        QVERIFY(!isRight(all[0], all[0].certificate, bench.clock.wall)); // by the time of now its certificate is over
    }

    // A portal's receipts name their key, so that one stays.
    void receiptKey_beyondAYear_isTheSame()
    {
        GatewayRig bench;
        const auto first = server::ServiceKey::open(bench.ledger, bench.masterKey, bench.random)->publicKey().encode();
        server::Service service(bench.ledger, bench.masterKey, bench.random, bench.authority, bench.clock);
        QVERIFY(service.certificate());
        bench.clock.advance(2 * authority::kCertificateMs);
        QVERIFY(service.certificate());
        QVERIFY(*server::ServiceKey::open(bench.ledger, bench.masterKey, bench.random)->publicKey().encode() == *first);
    }
};

QTEST_MAIN(TestDrawnSeals)
#include "test_drawn_seals.moc"
