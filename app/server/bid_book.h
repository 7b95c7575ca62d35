// What the server makes of the list of sealed bids: whose certificates its recipients are, who could open a bid now, what an act of
// an operator or a company would do to it.
#pragma once

#include "shield/authority/authority.h"
#include "shield/cosigner/conversation.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/sealed_bids.h"
#include "shield/opening/bids.h"
#include "shield/opening/guard.h"
#include "shield/opening/readiness.h"

#include <nlohmann/json.hpp>

namespace hufu::server {

// May be used by several threads. Errors of every call: unavailable.
class BidBook final : public enterprise::SealedBids {
public:
    BidBook(ports::LedgerStore &ledger, ports::Clock &clock, cosigner::Cosigner &cosigner, enterprise::Enterprise &enterprise,
            authority::Authority &authority)
        : m_clock(clock), m_cosigner(cosigner), m_enterprise(enterprise), m_authority(authority), m_bids(ledger)
    {}

    opening::Bids &bids() { return m_bids; }

    // What a signature over a manifest of act encrypt will seal; found out before the transaction in which it is kept.
    struct Sealing {
        std::vector<opening::Recipient> recipients;
        std::vector<std::pair<enterprise::Id, enterprise::Id>> people; // account, person
    };
    Result<Sealing> sealing(const intent::Manifest &manifest, const enterprise::Holder &sealer);
    // In the transaction of the signature. In: included, the items that were not refused.
    Result<void> keep(ports::Transaction &transaction, const Sealing &sealing, const intent::Manifest &manifest,
                      const std::vector<std::uint8_t> &included, const enterprise::Id &sealer);
    // In the transaction of a decryption, which rehearses; a bid is over once a desk says that it has the file.
    Result<void> keepUnlocking(ports::Transaction &transaction, const intent::Manifest &manifest, const std::vector<std::uint8_t> &included,
                               const enterprise::Id &acct);

    // As Bids::handIn and giveBack, with a line in the log of the sealer's company: the id is in the envelope, which every platform that
    // ever got the file can read, so that a party's word has to be seen by those whom it concerns.
    Result<void> handIn(const intent::Platform &party, const opening::BidId &id);
    Result<void> giveBack(const intent::Platform &party, const opening::BidId &id, const std::optional<opening::BidId> &successor);

    struct Ability {
        bool isThere = false;           // a holder and a key, and nobody froze it
        std::int64_t lockedUntilMs = 0; // after wrong PINs: nothing opens before; 0: not locked
        bool opens(std::int64_t atMs) const { return isThere && lockedUntilMs <= atMs; }
    };
    // Whether the account could open something.
    Result<Ability> abilityOf(const enterprise::Id &acct);
    // An account's list for a desk: {"person","lastRehearsalMs","bids"}.
    Result<nlohmann::ordered_json> jsonOf(const enterprise::Id &acct);
    Result<std::vector<opening::Risk>> risks(opening::Deed deed, const enterprise::Id &acct);

    Result<std::vector<enterprise::SealedBid>> of(const enterprise::Id &company, const enterprise::Id &person) override;
    Result<Bytes> markOf(ports::Transaction &transaction, const enterprise::Id &company, const enterprise::Id &person) override;

private:
    opening::Bids::Note asNote(audit::Event event, const intent::Platform &party)
    {
        return [this, event, platform = party.name](ports::Transaction &transaction, const opening::Bid &bid) {
            return m_enterprise.noteParty(transaction, bid.sealer, event, bid.id, {platform, bid.project.id, bid.project.name, bid.project.package});
        };
    }
    opening::CanOpen asCanOpen()
    {
        return [this](const enterprise::Id &acct, std::int64_t atMs) -> Result<bool> {
            HUFU_TRY(ability, abilityOf(acct));
            return ability.opens(atMs);
        };
    }

    ports::Clock &m_clock;
    cosigner::Cosigner &m_cosigner;
    enterprise::Enterprise &m_enterprise;
    authority::Authority &m_authority;
    opening::Bids m_bids;
};

} // namespace hufu::server
