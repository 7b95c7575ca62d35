// What the phone writes out for its person: into the folder of documents, under a name of its own. No dialog: a phone has none.
#pragma once

#include <QByteArray>
#include <QString>

namespace hufu::phone_app {

QString documentsFolder();

// In: name, "hufu-records", and suffix, "csv": the time stands between them, and nothing is written over.
// Returns: the whole path; empty: it could not be written.
QString writeOwnFile(const QString &folder, const QString &name, const QString &suffix, const QByteArray &content);

} // namespace hufu::phone_app
