#if defined(__x86_64__)
#include "shield/crypto/sm2_engine_of.h"
#include "shield/crypto/sm2_field_adx.h"

namespace hufu::crypto {

const Engine kAdxEngine = EngineOf<AdxArithmetic>::kEngine;

} // namespace hufu::crypto
#endif
