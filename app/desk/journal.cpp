#include "app/desk/journal.h"

#include "app/envelope/envelope_file.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <bit>

#include <sys/stat.h>

namespace hufu::desk_app {

static constexpr std::uint8_t kSealingsVersion = 3, kOpeningVersion = 2, kOpenedVersion = 1, kStampingVersion = 1;
static constexpr std::uint8_t kWithPlaces = 2; // sealings from there on have their folders' places
static constexpr std::uint8_t kFormerOpening = 1; // with what was opened by item
static constexpr std::size_t kWitnessBytes = 64 * 1024; // of its beginning, and of its end
static constexpr char kKeyContext[] = "hufu-desk-opening"; // for the secure element

static Result<SealingOnPaper> sealingFrom(Reader &reader, std::uint8_t version)
{
    SealingOnPaper sealing;
    if (version >= kWithPlaces) sealing.isDecided = reader.u8() != 0;
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left)
        sealing.tokens.push_back(reader.array<16>());
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        BidOnPaper &bid = sealing.bids.emplace_back();
        bid.id = QString::fromStdString(reader.text());
        bid.out = QString::fromStdString(reader.text());
        if (version < kWithPlaces) continue;
        bid.folder.device = reader.u64();
        bid.folder.inode = reader.u64();
        if (version < kSealingsVersion) continue;
        bid.witness.name = QString::fromStdString(reader.text());
        bid.witness.size = reader.u64();
        bid.witness.sm3 = reader.array<32>();
    }
    if (!reader.ok()) return Error(Errc::badInput, "a sealing that is cut off");
    return sealing;
}

// A secret is born in its wiping type: the secure element hands it over whole.
static Result<std::shared_ptr<crypto::BoxKey>> boxKeyFrom(ports::SecureElement &element, ByteView sealed)
{
    HUFU_TRY(plain, element.open(sealed, viewOf(kKeyContext)));
    if (plain.size() != 32) return Error(Errc::tampered, "an opening's key");
    return std::make_shared<crypto::BoxKey>(crypto::BoxKey::fromSecret(Secret<32>::adopt(plain.fill().first<32>())));
}

static std::map<int, QString> doneFrom(Reader &reader)
{
    std::map<int, QString> done;
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        const int item = reader.u8();
        done[item] = QString::fromStdString(reader.text());
    }
    return done;
}

static QStringList textsFrom(Reader &reader)
{
    QStringList texts;
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left)
        texts << QString::fromStdString(reader.text());
    return texts;
}

// What an opening and a stamping begin with. Returns: the version.
template <typename OnPaper> static std::uint8_t beginningFrom(Reader &reader, OnPaper &onPaper)
{
    const std::uint8_t version = reader.u8();
    onPaper.token = reader.array<16>();
    onPaper.startedMs = static_cast<std::int64_t>(reader.u64());
    onPaper.manifest = bytesOf(reader.blob32());
    return version;
}

static Result<OpeningOnPaper> openingFrom(ByteView bytes, ports::SecureElement &element)
{
    Reader reader(bytes);
    OpeningOnPaper opening;
    const std::uint8_t version = beginningFrom(reader, opening);
    const Bytes sealed = bytesOf(reader.blob16());
    opening.files = textsFrom(reader);
    opening.out = QString::fromStdString(reader.text());
    opening.person = QString::fromStdString(reader.text());
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        if (version == kOpeningVersion) {
            const QString envelope = QString::fromStdString(reader.text());
            opening.done[envelope] = QString::fromStdString(reader.text());
        } else { // of which envelope is not known for certain: it is opened once more, under another name
            static_cast<void>(reader.u8());
            static_cast<void>(reader.text());
        }
    }
    HUFU_CHECK(reader.finish());
    if (version != kOpeningVersion && version != kFormerOpening) return Error(Errc::badInput, "an opening of another version");
    HUFU_TRY(key, boxKeyFrom(element, sealed));
    opening.boxKey = std::move(key);
    return opening;
}

// To the bit: the same documents come of the same places alone.
static ByteArray<8> bytesOfLength(double millimetres)
{
    return std::bit_cast<ByteArray<8>>(millimetres);
}

static double lengthFrom(Reader &reader)
{
    return std::bit_cast<double>(reader.array<8>());
}

static StampWish::Document documentFrom(Reader &reader)
{
    StampWish::Document document;
    document.file = QString::fromStdString(reader.text());
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        StampWish::Place place;
        place.seal = reader.u16();
        for (std::size_t pages = reader.u16(); pages > 0 && reader.ok(); --pages)
            place.pages.push_back(static_cast<int>(reader.u16()));
        place.left = lengthFrom(reader);
        place.top = lengthFrom(reader);
        document.places.push_back(std::move(place));
    }
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        const int seal = reader.u16();
        document.ridings.push_back({seal, lengthFrom(reader)});
    }
    return document;
}

static Result<StampingOnPaper> stampingFrom(ByteView bytes)
{
    Reader reader(bytes);
    StampingOnPaper stamping;
    const bool ours = beginningFrom(reader, stamping) == kStampingVersion;
    stamping.madeMs = static_cast<std::int64_t>(reader.u64());
    stamping.revision = reader.array<16>();
    stamping.wish.electronic = reader.u8() != 0;
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left)
        stamping.wish.documents.push_back(documentFrom(reader));
    stamping.seals = textsFrom(reader);
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        const QString grant = QString::fromStdString(reader.text());
        stamping.electronic[grant] = bytesOf(reader.blob32());
    }
    stamping.out = QString::fromStdString(reader.text());
    stamping.person = QString::fromStdString(reader.text());
    stamping.done = doneFrom(reader);
    HUFU_CHECK(reader.finish());
    if (!ours) return Error(Errc::badInput, "a stamping of another version");
    return stamping;
}

Result<Journal> Journal::open(ports::DeviceStore &store, ports::SecureElement &element)
{
    Journal journal(store, element);
    const auto contentOf = [&store](const char *file) -> Result<std::optional<Bytes>> {
        auto kept = store.read(file);
        if (!kept && kept.error().code == Errc::notFound) return std::optional<Bytes>();
        if (!kept) return kept.error();
        return std::optional(std::move(*kept));
    };
    HUFU_TRY(sealings, contentOf(kFile));
    if (sealings) {
        Reader reader(*sealings);
        const std::uint8_t version = reader.u8();
        for (std::size_t left = version >= 1 && version <= kSealingsVersion ? reader.u16() : 0; left > 0; --left) {
            auto sealing = sealingFrom(reader, version);
            if (!sealing) break;
            journal.m_sealings.emplace(journal.m_next++, std::move(*sealing));
        }
    }
    HUFU_TRY(kept, contentOf(kOpeningFile));
    if (kept)
        if (auto opening = openingFrom(*kept, element)) journal.m_opening = std::move(*opening);
    HUFU_TRY(pressed, contentOf(kStampingFile));
    if (pressed)
        if (auto stamping = stampingFrom(*pressed)) journal.m_stamping = std::move(*stamping);
    HUFU_TRY(opened, contentOf(kOpenedFile));
    if (opened) {
        Reader reader(*opened);
        for (std::size_t left = reader.u8() == kOpenedVersion ? reader.u16() : 0; left > 0; --left) {
            const std::string id = reader.text();
            if (!reader.ok()) break;
            journal.m_opened << QString::fromStdString(id);
        }
    }
    return journal;
}

Result<void> Journal::write() const
{
    if (m_sealings.empty()) return m_store->remove(kFile);
    Writer writer;
    writer.u8(kSealingsVersion).u16(static_cast<std::uint16_t>(m_sealings.size()));
    for (const auto &[number, sealing] : m_sealings) {
        writer.u8(sealing.isDecided ? 1 : 0).u16(static_cast<std::uint16_t>(sealing.tokens.size()));
        for (const auto &token : sealing.tokens)
            writer.raw(token);
        writer.u16(static_cast<std::uint16_t>(sealing.bids.size()));
        for (const BidOnPaper &bid : sealing.bids)
            writer.text(bid.id.toStdString()).text(bid.out.toStdString()).u64(bid.folder.device).u64(bid.folder.inode)
                .text(bid.witness.name.toStdString()).u64(bid.witness.size).raw(bid.witness.sm3);
    }
    return m_store->write(kFile, writer.bytes());
}

Result<quint64> Journal::add(SealingOnPaper sealing)
{
    if (m_sealings.size() >= kMost) return Error(Errc::locked, "too many sealings wait for the server");
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

void Journal::keepOnly(quint64 number, std::vector<BidOnPaper> bids, bool isDecided)
{
    const auto it = m_sealings.find(number);
    if (it == m_sealings.end() || (it->second.bids == bids && it->second.isDecided == isDecided)) return;
    it->second.bids = std::move(bids);
    it->second.isDecided = isDecided;
    static_cast<void>(write()); // on a full disk as it was
}

void Journal::remove(quint64 number)
{
    if (m_sealings.erase(number) > 0) static_cast<void>(write());
}

static void writeDone(Writer &writer, const std::map<int, QString> &done)
{
    writer.u16(static_cast<std::uint16_t>(done.size()));
    for (const auto &[item, out] : done)
        writer.u8(static_cast<std::uint8_t>(item)).text(out.toStdString());
}

static void writeTexts(Writer &writer, const QStringList &texts)
{
    writer.u16(static_cast<std::uint16_t>(texts.size()));
    for (const QString &text : texts)
        writer.text(text.toStdString());
}

template <typename OnPaper> static void writeBeginning(Writer &writer, std::uint8_t version, const OnPaper &onPaper)
{
    writer.u8(version).raw(onPaper.token).u64(static_cast<std::uint64_t>(onPaper.startedMs)).blob32(onPaper.manifest);
}

Result<void> Journal::writeOpening() const
{
    SecretBytes key(32);
    std::ranges::copy(m_opening->boxKey->secretKey().expose(), key.fill().begin());
    HUFU_TRY(sealed, m_element->seal(key.expose(), viewOf(kKeyContext)));
    Writer writer;
    writeBeginning(writer, kOpeningVersion, *m_opening);
    writer.blob16(sealed);
    writeTexts(writer, m_opening->files);
    writer.text(m_opening->out.toStdString()).text(m_opening->person.toStdString());
    writer.u16(static_cast<std::uint16_t>(m_opening->done.size()));
    for (const auto &[envelope, out] : m_opening->done)
        writer.text(envelope.toStdString()).text(out.toStdString());
    return m_store->write(kOpeningFile, writer.bytes());
}

template <typename OnPaper> Result<void> Journal::put(std::optional<OnPaper> &place, OnPaper onPaper, Result<void> (Journal::*writeIt)() const, const char *file)
{
    place = std::move(onPaper);
    auto written = (this->*writeIt)();
    if (!written) take(place, file); // the one of before is over
    return written;
}

template <typename OnPaper> void Journal::take(std::optional<OnPaper> &place, const char *file)
{
    if (place) static_cast<void>(m_store->remove(file));
    place.reset();
}

Result<void> Journal::setOpening(OpeningOnPaper opening)
{
    return put(m_opening, std::move(opening), &Journal::writeOpening, kOpeningFile);
}

void Journal::addDone(const QString &envelope, const QString &out)
{
    if (!m_opening) return;
    m_opening->done[envelope] = out;
    static_cast<void>(writeOpening()); // at worst the next start opens that one twice, under another name
}

void Journal::removeOpening()
{
    take(m_opening, kOpeningFile);
}

Result<void> Journal::writeStamping() const
{
    const StampingOnPaper &of = *m_stamping;
    const auto number = [](std::size_t value) { return static_cast<std::uint16_t>(value); };
    Writer writer;
    writeBeginning(writer, kStampingVersion, of);
    writer.u64(static_cast<std::uint64_t>(of.madeMs)).raw(of.revision).u8(of.wish.electronic ? 1 : 0).u16(number(of.wish.documents.size()));
    for (const StampWish::Document &document : of.wish.documents) {
        writer.text(document.file.toStdString()).u16(number(document.places.size()));
        for (const StampWish::Place &place : document.places) {
            writer.u16(static_cast<std::uint16_t>(place.seal)).u16(number(place.pages.size()));
            for (const int page : place.pages)
                writer.u16(static_cast<std::uint16_t>(page));
            writer.raw(bytesOfLength(place.left)).raw(bytesOfLength(place.top));
        }
        writer.u16(number(document.ridings.size()));
        for (const StampWish::Riding &riding : document.ridings)
            writer.u16(static_cast<std::uint16_t>(riding.seal)).raw(bytesOfLength(riding.top));
    }
    writeTexts(writer, of.seals);
    writer.u16(number(of.electronic.size()));
    for (const auto &[grant, seal] : of.electronic)
        writer.text(grant.toStdString()).blob32(seal);
    writer.text(of.out.toStdString()).text(of.person.toStdString());
    writeDone(writer, of.done);
    return m_store->write(kStampingFile, writer.bytes());
}

Result<void> Journal::setStamping(StampingOnPaper stamping)
{
    return put(m_stamping, std::move(stamping), &Journal::writeStamping, kStampingFile);
}

void Journal::addStamped(int item, const QString &out)
{
    if (!m_stamping) return;
    m_stamping->done[item] = out;
    static_cast<void>(writeStamping()); // at worst the next start stamps that one twice, under another name
}

void Journal::removeStamping()
{
    take(m_stamping, kStampingFile);
}

void Journal::writeOpened() const
{
    if (m_opened.isEmpty()) return static_cast<void>(m_store->remove(kOpenedFile));
    Writer writer;
    writer.u8(kOpenedVersion);
    writeTexts(writer, m_opened);
    static_cast<void>(m_store->write(kOpenedFile, writer.bytes())); // a full disk: told as long as this run lasts
}

void Journal::addOpened(const QStringList &ids)
{
    for (const QString &id : ids)
        if (!m_opened.contains(id) && m_opened.size() < kOpenedMost) m_opened << id;
    writeOpened();
}

void Journal::removeOpened(const QString &id)
{
    if (m_opened.removeAll(id) > 0) writeOpened();
}

void Journal::clear()
{
    m_sealings.clear();
    static_cast<void>(write());
    removeOpening();
    removeStamping();
    m_opened.clear();
    writeOpened();
}

Place placeOf(const QString &folder)
{
    struct stat found {};
    if (::stat(QFile::encodeName(folder).constData(), &found) != 0) return {};
    return {found.st_dev, found.st_ino};
}

Witness witnessOf(const QString &path, const QString &folder)
{
    const QFileInfo info(path);
    QFile file(path);
    if (info.absolutePath() != QDir(folder).absolutePath() || !info.isFile() || !file.open(QIODevice::ReadOnly)) return {};
    const QByteArray head = file.read(kWitnessBytes);
    const bool isAtEnd = file.seek(std::max<qint64>(0, file.size() - static_cast<qint64>(kWitnessBytes)));
    const QByteArray end = isAtEnd ? file.read(kWitnessBytes) : QByteArray();
    if (head.isEmpty() || end.isEmpty()) return {}; // also an empty one: that could be any
    return {info.fileName(), static_cast<std::uint64_t>(file.size()), crypto::sm3({viewOf(head.toStdString()), viewOf(end.toStdString())})};
}

Envelopes envelopesOf(const std::vector<BidOnPaper> &bids)
{
    Envelopes out;
    for (const BidOnPaper &bid : bids) {
        const QFileInfo info(bid.out);
        bool isReadable = info.dir().exists() && info.dir().isReadable();
        if (info.exists()) { // and is no link to nothing
            const auto file = envelope::EnvelopeFile::open(bid.out.toStdString());
            const auto cms = file ? documents::Cms::parse(file->cms()) : Result<documents::Cms>(Error(Errc::notFound, "no envelope"));
            if (cms && toHex(cms->signers.front().attributes.messageDigest) == bid.id.toStdString()) continue; // in whatever folder it lies now
            isReadable = file || file.problem() != catalogue::Code::fileUnreadable;
        }
        // Another folder under the same name says nothing of what lies in the one of before: a mount point whose stick or share is away.
        const bool isNumbered = bid.folder == Place{} || bid.folder == placeOf(info.path());
        const bool isSameFolder = isNumbered || (!bid.witness.name.isEmpty() && witnessOf(info.dir().filePath(bid.witness.name), info.path()) == bid.witness);
        (isReadable && isSameFolder ? out.lost : out.unknown).push_back(bid);
    }
    return out;
}

} // namespace hufu::desk_app
