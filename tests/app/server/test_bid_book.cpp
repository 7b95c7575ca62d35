// The list of sealed bids from the signature to the opening, who sees it, and what the operator's words do to it.
#include "gateway_rig.h"

#include "app/server/operator.h"
#include "app/server/session_json.h"
#include "shield/crypto/sm2.h"
#include "shield/phone/bid_fetch.h"
#include "shield/wire/bids.h"
#include "shield/x509/sm2_der.h"

using namespace hufu;
using namespace hufu::tests;
using catalogue::Code;
using nlohmann::ordered_json;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// Two colleagues with a phone each; the desk is the first one's.
struct Office : GatewayRig {
    server::Operator desk{services, ""};
    RigPhone wang{*this}, li{*this};

    Office()
    {
        if (wang.activate().show != Show::done || wang.enrolDesk().show != Show::done) qFatal("not activated");
        const auto person = *enterprise.addPerson(demo.company, {"李芳", "13900139000", "19910202", "HF0002"});
        demo.code = enterprise.openGrant(person, *enterprise.addSeat(demo.company, clock.unixMs() + 300 * kDayMs))->code;
        demo.phoneNumber = "13900139000";
        if (li.activate().show != Show::done) qFatal("not activated");
        clock.advance(2 * kDayMs);
    }
    std::string keyIdOf(RigPhone &phone)
    {
        const auto records = *authority.findByHolder(phone.acct());
        for (const auto &record : records)
            if (record.kind == x509::KeyKind::encrypt) return toHex(record.certificate.subjectKeyId());
        return {};
    }
    std::string draft(const std::vector<std::pair<std::string, std::string>> &recipients, std::uint8_t number, int files = 1)
    {
        nlohmann::json json{{"act", "encrypt"}, {"form", "cms"}, {"deadline", clock.unixMs() + 3 * kDayMs}};
        json["project"] = {{"id", "ZB-" + std::to_string(number)}, {"name", "某某大桥"}, {"package", "2 标段"}};
        for (int i = 0; i < files; ++i)
            json["files"].push_back({{"name", "投标文件" + std::to_string(i) + ".pdf"}, {"size", 9}, {"sm3", toHex(idOf(number, i))}});
        for (const auto &[name, keyId] : recipients) {
            json["recipients"].push_back(name);
            json["recipientKeys"].push_back(keyId);
        }
        if (recipients.size() == 1) json["soleReason"] = "同事休假";
        return json.dump();
    }
    static opening::BidId idOf(std::uint8_t number, int file = 0)
    {
        opening::BidId id;
        id.fill(number);
        id[31] = static_cast<std::uint8_t>(file);
        return id;
    }
    // Wang seals.
    void seal(const std::vector<std::pair<std::string, std::string>> &recipients, std::uint8_t number = 1)
    {
        const auto started = start(draft(recipients, number));
        phone::Approval flow(wang.environment);
        QCOMPARE(wang.approve(flow, frameOf(started)).show, Show::done);
    }
    phone::Step open(RigPhone &phone, const opening::BidId &id, std::string_view pin = RigPhone::kPin)
    {
        const auto point = *cosigner->device(phone.acct())->encrypt.point.sm2();
        const Bytes der = *x509::sm2CipherDer(*crypto::sm2Encrypt(point, viewOf(std::string_view("a bid's key")), random));
        const nlohmann::json json{{"act", "decrypt"},
                                  {"deskKey", std::string(64, '7')},
                                  {"files", {{{"name", "key.der"}, {"size", der.size()}, {"sm3", toHex(crypto::sm3(der))}, {"envelope", toHex(id)}}}}};
        const auto started = start(json.dump());
        if (!sessions.attachTbs({sessions::OriginKind::desk, deskId}, started.token, 0, der)) qFatal("no ciphertext");
        phone::Approval flow(phone.environment);
        return phone.approve(flow, frameOf(started), pin);
    }
    // After the desk has said that the first bid's file is there.
    wire::BidList openedList(RigPhone &phone)
    {
        if (!bidBook.bids().opened(phone.acct(), idOf(1), clock.unixMs())) qFatal("not opened");
        return listOf(phone);
    }
    // What the phone is told when it asks for its list.
    wire::BidList listOf(RigPhone &phone)
    {
        const auto device = std::move(**phone.vault.device());
        RigConnection connection(*this);
        const auto greeting = *wire::decode<wire::Greeting>(*connection.take());
        wire::BidsQuery query;
        query.acct = device.acct;
        query.mac = crypto::hmacSm3(device.kDev.expose(), wire::macInputOf(query, greeting.cn));
        connection.send(wire::encode(query));
        return *wire::decode<wire::BidList>(*connection.take());
    }
    server::Said say(std::string word, std::string argument, std::string project = {})
    {
        server::Options options;
        options.word = std::move(word);
        options.arguments = {std::move(argument)};
        options.project = std::move(project);
        options.identityChecked = true;
        return desk.say(options);
    }
    std::string serialOf(RigPhone &phone, x509::KeyKind kind)
    {
        const auto records = *authority.findByHolder(phone.acct());
        for (const auto &record : records)
            if (record.kind == kind) return toHex(record.certificate.serial());
        return {};
    }
};

ordered_json lineOf(const server::Said &said)
{
    return std::get<0>(said).at(0);
}

} // namespace

class TestBidBook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void seal_signed_isOnTheListOfSealerAndRecipient()
    {
        Office office;
        QVERIFY(office.listOf(office.wang).items.empty());
        office.seal({{"张三", office.keyIdOf(office.wang)}, {"李芳", office.keyIdOf(office.li)}, {"外部", "0102"}});
        const auto mine = office.listOf(office.wang), hers = office.listOf(office.li);
        QCOMPARE(mine.items.size(), std::size_t(1));
        const auto &item = mine.items[0];
        QVERIFY(item.id == Office::idOf(1));
        QCOMPARE(item.projectId, std::string("ZB-1"));
        QCOMPARE(item.openingMs, office.clock.unixMs() + 3 * kDayMs);
        QCOMPARE(item.sealedMs, office.clock.unixMs());
        QVERIFY(item.isOwn && item.state == 1);
        QCOMPARE(item.recipients.size(), std::size_t(3));
        QCOMPARE(toHex(item.recipients[1].keyId), office.keyIdOf(office.li));
        QCOMPARE(hers.items.size(), std::size_t(1));
        QVERIFY(!hers.items[0].isOwn);
    }

    void seal_toAnotherCompanysCertificate_isOnNoListThere()
    {
        Office office;
        const auto company = office.enterprise.addCompany({"别家", "914403001922038216", {}});
        QVERIFY(company);
        const auto person = office.enterprise.addPerson(*company, {"赵六", "13900139009", "19900101", "X1"});
        office.demo.code = office.enterprise.openGrant(*person, *office.enterprise.addSeat(*company, office.clock.unixMs() + 300 * kDayMs))->code;
        office.demo.phoneNumber = "13900139009";
        RigPhone zhao(office);
        QVERIFY(zhao.activate().show == Show::done);
        office.seal({{"张三", office.keyIdOf(office.wang)}, {"赵六", office.keyIdOf(zhao)}});
        QCOMPARE(office.listOf(office.wang).items.size(), std::size_t(1));
        QVERIFY(office.listOf(zhao).items.empty());
        // Nor does he count among those who could open it.
        const auto wang = office.enterprise.holderOf(office.wang.acct())->personId;
        QCOMPARE((*office.bidBook.of(office.demo.company, wang))[0].othersWhoCanOpen.size(), std::size_t(0));
    }

    void seal_refused_isOnNoList()
    {
        Office office;
        const auto started = office.start(office.draft({{"张三", office.keyIdOf(office.wang)}}, 1, 2));
        {
            phone::Approval flow(office.wang.environment);
            office.wang.untilPin(flow, office.frameOf(started));
            QCOMPARE(office.wang.run(flow, flow.pin(pinOf("918273"))).show, Show::pin); // wrong
            QVERIFY(office.listOf(office.wang).items.empty());
        }
        const auto again = office.start(office.draft({{"张三", office.keyIdOf(office.wang)}}, 2, 2));
        phone::Approval flow(office.wang.environment);
        office.wang.run(flow, flow.claim(office.frameOf(again).text(), office.clock.monotonicMs()));
        office.wang.run(flow, flow.approve({0})); // not the first file
        QCOMPARE(office.wang.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
        const auto list = office.listOf(office.wang);
        QCOMPARE(list.items.size(), std::size_t(1));
        QVERIFY(list.items[0].id == Office::idOf(2, 1));
        QCOMPARE(list.items[0].soleReason, std::string("同事休假"));
    }

    void decrypt_ofABid_rehearses_andItIsOpenedOnceADeskHasTheFile()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        QCOMPARE(office.open(office.wang, Office::idOf(1), "918273").show, Show::pin);
        QVERIFY(office.listOf(office.wang).items[0].state == 1);
        const auto before = office.listOf(office.wang).lastRehearsalMs; // of the activation
        office.clock.advance(kDayMs);
        QCOMPARE(office.open(office.wang, Office::idOf(7)).show, Show::done); // some other
        QVERIFY(office.listOf(office.wang).items[0].state == 1);
        QVERIFY(office.listOf(office.wang).lastRehearsalMs > before);
        QCOMPARE(office.open(office.wang, Office::idOf(1)).show, Show::done); // early: to see whether it is the right file
        QCOMPARE(office.bidBook.bids().opened(office.wang.acct(), Office::idOf(1), office.clock.unixMs()).error().code, Errc::badState);
        office.clock.advance(2 * kDayMs);
        QCOMPARE(office.bidBook.bids().opened(office.wang.acct(), Office::idOf(1), office.clock.unixMs()).error().code, Errc::badState);
        QCOMPARE(office.open(office.wang, Office::idOf(1)).show, Show::done);
        QVERIFY(office.listOf(office.wang).items[0].state == 1); // nobody has a file yet: still guarded
        const auto list = office.openedList(office.wang);
        QVERIFY(list.items[0].state == 2);
        QCOMPARE(list.items[0].endedMs, office.clock.unixMs());
    }

    void rehearsal_isNotedForItsAccountAlone()
    {
        Office office;
        const auto hers = office.listOf(office.li).lastRehearsalMs;
        office.clock.advance(kDayMs);
        phone::Approval flow(office.wang.environment);
        office.wang.run(flow, flow.begin(intent::Act::rehearseDecrypt));
        office.wang.run(flow, flow.approve());
        QCOMPARE(office.wang.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
        QCOMPARE(office.listOf(office.wang).lastRehearsalMs, office.clock.unixMs());
        QCOMPARE(office.listOf(office.li).lastRehearsalMs, hers);
    }

    void list_askedWithAWrongMac_isNotGiven()
    {
        Office office;
        RigConnection connection(office);
        static_cast<void>(connection.take());
        wire::BidsQuery query;
        query.acct = office.wang.acct();
        connection.send(wire::encode(query));
        QVERIFY(!connection.take());
        QVERIFY(connection.isClosed());
    }

    void list_fetchedByThePhone_isKept_andKnowsWhatIsItsOwn()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}, {"李芳", office.keyIdOf(office.li)}});
        QCOMPARE(phone::knownBids(office.wang.vault)->fetchedMs, 0);
        phone::BidFetch fetch(office.wang.environment);
        QCOMPARE(office.wang.run(fetch, fetch.start()).show, Show::done);
        const auto known = *phone::knownBids(office.wang.vault);
        QCOMPARE(known.fetchedMs, office.clock.unixMs());
        QVERIFY(known.lastRehearsalMs > 0);
        QCOMPARE(known.bids.size(), std::size_t(1));
        const auto &bid = known.bids[0];
        QVERIFY(bid.isFor(office.wang.acct()) && !bid.isFor(office.li.acct()));
        QVERIFY(bid.sealer == office.wang.acct());
        QCOMPARE(bid.project.id, std::string("ZB-1"));
        phone::BidFetch hers(office.li.environment);
        QCOMPARE(office.li.run(hers, hers.start()).show, Show::done);
        QVERIFY(phone::knownBids(office.li.vault)->bids.at(0).isFor(office.li.acct()));
        QVERIFY(phone::knownBids(office.li.vault)->bids.at(0).sealer == opening::AccountId{});
    }

    void list_whoseAnswerIsLost_leavesTheFormerOne()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        phone::BidFetch first(office.wang.environment);
        QCOMPARE(office.wang.run(first, first.start()).show, Show::done);
        const auto before = office.wang.store.files;
        office.seal({{"张三", office.keyIdOf(office.wang)}}, 2);
        const auto kept = office.wang.store.files;
        office.wang.lose = wire::Type::bidList;
        phone::BidFetch lost(office.wang.environment);
        QCOMPARE(office.wang.run(lost, lost.start()).show, Show::stopped);
        QVERIFY(office.wang.store.files.at("bids") == before.at("bids"));
        QVERIFY(office.wang.store.files == kept);
        phone::BidFetch full(office.wang.environment);
        office.wang.store.full = true;
        QCOMPARE(office.wang.run(full, full.start()).show, Show::stopped);
        QVERIFY(office.wang.store.files == kept);
        QCOMPARE(full.start().error().code, Errc::badState); // once
    }

    void list_ofAServerThatIsBusy_leavesTheFormerOne_andIsToldAsThat()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        phone::BidFetch first(office.wang.environment);
        QCOMPARE(office.wang.run(first, first.start()).show, Show::done);
        const auto kept = office.wang.store.files;
        phone::BidFetch fetch(office.wang.environment);
        QVERIFY(fetch.start() && fetch.receive(wire::encode(wire::Greeting())));
        const auto step = *fetch.receive(wire::encode(wire::Failure{Errc::locked, static_cast<std::uint16_t>(catalogue::Code::tooManyRequests), 60}));
        QVERIFY(step.show == Show::stopped && step.close);
        QCOMPARE(codeOf(step), static_cast<int>(catalogue::Code::tooManyRequests));
        QVERIFY(office.wang.store.files == kept);
    }

    void list_thatDoesNotCome_isGivenUp()
    {
        Office office;
        phone::BidFetch fetch(office.wang.environment);
        QVERIFY(fetch.start()->connect);
        office.clock.advance(phone::BidFetch::kPatienceMs - 1);
        QCOMPARE(fetch.tick()->show, Show::working);
        office.clock.advance(1);
        QCOMPARE(fetch.tick()->show, Show::stopped);
        QCOMPARE(fetch.tick().error().code, Errc::badState);
    }

    void desk_isToldHowEachBidStands()
    {
        Office office;
        office.seal({{"李芳", office.keyIdOf(office.li)}, {"张三", office.keyIdOf(office.wang)}}, 1);
        office.seal({{"李芳", office.keyIdOf(office.li)}}, 2);
        const auto stands = [&](int bid) {
            const auto json = *office.bidBook.jsonOf(office.wang.acct());
            return json["bids"][static_cast<std::size_t>(bid)]["light"].get<std::string>() + " " + json["bids"][static_cast<std::size_t>(bid)]["cause"].get<std::string>();
        };
        QCOMPARE(stands(0), std::string("amber rehearsalDue"));
        QCOMPARE(stands(1), std::string("red keyMissing")); // sealed for her alone
        office.clock.advance(1000);
        phone::Approval flow(office.wang.environment);
        office.wang.run(flow, flow.begin(intent::Act::rehearseDecrypt));
        office.wang.run(flow, flow.approve());
        QCOMPARE(office.wang.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
        QCOMPARE(stands(0), std::string("green ready"));
        office.clock.advance(3 * kDayMs);
        QCOMPARE(stands(0), std::string("green openNow"));
        static_cast<void>(office.say("freeze", toHex(office.wang.acct())));
        QCOMPARE(stands(0), std::string("red blocked"));
        const auto json = *office.bidBook.jsonOf(office.wang.acct());
        QCOMPARE(json["person"].get<std::string>(), std::string("张三"));
        QCOMPARE(json["bids"][0]["recipients"][0].get<std::string>(), std::string("李芳"));
        QVERIFY(json["bids"][0]["own"].get<bool>() && json["bids"][0]["awaited"].get<bool>());
    }

    // Nine wrong PINs a day before the opening lock the phone past it: that is red, and nobody may count on it.
    void lock_thatLastsPastTheOpening_isRed_andItsHolderCountsForNobody()
    {
        Office office;
        office.seal({{"李芳", office.keyIdOf(office.li)}, {"张三", office.keyIdOf(office.wang)}});
        const auto li = office.enterprise.holderOf(office.li.acct())->personId;
        const auto others = [&] { return (*office.bidBook.of(office.demo.company, li))[0].othersWhoCanOpen.size(); };
        const auto stands = [&office] {
            const auto json = *office.bidBook.jsonOf(office.wang.acct());
            return json["bids"][0]["light"].get<std::string>() + " " + json["bids"][0]["cause"].get<std::string>();
        };
        const auto lockUntil = [&office] { return office.cosigner->device(office.wang.acct())->lock.lockUntil; };
        const auto typeWrong = [&] {
            office.clock.advance(std::max<std::int64_t>(lockUntil() - office.clock.unixMs(), 0));
            const std::uint32_t before = office.cosigner->device(office.wang.acct())->lock.run;
            office.open(office.wang, Office::idOf(1), "482913");
            QCOMPARE(office.cosigner->device(office.wang.acct())->lock.run, before + 1);
        };
        office.clock.advance(2 * kDayMs);
        QCOMPARE(office.open(office.wang, Office::idOf(1)).show, Show::done);
        for (int wrong = 1; wrong <= 8; ++wrong)
            typeWrong();
        QVERIFY(lockUntil() > office.clock.unixMs()); // over long before the opening
        QCOMPARE(stands(), std::string("green ready"));
        QCOMPARE(others(), std::size_t(1));
        typeWrong();
        QCOMPARE(stands(), std::string("red locked"));
        QCOMPARE(others(), std::size_t(0));
        QVERIFY(std::holds_alternative<server::BidsAtRisk>(office.say("freeze", toHex(office.li.acct()))));
        office.clock.advance(lockUntil() - office.clock.unixMs());
        QCOMPARE(stands(), std::string("green openNow"));
        QCOMPARE(others(), std::size_t(1));
    }

    // What a party says of a bid lifts no guard before the hour, and the sealer's company reads it.
    void bid_givenBackByAParty_isGuardedUntilItsHour_andInTheCompanysLog()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        const auto id = Office::idOf(1);
        const intent::Platform kPortal{"portal", "演示招采平台"};
        QVERIFY(office.bidBook.handIn(kPortal, id));
        QVERIFY(office.bidBook.handIn(kPortal, id)); // the answer was lost
        QCOMPARE(office.countOf(office.demo.company, audit::Event::bidHandedIn), std::size_t(1));
        const auto before = office.ledger.rows;
        QCOMPARE(office.bidBook.handIn({"another", "Another"}, id).error().code, Errc::notFound);
        QCOMPARE(office.bidBook.giveBack({"another", "Another"}, id, {}).error().code, Errc::notFound);
        QVERIFY(office.ledger.rows == before);
        QVERIFY(office.bidBook.giveBack(kPortal, id, {}));
        QCOMPARE(office.countOf(office.demo.company, audit::Event::bidGivenBack), std::size_t(1));
        const auto records = *audit::recordsOf(office.ledger, office.demo.company, 1, 10'000);
        QVERIFY(records.back().entry.subject == office.wang.acct() && records.back().entry.object == id && records.back().entry.who.by == audit::By::outside);
        const auto about = *audit::aboutOf(office.ledger, id);
        QVERIFY(about && about->platform == kPortal.name && !about->project.empty());
        const auto wang = office.enterprise.holderOf(office.wang.acct())->personId;
        QVERIFY(!(*office.bidBook.jsonOf(office.wang.acct()))["bids"][0]["awaited"].get<bool>());
        QCOMPARE(office.bidBook.of(office.demo.company, wang)->size(), std::size_t(1));
        const auto said = office.say("freeze", toHex(office.wang.acct()));
        QVERIFY(std::holds_alternative<server::BidsAtRisk>(said));
        office.clock.advance(3 * kDayMs);
        QVERIFY(office.bidBook.of(office.demo.company, wang)->empty());
        QVERIFY(lineOf(office.say("freeze", toHex(office.wang.acct()))).contains("state"));
    }

    void freeze_ofTheOnlyOne_wantsTheProjectsNumber()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        const auto before = office.ledger.rows;
        for (const char *typed : {"", "ZB-2"}) {
            const auto said = office.say("freeze", toHex(office.wang.acct()), typed);
            const auto *risk = std::get_if<server::BidsAtRisk>(&said);
            QVERIFY(risk);
            QCOMPARE(risk->lines.size(), std::size_t(1));
            QCOMPARE(risk->lines[0]["project"].get<std::string>(), std::string("ZB-1"));
            QCOMPARE(risk->lines[0]["othersWhoCanOpen"].get<int>(), 0);
        }
        QVERIFY(office.ledger.rows == before);
        const auto line = lineOf(office.say("freeze", toHex(office.wang.acct()), "ZB-1"));
        QCOMPARE(line["state"].get<std::string>(), std::string("frozen"));
        QCOMPARE(line["sealedBids"].size(), std::size_t(1));
    }

    void freeze_whileAColleagueCanOpen_warns_andOfBothIsBlocked()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}, {"李芳", office.keyIdOf(office.li)}});
        const auto line = lineOf(office.say("freeze", toHex(office.wang.acct())));
        QCOMPARE(line["sealedBids"][0]["othersWhoCanOpen"].get<int>(), 1);
        QVERIFY(std::holds_alternative<server::BidsAtRisk>(office.say("freeze", toHex(office.li.acct()))));
    }

    void freeze_afterTheOpening_isFree()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        QCOMPARE(office.open(office.wang, Office::idOf(1)).show, Show::done); // a day early: it has to open again
        QVERIFY(std::holds_alternative<server::BidsAtRisk>(office.say("freeze", toHex(office.wang.acct()))));
        office.clock.advance(3 * kDayMs);
        QCOMPARE(office.open(office.wang, Office::idOf(1)).show, Show::done);
        QVERIFY(std::holds_alternative<server::BidsAtRisk>(office.say("freeze", toHex(office.wang.acct())))); // no file yet
        QVERIFY(office.openedList(office.wang).items[0].state == 2);
        QVERIFY(!lineOf(office.say("freeze", toHex(office.wang.acct()))).contains("sealedBids"));
    }

    // Of the encrypt certificate: the bids are told, and still open; nobody is asked to type anything.
    void revoke_ofTheEncryptCertificate_tellsTheBidsAndLeavesThemOpenable()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        const std::string serial = office.serialOf(office.wang, x509::KeyKind::encrypt);
        QVERIFY(!lineOf(office.say("revoke", office.serialOf(office.wang, x509::KeyKind::sign))).contains("sealedBids"));
        QVERIFY(lineOf(office.say("revoke", serial)).contains("sealedBids"));
        QCOMPARE(office.open(office.wang, Office::idOf(1)).show, Show::done);
    }

    // A desk of two people: the wrong phone is told whose is needed, before any PIN, and the right one still can.
    void open_forOneOfTwoPeople_tellsTheOthersPhoneWhoseIsNeeded()
    {
        Office office;
        QCOMPARE(office.li.enrolDesk().show, Show::done);
        const auto started = std::move(*office.sessions.startFromDesk(office.deskId, viewOf(std::string_view(R"({"act":"login"})")), "for li", {}, sessions::Wanted{office.li.acct(), "虎符", "李芳"}));
        phone::Approval wrong(office.wang.environment);
        const auto refused = office.wang.approve(wrong, office.frameOf(started));
        QCOMPARE(refused.show, Show::stopped);
        QCOMPARE(refused.problem->code, std::uint16_t{606});
        QCOMPARE(refused.problem->whose, std::string("李芳"));
        QCOMPARE(office.cosigner->device(office.wang.acct())->lock.run, std::uint32_t{0});
        phone::Approval right(office.li.environment);
        QCOMPARE(office.li.approve(right, office.frameOf(started)).show, Show::done);
    }

    void nextGrant_saysThatTheOldPhoneHasToBeKept()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}});
        const auto line = lineOf(office.say("next-grant", toHex(office.wang.acct())));
        QVERIFY(line.contains("code"));
        QCOMPARE(line["sealedBids"][0]["project"].get<std::string>(), std::string("ZB-1"));
    }

    void certificate_revoked_isStillNamedToOpen_notToSeal()
    {
        Office office;
        const auto before = *server::certificatesOf(office.services, office.wang.acct());
        QVERIFY(office.revoke(office.wang.acct(), x509::KeyKind::encrypt));
        const auto after = *server::certificatesOf(office.services, office.wang.acct());
        QVERIFY(after.at("encrypt").is_null());
        QVERIFY(after.at("opening") == ordered_json::array({before.at("encrypt")}));
    }

    void company_isToldWhoElseCouldOpen()
    {
        Office office;
        office.seal({{"张三", office.keyIdOf(office.wang)}, {"李芳", office.keyIdOf(office.li)}}, 1);
        office.seal({{"张三", office.keyIdOf(office.wang)}}, 2);
        const auto wang = office.enterprise.holderOf(office.wang.acct())->personId, li = office.enterprise.holderOf(office.li.acct())->personId;
        auto his = *office.bidBook.of(office.demo.company, wang);
        QCOMPARE(his.size(), std::size_t(2));
        QCOMPARE(his[0].number, std::string("ZB-1"));
        QVERIFY(his[0].othersWhoCanOpen == std::vector<std::string>{"李芳"});
        QVERIFY(his[1].othersWhoCanOpen.empty());
        QCOMPARE(office.bidBook.of(office.demo.company, li)->size(), std::size_t(1));
        QVERIFY(office.revoke(office.li.acct(), x509::KeyKind::encrypt));
        his = *office.bidBook.of(office.demo.company, wang);
        QCOMPARE(his[0].othersWhoCanOpen.size(), std::size_t(1)); // both halves of her key are there
        QVERIFY(lineOf(office.say("freeze", toHex(office.li.acct()))).contains("sealedBids"));
        his = *office.bidBook.of(office.demo.company, wang);
        QVERIFY(his[0].othersWhoCanOpen.empty());
        QVERIFY(office.bidBook.of(office.demo.company, {9})->empty());
    }
};

QTEST_GUILESS_MAIN(TestBidBook)
#include "test_bid_book.moc"
