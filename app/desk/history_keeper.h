// Writes down how each errand of the counter ended, and shows what is kept.
#pragma once

#include "app/desk/counter.h"
#include "app/desk/history.h"

namespace hufu::desk_app {

// Nobody has this desk any more: whoever enrols it next is somebody else, and is not greeted with the name of who logged in last.
void noteRemoval(History &history, DeskScreens &screens, ports::Clock &clock);

// All of them outlive the counter's signals.
void keepHistory(Counter &counter, History &history, DeskScreens &screens, ports::Clock &clock);

} // namespace hufu::desk_app
