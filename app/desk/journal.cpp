#include "app/desk/journal.h"

#include "app/envelope/envelope_file.h"
#include "shield/documents/cms.h"

namespace hufu::desk_app {

static constexpr std::uint8_t kVersion = 1;

static Result<SealingOnPaper> sealingFrom(Reader &reader)
{
    SealingOnPaper sealing;
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left)
        sealing.tokens.push_back(reader.array<16>());
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        const QString id = QString::fromStdString(reader.text());
        sealing.bids.push_back({id, QString::fromStdString(reader.text())});
    }
    if (!reader.ok()) return Error(Errc::badInput, "a sealing that is cut off");
    return sealing;
}

Result<Journal> Journal::open(ports::DeviceStore &store)
{
    Journal journal(store);
    const auto kept = store.read(kFile);
    if (!kept && kept.error().code == Errc::notFound) return journal;
    if (!kept) return kept.error();
    Reader reader(*kept);
    if (reader.u8() != kVersion) return journal;
    for (std::size_t left = reader.u16(); left > 0; --left) {
        auto sealing = sealingFrom(reader);
        if (!sealing) break;
        journal.m_sealings.emplace(journal.m_next++, std::move(*sealing));
    }
    return journal;
}

Result<void> Journal::write() const
{
    if (m_sealings.empty()) return m_store->remove(kFile);
    Writer writer;
    writer.u8(kVersion).u16(static_cast<std::uint16_t>(m_sealings.size()));
    for (const auto &[number, sealing] : m_sealings) {
        writer.u16(static_cast<std::uint16_t>(sealing.tokens.size()));
        for (const auto &token : sealing.tokens)
            writer.raw(token);
        writer.u16(static_cast<std::uint16_t>(sealing.bids.size()));
        for (const BidOnPaper &bid : sealing.bids)
            writer.text(bid.id.toStdString()).text(bid.out.toStdString());
    }
    return m_store->write(kFile, writer.bytes());
}

Result<quint64> Journal::add(SealingOnPaper sealing)
{
    if (m_sealings.size() >= kMost) return Error(Errc::unavailable, "too many sealings wait for the server");
    const quint64 number = m_next++;
    m_sealings.emplace(number, std::move(sealing));
    const auto written = write();
    if (!written) m_sealings.erase(number);
    if (!written) return written.error();
    return number;
}

Result<void> Journal::addToken(quint64 number, const ByteArray<16> &token)
{
    const auto it = m_sealings.find(number);
    if (it == m_sealings.end()) return Error(Errc::unavailable, "no such sealing");
    SealingOnPaper before = it->second;
    if (it->second.tokens.size() >= kTokensMost) it->second.tokens.erase(it->second.tokens.begin());
    it->second.tokens.push_back(token);
    auto written = write();
    if (!written) it->second = std::move(before);
    return written;
}

void Journal::remove(quint64 number)
{
    if (m_sealings.erase(number) > 0) static_cast<void>(write());
}

std::vector<BidOnPaper> withoutFile(const std::vector<BidOnPaper> &bids)
{
    std::vector<BidOnPaper> out;
    for (const BidOnPaper &bid : bids) {
        const auto file = envelope::EnvelopeFile::open(bid.out.toStdString());
        const auto cms = file ? documents::Cms::parse(file->cms()) : Result<documents::Cms>(Error(Errc::notFound, "no envelope"));
        if (!cms || toHex(cms->signers.front().attributes.messageDigest) != bid.id.toStdString()) out.push_back(bid);
    }
    return out;
}

} // namespace hufu::desk_app
