// What a person confirms before an act counts. Whoever has a shield that can sign confirms with it, and with nothing else. Before, and
// while it cannot (frozen, locked, expired, revoked), the person's face or an SMS does, signed by the operator's service key. Which it
// was is marked wherever it counts.
#pragma once

#include "shield/enterprise/staff.h"
#include "shield/enterprise/typed_code.h"

#include <map>
#include <optional>

namespace hufu::enterprise {

struct Mark {
    enum class By : std::uint8_t { sms = 1, face, operatorEntry, shield };
    By by{};
    Id person{};
    std::int64_t timeMs = 0;
    ByteArray<32> statement{}; // SM3 of what was confirmed
    ByteArray<64> signature{}; // of the service key over the mark: see Confirmations::signedBytes; by shield: the person's own, see Confirmed
    static void fields(auto &row, auto &f) { f(row.by, row.person, row.timeMs, row.statement, row.signature); }
};

// What the operator's service or the person's shield has signed, to be checked by anybody who has the certificate.
struct Confirmed {
    Bytes signedBytes, statement; // statement: whose SM3 the signed bytes name; empty where there is none, or it reads otherwise today
    ByteArray<64> signature{};
    std::vector<Bytes> certificates; // DER: of the shield that signed, and of who issued it; none: the service's
};

// What a confirmation is about.
enum class Matter : std::uint8_t { seal = 1, sealGrant, policy, computers, administrators, certificate };

// What the person shows: the digits of the SMS; the evidence of a face service (provider other than 0); how the check has gone that
// startFace began; or that the shield has signed what askShield asked for.
struct Proof {
    std::string sms;
    std::uint8_t provider = 0;
    Bytes evidence;
    bool isByPage = false, isByShield = false;
};

// What is asked of a shield: the statement, and in words what it is about.
struct Question {
    ByteView statement;
    std::string_view words;
};

// The phones of a company's people. Errors of each: unavailable.
class Shields {
public:
    virtual ~Shields() = default;

    struct Holder {
        Id acct{};
        Bytes certificate; // DER, of the sign key
    };
    // The shield that alone confirms for the person; nothing: none, or it is frozen, locked, expired or revoked. Never call it
    // inside a transaction, nor ask().
    virtual Result<std::optional<Holder>> activeOf(const Actor &actor) = 0;
    // Asks this account alone. Returns: the question's name, which nobody outside the server learns. Errors: locked (too often); refused (suspended).
    virtual Result<Id> ask(const Holder &holder, const Actor &actor, const Question &question) = 0;
    // Whatever has become of it, it is over now.
    virtual void drop(const Id &question) = 0;

    struct Signed {
        Bytes signedBytes; // those of a manifest of act confirm: what was asked, of whom
        ByteArray<64> signature{};
        std::vector<Bytes> certificates;
    };
    // What the account has signed for this statement, once. Errors: notFound, badState (not signed, or taken before); refused (suspended); tampered.
    virtual Result<Signed> take(ports::Transaction &transaction, const Id &question, const Holder &holder, const ByteArray<32> &statement) = 0;
};

class Confirmations {
public:
    using FaceServices = std::map<std::uint8_t, ports::LivenessService *>;

    using IdentityServices = std::map<std::uint8_t, ports::IdentityService *>; // with a page, by number

    static constexpr int kCodesInADay = 30;                 // messages, of a person
    static constexpr int kFaceFailures = 10;                // a day, of a person
    static constexpr int kFaceStarts = 30;                  // the same: each is paid for
    static constexpr std::int64_t kFaceMs = 10 * 60'000;    // from the start of a check until it counts no more
    static constexpr std::int64_t kShieldMs = 10 * 60'000;  // likewise, of a question to a shield

    Confirmations(const Ports &ports, codes::SmsCodes &smsCodes, FaceServices faces, ports::ServiceKey &key,
                  IdentityServices services = {}, Shields *shields = nullptr)
        : m_ports(ports), m_smsCodes(smsCodes), m_faces(std::move(faces)), m_key(key), m_services(std::move(services)), m_shields(shields)
    {}

    // Whether the person has a shield that can sign: then nothing else confirms. Errors: unavailable.
    Verdict<bool> isByShield(const Actor &actor);
    // Asks the person's shield; what it was asked before is void. Denied: shieldUnusable, staffInactive. Errors: badInput (words
    // that cannot be shown); locked (too often); unavailable.
    Verdict<void> askShield(const Actor &actor, const Question &question);
    // What the person's shield is being asked. Errors: notFound (nothing).
    Result<Id> asked(const Actor &actor);

    // Sends a code for this statement to the person's own number. Returns: milliseconds until the next. Denied:
    // smsTooOften, staffInactive, shieldWanted. Errors: notFound, unavailable.
    Verdict<std::int64_t> ask(const Actor &actor, ByteView statement);
    // The services at which a person can show the face on a page: those of the handling person, whose id number the company's
    // application knows and the service has compared with the face before; none for anybody else, nor for who has a shield. Errors: unavailable.
    Verdict<std::vector<std::uint8_t>> servicesFor(const Actor &actor);
    // Begins a check for this statement; one that was begun before is void. Returns: the page for the person.
    // Denied: methodNotAllowed (the id number is not known), identityTooOften, staffInactive, shieldWanted. Errors: badInput (no such service),
    // unavailable.
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, ByteView statement, std::uint8_t provider);
    // A code that was sent for another statement does not fit, nor does a check by face, nor a shield's signature. Never call it inside a
    // transaction. Denied: sms…, identityPending (no check, or not finished), livenessFailed, staffInactive, shieldWanted, shieldPending
    // (this was not asked, not signed, or counted before; or the shield is another one now, or none). Errors: badInput (no such service),
    // unavailable. What was confirmed is kept, see list.
    Verdict<Mark> confirm(const Actor &actor, Matter matter, ByteView statement, const Proof &proof);

    struct View {
        Id id{};
        Matter matter{};
        Mark::By by{};
        Id person{};
        std::string name; // of the person
        std::int64_t timeMs = 0;
    };
    // What the company's people have confirmed since 28 November 2026, the newest first; after: the last one of the page before, zero: none.
    // Whether the act followed is in the audit log. For an administrator. Denied: roleMissing. Errors: unavailable, tampered.
    Verdict<std::vector<View>> list(const Actor &actor, const Id &after, std::size_t most);
    // One of them, to be checked by anybody. As list; Errors also: notFound.
    Verdict<Confirmed> kept(const Actor &actor, const Id &id);

    // "HUFU-CONFIRMED-1" | by 1 | company 16 | person 16 | time 8 | SM3(statement) 32
    static Bytes signedBytes(const Id &company, const Mark &mark);
    // In the caller's transaction. Errors: notFound (the operator entered it: nobody has signed); tampered, unavailable.
    static Result<Confirmed> confirmed(ports::Transaction &transaction, const Ports &ports, const Id &company, const Mark &mark, ByteView statement);

private:
    Verdict<Person> personOf(const Actor &actor);
    Verdict<std::string> idNumberOf(const Actor &actor);
    Result<std::optional<Shields::Holder>> shieldOf(const Actor &actor);
    Verdict<void> checkWithoutShield(const Actor &actor);
    Verdict<Mark> takeSigned(const Actor &actor, Matter matter, ByteView statement, Mark mark);
    Result<void> keep(ports::Transaction &transaction, const Id &company, Matter matter, const Mark &mark, ByteView statement);
    Verdict<void> finishFace(const Actor &actor, const ByteArray<32> &statement);
    Ports m_ports;
    codes::SmsCodes &m_smsCodes;
    FaceServices m_faces;
    ports::ServiceKey &m_key;
    IdentityServices m_services;
    Shields *m_shields; // none: nobody has one
};

// In the caller's transaction: all that was confirmed for a company that does not come to be. Errors: unavailable.
Result<void> forgetConfirmed(ports::Transaction &transaction, const Id &company);

} // namespace hufu::enterprise
