// How the statements begin that people confirm at the console and that are no text of their own; a record names one by its SM3. What is not in
// this list is told to nobody who verifies a confirmation.
#pragma once

#include <array>
#include <string_view>

namespace hufu::audit::statement {

inline constexpr std::string_view kMakeSeal = "make a seal", kRetireSeal = "retire a seal", kPolicy = "change the policy",
                                  kApproveEachDesk = "approve each desk", kApproveNoDesk = "approve no desk",
                                  kHandOver = "hand over as administrator", kChangeOfAdministrator = "change of an administrator",
                                  kStandingOfAdministrator = "standing of an administrator", kStopOfCertificate = "stop of a certificate";

inline constexpr std::array kAll = {kMakeSeal, kRetireSeal, kPolicy, kApproveEachDesk, kApproveNoDesk, kHandOver, kChangeOfAdministrator,
                                    kStandingOfAdministrator, kStopOfCertificate};

} // namespace hufu::audit::statement
