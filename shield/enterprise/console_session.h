// Log-ins to the console: a person's phone number and a code by SMS, then the company where there are several; or a log-in that a shield
// has approved.
#pragma once

#include "shield/enterprise/staff.h"
#include "shield/enterprise/typed_code.h"

namespace hufu::enterprise {

using ConsoleToken = ByteArray<32>;

// Until when an account can prove who it is.
class Certified {
public:
    virtual ~Certified() = default;
    // The end of its sign certificate, Unix milliseconds; 0: there is none, or it is revoked. Never called inside a transaction.
    // Errors: unavailable.
    virtual Result<std::int64_t> until(const Id &acct) = 0;
};

class ConsoleSessions {
public:
    static constexpr std::int64_t kIdleMs = 30 * 60'000, kWholeMs = std::int64_t{8} * 3'600'000;

    ConsoleSessions(const Ports &ports, codes::SmsCodes &smsCodes, Certified &certified)
        : m_ports(ports), m_smsCodes(smsCodes), m_certified(certified)
    {}

    // creditCode: of the company, which limits whom it is sent to; empty: whoever has the number in whatever company.
    // The answer is the same whether or not there is such a company or person, and whatever becomes of the message. It is not as quick: for a
    // number that is known, a code is written down and sent before the answer, so that whoever measures the time can tell. Asking is rated.
    // network: whence it is asked; messages and wrong digits count for it alone, besides the number's day: credit code and number are no
    // secret, and a stranger who tries them shuts nobody out who asks from elsewhere. visit: the browser that asks, in which the code is
    // good, whatever network it is in by then; empty: there is none, and it is good from this network alone.
    // Returns: milliseconds until another may be asked for. Errors: unavailable (ledger).
    Result<std::int64_t> askCode(std::string_view creditCode, std::string_view phoneNumber, std::string_view network = {}, std::string_view visit = {});

    struct Opened {
        ConsoleToken token{}; // only its hash is kept
        Actor actor;
        std::int64_t expiresMs = 0;
    };
    // Denied: smsWrong, for whatever reason: no company, no person, another code, another browser, too late, too often.
    Verdict<Opened> open(std::string_view creditCode, std::string_view phoneNumber, std::string_view digits, std::string_view network = {},
                         std::string_view visit = {});

    struct Place {
        std::string company, creditCode;
    };
    struct Entered {
        std::optional<Opened> opened; // where there is one company
        std::vector<Place> places;    // else the companies to choose from; open() with the same digits, which still count, enters one
    };
    // Whoever does not name the company: only with the right digits is anything told of it. Denied: smsWrong, as open.
    Verdict<Entered> enter(std::string_view phoneNumber, std::string_view digits, std::string_view network = {}, std::string_view visit = {});
    // For the applicant whose facts have matched, while no log-in can name the company yet: at once after the facts, or with a
    // code to the applicant's own number, as the staff has it by then. Denied: smsTooOften, smsWrong. Errors: notFound; badState (not matched yet).
    Verdict<Opened> openForApplicant(const Id &application);
    Verdict<std::int64_t> askCodeForApplicant(const Id &application);
    Verdict<Opened> openForApplicant(const Id &application, std::string_view digits);
    // For the holder of an account who has just approved a log-in to the console. The session ends with what has opened it: the
    // grant (also when that is suspended for a moment), its seat, its certificate. Denied: staffInactive. Errors: notFound (also
    // when one of them has ended since).
    Verdict<Opened> openByShield(const Actor &holder, const Id &acct);
    // Whose session it is; it goes on. Errors: notFound (unknown, closed, over, or the person is not active any more).
    Result<Actor> actorOf(const ConsoleToken &token);
    Result<void> close(const ConsoleToken &token); // an unknown one is no error
    Result<void> sweep(); // forgets those that are over

private:
    using Applicant = std::pair<Actor, std::string>; // and the number to send a code to
    // A number, as its index, and whose it is where a log-in can name the company.
    struct Found {
        ByteArray<32> index{};
        std::string phoneNumber;
        std::vector<std::pair<Actor, Place>> people;
    };
    Result<Applicant> applicantOf(const Id &application);
    enum class By : std::uint16_t { sms = 0, shield = 1 }; // in the audit log
    // acct: whose shield has opened it, zero: none; certifiedMs: the end of its certificate.
    Verdict<Opened> openFor(const Actor &actor, const Id &acct = {}, std::int64_t certifiedMs = 0);
    Result<std::int64_t> seatedUntil(ports::Transaction &transaction, const Id &acct);
    Result<Found> find(std::string_view creditCode, std::string_view phoneNumber);
    Verdict<void> check(const Found &found, std::string_view digits, codes::Right right, std::string_view network, std::string_view visit);

    Ports m_ports;
    codes::SmsCodes &m_smsCodes;
    Certified &m_certified;
};

// --- in the caller's transaction. Errors: unavailable ---------------------------------------------------------------

// Ends a person's sessions: those that an account has opened, or all (zero). Such as were over by themselves go without a record.
Result<void> endSessionsOf(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &person, const Id &acct = {});

} // namespace hufu::enterprise
