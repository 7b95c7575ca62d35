// What a company's acts ask for, and who administers it.
#include "shield/audit/log.h"
#include "shield/enterprise/administrators.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/policies.h"
#include "shield/enterprise/review.h"
#include "shield/enterprise/row.h"
#include "tests/shield/enterprise/bench.h"

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;

class TestRules : public QObject {
    Q_OBJECT

    struct Office : Bench {
        tests::MemoryServiceKey key;
        tests::MemoryFaces faces;
        tests::MemoryReviewDesk desk;
        Confirmations confirmations{ports, smsCodes, {{1, &faces}}, key, {{1, &identity}, {2, &identity}}};
        Policies policies{ports, confirmations};
        Administrators administrators{ports, confirmations};
        LegalLinks links{ports, smsCodes, sms, mail, {{1, &identity}}, key, "https://hufu.example/legal#"};
        Reviews reviews{ports, desk};
        Actor admin = verified();

        Proof face() const { return {"", 1, Bytes{1}}; }
        Actor one(int number, std::uint8_t roles = role::kBidStaff) { return {admin.company, person(admin, number, roles)}; }
        std::uint8_t rolesOf(const Id &id)
        {
            auto transaction = std::move(*ledger.begin());
            return loadPerson(*transaction, masterKey, id)->roles;
        }
        Factors stored()
        {
            auto transaction = std::move(*ledger.begin());
            const Policy policy = loadCompany(*transaction, admin.company)->policy;
            return {policy.activation, policy.login, policy.sign, policy.decrypt, policy.namedCiphertext};
        }
        LinkToken token() const
        {
            const std::string &text = sms.texts.back();
            return *fixedBytes<32>(*fromHex(text.substr(text.find('#') + 1, 64)));
        }
    };
    static Errc causeOf(const auto &verdict) { return verdict ? Errc{} : verdict.error().cause().code; }
    static constexpr Factors kStrict{kSms | kLiveness, kSms, kLiveness, kSms};

    static inline const Proof kByPage{"", 0, {}, true};

private Q_SLOTS:
    // On a page: the service is told whom to expect, and how it went counts once, for what it was begun for.
    void face_shownOnAPage_confirmsWhatItWasBegunFor()
    {
        Office office;
        using Outcome = ports::IdentityService::Outcome;
        QVERIFY(*office.confirmations.servicesFor(office.admin) == std::vector<std::uint8_t>({1, 2}));
        // Also with a number that was corrected since.
        QVERIFY(office.staff.change(office.admin, office.admin.person, {{"张三", "13700137099", "", ""}, role::kAdministrator, ""}, Administration::changes));
        QVERIFY(*office.confirmations.servicesFor(office.admin) == std::vector<std::uint8_t>({1, 2}));
        QCOMPARE(office.policies.change(office.admin, kStrict, kByPage).denied(), Denied::identityPending); // nothing begun
        const std::size_t asked = office.identity.asked.size();
        const auto task = office.policies.startFace(office.admin, kStrict, 2);
        QVERIFY(task && !task->address.empty());
        QCOMPARE(office.identity.asked.size(), asked + 1);
        QCOMPARE(office.identity.asked.back(), std::string("张三/") + tests::kIdNumber);
        QVERIFY(tests::isHidden(office.ledger, {tests::kIdNumber}));
        office.identity.next = Outcome::pending;
        const auto before = office.ledger.rows;
        QCOMPARE(office.policies.change(office.admin, kStrict, kByPage).denied(), Denied::identityPending);
        QVERIFY(office.ledger.rows == before);
        office.identity.next = Outcome::passed;
        QCOMPARE(office.policies.change(office.admin, Factors{kSms | kLiveness, 0, kSms, 0}, kByPage).denied(), Denied::identityPending); // another policy
        const Actor other = office.one(1, role::kAdministrator);
        const auto then = office.ledger.rows;
        QCOMPARE(office.policies.change(other, kStrict, kByPage).denied(), Denied::identityPending); // another person
        QVERIFY(office.ledger.rows == then && office.stored() == Factors{});
        QVERIFY(office.policies.change(office.admin, kStrict, kByPage));
        QVERIFY(office.stored() == kStrict);
        QCOMPARE(office.policies.change(office.admin, kStrict, kByPage).denied(), Denied::identityPending); // spent
        QVERIFY(audit::verify(office.ledger)->intact());
    }

    void face_failedOrLate_confirmsNothing()
    {
        Office office;
        using Outcome = ports::IdentityService::Outcome;
        QVERIFY(office.policies.startFace(office.admin, kStrict, 1));
        office.clock.advance(Confirmations::kFaceMs);
        QCOMPARE(office.policies.change(office.admin, kStrict, kByPage).denied(), Denied::identityPending);
        office.identity.next = Outcome::failed;
        for (int i = 0; i < Confirmations::kFaceFailures; ++i) {
            QVERIFY(office.policies.startFace(office.admin, kStrict, 1));
            QCOMPARE(office.policies.change(office.admin, kStrict, kByPage).denied(), Denied::livenessFailed);
            QCOMPARE(office.policies.change(office.admin, kStrict, kByPage).denied(), Denied::identityPending); // that one is over
        }
        office.identity.next = Outcome::passed;
        const auto before = office.ledger.rows;
        QCOMPARE(office.policies.startFace(office.admin, kStrict, 1).denied(), Denied::identityTooOften);
        QVERIFY(office.ledger.rows == before && office.stored() == Factors{});
        office.clock.advance(tests::kDayMs);
        QVERIFY(office.policies.startFace(office.admin, kStrict, 1));
        QVERIFY(office.policies.change(office.admin, kStrict, kByPage));
    }

    // The very bytes of a row of before 27 November 2026, which ended with the failures.
    void face_begunUnderAnEarlierVersion_counts()
    {
        Office office;
        QVERIFY(office.policies.startFace(office.admin, kStrict, 2));
        const auto key = std::pair(ports::Table::person, rowKey('f', {office.admin.company, office.admin.person}));
        const Bytes today = office.ledger.rows.at(key);
        const Bytes ending = *fromHex("09" "0000000000000000"); // nine failures, long ago
        const std::size_t before = today.size() - 9 - 9;
        QVERIFY(today[today.size() - 9] == 1); // begun once
        Bytes earlier(today.begin(), today.begin() + static_cast<std::ptrdiff_t>(before));
        earlier.insert(earlier.end(), ending.begin(), ending.end());
        office.ledger.rows[key] = earlier;
        QVERIFY(office.policies.change(office.admin, kStrict, kByPage));
        QVERIFY(office.stored() == kStrict);
        office.ledger.rows[key] = earlier;
        QVERIFY(office.policies.startFace(office.admin, kStrict, 1));
        QCOMPARE(office.ledger.rows.at(key)[office.ledger.rows.at(key).size() - 9], std::uint8_t(1)); // counted from now on
        office.ledger.rows[key] = Bytes(earlier.begin(), earlier.end() - 1);
        QCOMPARE(causeOf(office.policies.startFace(office.admin, kStrict, 1)), Errc::badInput);
    }

    // Each check is paid for: somebody who begins them without end is stopped for the day.
    void face_begunWithoutEnd_isStoppedForTheDay()
    {
        Office office;
        for (int i = 0; i < Confirmations::kFaceStarts; ++i)
            QVERIFY(office.policies.startFace(office.admin, kStrict, 1));
        const std::size_t asked = office.identity.asked.size();
        const auto before = office.ledger.rows;
        QCOMPARE(office.policies.startFace(office.admin, kStrict, 1).denied(), Denied::identityTooOften);
        QVERIFY(office.ledger.rows == before && office.identity.asked.size() == asked);
        office.clock.advance(tests::kDayMs);
        QVERIFY(office.policies.startFace(office.admin, kStrict, 1));
        QVERIFY(office.policies.change(office.admin, kStrict, kByPage));
    }

    // Only where the id number is known, which is the handling person's; and where the service is there.
    void face_ofWhomTheApplicationDoesNotKnow_isNotAsked()
    {
        Office office;
        const Actor other = office.one(1, role::kAdministrator);
        const auto before = office.ledger.rows;
        const std::size_t asked = office.identity.asked.size();
        QVERIFY(office.confirmations.servicesFor(other)->empty());
        QCOMPARE(office.administrators.startFace(other, office.admin.person, 1).denied(), Denied::methodNotAllowed);
        QCOMPARE(causeOf(office.administrators.startFace(office.admin, other.person, 9)), Errc::badInput);
        QCOMPARE(causeOf(office.administrators.startFace(office.admin, office.admin.person, 1)), Errc::badInput); // to oneself
        QCOMPARE(office.identity.asked.size(), asked);
        office.identity.down = true;
        QCOMPARE(causeOf(office.administrators.startFace(office.admin, other.person, 1)), Errc::unavailable);
        QVERIFY(office.ledger.rows == before);
        office.identity.down = false;
        QVERIFY(office.administrators.startFace(office.admin, other.person, 1));
        office.identity.down = true;
        const auto begun = office.ledger.rows;
        QCOMPARE(causeOf(office.administrators.handOver(office.admin, other.person, kByPage)), Errc::unavailable);
        QVERIFY(office.ledger.rows == begun);
        office.identity.down = false;
        QVERIFY(office.administrators.handOver(office.admin, other.person, kByPage));
        QVERIFY((office.rolesOf(office.admin.person) & role::kAdministrator) == 0);
    }

    // Whatever a person confirms: one message a minute unless it was used, and so many a day. Nothing else is sent, and nobody says it was.
    void code_forManyStatements_isSentOnceAMinute()
    {
        Office office;
        const auto ask = [&](int what) { return office.confirmations.ask(office.admin, viewOf(std::to_string(what))); };
        QVERIFY(ask(0));
        const auto sent = office.sms.texts.size();
        const auto before = office.ledger.rows;
        for (int what = 0; what < 25; ++what)
            QCOMPARE(ask(what).denied(), Denied::codeStillCounts);
        QCOMPARE(office.sms.texts.size(), sent);
        QVERIFY(office.ledger.rows == before);
        QVERIFY(office.confirmations.confirm(office.admin, Matter::seal, viewOf("0"), {office.sms.digits(), 0, {}}));
        for (int what = 1; what < Confirmations::kCodesInADay; ++what) {
            QVERIFY(ask(what)); // the one before was used
            QVERIFY(office.confirmations.confirm(office.admin, Matter::seal, viewOf(std::to_string(what)), {office.sms.digits(), 0, {}}));
        }
        QCOMPARE(ask(99).denied(), Denied::smsTooOften);
        QCOMPARE(office.sms.texts.size(), sent - 1 + Confirmations::kCodesInADay);
        office.clock.advance(tests::kDayMs);
        QVERIFY(ask(99));
    }

    // A code was sent, and then the face was shown: the code is spent, and the next act's is sent at once.
    void code_beforeAFace_isSpentByIt()
    {
        Office office;
        QVERIFY(office.confirmations.ask(office.admin, viewOf("one")));
        const std::string digits = office.sms.digits();
        QVERIFY(office.confirmations.confirm(office.admin, Matter::seal, viewOf("one"), office.face()));
        QCOMPARE(office.confirmations.confirm(office.admin, Matter::seal, viewOf("one"), {digits, 0, {}}).denied(), Denied::smsExpired);
        QVERIFY(office.confirmations.ask(office.admin, viewOf("two")));
        QVERIFY(office.confirmations.confirm(office.admin, Matter::seal, viewOf("two"), {office.sms.digits(), 0, {}}));
    }

    // Wrong digits count over all statements, so that a new one is no way to guess on.
    void code_guessedForManyStatements_isLockedForADay()
    {
        Office office;
        for (int round = 0; round < 3; ++round) {
            const std::string what = std::to_string(round);
            QVERIFY(office.confirmations.ask(office.admin, viewOf(what)));
            for (int i = 0; i < 5; ++i)
                QCOMPARE(office.confirmations.confirm(office.admin, Matter::seal, viewOf(what), {office.sms.wrongDigits(), 0, {}}).denied(), Denied::smsWrong);
            office.clock.advance(tests::kMinuteMs);
        }
        QCOMPARE(office.confirmations.ask(office.admin, viewOf("3")).denied(), Denied::smsTooOften);
        office.clock.advance(tests::kDayMs);
        QVERIFY(office.confirmations.ask(office.admin, viewOf("3")));
    }

    void policy_tightened_holdsAndCanGoBackToWhatEverybodyHas()
    {
        Office office;
        QVERIFY(office.policies.view(office.admin)->asked == Factors{});
        QVERIFY(office.policies.ask(office.admin, kStrict));
        const std::string digits = office.sms.digits();
        QCOMPARE(office.policies.change(office.admin, Factors{kSms | kLiveness, 0, kSms, 0}, {digits, 0, {}}).denied(), Denied::smsWrong); // another policy
        QVERIFY(office.stored() == Factors{});
        QVERIFY(office.policies.change(office.admin, kStrict, {digits, 0, {}}));
        QVERIFY(office.stored() == kStrict);
        QVERIFY(office.policies.view(office.admin)->asked == kStrict);
        QVERIFY(office.policies.view(office.admin)->least == Factors{});
        QVERIFY(office.policies.change(office.admin, Factors{}, office.face()));
        QVERIFY(office.stored() == Factors{});
    }

    // Neither stricter nor laxer: it comes and goes, and is part of what is confirmed.
    void policy_thatNamesCiphertexts_canBeTakenBack()
    {
        Office office;
        Factors named;
        named.namedCiphertext = true;
        QVERIFY(office.policies.ask(office.admin, named));
        const std::string digits = office.sms.digits();
        QCOMPARE(office.policies.change(office.admin, Factors{}, {digits, 0, {}}).denied(), Denied::smsWrong); // another policy
        QVERIFY(office.policies.change(office.admin, named, {digits, 0, {}}));
        QVERIFY(office.stored() == named && office.policies.view(office.admin)->asked == named && office.policies.view(office.admin)->least == Factors{});
        QVERIFY(office.policies.change(office.admin, Factors{}, office.face()));
        QVERIFY(office.stored() == Factors{});
    }

    void policy_laxerThanEverybodys_isDenied()
    {
        Office office;
        const auto before = office.ledger.rows;
        for (const Factors &lax : {Factors{kSms, 0, 0, 0}, Factors{kLiveness, 0, 0, 0}, Factors{0, kSms, kSms, kSms}}) {
            QCOMPARE(office.policies.ask(office.admin, lax).denied(), Denied::policyTooLax);
            QCOMPARE(office.policies.change(office.admin, lax, office.face()).denied(), Denied::policyTooLax);
        }
        for (const Factors &other : {Factors{kSms | kLiveness | 1, 0, 0, 0}, Factors{kSms | kLiveness, 0, 8, 0}})
            QCOMPARE(causeOf(office.policies.change(office.admin, other, office.face())), Errc::badInput);
        QVERIFY(office.ledger.rows == before);
    }

    // An operator's word is not undone by a page, and a page does not come back to less than it has left.
    void policy_enteredWithLess_staysAndIsRaisedForGood()
    {
        Office office;
        office.mustIn([&](auto &transaction) -> Verdict<void> {
            HUFU_TRY(company, loadCompany(transaction, office.admin.company));
            company.policy.activation = kSms;
            return saveRow(transaction, hufu::ports::Table::company, office.admin.company, company);
        });
        QVERIFY((office.policies.view(office.admin)->least == Factors{kSms, 0, 0, 0}));
        QVERIFY(office.policies.change(office.admin, Factors{kSms, kSms, 0, 0}, office.face()));
        QVERIFY(office.policies.change(office.admin, Factors{kSms | kLiveness, 0, 0, 0}, office.face()));
        QCOMPARE(office.policies.change(office.admin, Factors{kSms, 0, 0, 0}, office.face()).denied(), Denied::policyTooLax);
    }

    void policy_byOthers_isDenied()
    {
        Office office;
        const Actor approver = office.one(1, role::kApprover);
        const auto before = office.ledger.rows;
        QVERIFY(office.policies.view(approver)); // it is asked of everybody
        for (const Actor &actor : {approver, Actor{office.admin.company, {9}}, Actor{{9}, office.admin.person}}) {
            QCOMPARE(office.policies.ask(actor, kStrict).denied(), Denied::roleMissing);
            QCOMPARE(office.policies.change(actor, kStrict, office.face()).denied(), Denied::roleMissing);
        }
        QCOMPARE(office.policies.view({{9}, office.admin.person}).denied(), Denied::roleMissing);
        office.faces.live = false;
        QCOMPARE(office.policies.change(office.admin, kStrict, office.face()).denied(), Denied::livenessFailed);
        QVERIFY(office.ledger.rows == before);
    }

    void administrator_handsOver_isOneNoMore()
    {
        Office office;
        const Actor next = office.one(1), other = office.one(2, role::kAdministrator | role::kApprover);
        QVERIFY(office.administrators.ask(office.admin, next.person));
        QVERIFY(office.administrators.handOver(office.admin, next.person, {office.sms.digits(), 0, {}}));
        QCOMPARE(office.rolesOf(next.person), std::uint8_t{role::kAdministrator | role::kBidStaff});
        QCOMPARE(office.rolesOf(other.person), std::uint8_t{role::kAdministrator | role::kApprover}); // stays
        QCOMPARE(office.rolesOf(office.admin.person) & role::kAdministrator, 0);
        QVERIFY(office.rolesOf(office.admin.person) != 0);
        QCOMPARE(office.policies.change(office.admin, kStrict, office.face()).denied(), Denied::roleMissing);
        QCOMPARE(office.administrators.list(office.admin)->size(), std::size_t(2));
    }

    // As of the policy: the record names what was confirmed, so that who has the file of that can tell which act it allowed.
    void administrator_changed_isRecordedWithWhatWasConfirmed()
    {
        Office office;
        Actor admin = office.admin;
        const auto last = [&] { return audit::recordsOf(office.ledger, office.admin.company, 1, 1000)->back().entry; };
        const auto isOfTheNewest = [&](const audit::Entry &entry) {
            const auto newest = Bench::must(office.confirmations.list(admin, {}, 1)).front().id;
            const Bytes bytes = Bench::must(office.confirmations.kept(admin, newest)).signedBytes;
            office.clock.advance(tests::kMinuteMs);
            return entry.object != ByteArray<32>{} && sameBytes(ByteView(bytes).last(32), entry.object);
        };
        const Id second = Bench::must(office.administrators.apply(admin, {{}, {{"乙", "13700137001", "", ""}, role::kAdministrator, ""}}, office.face()));
        QVERIFY(last().event == audit::Event::staffAdded && last().subject == second && isOfTheNewest(last()));
        QVERIFY(office.administrators.apply(admin, {second, {{"乙", "13700137002", "", ""}, role::kAdministrator, ""}}, office.face()));
        QVERIFY(last().event == audit::Event::staffChanged && isOfTheNewest(last()));
        for (const StaffAct act : {StaffAct::disable, StaffAct::enable}) {
            const auto confirmed = Bench::must(office.administrators.confirmStanding(admin, {second, act}, office.face()));
            QVERIFY(act == StaffAct::disable ? office.staff.disable(admin, second, confirmed) : office.staff.enable(admin, second, confirmed));
            QVERIFY(last().event == (act == StaffAct::disable ? audit::Event::staffDisabled : audit::Event::staffEnabled) && isOfTheNewest(last()));
        }
        const Id next = office.one(1).person;
        QVERIFY(last().event == audit::Event::staffAdded && last().object == ByteArray<32>{}); // of no administrator: nothing was confirmed
        QVERIFY(office.administrators.handOver(admin, next, office.face()));
        admin.person = next;
        QVERIFY(last().event == audit::Event::administratorChanged && last().subject == next && isOfTheNewest(last()));
        const auto confirmed = Bench::must(office.administrators.confirmStanding(admin, {second, StaffAct::remove}, office.face()));
        QVERIFY(office.staff.remove(admin, second, confirmed));
        QVERIFY(last().event == audit::Event::staffRemoved && isOfTheNewest(last()));
    }

    void administrator_handingOverToWhoCannot_isRefused()
    {
        Office office;
        const Actor staff = office.one(1), disabled = office.one(2);
        QVERIFY(office.staff.disable(office.admin, disabled.person));
        const auto before = office.ledger.rows;
        QCOMPARE(causeOf(office.administrators.handOver(office.admin, office.admin.person, office.face())), Errc::badInput);
        QCOMPARE(causeOf(office.administrators.handOver(office.admin, {9}, office.face())), Errc::notFound);
        QCOMPARE(office.administrators.handOver(office.admin, disabled.person, office.face()).denied(), Denied::staffInactive);
        QCOMPARE(office.administrators.ask(office.admin, disabled.person).denied(), Denied::staffInactive);
        for (const Actor &actor : {staff, Actor{office.admin.company, {9}}, Actor{{9}, office.admin.person}}) {
            QCOMPARE(office.administrators.ask(actor, staff.person).denied(), Denied::roleMissing);
            QCOMPARE(office.administrators.handOver(actor, office.admin.person, office.face()).denied(), Denied::roleMissing);
        }
        QVERIFY(office.ledger.rows == before);
    }

    // Nobody who could hand over is left: the legal representative names the next one, with his face.
    void administrator_byTheLegalRepresentative_takesThePlaceOfAll()
    {
        Office office;
        const Actor next = office.one(1), other = office.one(2, role::kAdministrator), disabled = office.one(3, role::kAdministrator);
        QVERIFY(office.staff.disable(office.admin, disabled.person, Administration::changes));
        const auto link = office.links.send(next, Purpose::administrator, next.person, Contact::phone, "13900139000");
        QVERIFY(link);
        QCOMPARE(*office.links.stateOf(next, *link), LinkState::sent);
        const auto view = office.links.view(office.token());
        QVERIFY(view->purpose == Purpose::administrator && !view->codeAllowed);
        QCOMPARE(causeOf(office.links.sealFace(office.token())), Errc::notFound); // it is for no seal
        QCOMPARE(view->successor, std::string("员工1"));
        QCOMPARE(office.links.startCheck(office.token(), 0).denied(), Denied::methodNotAllowed); // a number that the person typed proves nothing
        QVERIFY(office.links.startCheck(office.token(), 1));
        QVERIFY(office.links.sign(office.token(), ""));
        QCOMPARE(office.rolesOf(next.person), std::uint8_t{role::kAdministrator | role::kBidStaff});
        QCOMPARE(office.rolesOf(office.admin.person) & role::kAdministrator, 0);
        QCOMPARE(office.rolesOf(other.person), std::uint8_t{role::kBidStaff});
        QVERIFY(office.staff.enable(next, disabled.person));
        QCOMPARE(office.rolesOf(disabled.person), std::uint8_t{role::kBidStaff}); // and does not come back as one
        QCOMPARE(office.administrators.list(next)->size(), std::size_t(1));
        QCOMPARE(office.links.view(office.token()).denied(), Denied::linkInvalid); // once
    }

    void administrator_linkByOrForTheWrongPerson_isRefused()
    {
        Office office;
        const Actor staff = office.one(1), other = office.one(2);
        auto before = office.ledger.rows;
        const auto send = [&](const Actor &actor, Purpose purpose, const Id &subject) {
            return office.links.send(actor, purpose, subject, Contact::phone, "13900139000");
        };
        QCOMPARE(send(staff, Purpose::administrator, other.person).denied(), Denied::roleMissing); // for oneself alone
        QCOMPARE(send(staff, Purpose::authenticate, {}).denied(), Denied::roleMissing);
        QCOMPARE(send({{9}, staff.person}, Purpose::administrator, staff.person).denied(), Denied::roleMissing);
        QCOMPARE(causeOf(send(office.admin, Purpose::administrator, office.admin.person)), Errc::badState); // is one already
        QCOMPARE(causeOf(send(office.admin, Purpose::administrator, {9})), Errc::notFound);
        QCOMPARE(causeOf(office.reviews.submit(office.admin, Purpose::administrator, staff.person, viewOf("%PDF-1.7"))), Errc::badInput);
        QVERIFY(office.ledger.rows == before);

        const auto link = send(staff, Purpose::administrator, staff.person);
        QVERIFY(link);
        before = office.ledger.rows;
        QCOMPARE(office.links.stateOf(other, *link).denied(), Denied::roleMissing);
        QCOMPARE(office.links.withdraw(other, *link).denied(), Denied::roleMissing);
        QVERIFY(office.ledger.rows == before);
        // Who has left meanwhile is made nothing any more.
        QVERIFY(office.links.startCheck(office.token(), 1));
        QVERIFY(office.staff.disable(office.admin, staff.person));
        before = office.ledger.rows;
        QCOMPARE(causeOf(office.links.sign(office.token(), "")), Errc::badState);
        QVERIFY(office.ledger.rows == before);
        QVERIFY(office.links.refuse(office.token()));
        QCOMPARE(office.rolesOf(staff.person), std::uint8_t{role::kBidStaff});
    }

    void administrator_ofACompanyThatIsNotVerified_isNotChangedByALink()
    {
        Office office;
        const Actor staff = office.one(1);
        office.mustIn([&](auto &transaction) -> Verdict<void> {
            HUFU_TRY(standing, loadStanding(transaction, office.admin.company));
            standing.state = StandingState::unverified;
            return saveRow(transaction, hufu::ports::Table::company, rowKey('s', {office.admin.company}), standing);
        });
        const auto before = office.ledger.rows;
        QCOMPARE(causeOf(office.links.send(staff, Purpose::administrator, staff.person, Contact::phone, "13900139000")), Errc::badState);
        QCOMPARE(office.policies.change(office.admin, kStrict, office.face()).denied(), Denied::companyUnverified);
        QVERIFY(office.ledger.rows == before);
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "test_rules.moc"
