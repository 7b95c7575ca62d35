// Seats, grants, and the way from an activation code to an account.
#include "shield/audit/log.h"
#include "shield/enterprise/account_log.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seats.h"
#include "tests/support/account_watch.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <QTest>

using namespace hufu;
using namespace hufu::enterprise;

class TestEnterprise : public QObject {
    Q_OBJECT

    static constexpr std::int64_t kDayMs = 86'400'000;

    struct Bench {
        tests::MemoryLedger ledger;
        tests::MemoryMasterKey masterKey;
        tests::RecordedRandom random;
        tests::ManualClock clock;
        tests::MemorySms gateway;
        tests::MemoryFaces faces;
        codes::SmsCodes smsCodes{ledger, masterKey, random, clock, gateway};
        tests::MemoryAccountWatch watch;
        Enterprise enterprise{ledger, masterKey, random, clock, smsCodes, {{1, &faces}}, watch};
        Enterprise::Demo demo = *enterprise.seedDemo();

        std::variant<EnrolTerms, EnrolDenied> start(const ActivationCode &code, std::string_view number = "13800138000")
        {
            return *enterprise.enrolStart(code, number);
        }
        EnrolProof goodProof() { return {gateway.digits(), agreementsInForce(), 1, Bytes{1}}; }
        std::variant<EnrolAccepted, EnrolDenied> prove(const EnrolProof &proof) { return *enterprise.enrolProof(*demo.code, proof); }
        // From the code to the ticket.
        EnrolAccepted accepted()
        {
            if (!std::holds_alternative<EnrolTerms>(start(*demo.code))) qFatal("no start");
            const auto answer = prove(goodProof());
            if (!std::holds_alternative<EnrolAccepted>(answer)) qFatal("no acceptance");
            return std::get<EnrolAccepted>(answer);
        }
        template <typename Step> Result<void> inTransaction(Step &&step)
        {
            HUFU_TRY(transaction, ledger.begin());
            HUFU_CHECK(step(*transaction));
            return transaction->commit();
        }
        Result<void> use(const EnrolAccepted &accepted)
        {
            return inTransaction(
                [&](auto &transaction) { return enterprise.useTicket(transaction, accepted.holder.acct, accepted.ticket); });
        }
        Result<void> confirm(const Id &acct)
        {
            return inTransaction([&](auto &transaction) { return enterprise.confirmActivation(transaction, acct); });
        }
        void activate()
        {
            const auto accepted = this->accepted();
            if (!use(accepted) || !confirm(accepted.holder.acct)) qFatal("no activation");
        }
    };
    static EnrolDenied deniedOf(const std::variant<EnrolTerms, EnrolDenied> &answer)
    {
        return std::holds_alternative<EnrolDenied>(answer) ? std::get<EnrolDenied>(answer) : EnrolDenied{};
    }
    static EnrolDenied deniedOf(const std::variant<EnrolAccepted, EnrolDenied> &answer)
    {
        return std::holds_alternative<EnrolDenied>(answer) ? std::get<EnrolDenied>(answer) : EnrolDenied{};
    }
    // Nobody has an account.
    static void checkNoAccount(Bench &bench)
    {
        for (const auto &[at, value] : bench.ledger.rows)
            QVERIFY(!(at.first == ports::Table::grant && at.second.front() == 'a'));
    }

private Q_SLOTS:
    // A start that was killed between its steps: the next one goes on with what is there.
    void demo_halfMade_isMadeWholeByTheNextStart()
    {
        for (int steps = 1; steps <= 3; ++steps) {
            tests::MemoryLedger ledger;
            tests::MemoryMasterKey masterKey;
            tests::RecordedRandom random;
            tests::ManualClock clock;
            tests::MemorySms gateway;
            codes::SmsCodes smsCodes{ledger, masterKey, random, clock, gateway};
            tests::MemoryAccountWatch watch;
            Enterprise enterprise{ledger, masterKey, random, clock, smsCodes, {}, watch};
            const Id company = *enterprise.addCompany({"虎符演示建设有限公司", "91110108MA0DEM0P1T", {}});
            if (steps > 1) {
                const Id person = *enterprise.addPerson(company, {"张三", "13800138000", "19900101", "HF0001"});
                if (steps > 2) QVERIFY(enterprise.openGrant(person, *enterprise.addSeat(company, clock.wall + kYearMs)));
            }
            const auto demo = enterprise.seedDemo();
            QVERIFY(demo && demo->company == company && demo->code);
            QVERIFY(std::holds_alternative<EnrolTerms>(*enterprise.enrolStart(*demo->code, "13800138000")));
            // So for the testers' people, also of one whose grant was ended in the console.
            const auto tester = enterprise.seedPerson({"李四", "13900139111", {}, "HT1"}, true);
            QVERIFY(tester);
            const auto again = enterprise.seedPerson({"李四", "13900139111", {}, "HT1"}, true);
            QVERIFY(again && again->person == tester->person && again->code != tester->code);
        }
    }

    void person_withCodeNumberSmsAndFace_getsATicket()
    {
        Bench bench;
        const auto terms = std::get<EnrolTerms>(bench.start(*bench.demo.code));
        QCOMPARE(terms.personMasked, std::string("张*"));
        QCOMPARE(terms.company, std::string("虎符演示建设有限公司"));
        QCOMPARE(int(terms.factors), int(kSms | kLiveness));
        QCOMPARE(terms.resendAfterMs, std::int64_t(60'000));
        QVERIFY(terms.agreements == agreementsInForce());
        QCOMPARE(bench.gateway.numbers.back(), std::string("13800138000"));
        const auto accepted = std::get<EnrolAccepted>(bench.prove(bench.goodProof()));
        QCOMPARE(accepted.holder.person.name, std::string("张三"));
        QCOMPARE(accepted.holder.company.creditCode.size(), std::size_t(18));
        QCOMPARE(bench.faces.asked.back(), toHex(accepted.holder.personId));
        QVERIFY(bench.enterprise.checkTicket(accepted.holder.acct, accepted.ticket));
        QCOMPARE(bench.enterprise.holderOf(accepted.holder.acct)->person.phoneNumber, std::string("13800138000"));
        QVERIFY(audit::verify(bench.ledger)->intact());
    }

    void code_wrong_isUnknown()
    {
        Bench bench;
        auto wrong = *bench.demo.code;
        wrong[0] ^= 1;
        const auto before = bench.ledger.rows;
        QCOMPARE(deniedOf(bench.start(wrong)), EnrolDenied::codeUnknown);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.gateway.texts.empty());
    }

    void code_afterAWeek_isExpired()
    {
        Bench bench;
        bench.clock.advance(7 * kDayMs - 1);
        QVERIFY(std::holds_alternative<EnrolTerms>(bench.start(*bench.demo.code)));
        bench.clock.advance(1);
        QCOMPARE(deniedOf(bench.start(*bench.demo.code)), EnrolDenied::codeExpired);
        QCOMPARE(deniedOf(bench.prove(bench.goodProof())), EnrolDenied::codeExpired);
        checkNoAccount(bench);
    }

    void code_renewed_replacesTheOld()
    {
        Bench bench;
        const auto code = bench.enterprise.renewCode(bench.demo.grant);
        QCOMPARE(deniedOf(bench.start(*bench.demo.code)), EnrolDenied::codeUnknown);
        QVERIFY(std::holds_alternative<EnrolTerms>(bench.start(*code)));
        QCOMPARE(bench.enterprise.renewCode({1}).error().code, Errc::notFound);
    }

    void number_other_isDeniedAndTheFifthClosesTheCode()
    {
        Bench bench;
        for (int i = 0; i < Enterprise::kNumberTries; ++i)
            QCOMPARE(deniedOf(bench.start(*bench.demo.code, i % 2 ? "" : "13800138001")), EnrolDenied::otherNumber);
        QVERIFY(bench.gateway.texts.empty());
        QCOMPARE(deniedOf(bench.start(*bench.demo.code)), EnrolDenied::codeUnknown);
        QVERIFY(bench.enterprise.renewCode(bench.demo.grant));
    }

    void sms_wrongOrLateOrNever_isDenied()
    {
        Bench bench;
        EnrolProof proof = bench.goodProof();
        QCOMPARE(deniedOf(bench.prove(proof)), EnrolDenied::smsExpired); // never asked for
        bench.start(*bench.demo.code);
        proof.sms = bench.gateway.wrongDigits();
        for (int i = 0; i < 5; ++i)
            QCOMPARE(deniedOf(bench.prove(proof)), EnrolDenied::smsWrong);
        QCOMPARE(deniedOf(bench.prove(bench.goodProof())), EnrolDenied::smsTooOften);
        bench.clock.advance(60'000);
        bench.start(*bench.demo.code);
        bench.clock.advance(300'000);
        QCOMPARE(deniedOf(bench.prove(bench.goodProof())), EnrolDenied::smsExpired);
        QVERIFY(bench.faces.asked.empty()); // no face is judged before the code is right
        checkNoAccount(bench);
    }

    void sms_askedTooOften_isDenied()
    {
        Bench bench;
        for (int i = 0; i < codes::SmsCodes::kSentInADay; ++i) {
            QVERIFY(std::holds_alternative<EnrolTerms>(bench.start(*bench.demo.code)));
            bench.clock.advance(60'000);
        }
        QCOMPARE(deniedOf(bench.start(*bench.demo.code)), EnrolDenied::smsTooOften);
    }

    void agreement_missingOrOld_isDenied()
    {
        Bench bench;
        bench.start(*bench.demo.code);
        EnrolProof proof = bench.goodProof();
        proof.agreements.pop_back();
        QCOMPARE(deniedOf(bench.prove(proof)), EnrolDenied::agreementMissing);
        proof = bench.goodProof();
        proof.agreements.front().version += 1;
        QCOMPARE(deniedOf(bench.prove(proof)), EnrolDenied::agreementMissing);
        proof.agreements.clear();
        QCOMPARE(deniedOf(bench.prove(proof)), EnrolDenied::agreementMissing);
        checkNoAccount(bench);
        QVERIFY(std::holds_alternative<EnrolAccepted>(bench.prove(bench.goodProof())));
    }

    void face_notLive_isDeniedAndCostsNoSms()
    {
        Bench bench;
        bench.start(*bench.demo.code);
        bench.faces.live = false;
        QCOMPARE(deniedOf(bench.prove(bench.goodProof())), EnrolDenied::livenessFailed);
        EnrolProof proof = bench.goodProof();
        proof.provider = 0;
        QCOMPARE(deniedOf(bench.prove(proof)), EnrolDenied::livenessFailed);
        proof.provider = 7;
        QCOMPARE(bench.enterprise.enrolProof(*bench.demo.code, proof).error().code, Errc::badInput);
        bench.faces.down = true;
        QCOMPARE(bench.enterprise.enrolProof(*bench.demo.code, bench.goodProof()).error().code, Errc::unavailable);
        checkNoAccount(bench);
        bench.faces.down = false;
        bench.faces.live = true;
        QVERIFY(std::holds_alternative<EnrolAccepted>(bench.prove(bench.goodProof())));
    }

    void sms_accepted_isSpent()
    {
        Bench bench;
        bench.accepted();
        QCOMPARE(deniedOf(bench.prove(bench.goodProof())), EnrolDenied::smsExpired);
    }

    void seat_over_isMissing()
    {
        Bench bench;
        bench.clock.advance(365 * kDayMs);
        const auto code = bench.enterprise.renewCode(bench.demo.grant);
        QCOMPARE(deniedOf(bench.start(*code)), EnrolDenied::seatMissing);
    }

    void company_withSmsOnly_needsNoFace()
    {
        Bench bench;
        const auto company = bench.enterprise.addCompany({"示例", "914403001922038216", {kSms, 0, 0, 0}});
        const auto person = bench.enterprise.addPerson(*company, {"欧阳修", "13900139000", "", "1"});
        const auto seat = bench.enterprise.addSeat(*company, bench.clock.wall + kDayMs);
        const auto grant = bench.enterprise.openGrant(*person, *seat);
        const auto terms = std::get<EnrolTerms>(bench.start(grant->code, "13900139000"));
        QCOMPARE(terms.personMasked, std::string("欧**"));
        const EnrolProof proof{bench.gateway.digits(), agreementsInForce(), 0, {}};
        QVERIFY(std::holds_alternative<EnrolAccepted>(*bench.enterprise.enrolProof(grant->code, proof)));
        QVERIFY(bench.faces.asked.empty());
    }

    void ticket_wrongOrLateOrForeign_isRefused()
    {
        Bench bench;
        const auto accepted = bench.accepted();
        auto wrong = accepted;
        wrong.ticket[31] ^= 1;
        auto foreign = accepted;
        foreign.holder.acct[0] ^= 1;
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.enterprise.checkTicket(wrong.holder.acct, wrong.ticket).error().code, Errc::tampered);
        QCOMPARE(bench.use(wrong).error().code, Errc::tampered);
        QCOMPARE(bench.use(foreign).error().code, Errc::notFound);
        bench.clock.advance(30 * 60'000);
        QCOMPARE(bench.use(accepted).error().code, Errc::expired);
        QVERIFY(bench.ledger.rows == before);
    }

    void ticket_used_letsInAgainUntilTheActivationIsConfirmed()
    {
        Bench bench;
        const auto accepted = bench.accepted();
        QCOMPARE(bench.confirm(accepted.holder.acct).error().code, Errc::badState);
        QVERIFY(bench.use(accepted));
        QVERIFY(bench.use(accepted));
        QVERIFY(bench.confirm(accepted.holder.acct));
        QCOMPARE(bench.use(accepted).error().code, Errc::badState);
        QVERIFY(bench.confirm(accepted.holder.acct));
        QCOMPARE(bench.enterprise.checkTicket(accepted.holder.acct, accepted.ticket).error().code, Errc::badState);
        QVERIFY(bench.enterprise.holderOf(accepted.holder.acct));
    }

    void ticket_usedWithoutCommit_isUnused()
    {
        Bench bench;
        const auto accepted = bench.accepted();
        const auto before = bench.ledger.rows;
        {
            auto transaction = std::move(*bench.ledger.begin());
            QVERIFY(bench.enterprise.useTicket(*transaction, accepted.holder.acct, accepted.ticket));
            QVERIFY(bench.enterprise.confirmActivation(*transaction, accepted.holder.acct));
        }
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.use(accepted));
    }

    void enrolment_interrupted_startsOver()
    {
        Bench bench;
        const auto first = bench.accepted();
        QVERIFY(bench.use(first));
        bench.clock.advance(60'000);
        const auto second = bench.accepted();
        QVERIFY(second.holder.acct != first.holder.acct);
        QCOMPARE(bench.enterprise.holderOf(first.holder.acct).error().code, Errc::notFound);
        QCOMPARE(bench.confirm(first.holder.acct).error().code, Errc::notFound);
        QVERIFY(bench.use(second));
        QVERIFY(bench.confirm(second.holder.acct));
    }

    void activation_confirmed_spendsTheCode()
    {
        Bench bench;
        bench.activate();
        bench.clock.advance(60'000);
        QCOMPARE(deniedOf(bench.start(*bench.demo.code)), EnrolDenied::codeUnknown);
        QCOMPARE(bench.enterprise.renewCode(bench.demo.grant).error().code, Errc::badState);
    }

    void seat_isOnePersons()
    {
        Bench bench;
        const auto seat = bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + kDayMs);
        const auto one = bench.enterprise.addPerson(bench.demo.company, {"甲", "13900139001", "", "2"});
        const auto two = bench.enterprise.addPerson(bench.demo.company, {"乙", "13900139002", "", "3"});
        const auto other = bench.enterprise.addCompany({"别家", "914403001922038216", {}});
        const auto seatOfOther = bench.enterprise.addSeat(*other, bench.clock.wall + kDayMs);
        const auto over = bench.enterprise.addSeat(bench.demo.company, bench.clock.wall);
        QVERIFY(bench.enterprise.openGrant(*one, *seat));
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.enterprise.openGrant(*two, *seat).error().code, Errc::refused);
        QCOMPARE(bench.enterprise.openGrant(*one, *seat).error().code, Errc::badState);
        QCOMPARE(bench.enterprise.openGrant(*two, *seatOfOther).error().code, Errc::refused);
        QCOMPARE(bench.enterprise.openGrant(*two, *over).error().code, Errc::refused);
        QCOMPARE(bench.enterprise.openGrant({1}, *seat).error().code, Errc::notFound);
        QCOMPARE(bench.enterprise.openGrant(*two, {1}).error().code, Errc::notFound);
        for (const auto &[at, value] : before)
            QVERIFY(bench.ledger.rows.at(at) == value);
    }

    void facts_outOfForm_areRefused()
    {
        Bench bench;
        const auto before = bench.ledger.rows;
        for (const Company &company : {Company{"", "91110108MA0DEM0P1T", {}}, Company{"x", "123", {}}, Company{"x", "914403001922038217", {}}, Company{"x", "91110108ma0dem0p1t", {}},
                                       Company{"a\nb", "91110108MA0DEM0P1T", {}}, Company{"x", "91110108MA0DEM0P1T", {kLiveness, 0, 0, 0}}})
            QCOMPARE(bench.enterprise.addCompany(company).error().code, Errc::badInput);
        for (const Person &person : {Person{"", "13800138000", "", "1"}, Person{"x", "1380013800a", "", "1"}, Person{"x", "", "", "1"},
                                     Person{"x", "13800138000", "1990", "1"}, Person{"x", "13800138000", "", "a\nb"}})
            QCOMPARE(bench.enterprise.addPerson(bench.demo.company, person).error().code, Errc::badInput);
        QCOMPARE(bench.enterprise.addPerson({1}, {"x", "13800138000", "", "1"}).error().code, Errc::notFound);
        QCOMPARE(bench.enterprise.addPerson(bench.demo.company, {"x", "13800138000", "", "1"}).error().code, Errc::refused);
        QCOMPARE(bench.enterprise.addCompany({"x", "91110108MA0DEM0P1T", {}}).error().code, Errc::refused); // another's
        QCOMPARE(bench.enterprise.addSeat({1}, 0).error().code, Errc::notFound);
        QVERIFY(bench.ledger.rows == before);
    }

    void database_alone_showsNeitherPersonNorCode()
    {
        Bench bench;
        const auto accepted = bench.accepted();
        QVERIFY(bench.use(accepted));
        const std::vector<Bytes> hidden = {bytesOf(viewOf("张三")), bytesOf(viewOf("13800138000")), bytesOf(viewOf("19900101")),
                                           bytesOf(*bench.demo.code), bytesOf(accepted.ticket)};
        for (const auto &[at, value] : bench.ledger.rows)
            for (const Bytes &bytes : hidden) {
                QVERIFY(std::search(value.begin(), value.end(), bytes.begin(), bytes.end()) == value.end());
                QVERIFY(std::search(at.second.begin(), at.second.end(), bytes.begin(), bytes.end()) == at.second.end());
            }
    }

    void row_withANumberThatNoClockOrMoneyReaches_isRefused()
    {
        for (const std::int64_t number : {std::int64_t{1} << 53, -(std::int64_t{1} << 53)}) {
            SeatRow row;
            row.validUntilMs = number;
            QVERIFY(parseRow<SeatRow>(encodeRow(row)));
            row.validUntilMs += number > 0 ? 1 : -1;
            QCOMPARE(parseRow<SeatRow>(encodeRow(row)).error().code, Errc::badInput);
        }
    }

    void suiteOfThePolicy_isKept_andAnUnknownOneIsRefused()
    {
        Company company{"示例", "91110108MA0DEM0P1T", {kSms, 0, 0, 0, crypto::Suite::frost}};
        const Bytes row = encodeRow(company);
        QVERIFY(parseCompany(row)->policy == company.policy);
        for (const int suite : {0, 3, 255}) {
            Bytes bad = row;
            bad[bad.size() - 2] = static_cast<std::uint8_t>(suite);
            QVERIFY(!parseCompany(bad));
        }
        QVERIFY(!parseCompany(ByteView(row).first(row.size() - 1)));
        QVERIFY(Policy().suite == crypto::Suite::sm2);
    }

    void demo_seededAgain_isTheSameWithANewCode()
    {
        Bench bench;
        const auto again = bench.enterprise.seedDemo();
        QVERIFY(again->grant == bench.demo.grant);
        QVERIFY(again->company == bench.demo.company);
        QVERIFY(*again->code != *bench.demo.code);
        QCOMPARE(deniedOf(bench.start(*bench.demo.code)), EnrolDenied::codeUnknown);
        bench.demo = *again;
        bench.activate();
        QVERIFY(!bench.enterprise.seedDemo()->code);
    }

    void service_down_isUnavailable()
    {
        Bench bench;
        bench.gateway.down = true;
        QCOMPARE(bench.enterprise.enrolStart(*bench.demo.code, "13800138000").error().code, Errc::unavailable);
        bench.gateway.down = false;
        bench.masterKey.down = true;
        QCOMPARE(bench.enterprise.enrolStart(*bench.demo.code, "13800138000").error().code, Errc::unavailable);
        bench.masterKey.down = false;
        bench.ledger.down = true;
        QCOMPARE(bench.enterprise.enrolStart(*bench.demo.code, "13800138000").error().code, Errc::unavailable);
        bench.ledger.down = false;
        QVERIFY(std::holds_alternative<EnrolTerms>(bench.start(*bench.demo.code)));
    }

    // One act on the keys of now and of before: each chain has it, the company reads it once.
    void noteOfAccounts_ofOnePerson_tellsTheCompanyOnce()
    {
        Bench bench;
        const auto accepted = bench.accepted();
        const Id former{42};
        QVERIFY(bench.inTransaction([&](auto &transaction) -> Result<void> { // of the same person's grant
            return transaction.write(ports::Table::grant, accountKey(former), accepted.holder.grant);
        }));
        const auto before = audit::headOf(bench.ledger, accepted.holder.companyId)->sequence;
        const audit::Entry entry{audit::Event::deskRemoved, 5, {1}, {7}, 0, {}};
        QVERIFY(bench.inTransaction([&](auto &transaction) { return noteOfAccounts(transaction, {accepted.holder.acct, former}, entry); }));
        QCOMPARE(audit::headOf(bench.ledger, accepted.holder.companyId)->sequence, before + 1);
        for (const Id &acct : {accepted.holder.acct, former})
            QCOMPARE(audit::recordsOf(bench.ledger, acct, 1, 100)->back().entry.event, audit::Event::deskRemoved);
    }

    // What befalls an account, its company reads with the person in it, also after the grant's end; an account that is nobody's has its own chain alone.
    void noteOfAccount_tellsTheCompanyOfItsPerson_andOfNobodyElse()
    {
        Bench bench;
        const auto accepted = bench.accepted();
        const Id acct = accepted.holder.acct, company = accepted.holder.companyId, person = accepted.holder.personId;
        const ByteArray<32> object{7};
        const audit::Who nobody, holder{audit::By::person, person}, server{audit::By::server, {}}, side{audit::By::operatorSide, {}};
        const audit::Who colleague{audit::By::person, {9}}, phone{audit::By::phone, person}, computer{audit::By::computer, person};
        struct Case {
            audit::Event event;
            std::uint16_t code;
            audit::Who said, told;
        };
        for (const Case &one : {Case{audit::Event::signatureGiven, 2, nobody, holder}, Case{audit::Event::wrongPin, 3, nobody, phone}, // nobody knows who typed it
                                Case{audit::Event::factorFailed, 1, nobody, phone}, Case{audit::Event::factorFailed, 8, nobody, computer},
                                Case{audit::Event::recoveryFailed, 0, nobody, phone}, Case{audit::Event::sessionRefused, 0, nobody, phone},
                                Case{audit::Event::deviceFrozen, 0, nobody, side}, Case{audit::Event::deviceFrozen, 10, nobody, server},
                                Case{audit::Event::cloneFound, 0, nobody, server}, Case{audit::Event::deviceUnfrozen, 0, nobody, side},
                                Case{audit::Event::recoveryOpened, 0, nobody, side}, Case{audit::Event::shareDestroyed, 0, nobody, server},
                                Case{audit::Event::certificateRevoked, 5, nobody, server}, Case{audit::Event::deskRemoved, 0, colleague, colleague}}) {
            const audit::Entry entry{one.event, 5, {1, 2}, object, one.code, one.said};
            QVERIFY(bench.inTransaction([&](auto &transaction) { return noteOfAccount(transaction, acct, entry); }));
            const auto own = audit::recordsOf(bench.ledger, acct, 1, 100)->back().entry;
            QVERIFY(own.event == one.event && own.subject == entry.subject && own.who == one.said);
            const auto told = audit::recordsOf(bench.ledger, company, 1, 100)->back().entry;
            QVERIFY(told.event == one.event && told.timeMs == 5 && told.object == object && told.code == one.code);
            QVERIFY(told.subject == person && told.who == one.told);
        }
        QVERIFY(bench.inTransaction([&](auto &transaction) {
            return endGrant(transaction, {bench.ledger, bench.masterKey, bench.random, bench.clock}, bench.watch, {}, accepted.holder.grant);
        }));
        const auto before = audit::headOf(bench.ledger, company)->sequence;
        const audit::Entry late{audit::Event::certificateRevoked, 6, acct, object, 5, {}};
        QVERIFY(bench.inTransaction([&](auto &transaction) { return noteOfAccount(transaction, acct, late); }));
        QCOMPARE(audit::headOf(bench.ledger, company)->sequence, before + 1);
        for (const Id &other : {Id{42}, audit::kRootChain}) {
            const auto rows = audit::headOf(bench.ledger, other)->sequence;
            QVERIFY(bench.inTransaction([&](auto &transaction) { return noteOfAccount(transaction, other, late); }));
            QVERIFY(audit::headOf(bench.ledger, other)->sequence > rows);
            QCOMPARE(audit::headOf(bench.ledger, company)->sequence, before + 1);
        }
        QVERIFY(audit::verify(bench.ledger)->intact());
    }
};

QTEST_GUILESS_MAIN(TestEnterprise)
#include "test_enterprise.moc"
