// Rows: a struct lists its fields once, and is written, read and sealed by that list.
//   struct SeatRow { Id company; std::int64_t validUntilMs; static void fields(auto &row, auto &f) { f(row.company, row.validUntilMs); } };
#pragma once

#include "shield/base/secret.h"
#include "shield/enterprise/ports.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace hufu::enterprise {

class RowWriter {
public:
    template <typename... Field> void operator()(const Field &...fields) { (put(fields), ...); }
    Bytes take() { return m_writer.take(); }

private:
    void put(const std::string &text) { m_writer.text(text); }
    void put(const Bytes &bytes) { m_writer.blob32(bytes); }
    template <std::size_t N> void put(const ByteArray<N> &bytes) { m_writer.raw(bytes); }
    template <typename T> void put(const std::vector<T> &list)
    {
        m_writer.u16(static_cast<std::uint16_t>(list.size()));
        for (const T &item : list)
            put(item);
    }
    template <typename T> void put(const T &value)
    {
        if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>)
            m_writer.u8(static_cast<std::uint8_t>(value));
        else if constexpr (std::is_integral_v<T> && sizeof(T) == 1)
            m_writer.u8(static_cast<std::uint8_t>(value));
        else if constexpr (std::is_integral_v<T>)
            m_writer.u64(static_cast<std::uint64_t>(value));
        else
            T::fields(value, *this);
    }
    Writer m_writer;
};

class RowReader {
public:
    explicit RowReader(ByteView bytes) : m_reader(bytes) {}
    template <typename... Field> void operator()(Field &...fields) { (take(fields), ...); }
    // Errors: badInput (missing, left over, or a number that its field does not hold).
    Result<void> finish() const
    {
        if (!m_fits) return Error(Errc::badInput, "a number out of its field");
        return m_reader.finish();
    }

private:
    void take(std::string &text) { text = m_reader.text(); }
    void take(Bytes &bytes) { bytes = bytesOf(m_reader.blob32()); }
    template <std::size_t N> void take(ByteArray<N> &bytes) { bytes = m_reader.array<N>(); }
    template <typename T> void take(std::vector<T> &list)
    {
        // No more items than there are bytes: a length that lies must not make us reserve memory.
        const std::size_t count = m_reader.u16();
        for (std::size_t i = 0; i < count && m_reader.ok(); ++i)
            take(list.emplace_back());
    }
    template <typename T> void take(T &value)
    {
        if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool> || (std::is_integral_v<T> && sizeof(T) == 1)) {
            const std::uint8_t read = m_reader.u8();
            value = static_cast<T>(read);
            m_fits = m_fits && static_cast<std::uint8_t>(value) == read;
        } else if constexpr (std::is_integral_v<T>) {
            const std::uint64_t read = m_reader.u64();
            value = static_cast<T>(read);
            m_fits = m_fits && static_cast<std::uint64_t>(value) == read && std::cmp_less_equal(value, kNumberMost) &&
                     std::cmp_greater_equal(value, -kNumberMost);
        } else {
            T::fields(value, *this);
        }
    }
    // Times and sums of money are far below; what is above is damage, and would overflow in the next sum or difference.
    static constexpr std::int64_t kNumberMost = std::int64_t{1} << 53;
    bool m_fits = true;
    Reader m_reader;
};

template <typename Row> Bytes encodeRow(const Row &row)
{
    RowWriter writer;
    Row::fields(row, writer);
    return writer.take();
}

// Errors: badInput.
template <typename Row> Result<Row> parseRow(ByteView bytes)
{
    Row row;
    RowReader reader(bytes);
    Row::fields(row, reader);
    HUFU_CHECK(reader.finish());
    return row;
}

// A key is a kind and what names the row; rows of one company have its id first, so that another company's
// identifiers lead nowhere.
inline Bytes rowKey(char kind, std::initializer_list<ByteView> parts)
{
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(kind));
    for (const ByteView part : parts)
        writer.raw(part);
    return writer.take();
}

template <typename Row>
Result<std::optional<Row>> findRow(ports::Transaction &transaction, ports::Table table, ByteView key)
{
    HUFU_TRY(stored, transaction.readForChange(table, key));
    if (!stored) return std::optional<Row>();
    HUFU_TRY(row, parseRow<Row>(*stored));
    return std::optional<Row>(std::move(row));
}

// Errors: notFound.
template <typename Row> Result<Row> loadRow(ports::Transaction &transaction, ports::Table table, ByteView key)
{
    HUFU_TRY(found, findRow<Row>(transaction, table, key));
    if (!found) return Error(Errc::notFound, "no such entry");
    return std::move(*found);
}

template <typename Row>
Result<void> saveRow(ports::Transaction &transaction, ports::Table table, ByteView key, const Row &row)
{
    return transaction.write(table, key, encodeRow(row));
}

// For what tells of a person. context: what the row is of; bound to the seal, so that a row put in another's place does
// not open.
template <typename Row> Result<Bytes> sealRow(ports::MasterKey &masterKey, ByteView context, const Row &row)
{
    Bytes plain = encodeRow(row);
    const auto wiped = SecretBytes::adopt(plain);
    return masterKey.seal(wiped.expose(), context);
}

// Errors: tampered, unavailable.
template <typename Row> Result<Row> openRow(ports::MasterKey &masterKey, ByteView context, ByteView sealed)
{
    HUFU_TRY(plain, masterKey.open(sealed, context));
    return parseRow<Row>(plain.expose());
}

} // namespace hufu::enterprise
