// A state machine as the list of its allowed moves.
#pragma once

#include "shield/base/result.h"

#include <array>

namespace hufu::enterprise {

template <typename State, typename Act> struct Move {
    State from;
    Act act;
    State to;
};

// Where act leads from here. Errors: badState (no such move: the caller changes nothing).
template <typename State, typename Act, std::size_t N>
Result<State> moved(const std::array<Move<State, Act>, N> &moves, State from, Act act)
{
    for (const auto &move : moves)
        if (move.from == from && move.act == act) return move.to;
    return Error(Errc::badState, "not a move of this state");
}

} // namespace hufu::enterprise
