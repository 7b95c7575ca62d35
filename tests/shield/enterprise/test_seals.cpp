// Seals, their grants and their history; staff from a list.
#include "shield/crypto/sm3.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/review.h"
#include "shield/enterprise/seal_grants.h"
#include "shield/enterprise/staff_list.h"
#include "tests/shield/enterprise/bench.h"
#include "tests/shield/enterprise/state_table.h"

#include <set>

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;

class TestSeals : public QObject {
    Q_OBJECT

    struct Workshop : Bench {
        tests::MemoryServiceKey key;
        tests::MemoryFaces faces;
        tests::MemoryReviewDesk desk;
        Confirmations confirmations{ports, smsCodes, {{1, &faces}}, key};
        Seals seals{ports, confirmations};
        SealGrants sealGrants{ports, confirmations};
        LegalLinks links{ports, smsCodes, sms, mail, {{1, &identity}}, key, "https://hufu.example/legal#"};
        Reviews reviews{ports, desk};
        Actor admin = verified();
        Id id{}, seal{}, person{};

        Proof face() const { return {"", 1, Bytes{1}}; }
        Id made(SealKind kind) { return must(seals.make(admin, {kind, 1, ""}, face())); }
        SealState stateOf(const Id &of)
        {
            const auto list = must(seals.list(admin));
            return std::find_if(list.begin(), list.end(), [&](const auto &view) { return view.id == of; })->state;
        }
        SealTerms terms() const
        {
            const std::int64_t now = clock.wall / tests::kMinuteMs * tests::kMinuteMs;
            return {seal, person, "投标文件盖章", "一标段", now, now + tests::kDayMs};
        }
        void drafted()
        {
            seal = made(SealKind::company);
            person = Bench::person(admin, 1);
            id = must(sealGrants.draft(admin, terms()));
        }
        void granted()
        {
            drafted();
            must(sealGrants.grant(admin, id, seal, face()));
        }
        Actor user() const { return {admin.company, person}; }
        SealClaim claim() { return {id, SealKind::company, must(seals.face(admin, seal)).name, "投标文件盖章", "P-1", "一标段"}; }
        Verdict<void> use(const Actor &actor, const SealClaim &claimed, const ByteArray<32> &document)
        {
            auto transaction = std::move(*ledger.begin());
            HUFU_CHECK(useSeal(*transaction, ports, actor, claimed, document));
            return transaction->commit();
        }
        Verdict<void> use(const Actor &actor, const Id &, const ByteArray<32> &document) { return use(actor, claim(), document); }
        SealGrantState grantState()
        {
            auto transaction = std::move(*ledger.begin());
            const auto row = transaction->readForChange(hufu::ports::Table::seal, rowKey('g', {admin.company, id}));
            return SealGrantState((**row)[0]);
        }
        LinkToken token() const
        {
            const std::string &text = sms.texts.back();
            return *fixedBytes<32>(*fromHex(text.substr(text.find('#') + 1, 64)));
        }
    };
    static Errc causeOf(const auto &verdict) { return verdict ? Errc{} : verdict.error().cause().code; }

private Q_SLOTS:
    // Of a company that the operator has entered nobody knows the legal representative: a seal without a name is none.
    void legalSeal_ofNobody_isNotMade()
    {
        Bench bench;
        Enterprise registry(bench.ledger, bench.masterKey, bench.random, bench.clock, bench.smsCodes, {}, bench.watch);
        const auto company = registry.addCompany({"虎符演示建设有限公司", tests::kCreditCode, {}});
        const Actor admin{*company, *registry.addPerson(*company, {"张三", "13800138000", "", "A1"})};
        tests::MemoryServiceKey key;
        tests::MemoryFaces faces;
        Confirmations confirmations(bench.ports, bench.smsCodes, {{1, &faces}}, key);
        Seals seals(bench.ports, confirmations);
        const auto before = bench.ledger.rows;
        const SealRequest request{SealKind::legalPerson, 1, ""};
        QCOMPARE(seals.ask(admin, request).error().cause().code, Errc::badInput);
        QCOMPARE(seals.make(admin, request, {"", 1, Bytes{1}}).error().cause().code, Errc::badInput);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(seals.make(admin, {SealKind::company, 1, ""}, {"", 1, Bytes{1}}));
    }

    void seal_everyActInEveryState_movesByTheTable()
    {
        tests::StateTable<Workshop, SealState, SealAct> table;
        // authorise, refuse, askAgain, suspend, resume, retire
        table.rows = {"23...5",  // waiting
                      "...4.5",  // active
                      "..1..5",  // refused
                      "....25",  // suspended
                      "......"}; // retired
        const auto perform = [](Workshop &shop, SealAct act) -> Verdict<void> {
            auto transaction = std::move(*shop.ledger.begin());
            switch (act) {
            case SealAct::authorise:
            case SealAct::refuse: // what a link or a paper does
                HUFU_CHECK(moveSeal(*transaction, shop.ports, {}, shop.admin.company, shop.id, act));
                return transaction->commit();
            case SealAct::askAgain: transaction.reset(); return shop.seals.askAgain(shop.admin, shop.id);
            case SealAct::suspend: transaction.reset(); return shop.seals.suspend(shop.admin, shop.id);
            case SealAct::resume: transaction.reset(); return shop.seals.resume(shop.admin, shop.id);
            case SealAct::retire: transaction.reset(); return shop.seals.retire(shop.admin, shop.id, shop.face());
            }
            return {};
        };
        table.bringTo = [perform](Workshop &shop, SealState state) {
            shop.id = shop.made(SealKind::legalPerson);
            if (state == SealState::active || state == SealState::suspended) Bench::must(perform(shop, SealAct::authorise));
            if (state == SealState::suspended) Bench::must(perform(shop, SealAct::suspend));
            if (state == SealState::refused) Bench::must(perform(shop, SealAct::refuse));
            if (state == SealState::retired) Bench::must(perform(shop, SealAct::retire));
        };
        table.stateOf = [](Workshop &shop) { return shop.stateOf(shop.id); };
        table.perform = perform;
        table.check(kSealMoves);
    }

    void lists_ofMoreThanAThousand_areWhole()
    {
        constexpr int kMany = 1001;
        Workshop shop;
        std::set<Id> made, drafted;
        for (int i = 0; i < kMany; ++i)
            made.insert(shop.made(SealKind::contract));
        const auto idsOf = [](const auto &views) {
            std::vector<Id> ids;
            for (const auto &view : views)
                ids.push_back(view.id);
            return ids;
        };
        QVERIFY(idsOf(Bench::must(shop.seals.list(shop.admin))) == std::vector<Id>(made.begin(), made.end()));

        // Whichever of the grants is the last by its id: it is listed, is its person's own, and ends with him.
        shop.person = shop.Bench::person(shop.admin, 1);
        shop.seal = *made.rbegin();
        for (int i = 0; i < kMany; ++i)
            drafted.insert(Bench::must(shop.sealGrants.draft(shop.admin, shop.terms())));
        const std::vector<Id> all(drafted.begin(), drafted.end());
        QVERIFY(idsOf(Bench::must(shop.sealGrants.list(shop.admin))) == all);
        const Id stamp = shop.made(SealKind::company);
        Bench::must(shop.sealGrants.grant(shop.admin, all.back(), stamp, shop.face()));
        QVERIFY(idsOf(Bench::must(shop.sealGrants.ownOf(shop.user()))) == std::vector<Id>{all.back()});
        shop.mustIn([&](auto &transaction) { return Verdict<void>(endSealGrantsOf(transaction, shop.ports, shop.admin, shop.person)); });
        QVERIFY(Bench::must(shop.sealGrants.list(shop.admin)).empty());
        shop.id = all.back();
        QVERIFY(shop.grantState() == SealGrantState::ended);
    }

    void seal_ofTheLegalPerson_waitsForHim()
    {
        Workshop shop;
        for (const SealKind kind : {SealKind::company, SealKind::finance, SealKind::contract})
            QVERIFY(shop.stateOf(shop.made(kind)) == SealState::active);
        QVERIFY(shop.stateOf(shop.made(SealKind::legalPerson)) == SealState::waiting);
    }

    void seal_authorisedThroughALink_isActive()
    {
        Workshop shop;
        const Id seal = shop.made(SealKind::legalPerson);
        QVERIFY(shop.links.send(shop.admin, Purpose::legalSeal, seal, Contact::phone, "13900139000"));
        const auto token = shop.token();
        // Whose number it is only the administrator says: a code would prove nothing.
        const auto before = shop.ledger.rows;
        QVERIFY(!shop.links.view(token)->codeAllowed);
        QCOMPARE(shop.links.startCheck(token, 0).denied(), Denied::methodNotAllowed);
        QVERIFY(shop.ledger.rows == before);
        QVERIFY(shop.links.startCheck(token, 1));
        QVERIFY(shop.links.sign(token, ""));
        QVERIFY(shop.stateOf(seal) == SealState::active);
        QCOMPARE(causeOf(shop.links.send(shop.admin, Purpose::legalSeal, seal, Contact::phone, "13900139000")), Errc::badState);
    }

    // Only he whose face is seen says whose number it is: from then on a code to it is enough, and to no other.
    void seal_authorisedByACode_onlyToANumberThatHeSaysIsHis()
    {
        Workshop shop;
        const Id first = shop.made(SealKind::legalPerson), second = shop.made(SealKind::legalPerson), third = shop.made(SealKind::legalPerson);
        const auto sendTo = [&](const Id &seal, const char *number) {
            if (!shop.links.send(shop.admin, Purpose::legalSeal, seal, Contact::phone, number)) qFatal("not sent");
            return shop.token();
        };
        const auto byFace = [&](const Id &seal, bool isOwn) {
            const auto token = sendTo(seal, "13900139000");
            Bench::must(shop.links.startCheck(token, 1));
            Bench::must(shop.links.sign(token, "", isOwn));
        };
        byFace(first, false); // seen, but perhaps at the phone of whoever sent the link
        QVERIFY(!shop.links.view(sendTo(second, "13900139000"))->codeAllowed);
        QCOMPARE(shop.links.startCheck(shop.token(), 0).denied(), Denied::methodNotAllowed);
        byFace(second, true);
        QVERIFY(!shop.links.view(sendTo(third, "13900139009"))->codeAllowed);
        const auto token = sendTo(third, "13900139000");
        QVERIFY(shop.links.view(token)->codeAllowed);
        shop.clock.advance(60'000);
        QVERIFY(shop.links.startCheck(token, 0));
        QCOMPARE(shop.links.sign(token, shop.sms.wrongDigits()).denied(), Denied::smsWrong);
        QVERIFY(shop.stateOf(third) == SealState::waiting);
        QVERIFY(shop.links.sign(token, shop.sms.digits()));
        QVERIFY(shop.stateOf(third) == SealState::active);
        QVERIFY(tests::isHidden(shop.ledger, {"13900139000"}));
    }

    void seal_afterTheLegalRepresentativeChanged_isNotAuthorisedByTheFormersNumber()
    {
        Workshop shop;
        const Id first = shop.made(SealKind::legalPerson), second = shop.made(SealKind::legalPerson);
        QVERIFY(shop.links.send(shop.admin, Purpose::legalSeal, first, Contact::phone, "13900139000"));
        QVERIFY(shop.links.startCheck(shop.token(), 1));
        QVERIFY(shop.links.sign(shop.token(), "", true));
        QVERIFY(shop.links.send(shop.admin, Purpose::legalSeal, second, Contact::phone, "13900139000"));
        QVERIFY(shop.links.view(shop.token())->codeAllowed);
        for (const LegalRow &next : {LegalRow{"王五", tests::kOtherIdNumber}, LegalRow{"李四", tests::kIdNumber}}) { // another, of whatever name
            shop.mustIn([&](auto &transaction) -> Verdict<void> {
                HUFU_TRY(company, loadCompany(transaction, shop.admin.company));
                return addCompany(transaction, shop.ports, shop.admin.company, company, CompanyKind::enterprise, next);
            });
            QVERIFY(!shop.links.view(shop.token())->codeAllowed);
            const auto before = shop.ledger.rows;
            QCOMPARE(shop.links.startCheck(shop.token(), 0).denied(), Denied::methodNotAllowed);
            QVERIFY(shop.ledger.rows == before);
        }
    }

    void seal_refusedThroughALink_canBeAskedForAgain()
    {
        Workshop shop;
        const Id seal = shop.made(SealKind::legalPerson);
        QVERIFY(shop.links.send(shop.admin, Purpose::legalSeal, seal, Contact::mail, "legal@example.cn"));
        const std::string &text = shop.mail.texts.back();
        const auto token = *fixedBytes<32>(*fromHex(text.substr(text.find('#') + 1, 64)));
        QVERIFY(shop.links.refuse(token));
        QVERIFY(shop.stateOf(seal) == SealState::refused);
        QVERIFY(shop.seals.askAgain(shop.admin, seal));
        const auto paper = shop.reviews.submit(shop.admin, Purpose::legalSeal, seal, bytesOf(viewOf("%PDF-1.7 paper")));
        QVERIFY(shop.reviews.judged(*paper, false, ReturnReason::signatureMissing));
        QVERIFY(shop.stateOf(seal) == SealState::waiting); // a better paper can follow
        const auto better = shop.reviews.submit(shop.admin, Purpose::legalSeal, seal, bytesOf(viewOf("%PDF-1.7 better")));
        QVERIFY(shop.reviews.judged(*better, true, ReturnReason::none));
        QVERIFY(shop.stateOf(seal) == SealState::active);
        // The history tells the paper from the link.
        const auto history = *shop.seals.history(shop.admin, seal);
        QCOMPARE(history.size(), std::size_t(4));
        QVERIFY(history[0].event == SealEvent::authorised && history[0].doer() == SealDoer::letter);
        QVERIFY(history[1].event == SealEvent::askedAgain && history[1].doer() == SealDoer::staff);
        QVERIFY(history[2].event == SealEvent::refused && history[2].doer() == SealDoer::legalLink);
    }

    // The very bytes of an entry of before 28 November 2026, which ended with the hash: which of the two it was is said of none.
    void sealEntry_ofBefore_isRead()
    {
        Workshop shop;
        const Id seal = shop.made(SealKind::legalPerson);
        QVERIFY(shop.links.send(shop.admin, Purpose::legalSeal, seal, Contact::phone, "13900139000"));
        QVERIFY(shop.links.startCheck(shop.token(), 1));
        QVERIFY(shop.links.sign(shop.token(), ""));
        QVERIFY(shop.seals.history(shop.admin, seal)->front().doer() == SealDoer::legalLink);
        Bytes &row = shop.ledger.rows.at({hufu::ports::Table::seal, rowKey('h', {shop.admin.company, seal, Writer().u64(2).bytes()})});
        const Bytes today = row;
        row.resize(row.size() - 2);
        const auto told = *shop.seals.history(shop.admin, seal);
        QVERIFY(told.size() == 2 && told.front().event == SealEvent::authorised && told.front().doer() == SealDoer::legalSide);
        row = Bytes(today.begin(), today.end() - 1);
        QCOMPARE(causeOf(shop.seals.history(shop.admin, seal)), Errc::badInput);
    }

    void seal_made_isConfirmedAndSignedByTheOperator()
    {
        Workshop shop;
        const SealRequest request{SealKind::company, 1, "4403001234567"};
        QVERIFY(shop.seals.ask(shop.admin, request));
        QCOMPARE(shop.sms.numbers.back(), std::string("13800138000")); // the administrator's own
        const std::string digits = shop.sms.digits();
        const auto seals = shop.seals.list(shop.admin)->size();
        // The code is for this very seal.
        QCOMPARE(shop.seals.make(shop.admin, {SealKind::finance, 1, "4403001234567"}, {digits, 0, {}}).denied(), Denied::smsWrong);
        QCOMPARE(shop.seals.make(shop.admin, request, {shop.sms.wrongDigits(), 0, {}}).denied(), Denied::smsWrong);
        shop.faces.live = false;
        QCOMPARE(shop.seals.make(shop.admin, request, shop.face()).denied(), Denied::livenessFailed);
        QCOMPARE(causeOf(shop.seals.make(shop.admin, request, {"", 7, {}})), Errc::badInput);
        QCOMPARE(shop.seals.list(shop.admin)->size(), seals);
        QVERIFY(shop.key.signedMessages.empty());
        QVERIFY(shop.seals.make(shop.admin, request, {digits, 0, {}}));
        QCOMPARE(shop.key.signedMessages.size(), std::size_t(1));
        QVERIFY(shop.seals.list(shop.admin)->front().confirmedBy == Mark::By::sms);
        QCOMPARE(shop.seals.make(shop.admin, request, {digits, 0, {}}).denied(), Denied::smsExpired); // a code makes one seal
    }

    // One number below the star, one seal: before anything is sent, and again when the seal is made.
    void seal_ofATakenNumber_isDenied()
    {
        Workshop shop;
        const SealRequest request{SealKind::company, 1, "4403001234567"}, other{SealKind::finance, 1, request.number};
        const Id first = Bench::must(shop.seals.make(shop.admin, request, shop.face()));
        for (const bool rests : {false, true}) {
            if (rests) QVERIFY(shop.seals.suspend(shop.admin, first));
            const auto seals = shop.seals.list(shop.admin)->size(), texts = shop.sms.numbers.size();
            for (const SealRequest &taken : {request, other}) {
                QCOMPARE(shop.seals.ask(shop.admin, taken).denied(), Denied::sealNumberTaken);
                QCOMPARE(shop.seals.startFace(shop.admin, taken, 1).denied(), Denied::sealNumberTaken);
                QCOMPARE(shop.seals.askShield(shop.admin, taken).denied(), Denied::sealNumberTaken);
                QCOMPARE(shop.seals.make(shop.admin, taken, shop.face()).denied(), Denied::sealNumberTaken);
            }
            QVERIFY(shop.seals.list(shop.admin)->size() == seals && shop.sms.numbers.size() == texts);
        }
        {
            auto transaction = std::move(*shop.ledger.begin()); // nor does the operator enter another one
            QCOMPARE(enterSeal(*transaction, shop.ports, shop.admin.company, other).denied(), Denied::sealNumberTaken);
        }
        QVERIFY(shop.seals.make(shop.admin, {SealKind::finance, 1, ""}, shop.face())); // none is nobody's
        QVERIFY(shop.seals.make(shop.admin, {SealKind::contract, 1, "4403001234568"}, shop.face()));
        QVERIFY(shop.seals.retire(shop.admin, first, shop.face()));
        QVERIFY(shop.seals.make(shop.admin, other, shop.face()));
    }

    void seal_outOfForm_isRefused()
    {
        Workshop shop;
        const auto before = shop.ledger.rows;
        for (const SealRequest &bad : {SealRequest{SealKind::company, 2, ""}, SealRequest{SealKind::legalPerson, 4, ""},
                                       SealRequest{SealKind::legalPerson, 0, ""}, SealRequest{SealKind(9), 1, ""},
                                       SealRequest{SealKind::company, 1, "123"}, SealRequest{SealKind::company, 1, "440300123456X"}}) {
            QCOMPARE(causeOf(shop.seals.ask(shop.admin, bad)), Errc::badInput);
            QCOMPARE(causeOf(shop.seals.make(shop.admin, bad, shop.face())), Errc::badInput);
        }
        QVERIFY(shop.ledger.rows == before);
    }

    void seal_retired_isConfirmedForThatSealAlone()
    {
        Workshop shop;
        const Id seal = shop.made(SealKind::company), other = shop.made(SealKind::finance);
        const auto before = shop.ledger.rows;
        QVERIFY(!shop.seals.retire(shop.admin, seal, {}));
        QVERIFY(!shop.seals.retire(shop.admin, seal, {"000000", 0, {}}));
        QVERIFY(shop.ledger.rows == before);
        QVERIFY(shop.seals.askRetirement(shop.admin, other));
        const std::string code = shop.sms.digits();
        QVERIFY(!shop.seals.retire(shop.admin, seal, {code, 0, {}})); // of another seal
        QVERIFY(shop.stateOf(seal) == SealState::active && shop.stateOf(other) == SealState::active);
        QVERIFY(shop.seals.retire(shop.admin, other, {code, 0, {}}));
        QVERIFY(shop.stateOf(other) == SealState::retired && shop.stateOf(seal) == SealState::active);
        const auto records = *audit::recordsOf(shop.ledger, shop.admin.company, 1, 1000);
        QVERIFY(records.back().entry.event == audit::Event::sealRetired && records.back().entry.subject == other);
        QVERIFY(records.back().entry.object == crypto::sm3({viewOf("retire a seal"), shop.admin.company, other}));
        const auto texts = shop.sms.numbers.size();
        QCOMPARE(causeOf(shop.seals.askRetirement(shop.admin, other)), Errc::badState); // it is retired already
        QCOMPARE(causeOf(shop.seals.startFaceForRetirement(shop.admin, other, 1)), Errc::badState);
        QCOMPARE(causeOf(shop.seals.askShieldForRetirement(shop.admin, other)), Errc::badState);
        QCOMPARE(causeOf(shop.seals.askRetirement(shop.admin, {9})), Errc::notFound);
        QCOMPARE(shop.sms.numbers.size(), texts);
    }

    void seal_byOthers_isDenied()
    {
        Workshop shop;
        shop.granted();
        const Actor staff{shop.admin.company, Bench::must(shop.staff.add(shop.admin, {{"乙", "13700137001", "", "X"}, role::kBidStaff, ""}))};
        const auto before = shop.ledger.rows;
        for (const Actor &actor : {staff, Actor{shop.admin.company, {9}}, Actor{{9}, shop.admin.person}}) {
            QCOMPARE(shop.seals.ask(actor, {}).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.make(actor, {}, shop.face()).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.suspend(actor, shop.seal).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.retire(actor, shop.seal, shop.face()).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.askRetirement(actor, shop.seal).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.startFaceForRetirement(actor, shop.seal, 1).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.askShieldForRetirement(actor, shop.seal).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.list(actor).denied(), Denied::roleMissing);
            QCOMPARE(shop.seals.history(actor, shop.seal).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.draft(actor, shop.terms()).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.change(actor, shop.id, shop.terms()).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.document(actor, shop.id).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.ask(actor, shop.id).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.grant(actor, shop.id, shop.seal, shop.face()).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.suspend(actor, shop.id).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.end(actor, shop.id).denied(), Denied::roleMissing);
            QCOMPARE(shop.sealGrants.list(actor).denied(), Denied::roleMissing);
        }
        QCOMPARE(shop.use(staff, shop.id, {1}).denied(), Denied::sealInactive); // somebody else's grant
        QCOMPARE(causeOf(shop.use({shop.admin.company, {9}}, shop.id, {1})), Errc::notFound);
        QCOMPARE(causeOf(shop.seals.suspend(shop.admin, {9})), Errc::notFound);
        QCOMPARE(causeOf(shop.sealGrants.end(shop.admin, {9})), Errc::notFound);
        QVERIFY(shop.ledger.rows == before);
        // A seal administrator may, an approver may look.
        const Actor keeper{shop.admin.company, Bench::must(shop.staff.add(shop.admin, {{"丙", "13700137002", "", "Y"}, role::kSealAdministrator, ""}, Administration::changes))};
        QVERIFY(shop.seals.make(keeper, {}, shop.face()));
        const Actor approver{shop.admin.company, Bench::must(shop.staff.add(shop.admin, {{"丁", "13700137003", "", "Z"}, role::kApprover, ""}))};
        QVERIFY(shop.seals.history(approver, shop.seal));
        QVERIFY(shop.sealGrants.list(approver) && shop.sealGrants.document(approver, shop.id) && shop.sealGrants.confirmation(approver, shop.id));
        QCOMPARE(shop.seals.retire(approver, shop.seal, shop.face()).denied(), Denied::roleMissing);
        QCOMPARE(shop.sealGrants.suspend(approver, shop.id).denied(), Denied::roleMissing);
        QCOMPARE(shop.sealGrants.confirmation(staff, shop.id).denied(), Denied::roleMissing);
    }

    // Of a grant what is signed is its document, which is kept as it was read; also once the grant has ended.
    void sealGrant_granted_hasItsConfirmation()
    {
        Workshop shop;
        shop.granted();
        const auto confirmed = shop.sealGrants.confirmation(shop.admin, shop.id);
        QVERIFY(confirmed);
        QCOMPARE(textOf(confirmed->statement), *shop.sealGrants.document(shop.admin, shop.id));
        QVERIFY(confirmed->signedBytes == shop.key.signedMessages.back());
        QVERIFY(sameBytes(ByteView(confirmed->signedBytes).last(32), crypto::sm3(confirmed->statement)));
        QVERIFY(shop.staff.change(shop.admin, shop.person, {{"新名", "13900139555", "", "N99"}, role::kBidStaff, ""}));
        const auto later = shop.sealGrants.confirmation(shop.admin, shop.id);
        QVERIFY(later->statement == confirmed->statement && later->signedBytes == confirmed->signedBytes && later->signature == confirmed->signature);
        QCOMPARE(*shop.sealGrants.document(shop.admin, shop.id), textOf(confirmed->statement));
        QVERIFY(tests::isHidden(shop.ledger, {"员工1"})); // whose name is in it
        QVERIFY(shop.sealGrants.ended(shop.admin)->empty());
        QVERIFY(shop.sealGrants.change(shop.admin, shop.id, shop.terms())); // a draft again: nobody has signed
        QCOMPARE(causeOf(shop.sealGrants.confirmation(shop.admin, shop.id)), Errc::notFound);
        QCOMPARE(causeOf(shop.seals.confirmation(shop.admin, {9})), Errc::notFound);
        QVERIFY(shop.sealGrants.document(shop.admin, shop.id)->find("新名") != std::string::npos); // what would be signed now
        QVERIFY(shop.sealGrants.end(shop.admin, shop.id));
        QVERIFY(shop.sealGrants.ended(shop.admin)->empty()); // it was granted once, but not with these terms
    }

    void sealGrant_thatEnded_isStillListedAndShown()
    {
        Workshop shop;
        shop.granted();
        const std::string text = *shop.sealGrants.document(shop.admin, shop.id);
        QVERIFY(shop.sealGrants.end(shop.admin, shop.id));
        QVERIFY(shop.sealGrants.list(shop.admin)->empty() && shop.sealGrants.ownOf(shop.user())->empty());
        const auto ended = *shop.sealGrants.ended(shop.admin);
        QCOMPARE(ended.size(), std::size_t(1));
        QVERIFY(ended.front().id == shop.id && ended.front().state == SealGrantState::ended && ended.front().grantedMs == shop.clock.wall);
        QVERIFY(shop.staff.change(shop.admin, shop.person, {{"新名", "13900139555", "", "N99"}, role::kBidStaff, ""}));
        QCOMPARE(*shop.sealGrants.document(shop.admin, shop.id), text);
        QCOMPARE(textOf(shop.sealGrants.confirmation(shop.admin, shop.id)->statement), text);
        QCOMPARE(shop.sealGrants.ended(shop.user()).denied(), Denied::roleMissing);
    }

    // Rows of before 27 November 2026 hold no text: it is made anew, and where it reads otherwise, only the hash is left.
    void sealGrant_rowOfBefore_isRead()
    {
        Workshop shop;
        shop.granted();
        const auto confirmed = *shop.sealGrants.confirmation(shop.admin, shop.id);
        Bytes &row = shop.ledger.rows.at({hufu::ports::Table::seal, rowKey('g', {shop.admin.company, shop.id})});
        std::size_t end = row.size() - 5; // where the text's length stands
        while (end > 0 && Reader(ByteView(row).subspan(end, 4)).u32() != row.size() - end - 4)
            --end;
        QVERIFY(end > 0);
        row.resize(end);
        QCOMPARE(textOf(shop.sealGrants.confirmation(shop.admin, shop.id)->statement), textOf(confirmed.statement));
        QVERIFY(shop.use(shop.user(), shop.id, {5}));
        QVERIFY(shop.staff.change(shop.admin, shop.person, {{"新名", "13900139555", "", "N99"}, role::kBidStaff, ""}));
        const auto later = shop.sealGrants.confirmation(shop.admin, shop.id);
        QVERIFY(later->statement.empty() && later->signedBytes == confirmed.signedBytes);
        QVERIFY(shop.sealGrants.suspend(shop.admin, shop.id));
        QVERIFY(shop.sealGrants.list(shop.admin)->front().state == SealGrantState::suspended);
    }

    // --- grants of a seal ---------------------------------------------------------------------------------------------

    void sealGrant_everyActInEveryState_movesByTheTable()
    {
        using State = SealGrantState;
        using Act = SealGrantAct;
        tests::StateTable<Workshop, State, Act> table;
        // change, grant, suspend, resume, end, use
        table.rows = {"12..4.",  // draft
                      "1.3.42",  // active
                      "1..24.",  // suspended
                      "......"}; // ended
        table.bringTo = [](Workshop &shop, State state) {
            shop.drafted();
            if (state != State::draft) Bench::must(shop.sealGrants.grant(shop.admin, shop.id, shop.seal, shop.face()));
            if (state == State::suspended) Bench::must(shop.sealGrants.suspend(shop.admin, shop.id));
            if (state == State::ended) Bench::must(shop.sealGrants.end(shop.admin, shop.id));
        };
        table.stateOf = [](Workshop &shop) { return shop.grantState(); };
        table.perform = [](Workshop &shop, Act act) -> Verdict<void> {
            switch (act) {
            case Act::change: return shop.sealGrants.change(shop.admin, shop.id, shop.terms());
            case Act::grant: return shop.sealGrants.grant(shop.admin, shop.id, shop.seal, shop.face());
            case Act::suspend: return shop.sealGrants.suspend(shop.admin, shop.id);
            case Act::resume: return shop.sealGrants.resume(shop.admin, shop.id);
            case Act::end: return shop.sealGrants.end(shop.admin, shop.id);
            case Act::use: {
                const auto done = shop.use(shop.user(), shop.id, {1}); // the person has a reason
                return done.denied() == Denied::sealInactive ? Verdict<void>(Error(Errc::badState, "not active")) : done;
            }
            }
            return {};
        };
        table.check(kSealGrantMoves);
    }

    void sealGrant_used_isInTheSealsHistory()
    {
        Workshop shop;
        shop.granted();
        QVERIFY(shop.use(shop.user(), shop.id, {7}));
        const auto history = shop.seals.history(shop.admin, shop.seal);
        using Event = SealEvent;
        const std::vector<Event> events = {Event::used, Event::granted, Event::used, Event::made}; // the second use: the stamp under the authorisation
        QCOMPARE(history->size(), events.size());
        for (std::size_t i = 0; i < events.size(); ++i)
            QVERIFY((*history)[i].event == events[i]);
        QVERIFY(history->front().document == (ByteArray<32>{7}));
        QVERIFY(history->front().person == shop.person);
        QVERIFY(history->front().grantedBy == shop.admin.person);
        QCOMPARE(history->front().purpose, std::string("投标文件盖章"));
        QCOMPARE(history->front().personName, std::string("员工1"));
        QCOMPARE(history->front().grantedByName, std::string("张三"));
        QCOMPARE((*history)[1].untilMs, shop.terms().untilMs);
        QCOMPARE((*history)[2].purpose, std::string("用印授权书"));
        QCOMPARE(history->back().byName, std::string("张三"));
        QCOMPARE(shop.seals.list(shop.admin)->front().uses, std::uint64_t(2));
    }

    // Whatever becomes of a grant is told where its seal is, also once the grant is gone and the person has left.
    void sealGrant_whateverBecomesOfIt_isInTheSealsHistory()
    {
        Workshop shop;
        shop.granted();
        QVERIFY(shop.sealGrants.suspend(shop.admin, shop.id));
        QVERIFY(shop.sealGrants.resume(shop.admin, shop.id));
        QVERIFY(shop.sealGrants.change(shop.admin, shop.id, shop.terms()));
        QVERIFY(shop.sealGrants.change(shop.admin, shop.id, shop.terms())); // of a draft: nobody had it
        QVERIFY(shop.sealGrants.grant(shop.admin, shop.id, shop.seal, shop.face()));
        QVERIFY(shop.sealGrants.end(shop.admin, shop.id));
        QVERIFY(shop.staff.remove(shop.admin, shop.person));
        QVERIFY(shop.seals.retire(shop.admin, shop.seal, shop.face()));
        using Event = SealEvent;
        const std::vector<Event> told = {Event::made, Event::used, Event::granted, Event::grantSuspended, Event::grantResumed, Event::grantChanged,
                                         Event::used, Event::granted, Event::grantEnded, Event::retired};
        const auto history = shop.seals.history(shop.admin, shop.seal);
        QCOMPARE(history->size(), told.size());
        for (std::size_t i = 0; i < told.size(); ++i)
            QVERIFY2((*history)[told.size() - 1 - i].event == told[i], std::to_string(i).c_str());
        for (const auto &entry : *history)
            QVERIFY(entry.event == Event::made || entry.event == Event::used || entry.event == Event::retired || entry.personName == "员工1");
        QCOMPARE(shop.seals.history(shop.admin, shop.seal, 3)->size(), std::size_t(3));
        std::vector<Event> paged; // as the page does
        for (std::uint64_t before = 0;;) {
            const auto page = Bench::must(shop.seals.history(shop.admin, shop.seal, 3, before));
            for (const auto &entry : page)
                paged.push_back(entry.event);
            if (page.back().number == 1) break;
            before = page.back().number;
        }
        QVERIFY(paged == std::vector<Event>(told.rbegin(), told.rend()));
        // A draft that is given up was no grant, and is no history.
        const Id other = shop.made(SealKind::finance);
        auto terms = shop.terms();
        terms.seal = other;
        terms.person = shop.admin.person;
        const Id draft = Bench::must(shop.sealGrants.draft(shop.admin, terms));
        QVERIFY(shop.sealGrants.end(shop.admin, draft));
        QCOMPARE(shop.seals.history(shop.admin, other)->size(), std::size_t(1));
    }

    void seal_face_isTheCompanysOrItsLegalRepresentatives()
    {
        Workshop shop;
        shop.seal = shop.made(SealKind::company);
        const Id legal = shop.made(SealKind::legalPerson);
        QVERIFY(*shop.seals.preview(shop.admin, {SealKind::finance, 1, "4201000000001"}) == (SealFace{SealKind::finance, 1, "甲建设有限公司", "4201000000001"}));
        QVERIFY(*shop.seals.face(shop.admin, shop.seal) == (SealFace{SealKind::company, 1, "甲建设有限公司", ""}));
        QVERIFY(*shop.seals.face(shop.admin, legal) == (SealFace{SealKind::legalPerson, 1, "李四", ""}));
        QCOMPARE(causeOf(shop.seals.preview(shop.admin, {SealKind::company, 2, ""})), Errc::badInput);
        QCOMPARE(causeOf(shop.seals.face(shop.admin, {9})), Errc::notFound);
        const Actor staff{shop.admin.company, shop.Bench::person(shop.admin, 3)};
        const auto before = shop.ledger.rows;
        QCOMPARE(shop.seals.preview(staff, {}).denied(), Denied::roleMissing);
        QCOMPARE(shop.seals.face(staff, shop.seal).denied(), Denied::roleMissing);
        QCOMPARE(shop.seals.electronic(staff, shop.seal, {1}).denied(), Denied::roleMissing);
        QCOMPARE(shop.seals.keepElectronic(staff, shop.seal, {1}, Bytes{1}).denied(), Denied::roleMissing);
        QCOMPARE(shop.sealGrants.accountsOf(staff, shop.seal).denied(), Denied::roleMissing);
        QCOMPARE(shop.staff.names(staff).denied(), Denied::roleMissing);
        QVERIFY(shop.ledger.rows == before);
    }

    void electronicSeal_namesWhoMayUseTheSealNow()
    {
        Workshop shop;
        shop.granted();
        QVERIFY(shop.sealGrants.accountsOf(shop.admin, shop.seal)->empty()); // no certificate yet
        shop.Bench::seat(shop.admin);
        const auto given = shop.grants.give(shop.admin, shop.person);
        QVERIFY(given);
        shop.activate(given->grant, GrantState::keyed);
        QVERIFY(shop.sealGrants.accountsOf(shop.admin, shop.seal)->empty());
        shop.activate(given->grant, GrantState::active);
        QCOMPARE(shop.sealGrants.accountsOf(shop.admin, shop.seal)->size(), std::size_t(1));
        QVERIFY(shop.sealGrants.suspend(shop.admin, shop.id));
        QVERIFY(shop.sealGrants.accountsOf(shop.admin, shop.seal)->empty());
        QVERIFY(shop.sealGrants.resume(shop.admin, shop.id));
        QVERIFY(shop.staff.disable(shop.admin, shop.person));
        QVERIFY(shop.sealGrants.accountsOf(shop.admin, shop.seal)->empty());
        QVERIFY(shop.staff.enable(shop.admin, shop.person));
        shop.clock.wall += tests::kDayMs;
        QVERIFY(shop.sealGrants.accountsOf(shop.admin, shop.seal)->empty()); // over
        QCOMPARE(causeOf(shop.sealGrants.accountsOf(shop.admin, {9})), Errc::notFound);

        QVERIFY(!*shop.seals.electronic(shop.admin, shop.seal, {1}));
        QVERIFY(*shop.seals.keepElectronic(shop.admin, shop.seal, {1}, Bytes{5}) == Bytes{5});
        QVERIFY(*shop.seals.keepElectronic(shop.admin, shop.seal, {1}, Bytes{6}) == Bytes{5}); // made of the same at the same time: the first counts
        QVERIFY(*shop.seals.electronic(shop.admin, shop.seal, {1}) == Bytes{5});
        QVERIFY(!*shop.seals.electronic(shop.admin, shop.seal, {2})); // of other makings
        QVERIFY(shop.seals.suspend(shop.admin, shop.seal));
        QCOMPARE(shop.seals.electronic(shop.admin, shop.seal, {1}).denied(), Denied::sealInactive);
        QCOMPARE(shop.seals.keepElectronic(shop.admin, shop.seal, {1}, Bytes{6}).denied(), Denied::sealInactive);
    }

    void sealGrant_outsideItsTime_isOver()
    {
        Workshop shop;
        shop.drafted();
        auto terms = shop.terms();
        terms.fromMs += tests::kDayMs;
        terms.untilMs = terms.fromMs + tests::kMinuteMs;
        QVERIFY(shop.sealGrants.change(shop.admin, shop.id, terms));
        QVERIFY(shop.sealGrants.grant(shop.admin, shop.id, shop.seal, shop.face()));
        shop.clock.wall = terms.fromMs - 1;
        const auto before = shop.ledger.rows;
        QCOMPARE(shop.use(shop.user(), shop.id, {1}).denied(), Denied::periodOver);
        QVERIFY(shop.ledger.rows == before);
        shop.clock.wall = terms.fromMs;
        QVERIFY(shop.use(shop.user(), shop.id, {1}));
        shop.clock.wall = terms.untilMs - 1;
        QVERIFY(shop.use(shop.user(), shop.id, {1}));
        shop.clock.wall = terms.untilMs;
        QCOMPARE(shop.use(shop.user(), shop.id, {1}).denied(), Denied::periodOver);
        QVERIFY(shop.sealGrants.list(shop.admin)->front().over);
    }

    // What a list calls usable can be used, and what it does not cannot.
    void sealGrant_whateverHindersIt_standsOnTheList()
    {
        using enum SealGrantStanding;
        Workshop shop;
        shop.drafted();
        const auto standing = [&] { return shop.sealGrants.list(shop.admin)->front().standing; };
        QVERIFY(standing() == draft);
        QVERIFY(shop.sealGrants.grant(shop.admin, shop.id, shop.seal, shop.face()));
        const std::int64_t from = shop.terms().fromMs, until = shop.terms().untilMs;
        const auto hindered = [&](SealGrantStanding is) { return standing() == is && shop.use(shop.user(), shop.id, {1}).denied(); };
        shop.clock.wall = from - 1;
        QVERIFY(hindered(early));
        shop.clock.wall = from;
        QVERIFY(standing() == usable && shop.use(shop.user(), shop.id, {1}));
        QVERIFY(shop.seals.suspend(shop.admin, shop.seal));
        QVERIFY(hindered(sealResting));
        QVERIFY(shop.seals.resume(shop.admin, shop.seal));
        QVERIFY(shop.staff.disable(shop.admin, shop.user().person));
        QVERIFY(hindered(personDisabled));
        QVERIFY(shop.staff.enable(shop.admin, shop.user().person));
        QVERIFY(shop.sealGrants.suspend(shop.admin, shop.id));
        QVERIFY(hindered(suspended));
        QVERIFY(shop.sealGrants.resume(shop.admin, shop.id));
        shop.clock.wall = until;
        QVERIFY(hindered(over));
        QVERIFY(shop.sealGrants.end(shop.admin, shop.id));
        QVERIFY(shop.sealGrants.ended(shop.admin)->front().standing == ended);
    }

    void sealGrant_usedForSomethingElse_isDenied_andNothingChanges()
    {
        Workshop shop;
        shop.granted();
        const auto before = shop.ledger.rows;
        for (const auto &change : std::vector<std::function<void(SealClaim &)>>{
                 [](SealClaim &c) { c.kind = SealKind::contract; }, [](SealClaim &c) { c.name += "司"; }, [](SealClaim &c) { c.purpose = "合同"; },
                 [](SealClaim &c) { c.projectName = "二标段"; }, [](SealClaim &c) { c.projectName.clear(); },
                 [](SealClaim &c) { c.style = 1, c.number += "1"; }, [](SealClaim &c) { c.style = 2; }}) {
            SealClaim claim = shop.claim();
            change(claim);
            QCOMPARE(shop.use(shop.user(), claim, {1}).denied(), Denied::sealNotForThis);
        }
        SealClaim other = shop.claim();
        other.grant = {9};
        QCOMPARE(shop.use(shop.user(), other, {1}).denied(), Denied::sealInactive);
        QVERIFY(shop.ledger.rows == before);
        SealClaim byNumber = shop.claim();
        byNumber.projectId = "一标段";
        byNumber.projectName = "某某大桥";
        const SealFace face = *shop.seals.face(shop.admin, shop.seal); // and with its picture as it is
        byNumber.style = face.style;
        byNumber.number = face.number;
        QVERIFY(shop.use(shop.user(), byNumber, {1}));
    }

    void usableSeals_areThoseOfNow()
    {
        Workshop shop;
        shop.granted();
        const auto usable = [&shop](const Actor &actor) { return Bench::must(usableSeals(*std::move(*shop.ledger.begin()), shop.ports, actor)); };
        QCOMPARE(usable(shop.user()).size(), std::size_t{1});
        QVERIFY(usable(shop.user())[0].grant == shop.id);
        QCOMPARE(usable(shop.user())[0].terms.purpose, std::string("投标文件盖章"));
        QVERIFY(usable(shop.admin).empty()); // hers it is not
        QVERIFY(shop.sealGrants.suspend(shop.admin, shop.id));
        QVERIFY(usable(shop.user()).empty());
        QVERIFY(shop.sealGrants.resume(shop.admin, shop.id));
        QVERIFY(shop.seals.suspend(shop.admin, shop.seal));
        QVERIFY(usable(shop.user()).empty());
        QVERIFY(shop.seals.resume(shop.admin, shop.seal));
        shop.clock.wall = shop.terms().untilMs;
        QVERIFY(usable(shop.user()).empty());
    }

    void sealGrant_ofASealThatRests_cannotBeUsed()
    {
        Workshop shop;
        shop.granted();
        QVERIFY(shop.seals.suspend(shop.admin, shop.seal));
        QCOMPARE(shop.use(shop.user(), shop.id, {1}).denied(), Denied::sealInactive);
        QVERIFY(shop.seals.resume(shop.admin, shop.seal));
        QVERIFY(shop.staff.disable(shop.admin, shop.person));
        QCOMPARE(shop.use(shop.user(), shop.id, {1}).denied(), Denied::staffInactive);
        QVERIFY(shop.staff.enable(shop.admin, shop.person));
        QVERIFY(shop.use(shop.user(), shop.id, {1}));
    }

    void sealGrant_termsOutOfForm_areDenied()
    {
        Workshop shop;
        shop.drafted();
        const auto before = shop.ledger.rows;
        for (int field = 0; field < 8; ++field) {
            auto terms = shop.terms();
            if (field == 0) terms.untilMs = terms.fromMs;
            if (field == 1) terms.fromMs += 1; // no whole minute
            if (field == 2) terms.untilMs += 999;
            if (field == 3) terms.fromMs = -tests::kMinuteMs;
            if (field == 4) terms.fromMs -= tests::kDayMs, terms.untilMs = terms.fromMs + tests::kMinuteMs; // over already
            if (field == 5) terms.purpose.clear();
            if (field == 6) terms.person = {9};
            if (field == 7) terms.seal = {9};
            const auto done = shop.sealGrants.draft(shop.admin, terms);
            if (field < 4) QCOMPARE(done.denied(), Denied::periodInvalid);
            if (field == 4) QCOMPARE(done.denied(), Denied::periodPast);
            if (field == 5) QCOMPARE(causeOf(done), Errc::badInput);
            if (field > 5) QCOMPARE(causeOf(done), Errc::notFound);
        }
        // What is signed must read as it is shown.
        for (const char *bad : {"   ", "\u3000", "a\u202eb", "a\u200b", "甲\n印章：企业公章"})
            for (auto field : {&SealTerms::purpose, &SealTerms::project}) {
                auto terms = shop.terms();
                terms.*field = bad;
                if (trimmed(bad).empty() && field == &SealTerms::project) continue; // none
                const auto done = shop.sealGrants.draft(shop.admin, terms);
                QCOMPARE(std::string(done.error().cause().what.text()), std::string(field == &SealTerms::purpose ? "purpose" : "project"));
            }
        auto terms = shop.terms();
        terms.untilMs = yearsLater(terms.fromMs, SealGrants::kYearsMost) + tests::kMinuteMs;
        QCOMPARE(shop.sealGrants.draft(shop.admin, terms).denied(), Denied::periodTooLong);
        QVERIFY(shop.ledger.rows == before);
        terms.untilMs -= tests::kMinuteMs;
        terms.purpose = " 盖章 ";
        const auto id = shop.sealGrants.draft(shop.admin, terms);
        QVERIFY(id && shop.sealGrants.document(shop.admin, *id)->find("用途：盖章\n") != std::string::npos);
    }

    void sealGrant_stampedWithAnotherSeal_isRefused()
    {
        Workshop shop;
        shop.drafted();
        const Id finance = shop.made(SealKind::finance);
        const auto before = shop.ledger.rows;
        QCOMPARE(causeOf(shop.sealGrants.grant(shop.admin, shop.id, finance, shop.face())), Errc::badInput);
        QCOMPARE(causeOf(shop.sealGrants.grant(shop.admin, shop.id, {9}, shop.face())), Errc::notFound);
        QVERIFY(shop.ledger.rows == before);
        QVERIFY(shop.seals.suspend(shop.admin, shop.seal));
        QCOMPARE(shop.sealGrants.grant(shop.admin, shop.id, shop.seal, shop.face()).denied(), Denied::sealInactive);
    }

    void sealGrant_confirmedByACode_isForThisDocument()
    {
        Workshop shop;
        shop.drafted();
        const auto text = shop.sealGrants.document(shop.admin, shop.id);
        for (const char *part : {"甲建设有限公司", "员工1", "企业公章", "投标文件盖章", "一标段", "2027-01-15 16:00 至 2027-01-16 16:00"})
            QVERIFY2(text->find(part) != std::string::npos, text->c_str());
        QVERIFY(shop.sealGrants.ask(shop.admin, shop.id));
        const std::string digits = shop.sms.digits();
        auto terms = shop.terms();
        terms.project = "二标段";
        QVERIFY(shop.sealGrants.change(shop.admin, shop.id, terms)); // resumed later, with other terms
        QCOMPARE(shop.sealGrants.grant(shop.admin, shop.id, shop.seal, {digits, 0, {}}).denied(), Denied::smsWrong);
        QVERIFY(shop.sealGrants.change(shop.admin, shop.id, shop.terms()));
        QVERIFY(shop.sealGrants.grant(shop.admin, shop.id, shop.seal, {digits, 0, {}}));
    }

    void sealGrant_changed_stopsUntilItIsGrantedAgain()
    {
        Workshop shop;
        shop.granted();
        QCOMPARE(shop.sealGrants.ownOf(shop.user())->size(), std::size_t(1));
        QVERIFY(shop.sealGrants.change(shop.admin, shop.id, shop.terms()));
        QCOMPARE(shop.use(shop.user(), shop.id, {1}).denied(), Denied::sealInactive);
        QCOMPARE(shop.sealGrants.ownOf(shop.user())->size(), std::size_t(0));
        QCOMPARE(shop.sealGrants.list(shop.admin)->size(), std::size_t(1));
        QCOMPARE(shop.staff.remove(shop.admin, shop.person).denied(), Denied::grantExists);
        QVERIFY(shop.sealGrants.end(shop.admin, shop.id));
        QVERIFY(shop.staff.remove(shop.admin, shop.person));
    }

    // --- staff from a list --------------------------------------------------------------------------------------------

    void list_read_namesTheFaultsByLine()
    {
        const auto list = parseStaffList("\xef\xbb\xbf姓名,手机号,工号,部门,角色\r\n"
                                         "王一,13900139001,1,投标部,投标员\r\n"
                                         "\"王,二\",13900139002,2,,管理员；\r\n"
                                         "王三,12,3,,审批人、印章管理员\n"
                                         "\n"
                                         "王四,13900139001,4,\"多\n行\",administrator; bid-staff\n"
                                         "王五\n"
                                         "王六,13900139006,6,,\n"
                                         "王七,13900139007\n"
                                         "王八,13900139008,,投标部\n"
                                         "王九,13900139009,9,,,x");
        QVERIFY(list);
        QCOMPARE(list->size(), std::size_t(9));
        const auto &people = *list;
        QCOMPARE(int(people[0].faults), 0);
        QCOMPARE(people[0].line, 2u);
        QCOMPARE(people[1].entry.person.name, std::string("王,二"));
        QCOMPARE(int(people[1].faults), int(listfault::kRoles)); // a full-width semicolon is none
        QCOMPARE(int(people[2].faults), int(listfault::kPhoneNumber));
        QCOMPARE(int(people[2].entry.roles), int(role::kApprover | role::kSealAdministrator));
        QCOMPARE(people[3].line, 6u);
        QCOMPARE(int(people[3].faults), int(listfault::kName | listfault::kTwice)); // a line break in the department
        QCOMPARE(int(people[3].entry.roles), int(role::kAdministrator | role::kBidStaff));
        QCOMPARE(people[4].line, 8u);
        QCOMPARE(int(people[4].faults), int(listfault::kColumns));
        QCOMPARE(int(people[5].entry.roles), int(role::kBidStaff));
        for (const std::size_t i : {std::size_t{6}, std::size_t{7}}) // without a staff number, and nobody is somebody else by it
            QVERIFY(people[i].faults == 0 && people[i].entry.person.staffNumber.empty() && people[i].entry.roles == role::kBidStaff);
        QCOMPARE(people[7].entry.department, std::string("投标部"));
        QCOMPARE(int(people[8].faults), int(listfault::kColumns));
    }

    // What a spreadsheet leaves: empty cells behind the last column, and rows of nothing but those.
    void list_emptyCellsAtTheEnd_areDropped()
    {
        const auto list = *parseStaffList(",,,,,,\n姓名,手机号,工号,部门,角色,,\n周九,13600136019,,,,,\n , ,,\n周十,13600136010,7,投标部,审批人, ,\r\n"
                                          "周一,13600136011,,,,,x\n周二,\n周三，13600136013\n周四\t13600136014");
        QCOMPARE(list.size(), std::size_t(6));
        QVERIFY(list[0].faults == 0 && list[0].line == 3 && list[0].entry.person.name == "周九" && list[0].entry.roles == role::kBidStaff);
        QVERIFY(list[1].faults == 0 && list[1].line == 5 && list[1].entry.department == "投标部" && list[1].entry.roles == role::kApprover);
        QVERIFY(list[2].faults == listfault::kColumns && list[2].text == "周一,13600136011,,,,,x"); // which is not nothing
        QCOMPARE(int(list[3].faults), int(listfault::kPhoneNumber));
        for (const std::size_t i : {std::size_t{4}, std::size_t{5}})
            QCOMPARE(int(list[i].faults), int(listfault::kColumns));
    }

    void list_rolesAsThePagesWriteThem_areTaken()
    {
        const auto rolesIn = [](const std::string &text) { return int(parseStaffList("x,13900139001,1,," + text)->front().entry.roles); };
        QCOMPARE(rolesIn("Bid staff;Approver"), int(role::kBidStaff | role::kApprover));
        QCOMPARE(rolesIn("SEAL ADMINISTRATOR; bid-staff"), int(role::kSealAdministrator | role::kBidStaff));
        QCOMPARE(rolesIn("印章管理员、投标员"), int(role::kSealAdministrator | role::kBidStaff));
        for (const char *bad : {"bid", "投标员x", "approver;"})
            QCOMPARE(rolesIn(bad), 0);
    }

    void list_brokenOrTooLong_isRefused()
    {
        for (const char *bad : {"a,\"b", "a\"b,c", "\"a\"b,c", "\"a\"\"b"})
            QVERIFY2(!parseStaffList(bad), bad);
        QVERIFY(parseStaffList("")->empty());
        QCOMPARE(parseStaffList("\"a\"\"b\",1,2,3,4")->front().entry.person.name, std::string("a\"b"));
        std::string text;
        for (std::size_t i = 0; i < kListMost; ++i)
            text += "x,13900139001,1,,\n";
        QCOMPARE(parseStaffList(text)->size(), kListMost);
        QVERIFY(!parseStaffList(text + "x,13900139001,1,,\n"));
    }

    void list_imported_addsAllOrNobody()
    {
        Workshop shop;
        const auto before = shop.ledger.rows;
        QCOMPARE(importStaff(shop.staff, shop.admin, "王一,13900139001,1,,\n王二,x,2,,\n").denied(), Denied::listInvalid);
        QCOMPARE(importStaff(shop.staff, shop.admin, "\"").denied(), Denied::listInvalid);
        QCOMPARE(importStaff(shop.staff, shop.admin, "王一,13900139001,1,,\n王二,13800138000,2,,\n").denied(), Denied::listInvalid);
        // Who could let anybody act for the company is confirmed, which a list is not.
        for (const char *roles : {"管理员", "印章管理员", "投标员、印章管理员"}) {
            const std::string list = "王一,13900139001,1,," + std::string(roles);
            QCOMPARE(int(previewStaff(shop.staff, shop.admin, list)->front().faults), int(listfault::kAdministrator));
            QCOMPARE(importStaff(shop.staff, shop.admin, list).denied(), Denied::listInvalid);
        }
        // The preview says which line it is, and what stands in one that has no columns.
        const auto seen = *previewStaff(shop.staff, shop.admin, "王一,13900139001,1,,\n王二,+86 138 0013 8000,2,,\n王三;13900139003\n");
        QCOMPARE(int(seen[0].faults), 0);
        QCOMPARE(int(seen[1].faults), int(listfault::kTaken));
        QVERIFY(seen[2].faults == listfault::kColumns && seen[2].text == "王三;13900139003" && seen[1].text.empty());
        QCOMPARE(previewStaff(shop.staff, shop.user(), "").denied(), Denied::roleMissing);
        QCOMPARE(previewStaff(shop.staff, shop.admin, "\"").denied(), Denied::listInvalid);
        QVERIFY(shop.ledger.rows == before);
        QCOMPARE(importStaff(shop.staff, shop.admin, "王一,13900139001,1,,\n王二,13900139002,2,,\n")->size(), std::size_t(2));
        QCOMPARE(shop.staff.list(shop.admin)->size(), std::size_t(3));
        QCOMPARE(importStaff(shop.staff, shop.admin, "王三,13900139003\n王四,13900139004\n")->size(), std::size_t(2));
        QCOMPARE(shop.staff.list(shop.admin)->size(), std::size_t(5));
    }
};

QTEST_GUILESS_MAIN(TestSeals)
#include "test_seals.moc"
