// The device's secrets under the server's master key. Each seal is bound to what it belongs to, so that a row cannot
// be put in another's place. Errors: unavailable; internal when a seal does not open.
#pragma once

#include "shield/cosigner/rows.h"
#include "shield/threshold/frost_shares.h"

namespace hufu::cosigner {

Result<Bytes> sealKDev(ports::MasterKey &masterKey, const Secret<32> &kDev, const ByteArray<16> &acct);
Result<Secret<32>> openKDev(ports::MasterKey &masterKey, ByteView sealed, const ByteArray<16> &acct);

// u2 | P1 | 2^64 P1 of key in its epoch; s2 | Y1 under suite 2. Under the epoch's key of that mark and the master key: who lacks one
// has noise. openShare: errors also badState (the epoch's key is destroyed).
Result<Bytes> sealShare(const Ports &ports, const threshold::ServerShare &share, const threshold::SharedKey &key,
                        const ByteArray<8> &mark);
Result<Bytes> sealShare(const Ports &ports, const threshold::frost::ServerShare &share,
                        const threshold::frost::SharedKey &key, const ByteArray<8> &mark);
Result<threshold::ServerShare> openShare(const Ports &ports, ByteView sealed, const threshold::SharedKey &key,
                                         const ByteArray<8> &mark);
Result<threshold::frost::ServerShare> openShare(const Ports &ports, ByteView sealed,
                                                const threshold::frost::SharedKey &key, const ByteArray<8> &mark);

// rho2 of the refresh that leads to epoch.
Result<Bytes> sealRho2(ports::MasterKey &masterKey, const ByteArray<32> &rho2, const ByteArray<16> &acct,
                       std::uint32_t epoch);
Result<ByteArray<32>> openRho2(ports::MasterKey &masterKey, ByteView sealed, const ByteArray<16> &acct,
                               std::uint32_t epoch);

Result<Bytes> sealResult(ports::MasterKey &masterKey, const ResultRow &row, ByteView key);
Result<ResultRow> openResult(ports::MasterKey &masterKey, ByteView sealed, ByteView key);

Result<Bytes> sealRecovery(ports::MasterKey &masterKey, const RecoveryRow &row, const ByteArray<16> &acct);
Result<RecoveryRow> openRecovery(ports::MasterKey &masterKey, ByteView sealed, const ByteArray<16> &acct);

} // namespace hufu::cosigner
