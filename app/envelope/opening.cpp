#include "app/envelope/opening.h"

#include "platform/files/fresh_file.h"
#include "shield/base/ct.h"
#include "shield/crypto/sm3.h"

namespace hufu::envelope {

namespace {

using catalogue::Code;
using documents::ChunkLayout;
using documents::Finding;
using files::Trouble;

class OpenWork final : public files::ChunkWork {
public:
    // In: chunks, which are opened.
    OpenWork(const crypto::Sm4Key &key, ChunkLayout layout, const std::vector<std::uint64_t> &chunks, Roots &roots)
        : m_cipher(key), m_layout(layout), m_chunks(chunks), m_roots(roots)
    {
    }
    Result<void> run(std::uint64_t number, std::span<std::uint8_t> room) override
    {
        const std::uint64_t index = m_chunks[static_cast<std::size_t>(number)];
        m_roots.put(index, room);
        HUFU_CHECK(m_cipher.open(index, m_layout.isLast(index), room));
        return {};
    }

private:
    documents::ChunkCipher m_cipher;
    ChunkLayout m_layout;
    const std::vector<std::uint64_t> &m_chunks;
    Roots &m_roots;
};

// Of chunks that a former run has opened: which of them are the envelope's.
class CheckWork final : public files::ChunkWork {
public:
    CheckWork(const crypto::Sm4Key &key, const EnvelopeFile &file, Roots &roots, std::vector<std::uint8_t> &isThere)
        : m_cipher(key), m_file(file), m_layout(file.layout()), m_roots(roots), m_isThere(isThere)
    {
    }
    Result<void> run(std::uint64_t index, std::span<std::uint8_t> room) override
    {
        const documents::Range sealed = m_layout.sealed(index);
        m_cipher.seal(index, m_layout.isLast(index), room.first(sealed.size)); // for the tag and the tree alone: it is written nowhere
        ByteArray<documents::kChunkTagBytes> tag{};
        if (m_file.source().read(sealed.offset + sealed.size - tag.size(), tag) != Trouble::none) return {}; // said by whoever opens it
        if (!ct::equal(tag, room.first(sealed.size).last<documents::kChunkTagBytes>())) return {};
        m_roots.put(index, room.first(sealed.size));
        m_isThere[static_cast<std::size_t>(index)] = 1;
        return {};
    }

private:
    documents::ChunkCipher m_cipher;
    const EnvelopeFile &m_file;
    ChunkLayout m_layout;
    Roots &m_roots;
    std::vector<std::uint8_t> &m_isThere; // by chunk: each thread writes its own
};

std::string partOf(ByteView header)
{
    static constexpr std::size_t kNamed = 16;
    return "hufu-opening-" + toHex(crypto::sm3(header)).substr(0, kNamed) + ".part";
}

bool isWorthGoingOn(Trouble trouble)
{
    return trouble == Trouble::cancelled || trouble == Trouble::unreadable || trouble == Trouble::unwritable;
}

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
    const std::uint64_t size = file.body().contentSize;
    files::FreshFile fresh;
    auto opened = opener.open(file.body().recipients); // before anything of a former run is touched
    if (!opened) return opened.problem();
    if (opened->size() != documents::kEnvelopeKeyBytes) return Code::envelopeDamaged;
    const auto key = documents::EnvelopeKey::adopt(opened->fill().first<documents::kEnvelopeKeyBytes>());
    const auto chunkKey = file.header().chunkKey(key);
    if (!chunkKey) return Code::envelopeDamaged;
    Trouble trouble = size < order.goneOnWithFrom ? fresh.create(order.target, order.replace, size)
                                             : fresh.goOn(order.target, order.replace, size, partOf(file.header().der()));
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);

    Roots roots(layout.count());
    files::ChunkPlan plan;
    plan.roomBytes = documents::kSealedChunkBytes;
    plan.threads = order.threads;
    std::vector<std::uint8_t> isThere(static_cast<std::size_t>(layout.count()));
    files::SourceFile former;
    if (fresh.former(former) == Trouble::none) {
        plan.count = former.size() / documents::kChunkBytes; // the last one, which may be shorter, is opened anyway
        plan.source = [layout](std::uint64_t i) { return files::Stretch{layout.plain(i).offset, layout.plain(i).size}; };
        plan.target = [layout](std::uint64_t i) { return files::Stretch{0, layout.sealed(i).size}; };
        plan.worker = [&] { return std::make_unique<CheckWork>(*chunkKey, file, roots, isThere); };
        trouble = files::runChunks(former, nullptr, plan, progress);
        if (isWorthGoingOn(trouble)) fresh.stay();
        if (trouble != Trouble::none) return codeOf(trouble, Code::envelopeDamaged);
    }
    std::vector<std::uint64_t> chunks;
    for (std::uint64_t i = 0; i < layout.count(); ++i)
        if (isThere[static_cast<std::size_t>(i)] == 0) chunks.push_back(i);
    const std::uint64_t there = (layout.count() - chunks.size()) * documents::kSealedChunkBytes;

    plan.count = chunks.size();
    plan.source = [layout, &chunks](std::uint64_t i) {
        const documents::Range sealed = layout.sealed(chunks[static_cast<std::size_t>(i)]);
        return files::Stretch{sealed.offset, sealed.size};
    };
    plan.target = [layout, &chunks](std::uint64_t i) {
        const documents::Range plain = layout.plain(chunks[static_cast<std::size_t>(i)]);
        return files::Stretch{plain.offset, plain.size};
    };
    plan.worker = [&] { return std::make_unique<OpenWork>(*chunkKey, layout, chunks, roots); };
    const files::Progress further = [&progress, there](std::uint64_t bytes) { return !progress || progress(there + bytes); };
    trouble = files::runChunks(file.source(), &fresh, plan, further);
    if (isWorthGoingOn(trouble)) fresh.stay();
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

void forgetCutOpening(ByteView header, const std::filesystem::path &folder)
{
    files::FreshFile::forget(folder / partOf(header));
}

} // namespace hufu::envelope
