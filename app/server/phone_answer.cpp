#include "app/server/phone_answer.h"

#include "app/server/problem.h"

namespace hufu::server {

using catalogue::Code;

Fail failOf(const Error &error)
{
    return {error.code, error.code == Errc::unavailable ? codeOfUnavailable(error) : catalogue::codeOf(error.code)};
}

Fail failOf(sessions::ClaimDenied denied)
{
    using sessions::ClaimDenied;
    switch (denied) {
    case ClaimDenied::foreign:
        return {Errc::notFound, Code::otherServer};
    case ClaimDenied::frameTooOld:
        return {Errc::expired, Code::frameTooOld};
    case ClaimDenied::sessionExpired:
        return {Errc::expired, Code::sessionExpired};
    case ClaimDenied::claimedByOther:
        return {Errc::replayed, Code::frameReplayed};
    case ClaimDenied::tampered:
        return {Errc::tampered, Code::frameTampered};
    case ClaimDenied::deskUnknown:
        return {Errc::refused, Code::deskNotYours};
    case ClaimDenied::notReady:
        return {Errc::badState, Code::wrongState};
    case ClaimDenied::notEntitled:
        return {Errc::refused, Code::certificateInvalid};
    case ClaimDenied::sealRefused:
        return {Errc::refused, Code::sealInactive};
    case ClaimDenied::otherPerson:
        return {Errc::refused, Code::notForThisKey};
    }
    return {};
}

Fail failOf(enterprise::EnrolDenied denied)
{
    using enterprise::EnrolDenied;
    switch (denied) {
    case EnrolDenied::codeUnknown:
        return {Errc::notFound, Code::activationUnknown};
    case EnrolDenied::codeExpired:
        return {Errc::expired, Code::activationUnknown};
    case EnrolDenied::otherNumber:
        return {Errc::refused, Code::phoneNumberOther};
    case EnrolDenied::smsWrong:
        return {Errc::refused, Code::smsWrong};
    case EnrolDenied::smsExpired:
        return {Errc::expired, Code::smsExpired};
    case EnrolDenied::smsTooOften:
        return {Errc::locked, Code::smsTooOften};
    case EnrolDenied::livenessFailed:
        return {Errc::refused, Code::livenessFailed};
    case EnrolDenied::agreementMissing:
        return {Errc::badInput, Code::agreementMissing};
    case EnrolDenied::seatMissing:
        return {Errc::refused, Code::seatMissing};
    }
    return {};
}

Fail failOf(codes::Check check)
{
    switch (check) {
    case codes::Check::wrong:
        return {Errc::refused, Code::smsWrong};
    case codes::Check::expired:
        return {Errc::expired, Code::smsExpired};
    case codes::Check::worn:
        return {Errc::locked, Code::smsTooOften};
    case codes::Check::right:
        break;
    }
    return {};
}

Answer failOrDrop(const Error &error)
{
    if (error.code == Errc::tampered) return Drop{};
    return failOf(error);
}

} // namespace hufu::server
