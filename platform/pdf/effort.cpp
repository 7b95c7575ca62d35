#include "platform/pdf/effort.h"

#include <array>
#include <stdexcept>

namespace hufu::pdf {

namespace {

// What the largest documents take that people make, each of 200,000 objects read once; qpdf needs 250 bytes for a word.
constexpr std::size_t kDocumentSteps = 6'000'000;
constexpr std::size_t kWorkSteps = 4 * kDocumentSteps;
constexpr std::size_t kBytesOfAStep = 64;

thread_local std::size_t t_document = kDocumentSteps, t_work = kWorkSteps; // that are left
thread_local bool t_exceeded = false;

// Source: ISO 32000-1 7.2.2.
enum Kind : std::uint8_t { regular, white, delimiter };
constexpr std::array<Kind, 256> kKinds = [] {
    std::array<Kind, 256> kinds{};
    for (const char byte : {'\0', '\t', '\n', '\f', '\r', ' '})
        kinds[static_cast<std::uint8_t>(byte)] = white;
    for (const char byte : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'})
        kinds[static_cast<std::uint8_t>(byte)] = delimiter;
    return kinds;
}();

} // namespace

void beginWork()
{
    t_work = kWorkSteps;
}

void beginDocument()
{
    t_document = kDocumentSteps;
    t_exceeded = false;
}

void spend(std::size_t steps)
{
    if (steps > t_document || steps > t_work) exceed();
    t_document -= steps;
    t_work -= steps;
}

void spendText(std::size_t bytes)
{
    spend(bytes / kBytesOfAStep);
}

void spendWords(ByteView piece, bool &inWord)
{
    std::size_t words = 0;
    for (const std::uint8_t byte : piece) {
        const Kind kind = kKinds[byte];
        words += kind == delimiter || (kind == regular && !inWord) ? 1 : 0;
        inWord = kind != white && (kind == regular || byte == '/'); // a name is one word with its slash
    }
    spend(words + piece.size() / kBytesOfAStep);
}

void exceed()
{
    t_exceeded = true;
    throw std::runtime_error("too complex");
}

bool isExceeded()
{
    return t_exceeded;
}

} // namespace hufu::pdf
