// Desks and relying parties: who they are, and whether a request is theirs.
#include "shield/base/row_time.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"
#include "shield/sessions/desk_rows.h"
#include "shield/sessions/factors.h"
#include "shield/sessions/sessions.h"
#include "shield/sessions/shelf.h"

namespace hufu::sessions {

namespace {

using ports::Table;

constexpr std::int64_t kRequestWindowMs = 60'000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::size_t kPartyTextMax = 128;
constexpr std::int64_t kOpeningMostMs = std::int64_t{366} * 24 * 3'600'000;

Bytes partyByKey(ByteView keySm3)
{
    return concat({viewOf("relying-party-key"), keySm3});
}

Bytes partyById(std::string_view id)
{
    return concat({viewOf("relying-party-id"), crypto::sm3(viewOf(id))});
}

// As people read it: case, spaces and marks between words do not tell two names apart.
std::string folded(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c == ' ' || c == '-' || c == '_' || c == '.') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

Bytes partyByName(std::string_view name)
{
    return concat({viewOf("relying-party-name"), crypto::sm3(viewOf(folded(name)))});
}

Result<void> checkParty(std::string_view id, std::string_view name)
{
    HUFU_CHECK(intent::checkText(id, kPartyTextMax));
    HUFU_CHECK(intent::checkText(name, kPartyTextMax));
    if (id.empty() || name.empty()) return Error(Errc::badInput, "relying party without a name");
    return {};
}

// A name that was a party's once stays taken: people remember it.
Result<void> takeNames(ports::Transaction &transaction, std::string_view id, std::string_view name)
{
    for (const std::string_view taken : {id, name})
        HUFU_CHECK(transaction.write(Table::meta, partyByName(taken), {}));
    return {};
}

// One more signed request of a desk within its minute. Errors: locked (too many: nothing is written).
Result<void> countRequest(ports::Transaction &transaction, const DeskId &desk, std::int64_t nowMs)
{
    const Bytes key = keyOf(Kind::rate, desk);
    HUFU_TRY(stored, transaction.readForChange(Table::session, key));
    std::int64_t beganMs = nowMs;
    std::uint32_t count = 0;
    if (const auto kept = live(stored, nowMs)) {
        Reader reader(*kept);
        const auto began = readTimeMs(reader);
        const std::uint32_t before = reader.u32();
        HUFU_CHECK(reader.finish());
        if (began <= nowMs && nowMs - began < kMinuteMs) {
            beganMs = began;
            count = before;
        }
    }
    if (count >= limits::kDeskRequestsAMinute) return Error(Errc::locked, "too many requests of this desk");
    return put(transaction, key, beganMs + kMinuteMs,
               Writer().u64(static_cast<std::uint64_t>(beganMs)).u32(count + 1).bytes());
}

Bytes signedBytesOf(const Sessions::DeskRequest &request)
{
    const std::string body = toHex(crypto::sm3(request.body));
    const std::string time = std::to_string(request.timeMs);
    return concat({viewOf("HUFU-DESK-1\n"), viewOf(request.method), viewOf("\n"), viewOf(request.path), viewOf("\n"),
                   viewOf(time), viewOf("\n"), viewOf(body)});
}

// Of a desk whose enrolment its person has still to approve. Errors: notFound.
Result<ByteArray<32>> keyOfEnrolment(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &desk, std::int64_t nowMs)
{
    HUFU_TRY(waiting, ledger.read(Table::session, keyOf(Kind::enrolment, desk)));
    const auto named = live(waiting, nowMs);
    if (!named) return Error(Errc::notFound, "unknown desk");
    HUFU_TRY(token, fixedBytes<16>(*named));
    HUFU_TRY(stored, ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(masterKey, token, stored, nowMs));
    return row.deskPublicKey;
}

} // namespace

Result<std::vector<Desk>> Sessions::desksOf(const AccountId &acct)
{
    return allDesks(m_ledger, m_masterKey, acct);
}

Result<std::vector<Desk>> Sessions::waitingDesksOf(const AccountId &acct)
{
    return waitingOf(m_ledger, m_masterKey, acct);
}

Result<std::vector<Desk>> Sessions::entriesOf(const DeskId &id)
{
    HUFU_TRY(entries, sessions::entriesOf(m_ledger, m_masterKey, id));
    if (entries.empty()) return Error(Errc::notFound, "desk is not enrolled");
    return std::move(entries);
}

Result<std::vector<Desk>> Sessions::everyEntryOf(const DeskId &id)
{
    HUFU_TRY(entries, sessions::entriesOf(m_ledger, m_masterKey, id));
    HUFU_TRY(waiting, waitingEntriesOf(m_ledger, m_masterKey, id));
    entries.insert(entries.end(), waiting.begin(), waiting.end());
    if (entries.empty()) return Error(Errc::notFound, "desk is not enrolled");
    return std::move(entries);
}

Result<void> Sessions::removeDesk(const AccountId &acct, const DeskId &id)
{
    HUFU_TRY(entries, everyEntryOf(id)); // whoever has enrolled it, its key is the same
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(removed, unenrol(*transaction, acct, id));
    if (!removed) return Error(Errc::notFound, "desk is not enrolled");
    const audit::Entry entry{audit::Event::deskRemoved, m_clock.unixMs(), id, crypto::sm3(entries.front().publicKey), 0, {}};
    HUFU_CHECK(m_log(*transaction, acct, entry));
    return transaction->commit();
}

Result<void> Sessions::keepEvidenceKey(const AccountId &acct, const ByteArray<32> &publicKey)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(isNew, sessions::keepEvidenceKey(*transaction, m_masterKey, acct, publicKey));
    if (!isNew) return {};
    HUFU_CHECK(m_log(*transaction, acct, {audit::Event::evidenceKeyKept, m_clock.unixMs(), acct, crypto::sm3(publicKey), 0, {}}));
    return transaction->commit();
}

Result<Origin> Sessions::checkDeskRequest(const DeskRequest &request)
{
    const std::int64_t now = m_clock.unixMs();
    Origin origin{OriginKind::desk, request.desk};
    ByteArray<32> publicKey{};
    HUFU_TRY(enrolled, anyDesk(m_ledger, m_masterKey, request.desk));
    if (enrolled) {
        publicKey = enrolled->publicKey;
    } else {
        // It waits: for its company's administrator, or for its person.
        origin.kind = OriginKind::enrolment;
        HUFU_TRY(held, anyWaiting(m_ledger, m_masterKey, request.desk));
        if (held) {
            publicKey = held->publicKey;
        } else {
            HUFU_TRY(key, keyOfEnrolment(m_ledger, m_masterKey, request.desk, now));
            publicKey = key;
        }
    }
    if (request.timeMs < now - kRequestWindowMs || request.timeMs > now + kRequestWindowMs)
        return Error(Errc::expired, "request of another time");
    HUFU_CHECK(crypto::ed25519Verify(publicKey, signedBytesOf(request), request.signature));

    // The hash comes first, so that the rows of one busy desk lie everywhere in the sweep's way.
    const auto hash = crypto::sm3({request.desk, request.signature});
    const Bytes seenKey = keyOf(Kind::request, ByteView(hash).first(16));
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(seen, transaction->readForChange(Table::session, seenKey));
    if (live(seen, now)) return Error(Errc::replayed, "request was made before");
    HUFU_CHECK(countRequest(*transaction, request.desk, now));
    HUFU_CHECK(put(*transaction, seenKey, request.timeMs + kRequestWindowMs, {}));
    HUFU_CHECK(transaction->commit());
    return origin;
}

Result<std::string> Sessions::registerRelyingParty(std::string_view id, std::string_view name)
{
    HUFU_CHECK(checkParty(id, name));
    const std::string key = toHex(m_random.bytes<32>("relying-party-key"));
    const auto keySm3 = crypto::sm3(viewOf(key));

    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(earlier, transaction->readForChange(Table::meta, partyById(id)));
    if (earlier) HUFU_CHECK(transaction->remove(Table::meta, partyByKey(*earlier)));
    HUFU_CHECK(takeNames(*transaction, id, name));
    HUFU_CHECK(transaction->write(Table::meta, partyById(id), keySm3));
    HUFU_CHECK(transaction->write(Table::meta, partyByKey(keySm3), Writer().text(id).text(name).bytes()));
    HUFU_CHECK(transaction->commit());
    return key;
}

Result<void> Sessions::reserveName(const RelyingParty &party)
{
    HUFU_CHECK(checkParty(party.id, party.name));
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_CHECK(takeNames(*transaction, party.id, party.name));
    return transaction->commit();
}

Result<RelyingParty> Sessions::relyingPartyOf(std::string_view key)
{
    HUFU_TRY(stored, m_ledger.read(Table::meta, partyByKey(crypto::sm3(viewOf(key)))));
    if (!stored) return Error(Errc::notFound, "unknown relying party");
    Reader reader(*stored);
    RelyingParty party;
    party.id = reader.text();
    party.name = reader.text();
    HUFU_CHECK(reader.finish());
    return party;
}

Result<bool> Sessions::isPartyName(std::string_view name)
{
    HUFU_TRY(stored, m_ledger.read(Table::meta, partyByName(name)));
    return stored.has_value();
}

Result<void> Sessions::registerOpening(const RelyingParty &party, std::int64_t openingMs,
                                       const std::vector<ByteArray<32>> &files)
{
    const std::int64_t now = m_clock.unixMs();
    if (files.empty() || files.size() > kOpeningFilesMax) return Error(Errc::badInput, "number of files");
    if (openingMs <= now - kOpeningLastsMs || openingMs > now + kOpeningMostMs) return Error(Errc::badInput, "opening hour");
    HUFU_TRY(transaction, m_ledger.begin());
    for (const auto &file : files)
        HUFU_CHECK(put(*transaction, keyOf(Kind::opening, file, party.origin().id), openingMs + kOpeningLastsMs, {}));
    return transaction->commit();
}

} // namespace hufu::sessions
