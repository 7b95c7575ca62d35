// The desk's key, its signed requests, and the life of a task.
#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/desk/desk_key.h"
#include "shield/desk/task.h"
#include "shield/intent/frame.h"
#include "tests/support/fakes.h"

#include <QTest>
#include <algorithm>

using namespace hufu;

static const std::int64_t kNow = 5'000'000;

static desk::DeskKey someKey()
{
    ports::SystemRandom random;
    return desk::DeskKey::generate(random);
}

static intent::Manifest someManifest(const desk::DeskKey &key)
{
    intent::Manifest manifest;
    manifest.act = intent::Act::login;
    manifest.flow = intent::Flow::desk;
    manifest.created = 1'800'000'000'000;
    manifest.platform = {"demo", "Demo platform"};
    manifest.desk = intent::Desk{key.id(), "Desk", true};
    return manifest;
}

static desk::Session someSession(const desk::DeskKey &key, std::uint8_t token = 7)
{
    desk::Session session;
    session.token.fill(token);
    for (auto &byte : session.frameSecret.fill())
        byte = 9;
    session.manifest = someManifest(key).encode();
    return session;
}

class TestDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deskKey_storedAndRestored_isTheSame()
    {
        const auto key = someKey();
        const auto again = desk::DeskKey::restore(key.store());
        QVERIFY(again.has_value());
        QCOMPARE(again->publicKey(), key.publicKey());
        QCOMPARE(again->id(), key.id());
        QVERIFY(crypto::ed25519Verify(key.publicKey(), viewOf("m"), again->sign(viewOf("m"))).has_value());
    }
    void answer_ofAnotherManifest_isRefused()
    {
        const auto key = someKey();
        std::string draft = "{'act':'decrypt','deadline':1800000000001,'deskKey':'" + std::string(64, '7') + "','files':[{'name':'a','size':3,'sm3':'" +
                            std::string(64, '1') + "'}],'platform':{'id':'demo','name':'Demo platform'},'project':{'id':'P','name':'N'}}";
        std::ranges::replace(draft, '\'', '"');
        intent::Manifest base = someManifest(key);
        const auto asked = intent::Manifest::fromDraft(viewOf(draft), base);
        QVERIFY(asked);
        intent::Manifest good = *asked;
        QVERIFY(desk::checkAnswer(good.encode(), viewOf(draft), key));
        good.network = "10.0.0.7"; // the server's
        good.company = "公司";
        QVERIFY(desk::checkAnswer(good.encode(), viewOf(draft), key));
        const auto isRefused = [&](auto change) {
            intent::Manifest bad = *asked;
            change(bad);
            return desk::checkAnswer(bad.encode(), viewOf(draft), key).error().code == Errc::tampered;
        };
        QVERIFY(isRefused([](auto &m) { m.deskKey->front() ^= 1; })); // to whom it is opened
        QVERIFY(isRefused([](auto &m) { m.project->id = "Q"; }));
        QVERIFY(isRefused([](auto &m) { m.project.reset(); }));
        QVERIFY(isRefused([](auto &m) { m.deadline = 1'800'000'000'002; }));
        QVERIFY(isRefused([](auto &m) { m.files[0].sm3[0] ^= 1; }));
        QVERIFY(isRefused([](auto &m) { m.files[0].name = "b"; }));
        QVERIFY(isRefused([](auto &m) { m.files[0].envelope.emplace().fill(1); })); // more than was asked
        QVERIFY(isRefused([](auto &m) { m.files.push_back(m.files[0]); }));
        QVERIFY(isRefused([](auto &m) { m.desk->id[0] ^= 1; }));
        QCOMPARE(desk::checkAnswer(viewOf("{}"), viewOf(draft), key).error().code, Errc::badInput);
    }
    void answer_toAnEnrolment_isOfThisDesk()
    {
        const auto key = someKey(), other = someKey();
        intent::Manifest manifest = someManifest(key);
        QCOMPARE(desk::checkAnswer(manifest.encode(), {}, key).error().code, Errc::tampered); // a log-in
        manifest.act = intent::Act::enrol;
        manifest.desk->known = false;
        manifest.deskPublicKey = key.publicKey();
        QVERIFY(desk::checkAnswer(manifest.encode(), {}, key));
        QVERIFY(!desk::checkAnswer(manifest.encode(), {}, other));
    }
    void deskKey_wrongLength_isRefused()
    {
        for (std::size_t size : {0u, 31u, 33u, 64u})
            QCOMPARE(desk::DeskKey::restore(SecretBytes(size)).error().code, Errc::badInput);
    }
    void request_signed_verifiesOverItsParts()
    {
        const auto key = someKey();
        const auto headers =
            desk::signRequest(key, "POST", "/desk/v1/sessions", 1'800'000'000'123, viewOf("{}"));
        QCOMPARE(headers.desk, toHex(key.id()));
        QCOMPARE(headers.time, std::string("1800000000123"));
        const Bytes expected = concat({viewOf("HUFU-DESK-1\nPOST\n/desk/v1/sessions\n1800000000123\n"),
                                       viewOf(toHex(crypto::sm3(viewOf("{}"))))});
        const auto signature = fromHex(headers.signature);
        QVERIFY(signature.has_value());
        QVERIFY(crypto::ed25519Verify(key.publicKey(), expected, *signature).has_value());
    }
    void request_otherPart_doesNotVerify()
    {
        const auto key = someKey();
        const auto headers = desk::signRequest(key, "GET", "/a", 1, {});
        const Bytes signature = *fromHex(headers.signature);
        QVERIFY(crypto::ed25519Verify(key.publicKey(), desk::requestBytes("GET", "/a", 1, {}), signature)
                    .has_value());
        for (const Bytes &other :
             {desk::requestBytes("PUT", "/a", 1, {}), desk::requestBytes("GET", "/b", 1, {}),
              desk::requestBytes("GET", "/a", 2, {}), desk::requestBytes("GET", "/a", 1, viewOf("x"))})
            QVERIFY(!crypto::ed25519Verify(key.publicKey(), other, signature).has_value());
    }
    void task_showing_drawsASignedFrameEachSecond()
    {
        const auto key = someKey();
        desk::Task task(kNow);
        QVERIFY(task.scene(key, kNow).frame.empty());
        QVERIFY(task.begin(someSession(key), kNow).has_value());
        for (int second : {0, 1, 59}) {
            const auto scene = task.scene(key, kNow + second * 1000 + 10);
            QCOMPARE(scene.stage, desk::Stage::showing);
            const auto frame = intent::Frame::fromText(scene.frame);
            QVERIFY(frame.has_value());
            QCOMPARE(frame->second, static_cast<std::uint32_t>(second));
            QCOMPARE(frame->deskId, key.id());
            QCOMPARE(frame->code, intent::frameCode(task.session()->frameSecret, frame->token, frame->second,
                                                    task.manifest()->sm3()));
            QVERIFY(crypto::ed25519Verify(key.publicKey(), frame->signedBytes(), frame->signature).has_value());
        }
    }
    void task_shownForAMinute_restartsSilently()
    {
        const auto key = someKey();
        desk::Task task(kNow);
        QVERIFY(task.begin(someSession(key, 1), kNow).has_value());
        const auto over = task.scene(key, kNow + limits::kSessionShownMs);
        QVERIFY(over.restart);
        QVERIFY(over.frame.empty());
        QVERIFY(!task.scene(key, kNow + limits::kSessionShownMs + 100).restart); // asked for once
        QVERIFY(task.begin(someSession(key, 2), kNow + limits::kSessionShownMs + 500).has_value());
        task.report(someSession(key, 1).token, desk::Report::expired); // late news of the first one
        task.report(someSession(key, 1).token, desk::Report::refused);
        const auto again = task.scene(key, kNow + limits::kSessionShownMs + 600);
        QCOMPARE(again.stage, desk::Stage::showing);
        QCOMPARE(intent::Frame::fromText(again.frame)->token[0], std::uint8_t(2));
    }
    void task_shownForThreeMinutes_expires()
    {
        const auto key = someKey();
        desk::Task task(kNow);
        QVERIFY(task.begin(someSession(key), kNow + limits::kSessionRestartMs - 5000).has_value());
        QCOMPARE(task.scene(key, kNow + limits::kSessionRestartMs - 1).stage, desk::Stage::showing);
        const auto scene = task.scene(key, kNow + limits::kSessionRestartMs);
        QCOMPARE(scene.stage, desk::Stage::expired);
        QVERIFY(scene.frame.empty());
    }
    void task_claimed_hidesTheCode()
    {
        const auto key = someKey();
        desk::Task task(kNow);
        QVERIFY(task.begin(someSession(key), kNow).has_value());
        task.report(task.session()->token, desk::Report::waiting);
        QVERIFY(!task.scene(key, kNow + 1000).frame.empty());
        task.report(task.session()->token, desk::Report::claimed);
        const auto scene = task.scene(key, kNow + 2000);
        QCOMPARE(scene.stage, desk::Stage::claimed);
        QVERIFY(scene.frame.empty());
        QCOMPARE(task.begin(someSession(key), kNow + 2000).error().code, Errc::badState);
        QCOMPARE(task.scene(key, kNow + 10 * limits::kSessionRestartMs).stage,
                 desk::Stage::claimed); // the server judges
    }
    void task_end_isFinal()
    {
        const auto key = someKey();
        desk::Task task(kNow);
        QVERIFY(task.begin(someSession(key), kNow).has_value());
        task.report(task.session()->token, desk::Report::refused);
        task.report(task.session()->token, desk::Report::approved);
        task.fail();
        QCOMPARE(task.stage(), desk::Stage::refused);
        QVERIFY(desk::finished(task.stage()));
    }
    void task_manifestThatIsNone_isRefused()
    {
        const auto key = someKey();
        desk::Task task(kNow);
        auto session = someSession(key);
        session.manifest.push_back(' ');
        QCOMPARE(task.begin(std::move(session), kNow).error().code, Errc::badInput);
        QCOMPARE(task.stage(), desk::Stage::starting);
        QVERIFY(!task.session().has_value());
    }
    void report_unknownName_isNone()
    {
        QVERIFY(!desk::reportOf("").has_value());
        QVERIFY(!desk::reportOf("Approved").has_value());
        QCOMPARE(*desk::reportOf("expired"), desk::Report::expired);
    }
};

QTEST_GUILESS_MAIN(TestDesk)
#include "test_desk.moc"
