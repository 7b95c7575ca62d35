#include "app/phone/composition.h"

#include "app/catalogue/catalogue.h"
#include "app/phone/folder_shields.h"
#include "platform/eye/camera.h"
#include "platform/eye/drawing.h"
#include "platform/eye/reading.h"
#include "platform/eye/scanner.h"
#include "platform/eye/source.h"
#include "platform/keyring/file_secure_element.h"
#include "platform/keyring/no_dumps.h"
#include "platform/keyring/scripted_biometrics.h"
#include "platform/net/https_client.h"
#include "platform/net/name_lookup.h"
#include "platform/net/phone_socket.h"
#include "platform/outside/face_service.h"
#include "platform/outside/virtual_clock.h"
#include "platform/store/file_device_store.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStorageInfo>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <filesystem>

namespace hufu::phone_app {

namespace {

constexpr int kClockLookMs = 200;

class SocketChannel final : public Channel {
public:
    enum class For : std::uint8_t { acts, looks }; // a look whether the server is there, or how things stand, is no act: a fault of the next message stays for one
    // All outlive it. isEnglish: what the screens speak.
    SocketChannel(const vault::ServerLink &server, NetworkFaults &faults, const std::atomic<bool> &isEnglish, For use)
        : m_socket({QString::fromStdString(server.host), server.port, {server.pin, server.backupPin}}), m_faults(faults), m_use(use)
    {
        connect(&m_socket, &net::PhoneSocket::opened, this, &Channel::opened);
        connect(&m_socket, &net::PhoneSocket::received, this, &SocketChannel::take);
        connect(&m_socket, &net::PhoneSocket::silent, this, &Channel::silent);
        connect(&m_socket, &net::PhoneSocket::closed, this, &Channel::closed);
        connect(&m_socket, &net::PhoneSocket::pinMismatched, this, &Channel::mismatched);
        m_socket.setDown([&faults] { return faults.isCut.load(); });
        m_socket.setLanguage([&isEnglish] { return isEnglish.load() ? QByteArrayLiteral("en") : QByteArrayLiteral("zh-CN"); });
    }
    void open() override { m_socket.open(); }
    void send(const Bytes &message) override { m_socket.send(message); }
    void close() override { m_socket.close(); }
    void setAside() override { m_use = For::looks; }

private:
    void take(const Bytes &message)
    {
        const bool isOfAnAct = m_use == For::acts;
        if (isOfAnAct && m_faults.losesNext.exchange(false)) return lose();
        Bytes heard = message;
        if (isOfAnAct && m_faults.garblesNext.exchange(false)) std::ranges::fill(heard, std::uint8_t{0xa5});
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
    For m_use;
};

// A scanner with its clock.
struct Watch {
    outside::SystemClock clock;
    eye::Scanner scanner{clock, kOurs};
};

// The files of one shield, and the stand-in of the secure element that seals them.
Result<ShieldBox> openBox(const std::filesystem::path &folder, ports::Random &random)
{
    using keyring::FileSecureElement;
    ShieldBox box;
    HUFU_TRY(store, store::FileDeviceStore::open(folder));
    HUFU_TRY(files, store->list());
    const auto ifMissing = files.empty() ? FileSecureElement::IfMissing::make : FileSecureElement::IfMissing::refuse;
    HUFU_TRY(element, FileSecureElement::open(folder / FileSecureElement::kFileName, random, ifMissing));
    box.store = std::move(store);
    box.element = std::move(element);
    return box;
}

Result<void> destroyElement(const std::filesystem::path &folder)
{
    std::error_code failure;
    std::filesystem::remove(folder / keyring::FileSecureElement::kFileName, failure);
    if (failure) return Error(Errc::unavailable, "the secure element's keys cannot be destroyed");
    return {};
}

Eye openEye()
{
    Eye out;
    const auto camera = std::make_shared<eye::ScreenCamera>();
    out.screen = [camera](const QRect &region) {
        camera->lookAt(region);
        return camera->next();
    };
    out.hasTorch = camera->hasTorch();
    out.zoomMost = camera->zoomMost();
    out.torch = [camera](bool on) { camera->setTorch(on); };
    out.zoom = [camera](double times) { camera->setZoom(times); };
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
    out.aside = [](const Eye::Work &work, const Eye::Work &done) {
        QThreadPool::globalInstance()->start([work, done] {
            work();
            QMetaObject::invokeMethod(qApp, done, Qt::QueuedConnection);
        });
    };
    out.draw = [](const QString &text) {
        const auto code = eye::drawCode(text.toStdString(), 1);
        return code ? *code : QImage();
    };
    out.read = [](const QImage &picture, std::string_view prefix) { return eye::readCode(picture, prefix); };
    return out;
}

} // namespace

// One request to the pinned server; the client is gone after it.
void sendCase(const vault::ServerLink &server, const QByteArray &body, const CaseSent &done)
{
    constexpr int kPatienceMs = 15'000;
    auto *client = new net::HttpsClient({QString::fromStdString(server.host), server.port, {server.pin, server.backupPin}}, qApp);
    client->request("POST", QStringLiteral("/support/v1/cases"), {{"content-type", "application/json"}}, body, kPatienceMs,
                    [client, done](const net::Answer &answer) {
                        using catalogue::Code;
                        client->deleteLater();
                        if (answer.error == net::NetError::none) return readCaseAnswer(answer.status, answer.body, done);
                        const auto why = answer.error == net::NetError::pinMismatch ? Code::pinMismatch : Code::serverUnreachable;
                        done(QString(), static_cast<int>(why));
                    });
}

// As sendCase. What was heard last is kept in file, for when the server is away: that is when a hotline is wanted.
void askContacts(const vault::ServerLink &server, const QString &file, bool isCut, const ContactsHeard &heard)
{
    constexpr int kPatienceMs = 5'000;
    constexpr qint64 kMost = 16 * 1024;
    const auto kept = [file] {
        QFile last(file);
        return last.open(QIODevice::ReadOnly) ? last.read(kMost) : QByteArray();
    };
    heard(kept()); // at once; the server's answer follows
    if (isCut) return;
    auto *client = new net::HttpsClient({QString::fromStdString(server.host), server.port, {server.pin, server.backupPin}}, qApp);
    client->request("GET", QStringLiteral("/support/v1"), {}, {}, kPatienceMs, [client, file, heard](const net::Answer &answer) {
        client->deleteLater();
        if (answer.error != net::NetError::none || answer.status != 200 || answer.body.size() > kMost) return;
        QDir().mkpath(QFileInfo(file).path());
        QSaveFile next(file);
        if (next.open(QIODevice::WriteOnly) && next.write(answer.body) == answer.body.size()) next.commit(); // unkept, they are asked for again
        heard(answer.body);
    });
}

// The name first, and then the server behind it.
void surveyServer(const vault::ServerLink &server, bool isCut, const SurveyDone &done)
{
    constexpr int kPatienceMs = 5'000;
    if (isCut) {
        QMetaObject::invokeMethod(qApp, [done] { done({}); }, Qt::QueuedConnection);
        return;
    }
    net::lookUp(QString::fromStdString(server.host), qApp, [server, done](const net::NameLookup &found) {
        using Name = Survey::Name;
        Survey survey;
        survey.name = found.answer == net::NameAnswer::number ? Name::number : found.answer == net::NameAnswer::known ? Name::known : Name::unknown;
        survey.address = found.address;
        survey.lookupMs = found.tookMs;
        if (survey.name == Name::unknown) return done(survey);
        auto *client = new net::HttpsClient({QString::fromStdString(server.host), server.port, {server.pin, server.backupPin}}, qApp);
        client->request("GET", QStringLiteral("/healthz"), {}, {}, kPatienceMs, [client, survey, done](const net::Answer &answer) {
            client->deleteLater();
            Survey whole = survey;
            if (answer.error == net::NetError::none && answer.status == 200) whole.version = versionIn(answer.body);
            done(whole);
        });
    });
}

// Beside the look's settings: no secret, and a shield's own folder holds its own files alone.
QString contactsFile(const QString &folder, const vault::ServerLink &server)
{
    const QByteArray name = QByteArray::fromStdString(server.host) + ':' + QByteArray::number(server.port);
    return folder + QStringLiteral("/look/support-") + QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(16)) + QStringLiteral(".json");
}

// In the order of their dependence: the last one dies first.
struct Composition::Parts {
    ports::SystemRandom random;
    outside::SystemClock system;
    std::unique_ptr<outside::VirtualClock> testers;
    ports::Clock *clock = &system;
    NetworkFaults network;
    std::atomic<bool> isEnglish = false; // read where the connections are opened
    keyring::ScriptedBiometrics biometrics;
    Face face = Face::live;
    std::unique_ptr<FolderShields> shields;
    ScriptedScreen screen;
    Screens screens{openEye()};
    std::unique_ptr<Conductor> conductor;
    QTimer look; // at the testers' clock
    std::int64_t aheadMs = 0;
};

Composition::Composition() : m_parts(std::make_unique<Parts>())
{
    m_parts->screens.guardWith(m_parts->screen);
}
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
    parts.shields = std::make_unique<FolderShields>(
        path, [&parts](const std::filesystem::path &each) { return openBox(each, parts.random); }, destroyElement);
    HUFU_CHECK(parts.shields->open());
    const phone::Environment environment{parts.shields->at(0), parts.random, *parts.clock, vault::Stretch()};
    const auto channelsFor = [&parts](SocketChannel::For use) -> ChannelMaker {
        return [&parts, use](const vault::ServerLink &server) -> std::unique_ptr<Channel> { return std::make_unique<SocketChannel>(server, parts.network, parts.isEnglish, use); };
    };
    const FaceKit kit = [&parts] { return outside::scriptedEvidence(static_cast<outside::FaceOutcome>(parts.face), parts.random); };
    parts.conductor = std::make_unique<Conductor>(
        parts.screens, std::make_unique<Engine>(environment, channelsFor(SocketChannel::For::acts), parts.shields.get(), &parts.biometrics), kit,
        std::make_unique<Prober>(channelsFor(SocketChannel::For::looks), *parts.clock),
        [folder] { return static_cast<std::int64_t>(QStorageInfo(folder).bytesAvailable()); },
        std::make_unique<BidWatch>(*parts.screens.bids(), *parts.clock),
        SupportLine{[&parts](const vault::ServerLink &server, const QByteArray &body, const CaseSent &done) {
                        if (parts.network.isCut) return done(QString(), static_cast<int>(catalogue::Code::serverUnreachable));
                        sendCase(server, body, done);
                    },
                    [&parts, folder](const vault::ServerLink &server, const ContactsHeard &heard) {
                        askContacts(server, contactsFile(folder, server), parts.network.isCut, heard);
                    }});
    parts.conductor->surveyWith([&parts](const vault::ServerLink &server, const SurveyDone &done) { surveyServer(server, parts.network.isCut, done); });
    parts.conductor->keepJournalIn(folder + QStringLiteral("/look/journal.log"));
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

void Composition::playFinger(Finger finger)
{
    m_parts->biometrics.play(static_cast<keyring::ScriptedBiometrics::Outcome>(finger));
}

void Composition::playFace(Face face)
{
    m_parts->face = face;
}

ScriptedScreen &Composition::screen()
{
    return m_parts->screen;
}

void Composition::speak(bool isEnglish)
{
    m_parts->isEnglish = isEnglish;
}

Conductor &Composition::conductor()
{
    return *m_parts->conductor;
}

} // namespace hufu::phone_app
