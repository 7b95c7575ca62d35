// What people read and what cameras see: manifests, frames, the activation link.
#include "shield/intent/tbs.h"
#include "shield/phone/activation.h"
#include "shield/phone/own_subject.h"
#include "tests/fuzz/target.h"
#include "tests/shield/intent/manifests.h"

namespace hufu::tests {

using intent::Frame;
using intent::Manifest;

namespace {

void feedManifest(ByteView bytes)
{
    const auto manifest = Manifest::parse(bytes);
    if (!manifest) return;
    hold(sameBytes(manifest->encode(), bytes), "a manifest has one form");
    hold(bool(manifest->check()), "what is accepted fits its act");
    for (std::size_t i = 0; i < intent::itemsOf(*manifest); ++i)
        if (const auto tbs = intent::buildTbs(*manifest, i))
            hold(bool(intent::checkTbs(*manifest, i, *tbs)), "what is built is what is accepted");
    hold(!intent::buildTbs(*manifest, intent::itemsOf(*manifest)), "there is no item behind the last");
}

std::vector<Bytes> manifestSeeds()
{
    std::vector<Bytes> seeds;
    for (const intent::Act act : allActs())
        seeds.push_back(manifestOf(act).encode());
    return seeds;
}

const Manifest &draftBase()
{
    static const Manifest base = [] {
        Manifest out;
        out.nonce.fill(3);
        out.created = 1'800'000'000'000;
        out.platform = {"desk", "Desk"};
        out.desk = intent::Desk{{1}, "Desk", true};
        return out;
    }();
    return base;
}

void feedDraft(ByteView bytes)
{
    const auto manifest = Manifest::fromDraft(bytes, draftBase());
    if (!manifest) return;
    hold(manifest->nonce == draftBase().nonce && manifest->created == draftBase().created &&
             manifest->desk == draftBase().desk && manifest->flow == draftBase().flow,
         "a draft does not say what only the server may say");
    const auto again = Manifest::parse(manifest->encode());
    hold(again && *again == *manifest, "what came of a draft is a manifest");
}

std::vector<Bytes> draftSeeds()
{
    return {bytesOf(viewOf(R"({"act":"login"})")),
            bytesOf(viewOf(R"({ "platform":{"id":"b","name":"平台"}, "act":"login" })")),
            bytesOf(viewOf("{\"act\":\"sign\",\"form\":\"bare\",\"files\":[{\"name\":\"a.pdf\",\"size\":3,\"sm3\":\"" +
                           std::string(64, 'a') + "\",\"pages\":2}],\"deadline\":1800000100000}"))};
}

// manifest length 2 | manifest | what the server claims is to be signed
void feedTbs(ByteView bytes)
{
    Reader reader(bytes);
    const auto manifest = Manifest::parse(reader.blob16());
    if (!manifest) return;
    const ByteView tbs = reader.raw(reader.left());
    for (std::size_t i = 0; i < intent::itemsOf(*manifest); ++i) {
        if (!intent::checkTbs(*manifest, i, tbs)) continue;
        const auto built = intent::buildTbs(*manifest, i);
        hold(built ? sameBytes(*built, tbs) : manifest->files.at(i).sm3 == crypto::sm3(tbs),
             "nothing but what the manifest says is signed");
    }
}

std::vector<Bytes> tbsSeeds()
{
    std::vector<Bytes> seeds;
    for (const intent::Act act : allActs()) {
        const Manifest manifest = manifestOf(act);
        const auto built = intent::buildTbs(manifest, 0);
        seeds.push_back(Writer().blob16(manifest.encode()).raw(built ? *built : Bytes{'a', 'b', 'c'}).take());
    }
    return seeds;
}

Frame frameOf(intent::FrameKind kind)
{
    Frame frame;
    frame.kind = kind;
    frame.token.fill(1);
    frame.second = 12;
    frame.code.fill(2);
    if (kind == intent::FrameKind::desk) {
        frame.deskId.fill(3);
        frame.signature.fill(4);
    }
    return frame;
}

void feedFrame(ByteView bytes)
{
    const auto frame = Frame::parse(bytes);
    if (!frame) return;
    hold(sameBytes(frame->encode(), bytes), "what is accepted is written the same");
    const auto again = Frame::fromText(frame->text());
    hold(again && again->encode() == frame->encode(), "the text holds the frame");
}

std::vector<Bytes> frameSeeds()
{
    return {frameOf(intent::FrameKind::desk).encode(), frameOf(intent::FrameKind::page).encode()};
}

void feedFrameText(ByteView bytes)
{
    const std::string text = textOf(bytes);
    if (const auto frame = Frame::fromText(text)) hold(frame->text() == text, "a frame has one text");
    if (const auto decoded = intent::fromBase45(text)) hold(intent::toBase45(*decoded) == text, "Base45 has one form");
}

std::vector<Bytes> frameTextSeeds()
{
    return {bytesOf(viewOf(frameOf(intent::FrameKind::desk).text())),
            bytesOf(viewOf(frameOf(intent::FrameKind::page).text())), bytesOf(viewOf("QED8WEX0"))};
}

void feedLink(ByteView bytes)
{
    const auto link = phone::ActivationLink::parse(textOf(bytes));
    if (!link) return;
    hold(!link->server.host.empty() && link->server.port != 0, "a link names a server");
    hold(link->server.pin != ByteArray<32>{}, "there is no link without a pin");
}

std::vector<Bytes> linkSeeds()
{
    const std::string pin(64, 'b'), code(32, 'c');
    return {bytesOf(viewOf("hufu://activate?host=server.example&port=8443&pin=" + pin + "&pin2=" + pin +
                           "&code=" + code)),
            bytesOf(viewOf("hufu://activate?host=127.0.0.1&port=1&pin=" + pin + "&code=" + code))};
}

void feedSubject(ByteView bytes)
{
    const auto subject = phone::subjectFrom(bytes);
    if (subject) hold(sameBytes(phone::subjectBytes(*subject), bytes), "what is accepted is written the same");
}

std::vector<Bytes> subjectSeeds()
{
    return {phone::subjectBytes({"CN", "某公司", "投标部", "张三", "91X"}), phone::subjectBytes({})};
}

} // namespace

std::vector<FuzzTarget> intentTargets()
{
    return {
        {"manifest", feedManifest, manifestSeeds}, {"manifest-draft", feedDraft, draftSeeds},
        {"tbs", feedTbs, tbsSeeds},                {"frame", feedFrame, frameSeeds},
        {"frame-text", feedFrameText, frameTextSeeds}, {"activation-link", feedLink, linkSeeds},
        {"subject", feedSubject, subjectSeeds},
    };
}

} // namespace hufu::tests
