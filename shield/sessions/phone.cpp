// The phone's side of a session.
#include "shield/base/ct.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/intent/tbs.h"
#include "shield/ports/digits.h"
#include "shield/sessions/desk_rows.h"
#include "shield/sessions/factors.h"
#include "shield/sessions/sessions.h"
#include "shield/sessions/shelf.h"
#include "shield/wire/activation.h"

#include <algorithm>

namespace hufu::sessions {

namespace {

using audit::Event;
using intent::Act;
using intent::Frame;
using intent::FrameKind;
using intent::Manifest;
using ports::Table;
using wire::factor::kDigits;
using wire::factor::kLiveness;
using wire::factor::kPin;
using wire::factor::kSms;

// A frame is not made before its second: more than this is a forgery, less is clocks.
constexpr std::int64_t kFutureToleranceMs = 1'000;

// "%1" is the code. Whole in both languages, since nothing here knows the reader's.
struct ActWords {
    Act act;
    std::string_view sms;
};
constexpr ActWords kSmsTexts[] = {
    {Act::login, "【虎符 Hufu】验证码 %1：登录，5 分钟内有效，切勿告诉他人。Code to log in; valid for 5 minutes, tell nobody."},
    {Act::sign, "【虎符 Hufu】验证码 %1：签名，5 分钟内有效，切勿告诉他人。Code to sign; valid for 5 minutes, tell nobody."},
    {Act::seal, "【虎符 Hufu】验证码 %1：盖章，5 分钟内有效，切勿告诉他人。Code to stamp; valid for 5 minutes, tell nobody."},
    {Act::decrypt, "【虎符 Hufu】验证码 %1：解密，5 分钟内有效，切勿告诉他人。Code to decrypt; valid for 5 minutes, tell nobody."},
    {Act::enrol, "【虎符 Hufu】验证码 %1：登记电脑，5 分钟内有效，切勿告诉他人。Code to enrol a computer; valid for 5 minutes, tell nobody."},
    {Act::confirm, "【虎符 Hufu】验证码 %1：企业授权确认，5 分钟内有效，切勿告诉他人。Code to confirm for the company; valid for 5 minutes, tell nobody."},
    {Act::pinChange, "【虎符 Hufu】验证码 %1：修改 PIN，5 分钟内有效，切勿告诉他人。Code to change the PIN; valid for 5 minutes, tell nobody."},
    {Act::vouch, "【虎符 Hufu】验证码 %1：证书更新或更换手机，5 分钟内有效，切勿告诉他人。Code to renew the certificate or change the phone; valid for 5 minutes, tell nobody."},
};

std::string_view smsTextOf(Act act)
{
    for (const ActWords &words : kSmsTexts)
        if (words.act == act) return words.sms;
    return "【虎符 Hufu】验证码 %1，5 分钟内有效，切勿告诉他人。Code valid for 5 minutes, tell nobody.";
}

Bytes smsPurpose(const Token &token)
{
    return concat({viewOf("session-factor"), token});
}

// Does the frame come from the session's maker? Timing: the code's comparison depends on lengths only.
bool isGenuine(const SessionRow &row, const Frame &frame)
{
    const bool fromPage = row.origin.kind == OriginKind::relyingParty;
    if (fromPage != (frame.kind == FrameKind::page)) return false;
    const auto code = intent::frameCode(row.frameSecret, frame.token, frame.second, crypto::sm3(row.manifest));
    if (!ct::equal(code, frame.code)) return false;
    if (fromPage) return true;
    return frame.deskId == row.origin.id &&
           crypto::ed25519Verify(row.deskPublicKey, frame.signedBytes(), frame.signature).has_value();
}

std::int64_t ageOf(const SessionRow &row, const Frame &frame, std::int64_t arrivalMs)
{
    return arrivalMs - row.startedMs - std::int64_t{frame.second} * limits::kFrameIntervalMs;
}

// Everything about a claim that is no matter of this person.
std::optional<ClaimDenied> denialOf(const SessionRow &row, const Frame &frame, const AccountId &acct,
                                    std::int64_t arrivalMs, std::int64_t nowMs)
{
    if (row.acct != AccountId{} && row.acct != acct) return ClaimDenied::claimedByOther;
    if (row.stateAt(nowMs) == State::preparing) return ClaimDenied::notReady;
    if (row.stateAt(nowMs) != State::waiting) return ClaimDenied::sessionExpired;
    if (arrivalMs - row.startedMs > limits::kSessionShownMs) return ClaimDenied::sessionExpired;
    const std::int64_t ageMs = ageOf(row, frame, arrivalMs);
    if (ageMs < -kFutureToleranceMs) return ClaimDenied::tampered;
    if (ageMs > limits::kFrameMaxAgeMs) return ClaimDenied::frameTooOld;
    return std::nullopt;
}

// Whether relying parties have said of each file that its opening is near.
Result<bool> isOpeningNearOfAll(ports::Transaction &transaction, const Manifest &manifest, std::int64_t nowMs)
{
    constexpr std::size_t kPartiesMost = 16; // that speak of one file
    if (manifest.act != Act::decrypt) return false;
    for (const intent::File &file : manifest.files) {
        HUFU_TRY(said, transaction.scan(Table::session, keyOf(Kind::opening, file.sm3), kPartiesMost));
        if (std::none_of(said.begin(), said.end(), [nowMs](const auto &row) { return isOpeningNear(forgetMsOf(row.second) - kOpeningLastsMs, nowMs); }))
            return false;
    }
    return true;
}

Result<void> dropTbs(ports::Transaction &transaction, const Token &token, SessionRow &row)
{
    for (std::size_t i = 0; i < limits::kItemsMax; ++i)
        if ((row.tbsKept >> i & 1) != 0) HUFU_CHECK(transaction.remove(Table::session, keyOf(Kind::tbs, token, i)));
    row.tbsKept = 0;
    return {};
}

// The PIN is the cosigner's; the digits may come later, and hold the outcome back until then.
Result<void> checkFactors(const SessionRow &row)
{
    if ((row.factors & ~(row.given | kPin | kDigits)) != 0) return Error(Errc::refused, "a factor is missing");
    return {};
}

Result<Approvable> withBytes(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const Token &token,
                             const SessionRow &row, std::int64_t now)
{
    HUFU_TRY(manifest, Manifest::parse(row.manifest));
    Approvable out{token, row.act, row.manifest, {}, row.expiryMs};
    for (std::size_t i = 0; i < intent::itemsOf(manifest); ++i) {
        if ((row.tbsKept >> i & 1) == 0) {
            HUFU_TRY(built, intent::buildTbs(manifest, i));
            out.tbs.push_back(std::move(built));
            continue;
        }
        const Bytes key = keyOf(Kind::tbs, token, i);
        HUFU_TRY(kept, ledger.read(Table::session, key));
        const auto sealed = live(kept, now);
        if (!sealed) return Error(Errc::badState, "session is over");
        HUFU_TRY(plain, masterKey.open(*sealed, key));
        out.tbs.push_back(bytesOf(plain.expose()));
    }
    return out;
}

Result<void> checkCompletion(const SessionRow &row, const Completion &completion)
{
    HUFU_TRY(manifest, Manifest::parse(row.manifest));
    const std::size_t items = intent::itemsOf(manifest);
    const intent::Op op = intent::opOf(row.act);
    const bool wantsSignatures = op == intent::Op::sign, wantsOpened = op == intent::Op::decrypt;
    if (completion.signatures.empty() == wantsSignatures || completion.opened.empty() == wantsOpened)
        return Error(Errc::badInput, "completion does not fit the act");
    std::vector<std::uint8_t> indices = completion.opened;
    for (const ItemSignature &item : completion.signatures)
        indices.push_back(item.index);
    const bool ascending = std::adjacent_find(indices.begin(), indices.end(), std::greater_equal<>()) == indices.end();
    if (!ascending || (!indices.empty() && indices.back() >= items)) return Error(Errc::badInput, "completion of other items");
    return {};
}

} // namespace

Result<std::variant<Claim, ClaimDenied>> Sessions::claim(ByteView frameBytes, const Claimant &claimant, std::int64_t arrivalMs)
{
    using Answer = std::variant<Claim, ClaimDenied>;
    HUFU_TRY(frame, Frame::parse(frameBytes));
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    auto loaded = load(*transaction, m_masterKey, frame.token, now);
    if (!loaded) {
        if (loaded.error().code != Errc::notFound) return loaded.error();
        return Answer(ClaimDenied::foreign);
    }
    SessionRow &row = *loaded;
    if (row.origin.kind == OriginKind::phone) return Answer(ClaimDenied::foreign);
    if (!isGenuine(row, frame)) return Answer(ClaimDenied::tampered);
    const bool isBarred = claimant.bar != Ending::none && row.act != Act::decrypt;
    if (isBarred && row.stateAt(now) != State::waiting) return Answer(ClaimDenied::notEntitled);
    if (row.checkHeldBy(claimant.acct, now)) return Answer(row.claim(frame.token));
    if (const auto denied = denialOf(row, frame, claimant.acct, arrivalMs, now)) return Answer(*denied);

    std::optional<std::int64_t> enrolledMs;
    if (row.origin.kind == OriginKind::desk) {
        HUFU_TRY(mine, deskOf(*transaction, m_masterKey, row.origin.id, claimant.acct));
        for (auto other = claimant.others.begin(); !mine && row.act == Act::decrypt && other != claimant.others.end(); ++other) {
            HUFU_TRY(theirs, deskOf(*transaction, m_masterKey, row.origin.id, *other));
            mine = std::move(theirs);
        }
        if (mine) row.deskBy = mine->owner;
        if (mine) enrolledMs = mine->enrolledMs;
    }
    if (!enrolledMs && row.act != Act::login && row.act != Act::enrol && row.act != Act::confirm) return Answer(ClaimDenied::deskUnknown);
    if (row.wanted != AccountId{} && row.wanted != claimant.acct) return Answer(ClaimDenied::otherPerson);
    if (isBarred && !claimant.others.empty()) return Answer(ClaimDenied::notEntitled);
    if (isBarred) { // who waits for this person learns why nothing comes of it
        HUFU_CHECK(dropTbs(*transaction, frame.token, row));
        row.end(State::failed, claimant.bar, now);
        HUFU_CHECK(save(*transaction, m_masterKey, frame.token, row));
        HUFU_CHECK(keepAbout(*transaction, row.manifest));
        HUFU_CHECK(note(*transaction, claimant.acct, Event::sessionFailed, frame.token, row.manifest));
        HUFU_CHECK(transaction->commit());
        return Answer(ClaimDenied::notEntitled);
    }

    HUFU_TRY(manifest, Manifest::parse(row.manifest));
    if (row.act == Act::seal) {
        if (!claimant.maySeal) return Answer(ClaimDenied::sealRefused);
        HUFU_TRY(may, claimant.maySeal(*transaction, manifest));
        if (!may) return Answer(ClaimDenied::sealRefused);
    }
    row.state = State::claimed;
    row.acct = claimant.acct;
    row.expiryMs = now + intent::userTimeMs(row.act);
    row.deskKnown = enrolledMs.has_value();
    HUFU_TRY(openingNear, isOpeningNearOfAll(*transaction, manifest, now));
    row.factors = factorsFor(row.act, claimant, enrolledMs, openingNear, now);
    if ((row.factors & kDigits) != 0) row.digits = ports::drawDigits(m_random, limits::kDeskDigits, "desk-digits");
    HUFU_CHECK(save(*transaction, m_masterKey, frame.token, row));
    HUFU_CHECK(keepAbout(*transaction, row.manifest));
    HUFU_CHECK(note(*transaction, claimant.acct, Event::sessionClaimed, frame.token, row.manifest));
    HUFU_CHECK(transaction->commit());
    return Answer(row.claim(frame.token));
}

Result<std::string> Sessions::wantedOf(ByteView frameBytes)
{
    HUFU_TRY(frame, Frame::parse(frameBytes));
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, load(*transaction, m_masterKey, frame.token, m_clock.unixMs()));
    HUFU_TRY(manifest, Manifest::parse(row.manifest));
    return manifest.person;
}

Result<std::int64_t> Sessions::frameAgeMs(ByteView frameBytes, std::int64_t arrivalMs)
{
    HUFU_TRY(frame, Frame::parse(frameBytes));
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, load(*transaction, m_masterKey, frame.token, m_clock.unixMs()));
    return ageOf(row, frame, arrivalMs);
}

Result<Claim> Sessions::resume(const Token &token, const AccountId &acct)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(m_masterKey, token, stored, now));
    HUFU_CHECK(row.checkHeldBy(acct, now));
    return row.claim(token);
}

Result<std::int64_t> Sessions::askSms(const Token &token, const Claimant &claimant)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(m_masterKey, token, stored, now));
    HUFU_CHECK(row.checkHeldBy(claimant.acct, now));
    if ((row.factors & kSms) == 0 || (row.given & kSms) != 0) return Error(Errc::badState, "no SMS code is asked for");
    return m_smsCodes.send(smsPurpose(token), claimant.acct, claimant.phoneNumber, smsTextOf(row.act));
}

Result<codes::Check> Sessions::giveSms(const Token &token, const AccountId &acct, std::string_view digits)
{
    const std::int64_t now = m_clock.unixMs();
    {
        HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
        HUFU_TRY(row, open(m_masterKey, token, stored, now));
        HUFU_CHECK(row.checkHeldBy(acct, now));
        if ((row.factors & kSms) == 0) return Error(Errc::badState, "no SMS code is asked for");
        if ((row.given & kSms) != 0) return codes::Check::right; // the answer was lost
    }
    // Spent together with what it gives, or not at all.
    HUFU_TRY(verdict, m_smsCodes.check(smsPurpose(token), acct, digits, codes::Right::keeps));
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, load(*transaction, m_masterKey, token, now));
    HUFU_CHECK(row.checkHeldBy(acct, now));
    const bool right = verdict == codes::Check::right;
    if (right) {
        HUFU_CHECK(m_smsCodes.spend(*transaction, smsPurpose(token)));
        row.given |= kSms;
        HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    }
    HUFU_CHECK(note(*transaction, acct, right ? Event::factorGiven : Event::factorFailed, token, row.manifest, kSms));
    HUFU_CHECK(transaction->commit());
    return verdict;
}

Result<void> Sessions::giveLiveness(const Token &token, const Claimant &claimant, std::uint8_t provider, ByteView evidence)
{
    const std::int64_t now = m_clock.unixMs();
    {
        HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
        HUFU_TRY(row, open(m_masterKey, token, stored, now));
        HUFU_CHECK(row.checkHeldBy(claimant.acct, now));
        if ((row.factors & kLiveness) == 0) return Error(Errc::badState, "no liveness is asked for");
        if ((row.given & kLiveness) != 0) return {}; // the answer was lost
    }
    const auto service = m_faces.find(provider);
    if (service == m_faces.end()) return Error(Errc::badInput, "no such face service");
    // The service is asked outside any transaction: it may be slow.
    const auto judged = service->second->judge(claimant.personId, evidence);
    if (!judged && judged.error().code != Errc::refused) return judged;

    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, load(*transaction, m_masterKey, token, now));
    HUFU_CHECK(row.checkHeldBy(claimant.acct, now));
    if (judged) {
        row.given |= kLiveness;
        HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    }
    HUFU_CHECK(note(*transaction, claimant.acct, judged ? Event::factorGiven : Event::factorFailed, token, row.manifest, kLiveness));
    HUFU_CHECK(transaction->commit());
    return judged;
}

Result<void> Sessions::refuse(const Token &token, const AccountId &acct, wire::RefuseReason reason)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, load(*transaction, m_masterKey, token, now));
    HUFU_CHECK(row.checkHeldBy(acct, now));
    HUFU_CHECK(dropTbs(*transaction, token, row));
    row.end(State::refused, Ending::personRefused, now);
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    HUFU_CHECK(note(*transaction, acct, Event::sessionRefused, token, row.manifest));
    if (reason != wire::RefuseReason::person)
        HUFU_CHECK(note(*transaction, acct, Event::attackReported, token, row.manifest, static_cast<std::uint16_t>(reason)));
    return transaction->commit();
}

Result<Approvable> Sessions::readable(const Token &token, const AccountId &acct)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(m_masterKey, token, stored, now));
    HUFU_CHECK(row.checkHeldBy(acct, now));
    return withBytes(m_ledger, m_masterKey, token, row, now);
}

Result<Approvable> Sessions::approvable(const Token &token, const AccountId &acct)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(m_masterKey, token, stored, now));
    HUFU_CHECK(row.checkHeldBy(acct, now));
    HUFU_CHECK(checkFactors(row));
    if (row.origin.kind == OriginKind::desk && row.deskKnown) { // at the claim; the person may have removed it since
        HUFU_TRY(enrolled, isEnrolled(m_ledger, row.origin.id, row.deskBy));
        if (!enrolled) return Error(Errc::notFound, "the desk was removed");
    }
    return withBytes(m_ledger, m_masterKey, token, row, now);
}

Result<Ending> Sessions::endingOf(const Token &token, const AccountId &acct)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(m_masterKey, token, stored, now));
    if (acct == AccountId{} || row.acct != acct) return Error(Errc::notFound, "no such claim");
    return row.endingAt(now);
}

Result<void> Sessions::complete(ports::Transaction &transaction, const Token &token, const AccountId &acct,
                                const Completion &completion)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(row, load(transaction, m_masterKey, token, now));
    HUFU_CHECK(row.checkHeldBy(acct, now));
    HUFU_CHECK(checkFactors(row));
    HUFU_CHECK(checkCompletion(row, completion));
    if (row.origin.kind == OriginKind::desk && row.deskKnown) {
        HUFU_TRY(desk, deskOf(transaction, m_masterKey, row.origin.id, row.deskBy));
        if (!desk) return Error(Errc::notFound, "the desk was removed");
    }

    row.completedMs = now;
    row.sid = completion.sid;
    row.signatures = completion.signatures;
    row.opened = completion.opened;
    if (!row.mayBeDoneAgain()) HUFU_CHECK(dropTbs(transaction, token, row));
    row.settle(now);
    HUFU_CHECK(save(transaction, m_masterKey, token, row));
    if (row.wantsDelivery())
        HUFU_CHECK(put(transaction, keyOf(Kind::conversation, acct, completion.sid), row.forgetMs(), token));
    HUFU_CHECK(note(transaction, acct, Event::sessionApproved, token, row.manifest, static_cast<std::uint16_t>(row.act)));
    if (row.act != Act::enrol) return {};

    HUFU_TRY(manifest, Manifest::parse(row.manifest));
    const Desk desk{row.origin.id, row.deskPublicKey, manifest.desk->name, manifest.network, acct, now};
    HUFU_CHECK(enrol(transaction, m_masterKey, desk));
    return m_log(transaction, acct, {Event::deskEnrolled, now, desk.id, crypto::sm3(desk.publicKey), 0});
}

Result<void> Sessions::deliver(const AccountId &acct, const SessionId &sid, const std::vector<SealedItem> &items)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(entry, transaction->readForChange(Table::session, keyOf(Kind::conversation, acct, sid)));
    const auto named = live(entry, now);
    if (!named) return Error(Errc::notFound, "nothing was opened in this conversation");
    HUFU_TRY(token, fixedBytes<16>(*named));
    HUFU_TRY(row, load(*transaction, m_masterKey, token, now));
    const State state = row.stateAt(now);
    if (state == State::expired) return Error(Errc::expired, "session is over");
    if (state != State::claimed && state != State::approved) return Error(Errc::badState, "session is over");

    const bool fits = std::equal(items.begin(), items.end(), row.opened.begin(), row.opened.end(),
                                 [](const SealedItem &item, std::uint8_t index) { return item.index == index; });
    if (!fits) return Error(Errc::badInput, "other items than were opened");
    for (const SealedItem &item : items) {
        if (item.sealed.empty() || item.sealed.size() > limits::kTbsMax) return Error(Errc::badInput, "box length");
        const Bytes key = keyOf(Kind::sealedItem, token, item.index);
        if (row.delivered) {
            HUFU_TRY(stored, transaction->readForChange(Table::session, key));
            if (live(stored, now) != item.sealed) return Error(Errc::replayed, "other boxes than before");
        } else {
            HUFU_CHECK(put(*transaction, key, row.forgetMs() + limits::kResultKeptMs, item.sealed));
        }
    }
    if (row.delivered) return {};
    HUFU_CHECK(dropTbs(*transaction, token, row));
    row.delivered = true;
    row.settle(now);
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    HUFU_CHECK(note(*transaction, acct, Event::delivered, token, row.manifest));
    return transaction->commit();
}

Result<void> Sessions::block(const Token &token, const AccountId &acct, Ending why)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, load(*transaction, m_masterKey, token, now));
    HUFU_CHECK(row.checkHeldBy(acct, now));
    HUFU_CHECK(dropTbs(*transaction, token, row));
    row.end(State::failed, why, now);
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    HUFU_CHECK(note(*transaction, acct, Event::sessionFailed, token, row.manifest));
    return transaction->commit();
}

Result<void> endHeldBy(ports::Transaction &transaction, ports::MasterKey &masterKey, const AccountId &acct, std::int64_t nowMs)
{
    const Bytes prefix = keyOf(Kind::session, ByteView());
    HUFU_TRY(all, ports::scanAll(transaction, Table::session, prefix));
    for (const auto &[key, value] : all) {
        const auto token = fixedBytes<std::tuple_size_v<Token>>(ByteView(key).subspan(prefix.size()));
        if (!token) continue;
        auto row = load(transaction, masterKey, *token, nowMs);
        if (!row) {
            if (row.error().code != Errc::notFound) return row.error();
            continue; // its time is over
        }
        if (!row->checkHeldBy(acct, nowMs)) continue;
        HUFU_CHECK(dropTbs(transaction, *token, *row));
        row->end(State::failed, Ending::notEntitled, nowMs);
        HUFU_CHECK(save(transaction, masterKey, *token, *row));
    }
    return {};
}

} // namespace hufu::sessions
