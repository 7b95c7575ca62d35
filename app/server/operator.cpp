#include "app/server/operator.h"

#include "app/server/problem.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/account_log.h"
#include "shield/sessions/desk_rows.h"

#include <algorithm>

namespace hufu::server {

namespace {

using catalogue::Code;
using nlohmann::ordered_json;
using Lines = std::vector<ordered_json>;

constexpr std::size_t kAccountsMost = 100'000;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr audit::Who kOperator{audit::By::operatorSide, {}};

Code codeOf(const Error &error)
{
    switch (error.code) {
    case Errc::badState:
        return Code::notNeeded;
    case Errc::refused:
        return Code::seatEnded;
    case Errc::unavailable:
        return Code::dataUnusable;
    default:
        return catalogue::codeOf(error.code);
    }
}

Said line(ordered_json json)
{
    return Lines{std::move(json)};
}

const char *nameOf(cosigner::Standing standing)
{
    switch (standing) {
    case cosigner::Standing::active:
        return "active";
    case cosigner::Standing::frozen:
        return "frozen";
    case cosigner::Standing::cloned:
        return "cloned";
    }
    return "frozen";
}

ordered_json jsonOf(const opening::Risk &risk)
{
    return {{"project", risk.bid.project.id},  {"name", risk.bid.project.name}, {"package", risk.bid.project.package},
            {"file", risk.bid.fileName},       {"openingMs", risk.bid.openingMs}, {"othersWhoCanOpen", risk.others},
            {"blocks", risk.ruling == opening::Ruling::block}};
}

// What a word did, and which bids are to be looked after now.
ordered_json with(ordered_json json, const Said &bids)
{
    const Lines &lines = std::get<Lines>(bids);
    if (!lines.empty()) json["sealedBids"] = lines;
    return json;
}

// The words that DESIGN section 9 lets happen only behind an identity check.
bool wantsIdentityCheck(std::string_view word)
{
    return word == "unfreeze" || word == "recover" || word == "next-grant" || word == "appoint";
}

} // namespace

Said Operator::say(const Options &options)
{
    const auto argument = [&options] { return options.arguments.front(); };
    if (wantsIdentityCheck(options.word) && !options.identityChecked) return Code::identityCheckMissing;
    m_project = options.project;
    if (options.word == "devices") return devices();
    if (options.word == "freeze") return freeze(argument());
    if (options.word == "unfreeze") return unfreeze(argument());
    if (options.word == "recover") return recover(argument());
    if (options.word == "revoke") return revoke(argument(), static_cast<x509::Reason>(options.reason));
    if (options.word == "renew-seat") return renewSeat(argument(), options.days);
    if (options.word == "next-grant") return nextGrant(argument());
    if (options.word == "remove-desk") return removeDesk(argument());
    if (options.word == "appoint") return appoint(options.arguments);
    if (options.word == "raise-restore-epoch") return raiseRestoreEpoch();
    return Code::malformed;
}

Result<std::optional<ordered_json>> Operator::deviceLine(const enterprise::Id &acct)
{
    using Line = std::optional<ordered_json>;
    const auto device = m_services.cosigner.device(acct);
    if (!device && device.error().code == Errc::notFound) return Line(); // no keys were made
    HUFU_CHECK(device);
    const auto holder = m_services.enterprise.holderOf(acct);
    if (!holder && holder.error().code == Errc::notFound) return Line(); // begun anew under another account
    HUFU_CHECK(holder);
    ordered_json json{{"account", toHex(acct)},
                      {"company", holder->company.name},
                      {"person", holder->person.name},
                      {"staffNumber", holder->person.staffNumber},
                      {"state", nameOf(device->lock.standing)},
                      {"mustRefresh", device->mustRefresh},
                      {"epoch", device->epoch},
                      {"failuresInARow", device->lock.run},
                      {"failures", device->lock.total},
                      {"lockedUntilMs", device->lock.lockUntil},
                      {"signShareDestroyed", device->sign.state == cosigner::KeyState::destroyed},
                      {"seatUntilMs", holder->seatUntilMs}};
    HUFU_TRY(records, m_services.authority.findByHolder(acct));
    json["certificates"] = ordered_json::array();
    for (const authority::Record &record : records)
        json["certificates"].push_back({{"serial", toHex(record.certificate.serial())},
                                        {"use", record.kind == x509::KeyKind::sign ? "sign" : "encrypt"},
                                        {"notAfterMs", record.certificate.notAfterMs()},
                                        {"revoked", record.revocation.has_value()}});
    HUFU_TRY(desks, m_services.sessions.desksOf(acct));
    json["desks"] = ordered_json::array();
    for (const sessions::Desk &desk : desks)
        json["desks"].push_back(
            {{"desk", toHex(desk.id)}, {"name", desk.name}, {"enrolledMs", desk.enrolledMs}});
    return Line(std::move(json));
}

Said Operator::devices()
{
    const auto accounts = m_services.enterprise.accounts(kAccountsMost);
    if (!accounts) return codeOf(accounts.error());
    Lines lines;
    for (const auto &acct : *accounts) {
        auto device = deviceLine(acct);
        if (!device) return codeOf(device.error());
        if (*device) lines.push_back(std::move(**device));
    }
    return lines;
}

Said Operator::guard(opening::Deed deed, const enterprise::Id &acct)
{
    const auto risks = m_services.bidBook.risks(deed, acct);
    if (!risks) return codeOf(risks.error());
    Lines lines;
    for (const opening::Risk &risk : *risks)
        lines.push_back(jsonOf(risk));
    if (!opening::mayGoOn(*risks, m_project)) return BidsAtRisk{std::move(lines)};
    return lines;
}

Said Operator::freeze(const std::string &account)
{
    const auto acct = idOf<16>(account);
    if (!acct) return Code::notFound;
    const Said bids = guard(opening::Deed::freeze, *acct);
    if (!std::holds_alternative<Lines>(bids)) return bids;
    const auto frozen = m_services.cosigner.freeze(*acct);
    if (!frozen) return codeOf(frozen.error());
    return line(with({{"account", account}, {"state", "frozen"}}, bids));
}

Said Operator::unfreeze(const std::string &account)
{
    const auto acct = idOf<16>(account);
    if (!acct) return Code::notFound;
    const auto unfrozen = m_services.cosigner.unfreeze(*acct);
    if (!unfrozen) return codeOf(unfrozen.error());
    const auto device = m_services.cosigner.device(*acct);
    if (!device) return codeOf(device.error());
    return line({{"account", account}, {"state", "active"}, {"tries", device->view.tries}});
}

Said Operator::recover(const std::string &account)
{
    const auto acct = idOf<16>(account);
    if (!acct) return Code::notFound;
    const auto digits = m_services.cosigner.openRecovery(*acct);
    if (!digits) return codeOf(digits.error());
    return line({{"account", account},
                 {"code", *digits},
                 {"validMinutes", limits::kRecoveryValidMs / 60'000},
                 {"tries", limits::kRecoveryTries}});
}

Said Operator::revoke(const std::string &serial, x509::Reason reason)
{
    const auto bytes = fromHex(serial);
    if (!bytes) return Code::notFound;
    const std::int64_t now = m_services.clock.unixMs();
    const auto record = m_services.authority.find(*bytes);
    if (!record) return codeOf(record.error());
    if (record->revocation) return codeOf(Error(Errc::badState, "revoked already"));
    Said bids = Lines{};
    const auto acct = fixedBytes<16>(record->holder); // the service's own certificate has another
    if (acct && record->kind == x509::KeyKind::encrypt)
        bids = guard(opening::Deed::revoke, *acct);
    if (!std::holds_alternative<Lines>(bids)) return bids;
    const auto done = [&]() -> Result<void> {
        HUFU_TRY(transaction, m_services.ledger.begin());
        HUFU_CHECK(m_services.authority.revoke(*transaction, *bytes, reason, now, kOperator));
        return transaction->commit();
    }();
    if (!done) return codeOf(done.error());
    return line(with({{"serial", serial}, {"revokedMs", now}}, bids));
}

Said Operator::renewSeat(const std::string &account, std::int64_t days)
{
    const auto acct = idOf<16>(account);
    if (!acct) return Code::notFound;
    const std::int64_t untilMs = m_services.clock.unixMs() + days * kDayMs;
    const auto renewed = m_services.enterprise.renewSeat(*acct, untilMs);
    return renewed ? line({{"account", account}, {"seatUntilMs", untilMs}}) : Said(codeOf(renewed.error()));
}

Said Operator::nextGrant(const std::string &account)
{
    const auto acct = idOf<16>(account);
    if (!acct) return Code::notFound;
    const Said bids = guard(opening::Deed::newPhone, *acct);
    if (!std::holds_alternative<Lines>(bids)) return bids;
    const auto opened = m_services.enterprise.openNextGrant(*acct);
    if (!opened) return codeOf(opened.error());
    const std::string code = toHex(opened->code);
    ordered_json json{{"account", account},
                      {"code", code},
                      {"validDays", enterprise::Enterprise::kActivationCodeMs / kDayMs}};
    if (!m_link.empty()) json["activation"] = m_link + "&code=" + code;
    return line(with(std::move(json), bids)); // only the old phone opens them: it has to be kept
}

Said Operator::removeDesk(const std::string &desk)
{
    const auto id = idOf<16>(desk);
    if (!id) return Code::notFound;
    const auto entries = m_services.sessions.everyEntryOf(*id);
    if (!entries) return codeOf(entries.error());
    const auto done = [&]() -> Result<void> {
        HUFU_TRY(transaction, m_services.ledger.begin());
        std::vector<enterprise::Id> removed;
        for (const sessions::Desk &entry : *entries) {
            HUFU_TRY(isRemoved, sessions::unenrol(*transaction, entry.owner, *id));
            if (isRemoved) removed.push_back(entry.owner); // else meanwhile
        }
        HUFU_CHECK(enterprise::noteOfAccounts(*transaction, removed, {audit::Event::deskRemoved, m_services.clock.unixMs(), *id,
                                                                      crypto::sm3(entries->front().publicKey), 0, kOperator}));
        return transaction->commit();
    }();
    if (!done) return codeOf(done.error());
    return line({{"desk", desk}, {"holders", entries->size()}});
}

Said Operator::appoint(const std::vector<std::string> &whom)
{
    enterprise::Person person;
    person.name = whom[1];
    person.phoneNumber = whom[2];
    const auto appointed = m_services.enterprise.appointAdministrator(whom[0], person);
    if (appointed) return line({{"company", whom[0]}, {"administrator", toHex(*appointed)}});
    switch (appointed.error().code) {
    case Errc::refused: return Code::staffExists;
    case Errc::badState: return Code::staffInactive;
    default: return codeOf(appointed.error());
    }
}

Said Operator::raiseRestoreEpoch()
{
    const auto epoch = m_services.cosigner.raiseRestoreEpoch();
    return epoch ? line({{"restoreEpoch", *epoch}}) : Said(codeOf(epoch.error()));
}

} // namespace hufu::server
