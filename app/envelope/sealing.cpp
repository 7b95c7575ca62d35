#include "app/envelope/sealing.h"

#include "app/envelope/envelope_file.h"
#include "shield/base/limits.h"
#include "shield/intent/manifest.h"

#include <algorithm>

namespace hufu::envelope {

namespace {

using catalogue::Code;
using documents::ChunkLayout;
using files::Trouble;

constexpr std::size_t kShownMax = 1024;

class SealWork final : public files::ChunkWork {
public:
    SealWork(const crypto::Sm4Key &key, ChunkLayout layout, Roots &roots)
        : m_cipher(key), m_layout(layout), m_roots(roots)
    {
    }
    Result<void> run(std::uint64_t index, std::span<std::uint8_t> room) override
    {
        m_cipher.seal(index, m_layout.isLast(index), room);
        m_roots.put(index, room);
        return {};
    }

private:
    documents::ChunkCipher m_cipher;
    ChunkLayout m_layout;
    Roots &m_roots;
};

bool canBeShown(const SealOrder &order, const std::string &fileName)
{
    bool fit = bool(intent::checkText(fileName, kShownMax));
    if (order.project)
        for (const std::string *text : {&order.project->id, &order.project->name, &order.project->package})
            fit = fit && intent::checkText(*text, kShownMax);
    return fit;
}

} // namespace

Outcome<std::vector<x509::Certificate>> judgedRecipients(const SealOrder &order)
{
    std::vector<x509::Certificate> out;
    for (const x509::Certificate &certificate : order.recipients) {
        if (!certificate.allows(x509::KeyKind::encrypt)) return Code::certificateInvalid;
        if (certificate.notAfterMs() < order.nowMs) return Code::certificateExpired;
        if (order.trust) {
            const auto report = x509::checkChain(certificate, *order.trust,
                                                 {x509::KeyKind::encrypt, order.nowMs, order.nowMs, false});
            if (report.fault == x509::Fault::revoked) return Code::certificateRevoked;
            if (report.fault == x509::Fault::expired) return Code::certificateExpired;
            if (report.fault != x509::Fault::none) return Code::certificateInvalid;
        }
        if (std::ranges::find(out, certificate) == out.end()) out.push_back(certificate);
    }
    if (out.size() > limits::kRecipientsMax) return Code::recipientsTooMany;
    return out;
}

Outcome<std::vector<x509::Certificate>> envelopeRecipients(const SealOrder &order)
{
    auto judged = judgedRecipients(order);
    if (!judged) return judged;
    std::vector<Bytes> keyIds; // by which each finds his own key in the header
    for (const x509::Certificate &certificate : *judged) {
        const auto keyId = documents::envelopeKeyId(certificate);
        if (!keyId) return Code::certificateInvalid;
        const bool isThere = std::ranges::find(keyIds, *keyId) != keyIds.end();
        if (isThere || !documents::isEnvelopeText(viewOf(certificate.subject().commonName))) return Code::recipientUnfit;
        keyIds.push_back(*keyId);
    }
    return judged;
}

Outcome<Sealing> Sealing::begin(const SealOrder &order, const x509::Certificate *sender, ports::Random &random,
                                const files::Progress &progress)
{
    const std::string fileName = order.fileName.empty() ? order.source.filename().string() : order.fileName;
    if (!canBeShown(order, fileName)) return Code::manifestRefused;
    auto recipients = envelopeRecipients(order);
    if (!recipients) return recipients.problem();
    files::SourceFile source;
    if (source.open(order.source) != Trouble::none) return Code::fileUnreadable;
    if (source.size() > limits::kEnvelopeContentMax) return Code::tooLargeForEnvelope;

    documents::EnvelopeDraft draft{order.nowMs,   source.size(), fileName,
                                   order.project, std::nullopt,  *recipients};
    if (sender != nullptr) draft.sender = *sender;
    auto made = documents::EnvelopeHeader::make(draft, random);
    if (!made) return Code::certificateInvalid;
    const auto chunkKey = made->header.chunkKey(made->key);
    made->key.clear();
    if (!chunkKey) return Code::internal;

    Sealing sealing(std::move(made->header));
    const Bytes start = sealing.m_header.start();
    const ChunkLayout layout(source.size(), start.size());
    sealing.m_end = layout.end();
    Trouble trouble = sealing.m_fresh->create(order.target, order.replace, layout.end());
    if (trouble == Trouble::none) trouble = sealing.m_fresh->write(0, start);
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);

    Roots roots(layout.count());
    files::ChunkPlan plan;
    plan.count = layout.count();
    plan.source = [layout](std::uint64_t i) {
        return files::Stretch{layout.plain(i).offset, layout.plain(i).size};
    };
    plan.target = [layout](std::uint64_t i) {
        return files::Stretch{layout.sealed(i).offset, layout.sealed(i).size};
    };
    plan.roomBytes = documents::kSealedChunkBytes;
    plan.worker = [&] { return std::make_unique<SealWork>(*chunkKey, layout, roots); };
    plan.threads = order.threads;
    trouble = files::runChunks(source, sealing.m_fresh.get(), plan, progress);
    if (trouble == Trouble::none) trouble = source.check();
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);

    sealing.m_root = roots.root();
    if (sender != nullptr) {
        auto statement = documents::envelopeStatement(sealing.m_header, sealing.m_root);
        if (!statement) return Code::internal;
        sealing.m_statement = std::move(*statement);
    }
    return sealing;
}

Outcome<Sealed> Sealing::finish(ByteView cms)
{
    const Bytes end = Writer().blob32(cms).take();
    Trouble trouble = m_fresh->write(m_end, end);
    if (trouble == Trouble::none) trouble = m_fresh->commit();
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);
    return Sealed{m_header.body(), m_root, m_end + end.size()};
}

Outcome<Sealed> seal(const SealOrder &order, ports::Random &random, const files::Progress &progress)
{
    auto sealing = Sealing::begin(order, order.signer != nullptr ? &order.signer->certificate() : nullptr, random, progress);
    if (!sealing) return sealing.problem();
    if (order.signer == nullptr) return sealing->finish({});
    const auto cms = order.signer->sign(sealing->statement());
    if (!cms) return cms.problem();
    return sealing->finish(*cms);
}

} // namespace hufu::envelope
