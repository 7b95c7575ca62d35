// The Secret Service of freedesktop.org, which GNOME Keyring, KWallet and KeePassXC offer on the session's D-Bus.
#pragma once

#include "platform/keyring/secrets.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QObject>

namespace hufu::keyring {

// Blocks while it is asked; where it is locked, until the person has typed its password. Secrets pass over the session's bus in hexadecimal: who
// may read that bus as this person may ask the service for them as well.
class DesktopSecrets final : public QObject, public Secrets {
    Q_OBJECT
public:
    static constexpr int kAnswerMs = 5'000, kPersonMs = 60'000; // to an answer; for a password
    // Whether the session has a bus at all: without one nothing is looked for.
    static bool isBusThere();
    // In: bus, whose session's; label, by which a person finds what was kept.
    DesktopSecrets(const QDBusConnection &bus, const QString &label, int personMs = kPersonMs);

    Result<std::optional<SecretBytes>> read(std::string_view id) override;
    Result<void> write(std::string_view id, ByteView secret) override;

private Q_SLOTS:
    void completed(bool isDismissed, const QDBusVariant &result);

Q_SIGNALS:
    void answered();

private:
    QDBusMessage call(const QString &path, const char *interface, const char *method, const QVariantList &arguments);
    Result<void> open();
    Result<void> prompt(const QDBusObjectPath &path);

    QDBusConnection m_bus;
    QString m_label;
    int m_personMs;
    QDBusObjectPath m_session, m_collection; // once it is open
    bool m_isDone = false;                   // the person has answered its question
};

} // namespace hufu::keyring
