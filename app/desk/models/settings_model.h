// What a person chose about this desk, besides how it looks: where results go, whether it starts with the session.
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QObject>
#include <QSettings>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace hufu::desk_app {

class SettingsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString folder READ folder NOTIFY changed)    // for what comes of files; empty: beside each
    Q_PROPERTY(bool folderThere READ folderThere NOTIFY changed)
    Q_PROPERTY(bool autostart READ autostart NOTIFY changed) // the desk starts with the person's session
    Q_PROPERTY(bool pkcs7 READ pkcs7 WRITE setPkcs7 NOTIFY changed) // signature files have the identifiers of PKCS #7, and not of GM/T 0010
    Q_PROPERTY(bool contentInside READ contentInside WRITE setContentInside NOTIFY changed) // the signed file goes into the signature's file
public:
    using QObject::QObject;
    const QString &folder() const { return m_folder; }
    bool folderThere() const { return m_folder.isEmpty() || QFileInfo(m_folder).isDir(); }
    bool autostart() const { return m_autostart; }
    bool pkcs7() const { return m_pkcs7; }
    bool contentInside() const { return m_contentInside; }
    // Where what comes of this file goes. A folder that has gone does not lose it.
    QString folderFor(const QString &file) const { return m_folder.isEmpty() || !folderThere() ? QFileInfo(file).absolutePath() : m_folder; }

    // Takes what the file says, and keeps there what is chosen from now on.
    void keepIn(const QString &file)
    {
        m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
        const QString kept = m_file->value(kFolder).toString();
        m_folder = QDir::isAbsolutePath(kept) ? kept : QString();
        m_pkcs7 = m_file->value(kPkcs7).toBool();
        m_contentInside = m_file->value(kInside).toBool();
        Q_EMIT changed();
    }
    void setAutostart(bool on)
    {
        m_autostart = on;
        Q_EMIT changed();
    }
    Q_INVOKABLE void choose(const QUrl &folder)
    {
        if (folder.isLocalFile() && QFileInfo(folder.toLocalFile()).isDir()) take(folder.toLocalFile());
    }
    Q_INVOKABLE void besideEach() { take(QString()); }
    void setPkcs7(bool on) { keep(kPkcs7, m_pkcs7 = on); }
    void setContentInside(bool on) { keep(kInside, m_contentInside = on); }
    // Whether anybody has said yet if the desk shall start with the session.
    bool autostartChosen() const { return m_file && m_file->value(kChosen).toBool(); }
    void setAutostartChosen()
    {
        if (!m_file) return;
        m_file->setValue(kChosen, true);
        m_file->sync();
    }
    Q_INVOKABLE void startWithSession(bool on)
    {
        setAutostartChosen();
        Q_EMIT autostartAsked(on);
    }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void autostartAsked(bool on);
    void closed();

private:
    static inline const QString kFolder = QStringLiteral("results/folder"), kChosen = QStringLiteral("session/chosen"),
                                kPkcs7 = QStringLiteral("signature/pkcs7"), kInside = QStringLiteral("signature/content-inside");
    void take(const QString &folder) { keep(kFolder, m_folder = folder); }
    void keep(const QString &key, const QVariant &value)
    {
        if (m_file) {
            m_file->setValue(key, value);
            m_file->sync();
        }
        Q_EMIT changed();
    }

    std::unique_ptr<QSettings> m_file;
    QString m_folder;
    bool m_autostart = false, m_pkcs7 = false, m_contentInside = false;
};

} // namespace hufu::desk_app
