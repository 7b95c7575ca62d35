#include "app/server/composition.h"

#include "app/server/account_watch.h"
#include "app/server/company_api.h"
#include "app/server/console_desks.h"
#include "app/server/console_scan.h"
#include "app/server/console_shield.h"
#include "app/server/desk_api.h"
#include "app/server/drawn_seals.h"
#include "app/server/hearing.h"
#include "app/server/limited_lines.h"
#include "app/server/notices.h"
#include "app/server/operator.h"
#include "app/server/outside_api.h"
#include "app/server/party_api.h"
#include "app/server/party_applications.h"
#include "app/server/phone_gateway.h"
#include "app/server/portal_api.h"
#include "app/server/portal_bids_api.h"
#include "app/server/portal_client.h"
#include "app/server/problem.h"
#include "app/server/public_api.h"
#include "app/server/refusing_services.h"
#include "app/server/service.h"
#include "app/server/sign_certificates.h"
#include "app/server/support.h"
#include "app/server/test_people.h"
#include "app/server/test_staff.h"
#include "app/server/web_pages.h"
#include "platform/drawing/offscreen.h"
#include "platform/files/atomic_file.h"
#include "platform/keyring/file_epoch_keys.h"
#include "platform/keyring/file_master_key.h"
#include "platform/keyring/no_dumps.h"
#include "platform/net/server.h"
#include "platform/outside/bank.h"
#include "platform/outside/business_register.h"
#include "platform/outside/cashier.h"
#include "platform/outside/company_accounts.h"
#include "platform/outside/face_service.h"
#include "platform/outside/identity_service.h"
#include "platform/outside/mail_inbox.h"
#include "platform/outside/review_desk.h"
#include "platform/outside/sms_inbox.h"
#include "platform/outside/virtual_clock.h"
#include "platform/store/postgres_ledger.h"
#include "platform/store/sqlite_ledger.h"
#include "shield/audit/log.h"
#include "shield/enterprise/account_log.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <sys/file.h>
#include <unistd.h>

namespace hufu::server {

namespace {

namespace fs = std::filesystem;

constexpr std::uint8_t kFaceProviders[] = {1, 2, 3}; // 支付宝, 腾讯云, our own: the stand-in is all of them
constexpr std::int64_t kSweepMs = 60'000;
constexpr std::int64_t kOutsideMs = 200; // how often the stand-ins are asked what they have to tell
constexpr std::size_t kPartyKeyMost = 128, kParametersMost = 4096;
constexpr std::size_t kCasesTold = 200;
constexpr char kDemoPartyId[] = "demo-bidding";
constexpr char kDemoPartyName[] = "示范招标平台";

// Kills the process at one step, as a power cut would.
class KillAt final : public ports::FaultHook {
public:
    explicit KillAt(std::string step) : m_step(std::move(step)) {}
    void at(const char *step) override
    {
        if (m_step == step) ::kill(::getpid(), SIGKILL);
    }

private:
    std::string m_step;
};

// Two servers on one folder would each believe to be alone with their conversations.
class FolderLock {
public:
    static Result<FolderLock> take(const fs::path &folder)
    {
        FolderLock lock;
        lock.m_file = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock.m_file < 0) return Error(Errc::unavailable, "cannot write into the data folder");
        if (::flock(lock.m_file, LOCK_EX | LOCK_NB) != 0)
            return Error(Errc::badState, "another server uses the data folder");
        return lock;
    }
    FolderLock(FolderLock &&other) noexcept : m_file(std::exchange(other.m_file, -1)) {}
    FolderLock &operator=(FolderLock &&) = delete;
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;
    ~FolderLock()
    {
        if (m_file >= 0) ::close(m_file);
    }

private:
    FolderLock() = default;
    int m_file = -1;
};

// The system's clock; with --outside one that testers move.
class ServerClock final : public ports::Clock {
public:
    Result<void> letMove(const fs::path &file)
    {
        HUFU_TRY(opened, outside::VirtualClock::open(file));
        m_virtual = std::move(opened);
        return {};
    }
    std::int64_t unixMs() override { return m_virtual ? m_virtual->unixMs() : m_system.unixMs(); }
    std::int64_t monotonicMs() override { return m_virtual ? m_virtual->monotonicMs() : m_system.monotonicMs(); }
    outside::VirtualClock *testers() { return m_virtual.get(); }

private:
    outside::SystemClock m_system;
    std::unique_ptr<outside::VirtualClock> m_virtual;
};

// The database in the data folder, or the PostgreSQL that the file names. A folder goes with one of them for good: without the other's
// rows its keys would open nothing, and a server that finds no company would look as if all was lost.
Result<std::unique_ptr<store::SqlLedger>> ledgerOf(const Options &options)
{
    using Opened = std::unique_ptr<store::SqlLedger>;
    const fs::path own = options.data / "ledger.db", mark = options.data / "uses-postgres";
    std::error_code ignored;
    if (options.postgres.empty()) {
        if (fs::exists(mark, ignored)) return Error(Errc::badState, "the data folder goes with a PostgreSQL: --postgres");
        HUFU_TRY(opened, store::SqliteLedger::open(own));
        return Opened(std::move(opened));
    }
    if (fs::exists(own, ignored)) return Error(Errc::badState, "the data folder has a database of its own");
    HUFU_CHECK(files::checkPrivate(options.postgres));
    HUFU_TRY(parameters, files::readWhole(options.postgres, kParametersMost));
    HUFU_TRY(opened, store::PostgresLedger::open(textOf(parameters)));
    HUFU_CHECK(files::writeAtomically(mark, {}));
    return Opened(std::move(opened));
}

// A database without its master key is of no use, and a new key would hide that.
Result<std::unique_ptr<keyring::FileMasterKey>> masterKeyFor(ports::LedgerStore &ledger, const fs::path &folder, ports::Random &random)
{
    const fs::path file = folder / "master.key";
    std::error_code ignored;
    HUFU_TRY(rows, ledger.scan(ports::Table::meta, {}, 1));
    if (!rows.empty() || fs::exists(file, ignored)) return keyring::FileMasterKey::open(file, random);
    return keyring::FileMasterKey::create(file, random);
}

std::optional<outside::FaceOutcome> outcomeOf(const std::optional<std::string> &name)
{
    if (!name) return std::nullopt;
    return *name == "live" ? outside::FaceOutcome::live : *name == "notLive" ? outside::FaceOutcome::notLive : outside::FaceOutcome::otherPerson;
}

// The stand-ins for everyone a company deals with. Their pages are parts of one.
struct OutsideWorld {
    OutsideWorld(const std::string &pages, ports::Clock &clock, ports::Random &random)
        : mail(clock), bank(clock), cashDesk(pages + "#pay=", clock), accounts(pages + "#account=", random),
          alipay(pages + "#identity=", clock, random), tencent(pages + "#identity=", clock, random), own(pages + "#identity=", clock, random)
    {
        // Companies that a tester can apply for.
        office.enter({"长江示范建设有限公司", "91420100MA4K0DEM0U", "李建国", "420101198005150013"});
        office.enter({"珠江示范设备有限公司", "91440300MA5F0DEM1D", "陈志强", "440301198512030029"});
        office.enter({"武昌区示范图文店", "92420106MA4K0DEM0F", "李建国", "420101198005150013", ports::CompanyKind::individualBusiness});
        office.enter({"湖北省示范工程学会", "51420000MA4K0DEM0T", "陈志强", "440301198512030029", ports::CompanyKind::other});
    }

    outside::MailInbox mail;
    outside::BankCounter bank;
    outside::CashDesk cashDesk;
    outside::AccountService accounts;
    outside::RegisterOffice office;
    outside::PaperQueue papers;
    outside::IdentityDesk alipay, tencent, own;
    std::map<std::uint8_t, outside::IdentityDesk *> desks{{1, &alipay}, {2, &tencent}, {3, &own}};
    std::mutex mutex;
    Faults faults; // as they were set last
};

nlohmann::ordered_json jsonOf(const enterprise::SupportCase &one)
{
    return {{"number", one.number}, {"timeMs", one.timeMs}, {"page", one.page}, {"language", one.language}, {"browser", one.browser},
            {"codes", one.codes},   {"words", one.words},   {"pictureBytes", one.pictureBytes}};
}

std::string withPort(const std::string &host, std::uint16_t port)
{
    const bool bare6 = host.find(':') != std::string::npos && host.front() != '[';
    return (bare6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

// What every link says of the server.
std::string whereOf(const std::string &host, std::uint16_t port, const net::TlsIdentity &identity)
{
    return "host=" + host + "&port=" + std::to_string(port) + "&pin=" + toHex(identity.pin) +
           "&pin2=" + toHex(identity.backupPin);
}

Result<std::unique_ptr<net::Server>> listenAt(const Options &options, net::TlsIdentity identity)
{
    net::ServerConfig config;
    config.address = options.address;
    config.port = options.port;
    config.hosts = {options.host};
    config.identity = std::move(identity);
    config.threads = 16; // most of them wait for the disk, and who waits together shares a flush
    config.errorResponse = problemOfStatus;
    config.unknownPage = unknownPage;
    auto server = std::make_unique<net::Server>(std::move(config));
    HUFU_CHECK(server->listen());
    return server;
}

} // namespace

// In the order in which they stand on each other; they end in the opposite order.
struct Composition::Parts {
    std::optional<drawing::Offscreen> offscreen; // where it serves
    Options options;
    Log log;
    ServerClock clock;
    ports::SystemRandom random;
    std::optional<FolderLock> folder;
    std::unique_ptr<keyring::FileMasterKey> masterKey;
    std::unique_ptr<keyring::FileEpochKeys> epochKeys;
    std::unique_ptr<store::SqlLedger> ledger;
    net::TlsIdentity identity;
    outside::SmsInbox inbox{clock};
    outside::FaceService face;
    NoSmsGateway noSms;
    std::optional<OutsideWorld> outsideWorld;
    NoMailGateway noMail;
    NoCashier noCashier;
    NoRegister noRegister;
    NoBank noBank;
    NoCompanyAccounts noAccounts;
    NoReviewDesk noReviews;
    std::optional<LimitedSms> smsLine, strangersSmsLine;
    std::optional<LimitedMail> mailLine, strangersMailLine;
    std::optional<codes::SmsCodes> smsCodes, strangersCodes; // rows of the same kind, by another line
    std::optional<KillAt> fault;
    std::unique_ptr<cosigner::Cosigner> cosigner;
    std::optional<sessions::Sessions> sessions;
    std::optional<enterprise::Enterprise> enterprise;
    std::optional<authority::Authority> authority;
    std::optional<AccountWatch> accountWatch;
    std::optional<BidBook> bidBook;
    std::optional<SealBook> sealBook;
    std::optional<ServiceKey> receiptKey;
    std::optional<Service> service;
    std::optional<SignCertificates> signCertificates;
    std::optional<enterprise::ConsoleSessions> console;
    std::optional<ConsoleGuard> guard;
    std::optional<enterprise::Applications> applications;
    std::optional<enterprise::Facts> facts;
    std::optional<enterprise::Remittance> remittance;
    std::optional<enterprise::PaymentAccounts> paymentAccounts;
    std::optional<enterprise::Reviews> reviews;
    std::optional<enterprise::LegalLinks> legalLinks;
    std::optional<ConsoleShield> consoleShield;
    std::optional<enterprise::Confirmations> confirmations;
    std::optional<enterprise::Seals> seals;
    std::optional<enterprise::SealGrants> sealGrants;
    std::optional<enterprise::Staff> staff;
    std::optional<enterprise::Seats> seats;
    std::optional<enterprise::Grants> grants;
    std::optional<enterprise::Orders> orders;
    std::optional<enterprise::Wallet> wallet;
    std::optional<DrawnSeals> drawnSeals;
    std::optional<enterprise::Policies> policies;
    std::optional<enterprise::DeskRule> deskRule;
    std::optional<enterprise::Administrators> administrators;
    std::optional<enterprise::Leaving> leaving;
    std::optional<enterprise::Stopping> stopping;
    std::optional<Companies> companies;
    std::unique_ptr<net::Server> server;
    std::optional<Watchers> watchers;
    std::optional<Services> services;
    std::optional<PhoneActs> acts;
    std::optional<DeskApi> deskApi;
    std::optional<PartyApi> partyApi;
    std::optional<PartyApplications> partyApplications;
    std::optional<ConsoleScan> consoleScan;
    std::optional<enterprise::SupportCases> supportCases;
    std::optional<Support> support;
    std::optional<net::Router> partyRouter; // as the portal reaches them
    std::optional<Routes> partyRoutes;
    std::optional<PartyClient> party;
    std::optional<PortalApi> portalApi; // for the demo
    std::optional<PortalBidsApi> bidsApi;
    std::optional<net::Router> router;
    std::optional<Routes> routes;
    std::optional<enterprise::Enterprise::Demo> demo;
    std::string partyKey;

    Result<void> openStore();
    Result<void> openLedger();
    Result<void> openShield();
    Result<void> openCompanies();
    Result<void> openSupport();
    Result<void> noteStart();
    Result<void> seed();
    void serve();
    std::string deskLink() const;
    void addOutside();
    void knowTestPeople();
    void showFace(const TestPerson &who, const enterprise::Id &person);
    void hearMoney();
    void hearOutside();
    void sweep();
    void sweepEachMinute();
    std::string baseUrl() const { return "https://" + withPort(options.host, server->port()); }
};

Result<void> Composition::Parts::openStore()
{
    HUFU_CHECK(files::preparePrivateFolder(options.data));
    HUFU_TRY(lock, FolderLock::take(options.data));
    folder.emplace(std::move(lock));
    HUFU_CHECK(openLedger());
    HUFU_TRY(loaded, net::TlsIdentity::loadOrCreate(options.data));
    identity = std::move(loaded);
    HUFU_TRY(listening, listenAt(options, identity));
    server = std::move(listening);
    return {};
}

Result<void> Composition::Parts::openLedger()
{
    if (options.outside) HUFU_CHECK(clock.letMove(options.data / "outside-clock"));
    HUFU_TRY(opened, ledgerOf(options));
    ledger = std::move(opened);
    HUFU_TRY(key, masterKeyFor(*ledger, options.data, random));
    masterKey = std::move(key);
    HUFU_TRY(kept, keyring::FileEpochKeys::open(options.data / "epoch-keys", random));
    epochKeys = std::move(kept);
    return {};
}

Result<void> Composition::Parts::openShield()
{
    ports::SmsGateway &gateway = options.outside ? static_cast<ports::SmsGateway &>(inbox) : noSms;
    smsLine.emplace(gateway, clock, kToOneInAnHour, kToOneInADay);
    strangersSmsLine.emplace(*smsLine, clock, kByStrangersInAnHour, kByStrangersInADay);
    smsCodes.emplace(*ledger, *masterKey, random, clock, *smsLine);
    strangersCodes.emplace(*ledger, *masterKey, random, clock, *strangersSmsLine);
    std::map<std::uint8_t, ports::LivenessService *> faces;
    if (options.outside)
        for (const std::uint8_t number : kFaceProviders)
            faces[number] = &face;

    if (!options.fault.empty()) fault.emplace(options.fault);
    const auto onStopped = [this](ports::Transaction &transaction, const enterprise::Id &acct) { return enterprise->endVouched(transaction, acct); };
    cosigner::Ports ports{*ledger,    *masterKey, *epochKeys, random, clock, fault ? &*fault : nullptr,
                          auditedNotices(clock, onStopped, enterprise::noteOfAccount), 0, 0, loggedNotices(log)};
    HUFU_TRY(started, cosigner::Cosigner::start(std::move(ports)));
    cosigner = std::move(started);
    sessions.emplace(*ledger, *masterKey, random, clock, *smsCodes, faces, enterprise::noteOfAccount);

    authority::Settings settings;
    if (server) { // an operator's word issues nothing
        settings.issuingListUrl = baseUrl() + "/ca/issuing.crl";
        settings.rootListUrl = baseUrl() + "/ca/root.crl";
    }
    settings.log = enterprise::noteOfAccount;
    settings.certificateMs = [this] {
        if (!outsideWorld) return authority::kCertificateMs;
        const std::lock_guard lock(outsideWorld->mutex);
        return outsideWorld->faults.certificateMs > 0 ? outsideWorld->faults.certificateMs : authority::kCertificateMs;
    };
    HUFU_TRY(opened, authority::Authority::open(*ledger, *masterKey, random, settings, clock.unixMs()));
    authority.emplace(std::move(opened));
    accountWatch.emplace(*authority, *masterKey, clock);
    enterprise.emplace(*ledger, *masterKey, random, clock, *smsCodes, faces, *accountWatch);
    bidBook.emplace(*ledger, clock, *cosigner, *enterprise, *authority);
    HUFU_TRY(key, ServiceKey::open(*ledger, *masterKey, random));
    receiptKey.emplace(std::move(key));
    service.emplace(*ledger, *masterKey, random, *authority, clock);
    drawnSeals.emplace(*ledger, *authority, clock, *service);
    sealBook.emplace(enterprise::Ports{*ledger, *masterKey, random, clock}, *enterprise, *authority, *drawnSeals);
    watchers.emplace([this](std::int64_t ms, std::function<void()> task) {
        if (server) server->after(ms, std::move(task));
    });
    services.emplace(
        Services{*ledger, random, clock, *cosigner, *sessions, *enterprise, *authority, log, *watchers, *bidBook, *sealBook, fault ? &*fault : nullptr});
    if (server) HUFU_CHECK(openCompanies());
    return {};
}

Result<void> Composition::Parts::noteStart()
{
    HUFU_CHECK(epochKeys->removeHalves());
    HUFU_TRY(swept, cosigner->sweepEpochKeys());
    if (swept > 0) log.info("epoch-keys", {{"swept", swept}});
    HUFU_TRY(transaction, ledger->begin());
    HUFU_CHECK(audit::append(*transaction, audit::kRootChain,
                             {audit::Event::serverStarted, clock.unixMs(), {}, {}, 0, {audit::By::server, {}}}));
    return transaction->commit();
}

Result<void> Composition::Parts::openCompanies()
{
    if (options.outside) outsideWorld.emplace(baseUrl() + "/outside", clock, random);
    // Behind each port the stand-in, or somebody who refuses.
    const auto choose = [this]<typename Port>(Port *standIn, Port &none) -> Port & { return options.outside ? *standIn : none; };
    OutsideWorld *there = outsideWorld ? &*outsideWorld : nullptr;
    mailLine.emplace(choose.operator()<ports::MailGateway>(there ? &there->mail : nullptr, noMail), clock, kToOneInAnHour, kToOneInADay);
    strangersMailLine.emplace(*mailLine, clock, kByStrangersInAnHour, kByStrangersInADay);
    ports::Cashier &cashier = choose.operator()<ports::Cashier>(there ? &there->cashDesk : nullptr, noCashier);
    ports::BusinessRegister &office = choose.operator()<ports::BusinessRegister>(there ? &there->office : nullptr, noRegister);
    ports::Bank &bank = choose.operator()<ports::Bank>(there ? &there->bank : nullptr, noBank);
    ports::CompanyAccounts &accounts = choose.operator()<ports::CompanyAccounts>(there ? &there->accounts : nullptr, noAccounts);
    ports::ReviewDesk &papers = choose.operator()<ports::ReviewDesk>(there ? &there->papers : nullptr, noReviews);
    enterprise::Applications::IdentityServices identityServices;
    std::vector<std::uint8_t> numbers;
    if (there)
        for (const auto &[number, desk] : there->desks) {
            identityServices[number] = desk;
            numbers.push_back(number);
        }
    std::map<std::uint8_t, ports::LivenessService *> faces;
    if (options.outside)
        for (const std::uint8_t number : kFaceProviders)
            faces[number] = &face;

    const enterprise::Ports world{*ledger, *masterKey, random, clock};
    HUFU_CHECK(sessions->reserveName(kConsoleParty));
    signCertificates.emplace(*authority);
    console.emplace(world, *strangersCodes, *signCertificates);
    guard.emplace(world, *console);
    applications.emplace(world, *strangersCodes, *strangersMailLine, identityServices, enterprise::Applications::Settings{});
    enterprise::Policy policy;
    policy.suite = options.suite;
    facts.emplace(world, office, policy);
    remittance.emplace(world, bank, *smsLine, options.payee);
    paymentAccounts.emplace(world, accounts);
    reviews.emplace(world, papers);
    legalLinks.emplace(world, *smsCodes, *smsLine, *mailLine, identityServices, *service, baseUrl() + "/legal#");
    staff.emplace(world, &*accountWatch);
    HUFU_CHECK(staff->indexNumbers());
    seats.emplace(world, *bidBook);
    grants.emplace(world, *bidBook, *accountWatch);
    const enterprise::PriceList prices{.unitCents = 20'000, .tiers = {{10, 50}, {50, 100}}}; // from 10 seats on 5 % off, from 50 on 10 %
    orders.emplace(world, cashier, prices);
    wallet.emplace(world);
    consoleShield.emplace(*services);
    confirmations.emplace(world, *smsCodes, faces, *service, identityServices, &*consoleShield);
    seals.emplace(world, *confirmations);
    sealGrants.emplace(world, *confirmations);
    policies.emplace(world, *confirmations);
    deskRule.emplace(world, *confirmations);
    administrators.emplace(world, *confirmations);
    leaving.emplace(world, *grants, *sealGrants, *accountWatch);
    stopping.emplace(world, *grants, *confirmations, *consoleShield, *smsLine);
    companies.emplace(Companies{world, *guard, *applications, *facts, *remittance, *paymentAccounts, *reviews, *legalLinks, *console, *staff,
                                *seats, *grants, *orders, *wallet, *seals, *sealGrants, prices, numbers,
                                "hufu://activate?" + whereOf(options.host, server->port(), identity) + "&code=", *drawnSeals, *policies, *administrators, *leaving, *confirmations, *stopping});
    return {};
}

// Whom to ask is the operator's to say, in support.json; a slip in it must not show at the first person in need.
Result<void> Composition::Parts::openSupport()
{
    supportCases.emplace(enterprise::Ports{*ledger, *masterKey, random, clock});
    nlohmann::ordered_json settings = Support::placeholders();
    const auto file = files::readWhole(options.data / "support.json", Support::kSettingsMost);
    if (!file && file.error().code != Errc::notFound) return file.error();
    if (file) {
        HUFU_TRY(said, Support::parse(*file));
        settings = std::move(said);
    }
    support.emplace(std::move(settings), *supportCases, clock, *guard);
    return {};
}

Result<void> Composition::Parts::seed()
{
    enterprise::Policy policy;
    policy.suite = options.suite;
    policy.login |= options.loginAsks;
    policy.sign |= options.signAsks;
    policy.decrypt |= options.decryptAsks;
    if (options.seedDemo) {
        HUFU_TRY(made, enterprise->seedDemo(policy));
        demo = std::move(made);
    }
    // The rows hold the key's hash alone. It is kept for the demo, so that an integrator's set-up outlives a restart.
    const fs::path file = options.data / "relying-party.key";
    if (const auto kept = files::readWhole(file, kPartyKeyMost); kept && sessions->relyingPartyOf(textOf(*kept))) {
        partyKey = textOf(*kept);
        return {};
    }
    HUFU_TRY(key, sessions->registerRelyingParty(kDemoPartyId, kDemoPartyName));
    partyKey = std::move(key);
    return files::writeAtomically(file, viewOf(partyKey));
}

std::string Composition::Parts::deskLink() const
{
    return "hufu://desk?" + whereOf(options.host, server->port(), identity);
}

void Composition::Parts::serve()
{
    acts.emplace(*services);
    deskApi.emplace(*services);
    partyApi.emplace(*services);
    partyApplications.emplace(companies->world, *sessions, *guard, *applications, *facts, baseUrl() + "/console", kDemoPartyId);
    router.emplace();
    routes.emplace(*router, log, clock);
    addPublicApi(*routes, *services);
    deskApi->add(*routes);
    partyApi->add(*routes);
    partyApplications->addForParties(*routes);
    partyApplications->addForPages(*routes);
    addCompanyApi(*routes, *companies);
    addConsoleDesks(*routes, *companies, *sessions, *deskRule);
    support->add(*routes);
    consoleScan.emplace(*services, *guard, *console);
    consoleScan->add(*routes);
    consoleShield->add(*routes, *companies);
    if (options.seedPortal) {
        partyRoutes.emplace(partyRouter.emplace(), log, clock);
        addPublicApi(*partyRoutes, *services);
        partyApi->add(*partyRoutes);
        partyApplications->addForParties(*partyRoutes);
        party.emplace(*partyRouter, partyKey);
        portalApi.emplace(companies->world, *guard, *party);
        portalApi->add(*routes);
        bidsApi.emplace(companies->world, *guard, *party, *receiptKey, kDemoPartyName, options.data / "portal", log);
        bidsApi->add(*routes);
        addPortalClient(*routes, options.data / "client", clock, [this] { return deskLink(); });
    }
    if (options.outside) addOutside();
    addWebPages(*routes, {options.seedPortal, options.outside});
    router->addSocket("/phone/v1", [this](const net::Request &upgrade) {
        return std::make_unique<PhoneGateway>(*services, *acts, enterprise::languageOf(upgrade.header(kLanguageHeader).value_or("")));
    });
    server->after(kSweepMs, [this] { sweepEachMinute(); });
    if (options.outside) server->after(kOutsideMs, [this] { hearOutside(); });
    server->start(std::move(*router));
}

void Composition::Parts::showFace(const TestPerson &who, const enterprise::Id &person)
{
    if (who.face == TestFace::asSeen) return;
    face.setVerdict(toHex(person), who.face == TestFace::notLive ? outside::FaceOutcome::notLive : outside::FaceOutcome::otherPerson);
}

// What the stand-ins know of the testers' people, also of those made in an earlier run.
void Composition::Parts::knowTestPeople()
{
    for (const TestPerson &who : testPeople()) {
        if (who.smsDown || who.smsDelayMs > 0) inbox.setFaultsOf(std::string(who.phoneNumber), {who.smsDown, who.smsDelayMs});
        const auto person = enterprise->seededPerson(who.phoneNumber);
        if (person && *person) showFace(who, **person);
    }
}

void Composition::Parts::addOutside()
{
    knowTestPeople();
    log.warn("outside", {{"text", "stand-ins for SMS and face services are on: for testers only"}});
    OutsideWorld &there = *outsideWorld;
    Outside controls;
    controls.messagesFor = [this](const std::string &phoneNumber) {
        std::vector<Outside::Message> messages;
        for (outside::SmsMessage &message : inbox.messagesFor(phoneNumber))
            messages.push_back({std::move(message.phoneNumber), {}, std::move(message.text), message.arrivedMs});
        return messages;
    };
    controls.messages = [this, &there] {
        std::vector<Outside::Message> messages;
        for (outside::SmsMessage &message : inbox.messages())
            messages.push_back({std::move(message.phoneNumber), {}, std::move(message.text), message.arrivedMs});
        for (outside::MailMessage &message : there.mail.messages())
            messages.push_back({std::move(message.address), std::move(message.subject), std::move(message.text), message.arrivedMs});
        std::ranges::stable_sort(messages, std::greater<>(), &Outside::Message::arrivedMs);
        return messages;
    };
    controls.faults = [&there] {
        const std::lock_guard lock(there.mutex);
        return there.faults;
    };
    controls.setFaults = [this, &there](const Faults &faults) {
        const std::lock_guard lock(there.mutex);
        there.faults = faults;
        inbox.setFaults({faults.smsDown, faults.smsDelayMs, static_cast<int>(faults.smsCopies), faults.smsBackwards});
        there.mail.setFaults({faults.mailDown, faults.mailDelayMs, static_cast<int>(faults.mailCopies), faults.mailBackwards});
        face.setFaults({faults.faceDown, outcomeOf(faults.faceVerdict), faults.faceLosesReplies, std::chrono::milliseconds(faults.faceDelayMs)});
        std::optional<ports::IdentityService::Outcome> verdict;
        if (faults.identityVerdict)
            verdict = *faults.identityVerdict == "passed" ? ports::IdentityService::Outcome::passed : ports::IdentityService::Outcome::failed;
        for (const auto &[number, desk] : there.desks)
            desk->setFaults({faults.identityDown, verdict, faults.identityLosesReplies, faults.identityDelayMs});
        there.office.setFaults({faults.registerDown, std::chrono::milliseconds(faults.registerDelayMs)});
        there.accounts.setDown(faults.accountsDown);
        there.papers.setDown(faults.reviewDown);
        there.bank.setFaults({faults.bankDown, faults.bankLosesReplies, faults.bankReturnsAll, faults.bankDelayMs, static_cast<int>(faults.bankCopies), faults.bankBackwards});
        there.cashDesk.setFaults({faults.cashierDown, static_cast<int>(faults.cashierCopies), faults.cashierBackwards, faults.cashierDelayMs});
    };
    controls.checks = [&there] {
        std::vector<Outside::Check> checks;
        for (const auto &[number, desk] : there.desks)
            for (outside::IdentityCheck &check : desk->checks())
                checks.push_back({number, std::move(check.ticket), std::move(check.name), check.outcome});
        return checks;
    };
    controls.decide = [&there](const std::string &ticket, ports::IdentityService::Outcome outcome) -> Result<void> {
        for (const auto &[number, desk] : there.desks)
            if (desk->decide(ticket, outcome)) return {};
        return Error(Errc::notFound, "no such check");
    };
    controls.registerEntries = [&there] { return there.office.entries(); };
    controls.enter = [&there](const ports::CompanyClaim &entry) { there.office.enter(entry); };
    controls.strike = [&there](const std::string &code) { there.office.strike(code); };
    controls.payouts = [&there] {
        std::vector<Outside::Payout> payouts;
        for (outside::BankPayout &one : there.bank.payouts())
            payouts.push_back({std::move(one.payout), one.state, one.orderedMs});
        std::ranges::stable_sort(payouts, std::greater<>(), &Outside::Payout::orderedMs);
        return payouts;
    };
    controls.credit = [this, &there](const std::string &payer, std::int64_t cents, int copies) -> Result<void> {
        there.bank.credit(payer, cents, copies);
        hearMoney();
        return {};
    };
    controls.asked = [&there] { return there.cashDesk.asked(); };
    controls.pay = [this, &there](const ByteArray<16> &order, std::int64_t cents, bool succeeds) -> Result<void> {
        HUFU_CHECK(there.cashDesk.pay(order, cents, succeeds));
        hearMoney();
        return {};
    };
    controls.accountQuestions = [&there] {
        std::vector<std::pair<std::string, bool>> questions;
        for (const auto &[ticket, answer] : there.accounts.questions())
            questions.emplace_back(ticket, answer.pending);
        return questions;
    };
    controls.agree = [&there](const std::string &ticket, const std::string &name, const std::string &code) {
        return there.accounts.agree(ticket, name, code);
    };
    controls.papers = [this, &there] {
        std::vector<Outside::Paper> papers;
        for (outside::ReviewPaper &paper : there.papers.papers())
            if (auto about = reviews->about(paper.id)) papers.push_back({paper.id, std::move(paper.kind), std::move(paper.document), std::move(*about)});
        return papers;
    };
    controls.judge = [this, &there](const ByteArray<16> &paper, bool approved, enterprise::ReturnReason reason) -> enterprise::Verdict<void> {
        HUFU_CHECK(reviews->judged(paper, approved, reason));
        there.papers.done(paper);
        return {};
    };
    controls.people = [] {
        std::vector<Outside::Figure> people;
        for (const TestPerson &one : testPeople())
            people.push_back({std::string(one.phoneNumber), std::string(one.name), std::string(one.staffNumber), std::string(one.outcome)});
        return people;
    };
    controls.activation = [this](const std::string &phoneNumber) -> Result<std::string> {
        const TestPerson *who = testPersonOf(phoneNumber);
        if (who == nullptr) return Error(Errc::notFound, "nobody's number");
        enterprise::Policy policy;
        policy.suite = options.suite;
        HUFU_TRY(seeded, enterprise->seedPerson({std::string(who->name), phoneNumber, {}, std::string(who->staffNumber)}, who->isSeated, policy));
        showFace(*who, seeded.person);
        return companies->activationLink + toHex(seeded.code);
    };
    controls.employ = [this](const std::string &company) -> Result<Outside::Employed> {
        enterprise::Policy policy;
        policy.suite = options.suite;
        HUFU_TRY(somebody, employ(*enterprise, {*ledger, *masterKey, random, clock}, company, policy));
        const enterprise::Person &one = somebody.person;
        return Outside::Employed{{one.phoneNumber, one.name, one.staffNumber, "ok"}, somebody.company.name, somebody.company.creditCode, companies->activationLink + toHex(somebody.code)};
    };
    controls.now = [this] { return Outside::Time{clock.unixMs(), clock.testers()->aheadMs()}; };
    controls.jump = [this](std::int64_t ms) -> Result<void> {
        HUFU_CHECK(clock.testers()->jump(ms));
        log.warn("clock", {{"aheadMs", clock.testers()->aheadMs()}});
        server->after(0, [this] { sweep(); }); // what is over by then, is over at once
        return {};
    };
    addOutsideApi(*routes, std::move(controls));
}

// What cashier and bank have to tell.
void Composition::Parts::hearMoney()
{
    const int ofCashier = hear(outsideWorld->cashDesk, [this](const outside::CashierNotice &notice) {
        return orders->noticed({notice.payment, notice.order, notice.cents, notice.paid});
    });
    const int ofBank = hear(outsideWorld->bank, [this](const outside::BankNotice &notice) {
        return remittance->credited({notice.reference, notice.payer, notice.cents});
    });
    if (ofCashier > 0) log.warn("cashier", {{"missed", ofCashier}});
    if (ofBank > 0) log.warn("bank", {{"missed", ofBank}});
}

void Composition::Parts::hearOutside()
{
    hearMoney();
    server->after(kOutsideMs, [this] { hearOutside(); });
}

void Composition::Parts::sweep()
{
    cosigner->sweep();
    // A key that could not be destroyed when its epoch ended must not wait for the next start (R7).
    // One that fails keeps none of the others.
    const std::initializer_list<bool> swept = {
        static_cast<bool>(sessions->sweep()),    static_cast<bool>(smsCodes->sweep()),     static_cast<bool>(cosigner->sweepEpochKeys()),
        static_cast<bool>(guard->sweep()),       static_cast<bool>(console->sweep()),      static_cast<bool>(reviews->handWaiting()), static_cast<bool>(bidBook->bids().sweep(clock.unixMs())),
        static_cast<bool>(orders->expireLate()),
    };
    if (!std::ranges::all_of(swept, std::identity())) log.warn("sweep");
}

void Composition::Parts::sweepEachMinute()
{
    sweep();
    server->after(kSweepMs, [this] { sweepEachMinute(); });
}

// For whoever writes the invoice: nothing is masked.
static nlohmann::ordered_json jsonOf(const enterprise::InvoiceOrder &one)
{
    return {{"order", toHex(one.order)},
            {"company", one.companyName},
            {"creditCode", one.creditCode},
            {"totalCents", one.totalCents},
            {"paidMs", one.paidMs},
            {"special", one.invoice.special},
            {"title", one.invoice.title},
            {"taxCode", one.invoice.taxCode},
            {"mail", one.invoice.mail},
            {"bank", one.invoice.bank},
            {"account", one.invoice.account}};
}

Composition::Composition(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Composition::~Composition()
{
    stop();
}

Result<std::unique_ptr<Composition>> Composition::open(const Options &options)
{
    auto parts = std::make_unique<Parts>();
    parts->offscreen.emplace();
    parts->options = options;
    const auto step = [&parts](Result<void> result) {
        if (!result)
            parts->log.error("start", {{"text", result.error().what.text()},
                                       {"errc", static_cast<int>(result.error().code)}});
        return result;
    };
    if (!keyring::forbidDumps()) HUFU_CHECK(step(Error(Errc::unavailable, "the memory can be dumped")));
    HUFU_CHECK(step(parts->openStore()));
    HUFU_CHECK(step(parts->openShield()));
    HUFU_CHECK(step(parts->openSupport()));
    HUFU_CHECK(step(parts->noteStart()));
    if (options.seedPortal) HUFU_CHECK(step(parts->seed()));
    return std::unique_ptr<Composition>(new Composition(std::move(parts)));
}

void Composition::serve()
{
    m_parts->log.info("ready", {{"port", m_parts->server->port()}, {"outside", m_parts->options.outside}});
    m_parts->serve();
}

int Composition::operate(const Options &options, std::FILE *out, std::FILE *problems)
{
    const auto refuse = [problems](catalogue::Code code) {
        const catalogue::Entry &entry = catalogue::entryOf(code);
        std::fprintf(problems, "%s %s / %s\n%s\n%s\n", catalogue::codeText(code).c_str(), entry.titleZh.c_str(),
                     entry.titleEn.c_str(), entry.causeZh.c_str(), entry.causeEn.c_str());
        for (std::size_t i = 0; i < entry.stepsEn.size(); ++i)
            std::fprintf(problems, "  %zu. %s / %s\n", i + 1, entry.stepsZh[i].c_str(), entry.stepsEn[i].c_str());
        return 1;
    };
    if (!keyring::forbidDumps()) return refuse(catalogue::Code::dataUnusable);
    std::error_code ignored;
    const bool hasDatabase = !options.postgres.empty() || fs::exists(options.data / "ledger.db", ignored);
    if (!hasDatabase || !fs::exists(options.data / "master.key", ignored))
        return refuse(catalogue::Code::dataUnusable);
    Parts parts;
    parts.options = options;
    if (!parts.openLedger() || !parts.openShield()) return refuse(catalogue::Code::dataUnusable);
    enterprise::SupportCases supportCases({*parts.ledger, *parts.masterKey, parts.random, parts.clock});
    if (options.word == "case-picture") {
        const auto picture = supportCases.pictureOf(options.arguments.front());
        if (!picture) return refuse(picture.error().code == Errc::notFound ? catalogue::Code::notFound : catalogue::Code::dataUnusable);
        return std::fwrite(picture->data(), 1, picture->size(), out) == picture->size() ? 0 : 1;
    }
    if (options.word == "invoices") {
        const auto asked = enterprise::invoicesAsked({*parts.ledger, *parts.masterKey, parts.random, parts.clock});
        if (!asked) return refuse(catalogue::Code::dataUnusable);
        for (const enterprise::InvoiceOrder &one : *asked)
            std::fprintf(out, "%s\n", jsonOf(one).dump().c_str());
        return 0;
    }
    if (options.word == "cases") {
        const auto cases = supportCases.list(kCasesTold);
        if (!cases) return refuse(catalogue::Code::dataUnusable);
        for (const enterprise::SupportCase &one : *cases)
            std::fprintf(out, "%s\n", jsonOf(one).dump().c_str());
        return 0;
    }
    std::string link;
    if (options.port != 0) {
        auto identity = net::TlsIdentity::loadOrCreate(options.data);
        if (!identity) return refuse(catalogue::Code::dataUnusable);
        link = "hufu://activate?" + whereOf(options.host, options.port, *identity);
    }
    const Said said = Operator(*parts.services, link).say(options);
    if (const auto *code = std::get_if<catalogue::Code>(&said)) return refuse(*code);
    if (const auto *risk = std::get_if<BidsAtRisk>(&said)) {
        for (const auto &line : risk->lines)
            std::fprintf(out, "%s\n", line.dump().c_str());
        return refuse(catalogue::Code::bidsUnreadable);
    }
    for (const auto &line : std::get<0>(said))
        std::fprintf(out, "%s\n", line.dump().c_str());
    return 0;
}

nlohmann::ordered_json Composition::readyLine() const
{
    const std::string where =
        whereOf(m_parts->options.host, m_parts->server->port(), m_parts->identity);
    nlohmann::ordered_json line{{"ready", true},
                                {"port", m_parts->server->port()},
                                {"pin", toHex(m_parts->identity.pin)},
                                {"pin2", toHex(m_parts->identity.backupPin)},
                                {"desk", m_parts->deskLink()}};
    if (m_parts->demo && m_parts->demo->code)
        line["activation"] = "hufu://activate?" + where + "&code=" + toHex(*m_parts->demo->code);
    if (m_parts->demo) line["phoneNumber"] = m_parts->demo->phoneNumber;
    if (m_parts->options.seedPortal) line["relyingPartyKey"] = m_parts->partyKey;
    return line;
}

void Composition::stop()
{
    if (m_parts->watchers->closed()) return;
    m_parts->log.info("stopping");
    m_parts->watchers->close();
    m_parts->server->stop();
    m_parts->log.info("stopped");
}

} // namespace hufu::server
