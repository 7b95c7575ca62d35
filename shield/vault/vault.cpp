#include "shield/vault/vault.h"

#include <algorithm>

namespace hufu::vault {

namespace {

constexpr std::uint8_t kFormat = 1; // of every file but
constexpr std::uint8_t kHistoryFormat = 3; // 1: without what a session names; 2: without signatures
constexpr std::string_view kDevice = "device", kChain = "chain", kCertificates = "certificates",
                           kHistory = "history", kUpkeep = "upkeep", kBids = "bids", kDraft = "draft", kKeptPin = "kept-pin", kRecords = "records", kFingers = "fingers", kShares = "share-";

std::string sharesName(std::uint32_t epoch)
{
    return std::string(kShares) + std::to_string(epoch);
}

// What the secure element binds a file to, so that one cannot be put in another's place.
Bytes contextOf(std::string_view name)
{
    return concat({viewOf("hufu-vault-1|"), viewOf(name)});
}

template <typename T> Result<T> whole(const Reader &reader, std::uint8_t format, T &&value)
{
    if (format != kFormat || !reader.finish()) return Error(Errc::tampered, "file is not of the form");
    return std::forward<T>(value);
}

void write(Writer &writer, const StoredKey &key)
{
    writer.raw(key.keyId).raw(key.point.bytes()).raw(key.blinded);
}

StoredKey readKey(Reader &reader, crypto::Suite suite)
{
    StoredKey out;
    out.keyId = reader.array<32>();
    if (suite == crypto::Suite::frost)
        out.point = reader.array<crypto::kEdPointBytes>();
    else
        out.point = reader.array<crypto::kPointBytes>();
    out.blinded = reader.array<32>();
    return out;
}

} // namespace

Result<std::optional<SecretBytes>> Vault::read(std::string_view name)
{
    auto sealed = m_store.read(name);
    if (!sealed) {
        if (sealed.error().code == Errc::notFound) return std::optional<SecretBytes>();
        return sealed.error();
    }
    auto plain = m_element.open(*sealed, contextOf(name));
    if (!plain) return plain.error();
    return std::optional<SecretBytes>(std::move(*plain));
}

Result<void> Vault::write(std::string_view name, ByteView plain)
{
    HUFU_TRY(sealed, m_element.seal(plain, contextOf(name)));
    return m_store.write(name, sealed);
}

Result<std::optional<Device>> Vault::device()
{
    HUFU_TRY(plain, read(kDevice));
    if (!plain) return std::optional<Device>();
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    Device out;
    out.acct = reader.array<16>();
    auto kDev = reader.array<32>();
    out.kDev = Secret<32>::adopt(kDev);
    out.server.host = reader.text();
    out.server.port = reader.u16();
    out.server.pin = reader.array<32>();
    out.server.backupPin = reader.array<32>();
    for (std::string *text :
         {&out.person, &out.company, &out.creditCode, &out.hints.birthday, &out.hints.phoneNumber})
        *text = reader.text();
    out.subject = bytesOf(reader.blob16());
    return whole(reader, format, std::optional<Device>(std::move(out)));
}

Result<void> Vault::writeDevice(const Device &device)
{
    Writer writer;
    writer.u8(kFormat).raw(device.acct).raw(device.kDev.expose());
    writer.text(device.server.host).u16(device.server.port).raw(device.server.pin).raw(device.server.backupPin);
    for (const std::string *text : {&device.person, &device.company, &device.creditCode, &device.hints.birthday,
                                    &device.hints.phoneNumber})
        writer.text(*text);
    Bytes plain = writer.blob16(device.subject).take();
    auto written = write(kDevice, plain);
    wipe(plain.data(), plain.size());
    return written;
}

Result<std::vector<EpochShares>> Vault::shares()
{
    HUFU_TRY(names, m_store.list());
    std::vector<EpochShares> out;
    for (const std::string &name : names) {
        if (!name.starts_with(kShares)) continue;
        HUFU_TRY(plain, read(name));
        if (!plain) continue;
        Reader reader(plain->expose());
        const std::uint8_t format = reader.u8();
        EpochShares shares;
        const auto suite = static_cast<crypto::Suite>(reader.u8()); // of the sign key
        if (suite != crypto::Suite::sm2 && suite != crypto::Suite::frost)
            return Error(Errc::tampered, "file is not of the form");
        shares.epoch = reader.u32();
        shares.salt = reader.array<16>();
        shares.saltEpoch = reader.array<32>();
        shares.stretch.memoryKiB = reader.u32();
        shares.stretch.passes = reader.u32();
        shares.sign = readKey(reader, suite);
        shares.encrypt = readKey(reader, crypto::Suite::sm2);
        if (sharesName(shares.epoch) != name) return Error(Errc::tampered, "file is not of the form");
        HUFU_TRY(read, whole(reader, format, std::move(shares)));
        out.push_back(read);
    }
    std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.epoch > b.epoch; });
    return out;
}

Result<void> Vault::writeShares(const EpochShares &shares)
{
    Writer writer;
    writer.u8(kFormat).u8(static_cast<std::uint8_t>(shares.sign.point.suite())).u32(shares.epoch).raw(shares.salt).raw(shares.saltEpoch);
    writer.u32(shares.stretch.memoryKiB).u32(shares.stretch.passes);
    vault::write(writer, shares.sign);
    vault::write(writer, shares.encrypt);
    return write(sharesName(shares.epoch), writer.bytes());
}

Result<void> Vault::removeShares(std::uint32_t epoch)
{
    return m_store.remove(sharesName(epoch));
}

Result<std::optional<Chain>> Vault::chain()
{
    HUFU_TRY(plain, read(kChain));
    if (!plain) return std::optional<Chain>();
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    Chain out;
    out.ctr = reader.u64();
    out.n = reader.array<32>();
    if (reader.u8() != 0) out.rid = reader.array<16>();
    return whole(reader, format, std::optional<Chain>(std::move(out)));
}

static Bytes encoded(const Chain &chain)
{
    Writer writer;
    writer.u8(kFormat).u64(chain.ctr).raw(chain.n).u8(chain.rid ? 1 : 0);
    if (chain.rid) writer.raw(*chain.rid);
    return writer.take();
}

Result<void> Vault::writePosition(std::uint64_t ctr, const ByteArray<32> &n)
{
    return write(kChain, encoded({ctr, n, std::nullopt}));
}

Result<Chain> Vault::chainForHello(ports::Random &random)
{
    HUFU_TRY(stored, chain());
    if (!stored) return Error(Errc::notFound, "no chain");
    if (!stored->rid) {
        stored->rid = random.bytes<16>("rid");
        HUFU_CHECK(write(kChain, encoded(*stored)));
    }
    return *stored;
}

Result<Certificates> Vault::certificates()
{
    HUFU_TRY(plain, read(kCertificates));
    Certificates out;
    if (!plain) return out;
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    for (Bytes *der : {&out.sign, &out.encrypt, &out.issuing, &out.root})
        *der = bytesOf(reader.blob16());
    out.active = reader.u8() != 0;
    return whole(reader, format, std::move(out));
}

Result<void> Vault::writeCertificates(const Certificates &certificates)
{
    Writer writer;
    writer.u8(kFormat);
    for (const Bytes *der :
         {&certificates.sign, &certificates.encrypt, &certificates.issuing, &certificates.root})
        writer.blob16(*der);
    return write(kCertificates, writer.u8(certificates.active ? 1 : 0).bytes());
}

Result<std::vector<HistoryEntry>> Vault::history()
{
    HUFU_TRY(plain, read(kHistory));
    std::vector<HistoryEntry> out;
    if (!plain) return out;
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    const std::size_t count = reader.u16();
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        HistoryEntry entry;
        entry.atMs = static_cast<std::int64_t>(reader.u64());
        entry.act = reader.text();
        entry.platform = reader.text();
        entry.summary = reader.text();
        entry.approved = reader.u8() != 0;
        entry.code = reader.u16();
        if (format == 2 || format == kHistoryFormat) {
            entry.token = reader.array<16>();
            entry.manifestSm3 = reader.array<32>();
            entry.manifest = bytesOf(reader.blob32());
            entry.certificate = reader.text();
            const std::uint8_t compared = reader.u8();
            if (compared > static_cast<std::uint8_t>(Compared::missing)) return Error(Errc::tampered, "file is not of the form");
            entry.compared = static_cast<Compared>(compared);
        }
        if (format == kHistoryFormat) entry.signatures = bytesOf(reader.blob16());
        out.push_back(std::move(entry));
    }
    return whole(reader, format == 2 || format == kHistoryFormat ? kFormat : format, std::move(out));
}

Result<void> Vault::addHistory(const HistoryEntry &entry)
{
    HUFU_TRY(entries, history());
    entries.insert(entries.begin(), entry);
    if (entries.size() > kHistoryMax) entries.resize(kHistoryMax);
    return writeHistory(std::move(entries));
}

Result<void> Vault::replaceHistory(const HistoryEntry &former, const HistoryEntry &entry)
{
    HUFU_TRY(entries, history());
    const auto found = std::ranges::find(entries, former);
    if (found == entries.end()) return addHistory(entry);
    entries.erase(found);
    entries.insert(entries.begin(), entry);
    return writeHistory(std::move(entries));
}

Result<void> Vault::writeHistory(std::vector<HistoryEntry> entries)
{
    std::size_t manifests = 0;
    Writer writer;
    writer.u8(kHistoryFormat).u16(static_cast<std::uint16_t>(entries.size()));
    for (HistoryEntry &e : entries) {
        manifests += e.manifest.size() + e.signatures.size();
        if (manifests > kManifestsMax) {
            e.manifest.clear();
            e.signatures.clear();
        }
        writer.u64(static_cast<std::uint64_t>(e.atMs)).text(e.act).text(e.platform).text(e.summary).u8(e.approved ? 1 : 0).u16(e.code);
        writer.raw(e.token).raw(e.manifestSm3).blob32(e.manifest).text(e.certificate).u8(static_cast<std::uint8_t>(e.compared)).blob16(e.signatures);
    }
    return write(kHistory, writer.bytes());
}

Result<Bytes> Vault::seenRecords()
{
    HUFU_TRY(plain, read(kRecords));
    if (!plain) return Bytes();
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    Bytes seen = bytesOf(reader.blob32());
    return whole(reader, format, std::move(seen));
}

Result<void> Vault::writeSeenRecords(ByteView seen)
{
    return write(kRecords, Writer().u8(kFormat).blob32(seen).bytes());
}

Result<Upkeep> Vault::upkeep()
{
    HUFU_TRY(plain, read(kUpkeep));
    Upkeep out;
    if (!plain) return out;
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    out.epoch = reader.u32();
    out.sinceMs = static_cast<std::int64_t>(reader.u64());
    out.triedMs = static_cast<std::int64_t>(reader.u64());
    out.failures = reader.u8();
    out.signDestroyed = reader.u8() != 0;
    return whole(reader, format, std::move(out));
}

Result<void> Vault::writeUpkeep(const Upkeep &upkeep)
{
    Writer writer;
    writer.u8(kFormat).u32(upkeep.epoch).u64(static_cast<std::uint64_t>(upkeep.sinceMs));
    writer.u64(static_cast<std::uint64_t>(upkeep.triedMs)).u8(upkeep.failures);
    return write(kUpkeep, writer.u8(upkeep.signDestroyed ? 1 : 0).bytes());
}

Result<Bytes> Vault::sealedBids()
{
    HUFU_TRY(plain, read(kBids));
    if (!plain) return Bytes();
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    Bytes bids = bytesOf(reader.blob32());
    return whole(reader, format, std::move(bids));
}

Result<void> Vault::writeSealedBids(ByteView bids)
{
    return write(kBids, Writer().u8(kFormat).blob32(bids).bytes());
}

Result<Draft> Vault::draft()
{
    HUFU_TRY(plain, read(kDraft));
    Draft out;
    if (!plain) return out;
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    out.link = reader.text();
    out.number = reader.text();
    out.isNumberTaken = reader.u8() != 0;
    out.agreed = reader.text();
    const ByteView accepted = reader.blob16();
    out.accepted.assign(accepted.begin(), accepted.end());
    return whole(reader, format, std::move(out));
}

Result<void> Vault::writeDraft(const Draft &draft)
{
    if (draft == Draft()) return m_store.remove(kDraft);
    return write(kDraft, Writer().u8(kFormat).text(draft.link).text(draft.number).u8(draft.isNumberTaken ? 1 : 0).text(draft.agreed).blob16(draft.accepted).bytes());
}

Result<Secret<32>> Vault::stretch(const Pin &pin, const ByteArray<16> &salt, const Stretch &parameters)
{
    HUFU_TRY(password, m_element.deviceMac(pin.expose()));
    return crypto::stretchPin(password, salt, parameters);
}

// The element's secret is asked for digits otherwise: no PIN is like this.
Result<crypto::Ed25519Key> Vault::evidenceKey()
{
    HUFU_TRY(holder, device());
    if (!holder) return Error(Errc::notFound, "no device");
    HUFU_TRY(seed, m_element.deviceMac(concat({viewOf("hufu-evidence-key-1|"), holder->acct})));
    return crypto::Ed25519Key::fromSeed(seed);
}

Result<std::optional<ByteArray<16>>> Vault::fingers()
{
    HUFU_TRY(plain, read(kFingers));
    if (!plain) return std::optional<ByteArray<16>>();
    Reader reader(plain->expose());
    const std::uint8_t format = reader.u8();
    const auto set = reader.array<16>();
    return whole(reader, format, std::optional(set));
}

Result<void> Vault::letFingers(const std::optional<ByteArray<16>> &set)
{
    if (!set) return m_store.remove(kFingers);
    return write(kFingers, Writer().u8(kFormat).raw(*set).bytes());
}

Result<void> Vault::keepPin(const Pin &pin, const ByteArray<16> &set)
{
    const ByteView digits = pin.expose();
    SecretBytes plain(1 + set.size() + digits.size());
    auto out = plain.fill();
    out[0] = kFormat;
    std::ranges::copy(set, out.begin() + 1);
    std::ranges::copy(digits, out.begin() + 1 + static_cast<std::ptrdiff_t>(set.size()));
    return write(kKeptPin, plain.expose());
}

Result<bool> Vault::hasPin()
{
    HUFU_TRY(names, m_store.list()); // its name says it: who only asks needs no PIN in memory
    return std::ranges::find(names, kKeptPin) != names.end();
}

Result<Pin> Vault::releasePin(const ByteArray<16> &set)
{
    HUFU_TRY(plain, read(kKeptPin));
    if (!plain) return Error(Errc::notFound, "no PIN is kept");
    const ByteView bytes = plain->expose();
    if (bytes.size() < 1 + set.size() || bytes[0] != kFormat) return Error(Errc::tampered, "file is not of the form");
    if (!sameBytes(bytes.subspan(1, set.size()), set)) {
        HUFU_CHECK(forgetPin());
        return Error(Errc::refused, "kept for another set of fingers");
    }
    Pin pin;
    for (const std::uint8_t digit : bytes.subspan(1 + set.size()))
        if (!pin.press(digit - '0')) return Error(Errc::tampered, "file is not of the form");
    return pin;
}

Result<void> Vault::forgetPin()
{
    return m_store.remove(kKeptPin);
}

Result<void> Vault::erase()
{
    // What is secret first: whatever is killed half-way leaves the least. From the last of the shares on nothing counts as a shield.
    HUFU_CHECK(m_store.remove(kKeptPin));
    HUFU_TRY(names, m_store.list());
    for (const std::string &name : names)
        if (name.starts_with(kShares)) HUFU_CHECK(m_store.remove(name));
    HUFU_CHECK(m_store.remove(kCertificates));
    HUFU_CHECK(m_store.remove(kChain));
    HUFU_CHECK(m_store.remove(kFingers));
    HUFU_CHECK(m_store.remove(kHistory));
    HUFU_CHECK(m_store.remove(kRecords));
    HUFU_CHECK(m_store.remove(kUpkeep));
    HUFU_CHECK(m_store.remove(kBids));
    return m_store.remove(kDevice);
}

} // namespace hufu::vault
