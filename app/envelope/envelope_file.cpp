#include "app/envelope/envelope_file.h"

#include "shield/crypto/sm3.h"

namespace hufu::envelope {

namespace {

using catalogue::Code;
using files::Trouble;

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kCmsMax = 1024 * 1024;

// Its signer must be the one that the header names, and nobody else.
bool isOfSender(ByteView cms, const ByteArray<32> &senderSm3)
{
    const auto parsed = documents::Cms::parse(cms);
    return parsed && !parsed->content && parsed->signers.size() == 1 &&
           crypto::sm3(parsed->signers.front().certificate.der()) == senderSm3;
}

class HashWork final : public files::ChunkWork {
public:
    explicit HashWork(Roots &roots) : m_roots(roots) {}
    Result<void> run(std::uint64_t index, std::span<std::uint8_t> room) override
    {
        m_roots.put(index, room);
        return {};
    }

private:
    Roots &m_roots;
};

} // namespace

Outcome<EnvelopeFile> EnvelopeFile::open(const std::filesystem::path &path)
{
    files::SourceFile source;
    if (source.open(path) != Trouble::none) return Code::fileUnreadable;
    Bytes start(documents::kEnvelopeStartBytes);
    if (source.size() < start.size()) return Code::fileUnknown;
    if (source.read(0, start) != Trouble::none) return Code::fileUnreadable;
    const auto length = documents::envelopeHeaderLength(start);
    if (!length) return Code::fileUnknown;
    if (source.size() - start.size() < *length) return Code::envelopeDamaged;
    Bytes der(*length);
    if (source.read(start.size(), der) != Trouble::none) return Code::fileUnreadable;
    auto header = documents::EnvelopeHeader::parse(der);
    if (!header) return Code::envelopeDamaged;

    EnvelopeFile out(std::move(*header));
    out.m_source = std::move(source);
    const std::uint64_t end = out.layout().end();
    const std::uint64_t size = out.m_source.size();
    if (size < end + kLengthBytes || size - end - kLengthBytes > kCmsMax) return Code::envelopeDamaged;
    Bytes lengthBytes(kLengthBytes);
    if (out.m_source.read(end, lengthBytes) != Trouble::none) return Code::fileUnreadable;
    if (Reader(lengthBytes).u32() != size - end - kLengthBytes) return Code::envelopeDamaged;
    out.m_cms.resize(static_cast<std::size_t>(size - end) - kLengthBytes);
    if (out.m_source.read(end + kLengthBytes, out.m_cms) != Trouble::none) return Code::fileUnreadable;
    const auto &sender = out.body().senderSm3;
    if (sender.has_value() == out.m_cms.empty()) return Code::envelopeDamaged;
    if (sender && !isOfSender(out.m_cms, *sender)) return Code::envelopeDamaged;
    return out;
}

documents::Verdict EnvelopeFile::verdict(const ByteArray<32> &root, const documents::Question &question) const
{
    const auto statement = documents::envelopeStatement(m_header, root);
    if (!statement) return {};
    return documents::verifyCms(m_cms, crypto::sm3(*statement), question);
}

bool isEnvelope(const std::filesystem::path &path)
{
    files::SourceFile source;
    Bytes start(documents::kEnvelopeStartBytes);
    return source.open(path) == Trouble::none && source.size() >= start.size() &&
           source.read(0, start) == Trouble::none && documents::envelopeHeaderLength(start);
}

Outcome<documents::Verdict> verify(const EnvelopeFile &file, const documents::Question &question,
                                   const files::Progress &progress)
{
    if (!file.body().senderSm3) return Code::envelopeUnsigned;
    const documents::ChunkLayout layout = file.layout();
    Roots roots(layout.count());
    files::ChunkPlan plan;
    plan.count = layout.count();
    plan.source = [layout](std::uint64_t i) {
        return files::Stretch{layout.sealed(i).offset, layout.sealed(i).size};
    };
    plan.target = [](std::uint64_t) { return files::Stretch{}; };
    plan.roomBytes = documents::kSealedChunkBytes;
    plan.worker = [&roots] { return std::make_unique<HashWork>(roots); };
    Trouble trouble = files::runChunks(file.source(), nullptr, plan, progress);
    if (trouble == Trouble::none) trouble = file.source().check();
    if (trouble != Trouble::none) return codeOf(trouble, Code::envelopeDamaged);
    return file.verdict(roots.root(), question);
}

} // namespace hufu::envelope
