#include "app/desk/composition.h"

#include "app/desk/bid_list.h"
#include "platform/eye/drawing.h"
#include "platform/keyring/file_secure_element.h"
#include "platform/net/https_client.h"
#include "platform/outside/virtual_clock.h"
#include "platform/store/file_device_store.h"

#include <QJsonDocument>

namespace hufu::desk_app {

// In the order of their dependence: the last one dies first.
struct Composition::Parts {
    ports::SystemRandom random;
    std::unique_ptr<ports::Clock> clock = std::make_unique<outside::SystemClock>();
    std::unique_ptr<store::FileDeviceStore> store;
    std::unique_ptr<keyring::FileSecureElement> element;
    std::optional<Identity> identity;
    std::optional<Journal> journal;
    std::unique_ptr<net::HttpsClient> client;
    DeskScreens screens;
    std::unique_ptr<Counter> counter;
    std::optional<Sites> sites;
    std::unique_ptr<Loopback> loopback;
    std::unique_ptr<BidList> bidList;
};

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

Result<std::unique_ptr<Composition>> Composition::open(const QString &folder, const DeskLink &link, const QString &clockFile)
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
    HUFU_TRY(element, FileSecureElement::open(path / FileSecureElement::kFileName, parts.random, ifMissing));
    parts.element = std::move(element);
    HUFU_TRY(identity, Identity::open(*parts.store, *parts.element, parts.random));
    parts.identity = std::move(identity);
    HUFU_TRY(journal, Journal::open(*parts.store, *parts.element));
    parts.journal = std::move(journal);
    parts.client = std::make_unique<net::HttpsClient>(net::Endpoint{link.host, link.port, link.pins});
    const AskServer ask = [&parts](const QByteArray &method, const QString &target, const Headers &headers,
                                   const QByteArray &body, int waitMs, ServerDone done) {
        parts.client->request(method, target, headers, body, waitMs,
                              [done = std::move(done)](const net::Answer &answer) { done(answerOf(answer)); });
    };
    parts.counter = std::make_unique<Counter>(
        parts.screens, *parts.identity, *parts.journal, parts.random, *parts.clock, ask,
        [](std::string_view text) { return eye::drawCode(text, 1); },
        QStringLiteral("%1:%2").arg(link.host).arg(link.port));
    parts.sites.emplace(*parts.store);
    parts.loopback = std::make_unique<Loopback>(std::make_unique<LoopbackApi>(parts.screens, *parts.counter, *parts.sites, parts.random));
    parts.bidList = std::make_unique<BidList>(*parts.screens.bids(), *parts.identity, *parts.journal, *parts.clock, ask);
    QObject::connect(parts.counter.get(), &Counter::bidsOpened, parts.bidList.get(), &BidList::opened);
    QObject::connect(parts.counter.get(), &Counter::sealingUndone, parts.bidList.get(), &BidList::undo);
    QObject::connect(parts.bidList.get(), &BidList::undone, parts.counter.get(), &Counter::forget);
    parts.bidList->takeUp();
    parts.counter->takeUp();
    QObject::connect(&parts.screens, &DeskScreens::pageChanged, parts.bidList.get(), [&parts] {
        if (parts.screens.page() == DeskScreens::Status) parts.bidList->fetch();
    });
    return composition;
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
