// Why a PDF is refused.
#pragma once

#include "platform/files/fresh_file.h"

#include <optional>
#include <utility>

namespace hufu::pdf {

enum class Refusal : std::uint8_t {
    file = 0,   // see Failure::trouble
    broken,     // not a PDF, or one whose parts do not fit together: readers would have to guess
    encrypted,  // opening needs a password, or forbids changes
    tooComplex, // too many objects or pages, or data that swells beyond measure
    locked,     // its author's signature allows no change
    noPlace,    // no such page, or the place is not on it
    noRoom,     // the signature is longer than the room that was left for it
};

struct Failure {
    Refusal refusal = Refusal::broken;
    files::Trouble trouble = files::Trouble::none;

    Failure(Refusal why) : refusal(why) {}
    Failure(files::Trouble what) : refusal(Refusal::file), trouble(what) {}
    bool operator==(const Failure &) const = default;
};

template <typename T> class [[nodiscard]] Outcome {
public:
    Outcome(T value) : m_value(std::move(value)) {}
    Outcome(Failure failure) : m_failure(failure) {}
    Outcome(Refusal refusal) : m_failure(refusal) {}

    explicit operator bool() const { return m_value.has_value(); }
    T &operator*() { return *m_value; }
    const T &operator*() const { return *m_value; }
    T *operator->() { return &*m_value; }
    const T *operator->() const { return &*m_value; }
    Failure failure() const { return m_failure; } // of what has no value

private:
    std::optional<T> m_value;
    Failure m_failure = Refusal::broken;
};

} // namespace hufu::pdf
