// Papers: an authorisation letter for the company, or for the legal person's seal; uploaded, looked at by the operator's
// people, approved or given back.
#pragma once

#include "shield/enterprise/authorisation.h"
#include "shield/enterprise/staff.h"

#include <atomic>
#include <string>
#include <vector>

namespace hufu::enterprise {

enum class PaperState : std::uint8_t { waiting = 1, approved, returned, withdrawn };
enum class PaperAct : std::uint8_t { approve = 1, giveBack, withdraw };

inline constexpr auto kPaperMoves = std::to_array<Move<PaperState, PaperAct>>({
    {PaperState::waiting, PaperAct::approve, PaperState::approved},
    {PaperState::waiting, PaperAct::giveBack, PaperState::returned},
    {PaperState::waiting, PaperAct::withdraw, PaperState::withdrawn}, // also by a newer paper for the same
});

enum class ReturnReason : std::uint8_t { none = 0, illegible = 1, sealMissing, signatureMissing, factsDiffer, outOfDate };

class Reviews {
public:
    static constexpr std::size_t kPaperMost = 4 * 1024 * 1024;

    Reviews(const Ports &ports, ports::ReviewDesk &desk) : m_ports(ports), m_desk(desk) {}

    // --- the company's side: an administrator. Denied: roleMissing. Errors: badState (nothing waits for it); notFound;
    // unavailable ------------------------------------------------------------------------------------------------------

    // A paper for the same that still waits is withdrawn. When the desk is down the paper waits, and is handed in by handWaiting()
    // later. Denied: documentUnfit (PDF, JPEG or PNG; size).
    Verdict<Id> submit(const Actor &actor, Purpose purpose, const Id &subject, ByteView document);
    Verdict<void> withdraw(const Actor &actor, const Id &paper);
    struct View {
        Id id{};
        Purpose purpose{};
        Id subject{}; // the seal; zero: the company's application
        PaperState state{};
        ReturnReason reason{};
        std::int64_t submittedMs = 0;
    };
    Verdict<std::vector<View>> list(const Actor &actor);

    // --- the operator's side ------------------------------------------------------------------------------------------

    // What a paper must agree with, for whoever looks at it. Errors: notFound; tampered, unavailable.
    struct About {
        Purpose purpose{};
        CompanyKind kind{};
        std::string companyName, creditCode, legalName;
        std::int64_t submittedMs = 0;
    };
    Result<About> about(const Id &paper);
    // Hands a waiting paper to the desk (again). Errors: notFound, badState, unavailable.
    Result<void> hand(const Id &paper);
    // Those that the desk has not got yet, while it takes them. Returns: how many it took. Errors: unavailable (ledger).
    Result<std::size_t> handWaiting();
    // What the desk says. Said again, it is badState, and changes nothing. Denied: companyTaken. Errors: notFound; badState
    // (judged or withdrawn, or what it was for is settled); badInput (no reason for giving it back); unavailable.
    Verdict<void> judged(const Id &paper, bool approved, ReturnReason reason);

private:
    Result<void> moveFormer();
    Ports m_ports;
    ports::ReviewDesk &m_desk;
    std::atomic<bool> m_isMoved = false; // what an earlier version has left to be handed in stands where we look for it
};

// In the caller's transaction: the paper that waits for this, if there is one. Errors: unavailable.
Result<void> withdrawPaper(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, Purpose purpose,
                           const Id &subject);

} // namespace hufu::enterprise
