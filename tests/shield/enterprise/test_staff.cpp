// Staff, seats and the grants of certificates.
#include "shield/enterprise/administrators.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/identifiers.h"
#include "tests/shield/enterprise/bench.h"
#include "tests/shield/enterprise/state_table.h"

#include <algorithm>
#include <set>

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;

class TestStaff : public QObject {
    Q_OBJECT

    struct Case : Bench {
        Actor admin;
        Id id{};
    };
    static Staff::Entry entryOf(int number, std::uint8_t roles = role::kBidStaff)
    {
        const std::string digits = std::to_string(number);
        return {{"员工" + digits, "1390013" + std::to_string(1000 + number), "", "N" + digits}, roles, "投标部"};
    }
    static Errc causeOf(const auto &verdict) { return verdict ? Errc{} : verdict.error().cause().code; }

private Q_SLOTS:
    void staff_everyActInEveryState_movesByTheTable()
    {
        tests::StateTable<Case, StaffState, StaffAct> table;
        table.rows = {"12.3", "2.13", "...."}; // change, disable, enable, remove from active, disabled, removed
        table.bringTo = [](Case &bench, StaffState state) {
            bench.admin = bench.founded();
            bench.id = bench.person(bench.admin, 1);
            if (state == StaffState::disabled) Bench::must(bench.staff.disable(bench.admin, bench.id));
            if (state == StaffState::removed) Bench::must(bench.staff.remove(bench.admin, bench.id));
        };
        table.stateOf = [](Case &bench) {
            auto transaction = std::move(*bench.ledger.begin());
            return loadPerson(*transaction, bench.masterKey, bench.id)->state;
        };
        table.perform = [](Case &bench, StaffAct act) -> Verdict<void> {
            switch (act) {
            case StaffAct::change: return bench.staff.change(bench.admin, bench.id, entryOf(2));
            case StaffAct::disable: return bench.staff.disable(bench.admin, bench.id);
            case StaffAct::enable: return bench.staff.enable(bench.admin, bench.id);
            case StaffAct::remove: return bench.staff.remove(bench.admin, bench.id);
            }
            return {};
        };
        table.check(kStaffMoves);
    }

    void founder_isTheAdministrator()
    {
        Bench bench;
        const auto admin = bench.founded();
        const auto list = bench.staff.list(admin);
        QCOMPARE(list->size(), std::size_t(1));
        QCOMPARE(int(list->front().roles), int(role::kAdministrator));
        QCOMPARE(list->front().phoneMasked, std::string("138****8000"));
        QVERIFY(list->front().id == admin.person);
    }

    void staff_ofMoreThanAThousand_areAllThere()
    {
        Bench bench;
        const auto admin = bench.founded();
        std::set<Id> all{admin.person};
        for (int i = 0; i < 1001; ++i) // the last by id is another's to be: any may be the administrator beyond the first thousand
            all.insert(bench.person(admin, i, role::kAdministrator));
        QCOMPARE(Bench::must(bench.staff.names(admin)).size(), all.size());
        {
            auto transaction = std::move(*bench.ledger.begin());
            QVERIFY(*membersOf(*transaction, admin.company) == std::vector<Id>(all.begin(), all.end()));
        }
        std::vector<Id> paged; // as the page does
        for (std::size_t got = 100; got == 100;) {
            const auto page = Bench::must(bench.staff.list(admin, paged.empty() ? Id{} : paged.back(), 100));
            for (const auto &view : page)
                paged.push_back(view.id);
            got = page.size();
        }
        QVERIFY(paged == std::vector<Id>(all.begin(), all.end()));

        // In the place of all administrators means: of all.
        const Id successor = bench.person(admin, 5000);
        bench.mustIn([&](auto &transaction) { return replaceAdministrator(transaction, bench.ports, {}, admin.company, successor, {}); });
        const Actor now{admin.company, successor};
        std::size_t administrators = 0;
        for (const auto &view : Bench::must(bench.staff.list(now)))
            administrators += (view.roles & role::kAdministrator) != 0;
        QCOMPARE(administrators, std::size_t(1));
    }

    // Kept before names and numbers had one form: the person can be changed all the same, and given a proper number.
    void staff_keptInAnOlderForm_canBeChanged()
    {
        Bench bench;
        const auto admin = bench.founded();
        const Id id = bench.person(admin, 1);
        bench.person(admin, 2);
        const std::string old = "0755-8888 1001", oldName = "员工\xe2\x80\x8b一"; // with a space that nobody sees
        bench.mustIn([&](auto &transaction) -> Verdict<void> {
            HUFU_TRY(row, loadPerson(transaction, bench.masterKey, id));
            row.person.phoneNumber = old;
            row.person.name = oldName;
            HUFU_TRY(sealed, sealRow(bench.masterKey, concat({viewOf("hufu-person"), id}), row));
            return transaction.write(ports::Table::person, id, sealed);
        });
        const auto person = [&] {
            auto transaction = std::move(*bench.ledger.begin());
            return loadPerson(*transaction, bench.masterKey, id)->person;
        };
        Staff::Entry entry = entryOf(1);
        entry.person.name = oldName;
        entry.person.phoneNumber.clear(); // a page knows it masked only
        entry.department = "合约部";
        QVERIFY(bench.staff.change(admin, id, entry));
        QVERIFY(person().phoneNumber == old && person().name == oldName);
        // What is changed has to be in form.
        const auto rows = bench.ledger.rows;
        entry.person.name = oldName + "一";
        QCOMPARE(causeOf(bench.staff.change(admin, id, entry)), Errc::badInput);
        entry.person.name = oldName;
        entry.person.phoneNumber = "0139";
        QCOMPARE(causeOf(bench.staff.change(admin, id, entry)), Errc::badInput);
        entry.person.phoneNumber = entryOf(2).person.phoneNumber;
        QCOMPARE(bench.staff.change(admin, id, entry).denied(), Denied::staffExists);
        QVERIFY(bench.ledger.rows == rows);
        entry.person.name = "员工一";
        entry.person.phoneNumber = "139 0013 1999";
        QVERIFY(bench.staff.change(admin, id, entry));
        QVERIFY(person().phoneNumber == "13900131999" && person().name == "员工一");
        QVERIFY(*bench.staff.personOf(admin.company, "13900131999") == id);
    }

    void staff_beyondTheMost_areNotAdded()
    {
        Bench bench;
        const auto admin = bench.founded();
        std::vector<Staff::Entry> entries;
        for (std::size_t i = 0; i < Staff::kMost; ++i)
            entries.push_back(entryOf(static_cast<int>(i)));
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.staff.addAll(admin, entries).denied(), Denied::staffTooMany); // with the founder, one too many
        QVERIFY(bench.ledger.rows == before);
        entries.pop_back();
        QCOMPARE(Bench::must(bench.staff.addAll(admin, entries)).size(), Staff::kMost - 1);
        const auto full = bench.ledger.rows;
        QCOMPARE(bench.staff.add(admin, entryOf(8000)).denied(), Denied::staffTooMany);
        QVERIFY(bench.ledger.rows == full);
    }

    void seats_ofMoreThanAThousand_canEachBeGranted()
    {
        Bench bench;
        const auto admin = bench.verified();
        const Id person = bench.person(admin, 1);
        Id last{};
        for (int i = 0; i < 1001; ++i)
            last = std::max(last, bench.seat(admin));
        // All but the last by id have another's name on them for good.
        bench.mustIn([&](auto &transaction) -> Verdict<void> {
            HUFU_TRY(listed, ports::scanAll(transaction, ports::Table::seat, rowKey('c', {admin.company})));
            for (const auto &[key, value] : listed) {
                HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
                if (id != last) HUFU_CHECK(takeSeat(transaction, id, Id{9}, Id{9}, bench.clock.wall));
            }
            return {};
        });
        QCOMPARE(Bench::must(bench.seats.list(admin)).size(), std::size_t(1001));
        QVERIFY(bench.grants.give(admin, person));
        const auto list = Bench::must(bench.seats.list(admin));
        QVERIFY(std::ranges::find(list, last, &Seats::View::id)->person == person);
    }

    void administrator_theLast_staysOne()
    {
        Bench bench;
        const auto admin = bench.founded();
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.staff.remove(admin, admin.person).denied(), Denied::lastAdministrator);
        QCOMPARE(bench.staff.disable(admin, admin.person).denied(), Denied::lastAdministrator);
        QCOMPARE(bench.staff.change(admin, admin.person, entryOf(1, role::kApprover)).denied(), Denied::lastAdministrator);
        QVERIFY(bench.ledger.rows == before);

        const Actor second{admin.company, bench.person(admin, 2, role::kAdministrator)};
        QVERIFY(bench.staff.disable(second, admin.person, Administration::changes));
        QCOMPARE(bench.staff.remove(second, second.person).denied(), Denied::lastAdministrator); // a disabled one does not count
        QVERIFY(bench.staff.enable(second, admin.person, Administration::changes));
        QVERIFY(bench.staff.remove(admin, second.person, Administration::changes));
        QCOMPARE(bench.staff.remove(admin, admin.person).denied(), Denied::lastAdministrator);
    }

    void stranger_orStaffWithoutTheRole_isDenied()
    {
        Bench bench;
        const auto admin = bench.founded();
        const auto bid = bench.person(admin, 1, role::kBidStaff | role::kApprover | role::kSealAdministrator);
        const auto gone = bench.person(admin, 2, role::kAdministrator);
        QVERIFY(bench.staff.remove(admin, gone, Administration::changes));
        const auto before = bench.ledger.rows;
        // Someone of another company names this one; someone of this company names another.
        for (const Actor &actor : {Actor{admin.company, bid}, Actor{admin.company, gone}, Actor{admin.company, {7}}, Actor{{7}, admin.person}}) {
            QCOMPARE(bench.staff.add(actor, entryOf(3)).denied(), Denied::roleMissing);
            QCOMPARE(bench.staff.change(actor, bid, entryOf(3)).denied(), Denied::roleMissing);
            QCOMPARE(bench.staff.disable(actor, bid).denied(), Denied::roleMissing);
            QCOMPARE(bench.staff.enable(actor, bid).denied(), Denied::roleMissing);
            QCOMPARE(bench.staff.remove(actor, bid).denied(), Denied::roleMissing);
            QCOMPARE(bench.staff.list(actor).denied(), Denied::roleMissing);
            QCOMPARE(bench.seats.list(actor).denied(), Denied::roleMissing);
            QCOMPARE(bench.grants.give(actor, bid).denied(), Denied::roleMissing);
            QCOMPARE(bench.grants.list(actor).denied(), Denied::roleMissing);
        }
        QVERIFY(bench.ledger.rows == before);
    }

    void person_ofAnotherCompany_isAsGoodAsNone()
    {
        Bench bench;
        const auto admin = bench.verified();
        Enterprise operators(bench.ledger, bench.masterKey, bench.random, bench.clock, bench.smsCodes, {}, bench.watch);
        const auto other = operators.addCompany({"别家", tests::kOtherCode, {}});
        const auto stranger = operators.addPerson(*other, {"甲", "13900139001", "", "1"});
        const auto seat = operators.addSeat(*other, bench.clock.wall + tests::kDayMs);
        const auto grant = operators.openGrant(*stranger, *seat);
        bench.seat(admin);
        const auto before = bench.ledger.rows;
        for (const Id &person : {*stranger, Id{9}}) {
            QCOMPARE(causeOf(bench.staff.disable(admin, person)), Errc::notFound);
            QCOMPARE(causeOf(bench.staff.change(admin, person, entryOf(5))), Errc::notFound);
            QCOMPARE(causeOf(bench.grants.give(admin, person)), Errc::notFound);
        }
        for (const Id &id : {grant->grant, Id{9}}) {
            QCOMPARE(causeOf(bench.grants.end(admin, id, true)), Errc::notFound);
            QCOMPARE(causeOf(bench.grants.suspend(admin, id, true)), Errc::notFound);
            QCOMPARE(causeOf(bench.grants.handOver(admin, id)), Errc::notFound);
            QCOMPARE(causeOf(bench.grants.renewCode(admin, id)), Errc::notFound);
        }
        QVERIFY(bench.ledger.rows == before);
        QCOMPARE(bench.staff.list(admin)->size(), std::size_t(1));
        QCOMPARE(bench.grants.list(admin)->size(), std::size_t(0));
        QCOMPARE(bench.seats.list(admin)->size(), std::size_t(1));
    }

    void numbers_ofTwoPeople_areNeverTheSame()
    {
        Bench bench;
        const auto admin = bench.founded();
        const auto one = bench.person(admin, 1);
        bench.person(admin, 2);
        const auto before = bench.ledger.rows;
        auto same = entryOf(3);
        same.person.phoneNumber = entryOf(1).person.phoneNumber;
        QCOMPARE(bench.staff.add(admin, same).denied(), Denied::staffExists);
        same = entryOf(3);
        same.person.staffNumber = "N1";
        QCOMPARE(bench.staff.add(admin, same).denied(), Denied::staffExists);
        QCOMPARE(bench.staff.change(admin, one, entryOf(2)).denied(), Denied::staffExists);
        QCOMPARE(bench.staff.addAll(admin, {entryOf(3), entryOf(4), entryOf(3)}).denied(), Denied::staffExists); // none of the three
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.staff.change(admin, one, entryOf(5)));
        QVERIFY(bench.staff.add(admin, entryOf(1))); // its numbers are free again
        QVERIFY(bench.staff.remove(admin, one));
        QCOMPARE(bench.staff.personOf(admin.company, entryOf(5).person.phoneNumber).error().code, Errc::notFound);
        QVERIFY(bench.staff.add(admin, entryOf(5)));
    }

    void person_outOfForm_isRefused()
    {
        Bench bench;
        const auto admin = bench.founded();
        const auto before = bench.ledger.rows;
        for (int field = 0; field < 7; ++field) {
            auto entry = entryOf(1);
            if (field == 0) entry.person.name.clear();
            if (field == 1) entry.person.phoneNumber = "123";
            if (field == 2) entry.person.birthday = "19900231";
            if (field == 3) entry.person.phoneNumber.clear();
            if (field == 4) entry.roles = 0;
            if (field == 5) entry.roles = role::kAll + 1;
            if (field == 6) entry.department = "a\tb";
            QCOMPARE(causeOf(bench.staff.add(admin, entry)), Errc::badInput);
        }
        // Each is named, so that a page marks that one.
        const auto wrong = [&](auto change) {
            auto entry = entryOf(1);
            change(entry);
            const auto done = bench.staff.add(admin, entry);
            return std::string(done ? "" : done.error().cause().what.text());
        };
        for (const char *bad : {"   ", "\u3000", "a\u202eb", "a\u200b", "\xff"}) {
            QCOMPARE(wrong([&](auto &entry) { entry.person.name = bad; }), std::string("name"));
        }
        for (const char *bad : {"a\u202eb", "a\u200b", "\xff"})
            QCOMPARE(wrong([&](auto &entry) { entry.person.staffNumber = bad; }), std::string("staffNumber"));
        QCOMPARE(wrong([](auto &entry) { entry.department = "a\u202eb"; }), std::string("department"));
        QCOMPARE(wrong([](auto &entry) { entry.person.phoneNumber = "23600136015"; }), std::string("phoneNumber"));
        for (const char *bad : {"20991231", "18000101", "19900230"})
            QCOMPARE(wrong([&](auto &entry) { entry.person.birthday = bad; }), std::string("birthday"));
        QCOMPARE(wrong([](auto &entry) { entry.roles = 0; }), std::string("roles"));
        QVERIFY(bench.ledger.rows == before);
    }

    // A name and a phone number are enough; who has no staff number is in nobody's way.
    void person_withoutAStaffNumber_isOneOfTheStaff()
    {
        Bench bench;
        const auto admin = bench.founded();
        auto one = entryOf(1), two = entryOf(2), third = entryOf(3);
        one.person.staffNumber = two.person.staffNumber = "";
        third.person.staffNumber = " \u3000";
        const auto ids = bench.staff.addAll(admin, {one, two, third});
        QVERIFY(ids && ids->size() == 3);
        const auto numberOf = [&](const Id &id) {
            const auto list = bench.staff.list(admin);
            return std::ranges::find(*list, id, &Staff::View::id)->staffNumber;
        };
        for (const Id &id : *ids)
            QVERIFY(numberOf(id).empty());
        auto fourth = entryOf(4);
        fourth.person.staffNumber = "";
        QVERIFY(*bench.staff.areTaken(admin, {fourth, one}) == (std::vector<bool>{false, true})); // by the phone number
        // A number can be given, is one person's, and can be taken back.
        one.person.staffNumber = "N9";
        QVERIFY(bench.staff.change(admin, (*ids)[0], one));
        two.person.staffNumber = "N9";
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.staff.change(admin, (*ids)[1], two).denied(), Denied::staffExists);
        QVERIFY(bench.ledger.rows == rows);
        one.person.staffNumber = "";
        QVERIFY(bench.staff.change(admin, (*ids)[0], one) && numberOf((*ids)[0]).empty());
        QVERIFY(bench.staff.change(admin, (*ids)[1], two) && numberOf((*ids)[1]) == "N9");
        QVERIFY(bench.staff.remove(admin, (*ids)[2]));
        QVERIFY(bench.staff.add(admin, third)); // its phone number is free again
    }

    // One telephone is one person's, however its number is written; it is kept in one form, and found by all.
    void phoneNumber_writtenInAnotherWay_isTheSamePersons()
    {
        Bench bench;
        const auto admin = bench.founded();
        auto entry = entryOf(1);
        entry.person.name = " 赵六 ";
        entry.person.phoneNumber = "+86 136-0013-6012";
        const auto person = bench.staff.add(admin, entry);
        QVERIFY(person);
        auto second = entryOf(2);
        const auto before = bench.ledger.rows;
        for (const char *typed : {"13600136012", "+8613600136012", "0086 136 0013 6012"}) {
            second.person.phoneNumber = typed;
            QCOMPARE(bench.staff.add(admin, second).denied(), Denied::staffExists);
            QVERIFY(*bench.staff.personOf(admin.company, typed) == *person);
        }
        QVERIFY(bench.ledger.rows == before);
        for (const auto &view : *bench.staff.list(admin))
            if (view.id == *person) QVERIFY(view.name == "赵六" && view.phoneMasked == "136****6012");
    }

    void person_withAGrant_cannotBeRemoved()
    {
        Bench bench;
        const auto admin = bench.verified();
        bench.seat(admin);
        const auto person = bench.person(admin, 1);
        const auto grant = bench.grants.give(admin, person);
        QCOMPARE(bench.staff.remove(admin, person).denied(), Denied::grantExists);
        QVERIFY(bench.grants.end(admin, grant->grant, false));
        QVERIFY(bench.staff.remove(admin, person));
    }

    // --- seats --------------------------------------------------------------------------------------------------------

    void seat_everyActInEveryState_movesByTheTable()
    {
        tests::StateTable<Case, SeatState, SeatAct> table;
        table.rows = {"2.1", ".12"}; // take, giveBack, renew from free, taken
        table.bringTo = [](Case &bench, SeatState state) {
            bench.admin = bench.verified();
            bench.id = bench.seat(bench.admin);
            if (state == SeatState::taken)
                bench.mustIn([&](auto &transaction) { return takeSeat(transaction, bench.id, {1}, {2}, bench.clock.wall); });
        };
        table.stateOf = [](Case &bench) {
            auto transaction = std::move(*bench.ledger.begin());
            return loadSeat(*transaction, bench.id)->state;
        };
        table.perform = [](Case &bench, SeatAct act) -> Verdict<void> {
            auto transaction = std::move(*bench.ledger.begin());
            if (act == SeatAct::take) HUFU_CHECK(takeSeat(*transaction, bench.id, {1}, {2}, bench.clock.wall));
            if (act == SeatAct::giveBack) HUFU_CHECK(giveSeatBack(*transaction, bench.id, {2}));
            if (act == SeatAct::renew) HUFU_CHECK(renewSeat(*transaction, bench.id, bench.admin.company, 1, bench.clock.wall));
            // The record is the matter's that moves the seat: a grant, an order.
            HUFU_CHECK(audit::append(*transaction, bench.admin.company, {audit::Event::seatRenewed, 1, bench.id, {}, 0}));
            return transaction->commit();
        };
        table.check(kSeatMoves);
    }

    void seat_givenBack_keepsItsTermAndIsGrantedAgainAtOnce()
    {
        Bench bench;
        const auto admin = bench.verified();
        const auto seat = bench.seat(admin);
        const auto first = bench.person(admin, 1), second = bench.person(admin, 2);
        const std::int64_t until = bench.clock.wall + kYearMs;
        const auto grant = bench.grants.give(admin, first);
        QCOMPARE(bench.grants.give(admin, second).denied(), Denied::seatsUsedUp);
        bench.clock.advance(100 * tests::kDayMs);
        QVERIFY(bench.grants.end(admin, grant->grant, false));
        QVERIFY(bench.seats.list(admin)->front().person == Id{});
        QVERIFY(bench.grants.give(admin, second));
        const auto list = bench.seats.list(admin);
        QVERIFY(list->front().id == seat);
        QVERIFY(list->front().person == second);
        QCOMPARE(list->front().validUntilMs, until);
        QCOMPARE(list->front().changesLeft, 2);
    }

    void seat_changingHands_isAllowedThreeTimesAYear()
    {
        Bench bench;
        const auto admin = bench.verified();
        bench.seat(admin, bench.clock.wall + 2 * kYearMs);
        const auto take = [&](int number) {
            const auto person = bench.person(admin, number);
            return bench.grants.give(admin, person);
        };
        for (int i = 1; i <= 4; ++i) { // the first holder, then three changes
            const auto grant = take(i);
            QVERIFY(grant);
            QVERIFY(bench.grants.end(admin, grant->grant, false));
        }
        const auto fifth = bench.person(admin, 5);
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.grants.give(admin, fifth).denied(), Denied::seatChangesUsedUp);
        QVERIFY(bench.ledger.rows == before);
        const auto list = bench.staff.list(admin);
        const auto fourth = std::find_if(list->begin(), list->end(), [](const auto &view) { return view.staffNumber == "N4"; })->id;
        const auto again = bench.grants.give(admin, fourth); // who had it last has it again: no change
        QVERIFY(again);
        QVERIFY(bench.grants.end(admin, again->grant, false));
        bench.clock.advance(kYearMs);
        QVERIFY(bench.grants.give(admin, fifth));
    }

    void seat_over_isNotGranted()
    {
        Bench bench;
        const auto admin = bench.verified();
        const auto seat = bench.seat(admin, bench.clock.wall + tests::kDayMs);
        const auto person = bench.person(admin, 1);
        bench.clock.advance(tests::kDayMs);
        QCOMPARE(bench.grants.give(admin, person).denied(), Denied::seatsUsedUp);
        QVERIFY(bench.seats.list(admin)->front().over);
        bench.mustIn([&](auto &transaction) { return Verdict<void>(renewSeat(transaction, seat, admin.company, 1, bench.clock.wall)); });
        QCOMPARE(bench.seats.list(admin)->front().validUntilMs, yearsLater(bench.clock.wall, 1)); // from now: the past is not sold
        bench.mustIn([&](auto &transaction) { return Verdict<void>(renewSeat(transaction, seat, admin.company, 2, bench.clock.wall)); });
        QCOMPARE(bench.seats.list(admin)->front().validUntilMs, yearsLater(bench.clock.wall, 3)); // from its end; by the calendar
        QVERIFY(bench.grants.give(admin, person));
    }

    void seats_listed_endFirstAndWarnBeforeAnOpening()
    {
        Bench bench;
        const auto admin = bench.verified();
        const std::int64_t soon = bench.clock.wall + 10 * tests::kDayMs;
        bench.seat(admin, soon + tests::kDayMs);
        bench.seat(admin, soon);
        bench.seat(admin, soon + 2 * tests::kDayMs);
        QVERIFY(bench.grants.give(admin, bench.person(admin, 1))); // takes what lasts longest
        bench.bids.list = {{"一标段", soon + 3 * tests::kDayMs, {}}};
        auto list = *bench.seats.list(admin);
        QCOMPARE(list[0].validUntilMs, soon);
        QCOMPARE(list[2].validUntilMs, soon + 2 * tests::kDayMs);
        QVERIFY(list[2].endsBeforeOpening);
        QVERIFY(!list[0].endsBeforeOpening); // nobody has it
        bench.bids.list.front().openingMs = soon;
        QVERIFY(!bench.seats.list(admin)->back().endsBeforeOpening);
        // One whose hour nobody knows may be opened later than a seat lasts that is about to end.
        bench.bids.list.front().openingMs = 0;
        QVERIFY(bench.seats.list(admin)->back().endsBeforeOpening);
        Bench other;
        const auto theirs = other.verified();
        other.seat(theirs, other.clock.wall + Seats::kHourlessMs);
        QVERIFY(other.grants.give(theirs, other.person(theirs, 1)));
        other.bids.list = {{"一标段", 0, {}}};
        QVERIFY(!other.seats.list(theirs)->back().endsBeforeOpening);
        other.clock.advance(1);
        QVERIFY(other.seats.list(theirs)->back().endsBeforeOpening);
    }

    // --- grants of certificates ----------------------------------------------------------------------------------------

    void grant_everyActInEveryState_movesByTheTable()
    {
        // As a phone does it: the acts of enrolment are driven through the rows that enrolment reads.
        tests::StateTable<Case, GrantState, GrantAct> table;
        // renewCode, prove, key, confirm, suspend, resume, end
        table.rows = {"12....6",  // open
                      "223...6",  // proved
                      "3234..6",  // keyed
                      "...45.6",  // active
                      ".....46",  // suspended
                      "......."}; // ended
        table.bringTo = [](Case &bench, GrantState state) {
            bench.admin = bench.verified();
            bench.seat(bench.admin);
            bench.id = Bench::must(bench.grants.give(bench.admin, bench.person(bench.admin, 1))).grant;
            if (state == GrantState::ended) return void(Bench::must(bench.grants.end(bench.admin, bench.id, false)));
            if (state != GrantState::open) bench.activate(bench.id, state == GrantState::suspended ? GrantState::active : state);
            if (state == GrantState::suspended) Bench::must(bench.grants.suspend(bench.admin, bench.id, true));
        };
        table.stateOf = [](Case &bench) {
            auto transaction = std::move(*bench.ledger.begin());
            return loadGrant(*transaction, bench.id)->state;
        };
        table.perform = [](Case &bench, GrantAct act) -> Verdict<void> {
            if (act == GrantAct::renewCode) {
                HUFU_CHECK(bench.grants.renewCode(bench.admin, bench.id));
                return {};
            }
            if (act == GrantAct::suspend) return bench.grants.suspend(bench.admin, bench.id, true);
            if (act == GrantAct::resume) return bench.grants.resume(bench.admin, bench.id);
            if (act == GrantAct::end) return bench.grants.end(bench.admin, bench.id, false);
            // What enrolment does with these three is in test_enterprise; here only where they lead.
            auto transaction = std::move(*bench.ledger.begin());
            HUFU_TRY(row, loadGrant(*transaction, bench.id));
            HUFU_TRY(next, moved(kGrantMoves, row.state, act));
            row.state = next;
            HUFU_CHECK(saveGrant(*transaction, bench.id, row));
            HUFU_CHECK(audit::append(*transaction, bench.admin.company, {audit::Event::enrolmentProved, 1, bench.id, {}, 0}));
            return transaction->commit();
        };
        table.check(kGrantMoves);
    }

    // Behind the first thousand nothing is lost: people stay on the list, and a seat that is free can be granted.
    void rows_beyondAThousand_areThere()
    {
        constexpr int kMany = 1001;
        Bench bench;
        const auto admin = bench.verified();
        std::vector<Staff::Entry> entries;
        for (int i = 0; i < kMany; ++i)
            entries.push_back({{"员工", std::to_string(13'600'000'000 + i), "", "M" + std::to_string(i)}, role::kBidStaff, ""});
        QVERIFY(bench.staff.addAll(admin, entries));
        QCOMPARE(bench.staff.list(admin)->size(), std::size_t(kMany + 1));
        QCOMPARE(bench.staff.names(admin)->size(), std::size_t(kMany + 1));
        bench.mustIn([&](auto &transaction) -> Verdict<void> {
            for (int i = 0; i < kMany; ++i) // over, and first in the order of the ids
                HUFU_CHECK(addSeat(transaction, Id{0, std::uint8_t(i / 256), std::uint8_t(i)}, admin.company, 1, 2));
            return addSeat(transaction, Id{255}, admin.company, bench.clock.wall, bench.clock.wall + kYearMs);
        });
        QVERIFY(bench.grants.give(admin, admin.person));
        QCOMPARE(bench.seats.list(admin)->size(), std::size_t(kMany + 1));
    }

    // What a page does not send is kept: the rules for PINs know the birthday of the first administrator.
    void person_changedWithoutABirthday_keepsIt()
    {
        Bench bench;
        const auto admin = bench.verified();
        const auto birthday = [&] {
            auto transaction = std::move(*bench.ledger.begin());
            return loadPerson(*transaction, bench.masterKey, admin.person)->person.birthday;
        };
        const std::string before = birthday();
        QVERIFY(!before.empty());
        Staff::Entry entry{{"张三", "13800138000", "", "A1"}, role::kAdministrator, "办公室"};
        QVERIFY(bench.staff.change(admin, admin.person, entry));
        QCOMPARE(birthday(), before);
        entry.person.birthday = "19900101";
        QVERIFY(bench.staff.change(admin, admin.person, entry));
        QCOMPARE(birthday(), std::string("19900101"));
        entry.person.phoneNumber.clear(); // a page knows it masked only
        QVERIFY(bench.staff.change(admin, admin.person, entry));
        QVERIFY(*bench.staff.personOf(admin.company, "13800138000") == admin.person);
        QCOMPARE(bench.staff.add(admin, {{"李六", "", "", "A2"}, role::kBidStaff, ""}).error().cause().code, Errc::badInput);
    }

    // A code that ran out helps nobody: the administrator is told that it is his turn.
    void grant_whoseCodeRanOut_isToldAsThat()
    {
        Bench bench;
        const auto admin = bench.verified();
        bench.seat(admin);
        const auto grant = Bench::must(bench.grants.give(admin, bench.person(admin, 1))).grant;
        const auto isOver = [&] { return bench.grants.list(admin)->front().over; };
        bench.clock.advance(Enterprise::kActivationCodeMs - 1);
        QVERIFY(!isOver());
        bench.clock.advance(1);
        QVERIFY(isOver());
        QVERIFY(bench.grants.renewCode(admin, grant));
        QVERIFY(!isOver());
        bench.activate(grant, GrantState::active);
        bench.clock.advance(Enterprise::kActivationCodeMs);
        QVERIFY(!isOver()); // it needs none any more
    }

    // Who gets or loses the role, and with which number an administrator logs in: Staff alone does not change that.
    void administrators_withoutAConfirmation_stayAsTheyAre()
    {
        Bench bench;
        const auto admin = bench.verified();
        const auto one = bench.person(admin, 1);
        const auto second = bench.person(admin, 2, role::kAdministrator);
        const auto keeper = bench.person(admin, 5, role::kSealAdministrator);
        const auto rows = bench.ledger.rows;
        for (const std::uint8_t roles : {role::kAdministrator, role::kSealAdministrator, std::uint8_t(role::kSealAdministrator | role::kBidStaff), role::kAll}) {
            QCOMPARE(bench.staff.add(admin, entryOf(3, roles)).denied(), Denied::smsExpired);
            QCOMPARE(bench.staff.addAll(admin, {entryOf(3), entryOf(4, roles)}).denied(), Denied::smsExpired);
            QCOMPARE(bench.staff.change(admin, one, entryOf(1, roles)).denied(), Denied::smsExpired);
        }
        QCOMPARE(bench.staff.change(admin, second, entryOf(2)).denied(), Denied::smsExpired);
        QCOMPARE(bench.staff.change(admin, second, entryOf(9, role::kAdministrator)).denied(), Denied::smsExpired);
        QCOMPARE(bench.staff.change(admin, keeper, entryOf(9, role::kSealAdministrator)).denied(), Denied::smsExpired);
        QVERIFY(bench.ledger.rows == rows);
        QVERIFY(bench.staff.change(admin, second, entryOf(2, role::kAdministrator | role::kApprover), Administration::changes));
        Staff::Entry renamed = entryOf(2, role::kAdministrator);
        renamed.person.name = "新名";
        QVERIFY(bench.staff.change(admin, second, renamed)); // neither the role nor the number
        renamed = entryOf(5, role::kSealAdministrator | role::kApprover);
        renamed.person.name = "新名";
        QVERIFY(bench.staff.change(admin, keeper, renamed));
        // A seal administrator whose role goes acts for nobody any more: that needs no proof, to get it back does.
        QVERIFY(bench.staff.change(admin, keeper, entryOf(5)));
        QCOMPARE(bench.staff.change(admin, keeper, entryOf(5, role::kSealAdministrator)).denied(), Denied::smsExpired);
        QVERIFY(bench.staff.change(admin, keeper, entryOf(9, role::kSealAdministrator), Administration::changes));
        // Nor is one disabled, enabled or removed by the way.
        auto still = bench.ledger.rows;
        QCOMPARE(bench.staff.disable(admin, second).denied(), Denied::smsExpired);
        QCOMPARE(bench.staff.remove(admin, second).denied(), Denied::smsExpired);
        QVERIFY(bench.ledger.rows == still);
        QVERIFY(bench.staff.disable(admin, second, Administration::changes));
        still = bench.ledger.rows;
        QCOMPARE(bench.staff.enable(admin, second).denied(), Denied::smsExpired);
        QCOMPARE(bench.staff.remove(admin, second).denied(), Denied::smsExpired);
        QVERIFY(bench.ledger.rows == still);
        QCOMPARE(bench.staff.change(admin, second, entryOf(2)).denied(), Denied::smsExpired); // enabled, he would have it again
        QVERIFY(bench.staff.change(admin, second, entryOf(2), Administration::changes));
    }

    // Rather than disabled with all that is under way going on.
    void person_disabledWhereNobodyWatchesTheAccounts_isNot()
    {
        Bench bench;
        const auto admin = bench.verified();
        const auto person = bench.person(admin, 1);
        const auto before = bench.ledger.rows;
        QCOMPARE(causeOf(Staff(bench.ports).disable(admin, person)), Errc::internal);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.staff.disable(admin, person));
    }

    void grant_toAPerson_takesOneSeatOnce()
    {
        Bench bench;
        const auto admin = bench.verified();
        const auto person = bench.person(admin, 1);
        QCOMPARE(bench.grants.give(admin, person).denied(), Denied::seatsUsedUp);
        bench.seat(admin);
        bench.seat(admin);
        QVERIFY(bench.grants.give(admin, person));
        QCOMPARE(bench.grants.give(admin, person).denied(), Denied::grantExists);
        const auto idle = bench.person(admin, 2);
        QVERIFY(bench.staff.disable(admin, idle));
        QCOMPARE(bench.grants.give(admin, idle).denied(), Denied::staffInactive);
        QCOMPARE(bench.grants.list(admin)->size(), std::size_t(1));
    }

    void grant_inAnUnverifiedCompany_isDenied()
    {
        Bench bench;
        const auto admin = bench.founded();
        bench.seat(admin);
        QCOMPARE(bench.grants.give(admin, admin.person).denied(), Denied::companyUnverified);
    }

    void grant_ended_endsAtOnce()
    {
        Bench bench;
        const auto admin = bench.verified();
        bench.seat(admin);
        const auto person = bench.person(admin, 1);
        const auto given = bench.grants.give(admin, person);
        bench.activate(given->grant, GrantState::active);
        Enterprise phones(bench.ledger, bench.masterKey, bench.random, bench.clock, bench.smsCodes, {}, bench.watch);
        auto transaction = std::move(*bench.ledger.begin());
        const Id acct = loadGrant(*transaction, given->grant)->acct;
        transaction.reset();
        QVERIFY(phones.holderOf(acct)->seatUntilMs > bench.clock.wall);

        bench.watch.down = true; // sessions cannot be ended: then nothing is
        const auto before = bench.ledger.rows;
        QCOMPARE(causeOf(bench.grants.end(admin, given->grant, false)), Errc::unavailable);
        QVERIFY(bench.ledger.rows == before);
        bench.watch.down = false;

        QVERIFY(bench.grants.suspend(admin, given->grant, true));
        QCOMPARE(phones.holderOf(acct).error().code, Errc::refused);
        QVERIFY(bench.watch.suspendedOnes == std::vector<Id>{acct});
        QVERIFY(bench.grants.resume(admin, given->grant));
        QVERIFY(bench.staff.disable(admin, person));
        QCOMPARE(phones.holderOf(acct).error().code, Errc::refused);
        QVERIFY(bench.watch.suspendedOnes == std::vector<Id>({acct, acct})); // what the phone has under way ends, as with the grant
        QVERIFY(bench.staff.enable(admin, person));
        const auto idle = bench.person(admin, 2); // of whom there is no phone, nothing is to end
        QVERIFY(bench.staff.disable(admin, idle));
        QCOMPARE(bench.watch.suspendedOnes.size(), std::size_t(2));
        QVERIFY(phones.holderOf(acct));
        QVERIFY(bench.grants.end(admin, given->grant, false));
        QCOMPARE(phones.holderOf(acct).error().code, Errc::notFound);
        QVERIFY(bench.watch.endedOnes == std::vector<Id>{acct});
        const auto start = phones.enrolStart(given->code, "13900131001");
        QCOMPARE(std::get<EnrolDenied>(*start), EnrolDenied::codeUnknown);
    }

    // While nobody keeps the list, nobody can say that there are none.
    void grant_whileTheSealedBidsAreUnknown_endsAfterALook()
    {
        Bench bench;
        const auto admin = bench.verified();
        bench.seat(admin);
        NoSealedBids nobody;
        Grants grants(bench.ports, nobody, bench.watch);
        const auto given = grants.give(admin, bench.person(admin, 1));
        const auto page = grants.handOver(admin, given->grant);
        QVERIFY(page && !page->known && page->bids.empty());
        const auto before = bench.ledger.rows;
        QCOMPARE(grants.end(admin, given->grant, false).denied(), Denied::sealedBidsAtRisk);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(grants.end(admin, given->grant, true));
    }

    void grant_ofSomeoneWithSealedBids_endsAfterALook()
    {
        Bench bench;
        const auto admin = bench.verified();
        bench.seat(admin);
        const auto given = bench.grants.give(admin, bench.person(admin, 1));
        bench.bids.list = {{"一标段", bench.clock.wall + tests::kDayMs, {"王芳"}, "ZB-1"}, {"二标段", bench.clock.wall + tests::kDayMs, {}, "ZB-2"}};
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.grants.end(admin, given->grant, false).denied(), Denied::sealedBidsAtRisk);
        QVERIFY(bench.ledger.rows == before);
        const auto page = bench.grants.handOver(admin, given->grant);
        QVERIFY(page->known);
        QCOMPARE(page->bids.size(), std::size_t(2));
        QVERIFY(page->bids.back().othersWhoCanOpen.empty());
        for (const char *typed : {"", "ZB-1", "二标段"})
            QCOMPARE(bench.grants.end(admin, given->grant, true, typed).denied(), Denied::bidsUnreadable);
        QCOMPARE(bench.grants.end(admin, given->grant, false, "ZB-2").denied(), Denied::sealedBidsAtRisk);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.grants.end(admin, given->grant, true, "ZB-2"));
    }
};

QTEST_GUILESS_MAIN(TestStaff)
#include "test_staff.moc"
