// One connection of a phone, in RAM only: what stands open here dies with it (PROTOCOL R4, section 6).
#pragma once

#include "shield/cosigner/cosigner.h"
#include "shield/wire/activation.h"

#include <functional>
#include <variant>

namespace hufu::cosigner {

class Change;
struct DeviceRecord;

// What came of an approved conversation, for the caller's part of the transaction.
struct Outcome {
    ByteArray<16> sid{};
    ByteArray<32> keyId{};
    std::vector<std::uint8_t> included;     // the manifest's items that were not refused
    std::vector<ByteArray<64>> signatures;  // r | s, or R | z, for each included item; none for decrypt and refresh
};

// What the HELLO is about: the caller's session, already tied to the device.
struct Pending {
    ByteArray<16> token{};
    intent::Op op = intent::Op::sign;
    Bytes manifest;          // canonical; may be empty only for Op::refresh
    std::vector<Bytes> tbs;  // one an item; checked against the manifest again
    std::int64_t userTimeMs = 0; // at most what the act may take
    // Decrypt under a policy "named ciphertext" (R8): T1 of item i must equal the i-th point. Empty: no such policy.
    std::vector<ByteArray<65>> namedC1;
    // Act probe: SM3 of the 32 bytes that the phone must find.
    std::optional<ByteArray<32>> probeSm3;
    // Asked before an attempt is counted, outside any transaction: are all other factors given, is the session alive?
    // An error answers Status::refused (unavailable and internal pass through). Left out: yes.
    std::function<Result<void>()> mayProceed;
    // Called in the transaction that takes the count back and stores the result, so that the session's outcome stands
    // or falls with them. For a refresh it is called with REF3. An error rolls the result back and answers
    // Status::refused (unavailable passes through); the PIN was right and is not counted. Must neither call into the
    // Cosigner nor open a transaction of its own. Left out: nothing.
    std::function<Result<void>(ports::Transaction &, const Outcome &)> onCommit;
};

using HelloAnswer =
    std::variant<wire::Chal, wire::FrostChal, wire::Stale, wire::Clone, wire::Locked, wire::EpochIs>;
using ResultAnswer = std::variant<wire::Resp, wire::Unknown>;

// A message whose MAC is wrong yields Errc::tampered: the caller drops the connection without an answer; nothing is
// counted. A connection speaks for one device: another acct is tampered, too.
class Conversation {
public:
    ~Conversation();
    Conversation(const Conversation &) = delete;
    Conversation &operator=(const Conversation &) = delete;

    // The first message. Errors: unavailable.
    Result<wire::Greeting> greeting() const;

    // KG1 -> KG2. Policy (ticket, acct) is checked by the caller before. Nothing durable happens.
    // Errors: tampered (a KG1 that is not one), badState (the device exists and its sign key is proved).
    Result<wire::Kg2> keygenStart(wire::Activate activate);
    // The same with a sign key of suite 2, where the company's policy wants one.
    Result<wire::FrostKg2> frostKeygenStart(wire::Activate activate);
    // KG3 -> KG4. Writes the device, replacing one whose sign key was never proved. onCommit joins the transaction.
    // Errors: badState (no keygenStart), tampered; what onCommit says.
    Result<wire::Kg4> keygenFinish(const wire::Kg3 &kg3, const CommitPart &onCommit = {});
    Result<wire::Kg4> keygenFinish(const wire::FrostKg3 &kg3, const CommitPart &onCommit = {});

    // HELLO -> CHAL, or why not. An older conversation of the device ends with a CHAL, whichever connection it is on.
    // Errors: tampered (MAC, or no such device); refused (op and key type do not match, or the key is not active and
    // this is not the act that proves it, or pending is about something else); badState (recovered after a clone: only a
    // refresh or PIN change may come now); badInput (pending does not fit its manifest). None of them moves the chain.
    Result<HelloAnswer> hello(const wire::Hello &hello, Pending pending);

    // SIGN -> RESP. The identical SIGN once more yields the stored RESP; anything else about a finished or unknown sid
    // yields Status::expired. Errors: unavailable.
    Result<wire::Resp> sign(const wire::Sign &sign);
    Result<wire::Resp> sign(const wire::FrostSign &sign);
    // DEC1 -> DEC2. Errors: unavailable.
    Result<wire::Dec2> decrypt(const wire::Dec1 &dec1);
    // REF1 -> REF2 and REF3 -> REF4. Errors: unavailable.
    Result<wire::Ref2> refresh1(const wire::Ref1 &ref1);
    Result<wire::Ref4> refresh3(const wire::Ref3 &ref3);

    // Recover -> Recovered: the code that openRecovery() gave, entered on the genuine phone, and its new K_dev. The old
    // one is served until the first HELLO under the new one.
    // Errors: tampered (MAC); badState (no clone was found); notFound (no code is open: none was given, too old, worn);
    // refused (wrong digits, counted).
    Result<wire::Recovered> recover(const wire::Recover &recover);

    // What became of a sid (R6). Evaluates nothing. Errors: tampered.
    Result<ResultAnswer> resultQuery(const wire::ResultQuery &query);

    // After DEC2 of an act probe, on the same connection: the encrypt key becomes active. One try.
    // Errors: tampered (MAC, other digest, other sid); badState (no probe before).
    Result<void> probeAnswer(const wire::ProbeAnswer &answer, const CommitPart &onCommit = {});

    // The MAC of any other message. Errors: tampered.
    template <typename M> Result<void> verifyMac(const M &message)
    {
        Bytes input = wire::macInputOf(message, m_cn);
        auto checked = checkMac(message.acct, input, message.mac);
        if constexpr (requires { M::kSecret; }) wipe(input.data(), input.size());
        return checked;
    }

    // An answer under the K_dev of the last right MAC and this connection's cn. Errors: badState (nobody has proved himself); unavailable.
    template <typename M> Result<M> underMac(M message) const
    {
        Bytes input = wire::macInputOf(message, m_cn);
        const auto mac = macOf(input);
        if constexpr (requires { M::kSecret; }) wipe(input.data(), input.size());
        if (!mac) return mac.error();
        message.mac = *mac;
        return message;
    }

    // The device that has proved itself on this connection by a right MAC.
    const std::optional<ByteArray<16>> &acct() const { return m_acct; }

private:
    friend class Cosigner;
    struct State;
    Conversation(Core &core, std::uint64_t connection);
    Result<void> checkMac(const ByteArray<16> &acct, ByteView input, const ByteArray<32> &mac);
    Result<ByteArray<32>> macOf(ByteView input) const;
    // By the suite of the sign key.
    template <typename Suite> Result<wire::Resp> signAs(const typename Suite::Message &sign);
    template <typename Kg2, typename Answer> Result<Kg2> startAs(wire::Activate activate, const Answer &answerSign);
    template <typename Started, typename Kg3> Result<wire::Kg4> finishAs(const Kg3 &kg3, const CommitPart &onCommit);
    Result<void> checkCandidate(const ByteArray<16> &acct, ByteView input, const ByteArray<32> &mac);
    Result<void> adoptCandidate(Change &change, DeviceRecord &record);

    Core &m_core;
    std::uint64_t m_connection;
    ByteArray<16> m_cn{};
    std::optional<ByteArray<16>> m_acct;
    std::optional<ByteArray<32>> m_candidate;  // SM3 of the K_dev of a recovery under which the last MAC was right
    std::optional<ByteArray<16>> m_staleNonce; // of the STALE that waits for its second HELLO
    bool m_staleFitted = false; // the HELLO before it only repeated the last one
    std::unique_ptr<State> m_state;
};

} // namespace hufu::cosigner
