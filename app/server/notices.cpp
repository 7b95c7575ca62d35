#include "app/server/notices.h"

#include <algorithm>
#include <limits>

namespace hufu::server {

namespace {

using audit::Event;
using Kind = cosigner::Notice::Kind;

Event eventOf(const cosigner::Notice &notice)
{
    switch (notice.kind) {
    case Kind::activated:
        return Event::keysGenerated;
    case Kind::signKeyActive:
        return Event::signKeyActive;
    case Kind::encryptKeyActive:
        return Event::encryptKeyActive;
    case Kind::approved:
        return Event::signatureGiven;
    case Kind::opened:
        return Event::decrypted;
    case Kind::frozen:
        return Event::deviceFrozen;
    case Kind::signShareDestroyed:
        return Event::shareDestroyed;
    case Kind::unfrozen:
        return Event::deviceUnfrozen;
    case Kind::refreshed:
        return notice.op == intent::Op::pinChange ? Event::pinChanged : Event::refreshed;
    case Kind::cloneFound:
        return Event::cloneFound;
    case Kind::chainAdopted:
        return Event::chainAdopted;
    case Kind::recoveryOpened:
        return Event::recoveryOpened;
    case Kind::recoveryFailed:
        return Event::recoveryFailed;
    case Kind::recovered:
        return Event::deviceRecovered;
    case Kind::wrongPin:
        return Event::wrongPin;
    case Kind::restoreEpochRaised:
        return Event::restoreEpochRaised;
    }
    return Event::keysGenerated;
}

bool isStop(Kind kind)
{
    return kind == Kind::frozen || kind == Kind::cloneFound || kind == Kind::signShareDestroyed;
}

} // namespace

cosigner::NoticeSink auditedNotices(ports::Clock &clock, OnStopped onStopped, audit::AccountLog accountLog)
{
    return [&clock, onStopped = std::move(onStopped), accountLog = std::move(accountLog)](ports::Transaction &transaction,
                                                                                         const cosigner::Notice &notice) -> Result<void> {
        if (onStopped && isStop(notice.kind)) HUFU_CHECK(onStopped(transaction, notice.acct));
        const auto items = static_cast<std::uint16_t>(
            std::min<std::size_t>(notice.items, std::numeric_limits<std::uint16_t>::max()));
        audit::Entry entry{eventOf(notice), clock.unixMs(), notice.sid, notice.keyId, items};
        if (notice.doer != ByteArray<16>{}) entry.who = {audit::By::person, notice.doer};
        return accountLog(transaction, notice.acct, entry);
    };
}

cosigner::HappenedSink loggedNotices(Log &log)
{
    return [&log](const cosigner::Notice &notice) {
        log.info("cosigner", {{"what", audit::nameOf(eventOf(notice))},
                              {"acct", toHex(notice.acct)},
                              {"sid", toHex(notice.sid)},
                              {"token", toHex(notice.token)},
                              {"items", notice.items}});
    };
}

} // namespace hufu::server
