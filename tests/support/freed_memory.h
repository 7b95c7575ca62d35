// Memory that is freed and not used again, so that what was left in it can be found.
#pragma once

namespace hufu::tests {

// From now on this process uses nothing again that it frees: for one with a short life, whose memory is searched. Nothing happens under
// a sanitizer, which has a heap of its own.
void keepFreedMemory();

} // namespace hufu::tests
