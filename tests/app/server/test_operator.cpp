// The operator's words: what each changes, what it refuses, and that it is written down.
#include "gateway_rig.h"

#include "app/server/desk_api.h"
#include "app/server/operator.h"
#include "shield/crypto/sealed_box.h"
#include "shield/crypto/sm2.h"
#include "shield/intent/tbs.h"
#include "shield/phone/account_fetch.h"
#include "shield/phone/desk_fetch.h"
#include "shield/sessions/desk_rows.h"
#include "shield/x509/sm2_der.h"
#include "tests/support/failing_ledger.h"

using namespace hufu;
using namespace hufu::tests;
using audit::Event;
using catalogue::Code;
using nlohmann::ordered_json;
using server::Said;

namespace {

struct Office : GatewayRig {
    server::Operator desk{services, "hufu://activate?host=h&port=1"};
    RigPhone phone{*this};

    Office()
    {
        if (phone.activate().show != Show::done) qFatal("not activated");
        if (phone.enrolDesk().show != Show::done) qFatal("not enrolled");
        clock.advance(2 * 86'400'000);
    }
    Said say(std::string word, std::vector<std::string> arguments = {}, bool checked = true)
    {
        server::Options options;
        options.word = std::move(word);
        options.arguments = std::move(arguments);
        options.identityChecked = checked;
        return desk.say(options);
    }
    ordered_json said(const std::string &word, std::vector<std::string> arguments = {})
    {
        const Said answer = say(word, std::move(arguments));
        if (const auto *code = std::get_if<Code>(&answer)) qFatal("refused: HF-%d", static_cast<int>(*code));
        const auto &lines = std::get<0>(answer);
        return lines.empty() ? ordered_json() : lines.front();
    }
    std::string signSerial()
    {
        const auto device = said("devices"); // both certificates, in no order of their own
        for (const auto &certificate : device["certificates"])
            if (certificate["use"] == "sign") return certificate["serial"];
        qFatal("no sign certificate");
    }
    int refusal(const std::string &word, std::vector<std::string> arguments = {}, bool checked = true)
    {
        const Said answer = say(word, std::move(arguments), checked);
        const auto *code = std::get_if<Code>(&answer);
        return code == nullptr ? 0 : static_cast<int>(*code);
    }
    std::string account() { return toHex(phone.acct()); }
    // That the operator did this to the person's phone stands in its company's log, and once.
    bool companyReads(Event event)
    {
        const auto records = *audit::recordsOf(ledger, demo.company, 1, 10'000);
        const auto person = enterprise.holderOf(phone.acct())->personId;
        const auto is = [&](const audit::Record &record) { return record.entry.event == event && record.entry.subject == person; };
        const auto isOperators = [&](const audit::Record &record) { return is(record) && record.entry.who.by == audit::By::operatorSide; };
        return std::ranges::count_if(records, is) == 1 && std::ranges::count_if(records, isOperators) == 1;
    }
    // What the desk is answered by GET /desk/v1/name.
    ordered_json ask(const std::string &name)
    {
        net::Request request;
        request.method = "GET";
        request.target = request.path = "/desk/v1/" + name;
        const std::string time = std::to_string(clock.unixMs()), empty = toHex(crypto::sm3(ByteView()));
        const auto signature = deskKey.sign(viewOf("HUFU-DESK-1\nGET\n" + request.target + "\n" + time + "\n" + empty));
        request.headers = {{"hufu-desk", toHex(deskId)}, {"hufu-time", time}, {"hufu-signature", toHex(signature)}};
        net::Router router;
        server::Routes routes(router, log, clock);
        server::DeskApi api(services);
        api.add(routes);
        net::Response answer;
        router.find(request.method, request.path).route->handler(request, [&](net::Response response) { answer = std::move(response); });
        clock.advance(1); // the same request would be one made before
        return ordered_json::parse(textOf(answer.body));
    }
    // Whether any 64 bytes of a row are the signature that an activation code is made of.
    bool tells(const enterprise::ActivationCode &code)
    {
        for (const auto &[key, row] : ledger.rows)
            for (std::size_t at = 0; at + 64 <= row.size(); ++at)
                if (intent::vouchedCode(*fixedBytes<64>(ByteView(row).subspan(at, 64))) == code) return true;
        return false;
    }
    // A grant for another phone of the same person, who takes it.
    void renew(RigPhone &before, RigPhone &next)
    {
        demo.code = *fixedBytes<16>(*fromHex(said("next-grant", {toHex(before.acct())})["code"].get<std::string>()));
        if (next.activate().show != Show::done) qFatal("not activated");
        clock.advance(60'000);
    }
    // What the desk gets of a bid that was sealed for that phone; empty, if the phone did not open it.
    std::string opened(RigPhone &by, int *code = nullptr)
    {
        const std::string_view key = "the key of a bid";
        const Bytes der = *x509::sm2CipherDer(*crypto::sm2Encrypt(*cosigner->device(by.acct())->encrypt.point.sm2(), viewOf(key), random));
        const auto box = crypto::BoxKey::generate(random);
        const auto started = start(R"({"act":"decrypt","deskKey":")" + toHex(box.publicKey()) + R"(","files":[{"name":"bid.hufu","size":)" +
                                   std::to_string(der.size()) + R"(,"sm3":")" + toHex(crypto::sm3(der)) + R"("}]})");
        if (!sessions.attachTbs({sessions::OriginKind::desk, deskId}, started.token, 0, der)) qFatal("no ciphertext");
        phone::Approval flow(by.environment);
        const auto step = by.approve(flow, frameOf(started));
        if (code != nullptr) *code = codeOf(step);
        const auto view = look(started.token);
        if (view.sealed.empty()) return {};
        const auto plain = crypto::openBox(box, view.sealed.front().sealed);
        return plain ? textOf(plain->expose()) : std::string();
    }
    phone::Step logIn(RigPhone &from)
    {
        const auto started = start(R"({"act":"login"})");
        phone::Approval flow(from.environment);
        return from.approve(flow, frameOf(started));
    }
};

} // namespace

class TestOperator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void devices_listsWhatTheOtherWordsNeed()
    {
        Office office;
        const auto device = office.said("devices");
        QCOMPARE(device["account"].get<std::string>(), office.account());
        QCOMPARE(device["state"].get<std::string>(), std::string("active"));
        QCOMPARE(device["certificates"].size(), std::size_t{2});
        QCOMPARE(device["desks"][0]["desk"].get<std::string>(), toHex(office.deskId));
        QCOMPARE(std::get<0>(office.say("devices")).size(), std::size_t{1});
    }

    void word_ofNothingThatIsThere_isNotFound_andChangesNothing()
    {
        Office office;
        const auto before = office.ledger.rows;
        for (const char *word : {"freeze", "unfreeze", "recover", "revoke", "renew-seat", "next-grant", "remove-desk"})
            for (const char *argument : {"00112233445566778899aabbccddeeff", "", "x", "0011"})
                QCOMPARE(office.refusal(word, {argument}), 103);
        QVERIFY(office.ledger.rows == before);
    }

    void word_withoutTheIdentityCheck_isRefused_andChangesNothing()
    {
        Office office;
        QVERIFY(office.said("freeze", {office.account()})["state"] == "frozen");
        const auto before = office.ledger.rows;
        for (const char *word : {"unfreeze", "recover", "next-grant"})
            QCOMPARE(office.refusal(word, {office.account()}, false), 801);
        QVERIFY(office.ledger.rows == before);
    }

    void word_thatDoesNotFitTheState_isRefused()
    {
        Office office;
        const auto before = office.ledger.rows;
        QCOMPARE(office.refusal("unfreeze", {office.account()}), 800);
        QCOMPARE(office.refusal("recover", {office.account()}), 800);
        QVERIFY(office.ledger.rows == before);
        office.said("freeze", {office.account()});
        QCOMPARE(office.refusal("freeze", {office.account()}), 800);
    }

    void freeze_thenUnfreeze_isSeenByThePhone_andAudited()
    {
        Office office;
        office.said("freeze", {office.account()});
        QCOMPARE(codeOf(office.logIn(office.phone)), 302);
        const auto answer = office.said("unfreeze", {office.account()});
        QCOMPARE(answer["state"].get<std::string>(), std::string("active"));
        QCOMPARE(answer["tries"].get<int>(), 3);
        QCOMPARE(office.logIn(office.phone).show, Show::done);
        QCOMPARE(office.countOf(office.phone.acct(), Event::deviceFrozen), std::size_t{1});
        QCOMPARE(office.countOf(office.phone.acct(), Event::deviceUnfrozen), std::size_t{1});
        QVERIFY(office.companyReads(Event::deviceFrozen) && office.companyReads(Event::deviceUnfrozen) && !office.companyReads(Event::recoveryOpened));
    }

    void revoke_aCertificate_stopsLogIns_andIsAuditedOnce()
    {
        Office office;
        const std::string serial = office.signSerial();
        office.said("revoke", {serial});
        QCOMPARE(codeOf(office.logIn(office.phone)), 601);
        QCOMPARE(office.refusal("revoke", {serial}), 800);
        QCOMPARE(office.countOf(office.phone.acct(), Event::certificateRevoked), std::size_t{1});
        QVERIFY(office.companyReads(Event::certificateRevoked));
        const auto list = office.authority.revocationList(office.clock.unixMs());
        QVERIFY(list && list->find(*fromHex(serial)));
    }

    void removeDesk_makesItUnknown_andIsAudited()
    {
        Office office;
        const std::string digest(64, '1'); // moc loses its way in a raw string behind an equals sign
        const auto sign = "{\"act\":\"sign\",\"form\":\"cms\",\"files\":[{\"name\":\"a\",\"size\":1,\"sm3\":\"" + digest + "\"}]}";
        const auto started = office.start(sign);
        QCOMPARE(office.said("remove-desk", {toHex(office.deskId)})["holders"].get<int>(), 1);
        phone::Approval flow(office.phone.environment);
        QCOMPARE(codeOf(office.phone.approve(flow, office.frameOf(started))), 215);
        QCOMPARE(office.refusal("remove-desk", {toHex(office.deskId)}), 103);
        QCOMPARE(office.countOf(office.phone.acct(), Event::deskRemoved), std::size_t{1});
        QVERIFY(office.companyReads(Event::deskRemoved));
    }

    void renewSeat_givesTheDaysFromNow()
    {
        Office office;
        office.clock.advance(364 * std::int64_t{86'400'000});
        QCOMPARE(codeOf(office.logIn(office.phone)), 409);
        const auto answer = office.said("renew-seat", {office.account()});
        QCOMPARE(answer["seatUntilMs"].get<std::int64_t>(), office.clock.wall + 365 * std::int64_t{86'400'000});
        QCOMPARE(codeOf(office.logIn(office.phone)), 609); // the certificate is a year old, too
        QCOMPARE(office.countOf((*office.enterprise.holderOf(office.phone.acct())).companyId, Event::seatRenewed),
                 std::size_t{1});
    }

    void appoint_somebodyOfACompanyThatIsLockedOut_replacesItsAdministrators()
    {
        Office office;
        const auto holder = *office.enterprise.holderOf(office.phone.acct());
        const std::string code = holder.company.creditCode, number = "13700137009";
        const auto rolesOf = [&](const enterprise::Id &person) {
            const auto transaction = std::move(*office.ledger.begin());
            return enterprise::loadPerson(*transaction, office.masterKey, person)->roles;
        };
        QVERIFY((rolesOf(holder.personId) & enterprise::role::kAdministrator) != 0);
        const auto before = office.ledger.rows;
        QCOMPARE(office.refusal("appoint", {code, "王五", number}, false), 801);
        QCOMPARE(office.refusal("appoint", {"91110108MA01A2B3CX", "王五", number}), 103);
        QVERIFY(office.refusal("appoint", {code, "", number}) != 0);
        QVERIFY(office.refusal("appoint", {code, "王五", "1"}) != 0);
        QCOMPARE(office.refusal("appoint", {code, "王五", holder.person.phoneNumber}), 763); // the number is another's
        QVERIFY(office.ledger.rows == before);

        const auto appointed = *fromHex(office.said("appoint", {code, "王五", number})["administrator"].get<std::string>());
        const enterprise::Id person = *fixedBytes<16>(appointed);
        QCOMPARE(rolesOf(person), static_cast<std::uint8_t>(enterprise::role::kAdministrator | enterprise::role::kBidStaff));
        QVERIFY((rolesOf(holder.personId) & enterprise::role::kAdministrator) == 0);
        const auto records = *audit::recordsOf(office.ledger, holder.companyId, 1, 10'000);
        QVERIFY(std::ranges::any_of(records, [&](const audit::Record &record) {
            return record.entry.event == Event::administratorChanged && record.entry.subject == person && record.entry.who.by == audit::By::operatorSide;
        }));
        // One of the staff is not added again.
        office.said("appoint", {code, holder.person.name, holder.person.phoneNumber});
        QVERIFY((rolesOf(holder.personId) & enterprise::role::kAdministrator) != 0 && (rolesOf(person) & enterprise::role::kAdministrator) == 0);
    }

    void raiseRestoreEpoch_isAuditedInTheRootChain()
    {
        Office office;
        QCOMPARE(office.said("raise-restore-epoch")["restoreEpoch"].get<int>(), 1);
        QCOMPARE(office.said("raise-restore-epoch")["restoreEpoch"].get<int>(), 2);
        QCOMPARE(office.countOf(audit::kRootChain, Event::restoreEpochRaised), std::size_t{2});
        QVERIFY(audit::verify(office.ledger)->intact());
    }

    // The certificate is over: new keys on another phone, and the old phone still opens.
    void nextGrant_isTakenOverByTheNewPhone_andTheOldOneOpensOnly()
    {
        Office office;
        office.clock.advance(363 * std::int64_t{86'400'000});
        office.said("renew-seat", {office.account()});
        office.clock.advance(2 * std::int64_t{86'400'000});
        QCOMPARE(codeOf(office.logIn(office.phone)), 609);
        const auto first = office.said("next-grant", {office.account()});
        const auto second = office.said("next-grant", {office.account()}); // the first code is void
        QVERIFY(second["code"] != first["code"]);
        QCOMPARE(second["activation"].get<std::string>(),
                 "hufu://activate?host=h&port=1&code=" + second["code"].get<std::string>());
        RigPhone next(office);
        office.demo.code = *fixedBytes<16>(*fromHex(first["code"].get<std::string>()));
        QCOMPARE(codeOf(next.activate()), 400);
        QCOMPARE(codeOf(office.logIn(office.phone)), 609); // still has its seat
        office.demo.code = *fixedBytes<16>(*fromHex(second["code"].get<std::string>()));
        RigPhone fresh(office);
        QCOMPARE(fresh.activate().show, Show::done);
        QCOMPARE(codeOf(office.logIn(office.phone)), 409);
        QCOMPARE(office.refusal("next-grant", {office.account()}), 800);
        const auto holder = *office.enterprise.holderOf(office.phone.acct());
        QVERIFY(!*office.acts.barOf(holder, intent::Act::decrypt));
        QVERIFY(!*office.acts.barOf(*office.enterprise.holderOf(fresh.acct()), intent::Act::login));
        QCOMPARE(std::get<0>(office.say("devices")).size(), std::size_t{2});
    }

    // The old phone vouches for the new one with PIN and SMS; both have the code from the signature alone.
    void vouch_activatesTheNextKeys_andTheOldOnesOpenOnly()
    {
        Office office;
        office.clock.advance(363 * std::int64_t{86'400'000});
        office.said("renew-seat", {office.account()});
        office.clock.advance(2 * std::int64_t{86'400'000}); // the certificate is over: it can still vouch
        phone::Approval flow(office.phone.environment);
        office.phone.run(flow, flow.begin(intent::Act::vouch));
        QCOMPARE(office.phone.run(flow, flow.approve()).show, Show::sms);
        QVERIFY(!flow.next());
        QCOMPARE(office.phone.run(flow, flow.smsCode(office.gateway.digits())).show, Show::pin);
        QCOMPARE(codeOf(office.phone.run(flow, flow.pin(pinOf("258036")))), 300);
        QVERIFY(!flow.next());
        QCOMPARE(office.phone.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
        QVERIFY(flow.next());
        QCOMPARE(phone::ActivationLink::parse(flow.next()->text())->code, flow.next()->code);
        QVERIFY(!office.tells(flow.next()->code)); // who reads the database does not have it
        const auto history = office.phone.vault.history();
        QVERIFY(history && history->front().act == "vouch" && history->front().signatures.empty()); // the code comes of the signature
        office.demo.code = flow.next()->code;
        RigPhone fresh(office);
        QCOMPARE(fresh.activate().show, Show::done);
        QVERIFY(!*office.acts.barOf(*office.enterprise.holderOf(fresh.acct()), intent::Act::login));
        QVERIFY(!*office.acts.barOf(*office.enterprise.holderOf(office.phone.acct()), intent::Act::decrypt));
        phone::Approval again(office.phone.environment); // its seat is the new one's
        QCOMPARE(codeOf(office.phone.run(again, again.begin(intent::Act::vouch))), 409);
        QVERIFY(audit::verify(office.ledger)->intact());
    }
    void desk_ofBothKeysOfAPerson_signsWithTheNewer_andOpensWithBoth()
    {
        Office office;
        office.demo.code = *fixedBytes<16>(*fromHex(office.said("next-grant", {office.account()})["code"].get<std::string>()));
        RigPhone fresh(office);
        QCOMPARE(fresh.activate().show, Show::done);
        QCOMPARE(office.ask("certificates")["holders"].size(), std::size_t{1});
        QVERIFY(office.ask("certificates")["holders"][0]["sign"].is_null()); // the old keys alone know this desk: they open
        QVERIFY(office.ask("colleagues")["code"] == "HF-205"); // and for anything else the newer ones have to enrol it
        QVERIFY(office.ask("seals")["code"] == "HF-205");

        QCOMPARE(fresh.enrolDesk().show, Show::done);
        const auto holders = office.ask("certificates")["holders"];
        QCOMPARE(holders.size(), std::size_t{2});
        const auto newest = office.authority.findByHolder(fresh.acct());
        QVERIFY(std::ranges::any_of(*newest, [&](const auto &record) { return holders[0]["sign"] == record.certificate.pem(); }));
        QVERIFY(holders[1]["sign"].is_null() && holders[1]["encrypt"].is_null());
        QCOMPARE(holders[1]["opening"].size(), std::size_t{1});
        QCOMPARE(office.ask("colleagues")["holders"].size(), std::size_t{1});
        const auto sealer = office.ask("colleagues")["holders"][0];
        QCOMPARE(sealer["colleagues"].size(), std::size_t{1}); // one person, named once
        QVERIFY(sealer["root"] == office.authority.root().pem() && sealer["issuing"] == office.authority.issuing().pem());
        QCOMPARE(office.ask("seals")["holders"].size(), std::size_t{1});

        // Enrolled anew by the newer keys alone, it opens with the old ones, too.
        office.said("remove-desk", {toHex(office.deskId)});
        QCOMPARE(fresh.enrolDesk().show, Show::done);
        QVERIFY(office.ask("certificates")["holders"][1]["opening"] == holders[1]["opening"]);
        QCOMPARE(office.ask("certificates")["holders"].size(), std::size_t{2});

        const auto started = office.start(R"({"act":"login"})");
        phone::Approval old(office.phone.environment), flow(fresh.environment);
        QCOMPARE(codeOf(office.phone.approve(old, office.frameOf(started))), 409);
        QCOMPARE(office.look(started.token).state, sessions::State::waiting);
        QCOMPARE(fresh.approve(flow, office.frameOf(started)).show, Show::done);
    }
    // The computer of before is gone, and a computer that newer keys alone have enrolled opens what was sealed for the older ones, however
    // often they were renewed.
    void bid_ofOldKeys_isOpenedAtADeskThatNewerOnesEnrolled()
    {
        Office office;
        RigPhone middle(office), newest(office);
        office.renew(office.phone, middle);
        office.said("remove-desk", {toHex(office.deskId)});
        QCOMPARE(middle.enrolDesk().show, Show::done);
        QCOMPARE(office.opened(office.phone), std::string("the key of a bid"));
        office.renew(middle, newest);
        QCOMPARE(office.opened(office.phone), std::string("the key of a bid"));
        QCOMPARE(office.opened(middle), std::string("the key of a bid"));
        QVERIFY(std::ranges::any_of(office.ask("certificates")["holders"], [&](const auto &holder) { return holder["account"] == office.account(); }));
        // The keys of now open at what they have enrolled themselves.
        int code = 0;
        QVERIFY(office.opened(newest, &code).empty());
        QCOMPARE(code, 215);
        office.said("remove-desk", {toHex(office.deskId)});
        QCOMPARE(newest.enrolDesk().show, Show::done);
        for (RigPhone *one : {&office.phone, &middle, &newest})
            QCOMPARE(office.opened(*one), std::string("the key of a bid"));
    }
    // By the keys of now it is removed for those of before as well, whose phone may lie in a drawer.
    void desk_removedByTheNewerKeys_isGoneForTheFormerOnes()
    {
        Office office;
        RigPhone fresh(office);
        office.renew(office.phone, fresh);
        const auto desks = [](RigPhone &of) {
            phone::DeskFetch list(of.environment);
            return of.run(list, list.start()).show == Show::done ? list.desks().size() : std::size_t(99);
        };
        QCOMPARE(desks(fresh), std::size_t(1)); // that the former keys have enrolled
        QCOMPARE(fresh.enrolDesk().show, Show::done);
        QCOMPARE(desks(fresh), std::size_t(1));
        // The former phone removes for itself alone.
        phone::DeskFetch own(office.phone.environment);
        QCOMPARE(office.phone.run(own, own.start(office.deskId)).show, Show::done);
        QCOMPARE(desks(office.phone), std::size_t(0));
        QCOMPARE(desks(fresh), std::size_t(1));
        QVERIFY(!office.opened(office.phone).empty()); // by what the newer ones know

        office.clock.advance(60'000);
        RigPhone newest(office);
        office.renew(fresh, newest);
        QCOMPARE(newest.enrolDesk().show, Show::done);
        const auto started = office.start(R"({"act":"login"})");
        phone::DeskFetch removal(newest.environment);
        QCOMPARE(newest.run(removal, removal.start(office.deskId)).show, Show::done);
        QVERIFY(removal.desks().empty());
        QCOMPARE(desks(fresh), std::size_t(0));
        QCOMPARE(office.sessions.entriesOf(office.deskId).error().code, Errc::notFound);
        QCOMPARE(office.sessions.startFromDesk(office.deskId, viewOf(std::string_view(R"({"act":"login"})")), "later").error().code, Errc::notFound);
        QCOMPARE(office.countOf(fresh.acct(), Event::deskRemoved), 1U);
        QCOMPARE(office.countOf(newest.acct(), Event::deskRemoved), 1U);
        phone::Approval flow(fresh.environment);
        QCOMPARE(codeOf(fresh.approve(flow, office.frameOf(started))), 409); // nor anything else
    }
    void vouch_ofARevokedCertificate_isRefused()
    {
        Office office;
        office.said("revoke", {office.signSerial()});
        const auto before = office.ledger.rows;
        phone::Approval flow(office.phone.environment);
        QCOMPARE(codeOf(office.phone.run(flow, flow.begin(intent::Act::vouch))), 601);
        QVERIFY(!flow.next());
        QVERIFY(office.ledger.rows == before);
    }

    // What stops an act is known before one is tried, and costs no try.
    void account_asked_saysWhatWouldStopAnAct()
    {
        using wire::DeviceState;
        Office office;
        const auto state = [&office](RigPhone &phone) {
            phone::AccountFetch fetch(phone.environment);
            return phone.run(fetch, fetch.start()).show == Show::done ? fetch.state() : wire::AccountState{DeviceState::pending, 99, 99, 99, 999, 0, 99, 99, {}};
        };
        auto said = state(office.phone);
        QVERIFY(said.state == DeviceState::active && said.tries == 10 && said.failures == 0 && said.retryAfter == 0 && said.bar == 0);
        QVERIFY(said.desks == 1 && said.waiting == 0 && said.seatUntilMs > office.clock.unixMs());

        phone::Approval wrong(office.phone.environment);
        QCOMPARE(office.phone.untilPin(wrong, office.frameOf(office.start(R"({"act":"login"})"))).show, Show::pin);
        for (int i = 0; i < 3; ++i)
            static_cast<void>(office.phone.run(wrong, wrong.pin(pinOf("258036"))));
        said = state(office.phone);
        QVERIFY(said.state == DeviceState::active && said.tries == 7 && said.failures == 3 && said.retryAfter == 60);
        office.clock.advance(60'000);
        QCOMPARE(state(office.phone).retryAfter, 0U);
        QCOMPARE(office.logIn(office.phone).show, Show::done);
        QCOMPARE(int(state(office.phone).failures), 0);

        office.said("freeze", {office.account()});
        QVERIFY(state(office.phone).state == DeviceState::frozen && state(office.phone).tries == 0);
        office.said("unfreeze", {office.account()});
        QVERIFY(state(office.phone).state == DeviceState::active);

        office.said("remove-desk", {toHex(office.deskId)});
        QCOMPARE(int(state(office.phone).desks), 0);
        office.clock.advance(366 * std::int64_t{86'400'000});
        QCOMPARE(int(state(office.phone).bar), 409);
        office.said("renew-seat", {office.account()});
        QCOMPARE(int(state(office.phone).bar), 609);

        Office other;
        other.said("revoke", {other.signSerial()});
        QCOMPARE(int(state(other.phone).bar), 601);
        RigPhone copy(other);
        copy.store.files = other.phone.store.files;
        other.opened(other.phone);
        other.opened(copy); // with a chain that is not the server's any more
        QVERIFY(state(other.phone).state == DeviceState::cloned);
    }
    // Nobody but the server that knows the device can have said it, and not on another connection.
    void account_answeredWithoutTheDevicesMac_isNotBelieved()
    {
        Office office;
        phone::AccountFetch heard(office.phone.environment);
        QVERIFY(heard.start());
        RigConnection connection(office);
        const Bytes greeting = *connection.take();
        connection.send(heard.receive(greeting)->send.at(0));
        const Bytes answer = *connection.take();
        QVERIFY(heard.receive(answer)->show == Show::done);

        phone::AccountFetch replayed(office.phone.environment);
        QVERIFY(replayed.start());
        RigConnection another(office);
        QVERIFY(replayed.receive(*another.take()));
        QVERIFY(replayed.receive(answer)->show == Show::stopped); // of another connection
        for (const std::size_t at : {std::size_t(3), std::size_t(4), answer.size() - 1}) {
            phone::AccountFetch changed(office.phone.environment);
            QVERIFY(changed.start());
            QVERIFY(changed.receive(greeting));
            Bytes spoilt = answer;
            spoilt[at] ^= 1;
            const auto step = changed.receive(spoilt);
            QVERIFY(step->show == Show::stopped && step->problem && changed.state() == wire::AccountState());
        }
        // Nor is anything told without the phone's own key.
        RigConnection stranger(office);
        static_cast<void>(stranger.take());
        wire::AccountQuery forged;
        forged.acct = office.phone.acct();
        stranger.send(wire::encode(forged));
        QVERIFY(!stranger.take() && stranger.isClosed());
    }
    // A server of before answers that it does not know the question.
    void account_askedOfAServerOfBefore_saysNothing()
    {
        Office office;
        phone::AccountFetch fetch(office.phone.environment);
        QVERIFY(fetch.start());
        QVERIFY(fetch.receive(wire::encode(wire::Greeting())));
        const auto step = fetch.receive(wire::encode(wire::Failure{Errc::badInput, 100, 0}));
        QVERIFY(step->show == Show::stopped && step->close);
        QCOMPARE(codeOf(*step), 100);
    }

    // The person's own word: under the PIN, in one with the signature, and told in the company's log as theirs.
    void revocation_byThePerson_endsTheCertificates_andTheKeysOpenOn()
    {
        Office office;
        const auto before = office.countOf(office.phone.acct(), Event::certificateRevoked);
        phone::Approval flow(office.phone.environment);
        QCOMPARE(office.phone.run(flow, flow.begin(intent::Act::revoke)).show, Show::approve);
        QCOMPARE(flow.request()->manifest.act, intent::Act::revoke);
        QCOMPARE(office.phone.run(flow, flow.approve()).show, Show::pin);
        QCOMPARE(codeOf(office.phone.run(flow, flow.pin(pinOf("258036")))), 300);
        QCOMPARE(office.countOf(office.phone.acct(), Event::certificateRevoked), before); // a wrong PIN revokes nothing
        QCOMPARE(office.phone.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
        QCOMPARE(office.countOf(office.phone.acct(), Event::certificateRevoked), before + 2);
        const auto records = office.authority.findByHolder(office.phone.acct());
        QVERIFY(records && records->size() == 2);
        for (const auto &record : *records)
            QVERIFY(record.revocation && record.revocation->reason == x509::Reason::unspecified);
        const auto holder = *office.enterprise.holderOf(office.phone.acct());
        const auto log = audit::recordsOf(office.ledger, holder.companyId, 1, 1000);
        const auto isTold = [&holder](const audit::Record &record) {
            return record.entry.event == Event::certificateRevoked && record.entry.who == audit::Who{audit::By::person, holder.personId};
        };
        QCOMPARE(std::ranges::count_if(*log, isTold), std::ptrdiff_t(2));
        QCOMPARE(office.phone.vault.history()->front().act, std::string("revoke"));
        QVERIFY(office.phone.vault.history()->front().approved);

        QCOMPARE(codeOf(office.logIn(office.phone)), 601);
        phone::Approval again(office.phone.environment);
        QCOMPARE(codeOf(office.phone.run(again, again.begin(intent::Act::revoke))), 601);
        QCOMPARE(office.opened(office.phone), std::string("the key of a bid"));
        QVERIFY(audit::verify(office.ledger)->intact());
    }
    void revocation_refusedByThePerson_changesNothing()
    {
        Office office;
        phone::Approval flow(office.phone.environment);
        QCOMPARE(office.phone.run(flow, flow.begin(intent::Act::revoke)).show, Show::approve);
        QCOMPARE(office.phone.run(flow, flow.refuse(wire::RefuseReason::person)).show, Show::refused);
        const auto records = office.authority.findByHolder(office.phone.acct());
        for (const auto &record : *records)
            QVERIFY(!record.revocation);
        QCOMPARE(office.logIn(office.phone).show, Show::done);
    }
    // The seat is over, and the phone is sold: the certificate can still be revoked.
    void revocation_onAnEndedSeat_isDone()
    {
        Office office;
        server::Options ends;
        ends.word = "renew-seat";
        ends.arguments = {office.account()};
        ends.days = 0;
        QVERIFY(office.desk.say(ends).index() == 0);
        phone::Approval flow(office.phone.environment);
        QCOMPARE(office.phone.run(flow, flow.begin(intent::Act::revoke)).show, Show::approve);
        QCOMPARE(office.phone.run(flow, flow.approve()).show, Show::pin);
        QCOMPARE(office.phone.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
    }

    void nextGrant_onAnEndedSeat_isRefused()
    {
        Office office;
        office.clock.advance(365 * std::int64_t{86'400'000});
        const auto before = office.ledger.rows;
        QCOMPARE(office.refusal("next-grant", {office.account()}), 409);
        QVERIFY(office.ledger.rows == before);
    }

    // Whatever fails, an act and its record in the company's log come together or not at all; no recovery code is lost.
    void word_whoseRecordCannotBeWritten_isNotDone()
    {
        struct Case {
            std::string word;
            bool isCloned;
        };
        for (const Case &one : {Case{"freeze", false}, Case{"recover", true}, Case{"remove-desk", false}}) {
            Office office;
            if (one.isCloned) {
                RigPhone copy(office);
                copy.store.files = office.phone.store.files;
                QCOMPARE(office.logIn(office.phone).show, Show::done);
                QCOMPARE(codeOf(office.logIn(copy)), 303);
            }
            const std::string argument = one.word == "remove-desk" ? toHex(office.deskId) : office.account();
            const Event event = one.word == "freeze" ? Event::deviceFrozen : one.word == "recover" ? Event::recoveryOpened : Event::deskRemoved;
            FailingLedger failing(office.ledger);
            const auto cosigner = *cosigner::Cosigner::start(
                {failing, office.masterKey, office.epochKeys, office.random, office.clock, nullptr,
                 server::auditedNotices(office.clock, {}, enterprise::noteOfAccount)});
            enterprise::Enterprise enterprise(failing, office.masterKey, office.random, office.clock, office.smsCodes, {}, office.watch);
            sessions::Sessions sessions(failing, office.masterKey, office.random, office.clock, office.smsCodes, {}, enterprise::noteOfAccount);
            server::Services services{failing,    office.random, office.clock, *cosigner,       sessions,      enterprise,
                                      office.authority, office.log,    office.watchers, office.bidBook, office.sealBook};
            server::Operator desk(services, "");
            server::Options options;
            options.word = one.word;
            options.arguments = {argument};
            options.identityChecked = true;
            const auto before = office.ledger.rows;
            int failures = 0;
            for (int call = 1;; ++call) {
                failing.failAt(call);
                const Said answer = desk.say(options);
                const bool hasFailed = failing.hasFailed();
                failing.heal();
                if (!hasFailed) {
                    QVERIFY(std::holds_alternative<std::vector<ordered_json>>(answer));
                    if (one.isCloned) QVERIFY(!std::get<0>(answer).front()["code"].get<std::string>().empty());
                    break;
                }
                QVERIFY(std::holds_alternative<Code>(answer));
                QVERIFY(office.ledger.rows == before);
                ++failures;
            }
            QVERIFY(failures > 4); // both records and the commit among them
            QVERIFY(office.companyReads(event));
            QVERIFY(audit::verify(office.ledger)->intact());
        }
    }

    // Whoever has the stolen phone for a minute, and its PIN, has a code; it dies with the phone. The operator's own code stays.
    void freeze_voidsWhatThePhoneHasVouchedFor()
    {
        Office office;
        const auto vouched = [&] {
            phone::Approval flow(office.phone.environment);
            office.phone.run(flow, flow.begin(intent::Act::vouch));
            office.phone.run(flow, flow.approve());
            office.phone.run(flow, flow.smsCode(office.gateway.digits()));
            if (office.phone.run(flow, flow.pin(pinOf(RigPhone::kPin))).show != Show::done) qFatal("not vouched");
            return flow.next()->code;
        };
        office.demo.code = vouched();
        office.said("freeze", {office.account()});
        RigPhone thief(office);
        QCOMPARE(codeOf(thief.activate()), 400);
        office.said("unfreeze", {office.account()});
        QCOMPARE(codeOf(thief.activate()), 400); // for good
        QCOMPARE(office.countOf(office.demo.company, Event::grantEnded), std::size_t{1});
        QCOMPARE(office.logIn(office.phone).show, Show::done);

        office.demo.code = *fixedBytes<16>(*fromHex(office.said("next-grant", {office.account()})["code"].get<std::string>()));
        office.said("freeze", {office.account()});
        RigPhone next(office);
        QCOMPARE(next.activate().show, Show::done);
        QVERIFY(!*office.acts.barOf(*office.enterprise.holderOf(next.acct()), intent::Act::login));
        QVERIFY(audit::verify(office.ledger)->intact());
    }

    // The same where a copy is found; and what was begun with the code, up to its keys, ends with it.
    void clone_voidsWhatThePhoneHasVouchedFor_howeverFarItHasGot()
    {
        Office office;
        RigPhone copy(office);
        copy.store.files = office.phone.store.files;
        enterprise::ActivationCode code{};
        std::ranges::fill(code, std::uint8_t{7});
        const auto open = [&](auto act) {
            auto transaction = std::move(*office.ledger.begin());
            const auto done = act(*transaction);
            return done && transaction->commit();
        };
        QVERIFY(open([&](auto &transaction) { return office.enterprise.openNextGrant(transaction, office.phone.acct(), code); }));
        const auto proof = [&]() -> std::optional<enterprise::EnrolAccepted> {
            const auto terms = office.enterprise.enrolStart(code, office.demo.phoneNumber);
            if (!terms || !std::holds_alternative<enterprise::EnrolTerms>(*terms)) return std::nullopt;
            const auto done = office.enterprise.enrolProof(code, {office.gateway.digits(), std::get<0>(*terms).agreements, 1, Bytes{1}});
            return done && std::holds_alternative<enterprise::EnrolAccepted>(*done) ? std::optional(std::get<0>(*done)) : std::nullopt;
        };
        const auto accepted = proof();
        QVERIFY(accepted.has_value());
        const auto acct = accepted->holder.acct;
        QVERIFY(open([&](auto &transaction) { return office.enterprise.useTicket(transaction, acct, accepted->ticket); }));
        QCOMPARE(office.logIn(office.phone).show, Show::done);
        QCOMPARE(codeOf(office.logIn(copy)), 303);
        auto transaction = std::move(*office.ledger.begin());
        QCOMPARE(office.enterprise.confirmActivation(*transaction, acct).error().code, Errc::notFound);
        transaction.reset();
        QCOMPARE(office.enterprise.checkTicket(acct, accepted->ticket).error().code, Errc::notFound);
        const auto again = office.enterprise.enrolStart(code, office.demo.phoneNumber);
        QVERIFY(again && std::get<enterprise::EnrolDenied>(*again) == enterprise::EnrolDenied::codeUnknown);
    }

    // A computer that waits for the company's administrator is as lost as any other.
    void removeDesk_thatWaits_isGone()
    {
        Office office;
        {
            auto transaction = std::move(*office.ledger.begin());
            QVERIFY(sessions::holdBack(*transaction, office.phone.acct(), office.deskId) && transaction->commit());
        }
        QCOMPARE(office.said("remove-desk", {toHex(office.deskId)})["holders"].get<int>(), 1);
        QVERIFY(!*sessions::isWaiting(office.ledger, office.deskId));
        QVERIFY(office.companyReads(Event::deskRemoved));
        QCOMPARE(office.refusal("remove-desk", {toHex(office.deskId)}), 103);
    }

    void recover_aClonedPhone_byTheCode()
    {
        Office office;
        RigPhone copy(office);
        copy.store.files = office.phone.store.files;
        QCOMPARE(office.logIn(office.phone).show, Show::done);
        QCOMPARE(codeOf(office.logIn(copy)), 303);
        QCOMPARE(codeOf(office.logIn(office.phone)), 303);
        QCOMPARE(office.said("devices")["state"].get<std::string>(), std::string("cloned"));
        QCOMPARE(office.refusal("unfreeze", {office.account()}), 800);
        const std::string digits = office.said("recover", {office.account()})["code"];

        const auto device = **office.phone.vault.device();
        const auto ask = [&](const std::string &typed) {
            RigConnection line(office);
            const auto greeting = *wire::decode<wire::Greeting>(*line.take());
            wire::Recover message;
            message.acct = device.acct;
            message.digits = typed;
            ByteArray<32> kDev{7};
            message.kDev = Secret<32>::adopt(kDev);
            message.mac = crypto::hmacSm3(device.kDev.expose(), wire::macInputOf(message, greeting.cn));
            line.send(wire::encode(message));
            return *line.take();
        };
        const auto wrong = wire::decode<wire::Failure>(ask(digits == "00000000" ? "00000001" : "00000000"));
        QVERIFY(wrong);
        QCOMPARE(int(wrong->code), 310);
        QVERIFY(wire::decode<wire::Recovered>(ask(digits)));
        for (const Event event : {Event::cloneFound, Event::recoveryOpened, Event::recoveryFailed})
            QCOMPARE(office.countOf(office.phone.acct(), event), std::size_t{1});
        for (int i = 0; i < 4; ++i)
            ask(digits == "00000000" ? "00000001" : "00000000");
        const auto worn = wire::decode<wire::Failure>(ask(digits));
        QVERIFY(worn);
        QCOMPARE(int(worn->code), 309);
    }
};

QTEST_GUILESS_MAIN(TestOperator)
#include "test_operator.moc"
