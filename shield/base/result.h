// Result<T>: a value or an Error. std::expected is not in C++20; the names are its own.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace hufu {

// The only failures a caller can react to. Text for people is made at the edge (app/catalogue).
enum class Errc : std::uint8_t {
    badInput,    // the bytes or values are not of the form that is asked for
    badState,    // right in form, but not now
    notFound,
    refused,     // a person or a policy said no
    wrongPin,    // the share did not fit: counted by the cosigner
    locked,      // too many wrong PINs, wait or unfreeze
    expired,
    replayed,    // seen before, and may be seen only once
    tampered,    // a check of integrity or authenticity failed; no further detail on purpose
    unavailable, // something outside is down; try again
    internal,
};

// A text that is a literal of the source: neither a secret nor a person's data can get into an error.
class Literal {
public:
    template <std::size_t N> consteval Literal(const char (&text)[N]) : m_text(text) {}
    constexpr const char *text() const { return m_text; }

private:
    const char *m_text;
};

struct Error {
    constexpr Error(Errc c, Literal w, const char *f = __builtin_FILE(), int l = __builtin_LINE())
        : code(c), what(w), file(f), line(l)
    {}
    Errc code;
    Literal what;
    const char *file;
    int line;
};

struct Done {};

template <typename T> class [[nodiscard]] Result {
public:
    using Value = std::conditional_t<std::is_void_v<T>, Done, T>;

    Result() requires std::is_void_v<T> : m_state(Done{}) {}
    template <typename U = Value>
        requires(!std::is_same_v<std::remove_cvref_t<U>, Result> &&
                 !std::is_same_v<std::remove_cvref_t<U>, Error> && std::is_constructible_v<Value, U &&>)
    Result(U &&value) : m_state(std::in_place_index<0>, std::forward<U>(value))
    {}
    Result(Error error) : m_state(std::in_place_index<1>, error) {}

    explicit operator bool() const { return m_state.index() == 0; }
    bool has_value() const { return m_state.index() == 0; }
    Value &value() & { return std::get<0>(m_state); }
    const Value &value() const & { return std::get<0>(m_state); }
    Value &&value() && { return std::get<0>(std::move(m_state)); }
    Value &operator*() & { return value(); }
    const Value &operator*() const & { return value(); }
    Value &&operator*() && { return std::move(*this).value(); }
    Value *operator->() { return &value(); }
    const Value *operator->() const { return &value(); }
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<Value, Error> m_state;
};

#define HUFU_CONCAT_(a, b) a##b
#define HUFU_CONCAT(a, b) HUFU_CONCAT_(a, b)
// HUFU_TRY(name, expression): name is the value, or the error leaves the function.
#define HUFU_TRY(name, expression)                                                                           \
    auto HUFU_CONCAT(name, Result) = (expression);                                                           \
    if (!HUFU_CONCAT(name, Result)) return HUFU_CONCAT(name, Result).error();                                \
    auto &name = *HUFU_CONCAT(name, Result)
// HUFU_CHECK(expression): for Result<void>.
#define HUFU_CHECK(expression)                                                                               \
    do {                                                                                                     \
        if (auto hufuChecked = (expression); !hufuChecked) return hufuChecked.error();                       \
    } while (false)

} // namespace hufu
