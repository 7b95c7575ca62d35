// The words by which the API calls states, kinds and ways.
#pragma once

#include "app/server/company_api.h"

#include <array>

namespace hufu::server {

template <typename Value, std::size_t N> using Words = std::array<std::pair<std::string_view, Value>, N>;

inline constexpr Words<enterprise::CompanyKind, 4> kCompanyKinds = {
    {{"enterprise", enterprise::CompanyKind::enterprise},
     {"individualBusiness", enterprise::CompanyKind::individualBusiness},
     {"other", enterprise::CompanyKind::other},
     {"overseas", enterprise::CompanyKind::overseas}}};

inline constexpr Words<enterprise::Way, 7> kWays = {{{"legalRepresentative", enterprise::Way::legalRepresentative},
                                                     {"remittance", enterprise::Way::remittance},
                                                     {"payer", enterprise::Way::payer},
                                                     {"paymentAccount", enterprise::Way::paymentAccount},
                                                     {"letter", enterprise::Way::letter},
                                                     {"legalLink", enterprise::Way::legalLink},
                                                     {"operatorEntry", enterprise::Way::operatorEntry}}};

inline constexpr Words<enterprise::ApplicationState, 7> kApplicationStates = {
    {{"begun", enterprise::ApplicationState::begun},
     {"reachable", enterprise::ApplicationState::reachable},
     {"consented", enterprise::ApplicationState::consented},
     {"identifying", enterprise::ApplicationState::identifying},
     {"identified", enterprise::ApplicationState::identified},
     {"settled", enterprise::ApplicationState::settled},
     {"withdrawn", enterprise::ApplicationState::withdrawn}}};

inline constexpr Words<enterprise::FactsState, 4> kFactsStates = {{{"open", enterprise::FactsState::open},
                                                                   {"mismatched", enterprise::FactsState::mismatched},
                                                                   {"overseas", enterprise::FactsState::overseas},
                                                                   {"matched", enterprise::FactsState::matched}}};

inline constexpr Words<enterprise::IdentityMethod, 2> kIdentityMethods = {
    {{"face", enterprise::IdentityMethod::face}, {"sms", enterprise::IdentityMethod::sms}}};

inline constexpr Words<std::uint8_t, 5> kConsents = {{{"company", enterprise::consent::kCompany},
                                                      {"legalRepresentative", enterprise::consent::kLegalRepresentative},
                                                      {"handlingPerson", enterprise::consent::kHandlingPerson},
                                                      {"mobileNumber", enterprise::consent::kMobileNumber},
                                                      {"faceVideo", enterprise::consent::kFaceVideo}}};

inline constexpr Words<std::uint8_t, 5> kFacts = {{{"kind", enterprise::fact::kKind},
                                                   {"code", enterprise::fact::kCode},
                                                   {"name", enterprise::fact::kName},
                                                   {"legalName", enterprise::fact::kLegalName},
                                                   {"legalIdNumber", enterprise::fact::kLegalIdNumber}}};

inline constexpr Words<enterprise::RemittanceState, 7> kRemittanceStates = {
    {{"open", enterprise::RemittanceState::open},
     {"ordered", enterprise::RemittanceState::ordered},
     {"paid", enterprise::RemittanceState::paid},
     {"returned", enterprise::RemittanceState::returned},
     {"worn", enterprise::RemittanceState::worn},
     {"awaiting", enterprise::RemittanceState::awaiting},
     {"done", enterprise::RemittanceState::done}}};

inline constexpr Words<enterprise::PaymentAccountState, 3> kPaymentAccountStates = {
    {{"open", enterprise::PaymentAccountState::open},
     {"asked", enterprise::PaymentAccountState::asked},
     {"done", enterprise::PaymentAccountState::done}}};

inline constexpr Words<enterprise::PaperState, 4> kPaperStates = {{{"waiting", enterprise::PaperState::waiting},
                                                                   {"approved", enterprise::PaperState::approved},
                                                                   {"returned", enterprise::PaperState::returned},
                                                                   {"withdrawn", enterprise::PaperState::withdrawn}}};

inline constexpr Words<enterprise::ReturnReason, 6> kReturnReasons = {
    {{"none", enterprise::ReturnReason::none},
     {"illegible", enterprise::ReturnReason::illegible},
     {"sealMissing", enterprise::ReturnReason::sealMissing},
     {"signatureMissing", enterprise::ReturnReason::signatureMissing},
     {"factsDiffer", enterprise::ReturnReason::factsDiffer},
     {"outOfDate", enterprise::ReturnReason::outOfDate}}};

inline constexpr Words<enterprise::LinkState, 6> kLinkStates = {{{"sent", enterprise::LinkState::sent},
                                                                 {"checking", enterprise::LinkState::checking},
                                                                 {"signed", enterprise::LinkState::signed_},
                                                                 {"refused", enterprise::LinkState::refused},
                                                                 {"withdrawn", enterprise::LinkState::withdrawn},
                                                                 {"expired", enterprise::LinkState::expired}}};

inline constexpr Words<enterprise::Purpose, 3> kPurposes = {{{"authenticate", enterprise::Purpose::authenticate},
                                                             {"legalSeal", enterprise::Purpose::legalSeal},
                                                             {"administrator", enterprise::Purpose::administrator}}};

inline constexpr Words<std::uint8_t, 2> kFactors = {{{"sms", enterprise::kSms}, {"liveness", enterprise::kLiveness}}};

inline constexpr Words<enterprise::StaffState, 3> kStaffStates = {{{"active", enterprise::StaffState::active},
                                                                   {"disabled", enterprise::StaffState::disabled},
                                                                   {"removed", enterprise::StaffState::removed}}};

inline constexpr Words<std::uint8_t, 8> kListFaults = {{{"columns", enterprise::listfault::kColumns},
                                                        {"name", enterprise::listfault::kName},
                                                        {"phoneNumber", enterprise::listfault::kPhoneNumber},
                                                        {"staffNumber", enterprise::listfault::kStaffNumber},
                                                        {"roles", enterprise::listfault::kRoles},
                                                        {"twice", enterprise::listfault::kTwice},
                                                        {"taken", enterprise::listfault::kTaken},
                                                        {"administrator", enterprise::listfault::kAdministrator}}};

inline constexpr Words<enterprise::GrantState, 6> kGrantStates = {{{"open", enterprise::GrantState::open},
                                                                   {"proved", enterprise::GrantState::proved},
                                                                   {"keyed", enterprise::GrantState::keyed},
                                                                   {"active", enterprise::GrantState::active},
                                                                   {"suspended", enterprise::GrantState::suspended},
                                                                   {"ended", enterprise::GrantState::ended}}};

inline constexpr Words<enterprise::StopAct, 3> kStopActs = {
    {{"lost", enterprise::StopAct::reportLost}, {"suspend", enterprise::StopAct::suspend}, {"end", enterprise::StopAct::end}}};

inline constexpr Words<enterprise::Phones::State, 4> kPhoneStates = {{{"none", enterprise::Phones::State::none},
                                                                      {"active", enterprise::Phones::State::active},
                                                                      {"frozen", enterprise::Phones::State::frozen},
                                                                      {"cloned", enterprise::Phones::State::cloned}}};

inline constexpr Words<enterprise::OrderState, 4> kOrderStates = {{{"open", enterprise::OrderState::open},
                                                                   {"paid", enterprise::OrderState::paid},
                                                                   {"cancelled", enterprise::OrderState::cancelled},
                                                                   {"expired", enterprise::OrderState::expired}}};

inline constexpr Words<enterprise::OrderKind, 3> kOrderKinds = {{{"seats", enterprise::OrderKind::seats},
                                                                 {"renewal", enterprise::OrderKind::renewal},
                                                                 {"topUp", enterprise::OrderKind::topUp}}};

inline constexpr Words<enterprise::WalletReason, 3> kWalletReasons = {{{"topUp", enterprise::WalletReason::topUp},
                                                                       {"spent", enterprise::WalletReason::spent},
                                                                       {"leftOver", enterprise::WalletReason::leftOver}}};

inline constexpr Words<enterprise::SealKind, 4> kSealKinds = {{{"company", enterprise::SealKind::company},
                                                               {"legalPerson", enterprise::SealKind::legalPerson},
                                                               {"finance", enterprise::SealKind::finance},
                                                               {"contract", enterprise::SealKind::contract}}};

inline constexpr Words<enterprise::SealState, 5> kSealStates = {{{"waiting", enterprise::SealState::waiting},
                                                                 {"active", enterprise::SealState::active},
                                                                 {"refused", enterprise::SealState::refused},
                                                                 {"suspended", enterprise::SealState::suspended},
                                                                 {"retired", enterprise::SealState::retired}}};

inline constexpr Words<enterprise::SealEvent, 14> kSealEvents = {{{"made", enterprise::SealEvent::made},
                                                                  {"authorised", enterprise::SealEvent::authorised},
                                                                  {"refused", enterprise::SealEvent::refused},
                                                                  {"askedAgain", enterprise::SealEvent::askedAgain},
                                                                  {"suspended", enterprise::SealEvent::suspended},
                                                                  {"resumed", enterprise::SealEvent::resumed},
                                                                  {"retired", enterprise::SealEvent::retired},
                                                                  {"granted", enterprise::SealEvent::granted},
                                                                  {"grantChanged", enterprise::SealEvent::grantChanged},
                                                                  {"grantSuspended", enterprise::SealEvent::grantSuspended},
                                                                  {"grantResumed", enterprise::SealEvent::grantResumed},
                                                                  {"grantEnded", enterprise::SealEvent::grantEnded},
                                                                  {"used", enterprise::SealEvent::used},
                                                                  {"exported", enterprise::SealEvent::exported}}};
inline constexpr Words<enterprise::SealFile, 2> kSealPictures = {{{"svg", enterprise::SealFile::svg}, {"png", enterprise::SealFile::png}}};

inline constexpr Words<enterprise::SealDoer, 5> kSealDoers = {{{"staff", enterprise::SealDoer::staff},
                                                               {"legalRepresentative", enterprise::SealDoer::legalSide},
                                                               {"operator", enterprise::SealDoer::operatorSide},
                                                               {"legalLink", enterprise::SealDoer::legalLink},
                                                               {"letter", enterprise::SealDoer::letter}}};

inline constexpr Words<enterprise::SealGrantState, 4> kSealGrantStates = {
    {{"draft", enterprise::SealGrantState::draft},
     {"active", enterprise::SealGrantState::active},
     {"suspended", enterprise::SealGrantState::suspended},
     {"ended", enterprise::SealGrantState::ended}}};

inline constexpr Words<enterprise::SealGrantStanding, 8> kSealGrantStandings = {
    {{"draft", enterprise::SealGrantStanding::draft},
     {"suspended", enterprise::SealGrantStanding::suspended},
     {"ended", enterprise::SealGrantStanding::ended},
     {"over", enterprise::SealGrantStanding::over},
     {"personDisabled", enterprise::SealGrantStanding::personDisabled},
     {"sealResting", enterprise::SealGrantStanding::sealResting},
     {"early", enterprise::SealGrantStanding::early},
     {"active", enterprise::SealGrantStanding::usable}}};

inline constexpr Words<enterprise::StaffAct, 3> kStandingActs = {
    {{"disable", enterprise::StaffAct::disable}, {"enable", enterprise::StaffAct::enable}, {"remove", enterprise::StaffAct::remove}}};

inline constexpr Words<enterprise::Mark::By, 4> kConfirmedBy = {
    {{"sms", enterprise::Mark::By::sms}, {"face", enterprise::Mark::By::face}, {"operator", enterprise::Mark::By::operatorEntry}, {"shield", enterprise::Mark::By::shield}}};

inline constexpr Words<enterprise::Matter, 6> kMatters = {{{"seal", enterprise::Matter::seal},
                                                           {"sealGrant", enterprise::Matter::sealGrant},
                                                           {"policy", enterprise::Matter::policy},
                                                           {"computers", enterprise::Matter::computers},
                                                           {"administrators", enterprise::Matter::administrators},
                                                           {"certificate", enterprise::Matter::certificate}}};

} // namespace hufu::server
