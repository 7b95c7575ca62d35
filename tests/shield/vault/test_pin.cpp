#include "shield/vault/pin.h"

#include <QTest>
#include <cstdio>
#include <new>

using namespace hufu;
using namespace hufu::vault;

static_assert(!std::is_copy_constructible_v<Pin> && !std::is_copy_assignable_v<Pin>);

static Pin pinOf(std::string_view digits)
{
    Pin pin;
    for (const char c : digits)
        if (!pin.press(c - '0')) break;
    return pin;
}

// Whether the digits stand in the memory, read as it is.
static bool holds(const void *memory, std::size_t size, std::string_view digits)
{
    const auto *bytes = static_cast<const volatile unsigned char *>(memory);
    for (std::size_t at = 0; at + digits.size() <= size; ++at) {
        std::size_t same = 0;
        while (same < digits.size() && bytes[at + same] == static_cast<unsigned char>(digits[same]))
            ++same;
        if (same == digits.size()) return true;
    }
    return false;
}

class TestPin : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void press_digits_upToTwelve()
    {
        Pin pin;
        for (int i = 0; i < 12; ++i)
            QVERIFY(pin.press(i % 10));
        QCOMPARE(pin.press(1).error().code, Errc::badState);
        QCOMPARE(textOf(pin.expose()), std::string("012345678901"));
        pin.back();
        QCOMPARE(pin.length(), std::size_t{11});
        for (const int bad : {-1, 10, 1000})
            QCOMPARE(pin.press(bad).error().code, Errc::badInput);
        QCOMPARE(pin.length(), std::size_t{11});
        pin.clear();
        pin.back();
        QCOMPARE(pin.length(), std::size_t{0});
        QVERIFY(!pin.longEnough());
    }

    void same_comparesDigitsAndLength()
    {
        QVERIFY(pinOf("739154").same(pinOf("739154")));
        QVERIFY(!pinOf("739154").same(pinOf("739155")));
        QVERIFY(!pinOf("739154").same(pinOf("7391540")));
        QVERIFY(!pinOf("739154").same(Pin()));
    }

    void move_leavesNothingBehind()
    {
        alignas(Pin) unsigned char memory[sizeof(Pin)] = {};
        Pin *pin = new (memory) Pin(pinOf("739154"));
        Pin taken = std::move(*pin);
        QCOMPARE(pin->length(), std::size_t{0});
        QVERIFY(!holds(memory, sizeof memory, "7391"));
        *pin = std::move(taken);
        QVERIFY(holds(memory, sizeof memory, "739154"));
        pin->~Pin();
        QVERIFY(!holds(memory, sizeof memory, "7391"));
    }

    void weakness_ofEachRule_isFound()
    {
        const PinHints hints{"19900102", "+86 138-0013-8642"};
        const std::pair<const char *, PinWeakness> weak[] = {
            {"", PinWeakness::tooShort},           {"73915", PinWeakness::tooShort},
            {"000000", PinWeakness::oneDigit},     {"999999999999", PinWeakness::oneDigit},
            {"123456", PinWeakness::steps},        {"987654", PinWeakness::steps},
            {"890123", PinWeakness::steps},        {"210987", PinWeakness::steps},
            {"121212", PinWeakness::repeated},     {"7373737", PinWeakness::repeated},
            {"739739", PinWeakness::repeated},     {"739739739", PinWeakness::repeated},
            {"900102", PinWeakness::birthday},     {"020190", PinWeakness::birthday},
            {"010290", PinWeakness::birthday},     {"19900102", PinWeakness::birthday},
            {"02011990", PinWeakness::birthday},   {"199012", PinWeakness::birthday},
            {"7199001023", PinWeakness::birthday}, {"138642", PinWeakness::phoneTail},
            {"0138642", PinWeakness::phoneTail},   {"112233", PinWeakness::common},
            {"111222", PinWeakness::common},       {"123321", PinWeakness::common},
            {"734437", PinWeakness::common},       {"147258", PinWeakness::common},
            {"5201314", PinWeakness::common},      {"159357", PinWeakness::common},
        };
        for (const auto &[digits, expected] : weak) {
            const auto found = weaknessOf(pinOf(digits), hints);
            QVERIFY2(found == expected, digits);
        }
        for (const char *good : {"739154", "482615", "900103", "138643", "73915486", "190001"})
            QVERIFY2(!weaknessOf(pinOf(good), hints), good);
        for (const char *others : {"900102", "138642"}) // not this person's
            QVERIFY2(!weaknessOf(pinOf(others), {}), others);
    }

    // The commonest thousand are covered, and what is left is nearly all of the space.
    void weakness_ofAllSixDigitPins_refusesAThousandAndLittleMore()
    {
        int refused = 0;
        for (int i = 0; i < 1'000'000; ++i) {
            char digits[12]; // what the compiler takes an int for: only six digits come
            std::snprintf(digits, sizeof digits, "%06d", i);
            refused += weaknessOf(pinOf(digits), {}) ? 1 : 0;
        }
        QVERIFY2(refused >= 2'000 && refused < 10'000, std::to_string(refused).c_str());
    }
};

QTEST_GUILESS_MAIN(TestPin)
#include "test_pin.moc"
