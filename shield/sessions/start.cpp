// How sessions begin, and the bytes that belong to them.
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/intent/tbs.h"
#include "shield/sessions/desk_rows.h"
#include "shield/sessions/factors.h"
#include "shield/sessions/sessions.h"
#include "shield/sessions/shelf.h"

#include <algorithm>

namespace hufu::sessions {

namespace {

using intent::Act;
using intent::Flow;
using intent::Manifest;
using ports::Table;

constexpr std::size_t kIdempotencyKeyMax = 128;
constexpr std::size_t kNameMax = 128;

// What a person reads as the platform when a desk asks: a desk speaks for nobody but itself.
intent::Platform deskPlatform()
{
    return {"hufu-desk", "虎符电脑端 Hufu Desk"};
}

std::uint64_t bitOf(std::size_t index)
{
    return std::uint64_t{1} << index;
}

// The items whose bytes are brought.
std::uint64_t itemsWithOwnBytes(const Manifest &manifest)
{
    if (!intent::bringsBytes(manifest)) return 0;
    const std::size_t items = intent::itemsOf(manifest);
    return items >= 64 ? ~std::uint64_t{0} : bitOf(items) - 1;
}

std::size_t countOf(std::uint64_t mask)
{
    return static_cast<std::size_t>(__builtin_popcountll(mask));
}

Started startedOf(const Token &token, const SessionRow &row)
{
    Started started;
    started.token = token;
    started.frameSecret = row.frameSecret.duplicate();
    started.manifest = row.manifest;
    started.startedMs = row.startedMs;
    started.expiresMs = row.startedMs + limits::kSessionShownMs;
    started.ready = row.tbsMissing == 0;
    started.tbsWanted = countOf(row.tbsMissing | row.tbsKept);
    return started;
}

Result<void> checkIdempotencyKey(std::string_view key)
{
    if (key.empty() || key.size() > kIdempotencyKeyMax) return Error(Errc::badInput, "idempotency key");
    return {};
}

bool mayDeskAsk(Act act)
{
    return act == Act::login || act == Act::sign || act == Act::seal || act == Act::encrypt || act == Act::decrypt;
}

} // namespace

Origin RelyingParty::origin() const
{
    Origin origin{OriginKind::relyingParty, {}};
    const auto hash = crypto::sm3(viewOf(id));
    std::copy_n(hash.begin(), origin.id.size(), origin.id.begin());
    return origin;
}

Result<Started> Sessions::startFromDesk(const DeskId &desk, ByteView draft, std::string_view idempotencyKey, const CheckManifest &check,
                                        const std::optional<Wanted> &wanted, std::string_view network)
{
    HUFU_CHECK(checkIdempotencyKey(idempotencyKey));
    HUFU_TRY(enrolled, anyDesk(m_ledger, m_masterKey, desk));
    if (!enrolled) return Error(Errc::notFound, "desk is not enrolled");

    Manifest base;
    base.flow = Flow::desk;
    base.nonce = m_random.bytes<16>("session-nonce");
    base.created = m_clock.unixMs();
    base.platform = deskPlatform();
    base.desk = intent::Desk{desk, enrolled->name, true};
    if (wanted) {
        base.company = wanted->company;
        base.person = wanted->person;
    }
    HUFU_TRY(manifest, Manifest::fromDraft(draft, base));
    if (!mayDeskAsk(manifest.act)) return Error(Errc::refused, "not an act that a desk asks for");
    manifest.platform = base.platform; // whatever the draft says
    manifest.network = network.empty() ? enrolled->network : std::string(network);
    if (check) HUFU_CHECK(check(manifest));
    return start({OriginKind::desk, desk}, manifest, enrolled->publicKey, idempotencyKey, wanted ? crypto::sm3({draft, wanted->acct}) : crypto::sm3(draft), wanted ? wanted->acct : AccountId{});
}

Result<Started> Sessions::startFromPage(const RelyingParty &party, ByteView draft, std::string_view idempotencyKey)
{
    HUFU_CHECK(checkIdempotencyKey(idempotencyKey));
    Manifest base;
    base.flow = Flow::page;
    base.nonce = m_random.bytes<16>("session-nonce");
    base.created = m_clock.unixMs();
    base.platform = {party.id, party.name};
    HUFU_TRY(manifest, Manifest::fromDraft(draft, base));
    if (manifest.act != Act::login) return Error(Errc::refused, "a page may ask for a login only");
    manifest.platform = base.platform; // whatever the draft says
    return start(party.origin(), manifest, {}, idempotencyKey, crypto::sm3(draft));
}

Result<Started> Sessions::startConfirmation(const RelyingParty &party, const Wanted &wanted, const intent::File &statement)
{
    Manifest manifest;
    manifest.act = Act::confirm;
    manifest.flow = Flow::page;
    manifest.nonce = m_random.bytes<16>("session-nonce");
    manifest.created = m_clock.unixMs();
    manifest.platform = {party.id, party.name};
    manifest.files = {statement};
    manifest.company = wanted.company;
    manifest.person = wanted.person;
    HUFU_CHECK(manifest.check());
    return start(party.origin(), manifest, {}, {}, {}, wanted.acct);
}

Result<Started> Sessions::startEnrolment(std::string_view name, const ByteArray<32> &publicKey, std::string_view network)
{
    HUFU_CHECK(intent::checkText(name, kNameMax));
    if (name.empty()) return Error(Errc::badInput, "desk without a name");
    HUFU_TRY(taken, isPartyName(name));
    if (taken) return Error(Errc::refused, "a desk under a relying party's name");
    const DeskId id = intent::deskIdOf(publicKey);
    Manifest manifest;
    manifest.act = Act::enrol;
    manifest.flow = Flow::desk;
    manifest.nonce = m_random.bytes<16>("session-nonce");
    manifest.created = m_clock.unixMs();
    manifest.platform = deskPlatform();
    manifest.desk = intent::Desk{id, std::string(name), false};
    manifest.deskPublicKey = publicKey;
    manifest.network = std::string(network);
    HUFU_CHECK(manifest.check());
    return start({OriginKind::enrolment, id}, manifest, publicKey, {}, {});
}

Result<Started> Sessions::start(const Origin &origin, Manifest manifest, const ByteArray<32> &deskPublicKey,
                                std::string_view idempotencyKey, const ByteArray<32> &draftSm3, const AccountId &wanted)
{
    const std::int64_t now = m_clock.unixMs();
    const std::uint8_t kind[] = {static_cast<std::uint8_t>(origin.kind)};
    const Bytes startKey = keyOf(Kind::start, crypto::sm3({kind, origin.id, viewOf(idempotencyKey)}));

    HUFU_TRY(transaction, m_ledger.begin());
    if (!idempotencyKey.empty()) {
        HUFU_TRY(stored, transaction->readForChange(Table::session, startKey));
        if (const auto earlier = live(stored, now)) {
            Reader reader(*earlier);
            const auto token = reader.array<16>();
            if (reader.array<32>() != draftSm3) return Error(Errc::badState, "idempotency key of another draft");
            HUFU_TRY(row, load(*transaction, m_masterKey, token, now));
            return startedOf(token, row);
        }
    }

    const auto token = m_random.bytes<16>("session-token");
    SessionRow row;
    row.origin = origin;
    row.deskPublicKey = deskPublicKey;
    row.frameSecret = m_random.secret<32>("frame-secret");
    row.manifest = manifest.encode();
    row.act = manifest.act;
    row.startedMs = now;
    row.wanted = wanted;
    row.tbsMissing = itemsWithOwnBytes(manifest);
    row.state = row.tbsMissing == 0 ? State::waiting : State::preparing;
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    if (!idempotencyKey.empty())
        HUFU_CHECK(put(*transaction, startKey, now + limits::kIdempotentStartMs, concat({token, draftSm3})));
    if (origin.kind == OriginKind::enrolment)
        HUFU_CHECK(put(*transaction, keyOf(Kind::enrolment, origin.id), row.forgetMs(), token));
    HUFU_CHECK(transaction->commit());
    return startedOf(token, row);
}

Result<Claim> Sessions::startFromPhone(const Claimant &claimant, const Manifest &manifest, const std::vector<Bytes> &tbs)
{
    HUFU_CHECK(manifest.check());
    if (manifest.flow != Flow::phone) return Error(Errc::badInput, "not an act of the phone itself");
    const std::uint64_t wanted = itemsWithOwnBytes(manifest);
    if (tbs.size() != countOf(wanted)) return Error(Errc::badInput, "bytes for other items");
    for (std::size_t i = 0; i < tbs.size(); ++i)
        HUFU_CHECK(intent::checkTbs(manifest, i, tbs[i]));

    const std::int64_t now = m_clock.unixMs();
    const auto token = m_random.bytes<16>("session-token");
    SessionRow row;
    row.origin = {OriginKind::phone, claimant.acct};
    row.manifest = manifest.encode();
    row.act = manifest.act;
    row.startedMs = now;
    row.tbsKept = wanted;
    row.state = State::claimed;
    row.acct = claimant.acct;
    row.expiryMs = now + intent::userTimeMs(manifest.act);
    row.deskKnown = true; // there is none to be warned of
    row.factors = factorsFor(row.act, claimant, std::nullopt, false, now);

    HUFU_TRY(transaction, m_ledger.begin());
    for (std::size_t i = 0; i < tbs.size(); ++i)
        HUFU_CHECK(putSealed(*transaction, m_masterKey, keyOf(Kind::tbs, token, i), row.forgetMs(), tbs[i]));
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    HUFU_CHECK(note(*transaction, claimant.acct, audit::Event::sessionStarted, token, row.manifest));
    HUFU_CHECK(transaction->commit());
    return row.claim(token);
}

Result<void> Sessions::attachTbs(const Origin &asker, const Token &token, std::size_t index, ByteView tbs)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, load(*transaction, m_masterKey, token, now));
    if (!mayAsk(row.origin, asker)) return Error(Errc::notFound, "no such session");
    if (row.stateAt(now) == State::expired) return Error(Errc::expired, "session is over");
    HUFU_TRY(manifest, Manifest::parse(row.manifest));
    if (index >= limits::kItemsMax || ((row.tbsMissing | row.tbsKept) & bitOf(index)) == 0)
        return Error(Errc::badState, "this item wants no bytes");
    HUFU_CHECK(intent::checkTbs(manifest, row.manifest, index, tbs));
    if ((row.tbsKept & bitOf(index)) != 0) return {}; // the same bytes, since the manifest allows no others
    if (row.state != State::preparing) return Error(Errc::badState, "session is past preparing");

    row.tbsMissing &= ~bitOf(index);
    row.tbsKept |= bitOf(index);
    if (row.tbsMissing == 0) row.state = State::waiting;
    const std::int64_t forgetMs = row.forgetMs() + intent::userTimeMs(row.act);
    HUFU_CHECK(putSealed(*transaction, m_masterKey, keyOf(Kind::tbs, token, index), forgetMs, tbs));
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    return transaction->commit();
}

Result<std::string> Sessions::pageFrame(const Origin &asker, const Token &token)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(m_masterKey, token, stored, now));
    if (asker.kind != OriginKind::relyingParty || !mayAsk(row.origin, asker)) return Error(Errc::notFound, "no such session");
    if (row.stateAt(now) == State::expired) return Error(Errc::expired, "session is over");
    if (row.state != State::waiting) return Error(Errc::badState, "nothing to be shown any more");

    intent::Frame frame;
    frame.kind = intent::FrameKind::page;
    frame.token = token;
    frame.second = static_cast<std::uint32_t>((now - row.startedMs) / limits::kFrameIntervalMs);
    frame.code = intent::frameCode(row.frameSecret, token, frame.second, crypto::sm3(row.manifest));
    return frame.text();
}

} // namespace hufu::sessions
