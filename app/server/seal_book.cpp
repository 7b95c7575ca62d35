#include "app/server/seal_book.h"

#include "shield/crypto/sm3.h"
#include "shield/documents/ses_seal.h"

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
    enterprise::SealClaim claim{seal.grant, kindOf(seal.kind), seal.name, seal.purpose, {}, {}, seal.style, seal.number};
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
    std::optional<x509::Certificate> signer;
    if (manifest.form == intent::Form::ses) {
        HUFU_TRY(found, signerOf(holder));
        if (!found) return Bar(Code::sealRefused);
        signer = std::move(found);
    }
    HUFU_TRY(transaction, m_ports.ledger.begin());
    return judge(*transaction, holder, manifest, signer);
}

Result<SealBook::Bar> SealBook::bar(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::Manifest &manifest)
{
    return judge(transaction, holder, manifest, std::nullopt);
}

// With which the holder's signatures are given out.
Result<std::optional<x509::Certificate>> SealBook::signerOf(const enterprise::Holder &holder)
{
    std::optional<x509::Certificate> signer;
    HUFU_TRY(records, m_authority.findByHolder(holder.acct));
    for (const authority::Record &record : records) // oldest first
        if (record.kind == x509::KeyKind::sign && !record.revocation) signer = record.certificate;
    return signer;
}

Result<SealBook::Bar> SealBook::barOfElectronic(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::SealUse &seal,
                                                const std::optional<x509::Certificate> &signer)
{
    const auto usable = enterprise::usableSeal(transaction, m_ports, {holder.companyId, holder.personId}, seal.grant);
    if (!usable) return faultOf(usable.error().cause());
    const auto kept = enterprise::keptElectronic(transaction, holder.companyId, usable->terms.seal);
    if (!kept) return faultOf(kept.error());
    if (!*kept || crypto::sm3((*kept)->der) != *seal.electronic) return Bar(Code::sealRefused);
    if (!signer) return Bar();
    const auto electronic = documents::SesSeal::parse((*kept)->der);
    if (!electronic) return Error(Errc::internal, "a kept electronic seal");
    return electronic->info.names(*signer) ? Bar() : Bar(Code::sealRefused);
}

Result<SealBook::Bar> SealBook::judge(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::Manifest &manifest,
                                      const std::optional<x509::Certificate> &signer)
{
    if (manifest.act != intent::Act::seal) return Bar();
    if (!namesSeals(manifest)) return Bar(Code::sealInactive);
    const enterprise::Actor actor{holder.companyId, holder.personId};
    for (const intent::File &file : manifest.files)
        for (const intent::SealUse &seal : file.seals) {
            const auto may = enterprise::checkSealClaim(transaction, m_ports, actor, claimOf(seal, manifest));
            if (may && !seal.electronic) continue;
            if (may) {
                HUFU_TRY(why, barOfElectronic(transaction, holder, seal, signer));
                if (why) return why;
                continue;
            }
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
            if (!seal.electronic) continue;
            HUFU_TRY(why, barOfElectronic(transaction, holder, seal, std::nullopt));
            if (why) return Error(Errc::refused, "another electronic seal by now");
        }
    }
    return {};
}

ByteArray<32> SealStudio::digestOf(const enterprise::SealFace &face, const Makings &makings)
{
    Writer digested;
    digested.text(face.name).text(face.number).u8(static_cast<std::uint8_t>(face.kind)).u8(face.style);
    for (const Bytes &certificate : makings.certificates)
        digested.blob32(certificate);
    return crypto::sm3(digested.bytes());
}

enterprise::Verdict<Bytes> SealBook::electronicOf(const Id &acct, const Id &grant)
{
    const auto holder = m_enterprise.holderOf(acct);
    if (!holder && holder.error().code == Errc::unavailable) return holder.error();
    if (!holder) return enterprise::Denied::sealInactive;
    const Id company = holder->companyId;
    HUFU_TRY(reading, m_ports.ledger.begin());
    HUFU_TRY(usable, enterprise::usableSeal(*reading, m_ports, {company, holder->personId}, grant));
    HUFU_TRY(accounts, enterprise::accountsOfSeal(*reading, m_ports, company, usable.terms.seal));
    HUFU_TRY(kept, enterprise::keptElectronic(*reading, company, usable.terms.seal));
    reading.reset(); // the seal maker has a transaction of its own
    HUFU_TRY(makings, m_studio.makingsOf(accounts));
    const ByteArray<32> digest = SealStudio::digestOf(usable.face, makings);
    if (kept && kept->makings == digest) return std::move(kept->der);
    HUFU_TRY(made, m_studio.electronic(usable.face, usable.terms.seal, makings));
    HUFU_TRY(writing, m_ports.ledger.begin());
    HUFU_CHECK(enterprise::usableSeal(*writing, m_ports, {company, holder->personId}, grant));
    HUFU_TRY(first, enterprise::keepElectronic(*writing, company, usable.terms.seal, {digest, made})); // somebody may have made it meanwhile
    HUFU_CHECK(writing->commit());
    return std::move(first);
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
