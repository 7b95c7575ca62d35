// The server's rows. They are ours, most of them sealed; a damaged database must still not be undefined behaviour.
#include "shield/audit/log.h"
#include "shield/audit/record.h"
#include "shield/authority/rows.h"
#include "shield/codes/sms_code.h"
#include "shield/cosigner/rows.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seats.h"
#include "shield/opening/bid.h"
#include "shield/sessions/desk_rows.h"
#include "shield/sessions/session_row.h"
#include "tests/fuzz/open_ports.h"
#include "tests/fuzz/target.h"
#include "tests/support/fakes.h"
#include "tests/support/pki.h"

namespace hufu::tests {

namespace {

template <typename Row> void feedRow(ByteView bytes)
{
    const auto row = Row::parse(bytes);
    if (row) hold(sameBytes(row->encode(), bytes), "what is accepted is written the same");
}

// For rows of which earlier versions are still read: they are written in the newest, which is the same for good.
template <typename Row> void feedGrown(ByteView bytes)
{
    const auto row = Row::parse(bytes);
    if (!row) return;
    const Bytes written = row->encode();
    hold(written.size() >= bytes.size(), "nothing is left out");
    const auto again = Row::parse(written);
    hold(again && again->encode() == written, "what is accepted is written the same");
}

void feedRecovery(ByteView bytes)
{
    const auto row = cosigner::RecoveryRow::parse(bytes);
    if (row) hold(sameBytes(row->encode().expose(), bytes), "what is accepted is written the same");
}

std::vector<Bytes> recoverySeeds()
{
    cosigner::RecoveryRow row;
    row.digits = "01234567";
    std::vector<Bytes> seeds{bytesOf(row.encode().expose())};
    row.candidate = cosigner::RecoveryRow::Candidate{};
    seeds.push_back(bytesOf(row.encode().expose()));
    return seeds;
}

// For rows in which a byte that is not zero means yes: written once more, they are the same for good.
// In: grown, bytes that the newest version has more than that of these.
template <typename Parse, typename Encode> void feedTwice(ByteView bytes, const Parse &parse, const Encode &encode, std::size_t grown = 0)
{
    const auto row = parse(bytes);
    if (!row) return;
    const Bytes written = encode(*row);
    hold(written.size() == bytes.size() + grown, "nothing is left out");
    const auto again = parse(written);
    hold(again && encode(*again) == written, "what is accepted is written the same");
}

std::vector<Bytes> deviceSeeds()
{
    cosigner::DeviceRow row;
    row.chain.ctr = 5;
    row.sealedKDev = Bytes(60, 1);
    return {row.encode()};
}

std::vector<Bytes> bidSeeds()
{
    opening::Bid bid;
    bid.project = {"ZB-1", "Bridge", "2"};
    bid.recipients = {{"A", Bytes(20, 1), {1}}, {"B", {}, {}}};
    return {bid.encode()};
}

std::vector<Bytes> keySeeds()
{
    cosigner::KeyRow row;
    row.point = crypto::Point::generator();
    row.sealedShare = Bytes(125, 2);
    cosigner::KeyRow destroyed = row;
    destroyed.state = cosigner::KeyState::destroyed;
    destroyed.sealedShare.clear();
    cosigner::KeyRow ed25519 = row;
    ed25519.point = crypto::EdPoint::generator().bytes();
    return {row.encode(), destroyed.encode(), ed25519.encode()};
}

std::vector<Bytes> refreshSeeds()
{
    cosigner::RefreshRow row;
    row.shares = {{ByteArray<32>{1}, Bytes(125, 3)}, {ByteArray<32>{2}, Bytes(125, 4)}};
    row.sealedRho2 = Bytes(60, 5);
    return {row.encode()};
}

std::vector<Bytes> resultSeeds()
{
    cosigner::ResultRow row;
    row.signatures = {ByteArray<64>{1}, ByteArray<64>{2}};
    return {row.encode(), cosigner::ResultRow{}.encode()};
}

void feedRecord(ByteView bytes)
{
    const auto record = audit::Record::parse(bytes);
    if (!record) return;
    hold(sameBytes(record->encode(), bytes), "a record has one form");
    hold(record->sm3() == crypto::sm3(bytes), "the hash is over what is stored");
}

std::vector<Bytes> recordSeeds()
{
    audit::Record record;
    record.sequence = 1;
    record.entry.event = audit::Event::signatureGiven;
    audit::Record old = record; // from before records said who did it
    old.version = 1;
    return {record.encode(), old.encode()};
}

// A chain whose single record is the input: the verifier must find what is wrong, or it is the genuine one.
void feedChain(ByteView bytes)
{
    audit::Record genuine;
    genuine.sequence = 1;
    genuine.entry.event = audit::Event::signatureGiven;
    const audit::Head head{1, genuine.sm3()};
    const bool intact = audit::verifyChain(audit::kRootChain, {bytesOf(bytes)}, head).empty();
    hold(intact == sameBytes(bytes, genuine.encode()), "only the genuine record fits the anchor");
}

// The end of a chain, as it lies in the ledger.
void feedHead(ByteView bytes)
{
    MemoryLedger ledger;
    auto transaction = ledger.begin();
    hold(audit::append(**transaction, audit::kRootChain, {}) && (*transaction)->commit(), "a chain begins");
    for (auto &[key, value] : ledger.rows)
        if (key.first == ports::Table::meta) value = bytesOf(bytes);
    const auto head = audit::headOf(ledger, audit::kRootChain);
    if (head) hold(head->sequence != 0 && bytes.size() == 40, "a head names a record");
    const auto report = audit::verify(ledger);
    hold(bool(report), "the verifier reports, whatever it finds");
}

std::vector<Bytes> headSeeds()
{
    return {Writer().u64(1).raw(ByteArray<32>{1}).take()};
}

void feedSession(ByteView bytes)
{
    feedTwice(
        bytes, [](ByteView in) { return sessions::SessionRow::parse(in); },
        [](const sessions::SessionRow &row) { return bytesOf(row.encode().expose()); },
        !bytes.empty() && bytes.front() == 1 ? 32 : 0); // of before the desk could ask for one person
}

std::vector<Bytes> sessionSeeds()
{
    sessions::SessionRow row;
    row.manifest = bytesOf(viewOf("{}"));
    row.digits = "1234";
    row.signatures = {{1, ByteArray<64>{1}}};
    row.opened = {0, 3};
    return {bytesOf(row.encode().expose()), bytesOf(sessions::SessionRow{}.encode().expose())};
}

constexpr sessions::AccountId kOwner{1};
constexpr sessions::DeskId kDesk{2};

// What lies in the ledger for an enrolled desk.
Bytes deskRow(MemoryLedger &ledger, const std::optional<ByteView> &replacement)
{
    OpenMasterKey masterKey;
    auto transaction = ledger.begin();
    hold(sessions::enrol(**transaction, masterKey, {kDesk, {}, "办公室", "LAN", kOwner, 5}) && (*transaction)->commit(),
         "a desk is enrolled");
    for (auto &[key, value] : ledger.rows) {
        if (value.empty()) continue;
        if (replacement) value = bytesOf(*replacement);
        return value;
    }
    return {};
}

void feedDesk(ByteView bytes)
{
    if (bytes.empty()) return;
    MemoryLedger ledger;
    OpenMasterKey masterKey;
    deskRow(ledger, bytes);
    auto transaction = ledger.begin();
    const auto desk = sessions::deskOf(**transaction, masterKey, kDesk, kOwner);
    if (!desk || !*desk) return;
    MemoryLedger second;
    auto writing = second.begin();
    hold(sessions::enrol(**writing, masterKey, **desk) && (*writing)->commit(), "what is accepted can be written");
    // One of before begins with the desk's id, and is written behind the number of today's form.
    const bool isFormer = bytes.size() >= kDesk.size() && sameBytes(bytes.first(kDesk.size()), kDesk);
    const Bytes form{1};
    const Bytes expected = isFormer ? concat({form, bytes}) : bytesOf(bytes);
    for (const auto &[key, value] : second.rows)
        if (!value.empty()) hold(sameBytes(value, expected), "what is accepted is written the same");
}

std::vector<Bytes> deskSeeds()
{
    MemoryLedger ledger;
    return {deskRow(ledger, std::nullopt)};
}

// The registry's rows list their fields once.
template <typename Row> void feedFields(ByteView bytes)
{
    feedTwice(bytes, enterprise::parseRow<Row>, [](const Row &row) { return enterprise::encodeRow(row); });
}

std::vector<Bytes> companySeeds()
{
    return {enterprise::encodeRow(enterprise::Company{"示范公司", "91110000X", {}})};
}

void feedPerson(ByteView bytes)
{
    OpenMasterKey masterKey;
    const auto person = enterprise::openRow<enterprise::PersonRow>(masterKey, {}, bytes);
    if (!person) return;
    const auto again = enterprise::sealRow(masterKey, {}, *person);
    hold(again && sameBytes(*again, bytes), "what is accepted is written the same");
}

std::vector<Bytes> personSeeds()
{
    OpenMasterKey masterKey;
    enterprise::PersonRow row;
    row.person = {"张三", "13800138000", "19900101", "HF-1"};
    return {*enterprise::sealRow(masterKey, {}, row)};
}

std::vector<Bytes> seatSeeds()
{
    return {enterprise::encodeRow(enterprise::SeatRow{})};
}

std::vector<Bytes> grantSeeds()
{
    enterprise::GrantRow row;
    row.agreements = {{"terms", 1}, {"privacy", 2}};
    return {enterprise::encodeRow(row), enterprise::encodeRow(enterprise::GrantRow{})};
}

void feedAuthority(ByteView bytes)
{
    feedTwice(bytes, authority::rows::StoredAuthority::parse,
              [](const authority::rows::StoredAuthority &row) { return row.encode(); });
}

std::vector<Bytes> authoritySeeds()
{
    authority::rows::StoredAuthority row;
    row.certificate = Bytes(30, 1);
    row.sealedKey = Bytes(40, 2);
    return {row.encode()};
}

void feedIssued(ByteView bytes)
{
    feedTwice(bytes, authority::rows::parseRecord,
              [](const authority::Record &row) { return authority::rows::encode(row); });
}

std::vector<Bytes> issuedSeeds()
{
    const Pki pki;
    return {authority::rows::encode({pki.sign, x509::KeyKind::sign, Bytes(16, 1), {}}),
            authority::rows::encode({pki.sign, x509::KeyKind::sign, Bytes(16, 1),
                                     x509::Revocation{5, x509::Reason::superseded}})};
}

void feedRevocation(ByteView bytes)
{
    feedTwice(bytes, authority::rows::parseRevocation,
              [](const x509::Revocation &row) { return authority::rows::encode(row); });
}

std::vector<Bytes> revocationSeeds()
{
    return {authority::rows::encode(x509::Revocation{5, x509::Reason::keyCompromise})};
}

void feedStoredList(ByteView bytes)
{
    feedTwice(bytes, authority::rows::StoredList::parse,
              [](const authority::rows::StoredList &row) { return row.encode(); });
}

std::vector<Bytes> storedListSeeds()
{
    authority::rows::StoredList row;
    row.der = Bytes(30, 1);
    return {row.encode()};
}

class NoGateway final : public ports::SmsGateway {
public:
    Result<void> send(std::string_view, std::string_view) override { return {}; }
};

// A code of which the digits are known: whatever lies in the row, others are never right.
void feedCode(ByteView bytes)
{
    MemoryLedger ledger;
    OpenMasterKey masterKey;
    ports::SystemRandom random;
    ManualClock clock;
    NoGateway gateway;
    codes::SmsCodes codes(ledger, masterKey, random, clock, gateway);
    hold(bool(codes.send(viewOf("purpose"), {}, "13800138000", "%1")), "a code is sent");
    ledger.rows.begin()->second = bytesOf(bytes);
    const auto verdict = codes.check(viewOf("purpose"), {}, "12345", codes::Right::keeps); // five digits are no code
    hold(!verdict || *verdict != codes::Check::right, "what was never sent is never right");
    hold(bool(codes.sweep()), "damaged rows are swept");
}

std::vector<Bytes> codeSeeds()
{
    const ManualClock clock;
    const auto now = static_cast<std::uint64_t>(clock.wall);
    return {Writer().u64(now).u64(now).u64(now).u8(1).u8(0).u8(0).blob16(Bytes(48, 7)).take()};
}

} // namespace

std::vector<FuzzTarget> rowTargets()
{
    return {
        {"row-device", feedGrown<cosigner::DeviceRow>, deviceSeeds},
        {"row-key", feedRow<cosigner::KeyRow>, keySeeds},
        {"row-refresh", feedGrown<cosigner::RefreshRow>, refreshSeeds},
        {"row-recovery", feedRecovery, recoverySeeds},
        {"row-result", feedRow<cosigner::ResultRow>, resultSeeds},
        {"row-audit-record", feedRecord, recordSeeds},
        {"row-audit-chain", feedChain, recordSeeds},
        {"row-audit-head", feedHead, headSeeds},
        {"row-bid", feedRow<opening::Bid>, bidSeeds},
        {"row-session", feedSession, sessionSeeds},
        {"row-desk", feedDesk, deskSeeds},
        {"row-company", feedFields<enterprise::Company>, companySeeds},
        {"row-person", feedPerson, personSeeds},
        {"row-seat", feedFields<enterprise::SeatRow>, seatSeeds},
        {"row-grant", feedFields<enterprise::GrantRow>, grantSeeds},
        {"row-authority", feedAuthority, authoritySeeds},
        {"row-issued", feedIssued, issuedSeeds},
        {"row-revocation", feedRevocation, revocationSeeds},
        {"row-list", feedStoredList, storedListSeeds},
        {"row-sms-code", feedCode, codeSeeds},
    };
}

} // namespace hufu::tests
