// Fakes of the world that companies deal with: identity services, register, bank, cashier, papers.
#pragma once

#include "shield/ports/outside.h"

#include <map>
#include <string>
#include <vector>

namespace hufu::tests {

class MemoryMail final : public ports::MailGateway {
public:
    Result<void> send(std::string_view address, std::string_view subject, std::string_view text) override
    {
        if (down) return Error(Errc::unavailable, "mail down");
        addresses.emplace_back(address);
        subjects.emplace_back(subject);
        texts.emplace_back(text);
        return {};
    }
    std::vector<std::string> addresses, subjects, texts;
    bool down = false;
};

class MemoryIdentity final : public ports::IdentityService {
public:
    Result<Task> start(std::string_view name, std::string_view idNumber) override
    {
        if (down) return Error(Errc::unavailable, "identity service down");
        asked.push_back(std::string(name) + "/" + std::string(idNumber));
        return Task{"ticket-" + std::to_string(asked.size()), "https://identity.example/" + std::to_string(asked.size())};
    }
    Result<Outcome> outcome(std::string_view) override
    {
        if (down) return Error(Errc::unavailable, "identity service down");
        return next;
    }
    std::vector<std::string> asked;
    Outcome next = Outcome::passed;
    bool down = false;
};

class MemoryRegister final : public ports::BusinessRegister {
public:
    Result<ports::RegisterAnswer> compare(const ports::CompanyClaim &claim) override
    {
        if (down) return Error(Errc::unavailable, "register down");
        ++asked;
        const auto it = entries.find(claim.code);
        if (it == entries.end()) return ports::RegisterAnswer{};
        const ports::CompanyClaim &entry = it->second;
        return ports::RegisterAnswer{true, entry.name == claim.name, entry.legalName == claim.legalName,
                                     entry.legalIdNumber == claim.legalIdNumber, entry.kind == claim.kind};
    }
    std::map<std::string, ports::CompanyClaim> entries;
    int asked = 0;
    bool down = false;
};

class MemoryBank final : public ports::Bank {
public:
    Result<void> pay(const ports::Payout &payout) override
    {
        if (down) return Error(Errc::unavailable, "bank down");
        if (!payouts.contains(payout.reference)) last = payout;
        payouts.emplace(payout.reference, payout);
        if (lostReply) return Error(Errc::unavailable, "reply was lost");
        return {};
    }
    Result<State> stateOf(const ByteArray<16> &reference) override
    {
        if (down) return Error(Errc::unavailable, "bank down");
        if (!payouts.contains(reference)) return Error(Errc::notFound, "no such payout");
        return state;
    }
    std::map<ByteArray<16>, ports::Payout> payouts;
    ports::Payout last;
    State state = State::paid;
    bool down = false, lostReply = false;
};

class MemoryCashier final : public ports::Cashier {
public:
    Result<std::string> start(const ByteArray<16> &order, std::int64_t cents, std::string_view) override
    {
        if (down) return Error(Errc::unavailable, "cashier down");
        asked.emplace_back(order, cents);
        return "https://cashier.example/" + toHex(order);
    }
    std::vector<std::pair<ByteArray<16>, std::int64_t>> asked;
    bool down = false;
};

class MemoryAccounts final : public ports::CompanyAccounts {
public:
    Result<ports::IdentityService::Task> start() override
    {
        if (down) return Error(Errc::unavailable, "payment service down");
        return ports::IdentityService::Task{"account-1", "https://account.example/1"};
    }
    Result<Answer> outcome(std::string_view) override
    {
        if (down) return Error(Errc::unavailable, "payment service down");
        return next;
    }
    Answer next;
    bool down = false;
};

class MemoryReviewDesk final : public ports::ReviewDesk {
public:
    Result<void> submit(const ByteArray<16> &paper, std::string_view, ByteView document) override
    {
        if (down) return Error(Errc::unavailable, "review desk down");
        papers[paper] = bytesOf(document);
        return {};
    }
    std::map<ByteArray<16>, Bytes> papers;
    bool down = false;
};

class MemoryServiceKey final : public ports::ServiceKey {
public:
    Result<ByteArray<64>> sign(ByteView message) override
    {
        if (down) return Error(Errc::unavailable, "service key down");
        signedMessages.push_back(bytesOf(message));
        ByteArray<64> signature{};
        signature[0] = static_cast<std::uint8_t>(signedMessages.size());
        return signature;
    }
    std::vector<Bytes> signedMessages;
    bool down = false;
};

} // namespace hufu::tests
