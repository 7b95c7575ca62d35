// What of the desk's errands must outlive a kill, written into its folder before a code is shown: sealings that a phone may have approved
// and that no file has come of yet, so that the server's list keeps no bid that there is no envelope of; the opening or the stamping under way,
// so that the next start goes on with it; and the bids whose files are there while the server does not know it.
#pragma once

#include "app/desk/models/stamp_model.h"
#include "shield/base/result.h"
#include "shield/crypto/sealed_box.h"
#include "shield/ports/device_store.h"

#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace hufu::desk_app {

// A folder by more than its name: under an empty mount point there is another one while the stick or the share is away.
struct Place {
    std::uint64_t device = 0, inode = 0; // both 0: not known
    bool operator==(const Place &) const = default;
};
Place placeOf(const QString &folder);

// A file of a folder by what is in it: some file systems (FAT, btrfs, NFS) number a folder anew each time they are mounted.
struct Witness {
    QString name; // empty: none
    std::uint64_t size = 0;
    ByteArray<32> sm3{}; // of its beginning and its end
    bool operator==(const Witness &) const = default;
};
// In: file, by its path; none if it cannot be read, or lies in another folder.
Witness witnessOf(const QString &file, const QString &folder);

// A sealed bid as the server's list will know it (hexadecimal), and where its envelope will be.
struct BidOnPaper {
    QString id, out;
    Place folder = {}; // of out, when it was written down
    Witness witness = {}; // that lay there, if there was one: what was sealed
    bool operator==(const BidOnPaper &) const = default;
};

struct SealingOnPaper {
    std::vector<ByteArray<16>> tokens; // of its sessions, the newest last: each restart adds one
    std::vector<BidOnPaper> bids;
    bool isDecided = false; // its bids without a file are to be withdrawn: the run that sealed knew it, or the person has said so
    bool operator==(const SealingOnPaper &) const = default;
};

struct OpeningOnPaper {
    ByteArray<16> token{}; // of its newest session
    std::int64_t startedMs = 0; // Unix milliseconds, of that session
    Bytes manifest;
    std::shared_ptr<crypto::BoxKey> boxKey; // in the file it is sealed by the secure element
    QStringList files;
    QString out;      // the folder
    QString person;   // whose phone is asked, as the errand names it
    std::map<QString, QString> done; // by envelope: the files that were opened, under their names
};

// Not the half-done files, which are gone with the program, but what they were made of: the same come of it again, as long as the originals
// are as they were.
struct StampingOnPaper {
    ByteArray<16> token{}; // of its newest session
    std::int64_t startedMs = 0; // Unix milliseconds, of that session
    Bytes manifest;
    std::int64_t madeMs = 0; // the time in the documents
    ByteArray<16> revision{};
    StampWish wish;          // its documents are the manifest's items
    QStringList seals;       // by the wish's numbers, each as the server said it (JSON)
    std::map<QString, Bytes> electronic; // by grant
    QString out;             // the folder
    QString person;          // whose phone is asked: an account
    std::map<int, QString> done; // by item: the files that were stamped, under their names
};

class Journal {
public:
    static constexpr char kFile[] = "desk-sealings", kOpeningFile[] = "desk-opening", kOpenedFile[] = "desk-opened", kStampingFile[] = "desk-stamping";
    static constexpr std::size_t kMost = 64;
    static constexpr std::size_t kTokensMost = 8; // of one
    static constexpr qsizetype kOpenedMost = 1000;

    // Reads what is left; what is damaged is left behind. Errors: unavailable.
    static Result<Journal> open(ports::DeviceStore &store, ports::SecureElement &element);

    const std::map<quint64, SealingOnPaper> &sealings() const { return m_sealings; }
    // Returns: by which number it is known. Errors: unavailable (disk full), locked (too many): then it is not kept.
    Result<quint64> add(SealingOnPaper sealing);
    // Errors: unavailable: then it is as before.
    Result<void> addToken(quint64 number, const ByteArray<16> &token);
    // Of it these bids alone have no file: the others are on paper no more, so that nobody takes them for lost once they are moved.
    void keepOnly(quint64 number, std::vector<BidOnPaper> bids, bool isDecided);
    // As far as the disk lets it: what stays there is looked at again by the next start, and finds nothing to do.
    void remove(quint64 number);

    // There is one at most.
    const std::optional<OpeningOnPaper> &opening() const { return m_opening; }
    // Errors: unavailable: then a kill is not gone on from.
    Result<void> setOpening(OpeningOnPaper opening);
    // That envelope of it is open, and its file has its name.
    void addDone(const QString &envelope, const QString &out);
    void removeOpening();
    // Likewise.
    const std::optional<StampingOnPaper> &stamping() const { return m_stamping; }
    Result<void> setStamping(StampingOnPaper stamping);
    void addStamped(int item, const QString &out);
    void removeStamping();

    // Of these bids the files are there, and the server has not heard it.
    const QStringList &opened() const { return m_opened; }
    void addOpened(const QStringList &ids);
    void removeOpened(const QString &id);

    void clear(); // all of it: nobody has this desk any more, and the server hears nothing of it

private:
    Journal(ports::DeviceStore &store, ports::SecureElement &element) : m_store(&store), m_element(&element) {}
    Result<void> write() const;
    // An opening or a stamping, and its file. What cannot be written is not there.
    template <typename OnPaper> Result<void> put(std::optional<OnPaper> &place, OnPaper onPaper, Result<void> (Journal::*writeIt)() const, const char *file);
    template <typename OnPaper> void take(std::optional<OnPaper> &place, const char *file);
    Result<void> writeOpening() const;
    Result<void> writeStamping() const;
    void writeOpened() const;

    ports::DeviceStore *m_store;
    ports::SecureElement *m_element;
    std::map<quint64, SealingOnPaper> m_sealings;
    quint64 m_next = 1;
    std::optional<OpeningOnPaper> m_opening;
    std::optional<StampingOnPaper> m_stamping;
    QStringList m_opened;
};

// How it stands with their envelopes, as far as their folders can be looked into. Reads the files' beginnings.
struct Envelopes {
    std::vector<BidOnPaper> lost;    // there is no such file: none has come of it
    std::vector<BidOnPaper> unknown; // the folder is away (a share, a stick) or another one, or the file cannot be read: to be looked at again
};
Envelopes envelopesOf(const std::vector<BidOnPaper> &bids);

} // namespace hufu::desk_app
