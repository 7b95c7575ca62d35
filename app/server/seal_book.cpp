#include "app/server/seal_book.h"

#include <algorithm>

namespace hufu::server {

using catalogue::Code;
using enterprise::Id;

namespace {

// Both enumerations are of the same four seals.
enterprise::SealKind kindOf(intent::SealKind kind)
{
    switch (kind) {
    case intent::SealKind::company: return enterprise::SealKind::company;
    case intent::SealKind::legalPerson: return enterprise::SealKind::legalPerson;
    case intent::SealKind::finance: return enterprise::SealKind::finance;
    case intent::SealKind::contract: return enterprise::SealKind::contract;
    }
    return enterprise::SealKind::company;
}

intent::SealKind kindOf(enterprise::SealKind kind)
{
    switch (kind) {
    case enterprise::SealKind::company: return intent::SealKind::company;
    case enterprise::SealKind::legalPerson: return intent::SealKind::legalPerson;
    case enterprise::SealKind::finance: return intent::SealKind::finance;
    case enterprise::SealKind::contract: return intent::SealKind::contract;
    }
    return intent::SealKind::company;
}

enterprise::SealClaim claimOf(const intent::SealUse &seal, const intent::Manifest &manifest)
{
    enterprise::SealClaim claim{seal.grant, kindOf(seal.kind), seal.name, seal.purpose, {}, {}};
    if (manifest.project) {
        claim.projectId = manifest.project->id;
        claim.projectName = manifest.project->name;
    }
    return claim;
}

// A damaged row is the server's own fault, whatever its error says.
Error faultOf(const Error &error)
{
    return error.code == Errc::unavailable ? error : Error(Errc::internal, "a seal's row");
}

bool namesSeals(const intent::Manifest &manifest)
{
    return std::ranges::all_of(manifest.files, [](const intent::File &file) { return !file.seals.empty(); });
}

} // namespace

Result<SealBook::Bar> SealBook::barAtStart(const std::vector<Id> &people, const intent::Manifest &manifest)
{
    if (manifest.act != intent::Act::seal) return Bar();
    Bar first = Code::sealInactive;
    for (const Id &acct : people) {
        const auto holder = m_enterprise.holderOf(acct);
        if (!holder && holder.error().code == Errc::unavailable) return holder.error();
        if (!holder) continue;
        HUFU_TRY(why, bar(*holder, manifest));
        if (!why) return Bar();
        first = why;
    }
    return first;
}

Result<SealBook::Bar> SealBook::bar(const enterprise::Holder &holder, const intent::Manifest &manifest)
{
    if (manifest.act != intent::Act::seal) return Bar();
    HUFU_TRY(transaction, m_ports.ledger.begin());
    return bar(*transaction, holder, manifest);
}

Result<SealBook::Bar> SealBook::bar(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::Manifest &manifest)
{
    if (manifest.act != intent::Act::seal) return Bar();
    if (!namesSeals(manifest)) return Bar(Code::sealInactive);
    const enterprise::Actor actor{holder.companyId, holder.personId};
    for (const intent::File &file : manifest.files)
        for (const intent::SealUse &seal : file.seals) {
            const auto may = enterprise::checkSealClaim(transaction, m_ports, actor, claimOf(seal, manifest));
            if (may) continue;
            if (may.denied()) return Bar(static_cast<Code>(*may.denied()));
            return faultOf(may.error().cause());
        }
    return Bar();
}

Result<void> SealBook::use(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::Manifest &manifest,
                           const std::vector<std::uint8_t> &included)
{
    const enterprise::Actor actor{holder.companyId, holder.personId};
    for (const std::uint8_t item : included) {
        if (item >= manifest.files.size()) continue;
        const intent::File &file = manifest.files[item];
        for (const intent::SealUse &seal : file.seals) {
            const auto used = enterprise::useSeal(transaction, m_ports, actor, claimOf(seal, manifest), file.sm3);
            if (!used) return used.error().cause();
        }
    }
    return {};
}

Result<nlohmann::ordered_json> SealBook::jsonOf(const Id &acct)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    std::string person;
    const auto holder = m_enterprise.holderOf(acct);
    if (!holder && holder.error().code == Errc::unavailable) return holder.error();
    if (holder) {
        person = holder->person.name;
        HUFU_TRY(transaction, m_ports.ledger.begin());
        auto usable = enterprise::usableSeals(*transaction, m_ports, {holder->companyId, holder->personId});
        if (!usable) return faultOf(usable.error().cause());
        for (const enterprise::UsableSeal &seal : *usable)
            list.push_back({{"grant", toHex(seal.grant)},
                            {"kind", intent::nameOf(kindOf(seal.face.kind))},
                            {"style", seal.face.style},
                            {"name", seal.face.name},
                            {"number", seal.face.number},
                            {"purpose", seal.terms.purpose},
                            {"project", seal.terms.project},
                            {"untilMs", seal.terms.untilMs}});
    }
    return nlohmann::ordered_json{{"person", person}, {"seals", std::move(list)}};
}

} // namespace hufu::server
