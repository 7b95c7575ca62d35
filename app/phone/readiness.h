// The readiness light: whether an approval would go through now, and if not, the cause that comes first.
#pragma once

#include "app/phone/bid_watch.h"
#include "app/phone/models/diagnosis_model.h"
#include "app/phone/models/home_model.h"
#include "app/phone/prober.h"
#include "app/phone/survey.h"

namespace hufu::phone_app {

inline constexpr int kDaysBad = 0, kDaysWarn = 30; // of the certificate, that are left
inline constexpr int kFailuresWarn = 3; // wrong PINs in a row: the first rung of the lock ladder
inline constexpr std::int64_t kSkewMostMs = 120'000;
inline constexpr std::int64_t kStorageLeast = 16 * 1024 * 1024; // octets

// When the person is told that the certificate ends: the step that daysLeft has reached, if it was not told yet. In: toldAt, the last
// step that was. Returns: 90, 30, 15, 7, 3 or 1; 0: nothing is to be told.
int reminderOf(int daysLeft, int toldAt);

// In: probe, the last look at the server. storageFree in octets; negative: not known. bids, what the sealed ones need. account, what the server
// says of it.
ReadinessView readinessOf(const CertificateView &card, const CareView &care, const Probe &probe, std::int64_t storageFree,
                          const BidsOutlook &bids = {}, const AccountView &account = {});
// HomeModel::Cause for which a shield of this account could do nothing until somebody helps; 0: none, or nobody has said it.
int stopOf(const ShieldView &shield, AccountView account);

// The same, line by line, with what the eye sees and which program this is. In: looking, a look is under way. eyeWidth, of the picture
// that the camera gave, in pixels; 0: it gave none; negative: not looked. survey, what is known of the server's name and version; surveying, it
// is being asked.
QList<CheckView> checksOf(const Probe &probe, bool looking, std::int64_t storageFree, int eyeWidth, const Survey &survey = {}, bool surveying = false);

} // namespace hufu::phone_app
