#include "shield/intent/frame.h"
#include "tests/support/fakes.h"

#include <QTest>
#include <random>

using namespace hufu;
using namespace hufu::intent;

static Frame deskFrame()
{
    Frame frame;
    frame.kind = FrameKind::desk;
    frame.token.fill(1);
    frame.second = 59;
    frame.code.fill(2);
    frame.deskId.fill(3);
    frame.signature.fill(4);
    return frame;
}

class TestFrame : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void frame_roundTrip_isTheSame()
    {
        for (const FrameKind kind : {FrameKind::desk, FrameKind::page}) {
            Frame frame = deskFrame();
            frame.kind = kind;
            const auto parsed = Frame::fromText(frame.text());
            QVERIFY(parsed);
            QVERIFY(parsed->encode() == frame.encode());
            QCOMPARE(frame.encode().size(), std::size_t{kind == FrameKind::desk ? 117U : 37U});
        }
    }

    void frame_truncatedLongerOrOtherKind_isRefused()
    {
        for (const FrameKind kind : {FrameKind::desk, FrameKind::page}) {
            Frame frame = deskFrame();
            frame.kind = kind;
            Bytes bytes = frame.encode();
            for (std::size_t length = 0; length < bytes.size(); ++length)
                QVERIFY(!Frame::parse(ByteView(bytes).first(length)));
            bytes.push_back(0);
            QVERIFY(!Frame::parse(bytes));
        }
        for (const int kind : {0, 3, 255}) {
            Bytes bytes = deskFrame().encode();
            bytes[0] = static_cast<std::uint8_t>(kind);
            QVERIFY(!Frame::parse(bytes));
        }
    }

    void text_notOurs_isRefused()
    {
        const std::string good = deskFrame().text();
        QVERIFY(good.starts_with("HUFU:1:"));
        for (const std::string &bad :
             {std::string(), std::string("https://example.org/"), std::string("HUFU:1:"),
              std::string("HUFU:2:") + good.substr(7), std::string("hufu:1:") + good.substr(7), good + "0",
              good + good, std::string("HUFU:1:") + std::string(100, ':')})
            QVERIFY(!Frame::fromText(bad));
        std::mt19937 random(1);
        for (int i = 0; i < 2000; ++i) {
            std::string text = "HUFU:1:";
            for (std::size_t k = random() % 180; k > 0; --k)
                text.push_back(static_cast<char>(random() % 256));
            if (const auto parsed = Frame::fromText(text)) QVERIFY(parsed->text() == text);
        }
    }

    void signedBytes_coverAllBeforeTheSignature()
    {
        const Frame frame = deskFrame();
        const Bytes all = frame.encode();
        QVERIFY(frame.signedBytes() == concat({viewOf("HUFU-FRAME-1"), ByteView(all).first(53)}));
    }

    // Vectors: RFC 9285 4.3 and 4.4.
    void base45_knownAnswers_areReproduced()
    {
        const std::pair<std::string, std::string> vectors[] = {
            {"AB", "BB8"}, {"Hello!!", "%69 VD92EX0"}, {"base-45", "UJCLQE7W581"}, {"ietf!", "QED8WEX0"}};
        for (const auto &[plain, encoded] : vectors) {
            QCOMPARE(toBase45(viewOf(plain)), encoded);
            QCOMPARE(textOf(*fromBase45(encoded)), plain);
        }
        for (const char *bad : {"A", "GGW" /* 65,536 */, "::" /* 2,024 */, "abc", "AB\x80"})
            QVERIFY(!fromBase45(bad));
    }

    void code_differsByEveryInput()
    {
        ByteArray<32> bytes{};
        const auto secret = Secret<32>::adopt(bytes);
        ByteArray<32> others{1};
        const auto other = Secret<32>::adopt(others);
        const ByteArray<16> token{};
        const ByteArray<32> manifest{};
        const auto code = frameCode(secret, token, 1, manifest);
        QVERIFY(code == frameCode(secret, token, 1, manifest));
        QVERIFY(code != frameCode(other, token, 1, manifest));
        QVERIFY(code != frameCode(secret, {1}, 1, manifest));
        QVERIFY(code != frameCode(secret, token, 2, manifest));
        QVERIFY(code != frameCode(secret, token, 1, {1}));
    }
};

QTEST_GUILESS_MAIN(TestFrame)
#include "test_frame.moc"
