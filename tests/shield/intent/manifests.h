// One good manifest for each act.
#pragma once

#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/intent/manifest.h"

namespace hufu::tests {

inline intent::Manifest manifestOf(intent::Act act)
{
    using intent::Act;
    intent::Manifest m;
    m.act = act;
    m.flow = act == Act::confirm ? intent::Flow::page : act >= Act::csr ? intent::Flow::phone : intent::Flow::desk;
    m.nonce.fill(0x5a);
    m.created = 1'800'000'000'123;
    m.platform = {"bidding.example", "省公共资源交易平台"};
    m.company = "某某建设有限公司";
    m.person = "张三";
    if (m.flow == intent::Flow::desk) m.desk = intent::Desk{{1, 2, 3}, "办公室电脑", true};
    const Bytes content{'a', 'b', 'c'};
    const intent::File file{"投标文件.pdf", content.size(), crypto::sm3(content), 12};
    switch (act) {
    case Act::sign:
        m.form = intent::Form::bare;
        m.files = {file};
        break;
    case Act::seal:
        m.form = intent::Form::cms;
        m.files = {file};
        break;
    case Act::encrypt:
        m.form = intent::Form::cms;
        m.project = intent::Project{"P-1", "某某大桥", "2 标段"};
        m.recipients = {"张三", "李四"};
        m.files = {file};
        break;
    case Act::decrypt:
        m.deskKey.emplace().fill(7);
        m.files = {file};
        break;
    case Act::enrol:
        m.deskPublicKey.emplace().fill(9);
        m.desk = intent::Desk{intent::deskIdOf(*m.deskPublicKey), "新电脑", false};
        break;
    case Act::csr:
        m.csrRequest = intent::CsrRequest{{"CN", "某某建设有限公司", "投标部", "张三", "91110000X"}, ByteArray<65>{4}};
        break;
    case Act::encryptCertificate:
        m.encryptRequest = intent::EncryptRequest{{1}, {4}, {3}};
        break;
    case Act::probe:
    case Act::rehearseDecrypt:
        m.files = {{"probe", content.size(), crypto::sm3(content), 0}};
        break;
    case Act::confirm:
        m.files = {{"制作印章：公章 (make a seal)", content.size(), crypto::sm3(content), 0}};
        break;
    default:
        break;
    }
    return m;
}

inline std::vector<intent::Act> allActs()
{
    std::vector<intent::Act> out;
    for (int i = 1; i <= static_cast<int>(intent::Act::confirm); ++i)
        out.push_back(static_cast<intent::Act>(i));
    return out;
}

} // namespace hufu::tests
