// Files on their way to the demo portal, in pieces: no more than one piece of each is in memory, and a cut costs one piece.
#pragma once

#include "platform/net/router.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/ports.h"

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace hufu::server {

using enterprise::Id;

// May be used by several threads.
class PortalUploads {
public:
    static constexpr std::uint64_t kFileMost = std::uint64_t{4} << 30; // HF-908 says so
    static constexpr std::size_t kPieceMost = 1024 * 1024;
    static constexpr std::size_t kOfOne = 4, kOfAll = 64; // under way, of one account and of all
    static constexpr std::uint64_t kSpaceOfOne = 2 * kFileMost; // that one account's announce together: a file, and the same begun anew after a cut
    static constexpr std::int64_t kIdleMs = 10 * 60'000, kStalledMs = 2 * 60'000;
    static constexpr std::size_t kJudgedAtOnce = 2; // of all, one of each account: each has a thread of the server for as long as it takes

    using Space = std::uint64_t (*)(const std::filesystem::path &); // how many bytes a folder's disk still takes
    // folder: made if it is not there; what lies in it from an earlier run is removed.
    PortalUploads(std::filesystem::path folder, ports::Random &random, ports::Clock &clock, Space space = spaceOf);

    // What it is for is the caller's: a project, and the bid that it replaces or opens, or that it is a document.
    struct Purpose {
        std::string account;
        Id project{};
        std::optional<Id> bid;
        bool isOpened = false;
        std::string price;    // of an opened one
        std::string document; // the name of a sealed document; empty: it is none
        bool operator==(const Purpose &) const = default;
    };
    // One for the same purpose of which nothing has been heard for kStalledMs gives way, unless all of it is there and was handed in.
    // Errors: badInput (size); locked (too many are under way, or the account's are larger together than kSpaceOfOne); unavailable (the disk does not take it beside what others have announced, of whom something was heard within kStalledMs).
    Result<Id> begin(const Purpose &purpose, std::uint64_t size);
    // Appends. Returns: how much is there now. Errors: notFound (another's, too); badState (not at this place: received says
    // which); badInput (more than was announced); unavailable (disk; it is written to or judged at this moment).
    Result<std::uint64_t> append(const std::string &account, const Id &id, std::uint64_t offset, ByteView piece);
    Result<std::uint64_t> received(const std::string &account, const Id &id);

    struct Whole {
        Id id{}; // the upload's: the same each time that take is asked
        bool isAgain = false; // take was asked before, and could not say how it ended
        Purpose purpose;
        std::filesystem::path file; // on disk, unless take has moved it before
        std::uint64_t size = 0;
        ByteArray<32> sm3{};
        std::int64_t handedInMs = 0; // Unix milliseconds: when all of it was there and it was first asked to be taken in
    };
    // take: judges the file and takes it in; asked once at a time. What it took answers the same question again, for kIdleMs; what it
    // refused is removed, and so is the upload; where something was unavailable or internal, all stays as it is, to be asked again.
    // Errors: notFound; badState (something is missing); unavailable (also at once, where it is being judged, or too many others are: the
    // hour at which it was handed in stands all the same); those of take.
    using Taken = Result<net::Response>;
    Taken finish(const std::string &account, const Id &id, const std::function<Taken(const Whole &)> &take);

private:
    struct Upload;
    Result<std::shared_ptr<Upload>> find(const std::string &account, const Id &id, bool isHeard = true);
    void sweep(const Purpose &wanted);
    Result<std::shared_ptr<void>> turnOf(const std::string &account);
    static std::uint64_t spaceOf(const std::filesystem::path &folder);

    std::filesystem::path m_folder;
    ports::Random &m_random;
    ports::Clock &m_clock;
    Space m_space;
    std::mutex m_mutex;
    std::map<Id, std::shared_ptr<Upload>> m_uploads;
    std::set<std::string> m_judging; // accounts one of whose files is being judged
};

} // namespace hufu::server
