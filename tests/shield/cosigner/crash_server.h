// A cosigner in a process of its own, on SQLite, that kills itself at a named step. It speaks over stdin and stdout in
// frames of length 4 | command 1 | content; each command is answered by one frame.
#pragma once

#include "shield/base/bytes.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/threshold/frost_shares.h"

#include <filesystem>

namespace hufu::tests {

enum class Command : std::uint8_t {
    connect = 1, // -> wire Greeting; an older connection is gone
    message = 2, // wire message -> wire message; nothing where the server would drop the connection
    session = 3, // act 1 | ciphertext: what the next HELLO is about
    arm = 4,     // name of the step at which the process dies; empty: none
    clock = 5,   // ms 8, added to both clocks
    view = 6,    // -> ServerView
    outcome = 7, // sid 16 -> 1 if the caller's own row of that conversation is there
    unfreeze = 8,
    keepCarelessCopies = 9, // of the shares, as a careless program would
    recovery = 10, // -> the code
    epochKeys = 11, // -> the epoch 4 of each key that there is
    draws = 12, // -> the last draws 32 of d2 and of e2, the nonces of suite 2
};

// A device as the test's assertions want it.
struct ServerView {
    bool known = false;
    std::uint32_t run = 0, total = 0, epoch = 0;
    std::uint8_t standing = 0, signState = 0, encryptState = 0;
    bool refreshPending = false;

    Bytes encode() const
    {
        return Writer().u8(known).u32(run).u32(total).u32(epoch).u8(standing).u8(signState).u8(encryptState)
            .u8(refreshPending).take();
    }
    static ServerView parse(ByteView bytes)
    {
        Reader in(bytes);
        ServerView view;
        view.known = in.u8() == 1;
        view.run = in.u32();
        view.total = in.u32();
        view.epoch = in.u32();
        view.standing = in.u8();
        view.signState = in.u8();
        view.encryptState = in.u8();
        view.refreshPending = in.u8() == 1;
        return view;
    }
};

// The device of these tests, and what its probe holds.
inline constexpr ByteArray<16> kCrashAcct{1};
inline Bytes probeSecret()
{
    return Bytes(32, 9);
}

// The device's shares, as they lie in a ledger: of suite 1 the sign key's, if it is, and the encrypt key's.
struct StoredShares {
    std::vector<threshold::ServerShare> sm2;
    std::optional<threshold::frost::ServerShare> frost;
};
StoredShares sharesIn(ports::LedgerStore &ledger, ports::MasterKey &masterKey,
                      ports::EpochKeys &epochKeys);

// Serves until stdin ends. In: armed, as Command::arm, from the start on. Returns: the exit code.
int serve(const std::filesystem::path &database, std::string armed, std::int64_t clockMs);

} // namespace hufu::tests
