#include "app/server/bid_book.h"

#include <algorithm>
#include <set>

namespace hufu::server {

using enterprise::Id;
using intent::Act;

Result<BidBook::Sealing> BidBook::sealing(const intent::Manifest &manifest, const enterprise::Holder &sealer)
{
    Sealing out;
    out.recipients = opening::recipientsOf(manifest);
    out.people.emplace_back(sealer.acct, sealer.personId);
    for (opening::Recipient &recipient : out.recipients) {
        if (recipient.keyId.empty()) continue;
        const auto record = m_authority.findByKeyId(recipient.keyId);
        if (!record && record.error().code == Errc::unavailable) return record.error();
        if (!record || record->kind != x509::KeyKind::encrypt) continue; // of another authority
        const auto acct = fixedBytes<16>(record->holder);
        if (!acct) continue;
        const auto holder = m_enterprise.holderOf(*acct);
        if (!holder && holder.error().code == Errc::unavailable) return holder.error();
        if (!holder || holder->companyId != sealer.companyId) continue; // nobody fills the lists of another company
        recipient.acct = *acct;
        out.people.emplace_back(*acct, holder->personId);
    }
    return out;
}

Result<void> BidBook::keep(ports::Transaction &transaction, const Sealing &sealing, const intent::Manifest &manifest,
                           const std::vector<std::uint8_t> &included, const Id &sealer)
{
    for (const opening::Bid &bid : opening::bidsOf(manifest, included, sealing.recipients, sealer, m_clock.unixMs()))
        HUFU_CHECK(m_bids.add(transaction, bid));
    for (const auto &[acct, person] : sealing.people)
        HUFU_CHECK(m_bids.belongs(transaction, acct, person));
    return {};
}

Result<void> BidBook::keepUnlocking(ports::Transaction &transaction, const intent::Manifest &manifest, const std::vector<std::uint8_t> &included,
                                    const Id &acct)
{
    HUFU_CHECK(m_bids.rehearsed(transaction, acct, m_clock.unixMs()));
    std::vector<opening::BidId> ids;
    for (const std::uint8_t item : included)
        if (item < manifest.files.size() && manifest.files[item].envelope) ids.push_back(*manifest.files[item].envelope);
    return m_bids.unlocked(transaction, acct, ids, m_clock.unixMs());
}

Result<void> BidBook::handIn(const intent::Platform &party, const opening::BidId &id)
{
    return m_bids.handIn(party.id, id, asNote(audit::Event::bidHandedIn, party));
}

Result<void> BidBook::giveBack(const intent::Platform &party, const opening::BidId &id, const std::optional<opening::BidId> &successor)
{
    return m_bids.giveBack(party.id, id, successor, m_clock.unixMs(), asNote(audit::Event::bidGivenBack, party));
}

Result<BidBook::Ability> BidBook::abilityOf(const Id &acct)
{
    const auto holder = m_enterprise.holderOf(acct);
    if (!holder && holder.error().code == Errc::unavailable) return holder.error();
    if (!holder) return Ability();
    const auto device = m_cosigner.device(acct);
    if (!device && device.error().code == Errc::unavailable) return device.error();
    if (!device || device->lock.standing != cosigner::Standing::active || device->encrypt.state != cosigner::KeyState::active) return Ability();
    HUFU_TRY(records, m_authority.findByHolder(acct)); // the key opens, whatever has become of its certificate
    const bool isThere = std::ranges::any_of(records, [](const authority::Record &record) { return record.kind == x509::KeyKind::encrypt; });
    return Ability{isThere, device->lock.lockUntil};
}

namespace {

constexpr const char *kStates[] = {"sealed", "opened", "withdrawn", "replaced"};
constexpr const char *kLights[] = {"green", "amber", "red"};
constexpr const char *kCauses[] = {"ready", "keyMissing", "blocked", "locked", "serverAway", "clockWrong", "rehearsalDue", "openNow"};

template <typename Enum, std::size_t N> const char *nameIn(const char *const (&names)[N], Enum value)
{
    return names[static_cast<std::size_t>(value) - 1];
}

} // namespace

Result<nlohmann::ordered_json> BidBook::jsonOf(const Id &acct)
{
    const auto holder = m_enterprise.holderOf(acct);
    if (!holder && holder.error().code == Errc::unavailable) return holder.error();
    HUFU_TRY(ability, abilityOf(acct));
    HUFU_TRY(rehearsedMs, m_bids.lastRehearsalMs(acct));
    HUFU_TRY(bids, m_bids.of(acct));
    const std::int64_t now = m_clock.unixMs();
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const opening::Bid &bid : bids) {
        if (list.size() == opening::Bids::kListed) break; // the next openings come first
        opening::Means means;
        means.hasKey = bid.isFor(acct);
        means.isBlocked = !ability.isThere;
        means.lockedUntilMs = ability.lockedUntilMs;
        means.lastRehearsalMs = rehearsedMs;
        const auto readiness = opening::readinessOf(bid, means, now);
        nlohmann::ordered_json recipients = nlohmann::ordered_json::array();
        for (const opening::Recipient &recipient : bid.recipients)
            recipients.push_back(recipient.name);
        list.push_back({{"id", toHex(bid.id)},
                        {"project", {{"id", bid.project.id}, {"name", bid.project.name}, {"package", bid.project.package}}},
                        {"fileName", bid.fileName},
                        {"size", bid.size},
                        {"sealedMs", bid.sealedMs},
                        {"openingMs", bid.openingMs},
                        {"state", nameIn(kStates, bid.state)},
                        {"awaited", bid.isAwaited(now)},
                        {"own", bid.sealer == acct},
                        {"recipients", recipients},
                        {"soleReason", bid.soleReason},
                        {"light", nameIn(kLights, readiness.light)},
                        {"cause", nameIn(kCauses, readiness.cause)}});
    }
    return nlohmann::ordered_json{{"person", holder ? holder->person.name : std::string()}, {"lastRehearsalMs", rehearsedMs}, {"bids", list}};
}

Result<std::vector<opening::Risk>> BidBook::risks(opening::Deed deed, const Id &acct)
{
    HUFU_TRY(bids, m_bids.of(acct));
    return opening::risksOf(deed, acct, bids, asCanOpen(), m_clock.unixMs());
}

Result<Bytes> BidBook::markOf(ports::Transaction &transaction, const Id &, const Id &person)
{
    return m_bids.listedOf(transaction, person);
}

Result<std::vector<enterprise::SealedBid>> BidBook::of(const Id &, const Id &person)
{
    HUFU_TRY(accounts, m_bids.accountsOf(person));
    const std::int64_t now = m_clock.unixMs();
    std::vector<enterprise::SealedBid> out;
    std::set<opening::BidId> seen;
    for (const Id &acct : accounts) {
        HUFU_TRY(bids, m_bids.of(acct));
        for (const opening::Bid &bid : bids) {
            if (!bid.isFor(acct) || !bid.isGuarded(now) || !seen.insert(bid.id).second) continue;
            HUFU_TRY(others, opening::othersOf(bid, accounts, asCanOpen(), now));
            enterprise::SealedBid one{bid.project.name, bid.openingMs, {}, bid.project.id, bid.project.package, bid.fileName};
            for (const opening::Recipient &other : others)
                one.othersWhoCanOpen.push_back(other.name);
            out.push_back(std::move(one));
        }
    }
    return out;
}

} // namespace hufu::server
