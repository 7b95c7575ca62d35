// The phone's connection to its server, as the engine sees it. composition.cpp makes the real one.
#pragma once

#include "shield/vault/vault.h"

#include <QObject>

#include <functional>
#include <memory>

namespace hufu::phone_app {

class Channel : public QObject {
    Q_OBJECT
public:
    // Opens a new connection, ending the former without a signal. Ends with one of opened, closed, mismatched.
    virtual void open() = 0;
    virtual void send(const Bytes &message) = 0;
    virtual void close() = 0; // without a signal
    virtual void setAside() {} // what goes over it the phone asks by itself: a tester's fault of one message waits for an act

Q_SIGNALS:
    void opened();
    void received(const hufu::Bytes &message);
    void silent(bool is); // no sign for some seconds: the connection may be gone; or there is one again
    void closed();
    void mismatched(); // the server's key is not the pinned one
};

using ChannelMaker = std::function<std::unique_ptr<Channel>(const vault::ServerLink &)>;

} // namespace hufu::phone_app
