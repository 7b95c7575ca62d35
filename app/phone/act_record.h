// One act as a file that others can check: what was shown, what was signed under it, and whose certificate it is of.
#pragma once

#include "shield/vault/vault.h"

#include <QByteArray>
#include <QString>

namespace hufu::phone_app {

// In: certificate, PEM of the one that the entry names. Returns: JSON for `hufu verify record`; empty where no manifest is kept.
QByteArray actRecordOf(const vault::HistoryEntry &entry, const QString &certificate);

} // namespace hufu::phone_app
