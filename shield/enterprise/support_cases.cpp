#include "shield/enterprise/support_cases.h"

#include "shield/enterprise/row.h"

#include <algorithm>

namespace hufu::enterprise {

namespace {

using ports::Table;

constexpr std::int64_t kHourMs = 3'600'000;

struct CountRow {
    std::uint64_t cases = 0;
    std::uint32_t inThisHour = 0;
    std::int64_t hourMs = 0; // when it began
    static void fields(auto &row, auto &f) { f(row.cases, row.inThisHour, row.hourMs); }
};

// Table::application: how many there were, and a ring of the last ones.
Bytes countKey()
{
    return rowKey('z', {});
}

Bytes caseKey(std::uint64_t number)
{
    return rowKey('y', {Writer().u64(number % SupportCases::kKept).bytes()});
}

Bytes contextOf(std::uint64_t number)
{
    return concat({viewOf("hufu-support-case"), Writer().u64(number % SupportCases::kKept).bytes()});
}

struct PictureRow {
    std::string number; // of its case
    Bytes picture;
    static void fields(auto &row, auto &f) { f(row.number, row.picture); }
};

Bytes pictureKey(std::uint64_t number)
{
    return rowKey('k', {Writer().u64(number % SupportCases::kPicturesKept).bytes()});
}

Bytes pictureContext(std::uint64_t number)
{
    return concat({viewOf("hufu-support-picture"), Writer().u64(number % SupportCases::kPicturesKept).bytes()});
}

bool isPicture(ByteView bytes)
{
    return bytes.size() > 3 && bytes.size() <= SupportCases::kPictureMost && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff;
}

bool isMadeOf(std::string_view text, std::size_t most, std::string_view besides)
{
    return text.size() <= most && std::ranges::all_of(text, [&](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || besides.find(c) != std::string_view::npos;
           });
}

bool isCode(const std::string &text)
{
    return text.size() == 6 && text.starts_with("HF-") && std::all_of(text.begin() + 3, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isWords(std::string_view text)
{
    return text.size() <= SupportCases::kWordsMost &&
           std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f; });
}

bool isFit(const SupportCase &report)
{
    const bool named = !report.page.empty() && isMadeOf(report.page, 32, "-") && (report.language == "zh-CN" || report.language == "en");
    return named && isMadeOf(report.browser, SupportCases::kBrowserMost, " .,/") && report.codes.size() <= SupportCases::kCodesMost &&
           std::ranges::all_of(report.codes, isCode) && isWords(report.words);
}

std::string numberText(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    return "HC-" + std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits;
}

} // namespace

std::string withoutNumbers(std::string_view words)
{
    constexpr int kFewest = 11;
    const auto isDigit = [&](std::size_t at) { return at < words.size() && words[at] >= '0' && words[at] <= '9'; };
    std::string out(words);
    for (std::size_t begin = 0; begin < words.size();) {
        int digits = 0;
        std::size_t end = begin;
        while (isDigit(end)) {
            ++digits;
            ++end;
            const bool isGrouped = end < words.size() && (words[end] == ' ' || words[end] == '-') && isDigit(end + 1);
            if (isGrouped) ++end;
        }
        if (digits >= kFewest) {
            if (end < words.size() && (words[end] == 'X' || words[end] == 'x')) ++end;
            std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.begin() + static_cast<std::ptrdiff_t>(end),
                            [](char c) { return c != ' ' && c != '-'; }, '*');
        }
        begin = std::max(end, begin + 1);
    }
    return out;
}

// Errors: notFound.
static Result<std::uint64_t> numberOf(std::string_view text)
{
    constexpr std::string_view kHead = "HC-";
    std::uint64_t number = 0;
    if (!text.starts_with(kHead) || text.size() > kHead.size() + 15) return Error(Errc::notFound, "no such case");
    for (const char c : text.substr(kHead.size())) {
        if (c < '0' || c > '9') return Error(Errc::notFound, "no such case");
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

Result<std::string> SupportCases::open(SupportCase report, ByteView picture)
{
    if (!isFit(report) || (!picture.empty() && !isPicture(picture))) return Error(Errc::badInput, "support case");
    report.words = withoutNumbers(report.words);
    const std::int64_t now = m_ports.clock.unixMs();
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(counted, findRow<CountRow>(*transaction, Table::application, countKey()));
    CountRow count = counted.value_or(CountRow{});
    if (now - count.hourMs >= kHourMs) {
        count.hourMs = now;
        count.inThisHour = 0;
    }
    if (count.inThisHour >= kInAnHour) return Error(Errc::locked, "too many cases");
    count.inThisHour += 1;
    count.cases += 1;
    report.number = numberText(count.cases);
    report.timeMs = now;
    report.pictureBytes = picture.size();
    if (!picture.empty()) {
        HUFU_TRY(sealedPicture, sealRow(m_ports.masterKey, pictureContext(count.cases), PictureRow{report.number, bytesOf(picture)}));
        HUFU_CHECK(transaction->write(Table::application, pictureKey(count.cases), sealedPicture));
    }
    HUFU_TRY(sealed, sealRow(m_ports.masterKey, contextOf(count.cases), report));
    HUFU_CHECK(transaction->write(Table::application, caseKey(count.cases), sealed));
    HUFU_CHECK(saveRow(*transaction, Table::application, countKey(), count));
    HUFU_CHECK(transaction->commit());
    return report.number;
}

Result<std::vector<SupportCase>> SupportCases::list(std::size_t most)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(counted, findRow<CountRow>(*transaction, Table::application, countKey()));
    const std::uint64_t all = counted ? counted->cases : 0;
    std::vector<SupportCase> cases;
    for (std::uint64_t number = all; number > 0 && all - number < kKept && cases.size() < most; --number) {
        HUFU_TRY(sealed, transaction->readForChange(Table::application, caseKey(number)));
        if (!sealed) return Error(Errc::tampered, "a case is gone");
        HUFU_TRY(one, openRow<SupportCase>(m_ports.masterKey, contextOf(number), *sealed));
        cases.push_back(std::move(one));
    }
    return cases;
}

Result<Bytes> SupportCases::pictureOf(std::string_view number)
{
    HUFU_TRY(found, numberOf(number));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(sealed, transaction->readForChange(Table::application, pictureKey(found)));
    if (!sealed) return Error(Errc::notFound, "no such picture");
    HUFU_TRY(row, openRow<PictureRow>(m_ports.masterKey, pictureContext(found), *sealed));
    if (row.number != number) return Error(Errc::notFound, "no longer kept");
    return std::move(row.picture);
}

} // namespace hufu::enterprise
