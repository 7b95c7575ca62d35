// DEC1 -> DEC2 (PROTOCOL 4.6, R1, R4, R8, R9). Nothing of it is stored.
#include "shield/cosigner/attempt.h"
#include "shield/base/stack.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"
#include "shield/threshold/decrypt_server.h"

#include <algorithm>

namespace hufu::cosigner {

namespace {

namespace decrypt = threshold::decrypt;

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;

std::uint32_t dayOf(std::int64_t unixMs)
{
    return static_cast<std::uint32_t>(unixMs / kDayMs);
}

// The counts of another day are over.
void beginDay(std::uint32_t day, DeviceRow &row)
{
    if (row.day == day) return;
    row.day = day;
    row.openedToday = row.rehearsedToday = 0;
}

// A rehearsal on the eve of an opening must not take from what the opening needs, nor be a way around the day's cap.
bool isCapped(const Ports &ports, DeviceRow row, std::uint32_t day, bool isRehearsal, std::uint32_t count)
{
    beginDay(day, row);
    if (isRehearsal) return row.rehearsedToday + count > ports.rehearsalsPerDay;
    return row.openedToday + count > ports.decryptionsPerDay;
}

// Each index once, ascending, and of an item of the conversation.
bool areIndices(const std::vector<wire::Dec1::Item> &items, std::size_t count)
{
    const auto later = [](const auto &a, const auto &b) { return a.index >= b.index; };
    return !items.empty() && items.back().index < count &&
           std::adjacent_find(items.begin(), items.end(), later) == items.end();
}

// Under the policy "named ciphertext" T1 is C1 itself.
bool areNamed(const Pending &pending, const std::vector<wire::Dec1::Item> &items, const std::vector<decrypt::Ask> &asks)
{
    if (pending.namedC1.empty()) return true;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (asks[i].t1.bytes() != pending.namedC1[items[i].index]) return false;
    return true;
}

Result<wire::Verdict> judge(Core &core, const Live &live, const wire::Dec1 &dec1, WipedVector<ByteArray<65>> &answers)
{
    if (live.stage != Stage::decrypt || !areIndices(dec1.items, live.items))
        return verdictOf(core, live.acct, wire::Status::tampered);
    WipedVector<ByteArray<113>> bytes;
    for (const auto &item : dec1.items)
        bytes.push_back(item.ask);
    auto asks = decrypt::serverParse(bytes);
    if (!asks) return verdictOf(core, live.acct, wire::Status::tampered);
    if (!areNamed(live.pending, dec1.items, *asks)) return verdictOf(core, live.acct, wire::Status::refused);

    const std::uint32_t today = dayOf(core.ports.clock.unixMs());
    const auto count = static_cast<std::uint32_t>(dec1.items.size());
    Attempt attempt(core, live, step::kDecryptCount, step::kDecryptResult);
    std::optional<KeyShare> own;
    HUFU_TRY(uncounted, attempt.count([&](const DeviceRecord &record) -> Result<std::optional<wire::Status>> {
        if (isCapped(core.ports, record.row, today, live.isRehearsal, count)) return std::optional(wire::Status::capped);
        HUFU_TRY(share, shareOf(record, KeyType::encrypt, live.epoch, core.ports, core.kept));
        HUFU_CHECK(core.kept.prepare(share.key, share.share)); // a damaged share is not a wrong PIN
        own.emplace(std::move(share));
        return std::optional<wire::Status>();
    }));
    if (uncounted) return *uncounted;

    auto answered = decrypt::serverAnswer(own->key, own->share, live.sid, *asks);
    if (!answered && answered.error().code == Errc::wrongPin) return attempt.wrong();
    if (!answered) return answered.error();

    Outcome outcome;
    outcome.sid = live.sid;
    outcome.keyId = own->key.keyId();
    for (const auto &item : dec1.items)
        outcome.included.push_back(item.index);
    const auto work = [&](Change &change, DeviceRecord &record, const wire::Verdict &) -> Result<void> {
        beginDay(today, record.row);
        (live.isRehearsal ? record.row.rehearsedToday : record.row.openedToday) += count;
        Notice notice = attempt.notice(Notice::Kind::opened);
        notice.keyId = outcome.keyId;
        notice.items = count;
        return change.tell(notice);
    };
    HUFU_TRY(verdict, attempt.right(work, &outcome));
    if (verdict.status == wire::Status::ok) answers = std::move(*answered);
    return verdict;
}

} // namespace

Result<wire::Dec2> Conversation::decrypt(const wire::Dec1 &dec1)
{
    const StackWiper wiper;
    wire::Dec2 dec2;
    dec2.sid = dec1.sid;
    dec2.verdict.status = wire::Status::expired;
    if (!m_acct) return dec2;

    const auto guard = m_core.lockDevice(*m_acct);
    auto live = m_core.take(m_connection, *m_acct, dec1.sid);
    if (!live) {
        HUFU_TRY(expired, verdictOf(m_core, *m_acct, wire::Status::expired));
        dec2.verdict = expired;
        return dec2;
    }
    HUFU_TRY(verdict, judge(m_core, *live, dec1, dec2.answers));
    dec2.verdict = verdict;
    if (verdict.status != wire::Status::ok) return dec2;
    if (live->pending.probeSm3) m_state->probe = State::Probe{dec1.sid, *live->pending.probeSm3};
    return underMac(std::move(dec2));
}

} // namespace hufu::cosigner
