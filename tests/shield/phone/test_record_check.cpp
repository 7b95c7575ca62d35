// The history beside the server's records: what is the same, changed, missing, not from this phone, and a chain that was written anew.
#include "shield/phone/problem.h"
#include "shield/phone/record_check.h"
#include "shield/phone/record_fetch.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using audit::Event;
using phone::RecordCheck;
using phone::SeenRecords;
using phone::Show;
using vault::Compared;

namespace {

constexpr std::uint16_t kLogin = 1, kRehearsal = 10;
constexpr std::int64_t kAt = 1'795'000'000'000;
const audit::ChainId kAcct{0xaa};

ByteArray<16> token(std::uint8_t which)
{
    return {which, 1};
}

ByteArray<32> manifest(std::uint8_t which)
{
    return {which, 2};
}

// What the server has logged.
struct Log {
    audit::ChainId acct = kAcct;
    std::vector<audit::Record> records;

    Log &add(Event event, std::uint8_t which, std::uint16_t code = 0, std::int64_t atMs = kAt)
    {
        const bool named = event == Event::sessionApproved || event == Event::sessionRefused;
        const audit::Entry entry{event, atMs, token(which), named ? manifest(which) : ByteArray<32>{}, code, {}};
        records.push_back({acct, records.size() + 1, records.empty() ? ByteArray<32>{} : records.back().sm3(), entry, 2});
        return *this;
    }
    Log &approved(std::uint8_t which, std::uint16_t act = kLogin, std::int64_t atMs = kAt)
    {
        return add(Event::sessionClaimed, which).add(Event::sessionApproved, which, act, atMs);
    }
    std::vector<Bytes> from(std::uint64_t first, std::size_t most = 200) const
    {
        std::vector<Bytes> out;
        for (std::size_t i = first - 1; i < records.size() && out.size() < most; ++i)
            out.push_back(records[i].encode());
        return out;
    }
};

vault::HistoryEntry entry(std::uint8_t which, bool isApproved = true, std::uint16_t code = 0)
{
    vault::HistoryEntry out{kAt, "login", "平台", "", isApproved, code};
    out.token = token(which);
    out.manifestSm3 = manifest(which);
    return out;
}

vault::HistoryEntry activation()
{
    return {kAt, "activation", "某公司", "张三", true, 0};
}

RecordCheck checked(const Log &log, std::vector<vault::HistoryEntry> history, SeenRecords seen = {}, std::int64_t nowMs = kAt)
{
    RecordCheck check(std::move(seen), std::move(history));
    if (check.take(kAcct, log.records.size(), log.from(check.next()))) check.settle(nowMs);
    return check;
}

} // namespace

class TestRecordCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void approvals_thatTheServerHasToo_areTheSame()
    {
        Log log;
        log.add(Event::keysGenerated, 0).approved(90, kRehearsal).approved(1).add(Event::wrongPin, 0).approved(2);
        const auto check = checked(log, {entry(2), entry(1), activation()});
        QVERIFY(check.isWhole() && check.seen().foreign.empty() && check.seen().isRead && !check.seen().isBroken);
        QVERIFY(check.history()[0].compared == Compared::same && check.history()[1].compared == Compared::same);
        QVERIFY(check.history()[2].compared == Compared::notYet); // it has no session
        QCOMPARE(check.seen().sequence, std::uint64_t(log.records.size()));
        QCOMPARE(check.seen().comparedMs, kAt);
    }
    void approval_ofAnotherManifest_differs()
    {
        Log log;
        log.approved(1);
        auto changed = entry(1);
        changed.manifestSm3 = manifest(9);
        QVERIFY(checked(log, {changed}).history()[0].compared == Compared::differs);
    }
    void approval_thatTheServerHasNotLogged_isMissing_orDiffers()
    {
        Log log;
        log.approved(1).add(Event::sessionClaimed, 3);
        const auto check = checked(log, {entry(3), entry(2), entry(1)});
        QVERIFY(check.history()[0].compared == Compared::differs); // claimed, and never approved
        QVERIFY(check.history()[1].compared == Compared::missing);
        QVERIFY(check.history()[2].compared == Compared::same);
    }
    void refusal_isHeldAgainstTheEnd_data()
    {
        QTest::addColumn<int>("end");
        QTest::addColumn<bool>("approved");
        QTest::addColumn<bool>("same");
        QTest::newRow("refused by both") << int(Event::sessionRefused) << false << true;
        QTest::newRow("the server did not hear it") << int(Event::sessionClaimed) << false << true;
        QTest::newRow("it failed there") << int(Event::sessionFailed) << false << true;
        QTest::newRow("approved there") << int(Event::sessionApproved) << false << false;
        QTest::newRow("approved here") << int(Event::sessionRefused) << true << false;
    }
    void refusal_isHeldAgainstTheEnd()
    {
        QFETCH(int, end);
        QFETCH(bool, approved);
        QFETCH(bool, same);
        Log log;
        log.add(Event::sessionClaimed, 1).add(static_cast<Event>(end), 1, kLogin);
        const auto check = checked(log, {entry(1, approved, approved ? 0 : phone::hf::kPersonRefused)});
        QVERIFY(check.history()[0].compared == (same ? Compared::same : Compared::differs));
        QCOMPARE(check.history()[0].approved, approved); // what the person did stands
    }
    // The phone died, or the network did, behind the PIN.
    void unheardEnd_getsItsRealOne_data()
    {
        QTest::addColumn<int>("end");
        QTest::addColumn<int>("laterMs");
        QTest::addColumn<bool>("approved");
        QTest::addColumn<int>("code");
        QTest::newRow("approved") << int(Event::sessionApproved) << 0 << true << 0;
        QTest::newRow("refused") << int(Event::sessionRefused) << 0 << false << 209;
        QTest::newRow("failed") << int(Event::sessionFailed) << 0 << false << 202;
        QTest::newRow("under way still") << int(Event::sessionClaimed) << 60'000 << false << 502;
        QTest::newRow("over by its time") << int(Event::sessionClaimed) << int(RecordCheck::kSettledMs) << false << 202;
    }
    void unheardEnd_getsItsRealOne()
    {
        QFETCH(int, end);
        QFETCH(int, laterMs);
        QFETCH(bool, approved);
        QFETCH(int, code);
        Log log;
        log.add(Event::sessionClaimed, 1).add(static_cast<Event>(end), 1, kLogin);
        const auto check = checked(log, {entry(1, false, 502)}, {}, kAt + laterMs);
        QCOMPARE(check.history()[0].approved, approved);
        QCOMPARE(int(check.history()[0].code), code);
        QCOMPARE(check.history()[0].compared == Compared::heardOf, code == 502);
        QVERIFY(code == 502 || check.history()[0].compared == Compared::same);
    }
    // Of a phone that died at the request: the server's end of it changes nothing, and an approval would be somebody else's.
    void undecided_staysSo_andAnApprovalOfItIsAnAlarm()
    {
        for (const Event end : {Event::sessionFailed, Event::sessionRefused}) {
            Log log;
            log.add(Event::sessionClaimed, 1).add(end, 1, kLogin);
            const auto check = checked(log, {entry(1, false, 216)});
            QVERIFY(check.history()[0].compared == Compared::same && !check.history()[0].approved);
            QCOMPARE(int(check.history()[0].code), 216);
        }
        Log under;
        under.add(Event::sessionClaimed, 1);
        QVERIFY(checked(under, {entry(1, false, 216)}).history()[0].compared == Compared::same);
        Log log;
        log.add(Event::sessionClaimed, 1).add(Event::sessionApproved, 1, kLogin);
        const auto check = checked(log, {entry(1, false, 216)});
        QVERIFY(check.history()[0].compared == Compared::differs && !check.history()[0].approved);
    }
    void opening_thatWasNotHandedOver_isNotCalledDone()
    {
        Log log;
        log.approved(1, 5);
        auto opening = entry(1, false, 502);
        opening.act = "decrypt";
        auto check = checked(log, {opening}, {}, kAt + RecordCheck::kSettledMs);
        QVERIFY(!check.history()[0].approved);
        QCOMPARE(int(check.history()[0].code), 202);
        log.add(Event::delivered, 1);
        check = checked(log, {opening});
        QVERIFY(check.history()[0].approved && check.history()[0].compared == Compared::same);
    }
    void approval_notFromThisPhone_isToldOnce_untilItIsRead()
    {
        Log log;
        log.approved(90, kRehearsal).approved(1).approved(7, 2, kAt + 5);
        auto check = checked(log, {entry(1), activation()});
        QVERIFY(check.seen().foreign == (std::vector<phone::ForeignAct>{{token(7), 2, kAt + 5, manifest(7)}}));
        QVERIFY(!check.seen().isRead);
        SeenRecords read = check.seen();
        read.isRead = true;
        log.add(Event::delivered, 7);
        check = checked(log, check.history(), read);
        QCOMPARE(check.seen().foreign.size(), std::size_t(1));
        QVERIFY(check.seen().isRead);
        log.approved(8, kRehearsal); // after the activation a rehearsal is one's own, too
        check = checked(log, check.history(), check.seen());
        QCOMPARE(check.seen().foreign.size(), std::size_t(2));
        QVERIFY(!check.seen().isRead);
    }
    void approval_thatThePhoneHasForgotten_isNoAlarm()
    {
        Log log;
        log.approved(7, kLogin, kAt - 10).approved(8, kLogin, kAt + 10);
        std::vector<vault::HistoryEntry> full;
        for (std::size_t i = 0; i < vault::Vault::kHistoryMax; ++i)
            full.push_back(activation());
        const auto check = checked(log, full);
        QCOMPARE(check.seen().foreign.size(), std::size_t(1));
        QVERIFY(check.seen().foreign[0].token == token(8));
        // Nor one of a time whose entries do not name their sessions yet.
        const vault::HistoryEntry former{kAt, "login", "平台", "", true, 0};
        QVERIFY(checked(log, {former}).seen().foreign.empty());
    }
    void chain_readInPieces_goesOnWhereItWas()
    {
        Log log;
        log.approved(1).approved(2).approved(3);
        RecordCheck check({}, {entry(3), entry(2), entry(1)});
        int pieces = 0;
        for (; !check.isWhole(); ++pieces)
            QVERIFY(check.take(kAcct, log.records.size(), log.from(check.next(), 3)));
        QVERIFY(pieces > 1);
        for (const auto &each : check.history())
            QVERIFY(each.compared == Compared::same);
    }
    void chain_changedSince_isFoundOut_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("written anew") << 0;
        QTest::newRow("its end cut off") << 1;
        QTest::newRow("all of it gone") << 2;
        QTest::newRow("a record changed that is new") << 3;
        QTest::newRow("another account's") << 4;
        QTest::newRow("held back") << 5;
        QTest::newRow("no record") << 6;
    }
    void chain_changedSince_isFoundOut()
    {
        QFETCH(int, how);
        Log log;
        log.approved(1).approved(2);
        auto check = checked(log, {entry(2), entry(1)});
        Log later = log;
        later.approved(3);
        std::uint64_t last = later.records.size();
        auto records = later.from(check.next());
        if (how == 0) {
            Log other;
            other.approved(1).approved(4).approved(3);
            records = other.from(check.next());
        }
        if (how == 1) records.clear(), last = 2;
        if (how == 2) records.clear(), last = 0;
        if (how == 3) records.back().back() ^= 1, records.push_back(records.back());
        if (how == 4) {
            Log other;
            other.acct = {0xbb};
            other.approved(1).approved(2).approved(3);
            records = other.from(check.next());
        }
        if (how == 5) records.resize(1);
        if (how == 6) records.back() = Bytes(145, 7);
        RecordCheck next(check.seen(), check.history());
        QCOMPARE(next.take(kAcct, last, records).error().code, Errc::tampered);
        QVERIFY(next.seen().isBroken && !next.seen().isRead && !next.isWhole());
        QCOMPARE(next.next(), std::uint64_t(1)); // all of it again
        // What holds is compared anew, and that something was wrong stays.
        const auto again = checked(later, next.history(), next.seen());
        QVERIFY(again.seen().isBroken);
        QVERIFY(again.history()[0].compared == Compared::same);
        QCOMPARE(again.seen().foreign.size(), std::size_t(1)); // 3
    }
    void seen_isKept_andNothingElseIsTaken()
    {
        PhoneHalf half;
        SeenRecords seen;
        seen.sequence = 9;
        seen.sm3 = {1};
        seen.comparedMs = kAt;
        seen.isBroken = seen.hasBegun = true;
        seen.isRead = false;
        seen.foreign = {{token(1), 2, kAt, manifest(1)}};
        QVERIFY(*phone::seenRecords(half.vault) == SeenRecords());
        QVERIFY(phone::writeSeenRecords(half.vault, seen));
        QVERIFY(*phone::seenRecords(half.vault) == seen);
        QVERIFY(phone::noteForeignRead(half.vault));
        QVERIFY(phone::seenRecords(half.vault)->isRead);
        QVERIFY(half.vault.writeSeenRecords(Bytes(20, 9)));
        QCOMPARE(phone::seenRecords(half.vault).error().code, Errc::tampered);
    }
    // The phone with a server: what it approved itself, 300 records that it has to ask for in pieces, and an act that it did not do.
    void fetch_ofALongChain_asksUntilItHasAll()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto session = half.server.open(manifestOf(intent::Act::login));
        phone::Approval flow(half.environment);
        half.claim(flow, session);
        half.pump(flow, flow.approve());
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        const auto done = half.vault.history()->front();
        QVERIFY(done.token == session && done.manifest == half.server.only().manifest.encode());
        QVERIFY(done.manifestSm3 == crypto::sm3(done.manifest) && !done.certificate.empty());
        Log log;
        log.acct = half.server.acct;
        for (int i = 0; i < 300; ++i)
            log.add(Event::factorGiven, 0);
        log.records.push_back({log.acct, 301, log.records.back().sm3(), {Event::sessionApproved, kAt, session, done.manifestSm3, kLogin, {}}, 2});
        half.server.records = log.from(1, 1000);
        const auto fetch = [&half] {
            phone::RecordFetch asking(half.environment);
            return half.pump(asking, asking.start());
        };
        QVERIFY(fetch().show == Show::done);
        QVERIFY(half.vault.history()->front().compared == Compared::same);
        QCOMPARE(phone::seenRecords(half.vault)->sequence, std::uint64_t(301));
        QVERIFY(phone::seenRecords(half.vault)->foreign.empty());
        log.approved(7);
        half.server.records = log.from(1, 1000);
        QVERIFY(fetch().show == Show::done);
        QCOMPARE(phone::seenRecords(half.vault)->foreign.size(), std::size_t(1));
        half.server.records.resize(250);
        const auto step = fetch();
        QVERIFY(step.show == Show::stopped && step.problem && step.problem->errc == Errc::tampered);
        QVERIFY(phone::seenRecords(half.vault)->isBroken);
    }
    // A server of before knows no such question.
    void fetch_ofAServerOfBefore_leavesTheHistoryAsItIs()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto files = half.store.files;
        phone::RecordFetch asking(half.environment);
        QVERIFY(asking.start());
        QVERIFY(asking.receive(wire::encode(wire::Greeting{})));
        const auto step = asking.receive(wire::encode(wire::Failure{Errc::badInput, 103, 0, {}}));
        QVERIFY(step && step->show == Show::stopped && step->close);
        QVERIFY(half.store.files == files);
    }
};

QTEST_GUILESS_MAIN(TestRecordCheck)
#include "test_record_check.moc"
