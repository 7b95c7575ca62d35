// One desk of one folder: whoever starts it a second time brings the first one's window up, and leaves.
#pragma once

#include <QLocalServer>
#include <QLockFile>

#include <memory>

namespace hufu::desk_app {

class OneDesk : public QObject {
    Q_OBJECT
public:
    static constexpr int kPatienceMs = 3'000; // for a first one that is just starting

    enum class Claim : std::uint8_t {
        first,  // also in a folder that takes no lock: that stops nobody
        raised, // another desk of this folder runs, and shows itself
        deaf,   // another one runs, and does not answer
    };
    // Makes the folder if need be.
    Claim claim(const QString &folder);

Q_SIGNALS:
    void raiseAsked();

private:
    static QString nameOf(const QString &folder);
    void accept();

    std::unique_ptr<QLockFile> m_lock; // dies with the process, so what a crash leaves is not in the way
    QLocalServer m_server;
};

} // namespace hufu::desk_app
