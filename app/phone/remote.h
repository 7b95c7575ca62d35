// What a tester's script may ask of the phone besides the common words: a picture to scan, the PIN, the
// certificates.
#pragma once

#include "app/control/control.h"
#include "app/phone/composition.h"

namespace hufu::phone_app {

void teachPhoneWords(control::Control &control, Composition &composition);

} // namespace hufu::phone_app
