#include "app/desk/composition.h"

#include "app/desk/bid_list.h"
#include "app/desk/health.h"
#include "app/desk/help.h"
#include "app/desk/history_keeper.h"
#include "app/catalogue/catalogue.h"
#include "platform/eye/drawing.h"
#include "platform/keyring/desktop_secrets.h"
#include "platform/keyring/file_secure_element.h"
#include "platform/net/https_client.h"
#include "platform/outside/virtual_clock.h"
#include "platform/store/file_device_store.h"

#include <QDir>
#include <QJsonDocument>
#include <QStorageInfo>

#include <algorithm>

namespace hufu::desk_app {

// In the order of their dependence: the last one dies first.
struct Composition::Parts {
    ports::SystemRandom random;
    std::unique_ptr<ports::Clock> clock = std::make_unique<outside::SystemClock>();
    std::unique_ptr<store::FileDeviceStore> store;
    std::unique_ptr<keyring::Secrets> keyring; // of the desktop; none: it has none, or is not to be asked
    std::unique_ptr<keyring::FileSecureElement> element;
    std::optional<Identity> identity;
    std::optional<Journal> journal;
    std::optional<Log> log;
    std::optional<History> history;
    std::unique_ptr<net::HttpsClient> client;
    DeskScreens screens;
    std::unique_ptr<Counter> counter;
    std::optional<Sites> sites;
    std::unique_ptr<Loopback> loopback;
    std::unique_ptr<BidList> bidList;
    std::unique_ptr<Health> health;
    std::unique_ptr<Help> help;

    Surroundings surroundings(const QString &folder);
};

// What the diagnosis tries out: a file of the folder, and a seal of the element.
Surroundings Composition::Parts::surroundings(const QString &folder)
{
    static constexpr char kTrial[] = "desk-trial";
    Surroundings out;
    out.isWritable = [this] {
        const auto bytes = random.bytes<16>("trial");
        const auto written = store->write(kTrial, bytes);
        const auto read = store->read(kTrial);
        const bool isSame = written && read && std::ranges::equal(*read, bytes);
        static_cast<void>(store->remove(kTrial));
        return isSame;
    };
    out.freeBytes = [folder] { return QStorageInfo(folder).bytesAvailable(); };
    out.isKeyringOpen = [this, file = QDir(folder).filePath(QLatin1String(keyring::FileSecureElement::kFileName))] {
        static constexpr auto kOfOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
        if (QFile::permissions(file) & kOfOthers) return false; // somebody has let others in since the start
        const auto bytes = random.bytes<16>("trial");
        const auto sealed = element->seal(bytes, viewOf(kTrial));
        const auto opened = sealed ? element->open(*sealed, viewOf(kTrial)) : Result<SecretBytes>(sealed.error());
        return opened && std::ranges::equal(opened->expose(), bytes);
    };
    out.isKeptApart = [this] { return element->isKeptApart(); };
    out.port = [this] { return screens.site()->port(); };
    return out;
}

Composition::Composition() : m_parts(std::make_unique<Parts>()) {}
Composition::~Composition() = default;

static ServerAnswer answerOf(const net::Answer &answer)
{
    ServerAnswer out;
    switch (answer.error) {
    case net::NetError::none:
        out.reached = Reached::yes;
        break;
    case net::NetError::pinMismatch:
        out.reached = Reached::mismatched;
        break;
    case net::NetError::unreachable:
    case net::NetError::timeout:
        out.reached = Reached::no;
        break;
    }
    out.status = answer.status;
    out.json = QJsonDocument::fromJson(answer.body).object();
    return out;
}

LinkKeeper::LookAt lookAtServer()
{
    const auto client = std::make_shared<std::unique_ptr<net::HttpsClient>>();
    return [client](const DeskLink &link, int waitMs, ServerDone done) {
        *client = std::make_unique<net::HttpsClient>(net::Endpoint{link.host, link.port, link.pins});
        (*client)->request("GET", QStringLiteral("/healthz"), {}, QByteArray(), waitMs, [done = std::move(done)](const net::Answer &answer) { done(answerOf(answer)); });
    };
}

Result<std::unique_ptr<Composition>> Composition::open(const QString &folder, const DeskLink &link, const QString &clockFile, bool usesKeyring)
{
    std::unique_ptr<Composition> composition(new Composition);
    Parts &parts = *composition->m_parts;
    const std::filesystem::path path(folder.toStdString());
    if (!clockFile.isEmpty()) {
        HUFU_TRY(opened, outside::VirtualClock::open(clockFile.toStdString()));
        parts.clock = std::move(opened);
    }
    HUFU_TRY(store, store::FileDeviceStore::open(path));
    parts.store = std::move(store);
    using keyring::FileSecureElement;
    HUFU_TRY(files, parts.store->list());
    const auto ifMissing = files.empty() ? FileSecureElement::IfMissing::make : FileSecureElement::IfMissing::refuse;
    if (usesKeyring && keyring::DesktopSecrets::isBusThere())
        parts.keyring = std::make_unique<keyring::DesktopSecrets>(QDBusConnection::sessionBus(), QStringLiteral("虎符电脑端 / Hufu desk"));
    HUFU_TRY(element, FileSecureElement::open(path / FileSecureElement::kFileName, parts.random, ifMissing, parts.keyring.get()));
    parts.element = std::move(element);
    HUFU_TRY(identity, Identity::open(*parts.store, *parts.element, parts.random));
    parts.identity = std::move(identity);
    HUFU_TRY(journal, Journal::open(*parts.store, *parts.element));
    parts.journal = std::move(journal);
    HUFU_TRY(history, History::open(*parts.store));
    parts.history = std::move(history);
    parts.client = std::make_unique<net::HttpsClient>(net::Endpoint{link.host, link.port, link.pins});
    parts.log.emplace(folder + QStringLiteral("/log"), *parts.clock);
    const AskServer plain = [&parts](const QByteArray &method, const QString &target, const Headers &headers,
                                   const QByteArray &body, int waitMs, ServerDone done) {
        parts.client->request(method, target, headers, body, waitMs,
                              [done = std::move(done)](const net::Answer &answer) { done(answerOf(answer)); });
    };
    const AskServer ask = logged(plain, *parts.log, *parts.clock);
    parts.counter = std::make_unique<Counter>(
        parts.screens, *parts.identity, *parts.journal, parts.random, *parts.clock, ask,
        [](std::string_view text) { return eye::drawFrame(text, 1); },
        QStringLiteral("%1:%2").arg(link.host).arg(link.port));
    parts.sites.emplace(*parts.store);
    parts.loopback = std::make_unique<Loopback>(std::make_unique<LoopbackApi>(parts.screens, *parts.counter, *parts.sites, parts.random));
    parts.bidList = std::make_unique<BidList>(*parts.screens.bids(), *parts.identity, *parts.journal, *parts.clock, ask);
    QObject::connect(parts.counter.get(), &Counter::bidsOpened, parts.bidList.get(), &BidList::opened);
    QObject::connect(parts.counter.get(), &Counter::sealingUndone, parts.bidList.get(), &BidList::undo);
    QObject::connect(parts.bidList.get(), &BidList::undone, parts.counter.get(), &Counter::forget);
    parts.bidList->takeUp();
    parts.counter->takeUp();
    parts.health = std::make_unique<Health>(*parts.screens.status(), *parts.identity, *parts.clock, ask);
    parts.bidList->follow(*parts.health);
    QObject::connect(parts.health.get(), &Health::removed, parts.counter.get(), &Counter::left);
    QObject::connect(parts.health.get(), &Health::removed, parts.bidList.get(), &BidList::left);
    keepHistory(*parts.counter, *parts.history, parts.screens, *parts.clock);
    QObject::connect(parts.health.get(), &Health::removed, parts.counter.get(), [&parts] { noteRemoval(*parts.history, parts.screens, *parts.clock); });
    QObject::connect(parts.counter.get(), &Counter::ended, parts.health.get(), &Health::look);
    parts.help = std::make_unique<Help>(parts.screens, *parts.counter, *parts.health, *parts.log, *parts.store, ask,
                                        QStringLiteral("%1:%2").arg(link.host).arg(link.port), parts.surroundings(folder));
    QObject::connect(&parts.screens, &DeskScreens::pageChanged, parts.bidList.get(), [&parts] {
        if (parts.screens.page() == DeskScreens::Status) parts.bidList->fetch();
    });
    return composition;
}

int Composition::problemOf(const Error &error)
{
    return static_cast<int>(error.code == Errc::locked ? catalogue::Code::keyringLocked : catalogue::codeOf(error.code));
}

Result<void> Composition::listen(std::span<const quint16> ports)
{
    HUFU_TRY(port, m_parts->loopback->listen(ports));
    m_parts->screens.site()->setPort(port);
    return {};
}

LoopbackApi &Composition::loopback()
{
    return m_parts->loopback->api();
}

DeskScreens &Composition::screens()
{
    return m_parts->screens;
}

Counter &Composition::counter()
{
    return *m_parts->counter;
}

} // namespace hufu::desk_app
