// Programs that hold a share, a PIN or a key leave no image of their memory behind.
#pragma once

namespace hufu::keyring {

// From here on this process is neither written out when it crashes, nor read by another of the same user (a debugger).
// Call it first in main(). Returns: false if the system refuses; the caller should not go on.
[[nodiscard]] bool forbidDumps();

} // namespace hufu::keyring
