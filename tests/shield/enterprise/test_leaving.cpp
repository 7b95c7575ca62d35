// Somebody leaves: everything ends, or nothing.
#include "shield/audit/log.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/leaving.h"
#include "tests/shield/enterprise/bench.h"
#include "tests/support/failing_ledger.h"

#include <set>

using namespace hufu;
using namespace hufu::enterprise;

class TestLeaving : public QObject {
    Q_OBJECT

    // A company with somebody who has a certificate, a seal, a draft of another grant, and an account of before.
    struct OwnLedger {
        tests::MemoryLedger memory;
        tests::FailingLedger failing{memory};
    };
    struct Office : private OwnLedger, tests::BenchOn<tests::FailingLedger> {
        Office() : BenchOn(OwnLedger::failing) {}
        using OwnLedger::memory;
        tests::MemoryServiceKey key;
        tests::MemoryFaces faces;
        Confirmations confirmations{ports, smsCodes, {{1, &faces}}, key};
        Seals seals{ports, confirmations};
        SealGrants sealGrants{ports, confirmations};
        Leaving leaving{ports, grants, sealGrants, watch};
        Enterprise phones{ledger, masterKey, random, clock, smsCodes, {}, watch};
        Actor admin = verified();
        Id person = BenchOn::person(admin, 1), place = seat(admin), grant{}, acct{}, former{}, seal{};

        Proof face() { return {"", 1, Bytes{1}}; }
        tests::MemoryLedger::Rows &rows() { return memory.rows; }
        Id accountOf(const Id &one)
        {
            auto transaction = std::move(*ledger.begin());
            return loadGrant(*transaction, one)->acct;
        }
        // The grant of a next phone that has its keys and is not confirmed.
        Id keyedToCome()
        {
            const Id coming = phones.openNextGrant(acct)->grant;
            activate(coming, GrantState::keyed);
            return coming;
        }
        void equip()
        {
            const Id first = must(grants.give(admin, person)).grant;
            activate(first, GrantState::active);
            former = accountOf(first);
            grant = phones.openNextGrant(former)->grant;
            activate(grant, GrantState::active);
            mustIn([&](auto &transaction) -> Verdict<void> {
                HUFU_TRY(row, loadGrant(transaction, grant));
                return takeOver(transaction, grant, row);
            });
            acct = accountOf(grant);
            seal = must(seals.make(admin, {SealKind::company, 1, ""}, face()));
            const std::int64_t from = clock.wall / tests::kMinuteMs * tests::kMinuteMs;
            for (const bool granted : {true, false}) {
                const Id id = must(sealGrants.draft(admin, {seal, person, "投标文件", "", from, from + tests::kDayMs}));
                if (granted) must(sealGrants.grant(admin, id, seal, face()));
            }
        }
    };

    static Errc causeOf(const Verdict<void> &verdict) { return verdict.error().cause().code; }

private Q_SLOTS:
    // A new phone that had got as far as its keys must not outlive the grant that it was to take over.
    void grant_ended_endsThePhoneToCome()
    {
        Office office;
        office.equip();
        const Id coming = office.keyedToCome(), account = office.accountOf(coming);
        QVERIFY(office.grants.end(office.admin, office.grant, true));
        QVERIFY(std::ranges::count(office.watch.endedOnes, account) == 1);
        QCOMPARE(office.phones.holderOf(account).error().code, Errc::notFound);
        QVERIFY(audit::verify(office.ledger)->intact());
        auto transaction = std::move(*office.ledger.begin());
        QCOMPARE(office.phones.confirmActivation(*transaction, account).error().code, Errc::notFound);
        QVERIFY(loadGrant(*transaction, coming)->state == GrantState::ended);
    }

    void grant_suspended_isTakenOverByNoPhoneToCome()
    {
        Office office;
        office.equip();
        const Id coming = office.keyedToCome(), account = office.accountOf(coming);
        QVERIFY(office.grants.suspend(office.admin, office.grant, true));
        {
            auto transaction = std::move(*office.ledger.begin());
            QCOMPARE(office.phones.confirmActivation(*transaction, account).error().code, Errc::refused);
            QVERIFY(loadGrant(*transaction, coming)->state == GrantState::keyed);
        }
        QVERIFY(office.grants.resume(office.admin, office.grant));
        auto transaction = std::move(*office.ledger.begin());
        QVERIFY(office.phones.confirmActivation(*transaction, account));
        QVERIFY(loadGrant(*transaction, coming)->state == GrantState::active);
    }

    void person_leaving_takesEverythingInOneAct()
    {
        Office office;
        office.equip();
        const auto held = office.leaving.look(office.admin, office.person);
        QVERIFY(held && held->grant == office.grant);
        QCOMPARE(held->seals.size(), std::size_t(2));
        const int commits = office.memory.commits;
        QVERIFY(office.leaving.leave(office.admin, office.person, false, {}, Administration::changes));
        QCOMPARE(office.memory.commits, commits + 1);
        QVERIFY(office.grants.list(office.admin)->empty() && office.sealGrants.list(office.admin)->empty());
        QCOMPARE(office.seats.list(office.admin)->front().person, Id{});
        QCOMPARE(office.staff.list(office.admin)->size(), std::size_t(1));
        const std::set<Id> ended(office.watch.endedOnes.begin(), office.watch.endedOnes.end());
        QVERIFY(ended == std::set<Id>({office.acct, office.former}));
        for (const Id &acct : ended)
            QCOMPARE(office.phones.holderOf(acct).error().code, Errc::notFound);
        const auto history = office.seals.history(office.admin, office.seal);
        QVERIFY(history->front().event == SealEvent::grantEnded && history->front().by == office.admin.person);
        QVERIFY(audit::verify(office.memory)->intact());
    }

    // The certificate ends with it, which is confirmed like any end of one.
    void leaving_unconfirmed_keepsWhoHasACertificate()
    {
        Office office;
        office.equip();
        const auto before = office.rows();
        QCOMPARE(office.leaving.leave(office.admin, office.person, true).denied(), Denied::smsExpired);
        QVERIFY(office.rows() == before && office.watch.endedOnes.empty());
    }

    // The ledger breaks at each question that leaving asks, and what is outside of it, too.
    void ledger_brokenAtAnyPoint_leavesNothingHalfDone()
    {
        Office office;
        office.equip();
        const auto before = office.rows();
        int refused = 0;
        for (;; ++refused) {
            office.ledger.failAt(refused + 1);
            const auto left = office.leaving.leave(office.admin, office.person, false, {}, Administration::changes);
            office.ledger.heal();
            if (left) break;
            QCOMPARE(causeOf(left), Errc::unavailable);
            QVERIFY2(office.rows() == before, std::to_string(refused).c_str());
        }
        QVERIFY2(refused > 40, std::to_string(refused).c_str()); // it was in the middle of it
        QVERIFY(office.grants.list(office.admin)->empty() && office.sealGrants.list(office.admin)->empty());
        QCOMPARE(office.staff.list(office.admin)->size(), std::size_t(1));
        QVERIFY(audit::verify(office.memory)->intact());
    }

    void watch_down_keepsThePerson()
    {
        Office office;
        office.equip();
        const auto before = office.rows();
        office.watch.down = true; // certificates cannot be revoked
        QCOMPARE(causeOf(office.leaving.leave(office.admin, office.person, true, {}, Administration::changes)), Errc::unavailable);
        QVERIFY(office.rows() == before);
        office.watch.down = false;
        QVERIFY(office.leaving.leave(office.admin, office.person, true, {}, Administration::changes));
    }

    void leaving_again_changesNothing()
    {
        Office office;
        office.equip();
        QVERIFY(office.leaving.leave(office.admin, office.person, false, {}, Administration::changes));
        const auto after = office.rows();
        QVERIFY(office.leaving.leave(office.admin, office.person, false, {}, Administration::changes)); // the first answer was lost
        QVERIFY(office.rows() == after);
        QCOMPARE(office.leaving.look(office.admin, office.person).error().cause().code, Errc::badState);
        QVERIFY(office.rows() == after);
    }

    void lastAdministrator_leaving_keepsAll()
    {
        Office office;
        office.equip();
        office.seat(office.admin);
        const Id own = must(office.grants.give(office.admin, office.admin.person)).grant;
        const auto before = office.rows();
        QCOMPARE(office.leaving.leave(office.admin, office.admin.person, true, {}, Administration::changes).denied(), Denied::lastAdministrator);
        QVERIFY(office.rows() == before);
        const Actor second{office.admin.company, office.BenchOn::person(office.admin, 2, role::kAdministrator)};
        QCOMPARE(office.leaving.leave(office.admin, office.admin.person, true).denied(), Denied::smsExpired);
        QVERIFY(office.leaving.leave(office.admin, office.admin.person, true, {}, Administration::changes)); // of his own will
        QCOMPARE(office.grants.list(office.admin).denied(), Denied::roleMissing);
        for (const auto &one : *office.grants.list(second))
            QVERIFY(one.grant != own);
    }

    void leaving_byWhoMayNot_isRefused()
    {
        Office office;
        office.equip();
        const Actor other{office.admin.company, office.BenchOn::person(office.admin, 2)};
        const auto before = office.rows();
        for (const Actor &actor : {other, Actor{Id{9}, office.admin.person}, Actor{office.admin.company, Id{9}}}) {
            QCOMPARE(office.leaving.leave(actor, office.person, true).denied(), Denied::roleMissing);
            QCOMPARE(office.leaving.look(actor, office.person).denied(), Denied::roleMissing);
        }
        QCOMPARE(causeOf(office.leaving.leave(office.admin, Id{9}, true)), Errc::notFound);
        QVERIFY(office.rows() == before);
    }

    void leaving_withSealedBids_wantsALook()
    {
        Office office;
        office.equip();
        office.bids.list = {{"一标段", office.clock.wall + tests::kDayMs, {"王芳"}, "ZB-1"}, {"二标段", office.clock.wall + tests::kDayMs, {}, "ZB-2"}};
        const auto before = office.rows();
        QCOMPARE(office.leaving.leave(office.admin, office.person, false, "ZB-2", Administration::changes).denied(), Denied::sealedBidsAtRisk);
        for (const char *typed : {"", "ZB-1"})
            QCOMPARE(office.leaving.leave(office.admin, office.person, true, typed, Administration::changes).denied(), Denied::bidsUnreadable);
        QVERIFY(office.rows() == before);
        QCOMPARE(office.leaving.look(office.admin, office.person)->handOver.bids.size(), std::size_t(2));
        QVERIFY(office.leaving.leave(office.admin, office.person, true, "ZB-2", Administration::changes));
    }

    // Whoever rests opens no bid either, as long as it lasts.
    void resting_withSealedBids_wantsALook()
    {
        for (const bool isDisabled : {true, false}) {
            Office office;
            office.equip();
            office.bids.list = {{"一标段", office.clock.wall + tests::kDayMs, {"王芳"}, "ZB-1"}, {"二标段", office.clock.wall + tests::kDayMs, {}, "ZB-2"}};
            const auto rest = [&](bool looked, std::string_view project) {
                return isDisabled ? office.leaving.disable(office.admin, office.person, looked, project) : office.grants.suspend(office.admin, office.grant, looked, project);
            };
            const auto before = office.rows();
            const auto watched = office.watch.suspendedOnes;
            QCOMPARE(rest(false, "ZB-2").denied(), Denied::sealedBidsAtRisk);
            QCOMPARE(office.leaving.mayDisable(office.admin, office.person, false, "ZB-2").denied(), Denied::sealedBidsAtRisk);
            for (const char *typed : {"", "ZB-1"}) {
                QCOMPARE(rest(true, typed).denied(), Denied::bidsUnreadable);
                QCOMPARE(office.leaving.mayDisable(office.admin, office.person, true, typed).denied(), Denied::bidsUnreadable);
            }
            QVERIFY(office.leaving.mayDisable(office.admin, office.person, true, "ZB-2"));
            QVERIFY(office.rows() == before && office.watch.suspendedOnes == watched);
            QVERIFY(rest(true, "ZB-2"));
            QVERIFY(office.watch.suspendedOnes != watched);
            QCOMPARE(causeOf(rest(true, "ZB-2")), Errc::badState); // once
            QVERIFY(audit::verify(office.ledger)->intact());
        }
    }

    // Without a certificate nobody opens anything, and there is nothing to look at.
    void personWithoutACertificate_isDisabledWithoutALook()
    {
        Office office;
        office.bids.list = {{"一标段", office.clock.wall + tests::kDayMs, {}, "ZB-1"}};
        const Actor nobody{office.admin.company, office.person};
        QCOMPARE(office.leaving.disable(nobody, office.person, true).denied(), Denied::roleMissing);
        QCOMPARE(causeOf(office.leaving.disable(office.admin, Id{9}, true)), Errc::notFound);
        QCOMPARE(office.leaving.disable(office.admin, office.admin.person, true, "ZB-1", Administration::changes).denied(), Denied::lastAdministrator);
        QVERIFY(office.leaving.disable(office.admin, office.person, false));
    }

    // Sealed between the look and the act: nothing stops until somebody has looked again.
    void bid_sealedInThatMoment_wantsAnotherLook()
    {
        for (const int act : {0, 1, 2, 3}) {
            Office office;
            office.equip();
            const auto stop = [&](std::string_view project) {
                if (act == 0) return office.leaving.leave(office.admin, office.person, true, project, Administration::changes);
                if (act == 1) return office.grants.end(office.admin, office.grant, true, project);
                if (act == 2) return office.leaving.disable(office.admin, office.person, true, project);
                return office.grants.suspend(office.admin, office.grant, true, project);
            };
            const auto before = office.rows();
            const auto stopped = [&] { return office.watch.endedOnes.size() + office.watch.suspendedOnes.size(); };
            const auto stoppedBefore = stopped();
            office.bids.meanwhile = SealedBid{"二标段", office.clock.wall + tests::kDayMs, {}, "ZB-2"};
            QCOMPARE(stop("").denied(), Denied::sealedBidsAtRisk);
            QCOMPARE(stop("").denied(), Denied::bidsUnreadable); // now it is seen
            QVERIFY(office.rows() == before && stopped() == stoppedBefore);
            QVERIFY(stop("ZB-2"));
            QVERIFY(stopped() > stoppedBefore);
        }
    }

    void person_withoutAnything_leaves()
    {
        Office office;
        office.bids.list = {{"一标段", office.clock.wall + tests::kDayMs, {}, "ZB-1"}}; // without a certificate he opens nothing anyway
        const auto held = office.leaving.look(office.admin, office.person);
        QVERIFY(held && !held->grant && held->seals.empty() && held->handOver.bids.empty());
        QVERIFY(office.leaving.leave(office.admin, office.person, false));
        QVERIFY(office.watch.endedOnes.empty());
    }

    // A grant that ends or rests takes the accounts before it with it.
    void grant_suspendedAndResumed_takesTheFormerAccountAlong()
    {
        Office office;
        office.equip();
        QVERIFY(office.phones.holderOf(office.former));
        QVERIFY(office.grants.suspend(office.admin, office.grant, true));
        for (const Id &acct : {office.acct, office.former})
            QCOMPARE(office.phones.holderOf(acct).error().code, Errc::refused);
        QVERIFY(office.grants.resume(office.admin, office.grant));
        QVERIFY(office.phones.holderOf(office.former) && office.phones.holderOf(office.acct));
        QVERIFY(office.grants.end(office.admin, office.grant, true));
        for (const Id &acct : {office.acct, office.former})
            QCOMPARE(office.phones.holderOf(acct).error().code, Errc::notFound);
    }

private:
    template <typename T> static typename Verdict<T>::Value must(Verdict<T> verdict) { return tests::BenchOn<tests::FailingLedger>::must(std::move(verdict)); }
};

QTEST_GUILESS_MAIN(TestLeaving)
#include "test_leaving.moc"
