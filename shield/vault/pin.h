// The PIN while it is typed, and what makes a PIN too weak.
#pragma once

#include "shield/base/limits.h"
#include "shield/base/secret.h"

#include <optional>
#include <string>

namespace hufu::vault {

// Digits pressed one by one into memory that is wiped when the Pin dies or is moved from. Nothing reads it back
// but expose(), for the stretching.
class Pin {
public:
    // In: digit 0 to 9. Errors: badInput (no digit), badState (12 digits stand already). Neither changes the
    // Pin.
    Result<void> press(int digit);
    void back();
    void clear();

    std::size_t length() const { return m_length; }
    bool longEnough() const { return m_length >= limits::kPinMin; }
    // Timing: constant in the digits.
    bool same(const Pin &other) const;
    ByteView expose() const { return ByteView(m_digits.expose()).first(m_length); } // ASCII

    Pin() = default;
    Pin(Pin &&other) noexcept : m_digits(std::move(other.m_digits)), m_length(std::exchange(other.m_length, 0))
    {}
    Pin &operator=(Pin &&other) noexcept
    {
        m_digits = std::move(other.m_digits);
        m_length = std::exchange(other.m_length, 0);
        return *this;
    }

private:
    Secret<limits::kPinMax> m_digits;
    std::size_t m_length = 0;
};

// What is known of the person and must not be the PIN. Either may be empty.
struct PinHints {
    std::string birthday; // YYYYMMDD
    std::string phoneNumber;
};

enum class PinWeakness : std::uint8_t {
    tooShort,
    oneDigit,  // 000000
    steps,     // 123456, 987654
    repeated,  // 121212, 123123
    birthday,  // in any order of its parts
    phoneTail, // the end of the phone number
    common,    // one of the commonest: 112233, 123321, 147258, 5201314 ...
};

// Nothing if the PIN may be chosen. Not constant time: it runs on a PIN that is not in use yet, on the person's
// device.
std::optional<PinWeakness> weaknessOf(const Pin &pin, const PinHints &hints);

} // namespace hufu::vault
