#include "app/envelope/opening.h"

namespace hufu::envelope {

namespace {

using catalogue::Code;
using documents::ChunkLayout;
using documents::Finding;
using files::Trouble;

class OpenWork final : public files::ChunkWork {
public:
    OpenWork(const crypto::Sm4Key &key, ChunkLayout layout, Roots &roots)
        : m_cipher(key), m_layout(layout), m_roots(roots)
    {
    }
    Result<void> run(std::uint64_t index, std::span<std::uint8_t> room) override
    {
        m_roots.put(index, room);
        HUFU_CHECK(m_cipher.open(index, m_layout.isLast(index), room));
        return {};
    }

private:
    documents::ChunkCipher m_cipher;
    ChunkLayout m_layout;
    Roots &m_roots;
};

// Why a file stays shut; nothing if it is opened.
std::optional<Code> objection(const EnvelopeFile &file, const ByteArray<32> &root,
                              const documents::Verdict &verdict, const documents::Question &question)
{
    if (verdict.finding == Finding::valid) return std::nullopt;
    if (verdict.finding == Finding::timeImplausible) { // our clock may be wrong; who signed must still be right
        documents::Question then = question;
        then.nowMs = verdict.judgedAtMs;
        return objection(file, root, file.verdict(root, then), then);
    }
    if (verdict.finding != Finding::certificateRefused) return Code::signatureInvalid;
    if (question.trust.roots.empty()) return std::nullopt;
    switch (verdict.chainFault) {
    case x509::Fault::expired:
    case x509::Fault::notYetValid:
    case x509::Fault::revoked:
    case x509::Fault::revocationUnknown:
        return std::nullopt;
    default:
        return Code::certificateInvalid;
    }
}

} // namespace

Outcome<Opened> open(const EnvelopeFile &file, KeyOpener &opener, const OpenOrder &order,
                     const files::Progress &progress)
{
    const ChunkLayout layout = file.layout();
    files::FreshFile fresh;
    Trouble trouble = fresh.create(order.target, order.replace, file.body().contentSize);
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);
    auto opened = opener.open(file.body().recipients);
    if (!opened) return opened.problem();
    if (opened->size() != documents::kEnvelopeKeyBytes) return Code::envelopeDamaged;
    const auto key = documents::EnvelopeKey::adopt(opened->fill().first<documents::kEnvelopeKeyBytes>());
    const auto chunkKey = file.header().chunkKey(key);
    if (!chunkKey) return Code::envelopeDamaged;

    Roots roots(layout.count());
    files::ChunkPlan plan;
    plan.count = layout.count();
    plan.source = [layout](std::uint64_t i) {
        return files::Stretch{layout.sealed(i).offset, layout.sealed(i).size};
    };
    plan.target = [layout](std::uint64_t i) {
        return files::Stretch{layout.plain(i).offset, layout.plain(i).size};
    };
    plan.roomBytes = documents::kSealedChunkBytes;
    plan.worker = [&] { return std::make_unique<OpenWork>(*chunkKey, layout, roots); };
    plan.threads = order.threads;
    trouble = files::runChunks(file.source(), &fresh, plan, progress);
    if (trouble != Trouble::none) return codeOf(trouble, Code::envelopeDamaged);

    Opened out{file.body().contentSize, std::nullopt};
    if (file.body().senderSm3) {
        const ByteArray<32> root = roots.root();
        out.sender = file.verdict(root, order.question);
        if (const auto code = objection(file, root, *out.sender, order.question)) return *code;
    }
    trouble = fresh.commit();
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);
    return out;
}

} // namespace hufu::envelope
