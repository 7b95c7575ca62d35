#include "shield/authority/authority.h"

#include "shield/authority/rows.h"
#include "shield/authority/writer.h"
#include "shield/crypto/sm2_scalar.h"
#include "shield/crypto/sm3.h"

#include <algorithm>

namespace hufu::authority {

namespace {

using ports::Table;

constexpr std::string_view kRoot = "root";
constexpr std::string_view kIssuing = "issuing";
constexpr std::string_view kSealMaker = "seal-maker"; // also the holder of its certificates
constexpr std::size_t kHolderMax = 64;
constexpr std::size_t kPerHolderMax = 1'000;
constexpr std::size_t kRevokedMax = 1'000'000;
constexpr std::size_t kFormerMax = 100;

// What a sealed key belongs to: one cannot be put in place of the other.
Bytes contextOf(std::string_view name)
{
    return bytesOf(viewOf("hufu authority key " + std::string(name)));
}

struct WholeKey
{
    Secret<32> d;
    crypto::Point point;
};

WholeKey generateKey(ports::Random &random)
{
    const auto wide = random.secret<64>("ca-key");
    const crypto::Scalar d = crypto::Scalar::reduceWide(wide.expose());
    return {d.secretBytes(), crypto::mulBase(d)};
}

// In the account's chain; certificates of the authority's own services have no account: in the root chain.
Result<void> note(const audit::AccountLog &log, ports::Transaction &transaction, audit::Event event, const Record &record,
                  std::int64_t nowMs, std::uint16_t code, const audit::Who &who = {})
{
    const audit::Entry entry{event, nowMs, {}, crypto::sm3(record.certificate.der()), code, who};
    const auto acct = fixedBytes<16>(record.holder);
    if (!acct) return audit::append(transaction, audit::kRootChain, entry);
    audit::Entry held = entry;
    held.subject = *acct;
    return log(transaction, *acct, held);
}

// Positive, never shorter than 16 bytes, 126 of its bits random.
ByteArray<16> newSerial(ports::Random &random)
{
    auto serial = random.bytes<16>("serial");
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x3f) | 0x40);
    return serial;
}

Result<x509::OwnedKey> openKey(ports::MasterKey &masterKey, ByteView sealed, std::string_view name,
                               const x509::Certificate &certificate)
{
    HUFU_TRY(opened, masterKey.open(sealed, contextOf(name)));
    if (opened.size() != 32) return Error(Errc::tampered, "sealed key of the authority");
    Secret<32> d;
    std::ranges::copy(opened.expose(), d.fill().begin());
    HUFU_TRY(point, certificate.publicKey().sm2());
    return x509::privateKeyOf(d, point);
}

Result<void> store(ports::Transaction &transaction, ports::MasterKey &masterKey, std::string_view name,
                   const x509::Certificate &certificate, const WholeKey &key)
{
    HUFU_TRY(sealed, masterKey.seal(key.d.expose(), contextOf(name)));
    const rows::StoredAuthority row{certificate.der(), sealed};
    return transaction.write(Table::certificate, rows::authorityKey(name), row.encode());
}

Draft issuingDraft(const Settings &settings, const crypto::PublicKey &point, ports::Random &random, std::int64_t from, std::int64_t untilMs)
{
    return {Profile::issuing, {settings.country, settings.organization, {}, settings.organization + " Issuing", {}}, point, newSerial(random), from, untilMs,
            settings.rootListUrl};
}

// Makes both authorities. Errors: those of the ports; badInput for settings that fit no name.
Result<void> found(ports::Transaction &transaction, ports::MasterKey &masterKey, ports::Random &random,
                   const Settings &settings, std::int64_t nowMs)
{
    const WholeKey rootKey = generateKey(random);
    const WholeKey issuingKey = generateKey(random);
    HUFU_TRY(rootPrivate, x509::privateKeyOf(rootKey.d, rootKey.point));
    const std::int64_t from = nowMs - kBackdatedMs;

    Draft draft{Profile::root,
                {settings.country, settings.organization, {}, settings.organization + " Root", {}},
                rootKey.point,
                newSerial(random),
                from,
                from + kRootMs,
                {}};
    HUFU_TRY(root, writeCertificate(draft, nullptr, rootPrivate.get()));
    HUFU_TRY(issuing, writeCertificate(issuingDraft(settings, issuingKey.point, random, from, from + kIssuingMs), &root, rootPrivate.get()));

    HUFU_CHECK(store(transaction, masterKey, kRoot, root, rootKey));
    return store(transaction, masterKey, kIssuing, issuing, issuingKey);
}

// Reads one authority back, and shows that its key can be opened.
Result<x509::Certificate> load(ports::LedgerStore &ledger, ports::MasterKey &masterKey, std::string_view name)
{
    HUFU_TRY(row, ledger.read(Table::certificate, rows::authorityKey(name)));
    if (!row) return Error(Errc::tampered, "half of the authority is missing");
    HUFU_TRY(stored, rows::StoredAuthority::parse(*row));
    const auto certificate = x509::Certificate::parse(stored.certificate);
    if (!certificate) return Error(Errc::tampered, "certificate of the authority");
    HUFU_CHECK(openKey(masterKey, stored.sealedKey, name, *certificate));
    return *certificate;
}

struct Issuer
{
    x509::Certificate certificate;
    x509::OwnedKey key;
};

// An authority that signs now. The issuing one is certified anew if it is due; its former certificate is kept.
Result<Issuer> issuer(ports::Transaction &transaction, ports::MasterKey &masterKey, ports::Random &random, const Settings &settings, std::string_view name,
                      std::int64_t nowMs)
{
    const auto read = [&](std::string_view of) -> Result<rows::StoredAuthority> {
        HUFU_TRY(row, transaction.readForChange(Table::certificate, rows::authorityKey(of)));
        if (!row) return Error(Errc::tampered, "half of the authority is missing");
        return rows::StoredAuthority::parse(*row);
    };
    HUFU_TRY(stored, read(name));
    HUFU_TRY(certificate, x509::Certificate::parse(stored.certificate));
    HUFU_TRY(key, openKey(masterKey, stored.sealedKey, name, certificate));
    if (name != kIssuing || certificate.notAfterMs() - nowMs >= kIssuingRenewMs) return Issuer{certificate, std::move(key)};
    HUFU_TRY(rootStored, read(kRoot));
    HUFU_TRY(root, x509::Certificate::parse(rootStored.certificate));
    const std::int64_t from = nowMs - kBackdatedMs, until = std::min(from + kIssuingMs, root.notAfterMs());
    if (until <= certificate.notAfterMs()) return Issuer{certificate, std::move(key)}; // the root ends with it
    HUFU_TRY(rootKey, openKey(masterKey, rootStored.sealedKey, kRoot, root));
    HUFU_TRY(next, writeCertificate(issuingDraft(settings, certificate.publicKey(), random, from, until), &root, rootKey.get()));
    HUFU_CHECK(transaction.write(Table::certificate, rows::formerKey(certificate.serial()), certificate.der()));
    stored.certificate = next.der();
    HUFU_CHECK(transaction.write(Table::certificate, rows::authorityKey(kIssuing), stored.encode()));
    return Issuer{next, std::move(key)};
}

Result<Record> readRecord(const Result<std::optional<Bytes>> &row)
{
    if (!row) return row.error();
    if (!*row) return Error(Errc::notFound, "no such certificate");
    return rows::parseRecord(**row);
}

bool isCurrent(const x509::RevocationList &list, bool stale, std::int64_t nowMs)
{
    return !stale && list.thisUpdateMs() <= nowMs && nowMs - list.thisUpdateMs() < kListRenewMs;
}

} // namespace

Authority::Authority(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random,
                     Settings settings, x509::Certificate root, x509::Certificate issuing)
    : m_ledger(&ledger), m_masterKey(&masterKey), m_random(&random), m_settings(std::move(settings)),
      m_root(std::move(root)), m_issuing(std::move(issuing))
{
}

Result<Authority> Authority::open(ports::LedgerStore &ledger, ports::MasterKey &masterKey,
                                  ports::Random &random, Settings settings, std::int64_t nowMs)
{
    {
        HUFU_TRY(transaction, ledger.begin());
        HUFU_TRY(row, transaction->readForChange(Table::certificate, rows::authorityKey(kRoot)));
        if (!row) {
            HUFU_CHECK(found(*transaction, masterKey, random, settings, nowMs));
            HUFU_CHECK(transaction->commit());
        }
    }
    HUFU_TRY(root, load(ledger, masterKey, kRoot));
    HUFU_TRY(issuing, load(ledger, masterKey, kIssuing));
    return Authority(ledger, masterKey, random, std::move(settings), root, issuing);
}

Result<x509::Certificate> Authority::issueSign(ports::Transaction &transaction, ByteView csr,
                                               const x509::Subject &subject, ByteView holder,
                                               std::int64_t nowMs)
{
    HUFU_TRY(request, x509::Request::parse(csr));
    if (!(request.subject() == subject)) return Error(Errc::refused, "the request names another subject");
    return issue(transaction, request.publicKey(), subject, x509::KeyKind::sign, holder, nowMs);
}

Result<x509::Certificate> Authority::issueEncrypt(ports::Transaction &transaction, const crypto::Point &point,
                                                  const x509::Subject &subject, ByteView holder,
                                                  std::int64_t nowMs)
{
    return issue(transaction, point, subject, x509::KeyKind::encrypt, holder, nowMs);
}

Result<x509::Certificate> Authority::issue(ports::Transaction &transaction, const crypto::PublicKey &point,
                                           const x509::Subject &subject, x509::KeyKind kind, ByteView holder,
                                           std::int64_t nowMs)
{
    if (holder.empty() || holder.size() > kHolderMax) return Error(Errc::badInput, "holder");
    HUFU_TRY(keyId, x509::keyIdOf(point));
    HUFU_TRY(known, transaction.readForChange(Table::certificate, rows::keyIdKey(keyId)));
    if (known) {
        HUFU_TRY(record,
                 readRecord(transaction.readForChange(Table::certificate, rows::certificateKey(*known))));
        if (record.kind != kind || !sameBytes(record.holder, holder) || record.revocation)
            return Error(Errc::refused, "the key is known otherwise");
        const bool current =
            record.certificate.notBeforeMs() <= nowMs && nowMs < record.certificate.notAfterMs();
        if (!current || !(record.certificate.subject() == subject))
            return Error(Errc::refused, "a key is certified once");
        return record.certificate;
    }

    HUFU_TRY(by, issuer(transaction, *m_masterKey, *m_random, m_settings, kIssuing, nowMs));
    const std::int64_t from = nowMs - kBackdatedMs;
    const std::int64_t lasts = m_settings.certificateMs ? m_settings.certificateMs() : kCertificateMs;
    const Draft draft{kind == x509::KeyKind::sign ? Profile::sign : Profile::encrypt,
                      subject,
                      point,
                      newSerial(*m_random),
                      from,
                      std::min(nowMs + lasts, by.certificate.notAfterMs()),
                      m_settings.issuingListUrl};
    HUFU_TRY(certificate, writeCertificate(draft, &by.certificate, by.key.get()));

    const Record record{certificate, kind, bytesOf(holder), std::nullopt};
    HUFU_CHECK(transaction.write(Table::certificate, rows::certificateKey(certificate.serial()),
                                 rows::encode(record)));
    HUFU_CHECK(transaction.write(Table::certificate, rows::keyIdKey(keyId), certificate.serial()));
    HUFU_CHECK(transaction.write(Table::certificate, rows::holderKey(holder, nowMs, certificate.serial()), {}));
    HUFU_CHECK(note(m_settings.log, transaction, audit::Event::certificateIssued, record, nowMs, 0));
    return certificate;
}

Result<Authority::MadeSeal> Authority::makeSeal(ports::Transaction &transaction, ByteView info, std::int64_t nowMs)
{
    if (info.empty()) return Error(Errc::badInput, "seal");
    const auto load = [&]() -> Result<std::optional<rows::StoredAuthority>> {
        HUFU_TRY(row, transaction.readForChange(Table::certificate, rows::authorityKey(kSealMaker)));
        if (!row) return std::optional<rows::StoredAuthority>();
        HUFU_TRY(stored, rows::StoredAuthority::parse(*row));
        HUFU_TRY(certificate, x509::Certificate::parse(stored.certificate));
        HUFU_TRY(record, readRecord(transaction.readForChange(Table::certificate,
                                                              rows::certificateKey(certificate.serial()))));
        if (record.revocation || nowMs >= certificate.notAfterMs()) return std::optional<rows::StoredAuthority>();
        return std::optional(stored);
    };
    HUFU_TRY(stored, load());
    if (!stored) {
        const WholeKey made = generateKey(*m_random);
        const x509::Subject subject{m_settings.country, m_settings.organization, {},
                                    m_settings.organization + " Seal Maker", {}};
        HUFU_TRY(certificate,
                 issue(transaction, made.point, subject, x509::KeyKind::sign, viewOf(kSealMaker), nowMs));
        HUFU_CHECK(store(transaction, *m_masterKey, kSealMaker, certificate, made));
        HUFU_TRY(again, load());
        if (!again) return Error(Errc::internal, "the seal maker");
        stored = again;
    }
    const auto certificate = x509::Certificate::parse(stored->certificate);
    if (!certificate) return Error(Errc::tampered, "certificate of the seal maker");
    HUFU_TRY(key, openKey(*m_masterKey, stored->sealedKey, kSealMaker, *certificate));
    HUFU_TRY(context, x509::signingContext(key.get()));
    Bytes der(80);
    std::size_t length = der.size();
    if (EVP_DigestSign(context.get(), der.data(), &length, info.data(), info.size()) != 1)
        return Error(Errc::internal, "signing");
    HUFU_TRY(signature, x509::Sm2Signature::parse(ByteView(der).first(length)));
    return MadeSeal{*certificate, signature};
}

Result<void> Authority::revoke(ports::Transaction &transaction, ByteView serial, x509::Reason reason,
                               std::int64_t nowMs, const audit::Who &who)
{
    HUFU_TRY(record, readRecord(transaction.readForChange(Table::certificate, rows::certificateKey(serial))));
    if (record.revocation) return {};
    record.revocation = x509::Revocation{nowMs, reason};
    HUFU_CHECK(transaction.write(Table::certificate, rows::certificateKey(serial), rows::encode(record)));
    HUFU_CHECK(
        transaction.write(Table::certificate, rows::revokedKey(serial), rows::encode(*record.revocation)));
    HUFU_CHECK(note(m_settings.log, transaction, audit::Event::certificateRevoked, record, nowMs, static_cast<std::uint16_t>(reason), who));
    HUFU_TRY(row, transaction.readForChange(Table::certificate, rows::listKey(kIssuing)));
    if (!row) return {};
    HUFU_TRY(list, rows::StoredList::parse(*row));
    list.stale = true;
    return transaction.write(Table::certificate, rows::listKey(kIssuing), list.encode());
}

Result<Record> Authority::find(ByteView serial) const
{
    return readRecord(m_ledger->read(Table::certificate, rows::certificateKey(serial)));
}

Result<Record> Authority::findByKeyId(ByteView subjectKeyId) const
{
    HUFU_TRY(serial, m_ledger->read(Table::certificate, rows::keyIdKey(subjectKeyId)));
    if (!serial) return Error(Errc::notFound, "no certificate of this key");
    return find(*serial);
}

Result<void> Authority::revokeAllOf(ports::Transaction &transaction, ByteView holder, x509::Reason reason,
                                    std::int64_t nowMs, const audit::Who &who)
{
    HUFU_TRY(found, transaction.scan(Table::certificate, rows::holderPrefix(holder), kPerHolderMax));
    for (const auto &[key, value] : found)
        HUFU_CHECK(revoke(transaction, rows::serialOfHolderKey(key, holder), reason, nowMs, who));
    return {};
}

Result<std::vector<Record>> Authority::findByHolder(ByteView holder) const
{
    HUFU_TRY(found, m_ledger->scan(Table::certificate, rows::holderPrefix(holder), kPerHolderMax));
    std::vector<Record> records;
    for (const auto &[key, value] : found) {
        HUFU_TRY(record, find(rows::serialOfHolderKey(key, holder)));
        records.push_back(std::move(record));
    }
    return records;
}

Result<x509::RevocationList> Authority::revocationList(std::int64_t nowMs)
{
    return listOf(kIssuing, nowMs);
}

Result<x509::RevocationList> Authority::rootRevocationList(std::int64_t nowMs)
{
    return listOf(kRoot, nowMs);
}

Result<x509::RevocationList> Authority::listOf(std::string_view name, std::int64_t nowMs)
{
    const Bytes listKey = rows::listKey(name);
    const auto readList = [nowMs](const Bytes &row,
                                  std::uint64_t &number) -> Result<std::optional<x509::RevocationList>> {
        HUFU_TRY(stored, rows::StoredList::parse(row));
        number = stored.number;
        HUFU_TRY(list, x509::RevocationList::parse(stored.der));
        if (!isCurrent(list, stored.stale, nowMs)) return std::optional<x509::RevocationList>();
        return std::optional(list);
    };
    std::uint64_t number = 0;
    HUFU_TRY(committed, m_ledger->read(Table::certificate, listKey));
    if (committed) {
        HUFU_TRY(list, readList(*committed, number));
        if (list) return *list;
    }

    HUFU_TRY(transaction, m_ledger->begin());
    HUFU_TRY(row, transaction->readForChange(Table::certificate, listKey));
    if (row) {
        HUFU_TRY(list, readList(*row, number)); // another thread may have been first
        if (list) return *list;
    }
    HUFU_TRY(by, issuer(*transaction, *m_masterKey, *m_random, m_settings, name, nowMs));
    const std::int64_t fromMs = nowMs - kBackdatedMs;
    ListDraft draft{number + 1, fromMs, fromMs + kListMs, {}};
    if (name == kIssuing) {
        HUFU_TRY(revoked, transaction->scan(Table::certificate, rows::revokedPrefix(), kRevokedMax));
        for (const auto &[entryKey, value] : revoked) {
            HUFU_TRY(revocation, rows::parseRevocation(value));
            draft.entries.emplace_back(rows::serialOfRevokedKey(entryKey), revocation);
        }
    }
    HUFU_TRY(list, writeList(draft, by.certificate, by.key.get()));
    const rows::StoredList fresh{draft.number, false, list.der()};
    HUFU_CHECK(transaction->write(Table::certificate, listKey, fresh.encode()));
    HUFU_CHECK(transaction->commit());
    return list;
}

static x509::Certificate certificateIn(const Result<std::optional<Bytes>> &row, const x509::Certificate &ofTheStart)
{
    const auto stored = row && *row ? rows::StoredAuthority::parse(**row) : Result<rows::StoredAuthority>(Error(Errc::unavailable, "the ledger"));
    const auto certificate = stored ? x509::Certificate::parse(stored->certificate) : Result<x509::Certificate>(stored.error());
    return certificate ? *certificate : ofTheStart;
}

x509::Certificate Authority::issuing() const
{
    return certificateIn(m_ledger->read(Table::certificate, rows::authorityKey(kIssuing)), m_issuing);
}

x509::Certificate Authority::issuing(ports::Transaction &transaction) const
{
    return certificateIn(transaction.readForChange(Table::certificate, rows::authorityKey(kIssuing)), m_issuing);
}

x509::Trust Authority::trust() const
{
    x509::Trust trust{{m_root}, {issuing()}, {}};
    if (const auto former = m_ledger->scan(Table::certificate, rows::formerPrefix(), kFormerMax))
        for (const auto &[key, der] : *former)
            if (auto certificate = x509::Certificate::parse(der)) trust.intermediates.push_back(std::move(*certificate));
    return trust;
}

} // namespace hufu::authority
