#include "app/envelope/interchange.h"

#include "shield/x509/pem.h"

namespace hufu::envelope {

namespace {

using catalogue::Code;
using files::Trouble;

constexpr std::uint64_t kFileMax = 24 * 1024 * 1024; // as PEM

// Of more than most bytes: tooLarge.
Outcome<Bytes> readWhole(const std::filesystem::path &path, std::uint64_t most, Code tooLarge)
{
    files::SourceFile source;
    if (source.open(path) != Trouble::none) return Code::fileUnreadable;
    if (source.size() > most) return tooLarge;
    Bytes out(static_cast<std::size_t>(source.size()));
    Trouble trouble = source.read(0, out);
    if (trouble == Trouble::none) trouble = source.check();
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);
    return out;
}

Outcome<std::uint64_t> writeWhole(const std::filesystem::path &path, bool replace, ByteView content)
{
    files::FreshFile fresh;
    Trouble trouble = fresh.create(path, replace, content.size());
    if (trouble == Trouble::none) trouble = fresh.write(0, content);
    if (trouble == Trouble::none) trouble = fresh.commit();
    if (trouble != Trouble::none) return codeOf(trouble, Code::internal);
    return std::uint64_t{content.size()};
}

} // namespace

Outcome<std::uint64_t> sealForOthers(const SealOrder &order, documents::Dialect dialect, ports::Random &random)
{
    const auto recipients = judgedRecipients(order);
    if (!recipients) return recipients.problem();
    const auto content = readWhole(order.source, documents::kEnvelopedContentMax, Code::tooLargeForOthers);
    if (!content) return content.problem();
    const auto der = documents::buildEnvelopedData(*recipients, *content, dialect, random);
    if (!der) return Code::certificateInvalid;
    return writeWhole(order.target, order.replace, *der);
}

Outcome<documents::EnvelopedData> readEnvelopedData(const std::filesystem::path &path)
{
    const auto file = readWhole(path, kFileMax, Code::fileUnknown);
    if (!file) return file.problem();
    for (const std::string_view label : {"CMS", "PKCS7"})
        if (const auto der = x509::derOfFile(*file, label))
            if (auto data = documents::EnvelopedData::parse(*der)) return std::move(*data);
    return Code::fileUnknown;
}

Outcome<std::uint64_t> openFromOthers(const documents::EnvelopedData &data, KeyOpener &opener,
                                      const std::filesystem::path &target, bool replace)
{
    auto opened = opener.open(data.recipients());
    if (!opened) return opened.problem();
    if (opened->size() != crypto::kSm4KeyBytes) return Code::ciphertextInvalid;
    const auto key = crypto::Sm4Key::adopt(opened->fill().first<crypto::kSm4KeyBytes>());
    const auto content = data.open(key);
    if (!content) return Code::ciphertextInvalid;
    return writeWhole(target, replace, content->expose());
}

} // namespace hufu::envelope
