// A value, or the code of a failure that a person is told.
#pragma once

#include "app/catalogue/catalogue.h"
#include "platform/files/chunk_run.h"

#include <optional>

namespace hufu::envelope {

template <typename T> class [[nodiscard]] Outcome {
public:
    Outcome(T value) : m_value(std::move(value)) {}
    Outcome(catalogue::Code problem) : m_problem(problem) {}

    explicit operator bool() const { return m_value.has_value(); }
    T &operator*() { return *m_value; }
    const T &operator*() const { return *m_value; }
    T *operator->() { return &*m_value; }
    const T *operator->() const { return &*m_value; }
    catalogue::Code problem() const { return m_problem; } // of a failure

private:
    std::optional<T> m_value;
    catalogue::Code m_problem = catalogue::Code::internal;
};

// What a trouble with files means; refused means whatever the work on a chunk refuses.
inline catalogue::Code codeOf(files::Trouble trouble, catalogue::Code refused)
{
    using catalogue::Code;
    switch (trouble) {
    case files::Trouble::none:
        return Code::internal;
    case files::Trouble::unreadable:
        return Code::fileUnreadable;
    case files::Trouble::unwritable:
        return Code::fileUnwritable;
    case files::Trouble::diskFull:
        return Code::diskFull;
    case files::Trouble::changed:
        return Code::fileChanged;
    case files::Trouble::exists:
        return Code::fileExists;
    case files::Trouble::refused:
        return refused;
    case files::Trouble::cancelled:
        return Code::cancelled;
    }
    return Code::internal;
}

} // namespace hufu::envelope
