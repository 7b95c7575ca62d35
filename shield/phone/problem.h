// The HF numbers (app/catalogue) that the phone itself gives; the others come from the server.
#pragma once

#include "shield/phone/step.h"
#include "shield/wire/conversation.h"
#include "shield/wire/session.h"

namespace hufu::phone {

namespace hf {
inline constexpr std::uint16_t kFrameForeign = 200, kFrameTooOld = 201, kSessionExpired = 202,
                               kFrameTampered = 204, kManifestRefused = 208, kPersonRefused = 209,
                               kDeskNotYours = 215, kUndecided = 216, kWrongPin = 300, kLocked = 301, kFrozen = 302,
                               kCloned = 303, kPinDiffers = 305, kPinUnchanged = 306, kShareDestroyed = 307,
                               kEpochStale = 308, kRecoveryCodeWrong = 310, kFactorMissing = 408, kConnectionLost = 502,
                               kStorageFull = 504, kInternal = 506, kCertificateInvalid = 600,
                               kCertificateRevoked = 601, kSignatureInvalid = 602, kCiphertextInvalid = 603,
                               kDecryptionCap = 607;
}

inline Problem problem(Errc errc, std::uint16_t code)
{
    Problem out;
    out.errc = errc;
    out.code = code;
    return out;
}

// Of an error inside the phone: what is unavailable there is its storage.
Problem problemOf(const Error &error);
Problem problemOf(const wire::Failure &failure);
Problem problemOf(const wire::Locked &locked);
// Of a verdict that is not ok.
Problem problemOf(const wire::Verdict &verdict);

} // namespace hufu::phone
