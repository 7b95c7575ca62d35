// Many connections at once: devices do not disturb each other, and one device's attempts run one after the other.
#include "tests/shield/cosigner/frost_rig.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace hufu;
using namespace hufu::tests;
using wire::Status;

class TestThreads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void devices_inParallel_allSign()
    {
        Rig rig;
        std::atomic<int> signatures = 0;
        std::vector<std::thread> threads;
        for (std::uint8_t device = 2; device < 6; ++device)
            threads.emplace_back([&rig, &signatures, device] {
                TestPhone phone(rig.random);
                auto connection = rig.server->connect();
                const auto cn = connection->greeting()->cn;
                auto kg2 = connection->keygenStart(phone.activate(ByteArray<16>{device}));
                if (!kg2 || !phone.finish(*connection->keygenFinish(*phone.kg3(*kg2)))) return;
                for (int i = 0; i < 10; ++i) {
                    const auto pending = csrPending(phone.disk.signKey().key.p().bytes());
                    auto answer = connection->hello(phone.hello(pending.op, 1, cn), pending);
                    if (!phone.take(std::get<wire::Chal>(*answer))) return;
                    if (phone.accepts(*connection->sign(phone.sign(Pin::right)))) ++signatures;
                }
            });
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(signatures.load(), 40);
    }

    void devicesOfSuiteTwo_inParallel_allSign()
    {
        Rig rig;
        std::atomic<int> signatures = 0;
        std::vector<std::thread> threads;
        for (std::uint8_t device = 2; device < 6; ++device)
            threads.emplace_back([&rig, &signatures, device] {
                FrostPhone phone(rig.random, ByteArray<16>{device});
                auto connection = rig.server->connect();
                const auto cn = connection->greeting()->cn;
                auto kg2 = connection->frostKeygenStart(phone.activate());
                if (!kg2) return;
                const auto kg3 = phone.kg3(*kg2);
                const auto kg4 = kg3 ? connection->keygenFinish(*kg3) : Result<wire::Kg4>(kg3.error());
                if (!kg4) return;
                phone.finish(*kg4);
                const auto point = crypto::PublicKey::parse(phone.current().sign.y().bytes());
                for (int i = 0; point && i < 10; ++i) {
                    const auto pending = csrPending(*point);
                    const auto answer = connection->hello(phone.hello(pending.op, cn), pending);
                    const auto *chal = answer ? std::get_if<wire::FrostChal>(&*answer) : nullptr;
                    if (!chal) return;
                    phone.take(*chal);
                    const auto resp = connection->sign(phone.sign(Pin::right, *chal));
                    if (resp && phone.accepts(*resp)) ++signatures;
                }
            });
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(signatures.load(), 40);
    }

    // A thief's machine gun: the same wrong SIGN, and others of its conversation, from many threads over many connections.
    void sign_ofOneConversation_fromManyThreads_isEvaluatedOnce()
    {
        Rig rig;
        QVERIFY(rig.activate());
        QVERIFY(rig.challenge(rehearsalPending()));
        const wire::Sign sign = rig.phone.sign(Pin::wrong);
        std::atomic<int> expired = 0;
        std::vector<std::thread> threads;
        for (std::uint8_t i = 0; i < 4; ++i)
            threads.emplace_back([&rig, &expired, &sign, i] {
                wire::Sign other = sign;
                other.items[0].share[128] ^= static_cast<std::uint8_t>(i + 1);
                auto connection = rig.server->connect();
                wire::CertificatesQuery query;
                query.acct = rig.acct;
                rig.phone.seal(query, connection->greeting()->cn);
                if (!connection->verifyMac(query)) return;
                if (connection->sign(other)->verdict.status == Status::expired) ++expired;
            });
        const auto own = rig.connection->sign(sign);
        for (auto &thread : threads)
            thread.join();
        QVERIFY(own->verdict.status == Status::badPin);
        QCOMPARE(expired.load(), 4);
        QCOMPARE(rig.device().lock.total, 1U);
    }

    // Each HELLO ends the conversation of the other connections, never one that is being judged.
    void connections_ofOneDevice_loseNoCount()
    {
        Rig rig;
        QVERIFY(rig.activate());
        std::mutex phoneInHand;
        std::atomic<std::uint32_t> verdicts = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                auto connection = rig.server->connect();
                const auto cn = connection->greeting()->cn;
                wire::Sign sign;
                {
                    const std::lock_guard guard(phoneInHand);
                    auto answer = connection->hello(rig.phone.hello(intent::Op::sign, 1, cn), rehearsalPending());
                    if (!answer || !std::holds_alternative<wire::Chal>(*answer)) return; // locked by now
                    if (!rig.phone.take(std::get<wire::Chal>(*answer))) return;
                    sign = rig.phone.sign(Pin::wrong);
                }
                if (connection->sign(sign)->verdict.status == Status::badPin) ++verdicts;
            });
        for (auto &thread : threads)
            thread.join();
        QVERIFY(verdicts.load() <= 3); // the third locks for a minute
        QCOMPARE(rig.device().lock.total, verdicts.load());
    }
};

QTEST_GUILESS_MAIN(TestThreads)
#include "test_threads.moc"
