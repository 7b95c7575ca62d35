#include "shield/vault/pin.h"

#include "shield/base/ct.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace hufu::vault {

namespace {

// What people take when nobody stops them, as far as no rule below covers it: keypad paths, numbers that sound
// like words, dates of no person, and halves that repeat with a change.
constexpr std::string_view kCommon[] = {
    "147258",     "258369",     "147852",    "258147",     "369258",     "963852",     "852963",    "741852",
    "852741",     "159357",     "357159",    "159753",     "753159",     "951753",     "753951",    "357951",
    "951357",     "147369",     "369147",    "741963",     "963741",     "789456",     "456123",    "123789",
    "789123",     "456789",     "321654",    "654321",     "987456",     "147896",     "236987",    "147963",
    "123698",     "321456",     "123654",    "741258",     "147258369",  "147852369",  "741852963", "963852741",
    "159357258",  "789456123",  "123456789", "1234567890", "0987654321", "0123456789", "112358",    "314159",
    "271828",     "141421",     "141592",    "102030",     "010203",     "100200",     "200100",    "100001",
    "100100",     "101010",     "123000",    "123400",     "000123",     "001122",     "110110",    "119119",
    "120120",     "911911",     "520131",    "521131",     "5201314",    "1314520",    "1314521",   "5211314",
    "520520",     "521521",     "131452",    "131421",     "201314",     "7758521",    "7758258",   "584520",
    "584131",     "5845201314", "168168",    "518518",     "158158",     "188188",     "198198",    "888168",
    "168888",     "666888",     "888666",    "518888",     "111222",     "123123",     "123321",    "321123",
    "121314",     "131415",     "112211",    "122333",     "122112",     "111112",     "111222333", "123123123",
    "1234554321", "246810",     "135790",    "024680",     "135791",     "124578",     "235689",    "134679",
    "147159",     "159951",     "246135",    "123666",     "123888",     "123520",     "520123",    "1230123",
    "012345678",  "876543210",  "198010",    "199010",     "200000",     "201010",     "202020",    "202122",
    "192837",     "918273",     "192168",    "000007",     "007007",     "000001",     "100000",    "696969",
    "420420",     "131313",     "232323",    "456456",     "789789",     "159159",     "147147",    "258258",
    "369369",     "741741",     "852852",    "963963",     "1122334455", "11223344",
};

using Digits = std::string_view;

// Every digit equals the one period places before.
bool repeats(Digits pin, std::size_t period)
{
    for (std::size_t i = period; i < pin.size(); ++i)
        if (pin[i] != pin[i - period]) return false;
    return true;
}

// Each digit is the former one plus step; 9 and 0 are neighbours.
bool climbs(Digits pin, int step)
{
    for (std::size_t i = 1; i < pin.size(); ++i)
        if ((pin[i] - pin[i - 1] - step) % 10 != 0) return false;
    return true;
}

// 112233, 111222: blocks of one digit, all of the same length of 2 or more.
bool blocks(Digits pin)
{
    for (const std::size_t size : {std::size_t{2}, std::size_t{3}, std::size_t{4}}) {
        if (pin.size() % size != 0) continue;
        bool all = true;
        for (std::size_t i = 0; i < pin.size(); ++i)
            all = all && pin[i] == pin[i - i % size];
        if (all) return true;
    }
    return false;
}

// 123321, 4565654: the same from behind.
bool mirrored(Digits pin)
{
    return std::equal(pin.begin(), pin.begin() + static_cast<std::ptrdiff_t>(pin.size() / 2), pin.rbegin());
}

// Whether the PIN holds the birthday: year, month and day in any order, the year with two or four digits, month
// and day with or without a leading zero.
bool holdsBirthday(Digits pin, const std::string &birthday)
{
    if (birthday.size() != 8) return false;
    const auto forms = [](const std::string &two) {
        std::vector<std::string> out{two};
        if (two[0] == '0') out.push_back(two.substr(1));
        return out;
    };
    for (const std::string &year : {birthday.substr(0, 4), birthday.substr(2, 2)}) {
        for (const std::string &month : forms(birthday.substr(4, 2))) {
            for (const std::string &day : forms(birthday.substr(6, 2))) {
                std::string parts[] = {year, month, day};
                std::sort(std::begin(parts), std::end(parts));
                do {
                    const std::string date = parts[0] + parts[1] + parts[2];
                    if (date.size() >= limits::kPinMin && pin.find(date) != Digits::npos) return true;
                } while (std::next_permutation(std::begin(parts), std::end(parts)));
            }
        }
    }
    return false;
}

bool endsPhoneNumber(Digits pin, const std::string &phoneNumber)
{
    std::string digits;
    for (const char c : phoneNumber)
        if (c >= '0' && c <= '9') digits.push_back(c);
    return digits.ends_with(pin);
}

} // namespace

Result<void> Pin::press(int digit)
{
    if (digit < 0 || digit > 9) return Error(Errc::badInput, "not a digit");
    if (m_length == limits::kPinMax) return Error(Errc::badState, "PIN is full");
    m_digits.fill()[m_length++] = static_cast<std::uint8_t>('0' + digit);
    return {};
}

void Pin::back()
{
    if (m_length > 0) m_digits.fill()[--m_length] = 0;
}

void Pin::clear()
{
    m_digits.clear();
    m_length = 0;
}

bool Pin::same(const Pin &other) const
{
    return ct::equal(m_digits.expose(), other.m_digits.expose()) && m_length == other.m_length;
}

std::optional<PinWeakness> weaknessOf(const Pin &pin, const PinHints &hints)
{
    const Digits digits(reinterpret_cast<const char *>(pin.expose().data()), pin.length());
    if (!pin.longEnough()) return PinWeakness::tooShort;
    if (repeats(digits, 1)) return PinWeakness::oneDigit;
    if (climbs(digits, 1) || climbs(digits, -1)) return PinWeakness::steps;
    if (repeats(digits, 2) || repeats(digits, 3)) return PinWeakness::repeated;
    if (holdsBirthday(digits, hints.birthday)) return PinWeakness::birthday;
    if (endsPhoneNumber(digits, hints.phoneNumber)) return PinWeakness::phoneTail;
    if (blocks(digits) || mirrored(digits) ||
        std::find(std::begin(kCommon), std::end(kCommon), digits) != std::end(kCommon))
        return PinWeakness::common;
    return std::nullopt;
}

} // namespace hufu::vault
