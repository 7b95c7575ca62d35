// How companies, persons, seats and grants are kept.
#pragma once

#include "shield/enterprise/enterprise.h"

namespace hufu::enterprise {

struct PersonRow {
    Id company{};
    Person person;
};

struct SeatRow {
    Id company{};
    Id person{}; // zero: free
    Id grant{};  // zero: none yet
    std::int64_t validUntilMs = 0;

    static Result<SeatRow> parse(ByteView bytes);
    Bytes encode() const;
};

enum class GrantState : std::uint8_t {
    open = 1,   // waits for the person
    proved = 2, // an account and a ticket are given
    keyed = 3,  // keys are made; whether the phone has them is not known
    active = 4, // a phone has shown that it holds them
};

struct GrantRow {
    Id company{}, person{}, seat{};
    GrantState state = GrantState::open;
    ByteArray<32> codeSm3{}; // zero: no code is valid
    std::int64_t codeMadeMs = 0;
    std::uint8_t numberTries = 0; // wrong phone numbers told under this code
    Id acct{};
    ByteArray<32> ticketSm3{}; // zero: none is valid
    std::int64_t ticketMadeMs = 0;
    std::vector<Agreement> agreements; // accepted
    std::int64_t acceptedMs = 0;

    static Result<GrantRow> parse(ByteView bytes);
    Bytes encode() const;
};

// Keys.
Bytes grantKey(const Id &grant);
Bytes accountKey(const Id &acct);                      // in Table::grant: the account's grant
Bytes activationKey(const ByteArray<32> &codeSm3);     // in Table::code: the code's grant
ByteArray<32> sm3OfCode(const ActivationCode &code);
ByteArray<32> sm3OfTicket(const Id &acct, const ByteArray<32> &ticket);
Bytes encodeAgreements(const std::vector<Agreement> &agreements);

// A company is public knowledge and stands as it is; a person is sealed.
Bytes encodeCompany(const Company &company);
Result<Company> parseCompany(ByteView bytes);
Result<Bytes> sealPerson(ports::MasterKey &masterKey, const Id &id, const PersonRow &row);
Result<PersonRow> openPerson(ports::MasterKey &masterKey, const Id &id, ByteView sealed);

// Reading in a transaction. Errors: notFound, unavailable, tampered.
Result<Company> loadCompany(ports::Transaction &transaction, const Id &id);
Result<PersonRow> loadPerson(ports::Transaction &transaction, ports::MasterKey &masterKey, const Id &id);
Result<SeatRow> loadSeat(ports::Transaction &transaction, const Id &id);
Result<GrantRow> loadGrant(ports::Transaction &transaction, const Id &id);
// The grant of an account.
Result<std::pair<Id, GrantRow>> loadGrantOf(ports::Transaction &transaction, const Id &acct);

} // namespace hufu::enterprise
