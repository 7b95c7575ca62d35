#include "shield/base/bytes.h"
#include "shield/base/ct.h"
#include "shield/base/secret.h"
#include "tests/support/child.h"

#include <QTest>
#include <algorithm>
#include <cstring>
#include <new>

using namespace hufu;

static_assert(!std::is_copy_constructible_v<Secret<32>> && !std::is_copy_assignable_v<Secret<32>>);
static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);

template <typename... Parts>
concept FillsThree = requires(const Parts &...parts) { WipedArray<3>::of(parts...); };
static_assert(FillsThree<ByteArray<1>, WipedArray<2>> && FillsThree<std::span<const std::uint8_t, 3>>);
static_assert(!FillsThree<ByteArray<1>, ByteArray<1>> && !FillsThree<ByteArray<4>> && !FillsThree<Bytes> && !FillsThree<ByteView>);

static Result<int> half(int value)
{
    if (value % 2 != 0) return Error(Errc::badInput, "odd");
    return value / 2;
}

static Result<int> quarter(int value)
{
    HUFU_TRY(once, half(value));
    HUFU_TRY(twice, half(once));
    return twice;
}

class TestBase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void result_try_passesTheErrorOn()
    {
        QCOMPARE(*quarter(8), 2);
        QVERIFY(!quarter(6));
        QCOMPARE(quarter(6).error().code, Errc::badInput);
        QCOMPARE(std::strcmp(quarter(6).error().what.text(), "odd"), 0);
    }

    void hex_roundTrip_isTheSame()
    {
        const Bytes bytes{0x00, 0x7f, 0x80, 0xff};
        QCOMPARE(toHex(bytes), std::string("007f80ff"));
        QCOMPARE(*fromHex("007F80ff"), bytes);
        QVERIFY(fromHex("")->empty());
    }

    void hex_badDigitOrOddLength_isRefused()
    {
        for (const char *text : {"0", "0g", "g0", " 0", "0x", "00 "})
            QVERIFY2(!fromHex(text), text);
    }

    void reader_whatWriterWrote_isRead()
    {
        Writer w;
        w.u8(1).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0fULL).blob16(Bytes{1, 2}).blob32(Bytes{3}).text("虎符");
        Reader r(w.bytes());
        QCOMPARE(r.u8(), std::uint8_t{1});
        QCOMPARE(r.u16(), std::uint16_t{0x0203});
        QCOMPARE(r.u32(), std::uint32_t{0x04050607});
        QCOMPARE(r.u64(), std::uint64_t{0x08090a0b0c0d0e0fULL});
        QVERIFY(sameBytes(r.blob16(), Bytes{1, 2}));
        QVERIFY(sameBytes(r.blob32(), Bytes{3}));
        QCOMPARE(r.text(), std::string("虎符"));
        QVERIFY(r.finish());
    }

    void reader_truncatedAnywhere_isRefused()
    {
        Writer w;
        w.u8(1).u32(7).blob16(Bytes{1, 2, 3});
        for (std::size_t length = 0; length < w.bytes().size(); ++length) {
            Reader r(ByteView(w.bytes()).first(length));
            r.u8();
            r.u32();
            r.blob16();
            QVERIFY(!r.finish());
        }
    }

    void reader_bytesLeftOver_areRefused()
    {
        const Bytes bytes{1, 2};
        Reader r(bytes);
        r.u8();
        QVERIFY(r.ok());
        QVERIFY(!r.finish());
    }

    void reader_pastTheEnd_staysBroken()
    {
        const Bytes bytes{1, 2, 3};
        Reader r(bytes);
        QCOMPARE(r.u32(), std::uint32_t{0x01020300}); // what is missing reads as zero
        QVERIFY(!r.ok());
        QCOMPARE(r.u8(), std::uint8_t{0});
        QVERIFY(!r.ok());
    }

    void blob_lengthLargerThanTheRest_isRefused()
    {
        const Bytes bytes{0xff, 0xff, 0xff, 0xff, 1};
        Reader r(bytes);
        QVERIFY(r.blob32().empty());
        QVERIFY(!r.finish());
    }

    void secret_adopt_wipesItsSource()
    {
        ByteArray<4> source{1, 2, 3, 4};
        const auto secret = Secret<4>::adopt(source);
        QVERIFY(sameBytes(secret.expose(), Bytes{1, 2, 3, 4}));
        QVERIFY(sameBytes(source, Bytes{0, 0, 0, 0}));
    }

    void secret_movedFrom_isWiped()
    {
        ByteArray<4> source{1, 2, 3, 4};
        auto first = Secret<4>::adopt(source);
        const Secret<4> second = std::move(first);
        QVERIFY(sameBytes(first.expose(), Bytes{0, 0, 0, 0})); // NOLINT(bugprone-use-after-move)
        QVERIFY(sameBytes(second.expose(), Bytes{1, 2, 3, 4}));
    }

    void secret_destroyed_isWiped()
    {
        alignas(Secret<32>) ByteArray<sizeof(Secret<32>)> place{};
        auto *secret = new (place.data()) Secret<32>();
        std::memset(secret->fill().data(), 0xaa, 32);
        secret->~Secret<32>();
        QVERIFY(sameBytes(place, Bytes(place.size(), 0)));
    }

    void wipedArray_copyDestroyed_isWiped()
    {
        alignas(WipedArray<32>) ByteArray<sizeof(WipedArray<32>)> place{};
        ByteArray<32> source;
        source.fill(0xaa);
        const WipedArray<32> first(source);
        auto *copy = new (place.data()) WipedArray<32>(first);
        QVERIFY(*copy == source);
        copy->~WipedArray<32>();
        QVERIFY(sameBytes(place, Bytes(place.size(), 0)));
    }

    void wipedArray_ofParts_holdsThemInOrder()
    {
        QVERIFY(sameBytes(WipedArray<3>::of(ByteArray<1>{1}, ByteArray<2>{2, 3}), Bytes{1, 2, 3}));
    }

    void readerInto_pastTheEnd_leavesZerosAndIsRefused()
    {
        const Bytes bytes{1, 2, 3};
        Reader r(bytes);
        ByteArray<2> place{};
        r.into(place);
        QVERIFY(sameBytes(place, Bytes{1, 2}));
        ByteArray<2> more{};
        r.into(more);
        QVERIFY(sameBytes(more, Bytes{0, 0}));
        QVERIFY(!r.finish());
    }

    void secretBytes_died_leavesZerosForTheNext()
    {
        for (const std::size_t size : {std::size_t{1}, std::size_t{97}, std::size_t{240}, std::size_t{241}}) {
            { // all that is kept of such blocks has had something in it
                std::vector<SecretBytes> many;
                for (int i = 0; i < 40; ++i)
                    std::ranges::fill(many.emplace_back(size).fill(), std::uint8_t{0xaa});
            }
            std::vector<SecretBytes> next;
            for (int i = 0; i < 40; ++i)
                QVERIFY(sameBytes(next.emplace_back(size).expose(), Bytes(size)));
        }
    }

    void secretBytes_writtenPastItsEnd_endsTheProcess()
    {
        for (const std::size_t size : {std::size_t{1}, std::size_t{97}, std::size_t{240}, std::size_t{5000}}) {
            static_cast<void>(SecretBytes(size)); // so that a kept block is tried, not a new one
            SecretBytes secret(size);
            QVERIFY(tests::killsItself([&] { *const_cast<volatile std::uint8_t *>(secret.fill().data() + size) = 1; }));
            QVERIFY(!tests::killsItself([&] { *const_cast<volatile std::uint8_t *>(secret.fill().data() + size - 1) = 1; }));
        }
    }

    void secretBytes_writtenBeforeItsBeginning_endsTheProcessWhenItDies()
    {
        for (const std::size_t size : {std::size_t{97}, std::size_t{240}, std::size_t{5000}})
            QVERIFY(tests::killsItself([size] {
                SecretBytes secret(size);
                *const_cast<volatile std::uint8_t *>(secret.fill().data() - 1) = 1;
            }));
    }

    void secretBytes_adopt_wipesItsSource()
    {
        Bytes source{5, 6, 7};
        auto secret = SecretBytes::adopt(source);
        QVERIFY(sameBytes(source, Bytes{0, 0, 0}));
        QVERIFY(sameBytes(secret.expose(), Bytes{5, 6, 7}));
        const SecretBytes moved = std::move(secret);
        QVERIFY(secret.empty()); // NOLINT(bugprone-use-after-move)
        QCOMPARE(moved.size(), std::size_t{3});
    }

    void ct_masks_areAllOrNothing()
    {
        for (std::uint64_t v : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
            QCOMPARE(ct::maskOfZero(v), v == 0 ? ~std::uint64_t{0} : 0);
            QCOMPARE(ct::maskOfEqual(v, 1), v == 1 ? ~std::uint64_t{0} : 0);
            QCOMPARE(ct::maskOfBit(v), (v & 1) != 0 ? ~std::uint64_t{0} : 0);
        }
        QCOMPARE(ct::select(~std::uint64_t{0}, 5, 9), std::uint64_t{5});
        QCOMPARE(ct::select(0, 5, 9), std::uint64_t{9});
    }

    void ct_equal_findsADifferenceInEachByte()
    {
        const Bytes a(32, 7);
        QVERIFY(ct::equal(a, Bytes(32, 7)));
        QVERIFY(ct::equal({}, {}));
        QVERIFY(!ct::equal(a, Bytes(31, 7)));
        for (std::size_t i = 0; i < 32; ++i) {
            Bytes b = a;
            b[i] ^= 0x80;
            QVERIFY(!ct::equal(a, b));
        }
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "test_base.moc"
