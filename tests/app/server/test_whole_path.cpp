// A phone, a desk and a relying party against the real server: activation to decryption.
#include "phone_under_test.h"

#include "shield/crypto/sealed_box.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/intent/tbs.h"
#include "shield/phone/upkeep.h"
#include "shield/x509/chain.h"
#include "shield/x509/sm2_der.h"

using namespace hufu;
using namespace hufu::tests;
using phone::Show;

class TestWholePath : public QObject {
    Q_OBJECT

    static constexpr std::string_view kPin = "739154", kNewPin = "482615";

    ServerProcess m_server;
    std::unique_ptr<PhoneUnderTest> m_phone;
    std::unique_ptr<DeskUnderTest> m_desk;
    std::string m_pin{kPin};

    x509::Certificate certificate(const char *name)
    {
        const auto answer =
            ServerProcess::jsonOf(m_server.askAs(m_desk->key, "GET", QStringLiteral("/desk/v1/certificates")));
        const auto holders = answer.value(QLatin1String("holders")).toArray();
        const QString pem = holders.at(0).toObject().value(QLatin1String(name)).toString();
        return x509::Certificate::parsePem(pem.toStdString()).value();
    }
    static QString hexOf(ByteView bytes) { return QString::fromStdString(toHex(bytes)); }
    static QJsonObject file(const QString &name, ByteView content)
    {
        return {{QStringLiteral("name"), name},
                {QStringLiteral("size"), static_cast<qint64>(content.size())},
                {QStringLiteral("sm3"), hexOf(crypto::sm3(content))}};
    }
    static QByteArray draft(const QString &act, QJsonObject members = {})
    {
        members[QStringLiteral("act")] = act;
        return QJsonDocument(members).toJson(QJsonDocument::Compact);
    }
    static QByteArray signDraft(const QString &form, const QJsonArray &files)
    {
        return draft(QStringLiteral("sign"),
                     {{QStringLiteral("form"), form}, {QStringLiteral("files"), files}});
    }
    static QByteArray login() { return draft(QStringLiteral("login")); }
    static QByteArray digitsBody(const QString &digits)
    {
        return QJsonDocument(QJsonObject{{QStringLiteral("digits"), digits}}).toJson();
    }
    // The outcome's signature of an item, against the certificate and bytes.
    static bool verifies(const QJsonObject &view, int item, ByteView tbs)
    {
        const auto outcome = view.value(QStringLiteral("outcome")).toObject();
        const auto rs =
            fromHex(outcome.value(QStringLiteral("signatures")).toArray().at(item).toString().toStdString());
        const auto signer =
            x509::Certificate::parsePem(outcome.value(QStringLiteral("certificate")).toString().toStdString());
        if (!rs || !signer) return false;
        const auto signature = x509::Sm2Signature::fromRaw(*rs);
        return signature && x509::verifySignature(signer->publicKey(), tbs, *signature);
    }
    static intent::Manifest manifestOf(const QJsonObject &view)
    {
        const auto text = view.value(QStringLiteral("outcome"))
                              .toObject()
                              .value(QStringLiteral("manifest"))
                              .toString()
                              .toStdString();
        return intent::Manifest::parse(viewOf(text)).value();
    }
    bool logIn()
    {
        const QString token = m_desk->start(login());
        phone::Approval flow(m_phone->environment);
        const auto step = m_phone->approve(flow, m_desk->frame(), m_pin);
        const auto view = m_desk->look(token);
        return step.show == Show::done &&
               view.value(QStringLiteral("state")).toString() == QLatin1String("approved") &&
               verifies(view, 0, intent::buildTbs(manifestOf(view), 0).value());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_server.start());
        m_phone = std::make_unique<PhoneUnderTest>(m_server);
        m_desk = std::make_unique<DeskUnderTest>(m_server, *m_phone);
    }

    void activation_endsWithCertificates()
    {
        const auto step = m_phone->activate(m_pin);
        if (step.problem) qWarning("HF-%d", step.problem->code);
        QCOMPARE(step.show, Show::done);
        QCOMPARE(*phone::stageOf(m_phone->vault), phone::Stage::active);
        const auto kept = m_phone->vault.certificates().value();
        const auto sign = x509::Certificate::parse(kept.sign).value(),
                   encrypt = x509::Certificate::parse(kept.encrypt).value();
        QVERIFY(sign.allows(x509::KeyKind::sign));
        QVERIFY(encrypt.allows(x509::KeyKind::encrypt));
        x509::Trust trust;
        trust.roots = {
            x509::Certificate::parsePem(m_server.get(QStringLiteral("/ca/root.pem")).body.toStdString())
                .value()};
        trust.intermediates = {
            x509::Certificate::parsePem(m_server.get(QStringLiteral("/ca/issuing.pem")).body.toStdString())
                .value()};
        for (const char *path : {"/ca/issuing.crl", "/ca/root.crl"}) {
            const auto list = m_server.get(QLatin1String(path)).body;
            trust.revocations.push_back(
                x509::RevocationList::parse({reinterpret_cast<const std::uint8_t *>(list.constData()),
                                             static_cast<std::size_t>(list.size())})
                    .value());
        }
        const std::int64_t now = m_phone->clock.unixMs();
        QVERIFY(x509::verifyChain(sign, trust, {x509::KeyKind::sign, now, now, true}));
        QVERIFY(x509::verifyChain(encrypt, trust, {x509::KeyKind::encrypt, now, now, true}));
    }

    void activation_codeOnce()
    {
        // A phone is active: there is no code any more, and the one of the ready line is spent.
        PhoneUnderTest other(m_server);
        phone::Activation flow(other.environment);
        other.run(flow, flow.start(*phone::ActivationLink::parse(m_server.text("activation").toStdString())));
        const auto step = other.run(flow, flow.phoneNumber("13800138000"));
        QVERIFY(step.problem);
        QCOMPARE(step.problem->code, std::uint16_t{400});
    }

    void desk_isEnrolled()
    {
        const QString token = m_desk->enrol();
        QVERIFY(!token.isEmpty());
        phone::Approval flow(m_phone->environment);
        const auto step = m_phone->approve(flow, m_desk->frame(), m_pin);
        if (step.problem) qWarning("HF-%d", step.problem->code);
        QCOMPARE(step.show, Show::done);
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("approved"));
        QVERIFY(certificate("sign").allows(x509::KeyKind::sign));
        const auto people = ServerProcess::jsonOf(m_server.askAs(m_desk->key, "GET", QStringLiteral("/desk/v1/enrolment"))).value(QLatin1String("people")).toArray();
        QCOMPARE(people.size(), 1);
        QVERIFY(!people.at(0)[QLatin1String("name")].toString().isEmpty() && !people.at(0)[QLatin1String("company")].toString().isEmpty());
        QVERIFY(people.at(0)[QLatin1String("enrolledMs")].toDouble() > 0);
    }

    void login_isSigned() { QVERIFY(logIn()); }

    void longPoll_endsWithTheClaim()
    {
        const QString token = m_desk->start(login());
        const auto first = m_desk->look(token);
        const QString path = QStringLiteral("/desk/v1/sessions/%1?wait=30&since=%2")
                                 .arg(token)
                                 .arg(first.value(QStringLiteral("version")).toInt());
        std::optional<net::Answer> answer;
        m_server.client->request("GET", path, ServerProcess::signedHeaders(m_desk->key, "GET", path, {}), {},
                                 40'000, [&](const net::Answer &got) { answer = got; });
        phone::Approval flow(m_phone->environment);
        QCOMPARE(m_phone->run(flow, flow.claim(m_desk->frame(), m_phone->clock.monotonicMs())).show,
                 Show::approve);
        QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 10'000);
        QCOMPARE(ServerProcess::jsonOf(*answer).value(QStringLiteral("state")).toString(),
                 QStringLiteral("claimed"));
        QCOMPARE(m_phone->run(flow, flow.refuse(wire::RefuseReason::person)).show, Show::refused);
        const auto view = m_desk->look(token);
        QCOMPARE(view.value(QStringLiteral("state")).toString(), QStringLiteral("refused"));
        QCOMPARE(view.value(QStringLiteral("code")).toString(), QStringLiteral("HF-209"));
    }

    void sign_bareWithOneRefused()
    {
        const Bytes first = bytesOf(viewOf("bid one")), second = bytesOf(viewOf("bid two"));
        const QString token =
            m_desk->start(signDraft(QStringLiteral("bare"), {file(QStringLiteral("一.txt"), first),
                                                             file(QStringLiteral("二.txt"), second)}));
        QVERIFY(!token.isEmpty());
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("preparing"));
        QCOMPARE(m_desk->attach(token, 0, second), 422); // other bytes
        QCOMPARE(m_desk->attach(token, 7, first), 409);  // no such item
        QCOMPARE(m_desk->attach(token, 0, first), 204);
        QCOMPARE(m_desk->attach(token, 0, first), 204);
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("preparing"));
        QCOMPARE(m_desk->attach(token, 1, second), 204);
        phone::Approval flow(m_phone->environment);
        const auto step = m_phone->approve(flow, m_desk->frame(), m_pin, {0});
        if (step.problem) qWarning("HF-%d", step.problem->code);
        QCOMPARE(step.show, Show::done);
        const auto view = m_desk->look(token);
        const auto signatures =
            view.value(QStringLiteral("outcome")).toObject().value(QStringLiteral("signatures")).toArray();
        QCOMPARE(signatures.size(), 2);
        QVERIFY(signatures.at(0).isNull());
        QVERIFY(verifies(view, 1, second));
    }

    void sign_cms_atAnySize()
    {
        const Bytes content(3'000'000, 0x41);
        const QString token =
            m_desk->start(signDraft(QStringLiteral("cms"), {file(QStringLiteral("大文件.bin"), content)}));
        phone::Approval flow(m_phone->environment);
        QCOMPARE(m_phone->approve(flow, m_desk->frame(), m_pin).show, Show::done);
        const auto view = m_desk->look(token);
        QVERIFY(verifies(view, 0, intent::buildTbs(manifestOf(view), 0).value()));
    }

    void decrypt_reachesTheDeskAlone()
    {
        const Bytes secret = bytesOf(viewOf("the bid's key"));
        const auto ciphertext =
            crypto::sm2Encrypt(certificate("encrypt").publicKey().sm2().value(), secret, m_phone->random).value();
        const Bytes der = x509::sm2CipherDer(ciphertext).value();
        const auto box = crypto::BoxKey::generate(m_phone->random);
        const QString token =
            m_desk->start(draft(QStringLiteral("decrypt"),
                                {{QStringLiteral("deskKey"), hexOf(box.publicKey())},
                                 {QStringLiteral("files"), QJsonArray{file(QStringLiteral("key.der"), der)}}}));
        QVERIFY(!token.isEmpty());
        QCOMPARE(m_desk->attach(token, 0, der), 204);
        phone::Approval flow(m_phone->environment);
        const auto step = m_phone->approve(flow, m_desk->frame(), m_pin);
        if (step.problem) qWarning("HF-%d", step.problem->code);
        QCOMPARE(step.show, Show::done);
        const auto outcome = m_desk->look(token).value(QStringLiteral("outcome")).toObject();
        const auto sealed =
            fromHex(outcome.value(QStringLiteral("sealed")).toArray().at(0).toString().toStdString()).value();
        const auto opened = crypto::openBox(box, sealed).value();
        QVERIFY(sameBytes(opened.expose(), secret));
    }

    void frames_oldForeignTampered_areRefused()
    {
        const auto problemOf = [this](const std::string &frame) {
            phone::Approval flow(m_phone->environment);
            const auto step = m_phone->run(flow, flow.claim(frame, m_phone->clock.monotonicMs()));
            return step.problem ? step.problem->code : std::uint16_t{0};
        };
        const QString token = m_desk->start(login());
        const std::string text = m_desk->frame();
        auto frame = intent::Frame::fromText(text).value();
        frame.code[0] ^= 1;
        QCOMPARE(problemOf(frame.text()), std::uint16_t{204});
        frame = intent::Frame::fromText(text).value();
        frame.token[0] ^= 1;
        QCOMPARE(problemOf(frame.text()), std::uint16_t{206});
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("waiting"));
        QTest::qWait(4'500);
        QCOMPARE(problemOf(text), std::uint16_t{201});
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("waiting"));
    }

    void unknownDesk_mayOnlyLogIn_withDigits()
    {
        const auto started = ServerProcess::jsonOf(
            m_server.askAsParty("POST", QStringLiteral("/rp/v1/sessions"),
                                "{\"idempotencyKey\":\"d\",\"manifest\":{\"act\":\"login\"}}"));
        const QString path =
            QStringLiteral("/rp/v1/sessions/") + started.value(QStringLiteral("token")).toString();
        const auto frame = ServerProcess::jsonOf(m_server.askAsParty("GET", path + QStringLiteral("/frame")))
                               .value(QStringLiteral("text"))
                               .toString();
        phone::Approval flow(m_phone->environment);
        QCOMPARE(m_phone->run(flow, flow.claim(frame.toStdString(), m_phone->clock.monotonicMs())).show,
                 Show::approve);
        QVERIFY(!flow.request()->deskKnown);
        const std::string digits = flow.request()->digits;
        QVERIFY(!digits.empty());
        QCOMPARE(m_phone->run(flow, flow.approve()).show, Show::pin);
        QCOMPARE(m_phone->run(flow, flow.pin(pinOf(m_pin))).show, Show::done);
        auto view = ServerProcess::jsonOf(m_server.askAsParty("GET", path));
        QCOMPARE(view.value(QStringLiteral("state")).toString(), QStringLiteral("claimed"));
        QVERIFY(view.value(QStringLiteral("digitsWanted")).toBool());
        const auto wrong =
            m_server.askAsParty("POST", path + QStringLiteral("/digits"), digitsBody(QStringLiteral("x")));
        QCOMPARE(wrong.status, 422);
        QCOMPARE(ServerProcess::codeOf(wrong), QStringLiteral("HF-207"));
        QCOMPARE(m_server
                     .askAsParty("POST", path + QStringLiteral("/digits"),
                                 digitsBody(QString::fromStdString(digits)))
                     .status,
                 204);
        view = ServerProcess::jsonOf(m_server.askAsParty("GET", path));
        QCOMPARE(view.value(QStringLiteral("state")).toString(), QStringLiteral("approved"));
        QVERIFY(verifies(view, 0, intent::buildTbs(manifestOf(view), 0).value()));
    }

    void refresh_onSchedule_renewsTheSharesWithoutASession()
    {
        auto upkeep = m_phone->vault.upkeep().value();
        const std::uint32_t epoch = upkeep.epoch;
        upkeep.sinceMs -= phone::kRefreshEveryMs;
        QVERIFY(m_phone->vault.writeUpkeep(upkeep));
        m_desk->start(login());
        phone::Approval flow(m_phone->environment);
        QCOMPARE(m_phone->approve(flow, m_desk->frame(), m_pin).show, Show::done);
        const auto refresh = flow.takeRefresh();
        QVERIFY(refresh != nullptr);
        QCOMPARE(m_phone->run(*refresh, refresh->start()).show, Show::done);
        QCOMPARE(m_phone->vault.shares()->front().epoch, epoch + 1);
        QVERIFY(logIn());
    }

    void wrongPin_isCounted_andTheRightOneClears()
    {
        const QString token = m_desk->start(login());
        phone::Approval flow(m_phone->environment);
        const auto step = m_phone->approve(flow, m_desk->frame(), "739155");
        QCOMPARE(step.show, Show::pin);
        QVERIFY(step.problem);
        QCOMPARE(step.problem->code, std::uint16_t{300});
        QCOMPARE(step.problem->triesLeft, std::optional<int>(9));
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("claimed"));
        // Neither half forgets it by a restart.
        m_server.kill();
        QVERIFY(m_server.start());
        m_phone->smsRead = 0;
        QCOMPARE(m_phone->run(flow, flow.connectionLost()).show, Show::pin);
        const auto again = m_phone->run(flow, flow.pin(pinOf(m_pin)));
        QCOMPARE(again.show, Show::done);
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("approved"));
    }

    void smsWrong_isRefused_andNothingIsCounted()
    {
        const Bytes content = bytesOf(viewOf("x"));
        m_desk->start(signDraft(QStringLiteral("cms"), {file(QStringLiteral("x.txt"), content)}));
        phone::Approval flow(m_phone->environment);
        m_phone->run(flow, flow.claim(m_desk->frame(), m_phone->clock.monotonicMs()));
        QCOMPARE(m_phone->run(flow, flow.approve()).show, Show::sms);
        const std::string right = m_phone->newSms();
        const auto step = m_phone->run(flow, flow.smsCode(right == "000000" ? "000001" : "000000"));
        QCOMPARE(step.show, Show::sms);
        QVERIFY(step.problem);
        QCOMPARE(step.problem->code, std::uint16_t{402});
        QCOMPARE(m_phone->run(flow, flow.smsCode(right)).show, Show::pin);
        QCOMPARE(m_phone->run(flow, flow.pin(pinOf(m_pin))).show, Show::done);
    }

    void pinChange_needsTheOldOneAndSms()
    {
        phone::PinChange flow(m_phone->environment);
        auto step = m_phone->run(flow, flow.start());
        QCOMPARE(step.show, Show::sms);
        step = m_phone->run(flow, flow.smsCode(m_phone->newSms()));
        QCOMPARE(step.show, Show::pin);
        m_phone->run(flow, flow.pin(pinOf(m_pin)));
        m_phone->run(flow, flow.newPin(pinOf(kNewPin)));
        step = m_phone->run(flow, flow.repeatPin(pinOf(kNewPin)));
        if (step.problem) qWarning("HF-%d", step.problem->code);
        QCOMPARE(step.show, Show::done);
        m_pin = kNewPin;
        QVERIFY(logIn());
    }

    // The server runs on meanwhile, and sees at once what was said.
    void operatorsWords_actOnTheRunningServer()
    {
        const auto say = [this](const QStringList &words, int &code) {
            QProcess process;
            process.start(QStringLiteral(HUFU_SERVER), words + QStringList{QStringLiteral("--data"), m_server.data()});
            process.waitForFinished(20'000);
            code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
            return code == 0 ? process.readAllStandardOutput() : process.readAllStandardError();
        };
        int code = 0;
        const auto listed = QJsonDocument::fromJson(say({QStringLiteral("devices")}, code)).object();
        QCOMPARE(code, 0);
        const QString account = listed.value(QStringLiteral("account")).toString();
        QCOMPARE(account.size(), 32);
        QVERIFY(!say({QStringLiteral("freeze"), account}, code).isEmpty());
        QCOMPARE(code, 0);
        m_desk->start(login());
        phone::Approval flow(m_phone->environment);
        const auto step = m_phone->approve(flow, m_desk->frame(), m_pin);
        QVERIFY(step.problem);
        QCOMPARE(step.problem->code, std::uint16_t{302});
        QVERIFY(say({QStringLiteral("unfreeze"), account}, code).contains("HF-801"));
        QCOMPARE(code, 1);
        say({QStringLiteral("unfreeze"), account, QStringLiteral("--identity-checked")}, code);
        QCOMPARE(code, 0);
        QVERIFY(logIn());
        const auto unknown = say({QStringLiteral("freeze"), QString(32, QLatin1Char('0'))}, code);
        QCOMPARE(code, 1);
        QVERIFY(unknown.contains("HF-103"));
        const auto link = QJsonDocument::fromJson(say({QStringLiteral("next-grant"), account, QStringLiteral("--listen"),
                                                       QStringLiteral("127.0.0.1:%1").arg(m_server.port()),
                                                       QStringLiteral("--identity-checked")},
                                                      code))
                              .object()
                              .value(QStringLiteral("activation"))
                              .toString();
        QCOMPARE(code, 0);
        QVERIFY(link.startsWith(m_server.text("desk").replace(QStringLiteral("://desk?"), QStringLiteral("://activate?"))));
        QVERIFY(phone::ActivationLink::parse(link.toStdString()));
    }

    void serverDies_atEachDurableStepOfALogin_nothingIsLost_data()
    {
        QTest::addColumn<QString>("step");
        for (const char *step : {"hello.before", "hello.after", "sign.count.before", "sign.count.after",
                                 "sign.result.before", "sign.result.after"})
            QTest::newRow(step) << QString::fromLatin1(step);
    }
    void serverDies_atEachDurableStepOfALogin_nothingIsLost()
    {
        QFETCH(QString, step);
        QVERIFY(m_server.terminate());
        const QStringList seeded{QStringLiteral("--outside"), QStringLiteral("--seed"), QStringLiteral("demo")};
        QVERIFY(m_server.start(seeded + QStringList{QStringLiteral("--fault"), step}));
        int deaths = 0;
        m_phone->onLost = [this, &deaths] {
            if (!m_server.process->waitForFinished(5'000) && m_server.process->state() != QProcess::NotRunning)
                return;
            ++deaths;
            if (!m_server.start()) qWarning("the server did not come back");
        };
        const QString token = m_desk->start(login());
        phone::Approval flow(m_phone->environment);
        auto end = m_phone->approve(flow, m_desk->frame(), m_pin);
        if (end.show == Show::approve) end = m_phone->run(flow, flow.approve());
        if (end.show == Show::pin) end = m_phone->run(flow, flow.pin(pinOf(m_pin)));
        m_phone->onLost = {};
        if (end.problem) qWarning("HF-%d", end.problem->code);
        QCOMPARE(end.show, Show::done);
        QCOMPARE(deaths, 1);
        const auto view = m_desk->look(token);
        QCOMPARE(view.value(QStringLiteral("state")).toString(), QStringLiteral("approved"));
        QVERIFY(verifies(view, 0, intent::buildTbs(manifestOf(view), 0).value()));
    }

    // Of one picture there is one claim: who has it may lose the answer and ask again, and nobody gets anything from it afterwards.
    void frame_replayed_isOfNoUse_onTheSamePhoneOrAnother()
    {
        PhoneUnderTest other(m_server);
        QCOMPARE(other.activateAs(QStringLiteral("13900139001"), kPin).show, Show::done);
        const auto claimed = [](PhoneUnderTest &phone, const std::string &frame) {
            phone::Approval flow(phone.environment);
            const auto step = phone.run(flow, flow.claim(frame, phone.clock.monotonicMs()));
            return std::pair(step.show, step.problem ? step.problem->code : std::uint16_t{0});
        };
        const QString token = m_desk->start(login());
        const std::string frame = m_desk->frame();
        phone::Approval first(m_phone->environment), again(m_phone->environment);
        QCOMPARE(m_phone->run(first, first.claim(frame, m_phone->clock.monotonicMs())).show, Show::approve);
        QVERIFY(claimed(other, frame) == std::pair(Show::stopped, std::uint16_t{203}));
        QCOMPARE(m_desk->look(token).value(QStringLiteral("state")).toString(), QStringLiteral("claimed"));
        QCOMPARE(m_phone->run(again, again.claim(frame, m_phone->clock.monotonicMs())).show, Show::approve);
        QVERIFY(again.request()->manifest.nonce == first.request()->manifest.nonce && again.request()->deskKnown);
        QCOMPARE(m_phone->run(again, again.approve()).show, Show::pin);
        QCOMPARE(m_phone->run(again, again.pin(pinOf(m_pin))).show, Show::done);
        const auto view = m_desk->look(token);
        QCOMPARE(view.value(QStringLiteral("state")).toString(), QStringLiteral("approved"));
        QVERIFY(claimed(*m_phone, frame) == std::pair(Show::stopped, std::uint16_t{202})); // it has had its answer
        QVERIFY(claimed(other, frame) == std::pair(Show::stopped, std::uint16_t{203}));
        const auto after = m_desk->look(token);
        for (const char *member : {"state", "version", "outcome"}) QCOMPARE(after.value(QLatin1String(member)), view.value(QLatin1String(member)));

        // Nor is a fresh one of this person's desk of more use to the other than a log-in that warns.
        m_desk->start(signDraft(QStringLiteral("cms"), {file(QStringLiteral("x.txt"), bytesOf(viewOf("x")))}));
        QVERIFY(claimed(other, m_desk->frame()) == std::pair(Show::stopped, std::uint16_t{215}));
    }

    void log_namesNoPerson()
    {
        QVERIFY(logIn());
        for (const QByteArray &line : m_server.logLines()) {
            QVERIFY2(!QJsonDocument::fromJson(line).isNull(), line.constData());
            for (const char *word : {"13800138000", "张三", "虎符演示建设有限公司"})
                QVERIFY2(!line.contains(word), line.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestWholePath)
#include "test_whole_path.moc"
