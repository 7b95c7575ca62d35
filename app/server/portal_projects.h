// The demo portal's projects and the bids in them: rows of its own, as a real portal keeps them in its database. Until the
// opening a bid can be withdrawn or replaced by whoever handed it in; from then on nothing changes but that it is opened.
#pragma once

#include "shield/enterprise/ports.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hufu::server {

using enterprise::Id;

class PortalProjects {
public:
    static constexpr std::size_t kProjectsMost = 200, kProjectsOfOneMost = 20; // of one account: whose hour is ahead
    static constexpr std::size_t kBidsMost = 500, kBidsOfOneMost = 20; // that stand
    static constexpr std::size_t kRowsMost = 4'000, kRowsOfOneMost = 40; // withdrawn ones, too
    static constexpr std::int64_t kReadOutMs = 24 * std::int64_t{3'600'000}; // after the hour: prices are read out, and shown to all
    static constexpr std::int64_t kAheadMostMs = std::int64_t{365} * 86'400'000;

    explicit PortalProjects(const enterprise::Ports &world) : m_world(world) {}

    struct Project {
        Id id{};
        std::string number, name, account; // account: who published it
        std::int64_t createdMs = 0, openingMs = 0;
    };
    // Errors: badInput (a text that no manifest takes; an opening that is past or more than a year ahead); replayed (the number
    // is taken); badState (there are kProjectsMost, or kProjectsOfOneMost of this account).
    Result<Project> publish(const std::string &account, const std::string &number, const std::string &name, std::int64_t openingMs);
    // The newest opening first.
    Result<std::vector<Project>> all();
    // Errors: notFound.
    Result<Project> find(const Id &id);

    struct Bid {
        Id id{}, project{};
        std::string account, company, person, fileName; // fileName: of what is sealed
        std::uint64_t size = 0, contentSize = 0;        // of the envelope, of what is sealed
        ByteArray<32> sm3{};                            // of the envelope
        std::int64_t receivedMs = 0, withdrawnMs = 0;   // withdrawnMs 0: it stands
        std::string receipt;                            // the text that the portal signed
        ByteArray<64> signature{};
        std::int64_t openedMs = 0; // 0: it is shut
        ByteArray<32> openedSm3{};
        std::string price; // as it was read out, in yuan; none: empty
        // In rows of their own:
        std::string openedReceipt; // the text that the portal signed when it took the opened file
        ByteArray<64> openedSignature{};
        ByteArray<32> sealed{};           // which sealed bid it is to Hufu
        std::vector<std::string> readers; // by which keys it opens, hexadecimal
        std::string companyCode;          // the sealer's unified social credit code when it was handed in; empty: from before this was kept
    };
    // Takes a bid in; with replaces, that one is withdrawn in the same moment. In: id, the same each time that the same bid is tried: one
    // that is there already, since only the answer of the commit was lost, is the answer; receivedMs, when it was handed in, by the
    // portal's clock; receipt: makes text and signature of the bid as it will stand. Errors: expired (it was handed in too late); notFound
    // (the project; the bid that is replaced, if it is not this account's or does not stand); replayed (the same envelope stands already);
    // badState (too many); what receipt says.
    using MakeReceipt = std::function<Result<void>(const Project &, Bid &)>;
    Result<Bid> add(Bid bid, const std::optional<Id> &replaces, const MakeReceipt &receipt);
    // What of add's, open's and addDocument's refusals is sure before the file is sent; they judge again. In, errors: theirs.
    Result<void> mayAdd(const std::string &account, const Id &project, const std::optional<Id> &replaces);
    Result<void> mayOpen(const std::string &account, const Id &project, const Id &bid, std::uint64_t size, const std::string &price);
    Result<void> mayAddDocument(const std::string &account, const Id &project);
    // Errors: expired; notFound (also another's, and one that is withdrawn).
    Result<void> withdraw(const std::string &account, const Id &project, const Id &bid);
    // keep: puts the file where it stays, before anybody can read that it is there. receipt: makes openedReceipt and openedSignature. In:
    // isAgain, the outcome of an earlier try is not known: what is opened with the same file and price is the answer.
    // Errors: badState (before the opening; a price after the others' could be read); notFound; refused (another file than was sealed, by
    // its size; it is opened already); what keep and receipt say.
    using Keep = std::function<Result<void>(const Bid &)>;
    Result<Bid> open(const std::string &account, const Id &project, const Id &bid, std::uint64_t size, const ByteArray<32> &sm3, const std::string &price,
                     bool isAgain, const Keep &keep, const MakeReceipt &receipt);

    static constexpr std::size_t kDocumentsMost = 2'000, kDocumentsOfOneMost = 20;
    // A sealed document (a PDF) that was handed in beside the bids: from the opening hour on everybody can see that it is there.
    struct Document {
        Id id{}, project{};
        std::string account, fileName;
        std::vector<std::string> signers; // company and person of each signature or seal, in the order of what they cover
        std::uint64_t size = 0;
        ByteArray<32> sm3{};
        std::int64_t receivedMs = 0;
        std::string receipt; // the text that the portal signed
        ByteArray<64> signature{};
    };
    // In, errors: as add; nothing replaces anything.
    using MakeDocumentReceipt = std::function<Result<void>(const Project &, Document &)>;
    Result<Document> addDocument(Document document, const MakeDocumentReceipt &receipt);
    // Errors: expired; notFound (also another's).
    Result<void> removeDocument(const std::string &account, const Id &project, const Id &document);
    // In the order of their arrival.
    Result<std::vector<Document>> documentsOf(const Id &project);
    // Whether everybody may read the prices: nobody can set his own after the others'.
    static bool arePricesOut(const Project &project, const std::vector<Bid> &bids, std::int64_t nowMs);
    // What Hufu has not been told yet: that a sealed bid stands here, or was given back. What stands comes first.
    struct Word {
        ByteArray<32> sealed{};
        bool isBack = false, isReplaced = false;
        ByteArray<32> successor{};
        bool operator==(const Word &) const = default;
        static void fields(auto &row, auto &f) { f(row.sealed, row.isBack, row.isReplaced, row.successor); }
    };
    Result<std::vector<Word>> untold();
    Result<void> told(const Word &word); // unless it has changed meanwhile
    // All bids of a project, withdrawn ones too, in the order of their arrival.
    Result<std::vector<Bid>> bidsOf(const Id &project);

private:
    enterprise::Ports m_world;
};

} // namespace hufu::server
