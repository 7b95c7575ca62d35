// The world outside the product: what others run, behind ports. Stand-ins are in platform/outside.
#pragma once

#include "shield/base/secret.h"

#include <string>
#include <string_view>
#include <vector>

namespace hufu::ports {

// What every "unavailable" of these services says, so that a person is told of them and not of our own disk.
inline constexpr Literal kServiceAway("a service outside does not answer");

constexpr bool isServiceAway(const Error &error)
{
    return error.code == Errc::unavailable && std::string_view(error.what.text()) == kServiceAway.text();
}

// Errors: unavailable (the gateway is down), badInput (not a number it can reach).
class SmsGateway {
public:
    virtual ~SmsGateway() = default;
    virtual Result<void> send(std::string_view phoneNumber, std::string_view text) = 0;
};

// A face service: the phone's SDK yields evidence, the server has the service judge it.
// Errors: refused (not a live person, or another one), unavailable, badInput.
class LivenessService {
public:
    virtual ~LivenessService() = default;
    virtual Result<void> judge(std::string_view personId, ByteView evidence) = 0;
};

// Errors: unavailable, badInput (no address it can reach).
class MailGateway {
public:
    virtual ~MailGateway() = default;
    virtual Result<void> send(std::string_view address, std::string_view subject, std::string_view text) = 0;
};

// --- identity and companies ----------------------------------------------------------------------------------------

// Real name by face: the service is told whom to expect, the person goes to its page (or scans it), and the service says
// how it went. Errors: unavailable, badInput.
class IdentityService {
public:
    enum class Outcome : std::uint8_t { pending = 1, passed, failed };
    struct Task {
        std::string ticket;  // names the check to the service
        std::string address; // of the page for the person; shown as a link and as a QR code
    };
    virtual ~IdentityService() = default;
    virtual Result<Task> start(std::string_view name, std::string_view idNumber) = 0;
    virtual Result<Outcome> outcome(std::string_view ticket) = 0; // notFound: not a ticket of this service
};

enum class CompanyKind : std::uint8_t { enterprise = 1, individualBusiness, other, overseas };

// What a company says of itself, and which of it the register agrees with. The register's own values do not come over:
// what is not here cannot leak. Errors: unavailable.
struct CompanyClaim {
    std::string name, code; // credit code or registration number
    std::string legalName, legalIdNumber;
    CompanyKind kind = CompanyKind::enterprise;
};

struct RegisterAnswer {
    bool found = false; // a company of this code, in business
    bool nameFits = false, legalNameFits = false, legalIdNumberFits = false, kindFits = false;
};

class BusinessRegister {
public:
    virtual ~BusinessRegister() = default;
    virtual Result<RegisterAnswer> compare(const CompanyClaim &claim) = 0;
};

// --- money: integer cents ------------------------------------------------------------------------------------------

struct Payout {
    ByteArray<16> reference{}; // the bank pays once for a reference, however often it is asked
    std::string holder, bank, province, city, account;
    std::int64_t cents = 0;
};

// Errors: unavailable.
class Bank {
public:
    enum class State : std::uint8_t { pending = 1, paid, returned };
    virtual ~Bank() = default;
    virtual Result<void> pay(const Payout &payout) = 0;
    virtual Result<State> stateOf(const ByteArray<16> &reference) = 0; // notFound: never asked to pay
};

// The cashier takes money for an order; its notices (enterprise::Orders::noticed) come later, repeated, in any order.
// Errors: unavailable.
class Cashier {
public:
    virtual ~Cashier() = default;
    // Returns: the address to pay at, shown as a QR code.
    virtual Result<std::string> start(const ByteArray<16> &order, std::int64_t cents, std::string_view subject) = 0;
};

// A company's account with a payment service: the service knows the company behind it. Errors: unavailable.
class CompanyAccounts {
public:
    struct Answer {
        bool pending = true;
        std::string name, code; // of the company, once it has agreed
    };
    virtual ~CompanyAccounts() = default;
    virtual Result<IdentityService::Task> start() = 0;
    virtual Result<Answer> outcome(std::string_view ticket) = 0; // notFound
};

// --- papers --------------------------------------------------------------------------------------------------------

// People who look at uploaded papers; what they say comes back later (enterprise::Reviews::judged). Errors: unavailable.
class ReviewDesk {
public:
    virtual ~ReviewDesk() = default;
    virtual Result<void> submit(const ByteArray<16> &paper, std::string_view kind, ByteView document) = 0;
};

// The operator's own signature under acts that a company confirms before it has a seal. Errors: unavailable.
class ServiceKey {
public:
    virtual ~ServiceKey() = default;
    virtual Result<ByteArray<64>> sign(ByteView message) = 0;
};

// Seals what must not lie readable in the database. The file implementation is in platform/keyring; an HSM
// fits behind the same two calls. context is bound to the ciphertext and must be given again.
class MasterKey {
public:
    virtual ~MasterKey() = default;
    virtual Result<Bytes> seal(ByteView plain, ByteView context) = 0;
    // Errors: tampered.
    virtual Result<SecretBytes> open(ByteView sealed, ByteView context) = 0;
};

// Keys of the cosigner's shares that no backup of the database holds: one for a device in an epoch, destroyed when a
// refresh commits, so that what an old backup has sealed under it is noise (PROTOCOL R7). The file implementation is in
// platform/keyring; in an HSM a name is a key's label. Errors of every call: unavailable.
class EpochKeys {
public:
    struct Name {
        ByteArray<16> acct{};
        std::uint32_t epoch = 0;
        ByteArray<8> mark{}; // tells two keys of one epoch apart; zero: no key
        bool operator==(const Name &) const = default;
    };
    virtual ~EpochKeys() = default;
    // Returns only when the key outlives a crash. Errors: badState (there is one of that name).
    virtual Result<void> make(const Name &name) = 0;
    virtual Result<bool> has(const Name &name) = 0;
    // Errors: notFound.
    virtual Result<Bytes> seal(const Name &name, ByteView plain, ByteView context) = 0;
    // Errors: notFound; tampered.
    virtual Result<SecretBytes> open(const Name &name, ByteView sealed, ByteView context) = 0;
    // Returns only when the key cannot come back; one that is not there is no error.
    virtual Result<void> destroy(const Name &name) = 0;
    virtual Result<std::vector<Name>> list() = 0;
};

} // namespace hufu::ports
