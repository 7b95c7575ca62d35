// Grants of a seal: by person, purpose, project and time to the minute. Drafted, then granted by one act: the company's
// seal is set under the authorisation document.
#pragma once

#include "shield/enterprise/seals.h"

namespace hufu::enterprise {

enum class SealGrantState : std::uint8_t {
    draft = 1, // outlives a page that is closed
    active,    // within its time
    suspended,
    ended,
};

enum class SealGrantAct : std::uint8_t { change = 1, grant, suspend, resume, end, use };

inline constexpr auto kSealGrantMoves = std::to_array<Move<SealGrantState, SealGrantAct>>({
    {SealGrantState::draft, SealGrantAct::change, SealGrantState::draft},
    {SealGrantState::draft, SealGrantAct::grant, SealGrantState::active},
    {SealGrantState::draft, SealGrantAct::end, SealGrantState::ended},
    {SealGrantState::active, SealGrantAct::change, SealGrantState::draft}, // other terms are another authorisation
    {SealGrantState::active, SealGrantAct::suspend, SealGrantState::suspended},
    {SealGrantState::active, SealGrantAct::end, SealGrantState::ended},
    {SealGrantState::active, SealGrantAct::use, SealGrantState::active},
    {SealGrantState::suspended, SealGrantAct::change, SealGrantState::draft},
    {SealGrantState::suspended, SealGrantAct::resume, SealGrantState::active},
    {SealGrantState::suspended, SealGrantAct::end, SealGrantState::ended},
});

// Whether a grant that is there can be used now, and if not, why: the first of these that holds.
enum class SealGrantStanding : std::uint8_t { draft = 1, suspended, ended, over, personDisabled, sealResting, early, usable };

struct SealTerms {
    Id seal{}, person{};
    std::string purpose, project; // project may be empty: any
    std::int64_t fromMs = 0, untilMs = 0; // whole minutes
    static void fields(auto &row, auto &f) { f(row.seal, row.person, row.purpose, row.project, row.fromMs, row.untilMs); }
};

class SealGrants {
public:
    static constexpr std::int64_t kMinuteMs = 60'000;
    static constexpr unsigned kYearsMost = 3; // of one grant

    SealGrants(const Ports &ports, Confirmations &confirmations) : m_ports(ports), m_confirmations(confirmations) {}

    // Acts of an administrator or seal administrator. Each Denied: roleMissing. Errors: notFound; badState; unavailable.
    // Denied: periodInvalid, staffInactive, sealInactive. Errors: badInput (texts).
    Verdict<Id> draft(const Actor &actor, const SealTerms &terms);
    // What was granted before stops at once; the new terms are a draft until they are granted.
    Verdict<void> change(const Actor &actor, const Id &grant, const SealTerms &terms);
    // The document's text, which is what is confirmed and recorded, and once granted stays as it was; also for approvers.
    Verdict<std::string> document(const Actor &actor, const Id &grant);
    // stamp: the company seal that was dragged onto the document. First the code, then the act.
    // Denied: sealInactive (stamp, or the seal to be granted), periodOver, sms…, livenessFailed. Errors: badInput (stamp is
    // not a company seal).
    Verdict<std::int64_t> ask(const Actor &actor, const Id &grant);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, const Id &grant, std::uint8_t provider); // instead
    Verdict<void> askShield(const Actor &actor, const Id &grant); // instead, of who has one
    Verdict<void> grant(const Actor &actor, const Id &grant, const Id &stamp, const Proof &proof);
    Verdict<void> suspend(const Actor &actor, const Id &grant);
    Verdict<void> resume(const Actor &actor, const Id &grant);
    Verdict<void> end(const Actor &actor, const Id &grant);

    // What the service signed when it was granted; also for approvers. Errors: notFound (a draft; or the operator entered it).
    Verdict<Confirmed> confirmation(const Actor &actor, const Id &grant);

    struct View {
        Id id{};
        SealGrantState state{};
        SealTerms terms;
        std::string personName;
        SealKind sealKind{};
        Id grantedBy{};
        std::int64_t grantedMs = 0;
        Mark::By confirmedBy{};
        bool over = false;
        SealGrantStanding standing{};
    };
    Verdict<std::vector<View>> list(const Actor &actor); // all of the company's that are not ended; also for approvers
    Verdict<std::vector<View>> ended(const Actor &actor); // those that were granted once; also for approvers
    Verdict<std::vector<View>> ownOf(const Actor &actor); // what the actor may use or will

    // The accounts of those who may use a seal now, and hold a certificate: whom an electronic seal names.
    Verdict<std::vector<Id>> accountsOf(const Actor &actor, const Id &seal);

private:
    Verdict<void> act(const Actor &actor, const Id &grant, SealGrantAct act);
    Verdict<std::string> toBeGranted(const Actor &actor, const Id &grant);
    enum class Which : std::uint8_t { present, ended, own };
    Verdict<std::vector<View>> collect(const Actor &actor, Which which);
    Ports m_ports;
    Confirmations &m_confirmations;
};

// Ends whatever is granted to a person, drafts too, in the caller's transaction. Errors: unavailable.
Result<void> endSealGrantsOf(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &person);

// What a person wants to do with a granted seal, in the manifest's words.
struct SealClaim {
    Id grant{};
    SealKind kind = SealKind::company;
    std::string name, purpose;          // as the seal and the grant have them
    std::string projectId, projectName; // may be empty
    std::uint8_t style = 0; // of its picture; 0: style and number are not said
    std::string number = {};
};

// --- the sealing itself, in the caller's transaction. Errors: unavailable, internal ----------------------------------

// Denied: sealInactive (seal or grant, also another person's or none), periodOver, staffInactive, sealNotForThis (other words than the
// seal's or the grant's, another picture, or another project).
Verdict<void> checkSealClaim(ports::Transaction &transaction, const Ports &ports, const Actor &actor, const SealClaim &claim);
// The same, and then the use is in the seal's history.
Verdict<void> useSeal(ports::Transaction &transaction, const Ports &ports, const Actor &actor, const SealClaim &claim,
                      const ByteArray<32> &documentSm3);

// What a person may use now.
struct UsableSeal {
    Id grant{};
    SealFace face;
    SealTerms terms;
};
// By its grant. Denied: as checkSealClaim, but sealNotForThis.
Verdict<UsableSeal> usableSeal(ports::Transaction &transaction, const Ports &ports, const Actor &actor, const Id &grant);
// The accounts of all who may use a seal now, and hold a certificate.
Verdict<std::vector<Id>> accountsOfSeal(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &seal);
Verdict<std::vector<UsableSeal>> usableSeals(ports::Transaction &transaction, const Ports &ports, const Actor &actor);

// What a grant is for, in whatever state it is. Nothing: no such grant.
Result<std::optional<SealTerms>> sealTermsOf(ports::Transaction &transaction, const Id &company, const Id &grant);

// As the operator enters it for the demo: active at once.
Result<Id> enterSealGrant(ports::Transaction &transaction, const Ports &ports, const Id &company, const SealTerms &terms);

} // namespace hufu::enterprise
