// The demo portal's bidding: what is taken in, what is refused, and that the opening hour is kept from both sides. In memory, but
// for the files.
#include "api_book.h"
#include "gateway_rig.h"

#include "app/envelope/envelope_file.h"
#include "app/envelope/key_file.h"
#include "app/envelope/sealing.h"
#include "app/pdf/sealing.h"
#include "app/server/party_api.h"
#include "app/server/portal_accounts.h"
#include "app/server/portal_bids_api.h"
#include "app/server/public_api.h"
#include "app/server/sign_certificates.h"
#include "shield/documents/cms.h"
#include "shield/enterprise/grants.h"
#include "tests/support/pdfs.h"
#include "tests/support/pki.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTemporaryFile>

#include <atomic>
#include <cstdio>
#include <future>
#include <unistd.h>

using namespace hufu;
using namespace hufu::tests;
using nlohmann::json;

namespace {

constexpr char kPath[] = "/portal/v1/projects";
constexpr std::int64_t kHourMs = 3'600'000;

// A commit is done, and its answer gets lost: as a database does that dies in between.
class UnsureLedger final : public ports::LedgerStore {
public:
    explicit UnsureLedger(ports::LedgerStore &inner) : m_inner(inner) {}
    int lost = 0; // so many of the next answers

    Result<std::unique_ptr<ports::Transaction>> begin() override
    {
        HUFU_TRY(inner, m_inner.begin());
        return std::unique_ptr<ports::Transaction>(std::make_unique<Open>(*this, std::move(inner)));
    }
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key) override { return m_inner.read(table, key); }
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit, ByteView after = {}) override
    {
        return m_inner.scan(table, prefix, limit, after);
    }

private:
    class Open final : public ports::Transaction {
    public:
        Open(UnsureLedger &ledger, std::unique_ptr<ports::Transaction> inner) : m_ledger(ledger), m_inner(std::move(inner)) {}
        Result<std::optional<Bytes>> readForChange(ports::Table table, ByteView key) override { return m_inner->readForChange(table, key); }
        Result<void> write(ports::Table table, ByteView key, ByteView value) override { return m_inner->write(table, key, value); }
        Result<void> remove(ports::Table table, ByteView key) override { return m_inner->remove(table, key); }
        Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit, ByteView after = {}) override
        {
            return m_inner->scan(table, prefix, limit, after);
        }
        Result<void> commit() override
        {
            HUFU_CHECK(m_inner->commit());
            if (m_ledger.lost == 0) return {};
            --m_ledger.lost;
            return Error(Errc::unavailable, "no answer");
        }

    private:
        UnsureLedger &m_ledger;
        std::unique_ptr<ports::Transaction> m_inner;
    };
    ports::LedgerStore &m_inner;
};

struct Portal : GatewayRig {
    QTemporaryDir folder;
    UnsureLedger unsure{ledger};
    enterprise::Ports world{ledger, masterKey, random, clock}, portalWorld{unsure, masterKey, random, clock};
    server::SignCertificates certified{authority};
    enterprise::ConsoleSessions console{world, smsCodes, certified};
    server::ConsoleGuard guard{world, console};
    server::ServiceKey key = *server::ServiceKey::open(ledger, masterKey, random);
    std::string partyKey = *sessions.registerRelyingParty("demo-bidding", "示范招标平台");
    server::PartyApi partyApi{services};
    net::Router partyRouter, router;
    server::Routes partyRoutes{partyRouter, log, clock}, routes{router, log, clock};
    std::optional<server::PartyClient> party;
    std::optional<server::PortalBidsApi> api;
    RigPhone phone{*this};
    WholeKey sender, reader;                          // of the phone's holder, so that the bench can sign and open by itself
    enterprise::Id owner{}, ownerPerson{}, signedBy{}; // his account, he himself, his certificate
    const x509::Subject person{"CN", "长江示范建设有限公司", {}, "王芳", {}};
    std::optional<x509::Certificate> signCertificate, encryptCertificate;
    std::int64_t openingMs = 0;
    std::string project;

    Portal()
    {
        partyApi.add(partyRoutes);
        server::addPublicApi(partyRoutes, services);
        party.emplace(partyRouter, partyKey);
        start();
        api->add(routes);
        if (phone.activate().show != Show::done) qFatal("activation");
        owner = phone.acct();
        ownerPerson = enterprise.holderOf(owner)->personId;
        auto transaction = *ledger.begin();
        const Bytes info = *x509::requestInfo(person, sender.point);
        signCertificate = *authority.issueSign(*transaction, *x509::assembleCsr(info, sender.sign(info)), person, owner, clock.unixMs());
        encryptCertificate = *authority.issueEncrypt(*transaction, reader.point, person, owner, clock.unixMs());
        if (!transaction->commit()) qFatal("commit");
        signedBy = *fixedBytes<16>(signCertificate->serial());
        if (!server::PortalAccounts(world).bind("bidder", {signedBy, ownerPerson, clock.unixMs()})) qFatal("bind");
        if (!server::PortalAccounts(world).bind("rival", {{8}, {2}, clock.unixMs()})) qFatal("bind");
        openingMs = clock.unixMs() + kHourMs;
        project = ask("POST", kPath, "bidder", {{"number", "ZB-1"}, {"name", "示范大桥"}, {"openingMs", openingMs}}).body.value("id", "");
    }

    void start() { api.emplace(portalWorld, guard, *party, key, "示范招标平台", folder.path().toStdString(), log); }

    struct Answer {
        int status = 0;
        json body;
        Bytes bytes;
        std::string retryAfter; // seconds
        std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
    };
    Answer send(std::string_view method, const std::string &target, const std::string &account, Bytes body, const std::string &once = "")
    {
        net::Request request;
        request.method = method;
        request.target = target;
        if (!net::splitTarget(request)) qFatal("target");
        request.body = std::move(body);
        if (!account.empty()) {
            const auto visit = *guard.openVisit(server::kPortalCookie, account);
            request.headers = {{"cookie", std::string(server::kPortalCookie) + "=" + visit.cookie}, {"hufu-csrf", visit.csrf}};
        }
        if (!once.empty()) request.headers.emplace_back("idempotency-key", once);
        const net::Response response = answered(router, std::move(request));
        const auto wait = std::ranges::find(response.headers, "Retry-After", [](const auto &header) { return header.first; });
        return Answer{response.status, json::parse(response.body.begin(), response.body.end(), nullptr, false), response.body,
                      wait == response.headers.end() ? "" : wait->second};
    }
    Answer ask(std::string_view method, const std::string &target, const std::string &account = "bidder", const json &body = json::object(), const std::string &once = "")
    {
        return send(method, target, account, bytesOf(viewOf(body.dump())), once);
    }
    std::string here(const std::string &more = "") const { return std::string(kPath) + "/" + project + more; }

    // An envelope for this project, as the desk makes one.
    Bytes envelopeOf(const std::string &content, const std::string &number = "ZB-1", std::int64_t hour = 0, bool isSigned = true)
    {
        return envelopeBy(sender, *signCertificate, {*encryptCertificate}, content, number, hour, isSigned);
    }
    Bytes envelopeBy(const WholeKey &hand, const x509::Certificate &certificate, const std::vector<x509::Certificate> &readers, const std::string &content,
                     const std::string &number = "ZB-1", std::int64_t hour = 0, bool isSigned = true)
    {
        const std::filesystem::path source = folder.filePath(QStringLiteral("商务标.pdf")).toStdString(), target = folder.filePath(QStringLiteral("out.hufu")).toStdString();
        QFile file(QString::fromStdString(source.string()));
        if (!file.open(QIODevice::WriteOnly)) qFatal("file");
        file.write(content.data(), static_cast<qsizetype>(content.size()));
        file.close();
        envelope::SealOrder order;
        order.source = source;
        order.target = target;
        order.replace = true;
        order.project = documents::EnvelopeProject{number, "示范大桥", "", hour != 0 ? hour : openingMs};
        order.recipients = readers;
        order.nowMs = clock.unixMs();
        envelope::FileSigner signer({hand.d, hand.point}, {certificate, authority.issuing()}, clock.unixMs());
        if (isSigned) order.signer = &signer;
        if (!envelope::seal(order, random)) qFatal("seal");
        QFile sealed(QString::fromStdString(target.string()));
        if (!sealed.open(QIODevice::ReadOnly)) qFatal("sealed");
        const QByteArray bytes = sealed.readAll();
        return Bytes(bytes.begin(), bytes.end());
    }
    Bytes bytesOfFile(const QString &path) const
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) qFatal("read");
        const QByteArray bytes = file.readAll();
        return Bytes(bytes.begin(), bytes.end());
    }
    // A PDF that the owner has signed, as the desk stamps one; bare: nobody has.
    Bytes pdf(bool isSigned = true) { return pdfBy(sender, *signCertificate, isSigned); }
    Bytes pdfBy(const WholeKey &hand, const x509::Certificate &certificate, bool isSigned = true, const WholeKey *second = nullptr,
                const std::optional<x509::Certificate> &seconds = {})
    {
        const QString source = folder.filePath(QStringLiteral("letter.pdf")), target = folder.filePath(QStringLiteral("letter-sealed.pdf"));
        const std::string content = pdfOf();
        QFile file(source);
        if (!file.open(QIODevice::WriteOnly) || file.write(content.data(), static_cast<qint64>(content.size())) < 0) qFatal("write");
        file.close();
        if (!isSigned) return bytesOfFile(source);
        pdf::SealOrder order;
        order.timeMs = clock.unixMs();
        order.revisionId = random.bytes<16>("revision");
        auto sealing = pdf_app::Sealing::begin(source.toStdString(), target.toStdString(), true, order, random);
        if (!sealing) qFatal("begin");
        const Bytes attributes = *documents::buildSignedAttributes((*sealing)->digest(), clock.unixMs());
        const std::vector<x509::Certificate> certificates{certificate, authority.issuing()};
        Bytes cms = *documents::buildDetachedCms(attributes, hand.sign(attributes), certificates);
        if (second != nullptr) cms = *documents::addSignature(cms, {attributes, second->sign(attributes), *seconds}, {});
        if (!(*sealing)->finish(cms)) qFatal("finish");
        return bytesOfFile(target);
    }
    bool isReceipt(const json &receipt, const std::string &of, const Bytes &file)
    {
        const std::string text = receipt.at("text");
        const auto signature = fixedBytes<64>(*fromHex(receipt.at("signature").get<std::string>()));
        const json told = json::parse(text);
        return crypto::PublicKey(key.publicKey()).verify(viewOf(text), *signature) && told.at("kind") == "hufu-portal-receipt" && told.at("of") == of &&
               told.at("sm3") == toHex(crypto::sm3(file)) && told.at("size") == file.size() && told.at("receivedMs") == clock.unixMs();
    }
    // The envelope that was made last, on Hufu's list as its sealing puts it there.
    opening::BidId listed()
    {
        const auto file = envelope::EnvelopeFile::open(folder.filePath(QStringLiteral("out.hufu")).toStdString());
        opening::Bid bid;
        bid.id = documents::Cms::parse(file->cms())->signers.front().attributes.messageDigest;
        bid.sealer = owner;
        bid.project = {"ZB-1", "示范大桥", ""};
        bid.fileName = "商务标.pdf";
        bid.sealedMs = clock.unixMs();
        bid.openingMs = openingMs;
        bid.recipients = {{"王芳", file->body().recipients.front().keyId, owner}};
        auto transaction = *ledger.begin();
        if (!bidBook.bids().add(*transaction, bid) || !transaction->commit()) qFatal("bid");
        return bid.id;
    }
    opening::Bid bidOf(const opening::BidId &id)
    {
        const auto list = *bidBook.bids().of(owner);
        for (const opening::Bid &bid : list)
            if (bid.id == id) return bid;
        qFatal("no such bid");
    }

    // Whether Hufu was told when the envelope that was made last is opened.
    bool isOpeningKnown()
    {
        const auto read = envelope::EnvelopeFile::open(folder.filePath(QStringLiteral("out.hufu")).toStdString());
        const auto digest = crypto::sm3(read->body().recipients.front().wrappedKey);
        const auto rows = *ledger.scan(ports::Table::session, {}, 1'000);
        return std::ranges::any_of(rows, [&](const auto &row) { return std::ranges::search(row.first, digest).begin() != row.first.end(); });
    }

    // Begin and pieces. Returns: the path of the upload, to be finished.
    std::string uploaded(const Bytes &file, json order = json::object())
    {
        order["size"] = file.size();
        const std::string path = "/portal/v1/uploads/" + ask("POST", here("/uploads"), "bidder", order).body.at("upload").get<std::string>();
        if (send("PUT", path + "/0", "bidder", file).status != 200) qFatal("not uploaded");
        return path;
    }
    // While it is away nothing can be kept there.
    void takeAway(const char *name) { QVERIFY(QDir(folder.path()).rename(QString::fromLatin1(name), QStringLiteral("away"))); }
    void giveBack(const char *name) { QVERIFY(QDir(folder.path()).rename(QStringLiteral("away"), QString::fromLatin1(name))); }
    // Begin, pieces, end.
    Answer handIn(const Bytes &file, const json &more = json::object(), const std::string &account = "bidder", std::size_t piece = 4'000)
    {
        json order = more;
        order["size"] = file.size();
        const Answer begun = ask("POST", here("/uploads"), account, order);
        if (begun.status != 201) return begun;
        const std::string path = "/portal/v1/uploads/" + begun.body.at("upload").get<std::string>();
        for (std::size_t at = 0; at < file.size(); at += piece) {
            const Answer sent = send("PUT", path + "/" + std::to_string(at), account, Bytes(file.begin() + static_cast<std::ptrdiff_t>(at), file.begin() + static_cast<std::ptrdiff_t>(std::min(file.size(), at + piece))));
            if (sent.status != 200) return sent;
        }
        return ask("POST", path, account);
    }
    json bids(const std::string &account = "bidder") { return ask("GET", here(), account).body.at("bids"); }
    qsizetype filesIn(const char *name) const { return QDir(folder.filePath(QString::fromLatin1(name))).entryList(QDir::Files).size(); }
};

// Somebody with a phone of their own, in whose name the bench seals.
struct Colleague {
    std::optional<RigPhone> phone;
    WholeKey key;
    std::optional<x509::Certificate> certificate;
    enterprise::Id account{};

    Colleague(Portal &portal, const std::string &number, const std::string &name)
    {
        portal.demo.phoneNumber = number;
        portal.demo.code = portal.enterprise.seedPerson({name, number, {}, "HT" + number.substr(number.size() - 2)}, true)->code;
        if (phone.emplace(portal).activate().show != Show::done) qFatal("activation");
        account = phone->acct();
        certify(portal, account, portal.enterprise.holderOf(account)->company.name, name);
    }
    // Of the holder of acct, under names as they are wished.
    Colleague(Portal &portal, const enterprise::Id &acct, const std::string &company, const std::string &name) : account(acct) { certify(portal, acct, company, name); }

    // With what this person's phone opens envelopes.
    x509::Certificate encryptCertificate(Portal &portal) const
    {
        const auto records = *portal.authority.findByHolder(account);
        for (const auto &record : records)
            if (record.kind == x509::KeyKind::encrypt) return record.certificate;
        qFatal("no encrypt certificate");
    }
    // In whose name this account of the portal acts.
    void use(Portal &portal, const std::string &name) const
    {
        if (!server::PortalAccounts(portal.world).bind(name, {*fixedBytes<16>(certificate->serial()), portal.enterprise.holderOf(account)->personId, 1})) qFatal("bind");
    }

private:
    void certify(Portal &portal, const enterprise::Id &acct, const std::string &company, const std::string &name)
    {
        const x509::Subject subject{"CN", company, {}, name, {}};
        auto transaction = *portal.ledger.begin();
        const Bytes info = *x509::requestInfo(subject, key.point);
        certificate = *portal.authority.issueSign(*transaction, *x509::assembleCsr(info, key.sign(info)), subject, acct, portal.clock.unixMs());
        if (!transaction->commit()) qFatal("commit");
    }
};

// What a program says on standard error while it acts.
QByteArray saidWhile(const std::function<void()> &act)
{
    QTemporaryFile file;
    if (!file.open()) qFatal("file");
    std::fflush(stderr);
    const int before = ::dup(2);
    ::dup2(file.handle(), 2);
    act();
    std::fflush(stderr);
    ::dup2(before, 2);
    ::close(before);
    QFile written(file.fileName());
    return written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray();
}

} // namespace

class TestPortalBids : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanupTestCase()
    {
        QVERIFY2(apiBook().untold().empty(), apiBook().untold().c_str()); // answered, and openapi.yaml does not say so
    }

    void stranger_isRefused()
    {
        Portal portal;
        for (const char *path : {"/portal/v1/projects", "/portal/v1/projects/00112233445566778899aabbccddeeff"})
            QCOMPARE(portal.ask("GET", path, "").status, 401);
        QCOMPARE(portal.ask("POST", kPath, "", {{"number", "X"}, {"name", "X"}, {"openingMs", portal.openingMs}}).status, 401);
        QCOMPARE(portal.ask("GET", kPath).body.at("projects").size(), std::size_t(1));
    }
    // With a key each of the portal's writes is done once; the header is read where openapi.yaml declares it.
    void write_askedAgainWithItsKey_isDoneOnce()
    {
        Portal portal;
        const json project = {{"number", "ZB-2"}, {"name", "示范隧道"}, {"openingMs", portal.openingMs}};
        const auto first = portal.ask("POST", kPath, "bidder", project, "p1");
        QCOMPARE(first.status, 201);
        QVERIFY(portal.ask("POST", kPath, "bidder", project, "p1").body == first.body);
        QCOMPARE(portal.ask("POST", kPath, "bidder", project, "p2").status, 409);
        QCOMPARE(portal.ask("POST", kPath, "other", project, "p1").status, 409); // another's key
        const Bytes file = portal.envelopeOf("商务标");
        const auto begun = portal.ask("POST", portal.here("/uploads"), "bidder", {{"size", file.size()}}, "u1");
        QVERIFY(portal.ask("POST", portal.here("/uploads"), "bidder", {{"size", file.size()}}, "u1").body == begun.body);
        const std::string path = "/portal/v1/uploads/" + begun.body.at("upload").get<std::string>();
        QCOMPARE(portal.send("PUT", path + "/0", "bidder", file).status, 200);
        const auto taken = portal.ask("POST", path, "bidder", json::object(), "f1");
        QCOMPARE(taken.status, 201);
        QVERIFY(portal.ask("POST", path, "bidder", json::object(), "f1").body == taken.body);
        QCOMPARE(portal.bids().size(), std::size_t(1));
        int readers = 0;
        for (const std::string &target : {std::string(kPath), portal.here("/uploads"), path})
            readers += portal.ask("POST", target, "bidder", project, std::string(65, 'k')).code() == "HF-100";
        const auto declared = std::ranges::count_if(apiBook().operations(), [](const auto &one) {
            return one.second.takesKey && (one.first.starts_with("POST /portal/v1/projects") || one.first.starts_with("POST /portal/v1/uploads"));
        });
        QCOMPARE(readers, int(declared));
    }
    void project_unfit_isRefused()
    {
        Portal portal;
        const std::int64_t soon = portal.clock.unixMs() + 1'000;
        for (const json &body : {json{{"number", "P"}, {"name", "N"}}, json{{"number", "P"}, {"name", ""}, {"openingMs", soon}}, json{{"number", "P\n"}, {"name", "N"}, {"openingMs", soon}},
                                 json{{"number", "P"}, {"name", "N"}, {"openingMs", soon + 400LL * 86'400'000}}})
            QCOMPARE(portal.ask("POST", kPath, "bidder", body).status, 400);
        for (const std::int64_t over : {soon - 1'000, soon - 2'000, std::int64_t{0}})
            QCOMPARE(portal.ask("POST", kPath, "bidder", {{"number", "P"}, {"name", "N"}, {"openingMs", over}}).code(), std::string("HF-618"));
        const auto taken = portal.ask("POST", kPath, "other", {{"number", "ZB-1"}, {"name", "N"}, {"openingMs", soon}});
        QCOMPARE(taken.status, 409);
        QCOMPARE(taken.code(), std::string("HF-905"));
        QCOMPARE(portal.ask("GET", kPath).body.at("projects").size(), std::size_t(1));
    }
    void projects_ofOneAccount_endAtTheirNumberUntilAnHourIsOver()
    {
        Portal portal;
        auto publish = [&portal, number = 0](const char *account) mutable {
            return portal.ask("POST", kPath, account, {{"number", "P-" + std::to_string(++number)}, {"name", "N"}, {"openingMs", portal.clock.unixMs() + kHourMs}});
        };
        for (std::size_t i = 0; i < server::PortalProjects::kProjectsOfOneMost; ++i)
            QCOMPARE(publish("other").status, 201);
        QCOMPARE(publish("other").code(), std::string("HF-904"));
        QCOMPARE(publish("another").status, 201);
        QCOMPARE(portal.ask("GET", kPath).body.at("projects").size(), server::PortalProjects::kProjectsOfOneMost + 2);
        portal.clock.advance(kHourMs);
        QCOMPARE(publish("other").status, 201);
    }
    void bid_handedIn_hasAReceiptThatHolds()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf(std::string(20'000, 'x'));
        const auto taken = portal.handIn(envelope);
        QCOMPARE(taken.status, 201);
        QVERIFY(taken.body.at("company") == "长江示范建设有限公司");
        const json receipt = json::parse(taken.body.at("receipt").at("text").get<std::string>());
        QVERIFY(receipt.at("sm3") == toHex(crypto::sm3(envelope)));
        QVERIFY(receipt.at("receivedMs") == portal.clock.unixMs());
        QVERIFY(receipt.at("size") == envelope.size());
        QVERIFY(receipt.at("project") == "ZB-1");
        const auto signature = fixedBytes<64>(*fromHex(taken.body.at("receipt").at("signature").get<std::string>()));
        const std::string text = taken.body.at("receipt").at("text");
        QVERIFY(crypto::PublicKey(portal.key.publicKey()).verify(viewOf(text), *signature));
        QVERIFY(!crypto::PublicKey(portal.key.publicKey()).verify(viewOf(text + " "), *signature));
        QCOMPARE(portal.filesIn("bids"), 1);
        QCOMPARE(portal.filesIn("parts"), 0);
    }
    void bid_handedIn_isSeenByItsOwnerAlone()
    {
        Portal portal;
        QCOMPARE(portal.handIn(portal.envelopeOf("x")).status, 201);
        QCOMPARE(portal.bids().size(), std::size_t(1));
        QVERIFY(portal.bids("rival").empty());
        QVERIFY(portal.ask("GET", kPath, "bidder").body.at("projects").at(0).at("bids") == 1);
        QVERIFY(portal.ask("GET", kPath, "rival").body.at("projects").at(0).at("bids") == 0); // not even how many
        portal.clock.advance(kHourMs);
        QVERIFY(portal.ask("GET", kPath, "rival").body.at("projects").at(0).at("bids") == 1);
        const json seen = portal.bids("rival");
        QCOMPARE(seen.size(), std::size_t(1));
        QVERIFY(!seen.at(0).contains("receipt"));
    }
    void bid_handedIn_registersItsOpeningWithHufu()
    {
        Portal portal;
        QCOMPARE(portal.handIn(portal.envelopeOf("x")).status, 201);
        QVERIFY(portal.isOpeningKnown());
    }
    // Others were judged first, or nothing could be judged just then: its opening must not hang on an SMS for that.
    void bid_handedInInTime_judgedAfterItsHour_registersItsOpening()
    {
        Portal portal;
        const std::string path = portal.uploaded(portal.envelopeOf("x"));
        portal.clock.advance(kHourMs - 1);
        const std::int64_t inTime = portal.clock.unixMs();
        portal.party.emplace(net::Router(), "a key"); // nobody is there
        QCOMPARE(portal.ask("POST", path).status, 503);
        QVERIFY(!portal.isOpeningKnown());
        portal.party.emplace(portal.partyRouter, portal.partyKey);
        for (const std::int64_t later : {1, 10'000}) { // in the very hour, and when it is over
            portal.clock.advance(later);
            QVERIFY(portal.party->registerOpening(portal.openingMs, {ByteArray<32>{7}}));
        }
        const auto taken = portal.ask("POST", path);
        QCOMPARE(taken.status, 201);
        QVERIFY(taken.body.at("receivedMs") == inTime && portal.isOpeningKnown());
    }
    void bid_ofAnotherProjectOrHour_isRefused()
    {
        Portal portal;
        for (const Bytes &envelope : {portal.envelopeOf("x", "ZB-2"), portal.envelopeOf("x", "ZB-1", portal.openingMs + 1)}) {
            const auto refused = portal.handIn(envelope);
            QCOMPARE(refused.status, 422);
            QCOMPARE(refused.code(), std::string("HF-901"));
        }
        QVERIFY(portal.bids().empty());
        QCOMPARE(portal.filesIn("bids") + portal.filesIn("parts"), 0);
    }
    void bid_damagedUnsignedOrNone_isRefused()
    {
        Portal portal;
        Bytes cut = portal.envelopeOf(std::string(5'000, 'x'));
        cut.pop_back();
        QCOMPARE(portal.handIn(cut).code(), std::string("HF-614"));
        Bytes touched = portal.envelopeOf(std::string(5'000, 'x'));
        touched[touched.size() / 2] ^= 1;
        QCOMPARE(portal.handIn(touched).status, 422);
        QCOMPARE(portal.handIn(portal.envelopeOf("x", "ZB-1", 0, false)).code(), std::string("HF-615"));
        QCOMPARE(portal.handIn(Bytes(3'000, 'x')).code(), std::string("HF-650"));
        QVERIFY(portal.bids().empty());
        QCOMPARE(portal.filesIn("bids") + portal.filesIn("parts"), 0);
    }
    void bid_ofARevokedPerson_isRefused()
    {
        Portal portal;
        auto transaction = *portal.ledger.begin();
        QVERIFY(portal.authority.revoke(*transaction, portal.signCertificate->serial(), x509::Reason::keyCompromise, portal.clock.unixMs() - 1'000));
        QVERIFY(transaction->commit());
        QCOMPARE(portal.handIn(portal.envelopeOf("x")).code(), std::string("HF-601"));
        QVERIFY(portal.bids().empty());
    }
    void bid_late_isRefused()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf("x");
        const auto begun = portal.ask("POST", portal.here("/uploads"), "bidder", {{"size", envelope.size()}});
        const std::string path = "/portal/v1/uploads/" + begun.body.at("upload").get<std::string>();
        QCOMPARE(portal.send("PUT", path + "/0", "bidder", envelope).status, 200);
        portal.clock.advance(kHourMs); // begun in time is not in time
        const auto late = portal.ask("POST", path);
        QCOMPARE(late.status, 409);
        QCOMPARE(late.code(), std::string("HF-900"));
        QCOMPARE(portal.handIn(envelope).code(), std::string("HF-900"));
        QVERIFY(portal.bids().empty());
        QCOMPARE(portal.filesIn("bids") + portal.filesIn("parts"), 0);
    }
    void bid_replaced_isWithdrawnInTheSameMoment()
    {
        Portal portal;
        const std::string first = portal.handIn(portal.envelopeOf("one")).body.at("id");
        QVERIFY(server::PortalAccounts(portal.world).unbind("bidder"));
        QVERIFY(server::PortalAccounts(portal.world).unbind("rival"));
        QVERIFY(server::PortalAccounts(portal.world).bind("rival", {portal.signedBy, portal.ownerPerson, 1}));
        QCOMPARE(portal.handIn(portal.envelopeOf("two"), {{"replaces", first}}, "rival").status, 404); // another's
        QVERIFY(server::PortalAccounts(portal.world).unbind("rival"));
        QVERIFY(server::PortalAccounts(portal.world).bind("bidder", {portal.signedBy, portal.ownerPerson, 1}));
        QVERIFY(portal.bids().at(0).at("withdrawnMs").is_null());
        portal.clock.advance(1'000);
        QCOMPARE(portal.handIn(portal.envelopeOf("two"), {{"replaces", first}}).status, 201);
        const json bids = portal.bids();
        QCOMPARE(bids.size(), std::size_t(2));
        QVERIFY(bids.at(0).at("withdrawnMs") == bids.at(1).at("receivedMs"));
        QCOMPARE(portal.handIn(portal.envelopeOf("three"), {{"replaces", first}}).status, 404); // it stands no more
    }
    void bid_ofAnotherPersonOrTwice_isRefused()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf("one");
        QCOMPARE(portal.handIn(envelope, json::object(), "rival").code(), std::string("HF-782")); // a copy of somebody's
        QCOMPARE(portal.handIn(envelope, json::object(), "nobody").code(), std::string("HF-780"));
        QVERIFY(portal.bids("rival").empty() && portal.bids("nobody").empty());
        const std::string first = portal.handIn(envelope).body.at("id");
        const auto twice = portal.handIn(envelope);
        QCOMPARE(twice.status, 409);
        QCOMPARE(twice.code(), std::string("HF-906"));
        QCOMPARE(portal.bids().size(), std::size_t(1));
        QCOMPARE(portal.filesIn("bids"), 1);
        QCOMPARE(portal.filesIn("parts"), 0);
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + first)).status, 204);
        QCOMPARE(portal.handIn(envelope).status, 201); // it does not stand any more
    }
    // Whoever is suspended is told that, and not that somebody else had sealed it.
    void handingIn_bySomebodySuspended_isRefusedAndGoesOnAfterwards()
    {
        Portal portal;
        const json order{{"document", "投标函.pdf"}};
        const Colleague colleague(portal, "13900139061", "周一");
        const auto envelope = [&] { return portal.envelopeBy(colleague.key, *colleague.certificate, {colleague.encryptCertificate(portal)}, "one"); };
        const auto letter = [&] { return portal.pdfBy(colleague.key, *colleague.certificate); };
        colleague.use(portal, "colleague");
        auto grant = *enterprise::loadGrantOf(**portal.ledger.begin(), colleague.account);
        const auto become = [&](enterprise::GrantState state) {
            auto transaction = *portal.ledger.begin();
            grant.second.state = state;
            QVERIFY(enterprise::saveGrant(*transaction, grant.first, grant.second));
            QVERIFY(transaction->commit());
        };
        become(enterprise::GrantState::suspended);
        QCOMPARE(portal.handIn(envelope(), json::object(), "colleague").code(), std::string("HF-764"));
        QCOMPARE(portal.handIn(letter(), order, "colleague").code(), std::string("HF-764"));
        QCOMPARE(portal.handIn(envelope()).code(), std::string("HF-782")); // tells nobody else of it
        QCOMPARE(portal.handIn(letter(), order).code(), std::string("HF-782"));
        QVERIFY(portal.bids().empty() && portal.bids("colleague").empty());
        QVERIFY(portal.ask("GET", portal.here(), "colleague").body.at("documents").empty());
        QCOMPARE(portal.filesIn("bids") + portal.filesIn("documents") + portal.filesIn("parts"), 0);
        become(enterprise::GrantState::active);
        QCOMPARE(portal.handIn(envelope(), json::object(), "colleague").status, 201);
        QCOMPARE(portal.handIn(letter(), order, "colleague").status, 201);
    }
    void bid_overAndOverAgain_endsForOneAccountAlone()
    {
        Portal portal;
        std::string last;
        for (std::size_t i = 0; i < server::PortalProjects::kRowsOfOneMost; ++i) {
            const auto taken = portal.handIn(portal.envelopeOf(std::to_string(i)), last.empty() ? json::object() : json{{"replaces", last}});
            QCOMPARE(taken.status, 201);
            last = taken.body.at("id");
        }
        QCOMPARE(portal.ask("POST", portal.here("/uploads"), "bidder", {{"replaces", last}, {"size", 7}}).code(), std::string("HF-904")); // before a byte is sent
        const auto over = portal.handIn(portal.envelopeOf("more"), {{"replaces", last}});
        QCOMPARE(over.status, 409);
        QCOMPARE(over.code(), std::string("HF-904"));
        const json bids = portal.bids();
        QCOMPARE(std::ranges::count_if(bids, [](const json &one) { return one.at("withdrawnMs").is_null(); }), 1);
        QVERIFY(server::PortalAccounts(portal.world).unbind("bidder"));
        QVERIFY(server::PortalAccounts(portal.world).unbind("rival"));
        QVERIFY(server::PortalAccounts(portal.world).bind("rival", {portal.signedBy, portal.ownerPerson, 1}));
        QCOMPARE(portal.handIn(portal.envelopeOf("rival's"), json::object(), "rival").status, 201);
    }
    // The bid was there in time; it is the portal whose disk failed.
    void bid_whoseKeepingFails_isTakenWhenAskedAgain_asOfItsHour()
    {
        Portal portal;
        const std::string path = portal.uploaded(portal.envelopeOf("one"));
        portal.clock.advance(kHourMs - 1);
        const std::int64_t inTime = portal.clock.unixMs();
        portal.takeAway("bids");
        const auto full = portal.ask("POST", path);
        QCOMPARE(full.status, 503);
        QCOMPARE(full.code(), std::string("HF-508"));
        QCOMPARE(portal.ask("POST", path).status, 503);
        portal.giveBack("bids");
        QVERIFY(portal.bids().empty());
        QCOMPARE(portal.filesIn("parts"), 1);
        portal.clock.advance(10'000);
        const auto taken = portal.ask("POST", path);
        QCOMPARE(taken.status, 201);
        QVERIFY(taken.body.at("receivedMs") == inTime);
        QCOMPARE(portal.filesIn("bids"), 1);
        const auto again = portal.ask("POST", path); // the answer was lost
        QCOMPARE(again.status, 201);
        QVERIFY(again.body == taken.body);
        QCOMPARE(portal.ask("POST", path, "rival").status, 404);
        QCOMPARE(portal.bids().size(), std::size_t(1));
        QCOMPARE(portal.filesIn("parts"), 0);
    }
    // The row stands, and nobody was told so: the retry must not take the file from under it.
    void bid_whoseCommitGetsNoAnswer_standsWithItsFile()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf("one");
        const std::string path = portal.uploaded(envelope);
        portal.unsure.lost = 1;
        QCOMPARE(portal.ask("POST", path).status, 503);
        QCOMPARE(portal.filesIn("bids"), 1);
        portal.clock.advance(kHourMs); // it was in time
        const auto taken = portal.ask("POST", path);
        QCOMPARE(taken.status, 201);
        const json bids = portal.bids();
        QCOMPARE(bids.size(), std::size_t(1));
        QVERIFY(bids.at(0).at("id") == taken.body.at("id"));
        QVERIFY(bids.at(0).at("receipt") == taken.body.at("receipt"));
        QFile kept(portal.folder.filePath(QStringLiteral("bids/") + QString::fromStdString(taken.body.at("id"))));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray(reinterpret_cast<const char *>(envelope.data()), static_cast<qsizetype>(envelope.size())));
        QCOMPARE(portal.filesIn("parts"), 0);
    }
    void bid_whoseCommitGetsNoAnswer_handedInAnew_isSaidToStand()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf("one");
        const std::string path = portal.uploaded(envelope);
        portal.unsure.lost = 1;
        QCOMPARE(portal.ask("POST", path).status, 503);
        QCOMPARE(portal.handIn(envelope).code(), std::string("HF-906"));
        QCOMPARE(portal.bids().size(), std::size_t(1));
        QCOMPARE(portal.filesIn("bids"), 1);
    }
    void opened_whoseCommitGetsNoAnswer_isOpenWithItsFile()
    {
        Portal portal;
        const std::string bid = portal.handIn(portal.envelopeOf("content")).body.at("id");
        portal.clock.advance(kHourMs);
        const std::string path = portal.uploaded(bytesOf(viewOf("content")), {{"opens", bid}, {"price", "7"}});
        portal.unsure.lost = 1;
        QCOMPARE(portal.ask("POST", path).status, 503);
        QCOMPARE(portal.filesIn("opened"), 1);
        QCOMPARE(portal.handIn(bytesOf(viewOf("content")), {{"opens", bid}, {"price", "6"}}).code(), std::string("HF-903")); // another price is no retry
        const auto taken = portal.ask("POST", path);
        QCOMPARE(taken.status, 201);
        QVERIFY(taken.body.at("opened").at("price") == "7");
        QCOMPARE(portal.filesIn("opened"), 1);
    }
    // Of a commit that did not stand, and of which nobody asked again, or since the database is an older one: the next start puts the file
    // aside, and leaves alone what has a row. With the right database it is there again.
    void file_withoutARow_isPutAsideAtTheNextStart_andComesBackWithItsRow()
    {
        Portal portal;
        const std::string first = portal.handIn(portal.envelopeOf("content")).body.at("id");
        const std::string second = portal.handIn(portal.envelopeOf("withdrawn")).body.at("id");
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + second)).status, 204);
        const auto older = portal.ledger.rows;
        const Bytes envelope = portal.envelopeOf("newer");
        const std::string newer = portal.handIn(envelope).body.at("id");
        portal.clock.advance(kHourMs);
        QCOMPARE(portal.handIn(bytesOf(viewOf("content")), {{"opens", first}, {"price", "7"}}).status, 201);
        const auto write = [&](const std::string &name) {
            QFile file(portal.folder.filePath(QString::fromStdString(name)));
            return file.open(QIODevice::WriteOnly) && file.write("left behind") > 0;
        };
        const std::string stray(32, '5');
        QVERIFY(write("bids/" + stray) && write("documents/" + stray) && write("opened/" + second));
        portal.ledger.down = true;
        portal.start(); // the database is away: nothing is known, and nothing is moved
        portal.ledger.down = false;
        QCOMPARE(portal.filesIn("bids"), 4);
        QCOMPARE(portal.filesIn("opened"), 2);
        const auto names = [&](const char *folder) { return QDir(portal.folder.filePath(QString::fromLatin1(folder))).entryList(QDir::Files, QDir::Name); };
        const auto all = [](std::vector<std::string> list) {
            QStringList sorted;
            for (const std::string &one : list)
                sorted << QString::fromStdString(one);
            sorted.sort();
            return sorted;
        };
        const auto current = portal.ledger.rows;
        portal.ledger.rows = older;
        const QByteArray said = saidWhile([&] { portal.start(); });
        QVERIFY2(said.count('\n') == 1 && said.contains("portal-files") && said.contains("\"unclaimed\":5"), said.constData());
        QCOMPARE(names("bids"), all({first, second}));
        QVERIFY(names("opened").isEmpty() && names("documents").isEmpty());
        QCOMPARE(names("unclaimed"), all({"bids-" + newer, "bids-" + stray, "documents-" + stray, "opened-" + first, "opened-" + second}));

        portal.ledger.rows = current;
        QVERIFY(saidWhile([&] { portal.start(); }).contains("\"claimedAgain\":2"));
        QCOMPARE(names("bids"), all({first, second, newer}));
        QCOMPARE(names("opened"), all({first}));
        QCOMPARE(names("unclaimed"), all({"bids-" + stray, "documents-" + stray, "opened-" + second}));
        QVERIFY(portal.ask("GET", portal.here("/bids/" + newer + "/envelope/0")).bytes == envelope);
        QVERIFY(saidWhile([&] { portal.start(); }).isEmpty());
    }
    void upload_takenIn_holdsNoFileOpen()
    {
        Portal portal;
        const auto open = [] { return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size(); };
        QCOMPARE(portal.handIn(portal.envelopeOf("one")).status, 201);
        const auto before = open();
        QCOMPARE(portal.handIn(portal.envelopeOf("two")).status, 201);
        QCOMPARE(open(), before);
    }
    void upload_ofAnAccountWithoutACertificate_isRefused()
    {
        Portal portal;
        const auto refused = portal.ask("POST", portal.here("/uploads"), "nobody", {{"size", 10}});
        QCOMPARE(refused.status, 422);
        QCOMPARE(refused.code(), std::string("HF-780"));
        QCOMPARE(portal.filesIn("parts"), 0);
    }
    // Judged after the hour, since our disk failed, when the others' prices were out already: it cannot be set below them.
    void price_ofABidTakenInAfterTheOthersAreOut_isRefused()
    {
        Portal portal;
        const std::string first = portal.handIn(portal.envelopeOf("first")).body.at("id");
        portal.clock.advance(kHourMs - 1'000);
        const std::string path = portal.uploaded(portal.envelopeOf("late"));
        portal.takeAway("bids");
        QCOMPARE(portal.ask("POST", path).status, 503);
        portal.clock.advance(1'000);
        QCOMPARE(portal.handIn(bytesOf(viewOf("first")), {{"opens", first}, {"price", "100"}}).status, 201);
        portal.giveBack("bids");
        const std::string late = portal.ask("POST", path).body.at("id");
        QCOMPARE(portal.handIn(bytesOf(viewOf("late")), {{"opens", late}, {"price", "99"}}).status, 409);
        QVERIFY(portal.ask("POST", path).body.at("openedMs").is_null());
        QCOMPARE(portal.handIn(bytesOf(viewOf("late")), {{"opens", late}}).status, 201);
    }
    void bid_judgedBad_takesItsUploadWithIt()
    {
        Portal portal;
        const std::string path = portal.uploaded(Bytes(300, 'x'));
        QCOMPARE(portal.ask("POST", path).status, 422);
        QCOMPARE(portal.ask("POST", path).status, 404);
        QCOMPARE(portal.filesIn("parts"), 0);
    }
    void opened_whoseKeepingFails_isStillShut_andTakenWhenAskedAgain()
    {
        Portal portal;
        const std::string bid = portal.handIn(portal.envelopeOf("content")).body.at("id");
        portal.clock.advance(kHourMs);
        const std::string path = portal.uploaded(bytesOf(viewOf("content")), {{"opens", bid}});
        portal.takeAway("opened");
        QCOMPARE(portal.ask("POST", path).status, 503);
        portal.giveBack("opened");
        QVERIFY(portal.bids().at(0).at("openedMs").is_null());
        QCOMPARE(portal.ask("POST", path).status, 201);
        QCOMPARE(portal.ask("POST", path).status, 201);
        QVERIFY(!portal.bids().at(0).at("openedMs").is_null());
        QCOMPARE(portal.filesIn("opened"), 1);
    }
    void price_isSeenOnceAllAreOpen_orTheDayIsOver()
    {
        Portal portal;
        const std::string one = portal.handIn(portal.envelopeOf("one")).body.at("id");
        portal.clock.advance(1'000); // the first of them stands first
        const std::string two = portal.handIn(portal.envelopeOf("two")).body.at("id");
        portal.clock.advance(kHourMs);
        const auto priceFor = [&](const char *account) { return portal.bids(account).at(0).at("opened").at("price").get<std::string>(); };
        QCOMPARE(portal.handIn(bytesOf(viewOf("one")), {{"opens", one}, {"price", "100"}}).status, 201);
        QCOMPARE(priceFor("bidder"), std::string("100")); // one's own
        QCOMPARE(priceFor("rival"), std::string());
        portal.clock.advance(server::PortalProjects::kReadOutMs);
        QCOMPARE(priceFor("rival"), std::string("100"));
        QCOMPARE(portal.handIn(bytesOf(viewOf("two")), {{"opens", two}, {"price", "99"}}).status, 409); // after the others'
        QVERIFY(portal.bids().at(1).at("openedMs").is_null());
        QCOMPARE(portal.handIn(bytesOf(viewOf("two")), {{"opens", two}}).status, 201);
    }
    // --- sealed documents, and a receipt for each upload ----------------------------------------------------------------

    void upload_each_hasItsReceipt()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf("content"), letter = portal.pdf(), content = bytesOf(viewOf("content"));
        const auto bid = portal.handIn(envelope);
        QVERIFY(portal.isReceipt(bid.body.at("receipt"), "bid", envelope));
        const auto document = portal.handIn(letter, {{"document", "投标函.pdf"}});
        QCOMPARE(document.status, 201);
        QVERIFY(portal.isReceipt(document.body.at("receipt"), "document", letter));
        portal.clock.advance(kHourMs);
        const auto opened = portal.handIn(content, {{"opens", bid.body.at("id")}, {"price", "100"}});
        QCOMPARE(opened.status, 201);
        QVERIFY(portal.isReceipt(opened.body.at("opened").at("receipt"), "opened", content));
        QVERIFY(portal.bids().at(0).at("opened").at("receipt") == opened.body.at("opened").at("receipt")); // to be fetched again
        QVERIFY(!portal.bids("rival").at(0).at("opened").contains("receipt"));
    }
    void document_sealedByItsOwner_isSeenByAllFromTheHourOn()
    {
        Portal portal;
        const auto documents = [&](const char *account) { return portal.ask("GET", portal.here(), account).body.at("documents"); };
        QCOMPARE(portal.handIn(portal.pdf(), {{"document", "投标函.pdf"}}).status, 201);
        const json own = documents("bidder");
        QCOMPARE(own.size(), std::size_t(1));
        QVERIFY(own.at(0).at("signers") == json::array({"长江示范建设有限公司 · 王芳"}) && own.at(0).at("fileName") == "投标函.pdf");
        QVERIFY(documents("rival").empty() && portal.bids().empty());
        QCOMPARE(portal.filesIn("documents"), 1);
        QCOMPARE(portal.filesIn("parts"), 0);
        portal.clock.advance(kHourMs);
        QCOMPARE(documents("rival").size(), std::size_t(1));
        QVERIFY(!documents("rival").at(0).contains("receipt"));
    }
    void document_thatProvesNothing_isRefused()
    {
        Portal portal;
        const json order{{"document", "投标函.pdf"}};
        QCOMPARE(portal.handIn(portal.pdf(false), order).code(), std::string("HF-625")); // nobody has sealed it
        Bytes touched = portal.pdf();
        const auto at = std::ranges::search(touched, viewOf(std::string_view("/MediaBox"))).begin();
        QVERIFY(at != touched.end());
        at[1] = 'm';
        QCOMPARE(portal.handIn(touched, order).status, 422);
        QCOMPARE(portal.handIn(Bytes(3'000, 'x'), order).code(), std::string("HF-620"));
        QCOMPARE(portal.handIn(portal.envelopeOf("x"), order).code(), std::string("HF-620"));
        QCOMPARE(portal.handIn(portal.pdf(), order, "rival").code(), std::string("HF-782")); // somebody else's
        QCOMPARE(portal.handIn(portal.pdf(), {{"document", "a/b.pdf"}}).status, 400);
        QCOMPARE(portal.handIn(portal.pdf(), {{"document", std::string(300, 'x')}}).status, 400);
        QCOMPARE(portal.handIn(portal.pdf(), {{"document", "a.pdf"}, {"replaces", std::string(32, '1')}}).status, 400);
        QVERIFY(portal.ask("GET", portal.here()).body.at("documents").empty());
        QCOMPARE(portal.filesIn("documents") + portal.filesIn("parts"), 0);
        auto transaction = *portal.ledger.begin();
        QVERIFY(portal.authority.revoke(*transaction, portal.signCertificate->serial(), x509::Reason::keyCompromise, portal.clock.unixMs() - 1'000));
        QVERIFY(transaction->commit());
        QCOMPARE(portal.handIn(portal.pdf(), order).code(), std::string("HF-601"));
        portal.clock.advance(kHourMs);
        QCOMPARE(portal.handIn(portal.pdf(), order).code(), std::string("HF-900"));
        QVERIFY(portal.ask("GET", portal.here()).body.at("documents").empty());
    }
    // Of a signature that two have made both are named, and both have to hold.
    void document_ofASignatureByTwo_namesBoth()
    {
        Portal portal;
        const json order{{"document", "投标函.pdf"}};
        const Colleague other(portal, "13900139061", "周一");
        const auto letter = [&] { return portal.pdfBy(portal.sender, *portal.signCertificate, true, &other.key, other.certificate); };
        const auto taken = portal.handIn(letter(), order);
        QCOMPARE(taken.status, 201);
        QCOMPARE(taken.body.at("signers").size(), std::size_t(2));
        auto named = taken.body.at("signers").get<std::vector<std::string>>(); // the set in which they stand has no order of its own
        std::ranges::partition(named, [](const std::string &each) { return each.ends_with("王芳"); });
        QVERIFY(named[0] == "长江示范建设有限公司 · 王芳" && named[1].ends_with("周一"));
        QVERIFY(portal.revoke(other.account, x509::KeyKind::sign));
        QCOMPARE(portal.handIn(letter(), order).code(), std::string("HF-601"));
        QCOMPARE(portal.ask("GET", portal.here()).body.at("documents").size(), std::size_t(1));
    }
    // The seal is the company's, whoever there has put it on; nobody else's counts, and nobody's for whom has left.
    void document_sealedByAColleague_countsAndAnotherCompanysDoesNot()
    {
        Portal portal;
        const json order{{"document", "投标函.pdf"}};
        const Colleague first(portal, "13900139061", "周一"), second(portal, "13900139062", "周二");
        QVERIFY(portal.enterprise.holderOf(first.account)->companyId == portal.enterprise.holderOf(second.account)->companyId);
        QVERIFY(portal.enterprise.holderOf(first.account)->companyId != portal.enterprise.holderOf(portal.owner)->companyId);
        QVERIFY(server::PortalAccounts(portal.world).unbind("rival"));
        QCOMPARE(portal.handIn(portal.pdfBy(second.key, *second.certificate), order, "rival").code(), std::string("HF-780"));
        QVERIFY(server::PortalAccounts(portal.world).bind("rival", {*fixedBytes<16>(first.certificate->serial()), portal.enterprise.holderOf(first.account)->personId, 1}));
        const auto taken = portal.handIn(portal.pdfBy(second.key, *second.certificate), order, "rival");
        QCOMPARE(taken.status, 201);
        QVERIFY(taken.body.at("signers").at(0).get<std::string>().ends_with("周二"));

        // The other company's seal, also where its certificate bears this one's name.
        QCOMPARE(portal.handIn(portal.pdf(), order, "rival").code(), std::string("HF-782"));
        QCOMPARE(portal.handIn(portal.pdfBy(second.key, *second.certificate), order).code(), std::string("HF-782"));
        const Colleague namesake(portal, portal.owner, second.certificate->subject().organization, "李四");
        QCOMPARE(portal.handIn(portal.pdfBy(namesake.key, *namesake.certificate), order, "rival").code(), std::string("HF-782"));
        QVERIFY(portal.revoke(first.account, x509::KeyKind::sign));
        QCOMPARE(portal.handIn(portal.pdfBy(second.key, *second.certificate), order, "rival").code(), std::string("HF-600"));
        QCOMPARE(portal.ask("GET", portal.here(), "rival").body.at("documents").size(), std::size_t(1));
        QCOMPARE(portal.filesIn("documents"), 1);
        QCOMPARE(portal.filesIn("parts"), 0);
    }
    void document_takenBackTwiceOrByAnother_standsOrIsGone()
    {
        Portal portal;
        const Bytes letter = portal.pdf();
        const std::string id = portal.handIn(letter, {{"document", "投标函.pdf"}}).body.at("id"), path = portal.here("/documents/" + id);
        QCOMPARE(portal.handIn(letter, {{"document", "again.pdf"}}).code(), std::string("HF-906"));
        QCOMPARE(portal.ask("DELETE", path, "rival").status, 404);
        QCOMPARE(portal.filesIn("documents"), 1);
        QCOMPARE(portal.ask("DELETE", path).status, 204);
        QCOMPARE(portal.ask("DELETE", path).status, 404);
        QCOMPARE(portal.filesIn("documents"), 0);
        const std::string late = portal.handIn(letter, {{"document", "投标函.pdf"}}).body.at("id");
        portal.clock.advance(kHourMs);
        QCOMPARE(portal.ask("DELETE", portal.here("/documents/" + late)).code(), std::string("HF-900"));
        QCOMPARE(portal.ask("GET", portal.here()).body.at("documents").size(), std::size_t(1));
    }

    // --- what Hufu's own list hears of it -------------------------------------------------------------------------------

    void bid_withdrawnAndHandedInAgain_standsOnHufusListAsHere()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf("one");
        const auto id = portal.listed();
        const std::string bid = portal.handIn(envelope).body.at("id");
        QVERIFY(portal.bidOf(id).state == opening::BidState::sealed);
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + bid)).status, 204);
        QVERIFY(portal.bidOf(id).state == opening::BidState::withdrawn);
        QCOMPARE(portal.handIn(envelope).status, 201);
        QVERIFY(portal.bidOf(id).state == opening::BidState::sealed);
    }
    void bid_replaced_isReplacedOnHufusList()
    {
        Portal portal;
        const Bytes one = portal.envelopeOf("one");
        const auto former = portal.listed();
        const Bytes two = portal.envelopeOf("two");
        const auto next = portal.listed();
        const std::string first = portal.handIn(one).body.at("id");
        const auto second = portal.handIn(two, {{"replaces", first}});
        QCOMPARE(second.status, 201);
        QVERIFY(portal.bidOf(former).state == opening::BidState::replaced);
        QVERIFY(portal.bidOf(former).successor == next);
        QVERIFY(portal.bidOf(next).state == opening::BidState::sealed);
        // By one that Hufu does not know: it is withdrawn then.
        const Bytes three = portal.envelopeOf("three");
        QCOMPARE(portal.handIn(three, {{"replaces", second.body.at("id")}}).status, 201);
        QVERIFY(portal.bidOf(next).state == opening::BidState::withdrawn);
    }
    void bid_ofNoList_isHandedInAndWithdrawnAllTheSame()
    {
        Portal portal;
        const std::string bid = portal.handIn(portal.envelopeOf("one")).body.at("id");
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + bid)).status, 204);
        QVERIFY(server::PortalProjects(portal.world).untold()->empty());
    }
    // Hufu does not answer just then: it is told with the next page that somebody looks at.
    void withdrawal_thatHufuCouldNotBeTold_isToldLater()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf("one");
        const auto id = portal.listed();
        const std::string bid = portal.handIn(envelope).body.at("id");
        portal.party.emplace(net::Router(), "a key"); // nobody is there
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + bid)).status, 204);
        QVERIFY(portal.bidOf(id).state == opening::BidState::sealed);
        QCOMPARE(server::PortalProjects(portal.world).untold()->size(), std::size_t(1));
        portal.party.emplace(portal.partyRouter, portal.partyKey);
        QCOMPARE(portal.ask("GET", kPath, "rival").status, 200);
        QVERIFY(portal.bidOf(id).state == opening::BidState::withdrawn);
        QVERIFY(server::PortalProjects(portal.world).untold()->empty());
    }
    void bid_toldByAParty_isOfThatPartyAloneAndWellFormed()
    {
        Portal portal;
        portal.envelopeOf("one");
        const auto id = portal.listed();
        const std::string other = *portal.sessions.registerRelyingParty("other", "另一平台");
        const auto put = [&](const std::string &key, const std::string &of, const json &body) {
            net::Request request;
            request.method = "PUT";
            request.target = request.path = "/rp/v1/bids/" + of;
            request.headers = {{"authorization", "Bearer " + key}};
            request.body = bytesOf(viewOf(body.dump()));
            return answered(portal.partyRouter, std::move(request)).status;
        };
        const json in{{"state", "handedIn"}}, out{{"state", "withdrawn"}};
        QCOMPARE(put("no key", toHex(id), in), 401);
        for (const json &bad : {json::object(), json{{"state", "opened"}}, json{{"state", 1}}, json{{"state", "replaced"}}, json{{"state", "replaced"}, {"replacedBy", "xyz"}}, json::array()})
            QCOMPARE(put(portal.partyKey, toHex(id), bad), 400);
        QCOMPARE(put(portal.partyKey, std::string(64, '7'), in), 404);
        QCOMPARE(put(portal.partyKey, "77", in), 404);
        QCOMPARE(put(portal.partyKey, toHex(id), out), 404); // it has never had it
        QCOMPARE(put(portal.partyKey, toHex(id), in), 204);
        QCOMPARE(put(other, toHex(id), in), 404);
        QCOMPARE(put(other, toHex(id), out), 404);
        QCOMPARE(put(portal.partyKey, toHex(id), {{"state", "replaced"}, {"replacedBy", toHex(id)}}), 400);
        QVERIFY(portal.bidOf(id).state == opening::BidState::sealed);
        QCOMPARE(portal.bidBook.bids().withdraw(portal.owner, id, portal.clock.unixMs()).error().code, Errc::badState); // the party has it
        QVERIFY(portal.bidOf(id).state == opening::BidState::sealed);
        portal.envelopeOf("two");
        const auto kept = portal.listed();
        QVERIFY(portal.bidBook.bids().withdraw(portal.owner, kept, portal.clock.unixMs()));
        QCOMPARE(put(portal.partyKey, toHex(kept), in), 409); // by its sealer
    }
    void readers_areToldToTheOwnerAlone()
    {
        Portal portal;
        const auto taken = portal.handIn(portal.envelopeOf("one"));
        QVERIFY(taken.body.at("readers") == json::array({toHex(*documents::envelopeKeyId(*portal.encryptCertificate))}));
        // As long as it is shut the list of projects tells its owner, at log-in, what a computer has to open.
        const auto shut = [&](const char *account) { return portal.ask("GET", kPath, account).body.at("projects").at(0).at("shut"); };
        QVERIFY(shut("bidder") == json::array({taken.body.at("readers")}) && shut("rival").empty());
        portal.clock.advance(kHourMs);
        QVERIFY(portal.bids().at(0).contains("readers"));
        QVERIFY(!portal.bids("rival").at(0).contains("readers"));
        QVERIFY(shut("bidder").size() == 1 && shut("rival").empty());
        QCOMPARE(portal.handIn(bytesOf(viewOf("one")), {{"opens", taken.body.at("id")}}).status, 201);
        QVERIFY(shut("bidder").empty());
    }

    // --- what was handed in, for those who can open it ------------------------------------------------------------------

    void envelope_handedIn_isGivenBackPieceByPiece_alsoWithdrawn()
    {
        Portal portal;
        const Bytes envelope = portal.envelopeOf(std::string(server::PortalUploads::kPieceMost + 5'000, 'x'));
        const auto taken = portal.handIn(envelope, json::object(), "bidder", server::PortalUploads::kPieceMost);
        QCOMPARE(taken.status, 201);
        const std::string bid = taken.body.at("id"), path = portal.here("/bids/" + bid + "/envelope/");
        const auto fetched = [&] {
            Bytes whole;
            while (whole.size() < envelope.size()) {
                const auto piece = portal.ask("GET", path + std::to_string(whole.size()));
                if (piece.status != 200 || piece.bytes.empty() || piece.bytes.size() > server::PortalUploads::kPieceMost) break;
                whole.insert(whole.end(), piece.bytes.begin(), piece.bytes.end());
            }
            return whole;
        };
        QVERIFY(fetched() == envelope);
        for (const std::string &bad : {std::to_string(envelope.size()), std::string("-1"), std::string("x"), std::string("99999999999999999999")})
            QCOMPARE(portal.ask("GET", path + bad).status, 400);
        QCOMPARE(portal.ask("GET", path + "0", "").status, 401);
        const auto strange = portal.ask("GET", path + "0", "rival"), none = portal.ask("GET", portal.here("/bids/" + std::string(32, '7') + "/envelope/0"), "rival");
        QVERIFY(strange.status == 404 && strange.body == none.body);
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + bid)).status, 204);
        QVERIFY(fetched() == envelope);
        portal.takeAway("bids");
        QCOMPARE(portal.ask("GET", path + "0").status, 503);
        portal.giveBack("bids");
    }
    // A colleague with a key fetches it, is told of it, and submits what was opened; nobody else does, whatever key is among its readers.
    void bid_sealedForAColleague_isForItsReadersOfThatCompanyAlone()
    {
        Portal portal;
        const Colleague sealer(portal, "13900139061", "周一"), reader(portal, "13900139062", "周二"), other(portal, "13900139063", "周三");
        QVERIFY(server::PortalAccounts(portal.world).unbind("bidder"));
        sealer.use(portal, "bidder");
        reader.use(portal, "reader");
        other.use(portal, "other");
        QVERIFY(server::PortalAccounts(portal.world).unbind("rival"));
        QVERIFY(server::PortalAccounts(portal.world).bind("rival", {portal.signedBy, portal.ownerPerson, 1})); // of another company, and with a key
        const Bytes envelope = portal.envelopeBy(sealer.key, *sealer.certificate, {sealer.encryptCertificate(portal), reader.encryptCertificate(portal), *portal.encryptCertificate}, "content");
        const auto taken = portal.handIn(envelope);
        QCOMPARE(taken.status, 201);
        QCOMPARE(taken.body.at("readers").size(), std::size_t(3));
        const std::string bid = taken.body.at("id"), path = portal.here("/bids/" + bid);
        const json seen = portal.bids("reader");
        QCOMPARE(seen.size(), std::size_t(1));
        QVERIFY(seen.at(0).at("own") == false && seen.at(0).at("reads") == true && seen.at(0).at("readers") == taken.body.at("readers") && !seen.at(0).contains("receipt"));
        QVERIFY(portal.bids().at(0).at("own") == true && portal.bids().at(0).at("reads") == false);
        const auto row = [&](const char *account) { return portal.ask("GET", kPath, account).body.at("projects").at(0); };
        QVERIFY(row("reader").at("bids") == 1 && row("reader").at("shut") == json::array({taken.body.at("readers")}));
        QVERIFY(portal.ask("GET", path + "/envelope/0", "reader").bytes == envelope);
        QCOMPARE(portal.ask("DELETE", path, "reader").status, 404);
        QVERIFY(portal.bids().at(0).at("withdrawnMs").is_null());
        const auto missing = portal.ask("GET", portal.here("/bids/" + std::string(32, '7') + "/envelope/0"), "reader");
        for (const char *account : {"other", "rival"}) {
            QVERIFY(portal.bids(account).empty() && row(account).at("bids") == 0 && row(account).at("shut").empty());
            const auto refused = portal.ask("GET", path + "/envelope/0", account);
            QVERIFY(refused.status == 404 && refused.body == missing.body);
        }
        // Hufu does not answer: one's own is there all the same, and nobody is let in.
        portal.party.emplace(net::Router(), "a key");
        QVERIFY(portal.bids().size() == 1 && portal.bids("reader").empty() && portal.ask("GET", path + "/envelope/0").status == 200);
        QVERIFY(portal.ask("GET", path + "/envelope/0", "reader").status >= 400);
        portal.party.emplace(portal.partyRouter, portal.partyKey);

        portal.clock.advance(kHourMs);
        const json opens{{"opens", bid}, {"price", "7"}};
        for (const char *account : {"other", "rival"})
            QCOMPARE(portal.handIn(bytesOf(viewOf("content")), opens, account).status, 404);
        QVERIFY(portal.bids().at(0).at("openedMs").is_null());
        QCOMPARE(portal.filesIn("opened"), 0);
        const auto opened = portal.handIn(bytesOf(viewOf("content")), opens, "reader");
        QCOMPARE(opened.status, 201);
        QVERIFY(opened.body.at("reads") == true && opened.body.at("opened").at("price") == "7");
        QVERIFY(json::parse(opened.body.at("opened").at("receipt").at("text").get<std::string>()).at("account") == "reader"); // who has handed it in
        QVERIFY(portal.bids().at(0).at("opened").at("receipt") == opened.body.at("opened").at("receipt"));
        QVERIFY(row("reader").at("shut").empty() && portal.bids("other").at(0).at("reads") == false);
        QVERIFY(!portal.bids("other").at(0).at("opened").contains("receipt"));
    }
    // Whoever's account is nobody's any more opens nothing, and nobody what was withdrawn.
    void bid_ofAColleague_unboundOrWithdrawn_isNotSeen()
    {
        Portal portal;
        const Colleague sealer(portal, "13900139061", "周一"), reader(portal, "13900139062", "周二");
        QVERIFY(server::PortalAccounts(portal.world).unbind("bidder"));
        sealer.use(portal, "bidder");
        reader.use(portal, "reader");
        const auto taken = portal.handIn(portal.envelopeBy(sealer.key, *sealer.certificate, {reader.encryptCertificate(portal)}, "content"));
        const std::string path = portal.here("/bids/" + taken.body.at("id").get<std::string>());
        QCOMPARE(portal.ask("GET", path + "/envelope/0", "reader").status, 200);
        QVERIFY(server::PortalAccounts(portal.world).unbind("reader"));
        QVERIFY(portal.ask("GET", path + "/envelope/0", "reader").status == 404 && portal.bids("reader").empty());
        reader.use(portal, "reader");
        QCOMPARE(portal.ask("DELETE", path).status, 204);
        QVERIFY(portal.ask("GET", path + "/envelope/0", "reader").status == 404 && portal.bids("reader").empty());
    }
    // What becomes of the sealer's account afterwards takes the bid from no colleague, and gives it to nobody else.
    void bid_ofAColleague_whoIsUnboundOrRenewed_isFetchedAndOpened()
    {
        for (const bool isRenewed : {false, true}) {
            Portal portal;
            const Colleague sealer(portal, "13900139061", "周一"), reader(portal, "13900139062", "周二"), other(portal, "13900139063", "周三");
            QVERIFY(server::PortalAccounts(portal.world).unbind("bidder") && server::PortalAccounts(portal.world).unbind("rival"));
            sealer.use(portal, "bidder");
            reader.use(portal, "reader");
            other.use(portal, "other");
            QVERIFY(server::PortalAccounts(portal.world).bind("rival", {portal.signedBy, portal.ownerPerson, 1})); // of another company, and with a key
            const Bytes envelope = portal.envelopeBy(sealer.key, *sealer.certificate, {reader.encryptCertificate(portal), *portal.encryptCertificate}, "content");
            const auto taken = portal.handIn(envelope);
            QCOMPARE(taken.status, 201);
            const std::string bid = taken.body.at("id"), path = portal.here("/bids/" + bid) + "/envelope/0";
            if (isRenewed)
                Colleague(portal, sealer.account, portal.enterprise.holderOf(sealer.account)->company.name, "周一").use(portal, "bidder");
            else
                QVERIFY(server::PortalAccounts(portal.world).unbind("bidder"));
            QVERIFY(portal.bids("reader").size() == 1 && portal.bids("reader").at(0).at("reads") == true);
            QVERIFY(portal.ask("GET", path, "reader").bytes == envelope);
            for (const char *account : {"other", "rival"})
                QVERIFY(portal.bids(account).empty() && portal.ask("GET", path, account).status == 404);
            portal.clock.advance(kHourMs);
            const json opens{{"opens", bid}, {"price", "7"}};
            QCOMPARE(portal.handIn(bytesOf(viewOf("content")), opens, "rival").status, 404);
            QVERIFY(portal.bids("reader").at(0).at("openedMs").is_null());
            const auto opened = portal.handIn(bytesOf(viewOf("content")), opens, "reader");
            QCOMPARE(opened.status, 201);
            QVERIFY(opened.body.at("reads") == true && opened.body.at("opened").at("price") == "7");
        }
    }
    // Of a bid from before its company was kept, the bound sealer's counts.
    void bid_ofAColleague_fromBeforeItsCompanyWasKept_isSeenWhileTheSealerIsBound()
    {
        Portal portal;
        const Colleague sealer(portal, "13900139061", "周一"), reader(portal, "13900139062", "周二");
        QVERIFY(server::PortalAccounts(portal.world).unbind("bidder"));
        sealer.use(portal, "bidder");
        reader.use(portal, "reader");
        const std::string bid = portal.handIn(portal.envelopeBy(sealer.key, *sealer.certificate, {reader.encryptCertificate(portal)}, "content")).body.at("id");
        auto transaction = *portal.ledger.begin();
        QVERIFY(transaction->remove(ports::Table::meta, concat({viewOf("portal/sealed-company/"), *fromHex(bid)})));
        QVERIFY(transaction->commit());
        QCOMPARE(portal.bids("reader").size(), std::size_t(1));
        QVERIFY(server::PortalAccounts(portal.world).unbind("bidder"));
        QVERIFY(portal.bids("reader").empty());
    }

    // --- one's own computers --------------------------------------------------------------------------------------------

    void computers_ofOneAccount_areKeptAsTheyWereSeen()
    {
        Portal portal;
        const std::string path = "/portal/v1/computers", id(32, '1');
        QVERIFY(portal.ask("GET", path).body.at("computers").empty());
        QCOMPARE(portal.ask("PUT", path + "/" + id, "bidder", {{"name", "PC-07"}, {"canOpen", true}}).status, 200);
        portal.clock.advance(1'000);
        QCOMPARE(portal.ask("PUT", path + "/" + std::string(32, '2'), "bidder", {{"name", "家里"}, {"canOpen", false}}).status, 200);
        json seen = portal.ask("GET", path).body.at("computers");
        QCOMPARE(seen.size(), std::size_t(2));
        QVERIFY(seen.at(0).at("name") == "家里" && seen.at(0).at("canOpen") == false && seen.at(1).at("canOpen") == true);
        QVERIFY(portal.ask("GET", path, "rival").body.at("computers").empty());
        portal.clock.advance(1'000);
        seen = portal.ask("PUT", path + "/" + id, "bidder", {{"name", "PC-07"}, {"canOpen", false}}).body.at("computers");
        QVERIFY(seen.size() == 2 && seen.at(0).at("name") == "PC-07" && seen.at(0).at("canOpen") == false);
        QCOMPARE(portal.ask("DELETE", path + "/" + id, "rival").status, 404);
        QCOMPARE(portal.ask("DELETE", path + "/" + id).status, 204);
        QCOMPARE(portal.ask("GET", path).body.at("computers").size(), std::size_t(1));
    }
    void computers_unfitOrTooMany_areRefusedOrGiveWay()
    {
        Portal portal;
        const std::string path = "/portal/v1/computers/";
        const json good{{"name", "PC"}, {"canOpen", true}};
        for (const json &bad : {json::object(), json{{"name", "PC"}}, json{{"name", ""}, {"canOpen", true}}, json{{"name", "PC"}, {"canOpen", 1}}, json{{"name", "a\nb"}, {"canOpen", true}},
                                json{{"name", std::string(200, 'x')}, {"canOpen", true}}})
            QCOMPARE(portal.ask("PUT", path + std::string(32, '1'), "bidder", bad).status, 400);
        QCOMPARE(portal.ask("PUT", path + "xyz", "bidder", good).status, 404);
        QCOMPARE(portal.ask("PUT", path + std::string(32, '1'), "", good).status, 401);
        QVERIFY(portal.ask("GET", "/portal/v1/computers").body.at("computers").empty());
        for (std::size_t i = 0; i < server::PortalComputers::kMost + 3; ++i) {
            QCOMPARE(portal.ask("PUT", path + toHex(Bytes(16, static_cast<std::uint8_t>(i))), "bidder", {{"name", std::to_string(i)}, {"canOpen", true}}).status, 200);
            portal.clock.advance(1);
        }
        const json kept = portal.ask("GET", "/portal/v1/computers").body.at("computers");
        QCOMPARE(kept.size(), server::PortalComputers::kMost);
        QVERIFY(kept.at(0).at("name") == std::to_string(server::PortalComputers::kMost + 2));
    }
    void bid_withdrawn_onlyByItsOwnerAndInTime()
    {
        Portal portal;
        const std::string bid = portal.handIn(portal.envelopeOf("one")).body.at("id");
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + bid), "rival").status, 404);
        portal.clock.advance(kHourMs);
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + bid)).code(), std::string("HF-900"));
        QVERIFY(portal.bids().at(0).at("withdrawnMs").is_null());
        portal.clock.advance(-kHourMs);
        QCOMPARE(portal.ask("DELETE", portal.here("/bids/" + bid)).status, 204);
        portal.clock.advance(kHourMs);
        QVERIFY(portal.bids("rival").empty()); // the table has what stands
    }
    void opened_beforeTheHour_isRefused()
    {
        Portal portal;
        const std::string bid = portal.handIn(portal.envelopeOf("content")).body.at("id");
        QCOMPARE(portal.handIn(bytesOf(viewOf("content")), {{"opens", bid}}).code(), std::string("HF-902"));
        QVERIFY(portal.bids().at(0).at("openedMs").is_null());
    }
    void opened_inTime_isInTheTable()
    {
        Portal portal;
        const std::string bid = portal.handIn(portal.envelopeOf("content")).body.at("id");
        portal.clock.advance(kHourMs);
        QCOMPARE(portal.handIn(bytesOf(viewOf("contents")), {{"opens", bid}}).code(), std::string("HF-903")); // another size
        QCOMPARE(portal.handIn(bytesOf(viewOf("content")), {{"opens", bid}}, "rival").status, 404);
        QVERIFY(portal.bids().at(0).at("openedMs").is_null());
        QCOMPARE(portal.handIn(bytesOf(viewOf("content")), {{"opens", bid}, {"price", "1,234.50"}}).status, 201);
        const json row = portal.bids("rival").at(0);
        QVERIFY(row.at("opened").at("sm3") == toHex(crypto::sm3(viewOf("content"))));
        QVERIFY(row.at("opened").at("price") == "1,234.50");
        QCOMPARE(portal.handIn(bytesOf(viewOf("content")), {{"opens", bid}}).code(), std::string("HF-903")); // once
        QCOMPARE(portal.filesIn("opened"), 1);
    }
    void piece_outOfPlace_isRefusedAndTheUploadGoesOn()
    {
        Portal portal;
        const auto begun = portal.ask("POST", portal.here("/uploads"), "bidder", {{"size", 10}});
        const std::string path = "/portal/v1/uploads/" + begun.body.at("upload").get<std::string>();
        QVERIFY(portal.send("PUT", path + "/0", "bidder", Bytes(4, 'a')).body.at("received") == 4);
        QCOMPARE(portal.send("PUT", path + "/0", "bidder", Bytes(4, 'a')).status, 409);
        QCOMPARE(portal.send("PUT", path + "/5", "bidder", Bytes(4, 'a')).status, 409);
        QCOMPARE(portal.send("PUT", path + "/x", "bidder", Bytes(4, 'a')).status, 400);
        QCOMPARE(portal.send("PUT", path + "/4", "bidder", Bytes(7, 'a')).status, 400);
        QCOMPARE(portal.send("PUT", path + "/4", "rival", Bytes(4, 'a')).status, 404);
        QCOMPARE(portal.ask("POST", path).status, 409); // something is missing
        QVERIFY(portal.ask("GET", path).body.at("received") == 4);
        QVERIFY(portal.send("PUT", path + "/4", "bidder", Bytes(6, 'a')).body.at("received") == 10);
    }
    void upload_largerThanIsTaken_isRefusedWithTheNumber()
    {
        Portal portal;
        QVERIFY(portal.ask("GET", portal.here()).body.at("fileMost") == server::PortalUploads::kFileMost);
        for (const std::uint64_t size : {server::PortalUploads::kFileMost + 1, std::uint64_t{1} << 53}) {
            const auto refused = portal.ask("POST", portal.here("/uploads"), "bidder", {{"size", size}});
            QCOMPARE(refused.status, 413);
            QCOMPARE(refused.code(), std::string("HF-908"));
            const std::string number = std::to_string(server::PortalUploads::kFileMost >> 30) + " GiB";
            for (const char *text : {"detail", "detailZh"})
                QVERIFY(refused.body.at(text).get<std::string>().find(number) != std::string::npos);
        }
        QCOMPARE(portal.ask("POST", portal.here("/uploads"), "bidder", {{"size", (std::uint64_t{1} << 53) + 1}}).status, 400);
        QCOMPARE(portal.filesIn("parts"), 0);
        server::PortalUploads uploads(portal.folder.filePath(QStringLiteral("parts")).toStdString(), portal.random, portal.clock, [](const std::filesystem::path &) { return server::PortalUploads::kFileMost; });
        QVERIFY(uploads.begin({"bidder", {}, {}, false, {}, {}}, server::PortalUploads::kFileMost)); // nothing of it is kept in memory
    }
    // What others have announced counts, as far as it is not written yet.
    void upload_thatTheDiskDoesNotTake_isRefusedBeforeItsFirstPiece()
    {
        Portal portal;
        server::PortalUploads uploads(portal.folder.filePath(QStringLiteral("small")).toStdString(), portal.random, portal.clock, [](const std::filesystem::path &) { return std::uint64_t{100}; });
        const auto first = uploads.begin({"bidder", {}, {}, false, {}, {}}, 60);
        QVERIFY(first);
        QCOMPARE(uploads.begin({"rival", {}, {}, false, {}, {}}, 41).error().code, Errc::unavailable);
        QCOMPARE(portal.filesIn("small"), 1);
        QVERIFY(uploads.append("bidder", *first, 0, Bytes(60, 'x')));
        const auto second = uploads.begin({"rival", {}, {}, false, {}, {}}, 100);
        QVERIFY(second);
        QCOMPARE(portal.filesIn("small"), 2);
        // Announced and not sent: asking how it stands does not keep the room.
        portal.clock.advance(server::PortalUploads::kStalledMs);
        QVERIFY(uploads.received("rival", *second));
        QCOMPARE(uploads.begin({"third", {}, {}, false, {}, {}}, 1).error().code, Errc::unavailable);
        portal.clock.advance(1);
        QVERIFY(uploads.begin({"third", {}, {}, false, {}, {}}, 100));
        QVERIFY(uploads.append("rival", *second, 0, Bytes(100, 'x'))); // it goes on all the same
    }
    // However many are under way, the space of one account has a bound, and leaves others theirs.
    void uploads_ofOneAccount_tooLargeTogether_areRefused()
    {
        using Uploads = server::PortalUploads;
        Portal portal;
        Uploads uploads(portal.folder.filePath(QStringLiteral("large")).toStdString(), portal.random, portal.clock, [](const std::filesystem::path &) { return 100 * Uploads::kFileMost; });
        QVERIFY(uploads.begin({"bidder", {}, {}, false, {}, {}}, Uploads::kFileMost));
        portal.clock.advance(1'000);
        QVERIFY(uploads.begin({"bidder", {}, {}, false, {}, "a.pdf"}, Uploads::kFileMost - 1)); // the same once more, or another
        QCOMPARE(uploads.begin({"bidder", {}, {}, false, {}, "b.pdf"}, 2).error().code, Errc::locked);
        QCOMPARE(portal.filesIn("large"), 2);
        QVERIFY(uploads.begin({"bidder", {}, {}, false, {}, "b.pdf"}, 1));
        QVERIFY(uploads.begin({"rival", {}, {}, false, {}, {}}, Uploads::kFileMost));
        portal.clock.advance(Uploads::kStalledMs);
        QVERIFY(uploads.begin({"bidder", {}, {}, false, {}, {}}, Uploads::kFileMost)); // the first one has stalled, and gives way
        portal.clock.advance(Uploads::kIdleMs + 1);
        QVERIFY(uploads.begin({"bidder", {}, {}, false, {}, "c.pdf"}, Uploads::kFileMost));
        QCOMPARE(portal.filesIn("large"), 1);
    }
    // What the end would refuse the beginning refuses, before a byte is sent for nothing.
    void upload_thatTheEndWouldRefuse_isRefusedAtItsBeginning()
    {
        Portal portal;
        const auto begin = [&](json order, const std::string &account = "bidder") {
            order["size"] = order.value("size", 7);
            return portal.ask("POST", portal.here("/uploads"), account, order);
        };
        const std::string none(32, '7'), bid = portal.handIn(portal.envelopeOf("content")).body.at("id");
        QCOMPARE(begin({{"replaces", none}}).status, 404);
        QCOMPARE(begin({{"replaces", bid}}, "rival").status, 404);
        portal.clock.advance(1'000); // the first of them stands first
        const std::string second = portal.handIn(portal.envelopeOf("another"), {{"replaces", bid}}).body.at("id");
        QCOMPARE(begin({{"replaces", bid}}).status, 404); // it stands no more
        QCOMPARE(begin({{"opens", second}}).code(), std::string("HF-902"));
        portal.clock.advance(kHourMs);
        QCOMPARE(begin({{"opens", none}}).status, 404);
        QCOMPARE(begin({{"opens", bid}}).status, 404);
        QCOMPARE(begin({{"opens", second}}, "rival").status, 404);
        QCOMPARE(begin({{"opens", second}, {"size", 8}}).code(), std::string("HF-903"));
        for (const std::string &price : {std::string(33, '9'), std::string("cheap"), std::string("\u4E00\u767E"), std::string("-1"), std::string("1."), std::string(".5"), std::string("1.234"), std::string("12,34"),
                                         std::string("1234,567"), std::string(",123"), std::string("1,234,"), std::string("1.2.3"), std::string("1e9"), std::string(" 7")})
            QCOMPARE(begin({{"opens", second}, {"price", price}}).status, 400);
        for (const char *price : {"0", "1234567.8", "1,234,567.89"})
            QCOMPARE(begin({{"opens", second}, {"price", price}}).status, 201);
        QCOMPARE(portal.handIn(bytesOf(viewOf("another")), {{"opens", second}}).status, 201);
        QCOMPARE(begin({{"opens", second}}).code(), std::string("HF-903")); // once
        QCOMPARE(portal.filesIn("parts"), 3); // of those that were begun only
        QVERIFY(portal.bids().at(1).at("openedMs").is_number() && portal.bids().at(0).at("openedMs").is_null());
    }
    // A price, too, is judged before its file.
    void upload_withAPriceAfterTheOthers_isRefusedAtItsBeginning()
    {
        Portal portal;
        const std::string bid = portal.handIn(portal.envelopeOf("content")).body.at("id");
        portal.clock.advance(kHourMs + server::PortalProjects::kReadOutMs);
        const json order{{"opens", bid}, {"size", 7}};
        json priced = order;
        priced["price"] = "9";
        const auto refused = portal.ask("POST", portal.here("/uploads"), "bidder", priced);
        QVERIFY(refused.status == 409 && refused.code() == "HF-104");
        QCOMPARE(portal.filesIn("parts"), 0);
        QCOMPARE(portal.ask("POST", portal.here("/uploads"), "bidder", order).status, 201);
    }
    void uploads_tooManyOrIdle_end()
    {
        Portal portal;
        const auto begin = [&](const std::string &account, std::int64_t size = 10) { return portal.ask("POST", portal.here("/uploads"), account, {{"size", size}}).status; };
        QCOMPARE(begin("bidder", 0), 400);
        for (std::size_t i = 0; i < server::PortalUploads::kOfOne; ++i)
            QCOMPARE(begin("bidder"), 201);
        QCOMPARE(begin("bidder"), 429);
        QCOMPARE(begin("rival"), 201);
        portal.clock.advance(server::PortalUploads::kIdleMs + 1);
        QCOMPARE(begin("bidder"), 201);
        QCOMPARE(portal.filesIn("parts"), 1);
    }
    // Whoever begins anew after a cut is not locked out by what the cut has left.
    void upload_stalled_givesWayToTheNextForTheSamePurpose_andToNoOther()
    {
        Portal portal;
        const auto begin = [&](json order = json::object(), const std::string &account = "bidder") {
            order["size"] = 10;
            return "/portal/v1/uploads/" + portal.ask("POST", portal.here("/uploads"), account, order).body.value("upload", "");
        };
        const auto isThere = [&](const std::string &path, const std::string &account = "bidder") { return portal.ask("GET", path, account).status == 200; };
        const std::string document = begin({{"document", "a.pdf"}}), rivals = begin({}, "rival");
        for (std::size_t i = 0; i < 2 * server::PortalUploads::kOfOne; ++i) {
            const std::string path = begin();
            QVERIFY(path.size() > 32);
            portal.clock.advance(server::PortalUploads::kStalledMs / 2);
            QVERIFY(portal.send("PUT", path + "/0", "bidder", Bytes(4, 'a')).status == 200);
            const std::string at = "/" + std::to_string(i); // these send something now and then: asking alone would not keep them
            QVERIFY(portal.send("PUT", document + at, "bidder", Bytes(1, 'd')).status == 200 && portal.send("PUT", rivals + at, "rival", Bytes(1, 'r')).status == 200);
            const std::string beside = begin(); // the other goes on
            QVERIFY(isThere(path) && isThere(beside));
            portal.clock.advance(server::PortalUploads::kStalledMs + 1);
        }
        begin();
        QCOMPARE(portal.filesIn("parts"), 3);
        // Handed in, and the answer is still to come: it stands, and so does its hour.
        const std::string whole = portal.uploaded(portal.envelopeOf("one"));
        portal.takeAway("bids");
        const auto later = portal.ask("POST", whole);
        QCOMPARE(later.status, 503);
        QCOMPARE(later.retryAfter, std::string("5"));
        portal.giveBack("bids");
        portal.clock.advance(server::PortalUploads::kStalledMs + 1);
        begin();
        QCOMPARE(portal.ask("POST", whole).status, 201);
    }
    // Judging takes long: it must not take the server's threads, however often it is asked for.
    void uploads_thatAreJudged_keepNobodyWaiting()
    {
        using Uploads = server::PortalUploads;
        Portal portal;
        Uploads uploads(portal.folder.filePath(QStringLiteral("judged")).toStdString(), portal.random, portal.clock);
        const auto whole = [&uploads](const std::string &account, const std::string &document = {}) {
            const auto id = uploads.begin({account, {}, {}, false, {}, document}, 2);
            if (!id || !uploads.append(account, *id, 0, Bytes(2, 'a'))) qFatal("upload");
            return *id;
        };
        const server::Id one = whole("bidder"), another = whole("bidder", "b.pdf"), rivals = whole("rival"), thirds = whole("third");
        const server::Id begun = *uploads.begin({"bidder", {}, {}, false, {}, "c.pdf"}, 2);
        std::promise<void> end;
        const auto ended = end.get_future().share();
        std::atomic<int> judging = 0;
        const auto slowly = [&](const Uploads::Whole &) -> Uploads::Taken {
            ++judging;
            ended.wait();
            return server::jsonResponse({{"done", true}}, 201);
        };
        std::vector<std::int64_t> hours;
        const auto quickly = [&](const Uploads::Whole &taken) -> Uploads::Taken {
            hours.push_back(taken.handedInMs);
            return server::jsonResponse({{"done", true}}, 201);
        };
        std::future<void> first, second; // each waits for its thread
        auto letThemEnd = qScopeGuard([&end] { end.set_value(); }); // where a check fails, too
        first = std::async(std::launch::async, [&] { static_cast<void>(uploads.finish("bidder", one, slowly)); });
        QTRY_COMPARE(judging.load(), 1);
        const std::int64_t handedInMs = portal.clock.unixMs();
        QCOMPARE(uploads.finish("bidder", one, quickly).error().code, Errc::unavailable);
        QCOMPARE(uploads.append("bidder", one, 2, Bytes(1, 'a')).error().code, Errc::unavailable);
        QCOMPARE(*uploads.received("bidder", one), 2U);
        QCOMPARE(uploads.finish("bidder", another, quickly).error().code, Errc::unavailable); // one of each account
        QVERIFY(uploads.append("bidder", begun, 0, Bytes(1, 'a'))); // what is sent goes on
        second = std::async(std::launch::async, [&] { static_cast<void>(uploads.finish("rival", rivals, slowly)); });
        QTRY_COMPARE(judging.load(), 2);
        QCOMPARE(uploads.finish("third", thirds, quickly).error().code, Errc::unavailable); // two of all
        QVERIFY(hours.empty());
        portal.clock.advance(60'000);
        letThemEnd.dismiss();
        end.set_value();
        first.get();
        second.get();
        QCOMPARE(uploads.finish("bidder", one, quickly)->status, 201); // as it was answered
        QVERIFY(hours.empty());
        QCOMPARE(uploads.finish("bidder", another, quickly)->status, 201);
        QCOMPARE(uploads.finish("third", thirds, quickly)->status, 201);
        QCOMPARE(hours, std::vector<std::int64_t>(2, handedInMs)); // waiting has cost them nothing
        // Who was refused, or could not be judged, makes room as well.
        const server::Id refused = whole("bidder", "d.pdf");
        QCOMPARE(uploads.finish("bidder", refused, [](const Uploads::Whole &) -> Uploads::Taken { return Error(Errc::unavailable, "disk"); }).error().code, Errc::unavailable);
        QCOMPARE(uploads.finish("bidder", refused, [](const Uploads::Whole &) -> Uploads::Taken { return Error(Errc::tampered, "no bid"); }).error().code, Errc::tampered);
        QCOMPARE(uploads.finish("bidder", refused, quickly).error().code, Errc::notFound);
        QCOMPARE(uploads.finish("bidder", whole("bidder", "e.pdf"), quickly)->status, 201);
    }
};

QTEST_GUILESS_MAIN(TestPortalBids)
#include "test_portal_bids.moc"
