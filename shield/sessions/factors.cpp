#include "shield/sessions/factors.h"

#include "shield/wire/activation.h"

namespace hufu::sessions {

namespace {

using intent::Act;
using wire::factor::kDigits;
using wire::factor::kLiveness;
using wire::factor::kPin;
using wire::factor::kSms;

constexpr std::uint8_t kOutside = kSms | kLiveness;

std::uint8_t forSigning(const Claimant &claimant, const std::optional<std::int64_t> &deskEnrolledMs, std::int64_t nowMs)
{
    const auto asked = static_cast<std::uint8_t>(claimant.extraForSign & kOutside);
    const bool young = !deskEnrolledMs || nowMs - *deskEnrolledMs < kYoungDeskMs;
    return asked == 0 && young ? kSms : asked;
}

std::uint8_t forDecrypting(const Claimant &claimant, bool openingNear)
{
    return openingNear ? std::uint8_t{0} : static_cast<std::uint8_t>(claimant.extraForDecrypt & kOutside);
}

std::uint8_t besidesPin(Act act, const Claimant &claimant, const std::optional<std::int64_t> &deskEnrolledMs,
                        bool openingNear, std::int64_t nowMs)
{
    switch (act) {
    case Act::login:
        return static_cast<std::uint8_t>((claimant.extraForLogin & kOutside) | (deskEnrolledMs ? 0 : kDigits));
    case Act::confirm: // a page is no computer that was enrolled: the digits stand for it, as at a log-in
        return static_cast<std::uint8_t>((claimant.extraForSign & kOutside) | kDigits);
    case Act::sign:
    case Act::seal: return forSigning(claimant, deskEnrolledMs, nowMs);
    case Act::decrypt: return forDecrypting(claimant, openingNear);
    case Act::enrol:
    case Act::pinChange:
    case Act::vouch: return kSms;
    case Act::encrypt:
    case Act::revoke: // who fears misuse is not held up
    case Act::csr:
    case Act::encryptCertificate:
    case Act::probe:
    case Act::rehearseSign:
    case Act::rehearseDecrypt: return 0;
    }
    return kSms;
}

} // namespace

bool isOpeningNear(std::int64_t openingMs, std::int64_t nowMs)
{
    return openingMs - kNoOutsideFactorMs <= nowMs && nowMs <= openingMs + kOpeningLastsMs;
}

std::uint8_t factorsFor(Act act, const Claimant &claimant, const std::optional<std::int64_t> &deskEnrolledMs,
                        bool openingNear, std::int64_t nowMs)
{
    return static_cast<std::uint8_t>(kPin | besidesPin(act, claimant, deskEnrolledMs, openingNear, nowMs));
}

} // namespace hufu::sessions
