#include "app/phone/composition.h"

#include "platform/eye/reading.h"
#include "platform/eye/scanner.h"
#include "platform/eye/source.h"
#include "platform/keyring/file_secure_element.h"
#include "platform/keyring/no_dumps.h"
#include "platform/net/phone_socket.h"
#include "platform/outside/face_service.h"
#include "platform/outside/virtual_clock.h"
#include "platform/store/file_device_store.h"

#include <QCoreApplication>
#include <QStorageInfo>
#include <QTimer>
#include <algorithm>

namespace hufu::phone_app {

namespace {

constexpr char kOurs[] = "HUFU:";
constexpr int kClockLookMs = 200;

class SocketChannel final : public Channel {
public:
    SocketChannel(const vault::ServerLink &server, NetworkFaults &faults)
        : m_socket({QString::fromStdString(server.host), server.port, {server.pin, server.backupPin}}), m_faults(faults)
    {
        connect(&m_socket, &net::PhoneSocket::opened, this, &Channel::opened);
        connect(&m_socket, &net::PhoneSocket::received, this, &SocketChannel::take);
        connect(&m_socket, &net::PhoneSocket::closed, this, &Channel::closed);
        connect(&m_socket, &net::PhoneSocket::pinMismatched, this, &Channel::mismatched);
    }
    void open() override
    {
        if (!m_faults.isCut) return m_socket.open();
        QMetaObject::invokeMethod(this, &Channel::closed, Qt::QueuedConnection);
    }
    void send(const Bytes &message) override
    {
        if (m_faults.isCut) return lose();
        m_socket.send(message);
    }
    void close() override { m_socket.close(); }

private:
    void take(const Bytes &message)
    {
        if (m_faults.isCut || m_faults.losesNext.exchange(false)) return lose();
        Bytes heard = message;
        if (m_faults.garblesNext.exchange(false)) std::ranges::fill(heard, std::uint8_t{0xa5});
        if (m_faults.delayMs == 0) return Q_EMIT received(heard);
        QTimer::singleShot(m_faults.delayMs.load(), this, [this, heard] { Q_EMIT received(heard); });
    }
    void lose()
    {
        m_socket.close();
        QMetaObject::invokeMethod(this, &Channel::closed, Qt::QueuedConnection);
    }

    net::PhoneSocket m_socket;
    NetworkFaults &m_faults;
};

// A scanner with its clock.
struct Watch {
    outside::SystemClock clock;
    eye::Scanner scanner{clock, kOurs};
};

Eye openEye()
{
    Eye out;
    out.screen = [](const QRect &region) { return eye::ScreenSource(region).next(); };
    out.everything = [] { return eye::ScreenSource::everything(); };
    out.file = [](const QString &path) { return eye::FileSource(path).next(); };
    out.bytes = [](const QByteArray &bytes) { return eye::BytesSource(bytes).next(); };
    out.pasted = [] { return eye::PasteSource().next(); };
    out.pastedText = [] { return eye::pastedText(); };
    out.look = [watch = std::make_shared<Watch>()](const QImage &frame, const Eye::Seen &seen) {
        watch->scanner.look(frame, [seen](const std::vector<eye::Sighting> &sightings) {
            const auto text = eye::choose(sightings, kOurs);
            QMetaObject::invokeMethod(qApp, [seen, text] { seen(text); }, Qt::QueuedConnection);
        });
    };
    out.read = [](const QImage &picture, std::string_view prefix) { return eye::readCode(picture, prefix); };
    return out;
}

} // namespace

// In the order of their dependence: the last one dies first.
struct Composition::Parts {
    ports::SystemRandom random;
    outside::SystemClock system;
    std::unique_ptr<outside::VirtualClock> testers;
    ports::Clock *clock = &system;
    NetworkFaults network;
    std::unique_ptr<store::FileDeviceStore> store;
    std::unique_ptr<keyring::FileSecureElement> element;
    std::unique_ptr<vault::Vault> vault;
    Screens screens{openEye()};
    std::unique_ptr<Conductor> conductor;
    QTimer look; // at the testers' clock
    std::int64_t aheadMs = 0;
};

Composition::Composition() : m_parts(std::make_unique<Parts>()) {}
Composition::~Composition() = default;

Result<std::unique_ptr<Composition>> Composition::open(const QString &folder, const QString &clockFile)
{
    if (!keyring::forbidDumps()) return Error(Errc::unavailable, "the memory can be dumped");
    std::unique_ptr<Composition> composition(new Composition);
    Parts &parts = *composition->m_parts;
    const std::filesystem::path path(folder.toStdString());
    if (!clockFile.isEmpty()) {
        HUFU_TRY(opened, outside::VirtualClock::open(clockFile.toStdString()));
        parts.testers = std::move(opened);
        parts.clock = parts.testers.get();
    }
    HUFU_TRY(store, store::FileDeviceStore::open(path));
    parts.store = std::move(store);
    using keyring::FileSecureElement;
    HUFU_TRY(files, parts.store->list());
    const auto ifMissing = files.empty() ? FileSecureElement::IfMissing::make : FileSecureElement::IfMissing::refuse;
    HUFU_TRY(element, FileSecureElement::open(path / FileSecureElement::kFileName, parts.random, ifMissing));
    parts.element = std::move(element);
    parts.vault = std::make_unique<vault::Vault>(*parts.store, *parts.element);
    const phone::Environment environment{*parts.vault, parts.random, *parts.clock, vault::Stretch()};
    const ChannelMaker makeChannel = [&parts](const vault::ServerLink &server) -> std::unique_ptr<Channel> {
        return std::make_unique<SocketChannel>(server, parts.network);
    };
    const FaceKit kit = [&parts](IdentityModel::Outcome outcome) {
        return outside::scriptedEvidence(static_cast<outside::FaceOutcome>(outcome), parts.random);
    };
    parts.conductor = std::make_unique<Conductor>(
        parts.screens, std::make_unique<Engine>(environment, makeChannel), kit,
        std::make_unique<Prober>(makeChannel, *parts.clock),
        [folder] { return static_cast<std::int64_t>(QStorageInfo(folder).bytesAvailable()); },
        std::make_unique<BidWatch>(*parts.screens.bids(), *parts.clock));
    if (parts.testers) composition->followClock();
    return composition;
}

void Composition::followClock()
{
    Parts &parts = *m_parts;
    parts.aheadMs = parts.testers->aheadMs();
    QObject::connect(&parts.look, &QTimer::timeout, parts.conductor.get(), [&parts] {
        const std::int64_t now = parts.testers->aheadMs(), before = std::exchange(parts.aheadMs, now);
        if (now != before) parts.conductor->timeJumped(now - before);
    });
    parts.look.start(kClockLookMs);
}

Screens &Composition::screens()
{
    return m_parts->screens;
}

NetworkFaults &Composition::network()
{
    return m_parts->network;
}

Conductor &Composition::conductor()
{
    return *m_parts->conductor;
}

} // namespace hufu::phone_app
