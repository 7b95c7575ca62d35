#include "shield/phone/step.h"

namespace hufu::phone {

Step::~Step()
{
    for (Bytes &message : send)
        wipe(message.data(), message.size());
}

Step &Step::operator=(Step &&other) noexcept
{
    const Step former(std::move(*this)); // wiped at the end
    send = std::move(other.send);
    connect = other.connect;
    close = other.close;
    show = other.show;
    problem = other.problem;
    return *this;
}

} // namespace hufu::phone
