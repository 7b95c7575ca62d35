// What the operator enters: companies, people, seats, grants. And the demo.
#include "shield/enterprise/enterprise.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/administrators.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seal_grants.h"
#include "shield/enterprise/seats.h"

namespace hufu::enterprise {

using audit::Event;
using ports::Table;

// What is entered here, the operator enters.
static constexpr audit::Who kOperator{audit::By::operatorSide, {}};

static constexpr std::string_view kDemoKey = "demo-grant", kTestCompanyKey = "test-company", kTestPersonKey = "test-person:";

Enterprise::Enterprise(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
                       codes::SmsCodes &smsCodes, FaceServices faces, AccountWatch &watch)
    : m_ports{ledger, masterKey, random, clock}, m_smsCodes(smsCodes), m_faces(std::move(faces)), m_watch(watch)
{}

// A reason that only a person could act on is a refusal to the operator's program.
template <typename T> static Result<T> plain(Verdict<T> verdict)
{
    if (!verdict) return verdict.error().cause();
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*verdict);
}

static Result<Id> addCompany(const Ports &ports, const Company &company, const LegalRow &legal)
{
    if (!isName(company.name) || !CreditCode::parse(company.creditCode)) return Error(Errc::badInput, "company");
    if ((company.policy.activation & kSms) == 0) return Error(Errc::badInput, "activation without SMS");
    const Id id = ports.random.bytes<16>("company-id");
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_CHECK(addCompany(*transaction, ports, id, company, CompanyKind::enterprise, legal));
    HUFU_CHECK(plain(verifyCompany(*transaction, ports, kOperator, id, Way::operatorEntry)));
    HUFU_CHECK(transaction->commit());
    return id;
}

// Of the company that has this code; made if there is none. A start that was killed between its steps has left some of it.
static Result<Id> companyFor(const Ports &ports, const Company &company, const LegalRow &legal)
{
    {
        HUFU_TRY(transaction, ports.ledger.begin());
        HUFU_TRY(known, companyOfCode(*transaction, company.creditCode));
        if (known) return *known;
    }
    return addCompany(ports, company, legal);
}

// The demo company has both of its seals, and its person may use them.
static Result<void> enterSeals(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &person)
{
    const std::int64_t now = ports.clock.unixMs() / SealGrants::kMinuteMs * SealGrants::kMinuteMs;
    for (const SealRequest &request : {SealRequest{SealKind::company, 1, "1101080123456"}, SealRequest{SealKind::legalPerson, 1, {}}}) {
        HUFU_TRY(seal, plain(enterSeal(transaction, ports, company, request)));
        HUFU_CHECK(enterSealGrant(transaction, ports, company, {seal, person, "投标文件", {}, now, now + kYearMs}));
    }
    return {};
}

Result<Id> Enterprise::addCompany(const Company &company)
{
    return enterprise::addCompany(m_ports, company, {});
}

Result<Id> Enterprise::addPerson(const Id &company, const Person &person)
{
    const Id id = m_ports.random.bytes<16>("person-id");
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(first, hasNoStaff(*transaction, company));
    PersonRow row;
    row.company = company;
    row.person = person;
    if (first) row.roles = role::kAdministrator | role::kBidStaff;
    HUFU_CHECK(plain(addStaff(*transaction, m_ports, kOperator, id, row)));
    HUFU_CHECK(transaction->commit());
    return id;
}

Result<Id> Enterprise::appointAdministrator(const std::string &creditCode, const Person &person)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(company, companyOfCode(*transaction, creditCode));
    if (!company) return Error(Errc::notFound, "no company has the code");
    const auto known = personOf(*transaction, m_ports, *company, person.phoneNumber);
    if (!known && known.error().code != Errc::notFound) return known.error();
    const Id id = known ? *known : m_ports.random.bytes<16>("person-id");
    if (known) {
        HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, id));
        if (row.person.name != person.name) return Error(Errc::refused, "the number is somebody else's");
        if (row.state != StaffState::active) return Error(Errc::badState, "disabled");
    } else {
        PersonRow row;
        row.company = *company;
        row.person = person;
        row.roles = role::kBidStaff;
        HUFU_CHECK(plain(addStaff(*transaction, m_ports, kOperator, id, row)));
    }
    HUFU_CHECK(plain(replaceAdministrator(*transaction, m_ports, kOperator, *company, id, {})));
    HUFU_CHECK(transaction->commit());
    return id;
}

// The one who has this number there; added if there is none.
static Result<Id> personFor(Enterprise &enterprise, const Ports &ports, const Id &company, const Person &person)
{
    const auto known = Staff(ports).personOf(company, person.phoneNumber);
    if (known || known.error().code != Errc::notFound) return known;
    return enterprise.addPerson(company, person);
}

// A grant of a person who waits for a phone: a new code for the one that there is, else one on a new seat.
static Result<OpenedGrant> grantFor(Enterprise &enterprise, const Ports &ports, const Id &company, const Id &person)
{
    std::optional<Id> known;
    {
        HUFU_TRY(transaction, ports.ledger.begin());
        HUFU_TRY(found, grantOfPerson(*transaction, company, person));
        known = found;
    }
    if (known) {
        HUFU_TRY(code, enterprise.renewCode(*known));
        return OpenedGrant{*known, code};
    }
    HUFU_TRY(seat, enterprise.addSeat(company, ports.clock.unixMs() + kYearMs));
    return enterprise.openGrant(person, seat);
}

Result<Id> Enterprise::addSeat(const Id &company, std::int64_t validUntilMs)
{
    const Id id = m_ports.random.bytes<16>("seat-id");
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(loadCompany(*transaction, company));
    const std::int64_t now = m_ports.clock.unixMs();
    HUFU_CHECK(enterprise::addSeat(*transaction, id, company, now, validUntilMs));
    HUFU_CHECK(audit::append(*transaction, company, {Event::seatAdded, now, id, {}, 0, kOperator}));
    HUFU_CHECK(transaction->commit());
    return id;
}

Result<void> Enterprise::renewSeat(const Id &acct, std::int64_t validUntilMs)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(found, loadGrantOf(*transaction, acct));
    const auto &[grant, row] = found;
    HUFU_TRY(seat, loadSeat(*transaction, row.seat));
    if (seat.grant != grant) return Error(Errc::badState, "the seat is another grant's");
    seat.validUntilMs = validUntilMs;
    HUFU_CHECK(saveRow(*transaction, Table::seat, row.seat, seat));
    HUFU_CHECK(audit::append(*transaction, row.company, {Event::seatRenewed, m_ports.clock.unixMs(), grant, {}, 0, kOperator}));
    return transaction->commit();
}

Result<OpenedGrant> Enterprise::openGrant(const Id &person, const Id &seat)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(who, loadPerson(*transaction, m_ports.masterKey, person));
    HUFU_TRY(opened, plain(enterprise::openGrant(*transaction, m_ports, kOperator, who.company, person, seat)));
    HUFU_CHECK(transaction->commit());
    return opened;
}

Result<ActivationCode> Enterprise::renewCode(const Id &grant)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadGrant(*transaction, grant));
    HUFU_TRY(code, giveCode(*transaction, m_ports, grant, row));
    HUFU_CHECK(audit::append(*transaction, row.company, {Event::codeRenewed, m_ports.clock.unixMs(), grant, {}, 0, kOperator}));
    HUFU_CHECK(transaction->commit());
    return code;
}

// The row of the grant that the account's seat waits for, opened if there is none. isOwn: its holder asks, by the phone of now.
static Result<std::pair<Id, GrantRow>> nextGrant(ports::Transaction &transaction, const Ports &ports, const Id &acct, bool isOwn)
{
    const std::int64_t now = ports.clock.unixMs();
    HUFU_TRY(found, loadGrantOf(transaction, acct));
    const auto &[id, row] = found;
    const audit::Who who = isOwn ? audit::Who{audit::By::person, row.person} : kOperator;
    HUFU_TRY(seat, loadSeat(transaction, row.seat));
    if (seat.grant != id) return Error(Errc::badState, "the seat is another grant's");
    if (seat.validUntilMs <= now) return Error(Errc::refused, "the seat's year is over");
    if (seat.next != Id{}) {
        HUFU_TRY(begun, loadGrant(transaction, seat.next));
        HUFU_CHECK(audit::append(transaction, row.company, {Event::codeRenewed, now, seat.next, {}, 0, who}));
        return std::pair(seat.next, std::move(begun));
    }
    const Id opened = ports.random.bytes<16>("grant-id");
    GrantRow next;
    next.company = row.company;
    next.person = row.person;
    next.seat = row.seat;
    seat.next = opened;
    HUFU_CHECK(saveRow(transaction, Table::seat, row.seat, seat));
    HUFU_CHECK(audit::append(transaction, row.company, {Event::grantOpened, now, opened, {}, 0, who}));
    return std::pair(opened, std::move(next));
}

Result<OpenedGrant> Enterprise::openNextGrant(const Id &acct)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(next, nextGrant(*transaction, m_ports, acct, false));
    HUFU_TRY(code, giveCode(*transaction, m_ports, next.first, next.second));
    HUFU_CHECK(transaction->commit());
    return OpenedGrant{next.first, code};
}

Result<void> Enterprise::openNextGrant(ports::Transaction &transaction, const Id &acct, const ActivationCode &code)
{
    HUFU_TRY(next, nextGrant(transaction, m_ports, acct, true));
    HUFU_CHECK(setCode(transaction, m_ports, next.first, next.second, code));
    return noteVouched(transaction, next.first);
}

Result<void> Enterprise::endVouched(ports::Transaction &transaction, const Id &acct)
{
    return enterprise::endVouched(transaction, m_ports, m_watch, acct);
}

Result<std::vector<Id>> Enterprise::accountsOfPersonOf(const Id &acct)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(found, loadGrantOf(*transaction, acct));
    HUFU_TRY(former, formerGrantsOf(*transaction, found.second.company, found.second.person));
    HUFU_TRY(now, grantOfPerson(*transaction, found.second.company, found.second.person));
    std::vector<Id> out;
    const auto add = [&out](const Id &one) {
        if (one != Id{} && std::ranges::find(out, one) == out.end()) out.push_back(one);
    };
    if (now) {
        HUFU_TRY(row, loadGrant(*transaction, *now));
        add(row.acct);
    }
    for (const auto &[id, row] : former)
        add(row.acct);
    return out;
}

Result<std::vector<Id>> Enterprise::formerAccountsOf(const Id &acct)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(found, loadGrantOf(*transaction, acct));
    HUFU_TRY(grants, formerGrantsOf(*transaction, found.second.company, found.second.person));
    std::vector<Id> out;
    for (const auto &[id, row] : grants)
        if (row.acct != acct) out.push_back(row.acct);
    return out;
}

Result<std::vector<Holder>> Enterprise::colleaguesOf(const Id &acct)
{
    constexpr std::size_t kLookedAt = 10'000;
    HUFU_TRY(self, holderOf(acct));
    HUFU_TRY(all, accounts(kLookedAt));
    std::vector<Holder> out{self};
    for (const Id &other : all) {
        if (other == acct) continue;
        const auto holder = holderOf(other);
        if (!holder && holder.error().code == Errc::unavailable) return holder.error();
        if (holder && holder->companyId == self.companyId && !holder->isFormer()) out.push_back(*holder);
    }
    return out;
}

Result<void> Enterprise::noteParty(ports::Transaction &transaction, const Id &acct, audit::Event event, const ByteArray<32> &bid, const audit::About &about)
{
    HUFU_TRY(named, transaction.readForChange(Table::grant, accountKey(acct)));
    if (!named) return {};
    HUFU_TRY(grant, fixedBytes<16>(*named));
    HUFU_TRY(row, loadGrant(transaction, grant));
    HUFU_CHECK(audit::keepAbout(transaction, bid, about));
    return audit::append(transaction, row.company, {event, m_ports.clock.unixMs(), acct, bid, 0, {audit::By::outside, {}}});
}

namespace {

// What a party has said last of a person whom it has bound.
struct BoundRow {
    Id certificate{};
    static void fields(auto &row, auto &f) { f(row.certificate); }
};

Bytes boundKey(const Enterprise::Party &party, const Id &person)
{
    return rowKey('b', {person, crypto::sm3(viewOf(party.id))});
}

Result<void> noteBinding(ports::Transaction &transaction, const Ports &ports, const Enterprise::Party &party, const Id &person, const Id &certificate,
                         audit::Event event)
{
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, person));
    const ByteArray<32> object = crypto::sm3(Writer().raw(viewOf("hufu-binding")).text(party.id).raw(person).raw(certificate).take());
    HUFU_CHECK(audit::keepAbout(transaction, object, {party.name, {}, {}, {}}));
    return audit::append(transaction, row.company, {event, ports.clock.unixMs(), person, object, 0, {audit::By::outside, {}}});
}

} // namespace

Result<void> Enterprise::noteBound(const Party &party, const Id &person, const Id &certificate)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(who, loadPerson(*transaction, m_ports.masterKey, person));
    if (who.state == StaffState::removed) return Error(Errc::notFound, "the person is gone");
    HUFU_TRY(before, findRow<BoundRow>(*transaction, Table::person, boundKey(party, person)));
    if (before && before->certificate == certificate) return {};
    HUFU_CHECK(saveRow(*transaction, Table::person, boundKey(party, person), BoundRow{certificate}));
    HUFU_CHECK(noteBinding(*transaction, m_ports, party, person, certificate, before ? Event::certificateRebound : Event::certificateBound));
    return transaction->commit();
}

Result<void> Enterprise::noteReleased(const Party &party, const Id &person)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(before, findRow<BoundRow>(*transaction, Table::person, boundKey(party, person)));
    if (!before) return {};
    HUFU_CHECK(transaction->remove(Table::person, boundKey(party, person)));
    HUFU_CHECK(noteBinding(*transaction, m_ports, party, person, before->certificate, Event::certificateUnbound));
    return transaction->commit();
}

Result<std::vector<Id>> Enterprise::accounts(std::size_t limit)
{
    const Bytes all = accountKey({});
    HUFU_TRY(rows, m_ports.ledger.scan(Table::grant, ByteView(all).first(1), limit));
    std::vector<Id> out;
    for (const auto &[key, grant] : rows) {
        HUFU_TRY(acct, fixedBytes<16>(ByteView(key).subspan(1)));
        out.push_back(acct);
    }
    return out;
}

Result<Enterprise::Demo> Enterprise::seedDemo(const Policy &policy)
{
    const Person person{"张三", "13800138000", "19900101", "HF0001"};
    HUFU_TRY(stored, m_ports.ledger.read(Table::meta, viewOf(kDemoKey)));
    if (!stored) {
        HUFU_TRY(company, companyFor(m_ports, {"虎符演示建设有限公司", "91110108MA0DEM0P1T", policy}, {"王虎", {}}));
        HUFU_TRY(who, personFor(*this, m_ports, company, person));
        HUFU_TRY(opened, grantFor(*this, m_ports, company, who));
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(enterSeals(*transaction, m_ports, company, who));
        HUFU_CHECK(transaction->write(Table::meta, viewOf(kDemoKey), opened.grant));
        HUFU_CHECK(transaction->commit());
        return Demo{company, opened.grant, person.phoneNumber, opened.code};
    }
    HUFU_TRY(grant, fixedBytes<16>(*stored));
    HUFU_TRY(kept, m_ports.ledger.read(Table::grant, grantKey(grant)));
    if (!kept) return Error(Errc::notFound, "demo grant");
    const auto parsed = parseRow<GrantRow>(*kept);
    if (!parsed) return Error(Errc::badState, "an earlier program has written this database");
    const GrantRow &row = *parsed;
    Demo demo{row.company, grant, person.phoneNumber, std::nullopt};
    if (row.state == GrantState::active || row.state == GrantState::suspended || row.state == GrantState::ended) return demo;
    HUFU_TRY(code, renewCode(grant));
    demo.code = code;
    return demo;
}

// --- the testers' people: what is kept of each is person and newest grant ---------------------------------------

Result<Id> Enterprise::testCompany(const Policy &policy)
{
    HUFU_TRY(stored, m_ports.ledger.read(Table::meta, viewOf(kTestCompanyKey)));
    if (stored) return fixedBytes<16>(*stored);
    HUFU_TRY(company, companyFor(m_ports, {"虎符测试身份有限公司", "91110108MA0TE5T01L", policy}, {}));
    HUFU_CHECK(personFor(*this, m_ports, company, {"管理员", "13900139000", {}, "HT0000"}));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(transaction->write(Table::meta, viewOf(kTestCompanyKey), company));
    HUFU_CHECK(transaction->commit());
    return company;
}

Result<std::optional<Id>> Enterprise::seededPerson(std::string_view phoneNumber)
{
    HUFU_TRY(stored, m_ports.ledger.read(Table::meta, concat({viewOf(kTestPersonKey), viewOf(phoneNumber)})));
    if (!stored) return std::optional<Id>();
    HUFU_TRY(person, fixedBytes<16>(ByteView(*stored).first(16)));
    return std::optional(person);
}

Result<Enterprise::Seeded> Enterprise::seedPerson(const Person &person, bool isSeated, const Policy &policy)
{
    const Bytes key = concat({viewOf(kTestPersonKey), viewOf(person.phoneNumber)});
    const std::int64_t now = m_ports.clock.unixMs();
    const auto keep = [&](const Id &who, const OpenedGrant &opened) -> Result<Seeded> {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(transaction->write(Table::meta, key, concat({who, opened.grant})));
        if (!isSeated) {
            HUFU_TRY(grant, loadGrant(*transaction, opened.grant));
            HUFU_TRY(seat, loadSeat(*transaction, grant.seat));
            seat.validUntilMs = now;
            HUFU_CHECK(saveRow(*transaction, Table::seat, grant.seat, seat));
        }
        HUFU_CHECK(transaction->commit());
        return Seeded{who, opened.code};
    };
    HUFU_TRY(stored, m_ports.ledger.read(Table::meta, key));
    if (!stored) {
        HUFU_TRY(company, testCompany(policy));
        HUFU_TRY(who, personFor(*this, m_ports, company, person));
        HUFU_TRY(opened, grantFor(*this, m_ports, company, who));
        return keep(who, opened);
    }
    Reader reader(*stored);
    const auto who = reader.array<16>();
    Id grant = reader.array<16>();
    HUFU_CHECK(reader.finish());
    HUFU_TRY(kept, m_ports.ledger.read(Table::grant, grantKey(grant)));
    if (!kept) return Error(Errc::notFound, "test grant");
    HUFU_TRY(row, parseRow<GrantRow>(*kept));
    if (row.state == GrantState::active) { // or it was, and the person's phone has renewed since
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_TRY(latest, grantOfPerson(*transaction, row.company, who));
        if (latest && *latest != grant) {
            HUFU_TRY(newer, loadGrant(*transaction, *latest));
            grant = *latest;
            row = newer;
        }
    }
    if (row.state == GrantState::ended) { // in the console
        HUFU_TRY(opened, grantFor(*this, m_ports, row.company, who));
        return keep(who, opened);
    }
    if (row.state != GrantState::active) {
        HUFU_TRY(code, renewCode(grant));
        return Seeded{who, code};
    }
    if (isSeated) HUFU_CHECK(renewSeat(row.acct, now + kYearMs));
    HUFU_TRY(next, openNextGrant(row.acct));
    return keep(who, next);
}

} // namespace hufu::enterprise
