// The list of sealed bids: what is written is read again, who sees what, how a bid ends, and that it is forgotten.
#include "shield/opening/bids.h"
#include "tests/shield/opening/sealed.h"
#include "tests/support/fakes.h"

#include <QTest>

using namespace hufu;
using namespace hufu::opening;
using tests::kLi;
using tests::kSealedMs;
using tests::kStranger;
using tests::kWang;
using tests::sealedBid;

namespace {

struct Desk {
    tests::MemoryLedger ledger;
    Bids bids{ledger};
    std::vector<BidId> noted;
    const Bids::Note note = [this](ports::Transaction &, const Bid &bid) -> Result<void> {
        noted.push_back(bid.id);
        return {};
    };

    Result<void> add(const Bid &bid)
    {
        HUFU_TRY(transaction, ledger.begin());
        HUFU_CHECK(bids.add(*transaction, bid));
        return transaction->commit();
    }
    Result<void> unlocked(const AccountId &acct, const std::vector<BidId> &ids, std::int64_t nowMs)
    {
        HUFU_TRY(transaction, ledger.begin());
        HUFU_CHECK(bids.unlocked(*transaction, acct, ids, nowMs));
        return transaction->commit();
    }
    // Key and file, in the bid's hour.
    Result<void> opened(const AccountId &acct, std::uint8_t number, std::int64_t openingMs = sealedBid(1).openingMs)
    {
        HUFU_CHECK(unlocked(acct, {sealedBid(number).id}, openingMs));
        return bids.opened(acct, sealedBid(number).id, openingMs);
    }
    Result<void> handIn(std::string_view party, const BidId &id) { return bids.handIn(party, id, note); }
    Result<void> giveBack(std::string_view party, const BidId &id, const std::optional<BidId> &successor, std::int64_t nowMs)
    {
        return bids.giveBack(party, id, successor, nowMs, note);
    }
    std::vector<std::string> projectsOf(const AccountId &acct)
    {
        std::vector<std::string> out;
        const auto list = *bids.of(acct);
        for (const Bid &bid : list)
            out.push_back(bid.project.id);
        return out;
    }
    BidState stateOf(const BidId &id)
    {
        const auto list = *bids.of(kWang);
        for (const Bid &bid : list)
            if (bid.id == id) return bid.state;
        qFatal("no such bid");
    }
};

using Projects = std::vector<std::string>;

constexpr std::size_t kMany = Bids::kListed + 100;

} // namespace

class TestBids : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // However many there are, none is left unguarded: the one that opens next is found behind all others.
    void list_longerThanIsShown_isLookedThroughToItsEnd()
    {
        Desk desk;
        for (std::size_t i = 0; i < kMany; ++i) {
            Bid bid = sealedBid(9);
            bid.id = {};
            bid.id[0] = static_cast<std::uint8_t>(i >> 8);
            bid.id[1] = static_cast<std::uint8_t>(i);
            bid.openingMs += static_cast<std::int64_t>(kMany - i) * 1000;
            QVERIFY(desk.add(bid));
        }
        const auto list = *desk.bids.of(kWang);
        QCOMPARE(list.size(), kMany);
        QCOMPARE(list.front().openingMs, sealedBid(9).openingMs + 1000); // the last one by its id
    }

    void bid_encoded_parsesToItselfOnly()
    {
        Bid bid = sealedBid(1);
        bid.soleReason = "同事休假";
        bid.state = BidState::replaced;
        bid.endedMs = kSealedMs + 5;
        bid.successor.fill(2);
        const Bytes bytes = bid.encode();
        QVERIFY(*Bid::parse(bytes) == bid);
        for (std::size_t length = 0; length < bytes.size(); ++length)
            QVERIFY(!Bid::parse(ByteView(bytes).first(length)));
        Bytes other = bytes;
        other[0] = 2; // version
        QVERIFY(!Bid::parse(other));
        QVERIFY(!Bid::parse(concat({bytes, Bytes(1, 0)})));
        Bytes stateless = bytes;
        stateless[bytes.size() - 32 - 8 - 1] = 5;
        QVERIFY(!Bid::parse(stateless));
    }

    void manifest_ofSealing_makesABidOfEachFileThatWasNotRefused()
    {
        intent::Manifest manifest;
        manifest.act = intent::Act::encrypt;
        manifest.project = intent::Project{"P-1", "某某大桥", "2 标段"};
        manifest.deadline = kSealedMs + kDayMs;
        manifest.recipients = {"王小明"};
        manifest.recipientKeys = {Bytes(20, 1)};
        manifest.soleReason = "同事休假";
        for (std::uint8_t i = 0; i < 3; ++i) {
            intent::File file{"文件" + std::to_string(i), 10U + i, {}, 0};
            file.sm3.fill(i);
            manifest.files.push_back(file);
        }
        const auto bids = bidsOf(manifest, {0, 2, 9}, recipientsOf(manifest), kWang, kSealedMs);
        QCOMPARE(bids.size(), std::size_t(2));
        QVERIFY(bids[1].id == manifest.files[2].sm3);
        QCOMPARE(bids[1].fileName, std::string("文件2"));
        QCOMPARE(bids[1].openingMs, kSealedMs + kDayMs);
        QCOMPARE(bids[1].soleReason, std::string("同事休假"));
        QVERIFY(bids[1].recipients == (std::vector<Recipient>{{"王小明", Bytes(20, 1), {}}}));
        manifest.act = intent::Act::decrypt;
        QVERIFY(bidsOf(manifest, {0}, {}, kWang, kSealedMs).empty());
    }

    void list_isSeenBySealerAndRecipientsOnly_theNextOpeningFirst()
    {
        Desk desk;
        QVERIFY(desk.add(sealedBid(1, kSealedMs + 2 * kDayMs)));
        QVERIFY(desk.add(sealedBid(2, 0)));
        QVERIFY(desk.add(sealedBid(3, kSealedMs + kDayMs)));
        Bid forLiAlone = sealedBid(4, kSealedMs + 3 * kDayMs);
        forLiAlone.recipients = {{"李芳", Bytes(20, 2), kLi}};
        QVERIFY(desk.add(forLiAlone));
        QVERIFY(desk.opened(kLi, 3, kSealedMs + kDayMs));
        const Projects all{"ZB-2026-001", "ZB-2026-004", "ZB-2026-002", "ZB-2026-003"};
        QCOMPARE(desk.projectsOf(kLi), all);
        QCOMPARE(desk.projectsOf(kWang), all); // also what he sealed for her alone
        QCOMPARE(desk.projectsOf(kStranger), Projects{});
        QCOMPARE(desk.projectsOf({}), Projects{}); // a recipient without an account is nobody
    }

    void bid_sealedOnceMore_staysAsItIs()
    {
        Desk desk;
        QVERIFY(desk.add(sealedBid(1)));
        QVERIFY(desk.opened(kWang, 1));
        const auto before = desk.ledger.rows;
        Bid other = sealedBid(1);
        other.recipients.clear();
        QVERIFY(desk.add(other));
        QVERIFY(desk.ledger.rows == before);
    }

    void opened_bySomeoneElse_changesNothing()
    {
        Desk desk;
        QVERIFY(desk.add(sealedBid(1)));
        const auto before = desk.ledger.rows;
        QCOMPARE(desk.opened(kStranger, 1).error().code, Errc::notFound);
        QVERIFY(desk.unlocked({}, {sealedBid(1).id}, sealedBid(1).openingMs));
        QCOMPARE(desk.opened(kLi, 7).error().code, Errc::notFound); // unknown
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.unlocked(kWang, {sealedBid(7).id, sealedBid(1).id}, sealedBid(1).openingMs));
        QCOMPARE(desk.bids.opened(kLi, sealedBid(1).id, sealedBid(1).openingMs).error().code, Errc::badState); // his key, not hers
        QVERIFY(desk.opened(kLi, 1));
        QVERIFY(desk.stateOf(sealedBid(1).id) == BidState::opened);
        const auto after = desk.ledger.rows;
        QVERIFY(desk.bids.opened(kLi, sealedBid(1).id, sealedBid(1).openingMs + 5)); // said twice
        QVERIFY(desk.ledger.rows == after);
    }

    void opened_beforeTheHour_isStillAwaited()
    {
        Desk desk;
        const std::int64_t hour = sealedBid(1).openingMs;
        QVERIFY(desk.add(sealedBid(1)));
        QVERIFY(desk.unlocked(kWang, {sealedBid(1).id}, hour - 1)); // looks whether it is the right file
        const auto before = desk.ledger.rows;
        QCOMPARE(desk.bids.opened(kWang, sealedBid(1).id, hour - 1).error().code, Errc::badState);
        QCOMPARE(desk.bids.opened(kWang, sealedBid(1).id, hour + 5).error().code, Errc::badState);
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.bids.of(kLi)->front().isAwaited(hour));
        QVERIFY(desk.unlocked(kWang, {sealedBid(1).id}, hour));
        QVERIFY(desk.bids.of(kLi)->front().isAwaited(hour)); // a key is no file yet
        QVERIFY(desk.bids.opened(kWang, sealedBid(1).id, hour));
        QVERIFY(!desk.bids.of(kLi)->front().isAwaited(hour));
    }

    void opened_withoutAnHour_needsTheKeyAlone()
    {
        Desk desk;
        QVERIFY(desk.add(sealedBid(1, 0)));
        QCOMPARE(desk.bids.opened(kWang, sealedBid(1).id, kSealedMs).error().code, Errc::badState);
        QVERIFY(desk.opened(kWang, 1, kSealedMs + 1));
        QVERIFY(desk.stateOf(sealedBid(1).id) == BidState::opened);
    }

    void withdrawal_isTheSealersAlone()
    {
        Desk desk;
        QVERIFY(desk.add(sealedBid(1)));
        const auto before = desk.ledger.rows;
        QCOMPARE(desk.bids.withdraw(kLi, sealedBid(1).id, kSealedMs).error().code, Errc::notFound);
        QCOMPARE(desk.bids.withdraw(kWang, sealedBid(2).id, kSealedMs).error().code, Errc::notFound);
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.bids.withdraw(kWang, sealedBid(1).id, kSealedMs));
        QVERIFY(desk.stateOf(sealedBid(1).id) == BidState::withdrawn);
        QCOMPARE(desk.bids.withdraw(kWang, sealedBid(1).id, kSealedMs).error().code, Errc::badState);
    }

    // A relying party says of the bids alone that it has taken in how they stand there.
    void handedIn_givenBackAndHandedInAgain_standsAsThePartySays()
    {
        Desk desk;
        const Bid bid = sealedBid(1);
        QVERIFY(desk.add(bid));
        QCOMPARE(desk.giveBack("portal", bid.id, {}, kSealedMs).error().code, Errc::notFound); // it never had it
        QVERIFY(desk.handIn("portal", bid.id));
        auto before = desk.ledger.rows;
        QVERIFY(desk.handIn("portal", bid.id));
        QCOMPARE(desk.handIn("another", bid.id).error().code, Errc::notFound);
        QCOMPARE(desk.giveBack("another", bid.id, {}, kSealedMs).error().code, Errc::notFound);
        QCOMPARE(desk.handIn("portal", sealedBid(2).id).error().code, Errc::notFound);
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.giveBack("portal", bid.id, {}, kSealedMs));
        QVERIFY(desk.stateOf(bid.id) == BidState::withdrawn);
        QVERIFY(desk.giveBack("portal", bid.id, {}, kSealedMs + 1)); // the answer was lost
        QVERIFY(desk.handIn("portal", bid.id));
        QVERIFY(desk.ledger.rows == before);
        QCOMPARE(desk.noted.size(), std::size_t{3}); // neither what was refused nor the same again
        // While a party has it, its sealer does not withdraw it: a desk may take an envelope that was moved for lost.
        QCOMPARE(desk.bids.withdraw(kWang, bid.id, kSealedMs).error().code, Errc::badState);
        QVERIFY(desk.ledger.rows == before);
        // What its sealer has withdrawn no party brings back.
        QVERIFY(desk.add(sealedBid(2)));
        QVERIFY(desk.bids.withdraw(kWang, sealedBid(2).id, kSealedMs));
        before = desk.ledger.rows;
        QCOMPARE(desk.handIn("portal", sealedBid(2).id).error().code, Errc::badState);
        QCOMPARE(desk.giveBack("portal", sealedBid(2).id, {}, kSealedMs).error().code, Errc::notFound);
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.bids.sweep(kSealedMs + 400LL * 86'400'000));
        QVERIFY(desk.ledger.rows.empty());
    }

    // Every platform that ever got the envelope could say so.
    void givenBack_byAPartysWord_isGuardedUntilItsHourOrItsSealerSaysSo()
    {
        Desk desk;
        const Bid bid = sealedBid(1);
        QVERIFY(desk.add(bid));
        QVERIFY(desk.handIn("portal", bid.id));
        QVERIFY(!desk.bids.of(kLi)->front().isGivenBack);
        QVERIFY(desk.giveBack("portal", bid.id, {}, kSealedMs));
        const Bid back = desk.bids.of(kLi)->front();
        QVERIFY(back.state == BidState::withdrawn && !back.isAwaited(kSealedMs));
        QVERIFY(back.isGuarded(bid.openingMs - 1) && !back.isGuarded(bid.openingMs));
        const auto before = desk.ledger.rows;
        QCOMPARE(desk.bids.withdraw(kLi, bid.id, kSealedMs).error().code, Errc::notFound); // sealed by another
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.bids.withdraw(kWang, bid.id, kSealedMs));
        const Bid over = desk.bids.of(kLi)->front();
        QVERIFY(over.state == BidState::withdrawn && !over.isGuarded(kSealedMs));
        const auto ended = desk.ledger.rows;
        QCOMPARE(desk.handIn("portal", bid.id).error().code, Errc::badState);
        QCOMPARE(desk.bids.withdraw(kWang, bid.id, kSealedMs).error().code, Errc::badState);
        QVERIFY(desk.ledger.rows == ended);
    }

    // The log does not take it: then nothing changes.
    void word_thatCannotBeNoted_changesNothing()
    {
        Desk desk;
        const Bid bid = sealedBid(1);
        const Bids::Note full = [](ports::Transaction &, const Bid &) -> Result<void> { return Error(Errc::unavailable, "full"); };
        QVERIFY(desk.add(bid));
        auto before = desk.ledger.rows;
        QCOMPARE(desk.bids.handIn("portal", bid.id, full).error().code, Errc::unavailable);
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.handIn("portal", bid.id));
        before = desk.ledger.rows;
        QCOMPARE(desk.bids.giveBack("portal", bid.id, {}, kSealedMs, full).error().code, Errc::unavailable);
        QVERIFY(desk.ledger.rows == before);
    }

    void replacement_wantsAnotherSealedBidOfTheSameProjectThatThePartyHas()
    {
        Desk desk;
        Bid again = sealedBid(2), foreign = sealedBid(3), elsewhere = sealedBid(4);
        again.project = foreign.project = elsewhere.project = sealedBid(1).project;
        foreign.project.id = "other";
        for (const Bid &bid : {sealedBid(1), again, foreign, elsewhere})
            QVERIFY(desk.add(bid));
        for (const Bid &bid : {sealedBid(1), again, foreign})
            QVERIFY(desk.handIn("portal", bid.id));
        QVERIFY(desk.handIn("another", elsewhere.id));
        const auto before = desk.ledger.rows;
        for (const BidId &id : {sealedBid(1).id, foreign.id, elsewhere.id, sealedBid(5).id})
            QCOMPARE(desk.giveBack("portal", sealedBid(1).id, id, kSealedMs).error().code, Errc::badInput);
        QVERIFY(desk.ledger.rows == before);
        QVERIFY(desk.giveBack("portal", sealedBid(1).id, again.id, kSealedMs));
        QVERIFY(desk.stateOf(sealedBid(1).id) == BidState::replaced);
        QVERIFY(desk.stateOf(again.id) == BidState::sealed);
    }

    void rehearsal_isKeptForItsAccount()
    {
        Desk desk;
        QCOMPARE(*desk.bids.lastRehearsalMs(kWang), 0);
        auto transaction = std::move(*desk.ledger.begin());
        QVERIFY(desk.bids.rehearsed(*transaction, kWang, kSealedMs));
        QVERIFY(transaction->commit());
        transaction.reset();
        QCOMPARE(*desk.bids.lastRehearsalMs(kWang), kSealedMs);
        QCOMPARE(*desk.bids.lastRehearsalMs(kLi), 0);
    }

    // Whoever compares sees each bid that came, ended or stands again, and nothing of other people's.
    void listed_ofAPerson_isOtherBytesWithEachChange()
    {
        Desk desk;
        const auto listed = [&] {
            auto transaction = std::move(*desk.ledger.begin());
            return *desk.bids.listedOf(*transaction, {7});
        };
        QVERIFY(listed().empty());
        QVERIFY(desk.add(sealedBid(1)));
        QVERIFY(listed().empty()); // nobody knows yet whose the accounts are
        {
            auto transaction = std::move(*desk.ledger.begin());
            QVERIFY(desk.bids.belongs(*transaction, kWang, {7}) && desk.bids.belongs(*transaction, kLi, {8}) && transaction->commit());
        }
        std::vector<Bytes> seen{listed()};
        QVERIFY(listed() == seen.back());
        const auto isAnother = [&] {
            const Bytes now = listed();
            const bool isNew = std::ranges::find(seen, now) == seen.end();
            seen.push_back(now);
            return isNew;
        };
        QVERIFY(desk.add(sealedBid(2)));
        QVERIFY(isAnother());
        QVERIFY(desk.bids.withdraw(kWang, sealedBid(2).id, kSealedMs));
        QVERIFY(isAnother());
    }

    void accounts_ofAPerson_areAllThatBelong()
    {
        Desk desk;
        auto transaction = std::move(*desk.ledger.begin());
        for (const AccountId &acct : {kWang, kLi, kWang})
            QVERIFY(desk.bids.belongs(*transaction, acct, {7}));
        QVERIFY(transaction->commit());
        transaction.reset();
        QVERIFY(*desk.bids.accountsOf({7}) == (std::vector<AccountId>{kWang, kLi}));
        QVERIFY(desk.bids.accountsOf({8})->empty());
    }

    void sweep_forgetsWhatIsLongOver_andNothingElse()
    {
        Desk desk;
        QVERIFY(desk.add(sealedBid(1, kSealedMs + kDayMs)));
        QVERIFY(desk.add(sealedBid(2, kSealedMs + 2 * kDayMs)));
        QVERIFY(desk.opened(kWang, 1, kSealedMs + kDayMs)); // nobody waits for it: forgotten earlier
        QVERIFY(desk.unlocked(kWang, {sealedBid(2).id}, kSealedMs + 2 * kDayMs));
        const std::int64_t forgotten = kSealedMs + kDayMs + kKeptMs;
        QVERIFY(desk.bids.sweep(forgotten));
        QCOMPARE(desk.projectsOf(kLi).size(), std::size_t(2));
        QVERIFY(desk.bids.sweep(forgotten + 1));
        QCOMPARE(desk.projectsOf(kLi), Projects{"ZB-2026-002"});
        QVERIFY(desk.bids.sweep(kSealedMs + 2 * kDayMs + kLateMs + kKeptMs + 1));
        QVERIFY(desk.ledger.rows.empty());
    }

    void list_ofALedgerThatIsDown_isUnavailable()
    {
        Desk desk;
        QVERIFY(desk.add(sealedBid(1)));
        desk.ledger.down = true;
        QCOMPARE(desk.bids.of(kWang).error().code, Errc::unavailable);
        QCOMPARE(desk.bids.lastRehearsalMs(kWang).error().code, Errc::unavailable);
        QCOMPARE(desk.bids.withdraw(kWang, sealedBid(1).id, kSealedMs).error().code, Errc::unavailable);
    }
};

QTEST_GUILESS_MAIN(TestBids)
#include "test_bids.moc"
