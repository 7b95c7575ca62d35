// The handling person: contact, consent, identity. And the company's facts.
#include "tests/shield/enterprise/bench.h"
#include "tests/shield/enterprise/state_table.h"

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;
using Outcome = ports::IdentityService::Outcome;

class TestApplication : public QObject {
    Q_OBJECT

    struct Case : Bench {
        Id id{};
    };

    static void bringTo(Case &bench, ApplicationState state)
    {
        bench.id = bench.begun();
        if (state == ApplicationState::withdrawn) return void(Bench::must(bench.applications.withdraw(bench.id)));
        if (state == ApplicationState::begun) { // a code is on its way
            Bench::must(bench.applications.sendCode(bench.id, Contact::phone, "13800138000"));
            bench.clock.advance(tests::kMinuteMs);
            return;
        }
        bench.id = bench.reachable();
        if (state == ApplicationState::reachable) return;
        Bench::must(bench.consent(bench.id));
        if (state == ApplicationState::consented) return;
        Bench::must(bench.applications.startIdentity(bench.id, 1));
        if (state == ApplicationState::identifying) return;
        Bench::must(bench.applications.finishIdentity(bench.id, ""));
        if (state == ApplicationState::settled) Bench::must(bench.facts.submit(bench.id, bench.factsOf()));
    }

    static Verdict<void> perform(Case &bench, ApplicationAct act)
    {
        switch (act) {
        case ApplicationAct::sendCode: HUFU_CHECK(bench.applications.sendCode(bench.id, Contact::phone, "13800138000")); return {};
        case ApplicationAct::proveContact: return bench.applications.proveContact(bench.id, bench.sms.digits());
        case ApplicationAct::consent: return bench.consent(bench.id);
        case ApplicationAct::startIdentity: HUFU_CHECK(bench.applications.startIdentity(bench.id, 1)); return {};
        case ApplicationAct::passIdentity: return bench.applications.finishIdentity(bench.id, "");
        case ApplicationAct::failIdentity: {
            bench.identity.next = Outcome::failed;
            const auto done = bench.applications.finishIdentity(bench.id, "");
            return done.denied() == Denied::livenessFailed ? Verdict<void>() : done;
        }
        case ApplicationAct::settle: HUFU_CHECK(bench.facts.submit(bench.id, bench.factsOf())); return {};
        case ApplicationAct::withdraw: return bench.applications.withdraw(bench.id);
        case ApplicationAct::sendMobileCode: HUFU_CHECK(bench.applications.sendMobileCode(bench.id, "13800138000")); return {};
        }
        return {};
    }

private Q_SLOTS:
    void application_everyActInEveryState_movesByTheTable()
    {
        tests::StateTable<Case, ApplicationState, ApplicationAct> table;
        // sendCode, proveContact, consent, startIdentity, passIdentity, failIdentity, settle, withdraw, sendMobileCode
        table.rows = {"12.....7.",  // begun
                      "..3....72",  // reachable
                      "..34...73",  // consented
                      "..3453.74",  // identifying
                      "......67.",  // identified
                      ".......7.",  // settled
                      "........."}; // withdrawn
        table.bringTo = bringTo;
        table.stateOf = [](Case &bench) { return bench.applications.view(bench.id)->state; };
        table.perform = perform;
        table.check(kApplicationMoves);
    }

    void account_comingBack_findsItsApplication()
    {
        Bench bench;
        const auto id = bench.begun();
        QVERIFY(*bench.applications.begin("portal-1") == id);
        QVERIFY(*bench.applications.begin("portal-2") != id);
        QVERIFY(bench.applications.withdraw(id));
        QVERIFY(*bench.applications.begin("portal-1") != id);
        QCOMPARE(bench.applications.begin("").error().code, Errc::badInput);
        QCOMPARE(bench.applications.withdraw({9}).error().cause().code, Errc::notFound);
    }

    void code_toAnotherNumber_provesOnlyThatOne()
    {
        Bench bench;
        const auto id = bench.begun();
        QVERIFY(bench.applications.sendCode(id, Contact::phone, "13800138000"));
        const std::string first = bench.sms.digits();
        QVERIFY(bench.applications.sendCode(id, Contact::phone, "13900139000"));
        if (first != bench.sms.digits()) QCOMPARE(bench.applications.proveContact(id, first).denied(), Denied::smsWrong);
        QVERIFY(bench.applications.proveContact(id, bench.sms.digits()));
        QCOMPARE(bench.applications.view(id)->contactMasked, std::string("139****9000"));
    }

    // The field was changed after the code had been sent: what the page shows is not what would be proved.
    void contact_changedAfterTheCode_isRefused()
    {
        Bench bench;
        const auto id = bench.begun();
        QVERIFY(bench.applications.sendCode(id, Contact::mail, "me@example.cn"));
        const std::string &text = bench.mail.texts.back();
        const std::string digits = text.substr(text.find_first_of("0123456789"), 6);
        const auto before = bench.ledger.rows;
        for (const char *other : {"other@example.cn", "13800138000", "nobody"})
            QCOMPARE(bench.applications.proveContact(id, digits, other).denied(), Denied::smsExpired);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.applications.proveContact(id, digits, " me@example.cn"));
    }

    void code_byMail_provesTheAddress()
    {
        Bench bench;
        const auto id = bench.begun();
        for (const char *bad : {"", "nobody", "13800138000"})
            QCOMPARE(bench.applications.sendCode(id, Contact::mail, bad).error().cause().code, Errc::badInput);
        QVERIFY(bench.applications.sendCode(id, Contact::mail, "staff@example.cn"));
        QVERIFY(bench.sms.texts.empty());
        QCOMPARE(bench.mail.addresses.back(), std::string("staff@example.cn"));
        const std::string &text = bench.mail.texts.back();
        QVERIFY(bench.applications.proveContact(id, text.substr(text.find_first_of("0123456789"), 6)));
        QCOMPARE(bench.applications.view(id)->contactMasked, std::string("s****@example.cn"));
    }

    void code_wrongOrAskedTooOften_isDenied()
    {
        Bench bench;
        const auto id = bench.begun();
        QCOMPARE(bench.applications.proveContact(id, "123456").denied(), Denied::smsExpired); // never asked for
        for (int i = 0; i < Applications::kCodesInADay; ++i)
            QVERIFY(bench.applications.sendCode(id, Contact::phone, "1380013800" + std::to_string(i % 10)));
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.applications.sendCode(id, Contact::phone, "13700137000").denied(), Denied::smsTooOften);
        QVERIFY(bench.ledger.rows == before);
        QCOMPARE(bench.applications.proveContact(id, bench.sms.wrongDigits()).denied(), Denied::smsWrong);
        QVERIFY(bench.applications.view(id)->state == ApplicationState::begun);
        bench.clock.advance(tests::kDayMs);
        QVERIFY(bench.applications.sendCode(id, Contact::phone, "13700137000"));
    }

    void consent_notExactlyWhatIsNeeded_isDenied()
    {
        Bench bench;
        const auto id = bench.reachable();
        const auto before = bench.ledger.rows;
        const auto face = consent::neededFor(IdentityMethod::face);
        auto agreements = applicationAgreements();
        for (const int wrong : {0, face & ~consent::kFaceVideo, face & ~consent::kCompany, face | consent::kMobileNumber})
            QCOMPARE(bench.applications.consent(id, agreements, std::uint8_t(wrong), IdentityMethod::face, bench.handlingPerson()).denied(),
                     Denied::consentMissing);
        agreements.pop_back(); // the identity service's
        QCOMPARE(bench.applications.consent(id, agreements, face, IdentityMethod::face, bench.handlingPerson()).denied(),
                 Denied::agreementMissing);
        auto person = bench.handlingPerson();
        person.idNumber = "110105194912310021";
        QCOMPARE(bench.applications.consent(id, applicationAgreements(), face, IdentityMethod::face, person).denied(),
                 Denied::idNumberInvalid);
        person = bench.handlingPerson();
        for (const char *bad : {"a\nb", "   ", "a\u202eb", "\u3164"}) {
            person.name = bad;
            QCOMPARE(bench.applications.consent(id, applicationAgreements(), face, IdentityMethod::face, person).error().cause().code,
                     Errc::badInput);
        }
        person = bench.handlingPerson();
        person.idNumber = "110101209912310015"; // right by its check digit, and not born yet
        QCOMPARE(bench.applications.consent(id, applicationAgreements(), face, IdentityMethod::face, person).denied(), Denied::idNumberInvalid);
        QVERIFY(bench.ledger.rows == before);
    }

    void identity_bySms_needsTheCodeAndThePolicy()
    {
        Bench bench;
        const auto id = bench.reachable();
        Applications strict(bench.ports, bench.smsCodes, bench.mail, {}, {false});
        QCOMPARE(strict.consent(id, applicationAgreements(), consent::neededFor(IdentityMethod::sms), IdentityMethod::sms,
                                bench.handlingPerson()).denied(),
                 Denied::methodNotAllowed);
        QVERIFY(bench.consent(id, IdentityMethod::sms));
        QVERIFY(bench.applications.startIdentity(id, 0)->address.empty());
        QCOMPARE(bench.applications.finishIdentity(id, bench.sms.wrongDigits()).denied(), Denied::smsWrong);
        QVERIFY(bench.applications.view(id)->state == ApplicationState::identifying);
        QVERIFY(bench.applications.finishIdentity(id, bench.sms.digits()));
        QVERIFY(bench.identity.asked.empty());
        QVERIFY(bench.applications.view(id)->state == ApplicationState::identified);
    }

    void identity_pendingOrDown_changesNothing()
    {
        Bench bench;
        const auto id = bench.reachable();
        QVERIFY(bench.consent(id));
        QCOMPARE(bench.applications.startIdentity(id, 9).error().cause().code, Errc::badInput);
        bench.identity.down = true;
        QCOMPARE(bench.applications.startIdentity(id, 1).error().cause().code, Errc::unavailable);
        QVERIFY(bench.applications.view(id)->state == ApplicationState::consented);
        bench.identity.down = false;
        QVERIFY(bench.applications.startIdentity(id, 1));
        QCOMPARE(bench.identity.asked.back(), "张三/" + tests::kIdNumber);
        bench.identity.next = Outcome::pending;
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.applications.finishIdentity(id, "").denied(), Denied::identityPending);
        QVERIFY(bench.ledger.rows == before);
    }

    void identity_failedTenTimes_waitsForADay()
    {
        Bench bench;
        const auto id = bench.reachable();
        QVERIFY(bench.consent(id));
        bench.identity.next = Outcome::failed;
        for (int i = 0; i < Applications::kIdentityFailures; ++i) {
            QVERIFY(bench.applications.startIdentity(id, 1));
            QCOMPARE(bench.applications.finishIdentity(id, "").denied(), Denied::livenessFailed);
        }
        QCOMPARE(bench.applications.startIdentity(id, 1).denied(), Denied::identityTooOften);
        bench.clock.advance(tests::kDayMs);
        QVERIFY(bench.applications.startIdentity(id, 1));
    }

    void applicant_inTheDatabase_isSealed()
    {
        Bench bench;
        const auto id = bench.identified();
        QVERIFY(tests::isHidden(bench.ledger, {"张三", tests::kIdNumber, "13800138000"}));
        QCOMPARE(bench.applications.view(id)->nameMasked, std::string("张*"));
        QCOMPARE(bench.applications.view(id)->idNumberMasked, std::string("110***********002X"));
        QVERIFY(bench.facts.submit(id, bench.factsOf()));
        QVERIFY(tests::isHidden(bench.ledger, {"张三", tests::kIdNumber, "13800138000", "李四", tests::kOtherIdNumber}));
    }

    // --- facts --------------------------------------------------------------------------------------------------------

    void facts_everyActInEveryState_movesByTheTable()
    {
        const auto state = [](Case &bench, FactsState to) {
            bench.id = bench.identified();
            auto facts = bench.factsOf();
            if (to == FactsState::mismatched) facts.name = "乙建设有限公司";
            if (to == FactsState::overseas) facts.kind = CompanyKind::overseas;
            if (to != FactsState::open) Bench::must(bench.facts.submit(bench.id, facts));
        };
        tests::StateTable<Case, FactsState, FactsAct> table;
        table.rows = {"423", "423", "423", "..."}; // match, mismatch, goOverseas from open, mismatched, overseas, matched
        table.bringTo = state;
        table.stateOf = [](Case &bench) { return *bench.facts.stateOf(bench.id); };
        table.perform = [](Case &bench, FactsAct act) -> Verdict<void> {
            auto facts = bench.factsOf();
            if (act == FactsAct::mismatch) facts.legalName = "王五";
            if (act == FactsAct::goOverseas) facts.kind = CompanyKind::overseas;
            HUFU_CHECK(bench.facts.submit(bench.id, facts));
            return {};
        };
        table.check(kFactsMoves);
    }

    void facts_mismatch_nameTheFieldsOnly()
    {
        Bench bench;
        const auto id = bench.identified();
        auto facts = bench.factsOf();
        facts.name = "别的名称";
        facts.legalIdNumber = tests::kIdNumber;
        const auto answer = bench.facts.submit(id, facts);
        QCOMPARE(int(answer->mismatched), int(fact::kName | fact::kLegalIdNumber));
        QVERIFY(answer->why == Denied::registerMismatch);
        facts = bench.factsOf();
        facts.kind = CompanyKind::individualBusiness;
        QCOMPARE(int(bench.facts.submit(id, facts)->mismatched), int(fact::kKind));
        QVERIFY(*bench.facts.stateOf(id) == FactsState::mismatched);
        facts = bench.factsOf();
        facts.code = tests::kOtherCode;
        QVERIFY(bench.facts.submit(id, facts)->why == Denied::registerUnknown);
        facts = bench.factsOf();
        facts.name = " " + facts.name + "\u3000"; // as it comes out of a document
        QVERIFY(bench.facts.submit(id, facts)->state == FactsState::matched);
    }

    void facts_ofEachKind_makeACompanyOfThatKind_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("enterprise") << int(CompanyKind::enterprise) << QString::fromStdString(tests::kOtherCode);
        QTest::newRow("enterprise with an old registration number") << int(CompanyKind::enterprise) << QStringLiteral("440301103097413");
        QTest::newRow("individual business") << int(CompanyKind::individualBusiness) << QStringLiteral("92420106MA4K0DEM0F");
        QTest::newRow("other organisation") << int(CompanyKind::other) << QStringLiteral("51420000MA4K0DEM0T");
    }
    void facts_ofEachKind_makeACompanyOfThatKind()
    {
        QFETCH(int, kind);
        QFETCH(QString, code);
        Bench bench;
        const auto id = bench.identified();
        auto facts = bench.factsOf();
        facts.kind = CompanyKind(kind);
        facts.code = code.toStdString();
        bench.companies.entries[facts.code] = {facts.name, facts.code, facts.legalName, facts.legalIdNumber, facts.kind};
        QVERIFY(bench.facts.submit(id, facts)->state == FactsState::matched);
        QVERIFY(*bench.staff.personOf(id, "13800138000") != Id{});
        bench.mustIn([&](auto &transaction) -> Verdict<void> {
            HUFU_TRY(standing, loadStanding(transaction, id));
            HUFU_TRY(company, loadCompany(transaction, id));
            if (standing.kind != facts.kind || company.creditCode != facts.code) return Error(Errc::badState, "another kind or code");
            return verifyCompany(transaction, bench.ports, {}, id, Way::letter);
        });
        bench.mustIn([&](auto &transaction) { return checkVerified(transaction, id); });
    }

    // No business register knows them: support takes over, and nobody is asked.
    void facts_ofACompanyFromOverseas_areDeniedWithoutAsking()
    {
        Bench bench;
        const auto id = bench.identified();
        auto facts = bench.factsOf();
        facts.kind = CompanyKind::overseas;
        const auto answer = bench.facts.submit(id, facts);
        QVERIFY(answer->why == Denied::overseas);
        QVERIFY(answer->state == FactsState::overseas);
        QCOMPARE(bench.companies.asked, 0);
    }

    void facts_outOfForm_areDeniedWithoutAsking()
    {
        Bench bench;
        const auto id = bench.identified();
        const auto before = bench.ledger.rows;
        auto facts = bench.factsOf();
        facts.code = "914403001922038217";
        QCOMPARE(bench.facts.submit(id, facts).denied(), Denied::creditCodeInvalid);
        facts = bench.factsOf();
        facts.legalIdNumber = "420101198005150014";
        QCOMPARE(bench.facts.submit(id, facts).denied(), Denied::idNumberInvalid);
        facts = bench.factsOf();
        facts.name.clear();
        QCOMPARE(bench.facts.submit(id, facts).error().cause().code, Errc::badInput);
        QCOMPARE(bench.facts.submit({9}, bench.factsOf()).error().cause().code, Errc::notFound);
        QCOMPARE(bench.companies.asked, 0);
        QVERIFY(bench.ledger.rows == before);
    }

    void facts_askedTooOften_waitForADay()
    {
        Bench bench;
        const auto id = bench.identified();
        auto facts = bench.factsOf();
        facts.name = "猜";
        for (int i = 0; i < Facts::kAskedInADay; ++i)
            QVERIFY(bench.facts.submit(id, facts)->why == Denied::registerMismatch);
        QCOMPARE(bench.facts.submit(id, bench.factsOf()).denied(), Denied::factsTooOften);
        QCOMPARE(bench.companies.asked, Facts::kAskedInADay);
        bench.clock.advance(tests::kDayMs);
        QVERIFY(bench.facts.submit(id, bench.factsOf())->state == FactsState::matched);
    }

    void facts_ofALegalRepresentativeInPerson_verifyTheCompany()
    {
        Bench bench;
        const auto id = bench.identified();
        bench.companies.entries[tests::kCreditCode].legalName = "张三";
        bench.companies.entries[tests::kCreditCode].legalIdNumber = tests::kIdNumber;
        auto facts = bench.factsOf();
        facts.legalName = "张三";
        facts.legalIdNumber = tests::kIdNumber;
        const auto told = bench.facts.submit(id, facts);
        QVERIFY(told->verified && !told->byCodeAlone && !*bench.facts.isByCodeAlone(id));
        bench.mustIn([&](auto &transaction) { return checkVerified(transaction, id); });
    }

    // The number that becomes the administrator's log-in is the one that a code was sent to.
    void consent_withAnotherNumberThanTheProvedOne_isRefused()
    {
        Bench bench;
        const auto id = bench.reachable();
        HandlingPerson person = bench.handlingPerson();
        person.mobileNumber = "13800138001";
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.applications.consent(id, applicationAgreements(), consent::neededFor(IdentityMethod::face), IdentityMethod::face, person)
                     .error().cause().code, Errc::badInput);
        QVERIFY(bench.ledger.rows == before);
    }

    // Reached by mail, identified by face: nothing has shown whose the mobile number is, until a code to it does.
    void consent_afterMail_needsACodeToTheMobileNumber()
    {
        Bench bench;
        const auto id = bench.begun();
        QVERIFY(bench.applications.sendCode(id, Contact::mail, " staff@example.cn "));
        const std::string &text = bench.mail.texts.back();
        QVERIFY(bench.applications.proveContact(id, text.substr(text.find_first_of("0123456789"), 6)));
        const auto consentTo = [&](const std::string &number, const std::string &code, IdentityMethod method = IdentityMethod::face) {
            HandlingPerson person = bench.handlingPerson();
            person.mobileNumber = number;
            return bench.applications.consent(id, applicationAgreements(), consent::neededFor(method), method, person, code);
        };
        const auto before = bench.ledger.rows;
        QCOMPARE(consentTo("13800138000", "").denied(), Denied::smsExpired); // nothing was sent to it
        QCOMPARE(bench.applications.sendMobileCode(id, "23800138000").error().cause().code, Errc::badInput);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.applications.sendMobileCode(id, "+86 138-0013-8000"));
        QCOMPARE(bench.sms.numbers.back(), std::string("13800138000"));
        const std::string digits = bench.sms.digits();
        QCOMPARE(consentTo("13999990000", digits).denied(), Denied::smsExpired); // the code has proved another
        QCOMPARE(consentTo("13800138000", bench.sms.wrongDigits()).denied(), Denied::smsWrong);
        QVERIFY(bench.applications.view(id)->state == ApplicationState::reachable);
        QVERIFY(consentTo("0086 13800138000", digits));
        QVERIFY(bench.applications.startIdentity(id, 1) && bench.applications.finishIdentity(id, ""));
        QVERIFY(bench.facts.submit(id, bench.factsOf())->state == FactsState::matched);
        QVERIFY(bench.staff.personOf(id, "13800138000"));
    }

    // By SMS the identity's own code goes to the number: that of another one does not count.
    void identity_bySms_provesTheNumberThatStandsThere()
    {
        Bench bench;
        const auto id = bench.begun();
        QVERIFY(bench.applications.sendCode(id, Contact::mail, "staff@example.cn"));
        const std::string &text = bench.mail.texts.back();
        QVERIFY(bench.applications.proveContact(id, text.substr(text.find_first_of("0123456789"), 6)));
        QVERIFY(bench.consent(id, IdentityMethod::sms));
        QVERIFY(bench.applications.startIdentity(id, 0));
        const std::string digits = bench.sms.digits();
        HandlingPerson other = bench.handlingPerson();
        other.mobileNumber = "13999990000";
        QVERIFY(bench.applications.consent(id, applicationAgreements(), consent::neededFor(IdentityMethod::sms), IdentityMethod::sms, other));
        QVERIFY(bench.applications.startIdentity(id, 0));
        QCOMPARE(bench.sms.numbers.back(), std::string("13999990000"));
        if (digits != bench.sms.digits()) QCOMPARE(bench.applications.finishIdentity(id, digits).denied(), Denied::smsWrong);
        QVERIFY(bench.applications.finishIdentity(id, bench.sms.digits()));
        QVERIFY(bench.facts.submit(id, bench.factsOf()));
        QVERIFY(bench.staff.personOf(id, "13999990000"));
    }

    // A slip is mended before the person is identified; a check of what stood there before counts for nothing.
    void consent_givenAnew_voidsTheCheckThatHasBegun()
    {
        Bench bench;
        const auto id = bench.reachable();
        QVERIFY(bench.consent(id));
        QVERIFY(bench.applications.startIdentity(id, 1));
        HandlingPerson person = bench.handlingPerson();
        person.name = "张三丰";
        QVERIFY(bench.applications.consent(id, applicationAgreements(), consent::neededFor(IdentityMethod::face), IdentityMethod::face, person));
        QVERIFY(bench.applications.view(id)->state == ApplicationState::consented);
        QCOMPARE(bench.applications.finishIdentity(id, "").error().cause().code, Errc::badState);
        QVERIFY(bench.applications.startIdentity(id, 1));
        QCOMPARE(bench.identity.asked.back(), "张三丰/" + tests::kIdNumber);
        QVERIFY(bench.applications.finishIdentity(id, ""));
        QCOMPARE(bench.consent(id).error().cause().code, Errc::badState); // identified: no longer
    }

    // Whoever types the legal representative's name and number, and his own phone's: the code proves neither.
    void facts_ofALegalRepresentativeBySmsAlone_leaveTheCompanyUnverified()
    {
        Bench bench;
        const auto id = bench.reachable();
        QVERIFY(bench.consent(id, IdentityMethod::sms));
        QVERIFY(bench.applications.startIdentity(id, 0));
        QVERIFY(bench.applications.finishIdentity(id, bench.sms.digits()));
        bench.companies.entries[tests::kCreditCode].legalName = "张三";
        bench.companies.entries[tests::kCreditCode].legalIdNumber = tests::kIdNumber;
        auto facts = bench.factsOf();
        facts.legalName = "张三";
        facts.legalIdNumber = tests::kIdNumber;
        const auto told = bench.facts.submit(id, facts);
        QVERIFY(told && told->state == FactsState::matched && !told->verified && told->byCodeAlone); // and he is told so
        QVERIFY(*bench.facts.isByCodeAlone(id));
        auto transaction = std::move(*bench.ledger.begin());
        QCOMPARE(checkVerified(*transaction, id).denied(), Denied::companyUnverified);
    }

    void facts_byAnotherPerson_leaveTheCompanyUnverified()
    {
        Bench bench;
        const auto actor = bench.founded();
        auto transaction = std::move(*bench.ledger.begin());
        QCOMPARE(checkVerified(*transaction, actor.company).denied(), Denied::companyUnverified);
    }

    void facts_ofACompanyThatIsVerified_areDenied()
    {
        Bench bench;
        bench.verified();
        const auto second = *bench.applications.begin("portal-2");
        QVERIFY(bench.applications.sendCode(second, Contact::phone, "13800138000"));
        QVERIFY(bench.applications.proveContact(second, bench.sms.digits()));
        QVERIFY(bench.consent(second));
        QVERIFY(bench.applications.startIdentity(second, 1));
        QVERIFY(bench.applications.finishIdentity(second, ""));
        QCOMPARE(bench.facts.submit(second, bench.factsOf()).denied(), Denied::companyTaken);
    }

    void standing_everyActInEveryState_movesByTheTable()
    {
        struct Registry : Bench {
            Id company{};
        };
        tests::StateTable<Registry, StandingState, StandingAct> table;
        table.rows = {"23", "..", ".."}; // verify, withdraw from unverified, verified, withdrawn
        const auto verify = [](Registry &registry) -> Verdict<void> {
            HUFU_TRY(transaction, registry.ledger.begin());
            HUFU_CHECK(verifyCompany(*transaction, registry.ports, {}, registry.company, Way::letter));
            return transaction->commit();
        };
        table.bringTo = [verify](Registry &registry, StandingState state) {
            registry.company = registry.founded().company;
            if (state == StandingState::verified) Bench::must(verify(registry));
            if (state == StandingState::withdrawn) Bench::must(registry.applications.withdraw(registry.company));
        };
        table.stateOf = [](Registry &registry) {
            auto transaction = std::move(*registry.ledger.begin());
            return loadStanding(*transaction, registry.company)->state;
        };
        table.perform = [verify](Registry &registry, StandingAct act) {
            return act == StandingAct::verify ? verify(registry) : registry.applications.withdraw(registry.company);
        };
        table.check(kStandingMoves);
    }

    void company_appliedForTwice_isTheFirstToBeVerifieds()
    {
        Bench bench;
        const auto first = bench.founded();
        const auto second = *bench.applications.begin("portal-2");
        QVERIFY(bench.applications.sendCode(second, Contact::phone, "13800138000"));
        QVERIFY(bench.applications.proveContact(second, bench.sms.digits()));
        QVERIFY(bench.consent(second));
        QVERIFY(bench.applications.startIdentity(second, 1));
        QVERIFY(bench.applications.finishIdentity(second, ""));
        QVERIFY(bench.facts.submit(second, bench.factsOf()));
        bench.mustIn([&](auto &transaction) { return verifyCompany(transaction, bench.ports, {}, second, Way::remittance); });
        const auto before = bench.ledger.rows;
        auto transaction = std::move(*bench.ledger.begin());
        QCOMPARE(verifyCompany(*transaction, bench.ports, {}, first.company, Way::letter).denied(), Denied::companyTaken);
        QCOMPARE(verifyCompany(*transaction, bench.ports, {}, second, Way::letter).error().cause().code, Errc::badState);
        transaction.reset();
        QVERIFY(bench.ledger.rows == before);

        // Who came too late is not held: the portal's account applies anew, with whatever company is its own.
        QVERIFY(bench.applications.withdraw(first.company));
        QVERIFY(bench.applications.view(first.company)->nameMasked.empty());
        const auto again = *bench.applications.begin("portal-1");
        QVERIFY(again != first.company && bench.applications.view(again)->state == ApplicationState::begun);
        const auto then = bench.ledger.rows;
        QCOMPARE(bench.applications.withdraw(second).error().cause().code, Errc::badState); // a verified company stays
        QVERIFY(bench.ledger.rows == then);
    }
};

QTEST_GUILESS_MAIN(TestApplication)
#include "test_application.moc"
