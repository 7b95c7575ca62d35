#include "platform/pdf/increment.h"

#include <cmath>
#include <cstdio>
#include <ctime>
#include <qpdf/QUtil.hh>

namespace hufu::pdf {

std::string Increment::reference(int object, int generation)
{
    return std::to_string(object) + " " + std::to_string(generation) + " R";
}

void Increment::put(int object, int generation, const std::string &body)
{
    m_places[object] = {generation, end()};
    m_text += std::to_string(object) + " " + std::to_string(generation) + " obj\n" + body + "\nendobj\n";
}

int Increment::add(const std::string &body)
{
    const int object = reserve();
    put(object, 0, body);
    return object;
}

int Increment::addStream(const std::string &dictionary, const std::string &data)
{
    return add(std::string("<< ") + dictionary + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data + "\nendstream");
}

void Increment::close(const Previous &previous)
{
    const std::uint64_t here = end();
    const std::string entries = previous.entries + " /Prev " + std::to_string(previous.startXref);
    if (previous.stream) m_places[reserve()] = {0, here};

    // Runs of neighbouring numbers.
    std::map<int, int> runs;
    for (auto it = m_places.begin(); it != m_places.end();) {
        const int first = it->first;
        int count = 0;
        for (; it != m_places.end() && it->first == first + count; ++it)
            ++count;
        runs[first] = count;
    }

    if (previous.stream) {
        std::string index, data;
        for (const auto &[first, count] : runs)
            index += std::to_string(first) + " " + std::to_string(count) + " ";
        for (const auto &[object, place] : m_places) {
            data += '\x01';
            for (int shift = 32; shift >= 0; shift -= 8)
                data += static_cast<char>((place.second >> shift) & 0xff);
            data += static_cast<char>(place.first >> 8);
            data += static_cast<char>(place.first & 0xff);
        }
        m_text += std::to_string(m_next - 1) + " 0 obj\n<< /Type /XRef /W [1 5 2] /Index [ " + index + "] /Size " + std::to_string(m_next) +
                  " " + entries + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data + "\nendstream\nendobj\n";
    } else {
        m_text += "xref\n";
        char line[32];
        for (const auto &[first, count] : runs) {
            m_text += std::to_string(first) + " " + std::to_string(count) + "\n";
            for (int object = first; object < first + count; ++object) {
                const auto &[generation, offset] = m_places.at(object);
                std::snprintf(line, sizeof line, "%010llu %05d n \n", static_cast<unsigned long long>(offset), generation);
                m_text += line;
            }
        }
        m_text += "trailer\n<< /Size " + std::to_string(m_next) + " " + entries + " >>\n";
    }
    m_text += "startxref\n" + std::to_string(here) + "\n%%EOF\n";
}

std::string textString(const std::string &utf8)
{
    const std::string utf16 = QUtil::utf8_to_utf16(utf8); // with its byte order mark
    return std::string("<") + QUtil::hex_encode(utf16) + ">";
}

std::string dateString(std::int64_t unixMs)
{
    const std::time_t seconds = static_cast<std::time_t>(unixMs / 1000);
    std::tm parts = {};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "(D:%Y%m%d%H%M%SZ)", &parts);
    return std::string(text, length);
}

std::string number(double value)
{
    // Not printf: what the locale calls a point.
    const long long scaled = std::llround(value * 10'000);
    const long long size = scaled < 0 ? -scaled : scaled;
    std::string fraction = std::to_string(10'000 + size % 10'000).substr(1);
    while (!fraction.empty() && fraction.back() == '0')
        fraction.pop_back();
    std::string out = scaled < 0 ? "-" : "";
    out += std::to_string(size / 10'000);
    if (!fraction.empty()) out.append(".").append(fraction);
    return out;
}

} // namespace hufu::pdf
