#include "shield/codes/sms_code.h"

#include "shield/base/ct.h"
#include "shield/base/limits.h"
#include "shield/base/row_time.h"
#include "shield/crypto/sm3.h"
#include "shield/ports/digits.h"

#include <algorithm>

namespace hufu::codes {

namespace {

using ports::Table;

constexpr std::uint8_t kRowKind = 's', kDayKind = 'd'; // among the rows of Table::code
constexpr std::int64_t kDayMs = std::int64_t{24} * 3'600'000;
constexpr std::size_t kSaltBytes = 16;

struct Row {
    std::int64_t firstMs = 0; // of this purpose: the day's caps count from here
    std::int64_t sentMs = 0;  // 0: may be sent at once
    std::int64_t madeMs = 0;
    std::uint8_t sent = 0, wrongInAll = 0;
    std::uint8_t wrong = 0; // of the present code
    Bytes sealedHash;       // of the present code: salt 16 | SM3(salt | purpose | what it is bound to | digits); empty once spent

    Bytes encode() const
    {
        return Writer()
            .u64(static_cast<std::uint64_t>(firstMs))
            .u64(static_cast<std::uint64_t>(sentMs))
            .u64(static_cast<std::uint64_t>(madeMs))
            .u8(sent)
            .u8(wrongInAll)
            .u8(wrong)
            .blob16(sealedHash)
            .take();
    }
    static Result<Row> parse(ByteView bytes)
    {
        Reader reader(bytes);
        Row row;
        row.firstMs = readTimeMs(reader);
        row.sentMs = readTimeMs(reader);
        row.madeMs = readTimeMs(reader);
        row.sent = reader.u8();
        row.wrongInAll = reader.u8();
        row.wrong = reader.u8();
        row.sealedHash = bytesOf(reader.blob16());
        HUFU_CHECK(reader.finish());
        return row;
    }
};

// The day of an account, over all its purposes.
struct Day {
    std::int64_t firstMs = 0;
    std::uint8_t sent = 0, wrong = 0;

    Bytes encode() const { return Writer().u64(static_cast<std::uint64_t>(firstMs)).u8(sent).u8(wrong).take(); }
    static Result<Day> parse(ByteView bytes)
    {
        Reader reader(bytes);
        Day day;
        day.firstMs = readTimeMs(reader);
        day.sent = reader.u8();
        day.wrong = reader.u8();
        HUFU_CHECK(reader.finish());
        return day;
    }
};

// A day that an asking counts against, and how much of it there is.
struct Budget {
    Bytes key;
    int sentMost = SmsCodes::kOfOneInADay, wrongMost = SmsCodes::kOfOneInADay;
};

Bytes dayKey(ByteView whose)
{
    return Writer().u8(kDayKind).raw(crypto::sm3(whose)).take();
}

std::vector<Budget> budgetsOf(ByteView whose, const Bound &bound)
{
    std::vector<Budget> budgets;
    if (!whose.empty()) budgets.push_back({dayKey(whose)});
    if (!bound.from.empty()) budgets.push_back({dayKey(Writer().blob16(whose).blob16(bound.from).bytes()), SmsCodes::kSentInADay, SmsCodes::kWrongInADay});
    return budgets;
}

// A fresh day where none is kept, or the kept one is over.
Result<Day> dayOf(ports::Transaction &transaction, const Budget &budget, std::int64_t now)
{
    HUFU_TRY(stored, transaction.readForChange(Table::code, budget.key));
    if (!stored) return Day{now, 0, 0};
    HUFU_TRY(day, Day::parse(*stored));
    return now - day.firstMs >= kDayMs ? Day{now, 0, 0} : day;
}

Bytes rowKey(ByteView purpose)
{
    return Writer().u8(kRowKind).raw(crypto::sm3(purpose)).take();
}

// Both kinds of row begin with it; one that cannot be read is as good as old.
std::int64_t firstMsOf(ByteView row)
{
    Reader reader(row);
    return readTimeMs(reader);
}

ByteArray<32> hashOf(ByteView salt, ByteView purpose, const Bound &bound, std::string_view digits)
{
    return crypto::sm3({salt, purpose, bound.to, viewOf(digits)});
}

// A code that was used does not hold the next one back.
void spendIn(Row &row)
{
    row.sealedHash.clear();
    row.sentMs = 0;
}

std::string filledIn(std::string_view text, std::string_view digits)
{
    std::string message(text);
    if (const auto at = message.find("%1"); at != std::string::npos) message.replace(at, 2, digits);
    return message;
}

} // namespace

SmsCodes::SmsCodes(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
                   ports::SmsGateway &gateway)
    : m_ledger(ledger), m_masterKey(masterKey), m_random(random), m_clock(clock), m_gateway(gateway)
{}

Result<std::int64_t> SmsCodes::send(ByteView purpose, ByteView whose, std::string_view phoneNumber, std::string_view text)
{
    HUFU_TRY(sent, ask(purpose, whose, phoneNumber, text));
    return sent.waitMs;
}

Result<Sent> SmsCodes::ask(ByteView purpose, ByteView whose, std::string_view phoneNumber, std::string_view text, const Bound &bound)
{
    const Bytes key = rowKey(purpose);
    const std::vector<Budget> budgets = budgetsOf(whose, bound);
    const std::int64_t now = m_clock.unixMs();
    std::string digits = ports::drawDigits(m_random, limits::kSmsDigits, "sms-code");
    {
        HUFU_TRY(transaction, m_ledger.begin());
        HUFU_TRY(stored, transaction->readForChange(Table::code, key));
        Row row;
        if (stored) {
            HUFU_TRY(parsed, Row::parse(*stored));
            row = parsed;
        }
        if (now - row.firstMs >= kDayMs) row = {now, 0, 0, 0, 0, 0, {}};
        // Not longer than the pause itself, should the clock have been set back.
        const std::int64_t left = std::min(row.sentMs + limits::kSmsResendMs - now, limits::kSmsResendMs);
        if (left > 0 && row.sentMs != 0) return Sent{false, left};
        if (row.sent >= bound.sentInADay || row.wrongInAll >= kWrongInADay) return Error(Errc::locked, "too many SMS codes");
        for (const Budget &budget : budgets) {
            HUFU_TRY(day, dayOf(*transaction, budget, now));
            if (day.sent >= budget.sentMost || day.wrong >= budget.wrongMost) return Error(Errc::locked, "too many SMS codes");
            day.sent = static_cast<std::uint8_t>(day.sent + 1);
            HUFU_CHECK(transaction->write(Table::code, budget.key, day.encode()));
        }

        const auto salt = m_random.bytes<kSaltBytes>("sms-salt");
        HUFU_TRY(sealed, m_masterKey.seal(concat({salt, hashOf(salt, purpose, bound, digits)}), key));
        row.sentMs = row.madeMs = now;
        row.sent = static_cast<std::uint8_t>(row.sent + 1);
        row.wrong = 0;
        row.sealedHash = sealed;
        HUFU_CHECK(transaction->write(Table::code, key, row.encode()));
        HUFU_CHECK(transaction->commit());
    }
    const auto delivered = m_gateway.send(phoneNumber, filledIn(text, digits));
    wipe(digits.data(), digits.size());
    if (delivered) return Sent{true, limits::kSmsResendMs};

    // Nobody got it: the next call may send at once, and it does not count among the day's messages.
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(stored, transaction->readForChange(Table::code, key));
    if (stored) {
        HUFU_TRY(row, Row::parse(*stored));
        if (row.madeMs == now) {
            row.sentMs = 0;
            row.sent = static_cast<std::uint8_t>(std::max(row.sent - 1, 0));
            row.sealedHash.clear();
            HUFU_CHECK(transaction->write(Table::code, key, row.encode()));
            for (const Budget &budget : budgets) {
                HUFU_TRY(day, dayOf(*transaction, budget, now));
                day.sent = static_cast<std::uint8_t>(std::max(day.sent - 1, 0));
                HUFU_CHECK(transaction->write(Table::code, budget.key, day.encode()));
            }
            HUFU_CHECK(transaction->commit());
        }
    }
    return delivered.error();
}

Result<Check> SmsCodes::check(ByteView purpose, ByteView whose, std::string_view digits, Right effect, const Bound &bound)
{
    const Bytes key = rowKey(purpose);
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(stored, transaction->readForChange(Table::code, key));
    if (!stored) return Check::expired;
    HUFU_TRY(row, Row::parse(*stored));
    if (row.sealedHash.empty() || m_clock.unixMs() - row.madeMs >= limits::kSmsValidMs) return Check::expired;
    if (row.wrong >= limits::kSmsTries || row.wrongInAll >= kWrongInADay) return Check::worn;
    const std::int64_t now = m_clock.unixMs();
    const std::vector<Budget> budgets = budgetsOf(whose, bound);
    std::vector<Day> days;
    for (const Budget &budget : budgets) {
        HUFU_TRY(day, dayOf(*transaction, budget, now));
        if (day.wrong >= budget.wrongMost) return Check::worn;
        days.push_back(day);
    }

    HUFU_TRY(opened, m_masterKey.open(row.sealedHash, key));
    const ByteView kept = opened.expose();
    if (kept.size() != kSaltBytes + 32) return Error(Errc::internal, "SMS code row");
    const bool right = ct::equal(hashOf(kept.first(kSaltBytes), purpose, bound, digits), kept.subspan(kSaltBytes));
    if (right && effect == Right::keeps) return Check::right;
    if (right) {
        spendIn(row);
    } else {
        row.wrong = static_cast<std::uint8_t>(row.wrong + 1);
        row.wrongInAll = static_cast<std::uint8_t>(row.wrongInAll + 1);
        for (std::size_t i = 0; i < days.size(); ++i) {
            days[i].wrong = static_cast<std::uint8_t>(days[i].wrong + 1);
            HUFU_CHECK(transaction->write(Table::code, budgets[i].key, days[i].encode()));
        }
    }
    HUFU_CHECK(transaction->write(Table::code, key, row.encode()));
    HUFU_CHECK(transaction->commit());
    return right ? Check::right : Check::wrong;
}

Result<void> SmsCodes::spend(ports::Transaction &transaction, ByteView purpose)
{
    const Bytes key = rowKey(purpose);
    HUFU_TRY(stored, transaction.readForChange(Table::code, key));
    if (!stored) return {};
    HUFU_TRY(row, Row::parse(*stored));
    spendIn(row);
    return transaction.write(Table::code, key, row.encode());
}

Result<void> SmsCodes::sweep()
{
    constexpr std::size_t kAtATime = 1000;
    const std::int64_t now = m_clock.unixMs();
    // Slice by slice, since a scan has a limit and the keys are hashes.
    for (int slice = 0; slice < 2 * 256; ++slice) {
        const Bytes prefix =
            Writer().u8(slice < 256 ? kRowKind : kDayKind).u8(static_cast<std::uint8_t>(slice % 256)).take();
        HUFU_TRY(rows, m_ledger.scan(Table::code, prefix, kAtATime));
        for (const auto &[key, value] : rows) {
            if (now - firstMsOf(value) < kDayMs) continue;
            HUFU_TRY(transaction, m_ledger.begin());
            HUFU_TRY(again, transaction->readForChange(Table::code, key));
            if (again != value) continue;
            HUFU_CHECK(transaction->remove(Table::code, key));
            HUFU_CHECK(transaction->commit());
        }
    }
    return {};
}

} // namespace hufu::codes
