// Where the bytes of a PDF come from: never all of them at once.
#pragma once

#include "platform/pdf/failure.h"

#include <functional>

namespace hufu::pdf {

using Sink = std::function<void(ByteView)>;

class Source {
public:
    virtual ~Source() = default;
    virtual std::uint64_t size() const = 0;
    // All of into, from offset on, which is within the size. Trouble: unreadable, changed.
    virtual files::Trouble read(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;

    // The bytes of a range within the size, a piece at a time. Trouble: as read.
    files::Trouble pour(std::uint64_t offset, std::uint64_t length, const Sink &sink) const;
    // At most a few of them, as one. Empty where they cannot be read.
    Bytes piece(std::uint64_t offset, std::size_t length) const;
};

class FileSource final : public Source {
public:
    // Trouble: unreadable.
    files::Trouble open(const std::filesystem::path &path) { return m_file.open(path); }
    std::uint64_t size() const override { return m_file.size(); }
    files::Trouble read(std::uint64_t offset, std::span<std::uint8_t> into) const override { return m_file.read(offset, into); }
    files::Trouble check() const { return m_file.check(); } // changed since it was opened

private:
    files::SourceFile m_file;
};

// Bytes that live as long as this.
class MemorySource final : public Source {
public:
    explicit MemorySource(ByteView bytes) : m_bytes(bytes) {}
    std::uint64_t size() const override { return m_bytes.size(); }
    files::Trouble read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

private:
    ByteView m_bytes;
};

} // namespace hufu::pdf
