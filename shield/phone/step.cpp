#include "shield/phone/step.h"

namespace hufu::phone {

Outgoing::~Outgoing()
{
    for (Bytes &message : *this)
        wipe(message.data(), message.size());
}

Outgoing &Outgoing::operator=(Outgoing &&other) noexcept
{
    const Outgoing former(std::move(*this)); // wiped at the end
    std::vector<Bytes>::operator=(std::move(other));
    return *this;
}

} // namespace hufu::phone
