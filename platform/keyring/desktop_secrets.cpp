#include "platform/keyring/desktop_secrets.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QEventLoop>
#include <QFileInfo>
#include <QMap>
#include <QTimer>

namespace hufu::keyring {

// As the service hands a secret over: (oayays).
struct DBusSecret {
    QDBusObjectPath session;
    QByteArray parameters, value;
    QString contentType;
};

} // namespace hufu::keyring

Q_DECLARE_METATYPE(hufu::keyring::DBusSecret)

namespace hufu::keyring {

static QDBusArgument &operator<<(QDBusArgument &argument, const DBusSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

static const QDBusArgument &operator>>(const QDBusArgument &argument, DBusSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

namespace {

using Attributes = QMap<QString, QString>;

constexpr char kService[] = "org.freedesktop.secrets", kRoot[] = "/org/freedesktop/secrets";
constexpr char kPrompt[] = "org.freedesktop.Secret.Prompt", kNothing[] = "/";

Attributes attributesOf(std::string_view id)
{
    return {{QStringLiteral("application"), QStringLiteral("hufu-desk")}, {QStringLiteral("id"), QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()))}};
}

Error away()
{
    return Error(Errc::unavailable, "the desktop's keyring");
}

// In hexadecimal, as the service keeps it; wiped like what it is made of.
SecretBytes hexOf(ByteView secret)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    SecretBytes out(secret.size() * 2);
    auto at = out.fill().begin();
    for (const std::uint8_t byte : secret) {
        *at++ = static_cast<std::uint8_t>(kDigits[byte >> 4]);
        *at++ = static_cast<std::uint8_t>(kDigits[byte & 15]);
    }
    return out;
}

QDBusObjectPath pathIn(const QDBusMessage &reply, qsizetype index)
{
    return reply.arguments().value(index).value<QDBusObjectPath>();
}

} // namespace

bool DesktopSecrets::isBusThere()
{
    const QString run = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") || (!run.isEmpty() && QFileInfo::exists(run + QStringLiteral("/bus")));
}

DesktopSecrets::DesktopSecrets(const QDBusConnection &bus, const QString &label, int personMs) : m_bus(bus), m_label(label), m_personMs(personMs)
{
    qDBusRegisterMetaType<DBusSecret>();
    qDBusRegisterMetaType<Attributes>();
}

QDBusMessage DesktopSecrets::call(const QString &path, const char *interface, const char *method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(QLatin1String(kService), path, QStringLiteral("org.freedesktop.Secret.") + QLatin1String(interface), QLatin1String(method));
    message.setArguments(arguments);
    return m_bus.call(message, QDBus::Block, kAnswerMs);
}

void DesktopSecrets::completed(bool isDismissed, const QDBusVariant &)
{
    m_isDone = !isDismissed;
    Q_EMIT answered();
}

// What the service asks the person: nothing where it asks nothing.
Result<void> DesktopSecrets::prompt(const QDBusObjectPath &path)
{
    if (path.path() == QLatin1String(kNothing)) return {};
    if (path.path().isEmpty()) return away();
    m_isDone = false;
    const auto isHeard = m_bus.connect(QLatin1String(kService), path.path(), QLatin1String(kPrompt), QStringLiteral("Completed"), this, SLOT(completed(bool, QDBusVariant)));
    QEventLoop wait;
    QTimer late;
    late.setSingleShot(true);
    connect(&late, &QTimer::timeout, &wait, &QEventLoop::quit);
    connect(this, &DesktopSecrets::answered, &wait, &QEventLoop::quit);
    if (isHeard && call(path.path(), "Prompt", "Prompt", {QString()}).type() == QDBusMessage::ReplyMessage) {
        late.start(m_personMs);
        wait.exec();
    }
    m_bus.disconnect(QLatin1String(kService), path.path(), QLatin1String(kPrompt), QStringLiteral("Completed"), this, SLOT(completed(bool, QDBusVariant)));
    return m_isDone ? Result<void>() : away();
}

Result<void> DesktopSecrets::open()
{
    if (!m_collection.path().isEmpty()) return {};
    if (!m_bus.isConnected()) return away();
    const QString root = QLatin1String(kRoot);
    const QDBusMessage session = call(root, "Service", "OpenSession", {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
    m_session = pathIn(session, 1);
    if (m_session.path().isEmpty()) return away(); // it need not be asked again
    const QDBusObjectPath collection = pathIn(call(root, "Service", "ReadAlias", {QStringLiteral("default")}), 0);
    if (collection.path().isEmpty() || collection.path() == QLatin1String(kNothing)) return away();
    HUFU_CHECK(prompt(pathIn(call(root, "Service", "Unlock", {QVariant::fromValue(QList<QDBusObjectPath>{collection})}), 1)));
    m_collection = collection;
    return {};
}

Result<std::optional<SecretBytes>> DesktopSecrets::read(std::string_view id)
{
    HUFU_CHECK(open());
    const QDBusMessage found = call(m_collection.path(), "Collection", "SearchItems", {QVariant::fromValue(attributesOf(id))});
    if (found.type() != QDBusMessage::ReplyMessage) return away();
    const auto items = qdbus_cast<QList<QDBusObjectPath>>(found.arguments().value(0));
    if (items.isEmpty()) return std::optional<SecretBytes>();
    const QDBusMessage reply = call(items.first().path(), "Item", "GetSecret", {QVariant::fromValue(m_session)});
    if (reply.type() != QDBusMessage::ReplyMessage) return away();
    auto secret = qdbus_cast<DBusSecret>(reply.arguments().value(0));
    auto bytes = fromHex(std::string_view(secret.value.constData(), static_cast<std::size_t>(secret.value.size())));
    secret.value.fill('0');
    if (!bytes) return away();
    return std::optional(SecretBytes::adopt(*bytes));
}

Result<void> DesktopSecrets::write(std::string_view id, ByteView secret)
{
    HUFU_CHECK(open());
    const QVariantMap properties{{QStringLiteral("org.freedesktop.Secret.Item.Label"), m_label},
                                 {QStringLiteral("org.freedesktop.Secret.Item.Attributes"), QVariant::fromValue(attributesOf(id))}};
    const SecretBytes hex = hexOf(secret);
    const auto value = QByteArray::fromRawData(reinterpret_cast<const char *>(hex.expose().data()), static_cast<qsizetype>(hex.size())); // no copy
    const DBusSecret handed{m_session, {}, value, QStringLiteral("text/plain")};
    const QDBusMessage made = call(m_collection.path(), "Collection", "CreateItem", {properties, QVariant::fromValue(handed), true});
    if (made.type() != QDBusMessage::ReplyMessage) return away();
    return prompt(pathIn(made, 1));
}

} // namespace hufu::keyring
