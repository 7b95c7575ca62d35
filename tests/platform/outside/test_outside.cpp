// The stand-ins: what arrives, what is judged, and the faults a tester switches on.
#include "platform/outside/face_service.h"
#include "platform/outside/sms_inbox.h"
#include "platform/outside/virtual_clock.h"
#include "tests/support/fakes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::outside;

class TestOutside : public QObject {
    Q_OBJECT

    tests::ManualClock m_clock;
    ports::SystemRandom m_random;

private Q_SLOTS:
    void sms_sent_isInTheInboxNewestFirst()
    {
        SmsInbox inbox(m_clock);
        QVERIFY(inbox.send("13800138000", "one"));
        QVERIFY(inbox.send("13900139000", "other"));
        QVERIFY(inbox.send("13800138000", "two"));
        const auto messages = inbox.messagesFor("13800138000");
        QCOMPARE(messages.size(), std::size_t(2));
        QCOMPARE(messages[0].text, std::string("two"));
        QCOMPARE(messages[1].text, std::string("one"));
    }

    void sms_down_isUnavailableAndNothingArrives()
    {
        SmsInbox inbox(m_clock);
        inbox.setFaults({true, 0});
        QCOMPARE(inbox.send("13800138000", "x").error().code, Errc::unavailable);
        inbox.setFaults({});
        QVERIFY(inbox.messagesFor("13800138000").empty());
    }

    void sms_delayed_arrivesLater()
    {
        SmsInbox inbox(m_clock);
        inbox.setFaults({false, 5'000});
        QVERIFY(inbox.send("13800138000", "x"));
        QVERIFY(inbox.messagesFor("13800138000").empty());
        m_clock.advance(5'000);
        QCOMPARE(inbox.messagesFor("13800138000").size(), std::size_t(1));
    }

    void sms_repeatedAndBackwards_hasTheOldestOnTop()
    {
        SmsInbox inbox(m_clock);
        inbox.setFaults({false, 0, 2, true});
        QVERIFY(inbox.send("13800138000", "one"));
        QVERIFY(inbox.send("13800138000", "two"));
        for (const auto &messages : {inbox.messagesFor("13800138000"), inbox.messages()})
            QVERIFY(messages.size() == 4 && messages[0].text == "one" && messages[1].text == "one" && messages[2].text == "two");
        inbox.setFaults({});
        QCOMPARE(inbox.messages().front().text, std::string("two"));
    }

    void sms_toNoNumber_isRefused()
    {
        SmsInbox inbox(m_clock);
        for (const char *number : {"", "1234", "12345a", "+", "++12345", "123456789012345678901"})
            QCOMPARE(inbox.send(number, "x").error().code, Errc::badInput);
        QVERIFY(inbox.send("+8613800138000", "x"));
    }

    void sms_tooMany_dropTheOldest()
    {
        SmsInbox inbox(m_clock);
        for (std::size_t i = 0; i < SmsInbox::kKept + 5; ++i)
            QVERIFY(inbox.send("13800138000", std::to_string(i)));
        const auto messages = inbox.messagesFor("13800138000");
        QCOMPARE(messages.size(), SmsInbox::kKept);
        QCOMPARE(messages.back().text, std::string("5"));
    }

    void face_live_isAcceptedOnce()
    {
        FaceService service;
        const Bytes evidence = scriptedEvidence(FaceOutcome::live, m_random);
        QVERIFY(service.judge("person", evidence));
        QCOMPARE(service.judge("person", evidence).error().code, Errc::refused);
        QVERIFY(service.judge("person", scriptedEvidence(FaceOutcome::live, m_random)));
    }

    void face_notLiveOrOther_isRefused()
    {
        FaceService service;
        for (const auto outcome : {FaceOutcome::notLive, FaceOutcome::otherPerson})
            QCOMPARE(service.judge("person", scriptedEvidence(outcome, m_random)).error().code, Errc::refused);
    }

    void face_evidenceOfNoForm_isBadInput()
    {
        FaceService service;
        const Bytes evidence = scriptedEvidence(FaceOutcome::live, m_random);
        for (std::size_t length = 0; length < evidence.size(); ++length)
            QCOMPARE(service.judge("person", ByteView(evidence).first(length)).error().code, Errc::badInput);
        Bytes other = evidence;
        other[0] ^= 1;
        QCOMPARE(service.judge("person", other).error().code, Errc::badInput);
        QCOMPARE(service.judge("", evidence).error().code, Errc::badInput);
        QVERIFY(service.judge("person", evidence)); // none of this used it up
    }

    void face_faults_decide()
    {
        FaceService service;
        const Bytes evidence = scriptedEvidence(FaceOutcome::live, m_random);
        service.setFaults({true, std::nullopt});
        QCOMPARE(service.judge("person", evidence).error().code, Errc::unavailable);
        service.setFaults({false, FaceOutcome::notLive});
        QCOMPARE(service.judge("person", scriptedEvidence(FaceOutcome::live, m_random)).error().code, Errc::refused);
        service.setFaults({});
        QVERIFY(service.judge("person", evidence));
        // A lost answer: judged, and the evidence is spent; a new picture is judged, late.
        const Bytes lost = scriptedEvidence(FaceOutcome::live, m_random);
        service.setFaults({false, std::nullopt, true, {}});
        QCOMPARE(service.judge("person", lost).error().code, Errc::unavailable);
        service.setFaults({false, std::nullopt, false, std::chrono::milliseconds(30)});
        const auto begun = std::chrono::steady_clock::now();
        QCOMPARE(service.judge("person", lost).error().code, Errc::refused);
        QVERIFY(std::chrono::steady_clock::now() - begun >= std::chrono::milliseconds(30));
        QVERIFY(service.judge("person", scriptedEvidence(FaceOutcome::live, m_random)));
    }

    void clock_monotonic_neverGoesBack()
    {
        SystemClock clock;
        std::int64_t last = clock.monotonicMs();
        for (int i = 0; i < 1000; ++i) {
            const std::int64_t now = clock.monotonicMs();
            QVERIFY(now >= last);
            last = now;
        }
        QVERIFY(clock.unixMs() > 1'600'000'000'000);
    }

    void virtualClock_jump_movesAllWhoShareTheFileAndOutlivesThem()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("clock").toStdString();
        SystemClock system;
        {
            const auto one = VirtualClock::open(file), other = VirtualClock::open(file);
            QVERIFY(one && other);
            QVERIFY(std::llabs((*one)->unixMs() - system.unixMs()) < 60'000);
            QVERIFY((*one)->jump(3'600'000));
            QVERIFY((*one)->jump(60'000));
            QCOMPARE((*other)->aheadMs(), std::int64_t(3'660'000));
            QVERIFY((*other)->unixMs() - system.unixMs() >= 3'600'000);
            QVERIFY((*other)->monotonicMs() - system.monotonicMs() >= 3'600'000);
        }
        const auto later = VirtualClock::open(file);
        QVERIFY(later);
        QCOMPARE((*later)->aheadMs(), std::int64_t(3'660'000));
    }

    void virtualClock_backOrTooFar_isRefusedAndStays()
    {
        const QTemporaryDir folder;
        const auto clock = VirtualClock::open(folder.filePath("clock").toStdString());
        QVERIFY(clock && (*clock)->jump(1'000));
        for (const std::int64_t ms : {std::int64_t(-1), VirtualClock::kAheadMostMs, INT64_MAX, INT64_MIN}) {
            const auto refused = (*clock)->jump(ms);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, Errc::badInput);
        }
        QCOMPARE((*clock)->aheadMs(), std::int64_t(1'000));
        QVERIFY((*clock)->jump(VirtualClock::kAheadMostMs - 1'000));
    }

    void virtualClock_otherFiles_areRefused()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("clock"));
        for (const QByteArray &content : {QByteArray("30 min"), QByteArray(8, '\xff'), QByteArray(9, '\0')}) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(content);
            file.close();
            const auto clock = VirtualClock::open(file.fileName().toStdString());
            QVERIFY(!clock);
            QCOMPARE(clock.error().code, Errc::badInput);
        }
        QCOMPARE(VirtualClock::open(folder.path().toStdString()).error().code, Errc::unavailable);
        QCOMPARE(VirtualClock::open(folder.filePath("none/clock").toStdString()).error().code, Errc::unavailable);
    }
};

QTEST_GUILESS_MAIN(TestOutside)
#include "test_outside.moc"
