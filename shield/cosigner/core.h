// What all conversations share: the ports, the conversations that stand open, the answers that may be asked for again.
// All of it in RAM (PROTOCOL 6.7).
#pragma once

#include "shield/cosigner/change.h"
#include "shield/cosigner/conversation.h"
#include "shield/cosigner/kept_keys.h"
#include "shield/cosigner/suites.h"

#include <array>
#include <map>
#include <mutex>

namespace hufu::cosigner {

enum class Stage : std::uint8_t { sign, decrypt, ref1, ref3 };

// A conversation between CHAL and its answer. Taken once; its nonces die with it.
struct Live {
    std::uint64_t connection = 0;
    ByteArray<16> acct{}, sid{};
    Stage stage = Stage::sign;
    bool isRehearsal = false;      // stage decrypt: of a probe of the server's own making
    std::uint32_t epoch = 0;       // of the shares that it is about
    std::uint64_t ctr = 0;         // of the chain, to notice another node
    std::int64_t deadlineMs = 0;   // monotonic
    std::size_t items = 0;
    Pending pending;
    SignSession session; // stage sign
};

// The answer to a SIGN, for the identical SIGN once more.
struct Finished {
    ByteArray<32> digest{}; // SM3 of SIGN
    wire::Resp resp;
    std::int64_t untilMs = 0; // monotonic
};

struct Core {
    Core(Ports p, std::uint32_t b) : ports(std::move(p)), boot(b) {}

    Ports ports;
    const std::uint32_t boot;

    // Calls about one device run one after the other, for as long as the lock is held.
    std::unique_lock<std::mutex> lockDevice(const ByteArray<16> &acct);
    // Of several, in the one order of all who hold more than one.
    std::vector<std::unique_lock<std::mutex>> lockDevices(const std::vector<ByteArray<16>> &accounts);

    std::uint64_t nextConnection();
    ByteArray<16> nextSid(); // boot 4 | counter 4 | random 8 (R11)

    void open(Live live); // ends an older one of the device
    // The conversation, if it is this connection's and its time is not over; in any case it is no longer open.
    // One of another connection, or of another sid, stays as it is.
    std::optional<Live> take(std::uint64_t connection, const ByteArray<16> &acct, const ByteArray<16> &sid);
    void endDevice(const ByteArray<16> &acct);
    void endConnection(std::uint64_t connection);

    void finish(const ByteArray<16> &sid, Finished finished);
    std::optional<wire::Resp> finished(const ByteArray<16> &sid, const ByteArray<32> &digest);

    void sweep();

    KeptKeys kept; // guards itself

private:
    std::mutex m_mutex; // guards what follows
    std::uint64_t m_connections = 0;
    std::uint32_t m_conversations = 0;
    std::map<ByteArray<16>, Live> m_live;         // by acct
    std::map<ByteArray<16>, Finished> m_finished; // by sid
    std::array<std::mutex, 64> m_devices;
};

} // namespace hufu::cosigner
