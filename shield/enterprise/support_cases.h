// Calls for help from the pages: what a person has read and agreed to send, under a number that both sides can name.
#pragma once

#include "shield/enterprise/ports.h"

#include <string>
#include <string_view>
#include <vector>

namespace hufu::enterprise {

struct SupportCase {
    std::string number; // "HC-00000042"
    std::int64_t timeMs = 0;
    std::string page;     // its name: lower case letters and -
    std::string language; // "zh-CN" or "en"
    std::string browser;  // its kind and system, no more
    std::vector<std::string> codes; // what went wrong there: "HF-402"
    std::string words;    // the person's own; may be empty
    std::uint64_t pictureBytes = 0; // 0: there was none
    static void fields(auto &row, auto &f)
    {
        f(row.number, row.timeMs, row.page, row.language, row.browser, row.codes, row.words, row.pictureBytes);
    }
};

// Words without what looks like a phone's, a person's or an account's number: from eleven digits on, also in groups with a blank or a
// hyphen between them, with the X of an id number. The pages do the same before they show what will be sent.
std::string withoutNumbers(std::string_view words);

class SupportCases {
public:
    static constexpr std::uint64_t kKept = 1000; // then the oldest make room
    static constexpr std::uint64_t kPicturesKept = 50;
    static constexpr std::uint32_t kInAnHour = 120;
    static constexpr std::size_t kPictureMost = 400 * 1024; // bytes
    static constexpr std::size_t kCodesMost = 10, kBrowserMost = 40, kWordsMost = 1000; // bytes

    explicit SupportCases(const Ports &ports) : m_ports(ports) {}

    // In: report, whose number, time and pictureBytes are given here, and whose words are kept withoutNumbers; picture, a JPEG, or empty. Returns: the number. Each
    // field holds only what it is for, so that nothing else of a page can come along.
    // Errors: badInput; locked (too many within an hour); unavailable.
    Result<std::string> open(SupportCase report, ByteView picture = {});
    // Errors: notFound (none, or no longer kept); tampered, unavailable.
    Result<Bytes> pictureOf(std::string_view number);
    Result<std::vector<SupportCase>> list(std::size_t most); // newest first. Errors: tampered, unavailable

private:
    Ports m_ports;
};

} // namespace hufu::enterprise
