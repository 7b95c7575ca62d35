#include "platform/pdf/filters.h"

#include "platform/pdf/effort.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <vector>

#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFStreamFilter.hh>

namespace hufu::pdf {

namespace {

constexpr std::size_t kAll = 64 * 1024 * 1024; // of one document, decompressed
constexpr int kColumnsMax = 1 << 16;

thread_local std::size_t t_left = kAll;

// Counts what flows through it.
class Counter final : public Pipeline {
public:
    explicit Counter(Pipeline *to) : Pipeline("hufu-counter", to) {}
    void write(unsigned char const *data, std::size_t length) override
    {
        if (length > t_left) exceed();
        t_left -= length;
        spendWords({data, length}, m_inWord);
        getNext()->write(data, length);
    }
    void finish() override { getNext()->finish(); }

private:
    bool m_inWord = false;
};

// Undoes the predictors of PNG. Source: ISO 32000-1 7.4.4.4, PNG 9.
class Unpredictor final : public Pipeline {
public:
    Unpredictor(Pipeline *to, std::size_t rowBytes, std::size_t pixelBytes)
        : Pipeline("hufu-unpredictor", to), m_pixel(pixelBytes), m_row(rowBytes), m_above(rowBytes, 0)
    {
        m_now.reserve(rowBytes + 1);
    }
    void write(unsigned char const *data, std::size_t length) override
    {
        while (length > 0) {
            const std::size_t take = std::min(length, m_row + 1 - m_now.size());
            m_now.insert(m_now.end(), data, data + take);
            data += take;
            length -= take;
            if (m_now.size() == m_row + 1) undo();
        }
    }
    void finish() override
    {
        if (!m_now.empty()) throw std::runtime_error("a row is cut off");
        getNext()->finish();
    }

private:
    void undo()
    {
        unsigned char *row = m_now.data() + 1;
        for (std::size_t i = 0; i < m_row; ++i) {
            const int left = i >= m_pixel ? row[i - m_pixel] : 0;
            const int above = m_above[i];
            const int corner = i >= m_pixel ? m_above[i - m_pixel] : 0;
            int add = 0;
            switch (m_now[0]) {
            case 0: break;
            case 1: add = left; break;
            case 2: add = above; break;
            case 3: add = (left + above) / 2; break;
            case 4: add = paeth(left, above, corner); break;
            default: throw std::runtime_error("predictor");
            }
            row[i] = static_cast<unsigned char>(row[i] + add);
        }
        getNext()->write(row, m_row);
        std::copy_n(row, m_row, m_above.begin());
        m_now.clear();
    }
    static int paeth(int left, int above, int corner)
    {
        const int guess = left + above - corner;
        const int toLeft = std::abs(guess - left), toAbove = std::abs(guess - above), toCorner = std::abs(guess - corner);
        if (toLeft <= toAbove && toLeft <= toCorner) return left;
        return toAbove <= toCorner ? above : corner;
    }

    std::size_t m_pixel, m_row;
    std::vector<unsigned char> m_above, m_now;
};

class Flate final : public QPDFStreamFilter {
public:
    bool setDecodeParms(QPDFObjectHandle parameters) override
    {
        if (parameters.isNull()) return true;
        if (!parameters.isDictionary()) return false;
        const auto number = [&parameters](const char *key, int otherwise) {
            QPDFObjectHandle value = parameters.getKey(key);
            return value.isNull() ? otherwise : value.isInteger() ? value.getIntValueAsInt() : -1;
        };
        m_predictor = number("/Predictor", 1);
        const int columns = number("/Columns", 1), colors = number("/Colors", 1), bits = number("/BitsPerComponent", 8);
        const bool known = m_predictor == 1 || (m_predictor >= 10 && m_predictor <= 15);
        if (!known || columns < 1 || columns > kColumnsMax || colors < 1 || colors > 32 || bits < 1 || bits > 16) return false;
        m_rowBytes = static_cast<std::size_t>((static_cast<long>(columns) * colors * bits + 7) / 8);
        m_pixelBytes = static_cast<std::size_t>(std::max(1, colors * bits / 8));
        return true;
    }
    Pipeline *getDecodePipeline(Pipeline *next) override
    {
        if (m_predictor >= 10) {
            m_unpredictor = std::make_unique<Unpredictor>(next, m_rowBytes, m_pixelBytes);
            next = m_unpredictor.get();
        }
        m_counter = std::make_unique<Counter>(next);
        m_flate = std::make_unique<Pl_Flate>("hufu-flate", m_counter.get(), Pl_Flate::a_inflate);
        return m_flate.get();
    }

private:
    int m_predictor = 1;
    std::size_t m_rowBytes = 1, m_pixelBytes = 1;
    std::unique_ptr<Unpredictor> m_unpredictor;
    std::unique_ptr<Counter> m_counter;
    std::unique_ptr<Pl_Flate> m_flate;
};

// Compressions that nobody uses for objects.
class Unwanted final : public QPDFStreamFilter {
public:
    bool setDecodeParms(QPDFObjectHandle) override { return false; }
    Pipeline *getDecodePipeline(Pipeline *next) override { return next; }
};

} // namespace

void limitFilters()
{
    static std::once_flag once;
    std::call_once(once, [] {
        QPDF::registerStreamFilter("/FlateDecode", [] { return std::make_shared<Flate>(); });
        QPDF::registerStreamFilter("/LZWDecode", [] { return std::make_shared<Unwanted>(); });
        QPDF::registerStreamFilter("/RunLengthDecode", [] { return std::make_shared<Unwanted>(); });
    });
    t_left = kAll;
}

} // namespace hufu::pdf
