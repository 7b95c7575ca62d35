// What a company confirms before any of its people has a shield: by the person's face or an SMS, and signed by the
// operator's service key. It is marked so wherever it counts.
#pragma once

#include "shield/enterprise/staff.h"
#include "shield/enterprise/typed_code.h"

#include <map>

namespace hufu::enterprise {

struct Mark {
    enum class By : std::uint8_t { sms = 1, face, operatorEntry };
    By by{};
    Id person{};
    std::int64_t timeMs = 0;
    ByteArray<32> statement{}; // SM3 of what was confirmed
    ByteArray<64> signature{}; // of the service key over the mark: see Confirmations::signedBytes
    static void fields(auto &row, auto &f) { f(row.by, row.person, row.timeMs, row.statement, row.signature); }
};

// What the operator's service has signed, to be checked by anybody who has its certificate.
struct Confirmed {
    Bytes signedBytes, statement; // statement: whose SM3 the signed bytes name; empty where there is none, or it reads otherwise today
    ByteArray<64> signature{};
};

// What the person shows: the digits of the SMS; the evidence of a face service (provider other than 0); or how the check has gone
// that startFace began.
struct Proof {
    std::string sms;
    std::uint8_t provider = 0;
    Bytes evidence;
    bool isByPage = false;
};

class Confirmations {
public:
    using FaceServices = std::map<std::uint8_t, ports::LivenessService *>;

    using IdentityServices = std::map<std::uint8_t, ports::IdentityService *>; // with a page, by number

    static constexpr int kCodesInADay = 30;                 // messages, of a person
    static constexpr int kFaceFailures = 10;                // a day, of a person
    static constexpr int kFaceStarts = 30;                  // the same: each is paid for
    static constexpr std::int64_t kFaceMs = 10 * 60'000;    // from the start of a check until it counts no more

    Confirmations(const Ports &ports, codes::SmsCodes &smsCodes, FaceServices faces, ports::ServiceKey &key,
                  IdentityServices services = {})
        : m_ports(ports), m_smsCodes(smsCodes), m_faces(std::move(faces)), m_key(key), m_services(std::move(services))
    {}

    // Sends a code for this statement to the person's own number. Returns: milliseconds until the next. Denied:
    // smsTooOften, staffInactive. Errors: notFound, unavailable.
    Verdict<std::int64_t> ask(const Actor &actor, ByteView statement);
    // The services at which a person can show the face on a page: those of the handling person, whose id number the company's
    // application knows and the service has compared with the face before; none for anybody else. Errors: unavailable.
    Verdict<std::vector<std::uint8_t>> servicesFor(const Actor &actor);
    // Begins a check for this statement; one that was begun before is void. Returns: the page for the person.
    // Denied: methodNotAllowed (the id number is not known), identityTooOften, staffInactive. Errors: badInput (no such service),
    // unavailable.
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, ByteView statement, std::uint8_t provider);
    // A code that was sent for another statement does not fit, nor does a check by face. Never call it inside a transaction.
    // Denied: sms…, identityPending (no check, or not finished), livenessFailed, staffInactive. Errors: badInput (no such service),
    // unavailable.
    Verdict<Mark> confirm(const Actor &actor, ByteView statement, const Proof &proof);

    // "HUFU-CONFIRMED-1" | by 1 | company 16 | person 16 | time 8 | SM3(statement) 32
    static Bytes signedBytes(const Id &company, const Mark &mark);
    // Errors: notFound (the operator entered it: nobody has signed).
    static Result<Confirmed> confirmed(const Id &company, const Mark &mark, ByteView statement);

private:
    Verdict<Person> personOf(const Actor &actor);
    Verdict<std::string> idNumberOf(const Actor &actor);
    Verdict<void> finishFace(const Actor &actor, const ByteArray<32> &statement);
    Ports m_ports;
    codes::SmsCodes &m_smsCodes;
    FaceServices m_faces;
    ports::ServiceKey &m_key;
    IdentityServices m_services;
};

} // namespace hufu::enterprise
