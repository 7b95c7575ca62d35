// For testers alone (--outside): what the stand-ins of the outside world have received, what they answer, and how they fail.
#pragma once

#include "app/server/routes.h"
#include "shield/enterprise/review.h"
#include "shield/ports/outside.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hufu::server {

struct Faults {
    bool smsDown = false, mailDown = false, faceDown = false, identityDown = false, registerDown = false, accountsDown = false, reviewDown = false;
    std::int64_t smsDelayMs = 0, mailDelayMs = 0;
    std::int64_t certificateMs = 0; // how long those last that the authority issues from now on; 0: as always
    std::optional<std::string> faceVerdict;     // "live", "notLive", "otherPerson": whatever the evidence says
    std::optional<std::string> identityVerdict; // "passed", "failed": of every check, without a tester
    std::int64_t smsCopies = 1, mailCopies = 1, bankCopies = 1;
    bool smsBackwards = false, mailBackwards = false, bankBackwards = false;
    bool faceLosesReplies = false, identityLosesReplies = false;
    std::int64_t faceDelayMs = 0, registerDelayMs = 0; // somebody waits for the answer meanwhile
    std::int64_t identityDelayMs = 0;                  // until an outcome is told
    bool bankDown = false, bankLosesReplies = false, bankReturnsAll = false;
    std::int64_t bankDelayMs = 0;
    bool cashierDown = false, cashierBackwards = false;
    std::int64_t cashierCopies = 1, cashierDelayMs = 0;
};

// How the stand-ins are reached, without naming them. Errors of what names a thing: notFound.
struct Outside {
    struct Message {
        std::string to, subject, text; // subject: of a letter
        std::int64_t arrivedMs = 0;
    };
    std::function<std::vector<Message>(const std::string &phoneNumber)> messagesFor; // newest first
    std::function<std::vector<Message>()> messages;                                  // SMS and letters, newest first

    struct Time {
        std::int64_t unixMs = 0, aheadMs = 0; // of the system's clock
    };
    std::function<Time()> now;
    std::function<Result<void>(std::int64_t ms)> jump; // ahead, for phones and desks with the same clock as well

    // People whose outcome is always the same, and a link with which a phone is activated for one; notFound: nobody's number.
    struct Figure {
        std::string phoneNumber, name, staffNumber, outcome;
    };
    std::function<std::vector<Figure>()> people;
    std::function<Result<std::string>(const std::string &phoneNumber)> activation;
    // Somebody new at a company, by its credit code or its name; both are made if there is none. Errors: badInput.
    struct Employed {
        Figure figure;
        std::string company, creditCode, activation; // activation: the link
    };
    std::function<Result<Employed>(const std::string &company)> employ;

    std::function<Faults()> faults;
    std::function<void(const Faults &)> setFaults;

    struct Check {
        std::uint8_t service = 0;
        std::string ticket, name;
        ports::IdentityService::Outcome outcome{};
    };
    std::function<std::vector<Check>()> checks;
    std::function<Result<void>(const std::string &ticket, ports::IdentityService::Outcome)> decide;

    std::function<std::vector<ports::CompanyClaim>()> registerEntries;
    std::function<void(const ports::CompanyClaim &)> enter;
    std::function<void(const std::string &code)> strike;

    struct Payout {
        ports::Payout payout;
        ports::Bank::State state{};
        std::int64_t orderedMs = 0;
    };
    std::function<std::vector<Payout>()> payouts;
    // Somebody pays to the operator, and the bank tells of it that often.
    std::function<Result<void>(const std::string &payer, std::int64_t cents, int copies)> credit;

    std::function<std::vector<std::pair<ByteArray<16>, std::int64_t>>()> asked; // orders at the cashier
    // Somebody pays for an order at the cashier, or fails to; the cashier tells the registry when it likes.
    std::function<Result<void>(const ByteArray<16> &order, std::int64_t cents, bool succeeds)> pay;

    std::function<std::vector<std::pair<std::string, bool>>()> accountQuestions; // ticket, and whether it waits
    std::function<Result<void>(const std::string &ticket, const std::string &name, const std::string &code)> agree;

    struct Paper {
        ByteArray<16> id{};
        std::string kind;
        Bytes document;
        enterprise::Reviews::About about; // what it must agree with
    };
    std::function<std::vector<Paper>()> papers;
    std::function<enterprise::Verdict<void>(const ByteArray<16> &paper, bool approved, enterprise::ReturnReason)> judge;
};

void addOutsideApi(Routes &routes, Outside outside);

} // namespace hufu::server
