#include "app/phone/readiness.h"

#include "app/catalogue/catalogue.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <cstdlib>

namespace hufu::phone_app {

using catalogue::Code;

static ReadinessView view(HomeModel::Light light, HomeModel::Cause cause, int value = 0, Code code = Code{})
{
    ReadinessView out;
    out.light = light;
    out.cause = cause;
    out.value = value;
    out.code = static_cast<int>(code);
    return out;
}

// What stops everything first, then what stops signing, then what will stop it soon.
ReadinessView readinessOf(const CertificateView &card, const CareView &care, const Probe &probe, std::int64_t storageFree,
                          const BidsOutlook &bids, const AccountView &account)
{
    using R = HomeModel;
    using State = wire::DeviceState;
    if (probe.state == Probe::State::foreign) return view(R::Red, R::ServerForeign, 0, Code::pinMismatch);
    if (probe.state == Probe::State::unreachable) return view(R::Red, R::ServerAway, 0, Code::serverUnreachable);
    if (storageFree >= 0 && storageFree < kStorageLeast) return view(R::Red, R::StorageLow, 0, Code::storageFull);
    const bool isSigning = account.isKnown && !card.former; // former keys open only, whatever their certificate and seat
    if (account.isKnown && account.state == State::cloned) return view(R::Red, R::Copied, 0, Code::cloned);
    if (account.isKnown && account.state == State::frozen) return view(R::Red, R::Frozen, 0, Code::frozen);
    if (account.isKnown && account.lockedSeconds > 0) return view(R::Red, R::Locked, (account.lockedSeconds + 59) / 60, Code::locked);
    const bool isRehearsalDue = bids.readiness.cause == opening::Cause::rehearsalDue;
    if (isRehearsalDue && bids.readiness.light == opening::Light::red) return view(R::Red, R::BidRehearsalDue, bids.hours);
    const bool isDestroyed = account.isKnown && account.state == State::destroyed;
    if (care.signDestroyed || isDestroyed) return view(R::Red, R::SignDestroyed, 0, Code::shareDestroyed);
    if (isSigning && account.bar == static_cast<int>(Code::certificateRevoked)) return view(R::Red, R::CertificateRevoked, 0, Code::certificateRevoked);
    if (isSigning && account.bar == static_cast<int>(Code::seatEnded)) return view(R::Red, R::SeatOver, 0, Code::seatEnded);
    if (card.daysLeft <= kDaysBad) return view(R::Red, R::CertificateOver, 0, Code::certificateExpired);
    const bool isBarred = isSigning && account.bar != 0 && account.bar != static_cast<int>(Code::certificateExpired);
    if (isBarred) return view(R::Red, R::Barred, 0, static_cast<Code>(account.bar));
    const bool isSkewed = probe.state == Probe::State::reached && std::llabs(probe.skewMs) > kSkewMostMs;
    if (isSkewed) return view(R::Amber, R::ClockWrong, static_cast<int>(probe.skewMs / 1000), Code::clockSkewed);
    const bool isNearFreeze = account.isKnown && account.failures >= kFailuresWarn;
    if (isNearFreeze) return view(R::Amber, R::TriesFew, account.tries, Code::wrongPin);
    if (isRehearsalDue) return view(R::Amber, R::BidRehearsalDue, bids.hours);
    if (care.pinChangeUrged) return view(R::Amber, R::PinWorn, care.wrongPins);
    if (card.daysLeft <= kDaysWarn) return view(R::Amber, R::CertificateEnds, card.daysLeft);
    if (isSigning && account.bar == 0 && account.seatDaysLeft <= kDaysWarn) return view(R::Amber, R::SeatEnds, account.seatDaysLeft);
    if (isSigning && account.desks == 0 && account.waiting > 0) return view(R::Amber, R::DeskWaits, 0, Code::deskUnknown);
    if (isSigning && account.desks == 0) return view(R::Grey, R::DeskMissing, 0, Code::deskUnknown); // nothing is wrong: web pages need none
    if (probe.state == Probe::State::unknown) return view(R::Grey, R::Looking);
    return view(R::Green, R::Ready);
}

int stopOf(const ShieldView &shield, AccountView account)
{
    using R = HomeModel;
    CertificateView card;
    card.former = shield.former;
    card.daysLeft = shield.daysLeft;
    account.lockedSeconds = 0; // passes by itself
    const int cause = readinessOf(card, {}, {}, -1, {}, account).cause;
    const bool isFrozen = cause == R::Frozen || cause == R::Copied;
    const bool isStopped = cause == R::SignDestroyed || cause == R::CertificateRevoked || cause == R::SeatOver || cause == R::Barred;
    return isFrozen || (isStopped && !shield.former) ? cause : 0;
}

int reminderOf(int daysLeft, int toldAt)
{
    if (daysLeft <= 0) return 0; // over: the light says so
    for (const int step : {1, 3, 7, 15, 30, 90})
        if (daysLeft <= step) return toldAt == 0 || step < toldAt ? step : 0;
    return 0;
}

static CheckView versions()
{
    CheckView view;
    view.kind = DiagnosisModel::Version;
    view.state = DiagnosisModel::Good;
    view.text = QStringLiteral("Hufu %1, Qt %2, %3").arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()), QSysInfo::prettyProductName());
    return view;
}

static CheckView nameOf(const Survey &survey, bool surveying)
{
    using D = DiagnosisModel;
    CheckView view;
    view.kind = D::Name;
    view.text = survey.address;
    view.value = survey.lookupMs;
    view.numeric = survey.name == Survey::Name::number;
    if (survey.name == Survey::Name::notAsked) {
        view.state = surveying ? D::Running : D::Unknown;
    } else {
        view.state = survey.name == Survey::Name::unknown ? D::Bad : D::Good;
        view.code = view.state == D::Bad ? static_cast<int>(Code::serverUnreachable) : 0;
    }
    return view;
}

static CheckView serverVersion(const Survey &survey, bool surveying)
{
    using D = DiagnosisModel;
    CheckView view;
    view.kind = D::ServerVersion;
    view.state = !survey.version.isEmpty() ? D::Good : surveying ? D::Running : D::Unknown; // that there is no server, other lines say
    if (!survey.version.isEmpty()) view.text = QStringLiteral("Hufu ") + survey.version;
    return view;
}

QList<CheckView> checksOf(const Probe &probe, bool looking, std::int64_t storageFree, int eyeWidth, const Survey &survey, bool surveying)
{
    using D = DiagnosisModel;
    using State = Probe::State;
    const D::State pending = looking ? D::Running : D::Unknown;
    const bool isReached = probe.state == State::reached, isForeign = probe.state == State::foreign;
    const auto line = [](D::Kind kind, D::State state, double value, Code code) {
        CheckView view;
        view.kind = kind;
        view.state = state;
        view.value = value;
        view.code = state == D::Bad ? static_cast<int>(code) : 0;
        return view;
    };
    const auto judge = [looking](bool isKnown, bool isGood, D::State otherwise) {
        return looking || !isKnown ? otherwise : isGood ? D::Good : D::Bad;
    };
    return {nameOf(survey, surveying),
            line(D::Network, judge(probe.state != State::unknown, isReached || isForeign, pending),
                 static_cast<double>(probe.tookMs), Code::serverUnreachable),
            line(D::Pin, judge(isReached || isForeign, isReached, pending), 0, Code::pinMismatch),
            line(D::Clock, judge(isReached, std::llabs(probe.skewMs) <= kSkewMostMs, pending),
                 static_cast<double>(probe.skewMs) / 1000, Code::clockSkewed),
            line(D::Storage, storageFree < 0 ? D::Unknown : storageFree < kStorageLeast ? D::Bad : D::Good,
                 static_cast<double>(storageFree), Code::storageFull),
            // Without one, pictures are still read from files and pastes: no failure.
            line(D::Camera, eyeWidth > 0 ? D::Good : D::Unknown, static_cast<double>(eyeWidth), Code::internal),
            versions(),
            serverVersion(survey, surveying)};
}

} // namespace hufu::phone_app
