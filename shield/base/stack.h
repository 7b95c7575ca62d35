// What calls that have returned leave on the stack: formulas copy their values there, which no type can wipe.
#pragma once

namespace hufu {

// Overwrites this thread's stack below the caller, as deep as the arithmetic reaches (32 KB).
void wipeStack();

// Does so when it dies: first in a function under which secrets are computed with.
class StackWiper {
public:
    StackWiper() = default;
    StackWiper(const StackWiper &) = delete;
    StackWiper &operator=(const StackWiper &) = delete;
    ~StackWiper() { wipeStack(); }
};

} // namespace hufu
