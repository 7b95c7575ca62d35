// The phone's reader of fingers or faces. It proves to the phone that its person is there, and to nobody else.
#pragma once

#include "shield/base/bytes.h"
#include "shield/base/result.h"

namespace hufu::ports {

class Biometrics {
public:
    virtual ~Biometrics() = default;
    virtual bool isThere() const = 0; // and somebody is enrolled
    // Asks the person. Returns: which set of fingers or faces is enrolled; another one as soon as any is added or taken away.
    // Errors: refused (not recognised, or the person would not); notFound (nobody is enrolled, or there is no reader).
    virtual Result<ByteArray<16>> recognise() = 0;
};

} // namespace hufu::ports
