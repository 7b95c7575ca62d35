#include "shield/ports/digits.h"

namespace hufu::ports {

std::string drawDigits(Random &random, std::size_t count, std::string_view label)
{
    std::uint32_t codes = 1;
    for (std::size_t i = 0; i < count; ++i)
        codes *= 10;
    std::uint32_t number = 0;
    do {
        const auto bytes = random.bytes<4>(label);
        number = Reader(bytes).u32();
    } while (number >= UINT32_MAX - UINT32_MAX % codes);
    std::string digits = std::to_string(number % codes);
    return digits.insert(0, count - digits.size(), '0');
}

} // namespace hufu::ports
