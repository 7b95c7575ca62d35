// Verdict<T>: a value, a reason that a person can act on (Denied), or an Error.
#pragma once

#include "shield/base/result.h"

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace hufu::enterprise {

// Why an act of a company is refused. The numbers are those of the catalogue (HF-nnn), which says what to do next.
enum class Denied : std::uint16_t {
    smsWrong = 402,
    smsExpired = 403,
    smsTooOften = 404,
    livenessFailed = 405,
    agreementMissing = 406,
    codeStillCounts = 410,
    // the application
    creditCodeInvalid = 700,
    idNumberInvalid = 701,
    registerMismatch = 702,
    registerUnknown = 703,
    overseas = 704,
    companyTaken = 705,
    factsTooOften = 706,
    consentMissing = 707,
    identityPending = 708,
    methodNotAllowed = 709,
    identityTooOften = 710,
    // company authentication
    paymentTooSoon = 720,
    paymentsUsedUp = 721,
    amountWrong = 722,
    amountsWorn = 723,
    paymentReturned = 724,
    accountInvalid = 725,
    accountOther = 726,
    documentUnfit = 727,
    linkInvalid = 728,
    paymentPending = 729,
    amountsResting = 730,
    // licences
    orderOver = 740,
    orderDiffers = 741,
    balanceLow = 742,
    quantityInvalid = 743,
    seatsUsedUp = 744,
    seatChangesUsedUp = 745,
    invoiceInvalid = 746,
    seatsTooMany = 747,
    // staff, grants, seals
    companyUnverified = 760,
    roleMissing = 761,
    lastAdministrator = 762,
    staffExists = 763,
    staffInactive = 764,
    sealedBidsAtRisk = 765,
    periodInvalid = 766,
    periodOver = 767,
    sealInactive = 768,
    grantExists = 769,
    listInvalid = 770,
    policyTooLax = 772,
    bidsUnreadable = 773,
    sealNotForThis = 775,
    staffTooMany = 776,
    periodPast = 777,
    periodTooLong = 778,
    sealNumberTaken = 779,
    // confirmations of these
    shieldWanted = 790,
    shieldUnusable = 791,
    shieldPending = 792,
    // a platform's accounts
    certificateUnbound = 780,
    boundElsewhere = 781,
    accountBound = 782,
};

class Failure {
public:
    Failure(Denied denied) : m_denied(denied), m_error(Errc::refused, "denied") {}
    Failure(Error error) : m_error(error) {}
    std::optional<Denied> denied() const { return m_denied; }
    const Error &cause() const { return m_error; } // where nothing more precise is known

private:
    std::optional<Denied> m_denied;
    Error m_error;
};

// Has Result's names, so that HUFU_TRY and HUFU_CHECK lead a Failure out of a function as they do an Error.
template <typename T> class [[nodiscard]] Verdict {
public:
    using Value = std::conditional_t<std::is_void_v<T>, Done, T>;

    Verdict() requires std::is_void_v<T> : m_state(Done{}) {}
    template <typename U = Value>
        requires(!std::is_same_v<std::remove_cvref_t<U>, Verdict> && !std::is_same_v<std::remove_cvref_t<U>, Denied> &&
                 !std::is_same_v<std::remove_cvref_t<U>, Error> && !std::is_same_v<std::remove_cvref_t<U>, Failure> &&
                 std::is_constructible_v<Value, U &&>)
    Verdict(U &&value) : m_state(std::in_place_index<0>, std::forward<U>(value))
    {}
    Verdict(Failure failure) : m_state(std::in_place_index<1>, failure) {}
    Verdict(Denied denied) : Verdict(Failure(denied)) {}
    Verdict(Error error) : Verdict(Failure(error)) {}
    Verdict(Result<T> result) : m_state(std::in_place_index<1>, Failure(Error(Errc::internal, "no result")))
    {
        if (!result)
            m_state.template emplace<1>(result.error());
        else if constexpr (std::is_void_v<T>)
            m_state.template emplace<0>();
        else
            m_state.template emplace<0>(std::move(*result));
    }

    explicit operator bool() const { return m_state.index() == 0; }
    Value &operator*() & { return std::get<0>(m_state); }
    const Value &operator*() const & { return std::get<0>(m_state); }
    Value operator*() && { return std::get<0>(std::move(m_state)); } // a value, so that a loop over *verdict() is no loop over a ghost
    Value *operator->() { return &std::get<0>(m_state); }
    const Value *operator->() const { return &std::get<0>(m_state); }
    const Failure &error() const { return std::get<1>(m_state); }
    std::optional<Denied> denied() const { return *this ? std::nullopt : error().denied(); }

private:
    std::variant<Value, Failure> m_state;
};

} // namespace hufu::enterprise
