// What is appended to a PDF: objects, then a table of where they are, of the same kind as the document's.
// Source: ISO 32000-1 7.5.6, 7.5.8.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace hufu::pdf {

class Increment {
public:
    // In: base, where it will stand in the file; firstFree, the number of the first new object.
    Increment(std::uint64_t base, int firstFree) : m_base(base), m_next(firstFree) {}

    int reserve() { return m_next++; }
    static std::string reference(int object, int generation = 0);
    void put(int object, int generation, const std::string &body);
    int add(const std::string &body);
    // In: dictionary, its entries without << >> and /Length.
    int addStream(const std::string &dictionary, const std::string &data);

    struct Previous {
        std::uint64_t startXref = 0;
        bool stream = false;
        std::string entries; // of the trailer, without /Size and /Prev
    };
    void close(const Previous &previous);

    std::string &text() { return m_text; }
    std::uint64_t end() const { return m_base + m_text.size(); }

private:
    std::uint64_t m_base;
    int m_next;
    std::string m_text;
    std::map<int, std::pair<int, std::uint64_t>> m_places; // generation, offset
};

// Text for a string of PDF: UTF-16 as hexadecimal digits. In: UTF-8; what is none becomes U+FFFD.
std::string textString(const std::string &utf8);
// D:YYYYMMDDHHMMSSZ, in brackets.
std::string dateString(std::int64_t unixMs);
// A number as PDF has it: at most four digits behind the point.
std::string number(double value);

} // namespace hufu::pdf
