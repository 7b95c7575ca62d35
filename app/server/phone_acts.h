// The phone's own acts: certificate request, encrypt certificate, probe, rehearsals, PIN change, vouch, revocation (PROTOCOL R5).
#pragma once

#include "app/catalogue/catalogue.h"
#include "app/server/services.h"
#include "shield/wire/activation.h"

namespace hufu::server {

// May be used by several threads.
class PhoneActs {
public:
    explicit PhoneActs(Services &services) : m_services(services) {}

    // Opens the session of an act. Errors: notFound (no such device); badInput (not an act of the phone
    // itself); badState (not its turn: certificate, request or activation is missing).
    Result<sessions::Claim> begin(const enterprise::Holder &holder, const sessions::Claimant &claimant,
                                  intent::Act act);

    // What the phone must find in a probe. Errors: notFound (not this account's probe).
    Result<ByteArray<32>> probeOf(const enterprise::Id &acct, const sessions::Token &token);

    // The act's consequence, inside the transaction of its result: certificates are issued, requests kept.
    // In: subject, of the holder; tbs and signature, of the item. Errors: as the authority's and the
    // registry's.
    Result<void> commit(ports::Transaction &transaction, const enterprise::Holder &holder,
                        const intent::Manifest &manifest, ByteView tbs, const ByteArray<64> &signature);
    // After the right answer to the probe. Errors: badState (nothing was requested); as the authority's.
    Result<void> issueEncrypt(ports::Transaction &transaction, const enterprise::Holder &holder);

    // How far the activation is, with all certificates there are.
    Result<wire::Certificates> certificates(const enterprise::Id &acct);

    // Whether both certificates were issued, whatever became of them since.
    Result<bool> isActivated(const enterprise::Id &acct);
    // Why the holder may not do this act now; nothing: as far as certificate and seat go, it may. Decryptions are
    // never barred, since a bid must open at its hour: who must not open any more is frozen. Nor is a PIN change,
    // which keeps their share safe.
    Result<std::optional<catalogue::Code>> barOf(const enterprise::Holder &holder, intent::Act act);

private:
    Result<intent::Manifest> manifestFor(const enterprise::Holder &holder, const cosigner::DeviceView &device,
                                         intent::Act act);
    Result<void> checkTurn(const enterprise::Id &acct, const cosigner::DeviceView &device, intent::Act act);

    Services &m_services;
};

// As certificates name the holder.
intent::Subject subjectOf(const enterprise::Holder &holder);

} // namespace hufu::server
