// The desktop's keyring over a D-Bus of the test's own, with a service that is there, locked, silent, forgetful or not there; and the element
// whose key it keeps.
#include "platform/keyring/desktop_secrets.h"
#include "platform/keyring/file_secure_element.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <filesystem>
#include <map>

namespace hufu::tests {

using Attributes = QMap<QString, QString>;

struct Handed {
    QDBusObjectPath session;
    QByteArray parameters, value;
    QString contentType;
};

static QDBusArgument &operator<<(QDBusArgument &argument, const Handed &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

static const QDBusArgument &operator>>(const QDBusArgument &argument, Handed &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

// The part of the Secret Service that a desk uses. Lives on a thread of its own, since whoever asks it waits.
class Service final : public QDBusVirtualObject {
public:
    std::atomic<bool> isLocked = false, isDismissed = false, isSilent = false, isForgetful = false, hasCollection = true;
    std::atomic<int> prompts = 0;
    std::atomic<std::size_t> kept = 0; // how many
    void forget() { m_isToForget = true; }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &asked, const QDBusConnection &bus) override
    {
        const QString member = asked.member();
        const QDBusObjectPath nothing(QStringLiteral("/"));
        if (m_isToForget.exchange(false)) m_items.clear();
        QVariantList answer;
        if (isSilent) return true;
        if (member == QLatin1String("OpenSession")) {
            answer = {QVariant::fromValue(QDBusVariant(QString())), QVariant::fromValue(QDBusObjectPath(kSession))};
        } else if (member == QLatin1String("ReadAlias")) {
            answer = {QVariant::fromValue(hasCollection ? QDBusObjectPath(kCollection) : nothing)};
        } else if (member == QLatin1String("Unlock")) {
            const QList<QDBusObjectPath> open = isLocked ? QList<QDBusObjectPath>() : QList<QDBusObjectPath>{QDBusObjectPath(kCollection)};
            answer = {QVariant::fromValue(open), QVariant::fromValue(isLocked ? QDBusObjectPath(kPrompt) : nothing)};
        } else if (member == QLatin1String("Prompt")) {
            ++prompts;
            bus.send(asked.createReply());
            if (isDismissed) isLocked = true;
            else isLocked = false;
            QDBusMessage done = QDBusMessage::createSignal(kPrompt, QStringLiteral("org.freedesktop.Secret.Prompt"), QStringLiteral("Completed"));
            done << isDismissed.load() << QVariant::fromValue(QDBusVariant(QString()));
            return bus.send(done);
        } else if (member == QLatin1String("SearchItems")) {
            const QString id = qdbus_cast<Attributes>(asked.arguments().at(0)).value(QStringLiteral("id"));
            QList<QDBusObjectPath> found;
            if (m_items.contains(id)) found << QDBusObjectPath(QString::fromLatin1(kCollection) + QLatin1Char('/') + id);
            answer = {QVariant::fromValue(found)};
        } else if (member == QLatin1String("CreateItem")) {
            const auto properties = qdbus_cast<QVariantMap>(asked.arguments().at(0));
            const auto attributes = qdbus_cast<Attributes>(properties.value(QStringLiteral("org.freedesktop.Secret.Item.Attributes")));
            const QString id = attributes.value(QStringLiteral("id"));
            if (!isForgetful) m_items[id] = qdbus_cast<Handed>(asked.arguments().at(1)).value;
            kept = m_items.size();
            answer = {QVariant::fromValue(QDBusObjectPath(QString::fromLatin1(kCollection) + QLatin1Char('/') + id)), QVariant::fromValue(nothing)};
        } else if (member == QLatin1String("GetSecret")) {
            const QString id = asked.path().section(QLatin1Char('/'), -1);
            answer = {QVariant::fromValue(Handed{QDBusObjectPath(kSession), {}, m_items[id], QStringLiteral("text/plain")})};
        } else {
            return false;
        }
        return bus.send(asked.createReply(answer));
    }

private:
    static constexpr auto kSession = QLatin1String("/org/freedesktop/secrets/session/s1"), kCollection = QLatin1String("/org/freedesktop/secrets/collection/login"),
                          kPrompt = QLatin1String("/org/freedesktop/secrets/prompt/p1");
    std::map<QString, QByteArray> m_items;
    std::atomic<bool> m_isToForget = false;
};

} // namespace hufu::tests

Q_DECLARE_METATYPE(hufu::tests::Handed)

using namespace hufu;
using keyring::DesktopSecrets;
using keyring::FileSecureElement;

namespace {

// A bus, and the service on it.
struct Bench {
    QProcess daemon;
    QString address;
    QThread thread;
    tests::Service *service = nullptr;

    ~Bench()
    {
        thread.quit();
        thread.wait();
        QDBusConnection::disconnectFromBus(QStringLiteral("service"));
        QDBusConnection::disconnectFromBus(QStringLiteral("desk"));
        delete service;
        daemon.kill();
        daemon.waitForFinished();
    }
    bool start(bool isServed = true)
    {
        qDBusRegisterMetaType<tests::Handed>();
        qDBusRegisterMetaType<tests::Attributes>();
        daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (!daemon.waitForReadyRead(10'000)) return false;
        address = QString::fromUtf8(daemon.readLine()).trimmed();
        if (!isServed) return true;
        service = new tests::Service;
        QDBusConnection bus = QDBusConnection::connectToBus(address, QStringLiteral("service"));
        const bool isThere = bus.registerVirtualObject(QStringLiteral("/org/freedesktop/secrets"), service, QDBusConnection::SubPath) && bus.registerService(QStringLiteral("org.freedesktop.secrets"));
        service->moveToThread(&thread);
        thread.start();
        return isThere;
    }
    // As at a start of the desk.
    std::unique_ptr<DesktopSecrets> desk(int personMs = DesktopSecrets::kPersonMs)
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("desk"));
        return std::make_unique<DesktopSecrets>(QDBusConnection::connectToBus(address, QStringLiteral("desk")), QStringLiteral("Hufu"), personMs);
    }
};

const Bytes kSecret{1, 2, 3, 0, 255};

} // namespace

class TestDesktopSecrets : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ports::SystemRandom m_random;

    std::filesystem::path file() const { return std::filesystem::path(m_dir.path().toStdString()) / QTest::currentTestFunction(); }
    Result<std::unique_ptr<FileSecureElement>> element(keyring::Secrets *apart)
    {
        return FileSecureElement::open(file(), m_random, FileSecureElement::IfMissing::make, apart);
    }
    QByteArray content() const
    {
        QFile read(QString::fromStdString(file().string()));
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }

private Q_SLOTS:
    void secret_written_isReadAtTheNextStart()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(!bench.desk()->read("one")->has_value());
        QVERIFY(bench.desk()->write("one", kSecret));
        const auto read = bench.desk()->read("one");
        QVERIFY(read && *read && sameBytes((*read)->expose(), kSecret));
        QVERIFY(!bench.desk()->read("two")->has_value());
        QCOMPARE(bench.service->prompts.load(), 0);
    }
    void keyring_locked_isOpenedByThePersonOrNotAtAll()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.desk()->write("one", kSecret));
        bench.service->isLocked = true;
        bench.service->isDismissed = true;
        QCOMPARE(bench.desk()->read("one").error().code, Errc::unavailable);
        QCOMPARE(bench.service->prompts.load(), 1);
        bench.service->isDismissed = false;
        const auto read = bench.desk()->read("one");
        QVERIFY(read && *read && sameBytes((*read)->expose(), kSecret));
        QCOMPARE(bench.service->prompts.load(), 2);
    }
    // Whatever is missing, it is known within the time of an answer.
    void service_thatIsNotThere_isUnavailableInTime()
    {
        QElapsedTimer since;
        since.start();
        Bench nobody;
        QVERIFY(nobody.start(false));
        QCOMPARE(nobody.desk()->read("one").error().code, Errc::unavailable);
        QCOMPARE(DesktopSecrets(QDBusConnection(QStringLiteral("no such bus")), QStringLiteral("Hufu")).write("one", kSecret).error().code, Errc::unavailable);
        Bench bench;
        QVERIFY(bench.start());
        bench.service->hasCollection = false;
        QCOMPARE(bench.desk()->read("one").error().code, Errc::unavailable);
        bench.service->isSilent = true;
        QCOMPARE(bench.desk()->write("one", kSecret).error().code, Errc::unavailable);
        QVERIFY(since.elapsed() < 4 * DesktopSecrets::kAnswerMs);
    }

    // From then on the file alone opens nothing; what was sealed before opens still.
    void element_withAKeyring_keepsItsKeyThere()
    {
        Bench bench;
        QVERIFY(bench.start());
        const auto before = std::move(*element(nullptr));
        const Bytes sealed = *before->seal(kSecret, viewOf("c"));
        QVERIFY(!before->isKeptApart() && content().startsWith("HUFU-SE-1"));
        for (int i = 0; i < 2; ++i) {
            const auto desk = bench.desk();
            const auto apart = element(desk.get());
            QVERIFY(apart && (*apart)->isKeptApart());
            QVERIFY(sameBytes((*apart)->open(sealed, viewOf("c"))->expose(), kSecret));
            QVERIFY(sameBytes((*apart)->deviceMac(kSecret)->expose(), before->deviceMac(kSecret)->expose()));
            QCOMPARE(bench.service->kept.load(), std::size_t{1});
            QVERIFY(content().startsWith("HUFU-SE-2"));
        }
        // Locked, away or emptied: it does not open, and the file is as it was.
        const QByteArray kept = content();
        QCOMPARE(element(nullptr).error().code, Errc::locked);
        bench.service->isLocked = bench.service->isDismissed = true;
        QCOMPARE(element(bench.desk().get()).error().code, Errc::locked);
        bench.service->isLocked = bench.service->isDismissed = false;
        bench.service->forget();
        QCOMPARE(element(bench.desk().get()).error().code, Errc::locked);
        QCOMPARE(content(), kept);
    }
    // A keyring that takes nothing, or gives nothing back, leaves the file with its key.
    void element_withoutAKeyring_staysInItsFile()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.service->isForgetful = true;
        const auto first = element(bench.desk().get());
        QVERIFY(first && !(*first)->isKeptApart() && content().startsWith("HUFU-SE-1"));
        bench.service->isForgetful = false;
        bench.service->isLocked = bench.service->isDismissed = true;
        const auto second = element(bench.desk().get());
        QVERIFY(second && !(*second)->isKeptApart() && content().startsWith("HUFU-SE-1"));
        QVERIFY(element(nullptr));
    }
    void element_ofAChangedFile_isTampered()
    {
        Bench bench;
        QVERIFY(bench.start());
        const auto desk = bench.desk();
        QVERIFY((*element(desk.get()))->isKeptApart());
        QByteArray changed = content();
        changed[changed.size() - 1] = static_cast<char>(changed.back() ^ 1);
        QFile write(QString::fromStdString(file().string()));
        QVERIFY(write.open(QIODevice::WriteOnly | QIODevice::Truncate) && write.write(changed) == changed.size());
        write.close();
        QCOMPARE(element(desk.get()).error().code, Errc::tampered);
    }
};

QTEST_GUILESS_MAIN(TestDesktopSecrets)
#include "test_desktop_secrets.moc"
