// The handbook from 申领 to an account on a phone, through the domain and the stand-ins of the world:
// each act once, with the world at its worst; and then a look at what the database and the log tell.
#include "platform/outside/bank.h"
#include "platform/outside/business_register.h"
#include "platform/outside/cashier.h"
#include "platform/outside/identity_service.h"
#include "platform/outside/mail_inbox.h"
#include "platform/outside/sms_inbox.h"
#include "shield/audit/log.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/facts.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/orders.h"
#include "shield/enterprise/remittance.h"
#include "shield/enterprise/seal_grants.h"
#include "shield/enterprise/wallet.h"
#include "tests/support/account_watch.h"
#include "tests/shield/enterprise/bench.h"

using namespace hufu;
using namespace hufu::enterprise;

class TestCompanyJourney : public QObject {
    Q_OBJECT

    tests::MemoryLedger m_ledger;
    tests::MemoryMasterKey m_masterKey;
    tests::ManualClock m_clock;
    ports::SystemRandom m_random;
    outside::SmsInbox m_sms{m_clock};
    outside::MailInbox m_mail{m_clock};
    outside::IdentityDesk m_alipay{"https://outside/", m_clock, m_random};
    outside::RegisterOffice m_register;
    outside::BankCounter m_bank{m_clock};
    outside::CashDesk m_cashier{"https://outside/", m_clock};
    tests::MemoryServiceKey m_serviceKey;
    tests::MemoryFaces m_faces;
    Ports m_ports{m_ledger, m_masterKey, m_random, m_clock};
    codes::SmsCodes m_codes{m_ledger, m_masterKey, m_random, m_clock, m_sms};

    std::string digits(std::string_view number)
    {
        const std::string text = m_sms.messagesFor(number).front().text;
        return text.substr(text.find("验证码 ") + std::string_view("验证码 ").size(), 6);
    }

private Q_SLOTS:
    void company_applying_endsWithAnAccountOnAPhone()
    {
        using Outcome = ports::IdentityService::Outcome;
        const std::string phone = "13800138000", staffPhone = "13900139000", account = "62220202000112233445";
        m_register.enter({"甲建设有限公司", tests::kCreditCode, "李四", tests::kOtherIdNumber});

        // 申领: the handling person, by face.
        Applications applications(m_ports, m_codes, m_mail, {{1, &m_alipay}}, {});
        const Id application = *applications.begin("supplier-8");
        QVERIFY(applications.sendCode(application, Contact::phone, phone));
        QVERIFY(applications.proveContact(application, digits(phone)));
        QVERIFY(applications.consent(application, applicationAgreements(), consent::neededFor(IdentityMethod::face),
                                     IdentityMethod::face, {"张三", tests::kIdNumber, phone}));
        auto task = applications.startIdentity(application, 1);
        QVERIFY(m_alipay.decide(task->ticket, Outcome::failed));
        QCOMPARE(applications.finishIdentity(application, "").denied(), Denied::livenessFailed);
        task = applications.startIdentity(application, 1);
        QCOMPARE(applications.finishIdentity(application, "").denied(), Denied::identityPending);
        QVERIFY(m_alipay.decide(task->ticket, Outcome::passed));
        QVERIFY(applications.finishIdentity(application, ""));

        // 企业信息, with a slip first.
        Facts facts(m_ports, m_register);
        CompanyFacts told{CompanyKind::enterprise, "甲建设公司", tests::kCreditCode, "李四", tests::kOtherIdNumber};
        QCOMPARE(int(facts.submit(application, told)->mismatched), int(fact::kName));
        told.name = "甲建设有限公司";
        QVERIFY(facts.submit(application, told)->state == FactsState::matched);
        Staff staff(m_ports);
        const Actor admin{application, *staff.personOf(application, phone)};

        // 对公打款: the bank loses its reply, and takes its time.
        Remittance remittance(m_ports, m_bank, m_sms);
        m_bank.setFaults({false, true, false, 60'000});
        QVERIFY(remittance.order(admin, {"甲建设有限公司", "中国建设银行", "广东省", "深圳市", account, phone}));
        m_bank.setFaults({false, false, false, 60'000});
        QCOMPARE(remittance.look(admin).denied(), Denied::paymentPending);
        m_clock.advance(60'000);
        QVERIFY(remittance.look(admin));
        QCOMPARE(m_bank.payouts().size(), std::size_t(1));
        const std::int64_t cents = m_bank.payouts().front().payout.cents;
        QVERIFY(cents >= 1 && cents <= 99);
        QCOMPARE(remittance.typeAmount(admin, cents + 1).denied(), Denied::amountWrong);
        QVERIFY(remittance.typeAmount(admin, cents));

        // 招采云证书: two seats; the cashier tells three times of each payment, the newest first.
        Orders orders(m_ports, m_cashier, {});
        OrderRequest request;
        request.quantity = 2;
        request.buyerName = "甲建设有限公司";
        request.buyerCode = tests::kCreditCode;
        request.agreements = orderAgreements();
        const Id order = *orders.place(admin, request, "k1");
        QVERIFY(orders.startPayment(admin, order));
        m_cashier.setFaults({false, 3, true, 0});
        QVERIFY(m_cashier.pay(order, 40'000, false));
        QVERIFY(m_cashier.pay(order, 40'000));
        QVERIFY(m_cashier.pay(order, 40'000)); // by mistake
        for (const auto &notice : m_cashier.takeNotices())
            QVERIFY(orders.noticed({notice.payment, notice.order, notice.cents, notice.paid}));
        QVERIFY(orders.view(admin, order)->state == OrderState::paid);
        QCOMPARE(Wallet(m_ports).view(admin)->balanceCents, std::int64_t(40'000));
        NoSealedBids bids;
        Seats seats(m_ports, bids);
        QCOMPARE(seats.list(admin)->size(), std::size_t(2));

        // 印章: the company's, and the legal person's after he has signed.
        Confirmations confirmations(m_ports, m_codes, {{1, &m_faces}}, m_serviceKey);
        Seals seals(m_ports, confirmations);
        const SealRequest round{SealKind::company, 1, "4403001234567"};
        QVERIFY(seals.ask(admin, round));
        const Id seal = *seals.make(admin, round, {digits(phone), 0, {}});
        const Id legalSeal = *seals.make(admin, {SealKind::legalPerson, 2, ""}, {"", 1, Bytes{1}});
        LegalLinks links(m_ports, m_codes, m_sms, m_mail, {{1, &m_alipay}}, m_serviceKey, "https://hufu.example/legal#");
        QVERIFY(links.send(admin, Purpose::legalSeal, legalSeal, Contact::mail, "legal@example.cn"));
        const std::string letter = m_mail.messagesFor("legal@example.cn").front().text;
        const auto token = *fixedBytes<32>(*fromHex(letter.substr(letter.find('#') + 1, 64)));
        QVERIFY(m_alipay.decide(links.startCheck(token, 1)->ticket, Outcome::passed));
        QVERIFY(links.sign(token, ""));

        // 组织机构, 印章授权, 证书授权.
        const Id person = *staff.add(admin, {{"王五", staffPhone, "19900101", "T1"}, role::kBidStaff, "投标部"});
        SealGrants sealGrants(m_ports, confirmations);
        const Id sealGrant = *sealGrants.draft(admin, {legalSeal, person, "投标文件盖章", "", m_clock.wall / 60'000 * 60'000,
                                                       m_clock.wall / 60'000 * 60'000 + tests::kDayMs});
        QVERIFY(sealGrants.grant(admin, sealGrant, seal, {"", 1, Bytes{2}}));
        const std::string sealName = seals.face(admin, legalSeal)->name;
        {
            auto transaction = std::move(*m_ledger.begin());
            QVERIFY(useSeal(*transaction, m_ports, {application, person},
                            {sealGrant, SealKind::legalPerson, sealName, "投标文件盖章", "", ""}, {5}));
            QVERIFY(transaction->commit());
        }
        const auto history = seals.history(admin, legalSeal);
        QCOMPARE(history->size(), std::size_t(4)); // made, authorised, granted, used
        QVERIFY(history->front().event == SealEvent::used && history->front().person == person);
        tests::MemoryAccountWatch watch;
        Grants grants(m_ports, bids, watch);
        const auto given = grants.give(admin, person);

        // The person's phone.
        Enterprise phones(m_ledger, m_masterKey, m_random, m_clock, m_codes, {{1, &m_faces}}, watch);
        QVERIFY(std::holds_alternative<EnrolTerms>(*phones.enrolStart(given->code, staffPhone)));
        const auto proved = *phones.enrolProof(given->code, {digits(staffPhone), agreementsInForce(), 1, Bytes{3}});
        const EnrolAccepted accepted = std::get<EnrolAccepted>(proved);
        auto transaction = std::move(*m_ledger.begin());
        QVERIFY(phones.useTicket(*transaction, accepted.holder.acct, accepted.ticket));
        QVERIFY(phones.confirmActivation(*transaction, accepted.holder.acct));
        QVERIFY(transaction->commit());
        transaction.reset();
        QCOMPARE(phones.holderOf(accepted.holder.acct)->company.name, std::string("甲建设有限公司"));

        // The person leaves.
        QVERIFY(sealGrants.end(admin, sealGrant));
        QVERIFY(grants.end(admin, given->grant, true));
        QVERIFY(watch.endedOnes == std::vector<Id>{accepted.holder.acct});
        QVERIFY(staff.remove(admin, person));
        QCOMPARE(phones.holderOf(accepted.holder.acct).error().code, Errc::notFound);

        // Nothing of a person stands readable in the database, and the company's chain tells of each act in order.
        QVERIFY(tests::isHidden(m_ledger, {phone, staffPhone, account, "张三", "李四", "王五", tests::kIdNumber, tests::kOtherIdNumber,
                                           "legal@example.cn", "19900101"}));
        QVERIFY(audit::verify(m_ledger)->intact());
        using audit::Event;
        std::vector<Event> events;
        const auto records = audit::recordsOf(m_ledger, application, 1, 1000);
        for (const auto &record : *records)
            events.push_back(record.entry.event);
        const std::vector<Event> expected = {
            Event::applicationBegun, Event::applicationCodeSent, Event::contactProved, Event::consentGiven, Event::identityStarted,
            Event::identityFailed, Event::identityStarted, Event::identityProved, Event::factsMismatched, Event::staffAdded,
            Event::factsMatched, Event::payoutOrdered, Event::payoutSent, Event::amountWrong, Event::companyVerified, Event::orderMade,
            Event::paymentStarted, Event::orderPaid, Event::moneyToWallet, Event::sealMade, Event::sealMade, Event::linkSent,
            Event::identityStarted, Event::sealAuthorised, Event::linkSigned, Event::staffAdded, Event::sealGrantDrafted, Event::sealGranted,
            Event::sealUsed, Event::grantOpened, Event::enrolmentStarted, Event::agreementsAccepted, Event::enrolmentProved,
            Event::deviceActivated, Event::sealGrantEnded, Event::grantEnded, Event::staffRemoved};
        // Each says who did it.
        using audit::By;
        const auto whoDid = [&](Event event) { return std::ranges::find(*records, event, [](const auto &record) { return record.entry.event; })->entry.who; };
        for (const auto &record : *records)
            QVERIFY2(record.entry.who.by != By::unsaid, std::string(audit::nameOf(record.entry.event)).c_str());
        QVERIFY((whoDid(Event::consentGiven) == audit::Who{By::applicant, application}));
        QVERIFY((whoDid(Event::orderMade) == audit::Who{By::person, admin.person}));
        QVERIFY((whoDid(Event::orderPaid) == audit::Who{By::outside, {}}));
        QCOMPARE(whoDid(Event::sealAuthorised).by, By::legalRepresentative);
        QVERIFY((whoDid(Event::sealUsed) == audit::Who{By::person, person}));
        QVERIFY((whoDid(Event::enrolmentStarted) == audit::Who{By::bearer, given->grant}));
        QVERIFY((whoDid(Event::deviceActivated) == audit::Who{By::person, person}));
        QVERIFY((whoDid(Event::staffRemoved) == audit::Who{By::person, admin.person}));
        for (std::size_t i = 0; i < std::min(events.size(), expected.size()); ++i)
            QVERIFY2(events[i] == expected[i], std::string(audit::nameOf(events[i])).c_str());
        QCOMPARE(events.size(), expected.size());
    }
};

QTEST_GUILESS_MAIN(TestCompanyJourney)
#include "test_company_journey.moc"
