// Where the server is and by which keys it is known, as the server's operator hands it out.
#pragma once

#include "shield/base/bytes.h"

#include <QString>

#include <vector>

namespace hufu::desk_app {

// hufu://desk?host=H&port=N&pin=HEX64[&pin2=HEX64]
struct DeskLink {
    QString host;
    quint16 port = 0;
    std::vector<ByteArray<32>> pins;

    // Errors: badInput.
    static Result<DeskLink> parse(const QString &text);
};

} // namespace hufu::desk_app
