// Sessions for the cosigner to be about, as the server would hand them over.
#pragma once

#include "shield/cosigner/conversation.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"

namespace hufu::tests {

inline intent::Manifest blankManifest(intent::Act act)
{
    intent::Manifest manifest;
    manifest.act = act;
    manifest.flow = act >= intent::Act::csr ? intent::Flow::phone : intent::Flow::desk;
    manifest.nonce.fill(7);
    manifest.created = 1'800'000'000'000;
    manifest.platform = {"hufu", "Hufu"};
    if (manifest.flow == intent::Flow::desk) manifest.desk = intent::Desk{{}, "Desk", true};
    return manifest;
}

inline cosigner::Pending pendingOf(const intent::Manifest &manifest)
{
    cosigner::Pending pending;
    pending.token.fill(5);
    pending.op = intent::opOf(manifest.act);
    pending.manifest = manifest.encode();
    pending.userTimeMs = intent::userTimeMs(manifest.act);
    return pending;
}

inline intent::File fileOf(std::string name, ByteView content)
{
    return {std::move(name), content.size(), crypto::sm3(content), 0};
}

// Acts whose TBS follows from the manifest.
inline cosigner::Pending builtPending(const intent::Manifest &manifest)
{
    cosigner::Pending pending = pendingOf(manifest);
    for (std::size_t i = 0; i < intent::itemsOf(manifest); ++i)
        pending.tbs.push_back(std::move(*intent::buildTbs(manifest, i)));
    return pending;
}

inline cosigner::Pending csrPending(const crypto::PublicKey &point)
{
    intent::Manifest manifest = blankManifest(intent::Act::csr);
    manifest.csrRequest = intent::CsrRequest{{"CN", "Company", "", "Person", ""}, point};
    return builtPending(manifest);
}

inline cosigner::Pending rehearsalPending()
{
    return builtPending(blankManifest(intent::Act::rehearseSign));
}

inline cosigner::Pending bareFilesPending(std::size_t count)
{
    intent::Manifest manifest = blankManifest(intent::Act::sign);
    manifest.form = intent::Form::bare;
    std::vector<Bytes> contents;
    for (std::size_t i = 0; i < count; ++i) {
        contents.push_back(Bytes(10 + i, static_cast<std::uint8_t>('a' + i % 20)));
        manifest.files.push_back(fileOf("file-" + std::to_string(i), contents.back()));
    }
    cosigner::Pending pending = pendingOf(manifest);
    pending.tbs = std::move(contents);
    return pending;
}

// The cosigner takes a ciphertext as bytes whose digest the manifest names; their form is the phone's matter.
inline Bytes ciphertextFor(const crypto::PublicKey &point, ByteView plain, ports::Random &random)
{
    return *crypto::sm2Encrypt(*point.sm2(), plain, random)->encode();
}

inline cosigner::Pending openPending(intent::Act act, const std::vector<Bytes> &ciphertexts)
{
    intent::Manifest manifest = blankManifest(act);
    if (act == intent::Act::decrypt) manifest.deskKey = ByteArray<32>{1};
    for (std::size_t i = 0; i < ciphertexts.size(); ++i)
        manifest.files.push_back(fileOf("sealed-" + std::to_string(i), ciphertexts[i]));
    cosigner::Pending pending = pendingOf(manifest);
    pending.tbs = ciphertexts;
    return pending;
}

inline cosigner::Pending pinChangePending()
{
    return pendingOf(blankManifest(intent::Act::pinChange));
}

} // namespace hufu::tests
