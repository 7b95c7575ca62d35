// What who opened a session can learn and do.
#include "shield/base/ct.h"
#include "shield/sessions/sessions.h"
#include "shield/sessions/shelf.h"

#include <algorithm>

namespace hufu::sessions {

namespace {

using ports::Table;

Result<SessionRow> loadFor(const Origin &asker, ports::Transaction &transaction, ports::MasterKey &masterKey,
                           const Token &token, std::int64_t now)
{
    HUFU_TRY(row, load(transaction, masterKey, token, now));
    if (!mayAsk(row.origin, asker)) return Error(Errc::notFound, "no such session");
    return std::move(row);
}

// Removes the rows under a prefix whose time is over, however many: a scan has a limit, so where it is full the rest is
// looked for byte by byte further down.
Result<void> sweepUnder(ports::LedgerStore &ledger, const Bytes &prefix, std::int64_t now)
{
    constexpr std::size_t kAtATime = 64; // a row may hold a megabyte
    constexpr std::size_t kDeepest = 34; // no key is longer
    HUFU_TRY(rows, ledger.scan(Table::session, prefix, kAtATime));
    const auto over = [now](const auto &row) { return forgetMsOf(row.second) < now; };
    if (std::ranges::any_of(rows, over)) {
        HUFU_TRY(transaction, ledger.begin());
        for (const auto &row : rows) {
            if (!over(row)) continue;
            HUFU_TRY(again, transaction->readForChange(Table::session, row.first));
            if (again && forgetMsOf(*again) < now) HUFU_CHECK(transaction->remove(Table::session, row.first));
        }
        HUFU_CHECK(transaction->commit());
    }
    if (rows.size() < kAtATime || prefix.size() >= kDeepest) return {};
    for (int next = 0; next < 256; ++next)
        HUFU_CHECK(sweepUnder(ledger, Writer().raw(prefix).u8(static_cast<std::uint8_t>(next)).take(), now));
    return {};
}

} // namespace

Result<View> Sessions::look(const Origin &asker, const Token &token)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(stored, m_ledger.read(Table::session, keyOf(Kind::session, token)));
    HUFU_TRY(row, open(m_masterKey, token, stored, now));
    if (!mayAsk(row.origin, asker)) return Error(Errc::notFound, "no such session");

    View view;
    view.state = row.stateAt(now);
    view.ending = row.endingAt(now);
    // Time alone has changed it: no one has written that down.
    view.version = row.version + (view.state == row.state ? 0 : 1);
    view.act = row.act;
    view.manifest = row.manifest;
    view.acct = row.acct;
    view.digitsWanted = row.wantsDigits();
    view.changesMs = view.state == State::expired ? row.forgetMs() : row.changesMs();
    if (view.state != State::approved) return view;
    view.signatures = row.signatures;
    if (!row.delivered) return view;
    for (const std::uint8_t index : row.opened) {
        HUFU_TRY(kept, m_ledger.read(Table::session, keyOf(Kind::sealedItem, token, index)));
        const auto box = live(kept, now);
        if (!box) return Error(Errc::notFound, "result is no longer kept");
        view.sealed.push_back({index, *box});
    }
    return view;
}

Result<codes::Check> Sessions::typeDigits(const Origin &asker, const Token &token, std::string_view digits)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, loadFor(asker, *transaction, m_masterKey, token, now));
    if (row.stateAt(now) == State::expired) return Error(Errc::expired, "session is over");
    if (row.state != State::claimed || !row.wantsDigits()) return Error(Errc::badState, "no digits are asked for");

    auto verdict = codes::Check::right;
    if (ct::equal(viewOf(row.digits), viewOf(digits))) {
        row.digitsTyped = true;
        row.settle(now);
    } else if (++row.digitsWrong < kDigitsTries) {
        verdict = codes::Check::wrong;
    } else {
        verdict = codes::Check::worn;
        row.end(State::failed, Ending::digitsWrong, now);
    }
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    const bool right = verdict == codes::Check::right;
    HUFU_CHECK(note(*transaction, row.acct, right ? audit::Event::factorGiven : audit::Event::factorFailed, token, row.manifest, 8));
    HUFU_CHECK(transaction->commit());
    return verdict;
}

Result<AccountId> Sessions::takeLogin(const Origin &asker, const Token &token)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, loadFor(asker, *transaction, m_masterKey, token, now));
    if (row.act != intent::Act::login || row.state != State::approved || row.delivered)
        return Error(Errc::badState, "no login to be taken");
    row.delivered = true;
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    HUFU_CHECK(note(*transaction, row.acct, audit::Event::delivered, token, row.manifest));
    HUFU_CHECK(transaction->commit());
    return row.acct;
}

Result<Confirmation> Sessions::takeConfirmation(ports::Transaction &transaction, const Origin &asker, const Token &token, const AccountId &acct)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(row, loadFor(asker, transaction, m_masterKey, token, now));
    const bool isOurs = row.act == intent::Act::confirm && row.state == State::approved && row.acct == acct;
    if (!isOurs || row.delivered || row.signatures.size() != 1) return Error(Errc::badState, "no confirmation to be taken");
    row.delivered = true;
    HUFU_CHECK(save(transaction, m_masterKey, token, row));
    HUFU_CHECK(note(transaction, row.acct, audit::Event::delivered, token, row.manifest));
    return Confirmation{row.manifest, row.signatures.front().signature};
}

Result<void> Sessions::cancel(const Origin &asker, const Token &token)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, loadFor(asker, *transaction, m_masterKey, token, now));
    if (row.isOver() || row.isCompleted() || row.stateAt(now) == State::expired)
        return Error(Errc::badState, "session is over");
    row.end(State::failed, Ending::cancelled, now);
    HUFU_CHECK(save(*transaction, m_masterKey, token, row));
    if (row.acct != AccountId{})
        HUFU_CHECK(note(*transaction, row.acct, audit::Event::sessionFailed, token, row.manifest));
    return transaction->commit();
}

Result<void> Sessions::sweep()
{
    const std::int64_t now = m_clock.unixMs();
    for (const Kind kind : {Kind::session, Kind::tbs, Kind::sealedItem, Kind::conversation, Kind::start, Kind::request,
                            Kind::rate, Kind::enrolment, Kind::opening})
        HUFU_CHECK(sweepUnder(m_ledger, keyOf(kind, {}), now));
    return {};
}

} // namespace hufu::sessions
