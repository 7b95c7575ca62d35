// Seals: which a company has, and whether they may be used. How they are drawn is not here.
#pragma once

#include "shield/enterprise/confirmation.h"
#include "shield/enterprise/moves.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::enterprise {

enum class SealKind : std::uint8_t {
    company = 1, // round, with star, name on the arc and number
    legalPerson, // square; waits for the legal representative's authorisation
    finance,
    contract,
};

enum class SealState : std::uint8_t {
    waiting = 1, // for the legal representative: by a link, or a paper that is reviewed
    active,
    refused,
    suspended,
    retired, // for good
};

enum class SealAct : std::uint8_t { authorise = 1, refuse, askAgain, suspend, resume, retire };

inline constexpr auto kSealMoves = std::to_array<Move<SealState, SealAct>>({
    {SealState::waiting, SealAct::authorise, SealState::active},
    {SealState::waiting, SealAct::refuse, SealState::refused},
    {SealState::waiting, SealAct::retire, SealState::retired},
    {SealState::refused, SealAct::askAgain, SealState::waiting},
    {SealState::refused, SealAct::retire, SealState::retired},
    {SealState::active, SealAct::suspend, SealState::suspended},
    {SealState::active, SealAct::retire, SealState::retired},
    {SealState::suspended, SealAct::resume, SealState::active},
    {SealState::suspended, SealAct::retire, SealState::retired},
});

struct SealRow {
    SealState state = SealState::active;
    SealKind kind = SealKind::company;
    std::uint8_t style = 1;
    std::string number; // below the star; 13 digits, or empty
    std::int64_t madeMs = 0;
    Mark mark; // who had it made
    std::uint64_t uses = 0;
    static void fields(auto &row, auto &f) { f(row.state, row.kind, row.style, row.number, row.madeMs, row.mark, row.uses); }
};

struct SealRequest {
    SealKind kind = SealKind::company;
    std::uint8_t style = 1; // 1 to 3; only the legal person's has a choice
    std::string number;
    static void fields(auto &row, auto &f) { f(row.kind, row.style, row.number); }
};

// What is drawn of a seal. The words of its name are sealed in the rows, and clear in the picture.
struct SealFace {
    SealKind kind = SealKind::company;
    std::uint8_t style = 1;
    std::string name, number;
    bool operator==(const SealFace &) const = default;
};

enum class SealEvent : std::uint8_t {
    made = 1,
    authorised, // by the legal representative, or a paper that stands for him
    refused,
    askedAgain,
    suspended,
    resumed,
    retired,
    granted,
    grantChanged, // what was granted stopped
    grantSuspended,
    grantResumed,
    grantEnded,
    used,
    exported, // a file of it was given out
};

enum class SealFile : std::uint8_t { svg = 1, png, electronic };

// Whose act an entry of the history is.
enum class SealDoer : std::uint8_t {
    staff = 1,
    legalSide, // the legal representative, by link or on paper: an entry of before 28 November 2026 does not say which
    operatorSide,
    legalLink, // the legal representative, through the link
    letter,    // a paper that stands for him
};

// One entry of a seal's history: what happened, when and by whom; of a grant and of a use also who was authorised, when
// and by whom, and for what.
struct SealEntry {
    SealEvent event{};
    std::int64_t timeMs = 0;
    Id by{}; // zero: nobody of the company's staff
    Id grant{}, person{}, grantedBy{};
    std::int64_t grantedMs = 0;
    std::string purpose, project;
    std::int64_t fromMs = 0, untilMs = 0;
    ByteArray<32> document{}; // SM3: of what was sealed, of the authorisation, or of the file that was given out
    bool isByLink = false;    // authorised, refused: through the link
    bool isByLetter = false;  // authorised: by a paper. Before 28 November 2026 a row ended with document
    static void fields(auto &row, auto &f)
    {
        f(row.event, row.timeMs, row.by, row.grant, row.person, row.grantedBy, row.grantedMs, row.purpose, row.project, row.fromMs,
          row.untilMs, row.document, row.isByLink, row.isByLetter);
    }
    SealDoer doer() const
    {
        if (by != Id{}) return SealDoer::staff;
        if (isByLink || event == SealEvent::refused) return SealDoer::legalLink; // nothing else refuses
        if (isByLetter) return SealDoer::letter;
        return event == SealEvent::authorised ? SealDoer::legalSide : SealDoer::operatorSide;
    }
};

class Seals {
public:
    static constexpr std::size_t kToldOfHistory = 200; // at a time

    Seals(const Ports &ports, Confirmations &confirmations) : m_ports(ports), m_confirmations(confirmations) {}

    // Acts of an administrator or seal administrator. Each Denied: roleMissing. Errors: notFound; badState; unavailable.
    // First the code for the confirmation, then the seal. Denied: companyUnverified, sealNumberTaken, sms…, livenessFailed. Errors: badInput.
    Verdict<std::int64_t> ask(const Actor &actor, const SealRequest &request);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, const SealRequest &request, std::uint8_t provider); // instead
    Verdict<void> askShield(const Actor &actor, const SealRequest &request); // instead, of who has one
    Verdict<Id> make(const Actor &actor, const SealRequest &request, const Proof &proof);
    Verdict<void> askAgain(const Actor &actor, const Id &seal); // after a refusal
    Verdict<void> suspend(const Actor &actor, const Id &seal);
    Verdict<void> resume(const Actor &actor, const Id &seal);
    // To retire it cannot be taken back, so it is confirmed as the making is: first the code, the face or the shield, then the act.
    // Denied also: sms…, livenessFailed, shield….
    Verdict<std::int64_t> askRetirement(const Actor &actor, const Id &seal);
    Verdict<ports::IdentityService::Task> startFaceForRetirement(const Actor &actor, const Id &seal, std::uint8_t provider);
    Verdict<void> askShieldForRetirement(const Actor &actor, const Id &seal);
    Verdict<void> retire(const Actor &actor, const Id &seal, const Proof &proof);

    struct View {
        Id id{};
        SealKind kind{};
        SealState state{};
        std::uint8_t style = 0;
        std::string number;
        std::int64_t madeMs = 0;
        Mark::By confirmedBy{};
        std::uint64_t uses = 0;
    };
    Verdict<std::vector<View>> list(const Actor &actor); // also for approvers
    struct Entry : SealEntry {
        std::uint64_t number = 0; // 1, 2, 3, ... in its seal's history
        std::string byName, personName, grantedByName; // empty where there is nobody
    };
    // Newest first, those before the one of this number (zero: from the newest); also for approvers.
    Verdict<std::vector<Entry>> history(const Actor &actor, const Id &seal, std::size_t most = kToldOfHistory, std::uint64_t before = 0);

    // What the service signed when it was made; also for approvers. Errors: notFound (nobody has: the operator entered it).
    Verdict<Confirmed> confirmation(const Actor &actor, const Id &seal);

    // What a seal that is asked for would look like. Denied: companyUnverified. Errors: badInput.
    Verdict<SealFace> preview(const Actor &actor, const SealRequest &request);
    Verdict<SealFace> face(const Actor &actor, const Id &seal); // also for approvers
    // Whether it is shown as it is, and not as a specimen: only while it is active. Otherwise as face.
    Verdict<bool> isShownPlain(const Actor &actor, const Id &seal);
    Verdict<SealFace> faceForFile(const Actor &actor, const Id &seal); // of one that may be given out. Denied: sealInactive
    // Before a file of it that can be put on paper, or used, is given out: leaves a record, and an entry in its history. Denied: sealInactive.
    Verdict<void> noteExport(const Actor &actor, const Id &seal, SealFile as, ByteView file);

    // The electronic seal that was given out last, if it is of these makings (face, who may use it); and the next one. Of two that are
    // made of the same at one time, the first is kept. Returns: the one to give out. Denied: sealInactive.
    Verdict<std::optional<Bytes>> electronic(const Actor &actor, const Id &seal, const ByteArray<32> &makings);
    Verdict<Bytes> keepElectronic(const Actor &actor, const Id &seal, const ByteArray<32> &makings, ByteView electronic);

private:
    Verdict<void> act(const Actor &actor, const Id &seal, SealAct act, const ByteArray<32> &confirmed = {});
    Verdict<SealRow> mayRetire(const Actor &actor, const Id &seal);
    Verdict<void> mayMake(const Actor &actor, const SealRequest &request);
    Verdict<void> mayAsk(const Actor &actor, const SealRequest &request); // and the number is free
    Ports m_ports;
    Confirmations &m_confirmations;
};

std::string_view nameOf(SealKind kind); // as documents call it

// --- in the caller's transaction. Errors: notFound, unavailable ------------------------------------------------------

Result<SealRow> loadSeal(ports::Transaction &transaction, const Id &company, const Id &seal);
// Moves it and leaves a record. confirmed: SM3 of what was confirmed for it; zero: nothing was. Errors: badState.
Result<void> moveSeal(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &seal, SealAct act,
                      const ByteArray<32> &confirmed = {});
// What it looks like.
Result<SealFace> faceOf(ports::Transaction &transaction, const Ports &ports, const Id &company, const SealRow &seal);
// As the operator enters it for the demo: active at once, and no Mark signs for it. Returns: its id. Denied: sealNumberTaken. Errors: badInput.
Verdict<Id> enterSeal(ports::Transaction &transaction, const Ports &ports, const Id &company, const SealRequest &request);
// The electronic seal that was given out last, and what it is made of (face, who may use it).
struct ElectronicSeal {
    ByteArray<32> makings{};
    Bytes der;
    static void fields(auto &row, auto &f) { f(row.makings, row.der); }
};
Result<std::optional<ElectronicSeal>> keptElectronic(ports::Transaction &transaction, const Id &company, const Id &seal);
// Unless one of the same makings is kept already. Returns: the one that is kept now.
Result<Bytes> keepElectronic(ports::Transaction &transaction, const Id &company, const Id &seal, const ElectronicSeal &electronic);
// Into the seal's history; a use is counted.
Result<void> noteSeal(ports::Transaction &transaction, const Id &company, const Id &seal, const SealEntry &entry);

} // namespace hufu::enterprise
