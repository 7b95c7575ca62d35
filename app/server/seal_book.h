// What the server makes of the seals that a manifest names: whether the person may use them now, and the use in their history.
#pragma once

#include "app/catalogue/catalogue.h"
#include "app/server/seal_studio.h"
#include "shield/authority/authority.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/seal_grants.h"
#include "shield/intent/manifest.h"

#include <nlohmann/json.hpp>

namespace hufu::server {

// May be used by several threads. Errors of every call: unavailable, internal.
class SealBook {
public:
    SealBook(const enterprise::Ports &ports, enterprise::Enterprise &enterprise, const authority::Authority &authority, SealStudio &studio)
        : m_ports(ports), m_enterprise(enterprise), m_authority(authority), m_studio(studio)
    {}

    using Bar = std::optional<catalogue::Code>; // why not; nothing: it may be

    // Of a desk's draft: whether one of the desk's people may do it. A manifest that stamps has to name a seal for each file.
    Result<Bar> barAtStart(const std::vector<enterprise::Id> &people, const intent::Manifest &manifest);
    // Form ses: the electronic seal is the one that was given out last, and names the certificate that the holder signs with.
    Result<Bar> bar(const enterprise::Holder &holder, const intent::Manifest &manifest);
    // The same within a transaction, which cannot see whom an electronic seal names.
    Result<Bar> bar(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::Manifest &manifest);
    // In the transaction of the signature. In: included, the items that were not refused. Errors: refused (not any more): the caller must
    // not commit.
    Result<void> use(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::Manifest &manifest,
                     const std::vector<std::uint8_t> &included);

    // What an account may use now, for its desk: {"person","seals"}.
    Result<nlohmann::ordered_json> jsonOf(const enterprise::Id &acct);
    // The electronic seal (SESeal, DER) behind one of these grants: the last one, or anew if others may use the seal by now. Denied:
    // sealInactive, periodOver, staffInactive. Errors: as SealStudio::electronic.
    enterprise::Verdict<Bytes> electronicOf(const enterprise::Id &acct, const enterprise::Id &grant);

private:
    Result<Bar> barOfElectronic(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::SealUse &seal,
                                const std::optional<x509::Certificate> &signer);
    Result<std::optional<x509::Certificate>> signerOf(const enterprise::Holder &holder);
    Result<Bar> judge(ports::Transaction &transaction, const enterprise::Holder &holder, const intent::Manifest &manifest,
                      const std::optional<x509::Certificate> &signer);
    enterprise::Ports m_ports;
    enterprise::Enterprise &m_enterprise;
    const authority::Authority &m_authority;
    SealStudio &m_studio;
};

} // namespace hufu::server
