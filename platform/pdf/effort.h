// What a document of strangers may cost, counted for each thread: a hostile one is refused, and soon. Inside of platform/pdf alone.
#pragma once

#include "shield/base/bytes.h"

namespace hufu::pdf {

inline constexpr int kTreeDepthMax = 200; // of the page tree, and of what a page inherits

void beginWork();     // an examination or a sealing, with all the revisions that it opens
void beginDocument(); // one of these
// A step is an item of a list, a word that was read, or 64 bytes of text. Throws std::runtime_error where there were too many.
void spend(std::size_t steps);
void spendText(std::size_t bytes);
// In: piece, which is read next; inWord, whether the last one ended within a word, and whether this one does.
void spendWords(ByteView piece, bool &inWord);
// Makes what failed a document that is too complex, and throws.
[[noreturn]] void exceed();
bool isExceeded(); // since beginDocument()

} // namespace hufu::pdf
