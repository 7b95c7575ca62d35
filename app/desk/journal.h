// Sealings that a phone may have approved and that no file has come of yet: what of them must outlive a kill, so that the server's list
// keeps no bid that there is no envelope of. Written into the desk's folder before the code is shown.
#pragma once

#include "shield/base/result.h"
#include "shield/ports/device_store.h"

#include <QString>

#include <map>
#include <vector>

namespace hufu::desk_app {

// A sealed bid as the server's list will know it (hexadecimal), and where its envelope will be.
struct BidOnPaper {
    QString id, out;
    bool operator==(const BidOnPaper &) const = default;
};

struct SealingOnPaper {
    std::vector<ByteArray<16>> tokens; // of its sessions, the newest last: each restart adds one
    std::vector<BidOnPaper> bids;
    bool operator==(const SealingOnPaper &) const = default;
};

class Journal {
public:
    static constexpr char kFile[] = "desk-sealings";
    static constexpr std::size_t kMost = 64;
    static constexpr std::size_t kTokensMost = 8; // of one

    // Reads what is left; what is damaged is left behind. Errors: unavailable.
    static Result<Journal> open(ports::DeviceStore &store);

    const std::map<quint64, SealingOnPaper> &sealings() const { return m_sealings; }
    // Returns: by which number it is known. Errors: unavailable (disk full, too many): then it is not kept.
    Result<quint64> add(SealingOnPaper sealing);
    // Errors: unavailable: then it is as before.
    Result<void> addToken(quint64 number, const ByteArray<16> &token);
    // As far as the disk lets it: what stays there is looked at again by the next start, and finds nothing to do.
    void remove(quint64 number);

private:
    explicit Journal(ports::DeviceStore &store) : m_store(&store) {}
    Result<void> write() const;

    ports::DeviceStore *m_store;
    std::map<quint64, SealingOnPaper> m_sealings;
    quint64 m_next = 1;
};

// Those whose envelopes are not there under their names. Reads the files' beginnings.
std::vector<BidOnPaper> withoutFile(const std::vector<BidOnPaper> &bids);

} // namespace hufu::desk_app
