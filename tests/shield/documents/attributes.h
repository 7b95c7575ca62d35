// Signed attributes as intent makes them, for the tests of documents.
#pragma once

#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"
#include "tests/support/pki.h"

namespace hufu::tests {

inline intent::Manifest signingManifest(ByteView content, std::int64_t createdMs)
{
    intent::Manifest manifest;
    manifest.act = intent::Act::sign;
    manifest.form = intent::Form::cms;
    manifest.flow = intent::Flow::desk;
    manifest.desk = intent::Desk{ByteArray<16>{1}, "desk", true};
    manifest.created = createdMs;
    manifest.platform = {"bids", "投标平台"};
    manifest.files = {{"投标文件.pdf", content.size(), crypto::sm3(content), 0}};
    return manifest;
}

inline Bytes attributesOf(const intent::Manifest &manifest)
{
    const auto tbs = intent::buildTbs(manifest, 0);
    if (!tbs) qFatal("attributes: %s", tbs.error().what.text());
    return *tbs;
}

} // namespace hufu::tests
