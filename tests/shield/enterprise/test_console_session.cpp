// Log-ins to the console: who gets in, and what a stranger learns.
#include "shield/audit/log.h"
#include "shield/enterprise/console_session.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/leaving.h"
#include "shield/enterprise/row.h"
#include "tests/shield/enterprise/bench.h"

#include <algorithm>

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;

class TestConsoleSession : public QObject {
    Q_OBJECT

    struct Door : Bench {
        tests::MemoryCertified certified;
        ConsoleSessions console{ports, smsCodes, certified};
        Actor admin = verified();
        const std::string phone = "13800138000";

        ConsoleSessions::Opened in()
        {
            if (!console.askCode(tests::kCreditCode, phone)) qFatal("no code");
            return must(console.open(tests::kCreditCode, phone, sms.digits()));
        }
    };

    // The same number at a second company, which has been verified, too.
    struct Twice : Door {
        Enterprise phones{ledger, masterKey, random, clock, smsCodes, {}, watch};
        Id second = *phones.addCompany({"乙建设有限公司", tests::kOtherCode, {}}), there = *phones.addPerson(second, {"张三", phone, {}, {}});

        std::string codeSent(std::string_view number = "13800138000")
        {
            const std::size_t messages = sms.texts.size();
            if (!console.askCode({}, number)) qFatal("not asked");
            return sms.texts.size() > messages ? sms.digits() : std::string();
        }
    };

    // Somebody who has scanned, and a second administrator.
    struct Scanned : Door {
        Id place = seat(admin), grant = must(grants.give(admin, admin.person)).grant, acct = activated(grant);
        Actor second{admin.company, person(admin, 1, role::kAdministrator)};
        Enterprise phones{ledger, masterKey, random, clock, smsCodes, {}, watch};
        ConsoleSessions::Opened session = must(console.openByShield(admin, acct));

        Id activated(const Id &one)
        {
            activate(one, GrantState::active);
            auto transaction = std::move(*ledger.begin());
            return loadGrant(*transaction, one)->acct;
        }
        bool isIn() { return bool(console.actorOf(session.token)); }
    };

private Q_SLOTS:
    void person_withTheCode_isLetIn()
    {
        Door door;
        const auto opened = door.in();
        QVERIFY(opened.actor.person == door.admin.person && opened.actor.company == door.admin.company);
        QVERIFY(door.console.actorOf(opened.token)->person == door.admin.person);
        QCOMPARE(door.console.open(tests::kCreditCode, door.phone, door.sms.digits()).denied(), Denied::smsWrong); // spent
        ConsoleToken wrong = opened.token;
        wrong[0] ^= 1;
        QCOMPARE(door.console.actorOf(wrong).error().code, Errc::notFound);
        QVERIFY(door.console.close(opened.token));
        QVERIFY(door.console.close(opened.token));
        QCOMPARE(door.console.actorOf(opened.token).error().code, Errc::notFound);
        QVERIFY(audit::verify(door.ledger)->intact());
    }

    void stranger_asking_learnsNothing()
    {
        Door door;
        const auto known = door.console.askCode(tests::kCreditCode, door.phone);
        const std::size_t messages = door.sms.texts.size();
        const auto before = door.ledger.rows;
        for (const auto &[code, phone] : {std::pair<std::string, std::string>{tests::kOtherCode, door.phone},
                                          {tests::kCreditCode, "13700137000"}, {"", "13700137000"}, {"", ""}, {std::string(1000, 'A'), door.phone}}) {
            QCOMPARE(*door.console.askCode(code, phone), *known);
            QCOMPARE(door.console.open(code, phone, door.sms.digits()).denied(), Denied::smsWrong);
        }
        QVERIFY(door.ledger.rows == before);
        door.sms.down = true;
        QCOMPARE(*door.console.askCode(tests::kCreditCode, door.phone), *known); // again within the minute, and with no gateway
        QCOMPARE(door.sms.texts.size(), messages);
        QCOMPARE(door.console.open(tests::kCreditCode, door.phone, door.sms.wrongDigits()).denied(), Denied::smsWrong);
    }

    // With one company there is nothing to choose.
    void person_ofOneCompany_entersWithoutNamingIt()
    {
        Door door;
        QVERIFY(door.console.askCode({}, "+86 138 0013 8000"));
        const std::string digits = door.sms.digits();
        QCOMPARE(door.console.enter(door.phone, door.sms.wrongDigits()).denied(), Denied::smsWrong);
        const auto entered = Door::must(door.console.enter(door.phone, digits));
        QVERIFY(entered.places.empty() && entered.opened && entered.opened->actor.person == door.admin.person);
        QVERIFY(door.console.actorOf(entered.opened->token)->company == door.admin.company);
        QCOMPARE(door.console.enter(door.phone, digits).denied(), Denied::smsWrong); // spent
    }

    // The companies are told to whoever holds the phone, and to nobody else; the code that has proven it opens one of them, once.
    void person_ofSeveralCompanies_choosesBehindTheCode()
    {
        Twice door;
        const std::string digits = door.codeSent();
        auto before = door.ledger.rows;
        QCOMPARE(door.console.enter(door.phone, digits, "192.0.2.7").denied(), Denied::smsWrong); // sent to elsewhere
        QVERIFY(door.ledger.rows == before);
        const auto entered = Door::must(door.console.enter(door.phone, digits));
        QVERIFY(!entered.opened);
        std::vector<std::string> codes;
        for (const auto &place : entered.places)
            codes.push_back(place.creditCode);
        std::ranges::sort(codes);
        QVERIFY((codes == std::vector<std::string>{tests::kCreditCode, tests::kOtherCode}));
        QCOMPARE(door.console.open("91110108MA0DEM0P1T", door.phone, digits).denied(), Denied::smsWrong); // none of them
        QCOMPARE(door.console.open({}, door.phone, digits).denied(), Denied::smsWrong);
        const auto opened = Door::must(door.console.open(tests::kOtherCode, door.phone, digits));
        QVERIFY(opened.actor.company == door.second && opened.actor.person == door.there);
        QCOMPARE(door.console.open(tests::kCreditCode, door.phone, digits).denied(), Denied::smsWrong); // spent
        QVERIFY(audit::verify(door.ledger)->intact());

        // Who is no more of one of them has nothing to choose; who is of none gets no message.
        QVERIFY(door.staff.disable({door.admin.company, door.person(door.admin, 1, role::kAdministrator)}, door.admin.person, Administration::changes));
        door.clock.advance(tests::kMinuteMs);
        const std::string next = door.codeSent();
        QVERIFY(Door::must(door.console.enter(door.phone, next)).opened->actor.company == door.second);
        QVERIFY(door.codeSent("13700137000").empty());
        QCOMPARE(door.console.enter("13700137000", next).denied(), Denied::smsWrong);
    }

    void person_ofAnApplication_isOfNoCompanyYet()
    {
        Bench bench;
        tests::MemoryCertified certified;
        ConsoleSessions console{bench.ports, bench.smsCodes, certified};
        QVERIFY(bench.founded().person != Id{});
        const std::size_t messages = bench.sms.texts.size();
        QVERIFY(console.askCode({}, "13800138000"));
        QCOMPARE(bench.sms.texts.size(), messages);
        QCOMPARE(console.enter("13800138000", bench.sms.digits()).denied(), Denied::smsWrong);
    }

    // A number changes hands: the new one finds the person, the old one nobody.
    void person_withAnotherNumber_isFoundByThatAlone()
    {
        Door door;
        const Actor second{door.admin.company, door.person(door.admin, 1, role::kAdministrator)};
        QVERIFY(door.staff.change(second, door.admin.person, {{"张三", "13800138009", {}, {}}, role::kAdministrator, {}}, Administration::changes));
        QVERIFY(door.staff.everywhere(door.phone)->people.empty());
        QCOMPARE(door.staff.everywhere("13800138009")->people.size(), std::size_t{1});
        QVERIFY(door.staff.remove(second, door.admin.person, Administration::changes));
        QVERIFY(door.staff.everywhere("13800138009")->people.empty());
    }

    // What cannot be read of one company keeps nobody out of another.
    void person_whoseRowsOfOneCompanyAreDamaged_entersTheOther()
    {
        for (const bool isPerson : {true, false}) {
            Twice door;
            const std::pair row = isPerson ? std::pair{ports::Table::person, bytesOf(door.there)} : std::pair{ports::Table::company, bytesOf(door.second)};
            QVERIFY(door.ledger.rows.contains(row));
            door.ledger.rows[row] = Bytes{1, 2, 3};
            const auto entered = Door::must(door.console.enter(door.phone, door.codeSent()));
            QVERIFY(entered.opened && entered.opened->actor.company == door.admin.company);
            QCOMPARE(door.console.open(tests::kOtherCode, door.phone, door.sms.digits()).denied(), Denied::smsWrong);
        }
    }

    // The rows of before there was the index.
    void people_ofBefore_areFoundOnceTheyAreIndexed()
    {
        Door door;
        const Id other = door.person(door.admin, 1);
        const auto all = door.ledger.rows;
        const auto index = *door.staff.everywhere(door.phone);
        {
            auto transaction = std::move(*door.ledger.begin());
            const auto rows = *ports::scanAll(*transaction, ports::Table::person, rowKey('t', {}));
            for (const auto &[key, value] : rows)
                if (key.size() > 40) QVERIFY(transaction->remove(ports::Table::person, key)); // no person whose id begins so
            QVERIFY(transaction->commit());
        }
        QVERIFY(door.ledger.rows != all && door.staff.everywhere(door.phone)->people.empty());
        QVERIFY(door.staff.indexNumbers());
        const auto again = *door.staff.everywhere(door.phone);
        QVERIFY(again.index == index.index && again.people.size() == 1 && again.people[0].person == door.admin.person);
        QVERIFY(door.staff.everywhere("13900131001")->people.at(0).person == other);
        const auto indexed = door.ledger.rows;
        QVERIFY(door.staff.indexNumbers());
        QVERIFY(door.ledger.rows == indexed);
    }

    // The credit code is public: a stranger who knows the number, too, uses up what his own network has of a day, and not the person's.
    void stranger_tryingCodes_keepsNobodyElseOut()
    {
        Door door;
        const std::string own = "192.0.2.7", his = "198.51.100.1";
        const auto ask = [&](const std::string &network) {
            const std::size_t messages = door.sms.texts.size();
            if (!door.console.askCode(tests::kCreditCode, door.phone, network)) qFatal("not asked");
            return door.sms.texts.size() > messages;
        };
        const auto open = [&](const std::string &network, const std::string &digits) {
            return door.console.open(tests::kCreditCode, door.phone, digits, network);
        };
        for (int i = 0; i < codes::SmsCodes::kWrongInADay; ++i) {
            if (i % 5 == 0) {
                QVERIFY(ask(his));
                door.clock.advance(tests::kMinuteMs);
            }
            QCOMPARE(open(his, door.sms.wrongDigits()).denied(), Denied::smsWrong);
        }
        QVERIFY(!ask(his));
        QCOMPARE(open(his, door.sms.digits()).denied(), Denied::smsWrong);
        QVERIFY(ask(own));
        QCOMPARE(open(his, door.sms.digits()).denied(), Denied::smsWrong); // the person's code is of no use to him
        QVERIFY(open(own, door.sms.digits()));

        // Whoever comes from everywhere is held by the person's day, which is longer.
        int wrong = codes::SmsCodes::kWrongInADay;
        for (int network = 0; wrong < codes::SmsCodes::kOfOneInADay; ++network) {
            const std::string from = "203.0.113." + std::to_string(network);
            QVERIFY(ask(from));
            for (int i = 0; i < 5; ++i, ++wrong)
                QCOMPARE(open(from, door.sms.wrongDigits()).denied(), Denied::smsWrong);
        }
        QVERIFY(!ask("203.0.113.200"));
        door.clock.advance(tests::kDayMs);
        QVERIFY(ask(own) && open(own, door.sms.digits()));
    }

    void session_idleOrOld_isOver()
    {
        Door door;
        const auto first = door.in();
        door.clock.advance(ConsoleSessions::kIdleMs);
        QCOMPARE(door.console.actorOf(first.token).error().code, Errc::notFound);
        const auto second = door.in();
        const std::int64_t end = door.clock.wall + ConsoleSessions::kWholeMs;
        QCOMPARE(second.expiresMs, end);
        while (door.clock.wall + ConsoleSessions::kIdleMs / 2 < end) {
            door.clock.advance(ConsoleSessions::kIdleMs / 2);
            QVERIFY(door.console.actorOf(second.token));
        }
        door.clock.wall = end;
        QCOMPARE(door.console.actorOf(second.token).error().code, Errc::notFound);
    }

    void person_disabled_isOutAtOnce()
    {
        Door door;
        const auto opened = door.in();
        const Actor second{door.admin.company, door.person(door.admin, 1, role::kAdministrator)};
        QVERIFY(door.staff.disable(second, door.admin.person, Administration::changes));
        QCOMPARE(door.console.actorOf(opened.token).error().code, Errc::notFound);
        door.clock.advance(tests::kMinuteMs);
        const std::size_t messages = door.sms.texts.size();
        QVERIFY(door.console.askCode(tests::kCreditCode, door.phone));
        QCOMPARE(door.sms.texts.size(), messages);
    }

    void holder_ofAShield_isLetInWhileActive()
    {
        Scanned door;
        const auto opened = door.console.openByShield(door.admin, door.acct);
        QVERIFY(opened && door.console.actorOf(opened->token)->person == door.admin.person);
        const auto records = *audit::recordsOf(door.ledger, door.admin.company, 1, 1000);
        QVERIFY(records.back().entry.event == audit::Event::consoleOpened && records.back().entry.code == 1);
        const auto before = door.ledger.rows;
        QCOMPARE(door.console.openByShield({door.admin.company, {9}}, door.acct).error().cause().code, Errc::notFound);
        QCOMPARE(door.console.openByShield({Id{9}, door.admin.person}, door.acct).error().cause().code, Errc::notFound);
        QCOMPARE(door.console.openByShield(door.admin, Id{9}).error().cause().code, Errc::notFound); // nobody's account
        door.certified.untilMs = door.clock.wall;
        QCOMPARE(door.console.openByShield(door.admin, door.acct).error().cause().code, Errc::notFound);
        door.certified.untilMs = 0; // revoked
        QCOMPARE(door.console.openByShield(door.admin, door.acct).error().cause().code, Errc::notFound);
        door.certified.down = true;
        QCOMPARE(door.console.openByShield(door.admin, door.acct).error().cause().code, Errc::unavailable);
        QVERIFY(door.ledger.rows == before);
        QVERIFY(door.staff.disable(door.second, door.admin.person, Administration::changes));
        QCOMPARE(door.console.openByShield(door.admin, door.acct).denied(), Denied::staffInactive);
    }

    // What has opened a session ends, by each way that it can; what comes back does not bring the session back.
    void session_ofAShield_endsWithWhatOpenedIt_data()
    {
        QTest::addColumn<int>("way");
        int way = 0;
        for (const char *name : {"grant suspended, and resumed", "grant ended", "certificate revoked", "certificate over", "seat over", "seat cut short",
                                 "seat taken over by the next phone", "person disabled, and enabled", "person left"})
            QTest::newRow(name) << way++;
    }
    void session_ofAShield_endsWithWhatOpenedIt()
    {
        QFETCH(int, way);
        Scanned door;
        QVERIFY(door.isIn());
        const auto bySms = door.in(); // was not opened by the shield, and is none of its business
        switch (way) {
        case 0:
            QVERIFY(door.grants.suspend(door.second, door.grant, true) && door.grants.resume(door.second, door.grant));
            break;
        case 1: QVERIFY(door.grants.end(door.second, door.grant, true)); break;
        case 2: door.certified.untilMs = 0; break;
        case 3: door.certified.untilMs = door.clock.wall; break;
        case 4: QVERIFY(door.phones.renewSeat(door.acct, door.clock.wall)); break;
        case 5:
            QVERIFY(door.phones.renewSeat(door.acct, door.clock.wall + 2 * tests::kMinuteMs));
            QVERIFY(door.isIn());
            door.clock.advance(2 * tests::kMinuteMs);
            break;
        case 6: {
            const Id next = door.phones.openNextGrant(door.acct)->grant;
            door.activated(next);
            QVERIFY(door.isIn()); // until the next phone is there
            door.mustIn([&](auto &transaction) -> Verdict<void> {
                HUFU_TRY(row, loadGrant(transaction, next));
                return takeOver(transaction, next, row);
            });
            break;
        }
        case 7: QVERIFY(door.staff.disable(door.second, door.admin.person, Administration::changes) && door.staff.enable(door.second, door.admin.person, Administration::changes)); break;
        default: {
            tests::MemoryServiceKey key;
            Confirmations confirmations(door.ports, door.smsCodes, {}, key);
            SealGrants sealGrants(door.ports, confirmations);
            QVERIFY(Leaving(door.ports, door.grants, sealGrants, door.watch).leave(door.second, door.admin.person, true, {}, Administration::changes));
        }
        }
        QCOMPARE(door.console.actorOf(door.session.token).error().code, Errc::notFound);
        QCOMPARE(bool(door.console.actorOf(bySms.token)), way < 7);
        door.certified.untilMs = std::int64_t{1} << 52;
        QVERIFY(!door.isIn());
        QVERIFY(audit::verify(door.ledger)->intact());
    }

    // Nobody comes back with a token that ran out: it leaves no rows for ever, and no record of an end that is not today's.
    void session_thatRanOut_leavesNoRowAndNoRecord()
    {
        Scanned door;
        const auto rowsOf = [&] {
            return std::ranges::count_if(door.ledger.rows, [](const auto &row) {
                const Bytes &key = row.first.second;
                return row.first.first == ports::Table::person && !key.empty() && (key[0] == 'o' || key[0] == 'i');
            });
        };
        const auto closed = [&] {
            const auto records = audit::recordsOf(door.ledger, door.admin.company, 1, 10'000);
            return std::ranges::count(*records, audit::Event::consoleClosed, [](const audit::Record &record) { return record.entry.event; });
        };
        QCOMPARE(rowsOf(), 2);
        door.clock.advance(ConsoleSessions::kIdleMs);
        const auto later = door.in();
        QCOMPARE(rowsOf(), 2); // the one before is gone
        QVERIFY(door.console.actorOf(later.token));
        door.clock.advance(ConsoleSessions::kIdleMs);
        QVERIFY(door.staff.disable(door.second, door.admin.person, Administration::changes));
        QCOMPARE(rowsOf(), 0);
        QCOMPARE(closed(), 0);
        QVERIFY(door.staff.enable(door.second, door.admin.person, Administration::changes));
        door.in();
        QVERIFY(door.staff.disable(door.second, door.admin.person, Administration::changes));
        QCOMPARE(closed(), 1);
    }

    // Also of those who never come back.
    void sessions_thatAreOver_areSwept()
    {
        Scanned door;
        const auto rowsOf = [&] {
            return std::ranges::count_if(door.ledger.rows, [](const auto &row) {
                const Bytes &key = row.first.second;
                return row.first.first == ports::Table::person && key.size() > 16 && (key[0] == 'o' || key[0] == 'i');
            });
        };
        const auto others = door.ledger.rows.size() - static_cast<std::size_t>(rowsOf());
        QCOMPARE(rowsOf(), 2);
        QVERIFY(door.console.sweep());
        QCOMPARE(rowsOf(), 2);
        door.clock.advance(ConsoleSessions::kIdleMs);
        door.ledger.down = true;
        QVERIFY(!door.console.sweep());
        door.ledger.down = false;
        QVERIFY(door.console.sweep());
        QCOMPARE(rowsOf(), 0);
        QCOMPARE(door.ledger.rows.size(), others); // and nobody besides
    }

    // It lasts no longer than they are known to hold, and the browser is told so.
    void session_ofAShield_lastsNoLongerThanItsCertificateAndSeat()
    {
        Scanned door;
        door.certified.untilMs = door.clock.wall + 10 * tests::kMinuteMs;
        QCOMPARE(door.console.openByShield(door.admin, door.acct)->expiresMs, door.certified.untilMs);
        QVERIFY(door.phones.renewSeat(door.acct, door.clock.wall + 5 * tests::kMinuteMs));
        const auto opened = door.console.openByShield(door.admin, door.acct);
        QCOMPARE(opened->expiresMs, door.clock.wall + 5 * tests::kMinuteMs);
        door.clock.advance(5 * tests::kMinuteMs);
        QVERIFY(door.phones.renewSeat(door.acct, door.clock.wall + tests::kDayMs)); // too late for this session
        QCOMPARE(door.console.actorOf(opened->token).error().code, Errc::notFound);
        QVERIFY(door.isIn()); // the one that was opened before, whose end was the seat's of then: the seat holds again
    }

    // Whether the certificate holds cannot be asked: nobody gets in, and nobody is thrown out.
    void session_whileTheAuthorityIsDown_waits()
    {
        Scanned door;
        const auto before = door.ledger.rows;
        door.certified.down = true;
        QCOMPARE(door.console.actorOf(door.session.token).error().code, Errc::unavailable);
        QVERIFY(door.ledger.rows == before);
        door.certified.down = false;
        QVERIFY(door.isIn());
    }

    // A company that no log-in can name yet: only once its facts fit, and with the right code.
    void applicant_ofAnUnverifiedCompany_logsInToItAlone()
    {
        Bench bench;
        tests::MemoryCertified certified;
        ConsoleSessions sessions(bench.ports, bench.smsCodes, certified);
        const Id application = bench.identified();
        const auto rows = bench.ledger.rows;
        QCOMPARE(sessions.openForApplicant(application).error().cause().code, Errc::badState);
        QCOMPARE(sessions.askCodeForApplicant(application).error().cause().code, Errc::badState);
        QCOMPARE(sessions.openForApplicant(application, "123456").error().cause().code, Errc::badState);
        QCOMPARE(sessions.openForApplicant(Id{}).error().cause().code, Errc::notFound);
        QVERIFY(bench.ledger.rows == rows);
        QVERIFY(bench.facts.submit(application, bench.factsOf()));
        bench.clock.advance(60'000);
        QVERIFY(sessions.askCodeForApplicant(application));
        QCOMPARE(sessions.openForApplicant(application, bench.sms.wrongDigits()).denied(), Denied::smsWrong);
        const auto opened = sessions.openForApplicant(application, bench.sms.digits());
        QVERIFY(opened && opened->actor.company == application);
        QCOMPARE(sessions.openForApplicant(application, bench.sms.digits()).denied(), Denied::smsWrong); // spent
        QVERIFY(sessions.actorOf(opened->token));
    }

    // The number that was applied with may be corrected under the staff: the code goes to the one of today.
    void applicant_whoseNumberWasCorrected_logsInWithTheNewOne()
    {
        Bench bench;
        tests::MemoryCertified certified;
        ConsoleSessions sessions(bench.ports, bench.smsCodes, certified);
        const Actor admin = bench.founded();
        bench.clock.advance(60'000);
        Staff::Entry entry{{"张三", "13700137009", "", ""}, role::kAdministrator, ""};
        entry.person.name = Bench::must(bench.staff.list(admin)).front().name;
        QVERIFY(bench.staff.change(admin, admin.person, entry, Administration::changes));
        QVERIFY(sessions.askCodeForApplicant(admin.company));
        QCOMPARE(bench.sms.numbers.back(), std::string("13700137009"));
        const auto opened = sessions.openForApplicant(admin.company, bench.sms.digits());
        QVERIFY(opened && opened->actor.person == admin.person);
        QVERIFY(sessions.openForApplicant(admin.company));

        // An application of before, of which no person was kept, is known by the number.
        Bench old;
        ConsoleSessions theirs(old.ports, old.smsCodes, certified);
        const Actor first = old.founded();
        QCOMPARE(std::erase_if(old.ledger.rows, [](const auto &row) { return row.first.first == ports::Table::application && row.first.second.front() == 'k'; }), std::size_t(1));
        QVERIFY(theirs.openForApplicant(first.company)->actor.person == first.person);
        QVERIFY(old.staff.disable({first.company, old.person(first, 2, role::kAdministrator)}, first.person, Administration::changes));
        QCOMPARE(theirs.openForApplicant(first.company).error().cause().code, Errc::notFound);

        // Whoever is disabled does not come back so, and nothing is left of who takes the application back.
        const Actor second{admin.company, bench.person(admin, 2, role::kAdministrator)};
        QVERIFY(bench.staff.disable(second, admin.person, Administration::changes));
        QCOMPARE(sessions.openForApplicant(admin.company).error().cause().code, Errc::notFound);
        QVERIFY(bench.applications.withdraw(admin.company));
        QVERIFY(std::ranges::none_of(bench.ledger.rows, [](const auto &row) { return row.first.first == ports::Table::application && row.first.second.front() == 'k'; }));
    }
};

QTEST_GUILESS_MAIN(TestConsoleSession)
#include "test_console_session.moc"
