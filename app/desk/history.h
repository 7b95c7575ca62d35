// What this desk did, for its user: one record for each errand that ended, kept in the desk's folder, which nobody else may read.
#pragma once

#include "app/desk/errand.h"
#include "shield/ports/device_store.h"

#include <QList>

namespace hufu::desk_app {

struct Record {
    struct Item {
        QString name, out; // of the file, and of what came of it; without their folders
        int problem = 0;   // HF-nnn; 0: none
        Sender sender = {}; // decrypt: who has sealed it
        bool operator==(const Item &) const = default;
    };
    static constexpr int kCancelled = -1; // by the person at the desk
    static constexpr char kRemoved[] = "removed"; // no act: on the phone or in the console, nobody has this desk any more

    std::int64_t atMs = 0; // when it ended, Unix milliseconds
    QString act;           // as in the manifest: enrol, login, sign, seal, encrypt, decrypt; or kRemoved
    QString person;        // who signed, or whose keys it was for; empty: it did not come to that
    QString project;       // encrypt, or an opening of one project: its number
    int problem = 0;       // HF-nnn; 0: it was done
    QList<Item> items;
    QString folder;        // where the results went; empty: there are none
    bool operator==(const Record &) const = default;
};

// In: finished, of an errand that was done; problem, as in Record.
Record recordOf(const Errand &errand, const Finished &finished, const QString &whose, int problem, std::int64_t nowMs);

class History {
public:
    static constexpr char kFile[] = "desk-history";
    static constexpr std::size_t kMost = 500;             // the oldest go first
    static constexpr std::size_t kBytesMost = 512 * 1024;
    static constexpr qsizetype kNameMost = 255;           // characters of a text that is kept
    static constexpr qsizetype kFolderMost = 1024;        // of a longer one nothing is kept: it would lead elsewhere

    // Reads what is left; what is damaged is left behind. Errors: unavailable.
    static Result<History> open(ports::DeviceStore &store);

    const QList<Record> &records() const { return m_records; } // the newest first
    // Errors: unavailable: it is not kept then, and gone with the program.
    Result<void> add(const Record &record);
    Result<void> clear(); // Errors: unavailable: then all is as before.

private:
    explicit History(ports::DeviceStore &store) : m_store(&store) {}

    ports::DeviceStore *m_store;
    QList<Record> m_records;
};

} // namespace hufu::desk_app
