// Every act in every state: what the table allows leads where it says and leaves a record; everything else is refused
// with badState and changes nothing.
#pragma once

#include "shield/audit/log.h"
#include "shield/enterprise/moves.h"
#include "shield/enterprise/verdict.h"

#include <QTest>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hufu::tests {

// How many values an enum has that are numbered from 1 on without a gap: the compiler writes a value that has no name as a cast.
template <auto Value> constexpr bool hasName()
{
    const std::string_view text = __PRETTY_FUNCTION__;
    const std::size_t at = text.find("Value = ");
    return at != std::string_view::npos && text[at + 8] != '(';
}
template <typename Enum, std::uint8_t From = 1> constexpr std::size_t namesIn()
{
    if constexpr (hasName<static_cast<Enum>(From)>()) return 1 + namesIn<Enum, From + 1>();
    else return 0;
}
enum class ThreeNames : std::uint8_t { one = 1, two, three };
static_assert(namesIn<ThreeNames>() == 3);

// The table has a row for each state and a character for each act: the number of the state it leads to, or a dot for
// refused. States and acts are numbered from 1 on.
template <typename Bench, typename State, typename Act> struct StateTable {
    std::vector<std::string> rows;
    std::function<void(Bench &, State)> bringTo;
    std::function<State(Bench &)> stateOf;
    std::function<enterprise::Verdict<void>(Bench &, Act)> perform;

    // In: moves, what the code goes by: the table says the same, and leaves out no state and no act.
    template <std::size_t N> void check(const std::array<enterprise::Move<State, Act>, N> &moves) const
    {
        QCOMPARE(rows.size(), namesIn<State>());
        for (std::size_t s = 0; s < rows.size(); ++s) {
            QCOMPARE(rows[s].size(), namesIn<Act>());
            for (std::size_t a = 0; a < rows[s].size(); ++a) {
                const auto to = enterprise::moved(moves, static_cast<State>(s + 1), static_cast<Act>(a + 1));
                QCOMPARE(rows[s][a], to ? static_cast<char>('0' + static_cast<int>(*to)) : '.');
            }
        }
        for (std::size_t s = 0; s < rows.size(); ++s)
            for (std::size_t a = 0; a < rows[s].size(); ++a)
                checkPair(s, a);
    }

private:
    static std::size_t records(Bench &bench) { return audit::verify(bench.ledger)->records; }
    void checkPair(std::size_t s, std::size_t a) const
    {
        const auto state = static_cast<State>(s + 1);
        const auto act = static_cast<Act>(a + 1);
        const std::string pair = "state " + std::to_string(s + 1) + ", act " + std::to_string(a + 1);
        const auto bench = std::make_unique<Bench>();
        bringTo(*bench, state);
        QVERIFY2(stateOf(*bench) == state, ("not reached: " + pair).c_str());
        const auto before = bench->ledger.rows;
        const std::size_t told = records(*bench);
        const auto done = perform(*bench, act);
        if (rows[s][a] == '.') {
            QVERIFY2(!done && !done.denied() && done.error().cause().code == Errc::badState, ("not refused: " + pair).c_str());
            QVERIFY2(bench->ledger.rows == before, ("changed something: " + pair).c_str());
            return;
        }
        QVERIFY2(static_cast<bool>(done), ("refused: " + pair).c_str());
        QVERIFY2(stateOf(*bench) == static_cast<State>(rows[s][a] - '0'), ("led elsewhere: " + pair).c_str());
        QVERIFY2(records(*bench) > told, ("left no record: " + pair).c_str());
        QVERIFY2(audit::verify(bench->ledger)->intact(), ("broke the log: " + pair).c_str());
    }
};

} // namespace hufu::tests
