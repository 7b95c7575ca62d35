#include "app/cli/people.h"

#include <QHash>

namespace hufu::cli {

static constexpr char kToPad[] = R"({"expect":{"phone":"page","is":"approve"}}
{"phone":{"do":"click","name":"approveYes"}}
{"expect":{"phone":"page","is":"pinPad"}}
)";
static constexpr char kSigns[] = R"({"pin":"739154"}
{"expect":{"phone":"page","is":"result"}}
{"phone":{"do":"click","name":"resultDone"}}
{"expect":{"phone":"page","is":"home"}}
)";
// At a page that no desk stands beside, as often as the server lets them.
static constexpr char kMistypes[] = R"({"pin":"739154"}
{"expect":{"phone":"page","is":"result"}}
{"page":{"do":"digits","text":"$wrongDigits"}}
{"page":{"do":"digits","text":"$wrongDigits"}}
{"page":{"do":"digits","text":"$wrongDigits"}}
{"phone":{"do":"click","name":"resultDone"}}
{"expect":{"phone":"page","is":"home"}}
)";
static constexpr char kRefuses[] = R"({"expect":{"phone":"page","is":"approve"}}
{"phone":{"do":"click","name":"approveNo"}}
{"expect":{"phone":"page","is":"result"}}
{"phone":{"do":"click","name":"resultDone"}}
{"expect":{"phone":"page","is":"home"}}
)";
static constexpr char kNotMine[] = R"({"expect":{"phone":"page","is":"approve"}}
{"phone":{"do":"click","name":"approveNotMine"}}
{"expect":{"phone":"page","is":"result"}}
{"phone":{"do":"click","name":"resultDone"}}
{"expect":{"phone":"page","is":"home"}}
)";
static constexpr char kFrozen[] = R"({"expect":{"phone":"page","is":"frozen"}}
{"phone":{"do":"click","name":"frozenClose"}}
{"expect":{"phone":"page","is":"home"}}
)";
static constexpr char kError[] = R"({"expect":{"phone":"page","is":"error"}}
{"phone":{"do":"click","name":"errorClose"}}
{"expect":{"phone":"page","is":"home"}}
)";
// The copy is older than the phone's next conversation, a change of the PIN, and begins one of its own.
static constexpr char kClones[] = R"({"copy":"take"}
{"phone":{"do":"click","name":"homeCentre"}}
{"expect":{"phone":"page","is":"centre"}}
{"phone":{"do":"click","name":"centrePin"}}
{"expect":{"phone":"page","is":"factor"}}
{"sms":"type"}
{"phone":{"do":"click","name":"factorNext"}}
{"expect":{"phone":"page","is":"pinPad"}}
{"pin":"739154"}
{"expect":{"phone":"page","is":"pinChoose"}}
{"pin":"482617"}
{"expect":{"phone":"page","is":"pinRepeat"}}
{"pin":"482617"}
{"expect":{"phone":"page","is":"result"}}
{"phone":{"do":"click","name":"resultDone"}}
{"copy":"start"}
{"expect":{"copy":"page","is":"home"}}
{"copy":{"do":"click","name":"homeCentre"}}
{"copy":{"do":"click","name":"centrePin"}}
{"expect":{"copy":"page","is":"frozen"}}
{"copy":"kill"}
{"expect":{"phone":"page","is":"home"}}
)";
// Whoever waits out the minute finds the next three, until the ladder is at its end.
static constexpr char kLocks[] = R"({"pin":"284615"}
{"expect":{"phone":"text","of":"pinProblem","has":"9"}}
{"pin":"284615"}
{"expect":{"phone":"text","of":"pinProblem","has":"8"}}
{"pin":"284615"}
{"expect":{"phone":"page","is":"locked"}}
)";
static constexpr char kSlips[] = R"({"pin":"284615"}
{"expect":{"phone":"text","of":"pinProblem","has":"9"}}
)";

std::optional<Habit> habitOf(const QString &outcome)
{
    const auto lines = [](auto... parts) { return (QByteArray() + ... + parts); };
    static const QHash<QString, Habit> habits{
        {"ok", {{}, lines(kToPad, kSigns)}},
        {"refuses", {{}, kRefuses}},
        {"notMine", {{}, kNotMine}},
        {"wrongPin", {{}, lines(kToPad, kSlips, kSigns)}},
        {"locked", {{}, lines(kToPad, kLocks)}},
        {"frozen", {R"({"operator":"freeze"})", kFrozen}},
        {"cloned", {kClones, kFrozen}},
        {"timeOut", {{}, R"({"expect":{"phone":"page","is":"approve"}})"}},
        {"revoked", {R"({"operator":"revoke"})", kError}},
        {"seatEnded", {R"({"operator":"renew-seat","days":0})", kError}},
        {"digitsWrong", {{}, lines(kToPad, kMistypes)}},
        {"noSeat", {}},
        {"notLive", {}},
        {"otherPerson", {}},
        {"smsDown", {}},
        {"smsLate", {{}, lines(kToPad, kSigns)}},
    };
    const auto it = habits.constFind(outcome);
    return it == habits.constEnd() ? std::nullopt : std::optional(*it);
}

bool cannotBeActivated(const QString &outcome)
{
    const auto habit = habitOf(outcome);
    return habit && habit->before.isEmpty() && habit->answer.isEmpty();
}

} // namespace hufu::cli
