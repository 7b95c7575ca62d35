// What the cosigner tells its surroundings inside the transaction in which it happens, so that audit rows and
// notifications stand or fall with the fact.
#pragma once

#include "shield/intent/manifest.h"
#include "shield/ports/ledger_store.h"

#include <functional>

namespace hufu::cosigner {

struct Notice {
    enum class Kind : std::uint8_t {
        activated = 1,   // the two keys exist; not usable before their proofs
        signKeyActive,   // the CSR's signature came about
        encryptKeyActive, // the probe was opened
        approved,        // one or more signatures, see items
        opened,          // one or more decryptions, see items
        frozen,          // items: the wrong PINs in a row that did it; 0: the operator, or the doer
        signShareDestroyed,
        unfrozen,
        refreshed,       // new shares; op tells whether with a new PIN
        cloneFound,
        chainAdopted,    // after a restore of a backup
        recoveryOpened,  // a code was given out after a clone
        recoveryFailed,  // a wrong code
        recovered,       // the device has a new K_dev and chain, and must refresh
        wrongPin,        // items: how many in a row
        restoreEpochRaised, // of the server: acct is zero; items: the epoch
    };
    Kind kind = Kind::activated;
    ByteArray<16> acct{};
    ByteArray<16> sid{};   // zero where there is no conversation
    ByteArray<32> keyId{}; // zero where it concerns the device
    ByteArray<16> token{}; // the session; zero where there is none
    intent::Op op = intent::Op::sign;
    std::size_t items = 0;
    ByteArray<16> doer{};  // frozen: the administrator who has reported the phone lost; zero: nobody, or the operator
};

// Of a device as a whole.
inline Notice noticeOf(Notice::Kind kind, const ByteArray<16> &acct)
{
    Notice notice;
    notice.kind = kind;
    notice.acct = acct;
    return notice;
}

// An error rolls the transaction back.
using NoticeSink = std::function<Result<void>(ports::Transaction &, const Notice &)>;

// Gets each notice again once its transaction is durable, so that nothing is said to have happened which did not.
using HappenedSink = std::function<void(const Notice &)>;

} // namespace hufu::cosigner
