// The server as the desk asks it. composition.cpp makes the real one over HTTPS.
#pragma once

#include "shield/base/bytes.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <utility>
#include <vector>

namespace hufu::desk_app {

enum class Reached : std::uint8_t { yes, no, mismatched };

struct ServerAnswer {
    Reached reached = Reached::no;
    int status = 0;
    QJsonObject json;

    bool good() const { return reached == Reached::yes && status >= 200 && status < 300; }
    // It is busy, or out of its database for a moment: it says nothing of what was asked.
    bool isBusy() const { return reached == Reached::yes && (status == 429 || status >= 500); }
    // HF-nnn of an answer that is not good.
    int problem() const;
};

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;
using ServerDone = std::function<void(const ServerAnswer &)>;
// In: method, path with query, headers, body, milliseconds to wait, what to call with the answer.
using AskServer = std::function<void(const QByteArray &, const QString &, const Headers &, const QByteArray &,
                                     int, ServerDone)>;

} // namespace hufu::desk_app
