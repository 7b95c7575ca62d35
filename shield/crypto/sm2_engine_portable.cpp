#include "shield/crypto/sm2_engine_of.h"

namespace hufu::crypto {

const Engine kPortableEngine = EngineOf<PortableArithmetic>::kEngine;

} // namespace hufu::crypto
