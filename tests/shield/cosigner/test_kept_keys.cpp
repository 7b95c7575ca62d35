// What the cosigner keeps of a key: a share counts as checked only if it is the very one that belonged.
#include "shield/cosigner/kept_keys.h"
#include "shield/threshold/keygen_phone.h"
#include "shield/threshold/keygen_server.h"

#include <QTest>

using namespace hufu;
using namespace hufu::threshold;

class TestKeptKeys : public QObject {
    Q_OBJECT

    ports::SystemRandom m_random;

    keygen::ServerAccepted pair()
    {
        auto start = keygen::phoneStart(KeyType::sign, {}, m_random);
        auto answer = keygen::serverAnswer(start->kg1, KeyType::sign, {}, m_random);
        auto finished = keygen::phoneFinish(std::move(start->state), answer->kg2, m_random);
        return std::move(*keygen::serverAccept(std::move(answer->state), finished->kg3));
    }
    static ServerShare again(const ServerShare &share)
    {
        return std::move(*ServerShare::fromBytes(share.secretBytes()->expose()));
    }
    // Another u2 beside the P1 of before, as a fault of storage would make it.
    ServerShare damaged(const ServerShare &share)
    {
        auto bytes = *fixedBytes<ServerShare::kBytes>(share.secretBytes()->expose());
        const auto other = crypto::Scalar::reduceWide(m_random.bytes<64>("u2")).bytes();
        std::ranges::copy(other, bytes.begin());
        return std::move(*ServerShare::fromBytes(bytes));
    }

private Q_SLOTS:
    void share_read_isUncheckedUntilItIsPrepared()
    {
        cosigner::KeptKeys kept;
        const auto made = pair();
        for (int i = 0; i < 2; ++i) { // first by computing, then by what was kept
            ServerShare share = again(made.share);
            QVERIFY(!share.isChecked());
            const auto key = kept.prepare(made.key, share);
            QVERIFY(key && key->keyId() == made.key.keyId() && key->p().bytes() == made.key.p().bytes());
            QVERIFY(share.isChecked());
        }
    }

    void share_damaged_isRefusedBeforeAndAfterTheRightOne()
    {
        cosigner::KeptKeys kept;
        const auto made = pair();
        for (int i = 0; i < 2; ++i) {
            ServerShare share = damaged(made.share);
            const auto key = kept.prepare(made.key, share);
            QVERIFY(!key && key.error().code == Errc::internal);
            QVERIFY(!share.isChecked());
            ServerShare right = again(made.share);
            QVERIFY(kept.prepare(made.key, right));
        }
    }

    void share_ofAnotherKeyOrEpoch_isCheckedAnew()
    {
        cosigner::KeptKeys kept;
        const auto one = pair(), other = pair();
        ServerShare share = again(one.share);
        QVERIFY(kept.prepare(one.key, share));
        ServerShare foreign = again(one.share);
        QVERIFY(!kept.prepare(other.key, foreign));
        QVERIFY(share.fingerprint(one.key) != share.fingerprint(*one.key.nextEpoch()));
        const auto f = crypto::Scalar::reduceWide(m_random.bytes<64>("f"));
        ServerShare renewed = again(share.renewed(f));
        QVERIFY(kept.prepare(*one.key.nextEpoch(), renewed));
    }
};

QTEST_GUILESS_MAIN(TestKeptKeys)
#include "test_kept_keys.moc"
