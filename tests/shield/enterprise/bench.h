// A registry with the world around it, and the shortest ways to an applicant, a company, its people.
#pragma once

#include "shield/enterprise/application.h"
#include "shield/enterprise/facts.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seats.h"
#include "shield/enterprise/staff.h"
#include "tests/support/account_watch.h"
#include "tests/support/company_fakes.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <QTest>

namespace hufu::tests {

// Published numbers: the example of GB 11643, and another of the same form.
inline const std::string kIdNumber = "11010519491231002X", kOtherIdNumber = "420101198005150013";
inline const std::string kCreditCode = "914403001922038216", kOtherCode = "9144030071526726XG";
inline constexpr std::int64_t kMinuteMs = 60'000, kDayMs = 24 * 60 * kMinuteMs;

template <typename Ledger = MemoryLedger> struct BenchOn {
    explicit BenchOn(Ledger &on) : ledger(on) {}
    Ledger &ledger;
    MemoryMasterKey masterKey;
    RecordedRandom random;
    ManualClock clock;
    MemorySms sms;
    MemoryMail mail;
    MemoryIdentity identity;
    MemoryRegister companies;
    codes::SmsCodes smsCodes{ledger, masterKey, random, clock, sms};
    enterprise::Ports ports{ledger, masterKey, random, clock};
    enterprise::Applications applications{ports, smsCodes, mail, {{1, &identity}}, {}};
    enterprise::Facts facts{ports, companies};
    enterprise::Staff staff{ports, &watch};

    struct Bids final : enterprise::SealedBids {
        std::vector<enterprise::SealedBid> list;
        std::optional<enterprise::SealedBid> meanwhile; // is sealed right after a look
        Result<std::vector<enterprise::SealedBid>> of(const enterprise::Id &, const enterprise::Id &) override
        {
            const auto seen = list;
            if (meanwhile) list.push_back(*std::exchange(meanwhile, std::nullopt));
            return seen;
        }
        Result<Bytes> markOf(hufu::ports::Transaction &, const enterprise::Id &, const enterprise::Id &) override
        {
            return Writer().u64(list.size()).take();
        }
    } bids;
    MemoryAccountWatch watch;
    enterprise::Seats seats{ports, bids};
    enterprise::Grants grants{ports, bids, watch};

    enterprise::CompanyFacts factsOf() const
    {
        return {enterprise::CompanyKind::enterprise, "甲建设有限公司", kCreditCode, "李四", kOtherIdNumber};
    }
    enterprise::HandlingPerson handlingPerson() const { return {"张三", kIdNumber, "13800138000"}; }

    std::string applicant = "portal-1"; // account whose application is begun

    // --- an application, step by step; each must work ---------------------------------------------------------------
    enterprise::Id begun()
    {
        companies.entries[kCreditCode] = {"甲建设有限公司", kCreditCode, "李四", kOtherIdNumber};
        return *applications.begin(applicant);
    }
    enterprise::Id reachable()
    {
        const auto id = begun();
        must(applications.sendCode(id, enterprise::Contact::phone, "13800138000"));
        must(applications.proveContact(id, sms.digits()));
        return id;
    }
    enterprise::Verdict<void> consent(const enterprise::Id &id, enterprise::IdentityMethod method = enterprise::IdentityMethod::face)
    {
        return applications.consent(id, enterprise::applicationAgreements(), enterprise::consent::neededFor(method), method,
                                    handlingPerson());
    }
    enterprise::Id identified()
    {
        const auto id = reachable();
        must(consent(id));
        must(applications.startIdentity(id, 1));
        must(applications.finishIdentity(id, ""));
        return id;
    }
    // A company that is not verified, with the handling person as its administrator.
    enterprise::Actor founded()
    {
        const auto id = identified();
        must(facts.submit(id, factsOf()));
        return {id, *staff.personOf(id, "13800138000")};
    }
    enterprise::Actor verified()
    {
        const auto actor = founded();
        mustIn([&](auto &transaction) { return enterprise::verifyCompany(transaction, ports, {}, actor.company, enterprise::Way::letter); });
        return actor;
    }
    enterprise::Id person(const enterprise::Actor &actor, int number, std::uint8_t roles = enterprise::role::kBidStaff)
    {
        const std::string digits = std::to_string(number);
        return must(staff.add(actor, {{"员工" + digits, "1390013" + std::to_string(1000 + number), "", "N" + digits}, roles, "投标部"}, enterprise::Administration::changes));
    }
    enterprise::Id seat(const enterprise::Actor &actor, std::int64_t untilMs = 0)
    {
        const auto id = random.template bytes<16>("seat-id");
        mustIn([&](auto &transaction) {
            return enterprise::Verdict<void>(enterprise::addSeat(transaction, id, actor.company, clock.wall,
                                                                 untilMs ? untilMs : clock.wall + enterprise::kYearMs));
        });
        return id;
    }
    // Moves a grant on as a phone does.
    void activate(const enterprise::Id &grant, enterprise::GrantState to)
    {
        mustIn([&](auto &transaction) -> enterprise::Verdict<void> {
            HUFU_TRY(row, enterprise::loadGrant(transaction, grant));
            row.state = to;
            row.acct = random.template bytes<16>("account-id");
            HUFU_CHECK(transaction.write(hufu::ports::Table::grant, enterprise::accountKey(row.acct), grant));
            return enterprise::saveGrant(transaction, grant, row);
        });
    }
    template <typename Step> void mustIn(Step &&step)
    {
        auto transaction = std::move(*ledger.begin());
        if (const auto done = step(*transaction); !done) qFatal("a step failed: %s", done.error().cause().what.text());
        if (!transaction->commit()) qFatal("no commit");
    }
    template <typename T> static typename enterprise::Verdict<T>::Value must(enterprise::Verdict<T> verdict)
    {
        if (!verdict) qFatal("a step failed: %s (HF-%d)", verdict.error().cause().what.text(), int(verdict.denied().value_or(enterprise::Denied{})));
        return *std::move(verdict);
    }
};

struct OwnLedger {
    MemoryLedger memory;
};

struct Bench : private OwnLedger, BenchOn<> {
    Bench() : BenchOn<>(OwnLedger::memory) {}
};

// Some text of a person stands nowhere in the database.
inline bool isHidden(const MemoryLedger &ledger, std::initializer_list<std::string> texts)
{
    for (const auto &[at, value] : ledger.rows)
        for (const std::string &text : texts)
            for (const Bytes &bytes : {at.second, value})
                if (std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) != bytes.end()) return false;
    return true;
}

} // namespace hufu::tests
