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

// What the person shows: the digits of the SMS, or the evidence of a face service (provider other than 0).
struct Proof {
    std::string sms;
    std::uint8_t provider = 0;
    Bytes evidence;
};

class Confirmations {
public:
    using FaceServices = std::map<std::uint8_t, ports::LivenessService *>;

    Confirmations(const Ports &ports, codes::SmsCodes &smsCodes, FaceServices faces, ports::ServiceKey &key)
        : m_ports(ports), m_smsCodes(smsCodes), m_faces(std::move(faces)), m_key(key)
    {}

    // Sends a code for this statement to the person's own number. Returns: milliseconds until the next. Denied:
    // smsTooOften, staffInactive. Errors: notFound, unavailable.
    Verdict<std::int64_t> ask(const Actor &actor, ByteView statement);
    // A code that was sent for another statement does not fit. Never call it inside a transaction.
    // Denied: sms…, livenessFailed, staffInactive. Errors: badInput (no such service), unavailable.
    Verdict<Mark> confirm(const Actor &actor, ByteView statement, const Proof &proof);

    // "HUFU-CONFIRMED-1" | by 1 | company 16 | person 16 | time 8 | SM3(statement) 32
    static Bytes signedBytes(const Id &company, const Mark &mark);

private:
    Verdict<Person> personOf(const Actor &actor);
    Ports m_ports;
    codes::SmsCodes &m_smsCodes;
    FaceServices m_faces;
    ports::ServiceKey &m_key;
};

} // namespace hufu::enterprise
