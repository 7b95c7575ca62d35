// The whole way of a frame: more is read than by both libraries together, never anything wrong, and in time.
// HUFU_LONG=1: 780 pictures instead of 39, 10,000 without a code of ours instead of 70.
#include "platform/eye/frame_reader.h"
#include "tests/eye/score.h"
#include "tests/support/fakes.h"

#include <QPainter>
#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using eye::FrameReader;

namespace {

// Goes on by so much whenever it is looked at.
class TickingClock final : public ports::Clock {
public:
    explicit TickingClock(int ms) : m_ms(ms) {}
    std::int64_t unixMs() override { return 0; }
    std::int64_t monotonicMs() override { return m_now += m_ms; }

private:
    std::int64_t m_ms, m_now = 0;
};

// Stands, but for one look at which 200 ms have gone by.
class StallingClock final : public ports::Clock {
public:
    void stallAt(int look) { m_stallAt = m_looks + look; }
    bool hasStalled() const { return m_looks >= m_stallAt; }
    void pass(std::int64_t ms) { m_now += ms; }
    std::int64_t unixMs() override { return 0; }
    std::int64_t monotonicMs() override
    {
        if (++m_looks == m_stallAt) m_now += 200;
        return m_now;
    }

private:
    int m_looks = 0, m_stallAt = 0;
    std::int64_t m_now = 0;
};

// Stands, but for the first try, which takes as long as it is told to.
class SlowTryClock final : public ports::Clock {
public:
    void watch(const FrameReader &reader) { m_reader = &reader; }
    void setTryMs(int ms) { m_tryMs = ms; }
    void pass(std::int64_t ms) { m_now += ms; }
    std::int64_t unixMs() override { return 0; }
    std::int64_t monotonicMs() override
    {
        if (m_reader != nullptr && m_reader->tryUnderWay() == FrameReader::firstTry()) m_now += m_tryMs;
        return m_now;
    }

private:
    const FrameReader *m_reader = nullptr;
    std::int64_t m_tryMs = 0, m_now = 0;
};

bool isLong()
{
    return qEnvironmentVariableIntValue("HUFU_LONG") == 1;
}

std::string ours(const std::vector<eye::Sighting> &seen)
{
    for (const eye::Sighting &one : seen)
        if (one.text.starts_with("HUFU:")) return one.text;
    return {};
}

// A black bar over the upper left finder pattern, as a finger may lie.
QImage withAFinger(const QImage &image, const QRect &code)
{
    QImage out = image;
    QPainter(&out).fillRect(QRect(code.topLeft(), code.size() / 5), Qt::black);
    return out;
}

} // namespace

class TestFrameReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void degradedCodes_areReadNinePointsMoreThanByBothTogether()
    {
        ManualClock stands;
        FrameReader reader(stands);
        const Score score = scoreOf(reader, kHeldOutSeed, isLong() ? 20 : 1);
        qInfo("%s", tableOf(score).c_str());
        QCOMPARE(score.wrong, 0);
        QVERIFY(100.0 * (score.all.ours - score.all.either) / score.all.pictures >= 9);
    }
    void picturesWithoutOurs_giveNothingWrong()
    {
        ManualClock stands; // all the time in the world to find what is not there
        FrameReader reader(stands);
        QCOMPARE(readNothing(reader, kHeldOutSeed, isLong() ? 10'000 : 70).wrong, 0);
    }
    void foreignCode_isReadAndOursStillLookedFor()
    {
        ManualClock stands;
        FrameReader reader(stands);
        const Specimen foreign = withoutOurs(kTuningSeed, 5);
        const auto seen = reader.read(foreign.image, "HUFU:");
        QCOMPARE(seen.size(), std::size_t(1));
        QCOMPARE(seen[0].text, foreign.text);
        QVERIFY(reader.lastTry().empty());
        const Specimen both = degraded(Kind::twoCodes, 1, kTuningSeed, 0);
        QCOMPARE(ours(reader.read(both.image, "HUFU:")), both.text);
    }
    void time_usedUp_leavesTheRestOut()
    {
        const Specimen hard = degraded(Kind::blur, 3, kTuningSeed, 0);
        ManualClock stands;
        FrameReader patient(stands);
        QCOMPARE(ours(patient.read(hard.image, "HUFU:")), hard.text);
        TickingClock runs(15);
        FrameReader hurried(runs);
        QVERIFY(hurried.read(hard.image, "HUFU:").empty());
        QVERIFY(hurried.lastTry().empty());
        FrameReader none(stands, 0);
        QVERIFY(none.read(degraded(Kind::rotation, 1, kTuningSeed, 0).image, "HUFU:").empty());
    }
    void slowTry_isLeftOutOfTheNextFrame()
    {
        // The first frame costs the clock's ticks; what is learnt from them holds for the next, easy though it
        // is.
        const Specimen easy = degraded(Kind::rotation, 1, kTuningSeed, 0);
        TickingClock slow(30);
        FrameReader reader(slow);
        QVERIFY(reader.read(easy.image, "HUFU:").size() <= 1);
        QVERIFY(reader.read(easy.image, "HUFU:").empty());
    }
    // The machine sleeps in the middle of one try: a few frames later that try is back.
    void tryThatStalledOnce_isBackSoon()
    {
        const Specimen easy = degraded(Kind::rotation, 1, kTuningSeed, 0);
        StallingClock clock;
        FrameReader reader(clock);
        clock.stallAt(7); // the frame's start, the one before, and the first try's own two
        QVERIFY(reader.read(easy.image, "HUFU:").size() <= 1);
        QVERIFY(clock.hasStalled());
        clock.pass(FrameReader::kMemoryMs + 1);
        reader.read(easy.image, "HUFU:");
        QVERIFY(reader.lastTry() != FrameReader::firstTry());
        for (int frame = 0; frame < 8; ++frame) {
            clock.pass(FrameReader::kMemoryMs + 1); // nothing is known of where it was
            reader.read(easy.image, "HUFU:");
        }
        QCOMPARE(reader.lastTry(), FrameReader::firstTry());
    }
    // A machine on which one try always takes more than a frame: it is taken up again ever less often, and soon once it fits.
    void tryThatIsAlwaysTooSlow_makesFewFramesLate()
    {
        const Specimen easy = degraded(Kind::rotation, 1, kTuningSeed, 0);
        SlowTryClock clock;
        FrameReader reader(clock);
        clock.watch(reader);
        clock.setTryMs(72);
        const auto isLate = [&] {
            clock.pass(FrameReader::kMemoryMs + 1); // nothing is known of where it was
            const std::int64_t start = clock.monotonicMs();
            const std::string read = ours(reader.read(easy.image, "HUFU:"));
            const bool late = clock.monotonicMs() - start > FrameReader::kFrameMs;
            if (!late && read != easy.text) qFatal("a frame in time was not read by the tries that are left");
            return late;
        };
        int late = 0;
        for (int frame = 0; frame < 30; ++frame)
            late += isLate();
        QVERIFY2(late >= 2 && late <= 4, qPrintable(QString::number(late)));
        late = 0;
        for (int frame = 0; frame < 300; ++frame)
            late += isLate();
        QVERIFY2(late >= 2 && late <= 6, qPrintable(QString::number(late)));
        // It fits again: at the latest when the longest pause is over, and then for good.
        clock.setTryMs(5);
        for (int frame = 0; frame < 100; ++frame)
            QVERIFY(!isLate());
        QCOMPARE(reader.lastTry(), FrameReader::firstTry());
        // What was before is forgotten: one stall blinds that try for a few frames only.
        clock.setTryMs(72);
        QVERIFY(isLate());
        clock.setTryMs(5);
        int leftOut = 0;
        for (; leftOut < 8 && (isLate() || reader.lastTry() != FrameReader::firstTry()); ++leftOut) {}
        QVERIFY2(leftOut >= 1 && leftOut < 8, qPrintable(QString::number(leftOut)));
    }
    void codeWithAHiddenCorner_isReadWhereItWasAMomentAgo()
    {
        ManualClock clock;
        FrameReader reader(clock);
        const Specimen blurred = degraded(Kind::blur, 2, kTuningSeed, 1);
        QCOMPARE(ours(reader.read(blurred.image, "HUFU:")), blurred.text);
        const QRect where = reader.read(blurred.image, "HUFU:").at(0).where;
        clock.advance(40);
        const QImage hidden = withAFinger(blurred.image, where);
        QCOMPARE(ours(reader.read(hidden, "HUFU:")), blurred.text);
        QCOMPARE(reader.lastTry(), std::string_view("on the last grid"));
        // Later, it may be anywhere.
        clock.advance(FrameReader::kMemoryMs + 1);
        reader.read(hidden, "HUFU:");
        QVERIFY(reader.lastTry() != std::string_view("on the last grid"));
    }
    void codeAtTheSamePlace_isReadThereFirst()
    {
        ManualClock clock;
        FrameReader reader(clock);
        const Specimen specimen = degraded(Kind::rotation, 2, kTuningSeed, 2);
        const QRect where = reader.read(specimen.image, "HUFU:").at(0).where;
        QCOMPARE(reader.lastTry(), FrameReader::firstTry());
        const auto again = reader.read(specimen.image, "HUFU:");
        QCOMPARE(ours(again), specimen.text);
        QCOMPARE(reader.lastTry(), std::string_view("near the last"));
        QVERIFY(where.adjusted(-9, -9, 9, 9).contains(again.at(0).where));
        // A picture of another size is another camera.
        reader.read(specimen.image.copy(0, 0, 1200, 720), "HUFU:");
        QCOMPARE(reader.lastTry(), FrameReader::firstTry());
    }
    void noPicture_isNoCode()
    {
        ManualClock clock;
        FrameReader reader(clock);
        QVERIFY(reader.read(QImage(), "HUFU:").empty());
        QVERIFY(reader.read(QImage(1, 1, QImage::Format_RGB32), "HUFU:").empty());
        QVERIFY(reader.read(QImage(3, 900, QImage::Format_RGB32), "HUFU:").empty());
    }
};

QTEST_GUILESS_MAIN(TestFrameReader)
#include "test_frame_reader.moc"
