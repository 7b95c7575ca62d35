#include "shield/phone/step.h"

namespace hufu::phone {

Step::~Step()
{
    for (Bytes &message : send)
        wipe(message.data(), message.size());
}

} // namespace hufu::phone
