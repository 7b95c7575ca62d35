// What the system's name service says of a server's name.
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace hufu::net {

enum class NameAnswer : std::uint8_t {
    number,  // no name: an address as it stands
    known,   // the name has addresses
    unknown, // nobody knows the name, or no name service could be asked
};

struct NameLookup {
    NameAnswer answer = NameAnswer::unknown;
    QString address; // the first one; empty: none
    int tookMs = 0;
};

// done is called once from the event loop, never from within, and not at all when context is destroyed first.
void lookUp(const QString &host, QObject *context, std::function<void(const NameLookup &)> done);

} // namespace hufu::net
