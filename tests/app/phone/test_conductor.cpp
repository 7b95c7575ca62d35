// The pages and the engine's thread behind them: a signature from the frame to the result, a server that stops it, and a program that
// ends in the middle.
#include "app/phone/conductor.h"
#include "tests/app/phone/direct_channel.h"
#include "tests/app/phone/pocket.h"
#include "tests/shield/intent/manifests.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace hufu;
using namespace hufu::tests;
using phone_app::Screens;

Q_DECLARE_METATYPE(hufu::wire::AccountState)

namespace {

// To a server that is not there.
class AwayChannel final : public phone_app::Channel {
public:
    explicit AwayChannel(int &opens) : m_opens(opens) {}
    void open() override
    {
        ++m_opens;
        QMetaObject::invokeMethod(this, [this] { Q_EMIT closed(); }, Qt::QueuedConnection);
    }
    void send(const Bytes &) override {}
    void close() override {}

private:
    int &m_opens;
};

struct Bench {
    PhoneHalf half;
    int looks = 0; // at the server, of the watch at home
    Screens screens;
    std::unique_ptr<phone_app::Conductor> conductor;
    DirectChannel *channel = nullptr; // the last that was made
    phone_app::Engine *engine = nullptr;
    ByteArray<16> token{};
    const Bytes content{'a', 'b', 'c'};

    // Home, with an active shield. The half is the worker's from here on, and the test's while the worker waits for a page.
    bool start()
    {
        if (!half.activate()) return false;
        run();
        return shows(Screens::Home);
    }
    void run(std::unique_ptr<phone_app::Prober> prober = nullptr)
    {
        auto worker = std::make_unique<phone_app::Engine>(
            half.environment, [this](const vault::ServerLink &) {
                auto made = std::make_unique<DirectChannel>(half);
                channel = made.get();
                return made;
            });
        engine = worker.get();
        conductor = std::make_unique<phone_app::Conductor>(
            screens, std::move(worker), [] { return Bytes(); }, std::move(prober), nullptr);
        conductor->start({});
    }
    bool shows(Screens::Page page)
    {
        return QTest::qWaitFor([&] { return screens.page() == page; }, 20'000);
    }
    // What the worker uses is changed on its thread.
    void there(const std::function<void()> &what) { QMetaObject::invokeMethod(engine, what, Qt::BlockingQueuedConnection); }
    // The server answers every code and act with this, until it is mended.
    void failWith(int code)
    {
        there([this, code] {
            half.server.onAnswer = [code](Bytes &answer) {
                wire::Failure failure;
                failure.errc = Errc::refused;
                failure.code = static_cast<std::uint16_t>(code);
                if (wire::Envelope::split(answer)->type == wire::Type::claimed) answer = wire::encode(failure);
            };
        });
    }
    void mend()
    {
        there([this] { half.server.onAnswer = nullptr; });
    }
    void scan()
    {
        token = half.server.open(manifestOf(intent::Act::sign), {content});
        QElapsedTimer since;
        since.start();
        Q_EMIT screens.scan()->seen(QString::fromStdString(half.server.frame(token).text()), since);
    }
    bool reachesThePin()
    {
        scan();
        if (!shows(Screens::Approve)) return false;
        screens.approve()->approve();
        return shows(Screens::PinPad);
    }
    void type(std::string_view digits)
    {
        for (const char digit : digits)
            screens.pin()->press(digit - '0');
        screens.pin()->submit();
    }
};

} // namespace

class TestConductor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signature_fromTheFrameToTheResult_isMadeAndVerifies()
    {
        Bench bench;
        QVERIFY(bench.start());
        QCOMPARE(bench.screens.home()->card().signAlgorithm, QStringLiteral("SM2"));
        QVERIFY(bench.reachesThePin());
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
        QCOMPARE(bench.screens.pin()->length(), 0);
        const auto &signatures = bench.half.server.sessions.at(bench.token).signatures;
        QCOMPARE(signatures.size(), std::size_t{1});
        QVERIFY(bench.half.signPoint().verify(bench.content, signatures[0]));
        bench.screens.result()->close();
        QVERIFY(bench.shows(Screens::Home));
    }

    // What the phone saw of an act, signed by its key: saved from the page of the result and of the failure, and naming nobody.
    void evidence_ofAnAct_isSavedSignedAndNamesNobody()
    {
        Bench bench;
        QTemporaryDir folder;
        bench.screens.evidence()->setFolder(folder.path());
        QVERIFY(bench.half.activate());
        const auto phoneId = audit::makerOf(bench.half.vault.evidenceKey()->publicKey());
        const std::string person = bench.half.vault.device()->value().person, company = bench.half.vault.device()->value().company;
        bench.run();
        QVERIFY(bench.shows(Screens::Home));
        QVERIFY(bench.screens.evidence()->caseId().isEmpty());
        bench.screens.evidence()->save(); // there is nothing yet
        QVERIFY(bench.reachesThePin());
        bench.type("928374");
        QTRY_VERIFY(bench.screens.page() == Screens::PinPad && bench.screens.pin()->problem() != 0);
        const int wrong = bench.screens.pin()->problem();
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
        const QString caseId = bench.screens.evidence()->caseId();
        const auto saved = [&](QStringList &steps) {
            bench.screens.evidence()->save();
            if (!QTest::qWaitFor([&] { return !bench.screens.evidence()->savedAs().isEmpty(); })) return std::optional<audit::Bundle>();
            QFile file(bench.screens.evidence()->savedAs());
            if (!file.open(QIODevice::ReadOnly)) return std::optional<audit::Bundle>();
            const QByteArray text = file.readAll();
            const auto bundle = audit::Bundle::parse(text.toStdString());
            if (!bundle || !audit::judge(*bundle, phoneId).holds()) return std::optional<audit::Bundle>();
            for (const std::string &word : {person, company, manifestOf(intent::Act::sign).files[0].name})
                if (text.contains(QByteArray::fromStdString(word))) return std::optional<audit::Bundle>();
            for (const auto &entry : bundle->entries)
                steps << QString::fromUtf8(audit::nameOf(static_cast<audit::Step>(entry->entry.event)));
            return std::optional(*bundle);
        };
        QStringList steps;
        const auto bundle = saved(steps);
        QVERIFY(bundle && bundle->kind == audit::Maker::phone && QString::fromStdString(toHex(bundle->caseId)) == caseId);
        QCOMPARE(steps, (QStringList{QStringLiteral("begun-on-phone"), QStringLiteral("shown"), QStringLiteral("approved"), QStringLiteral("factor-given"), QStringLiteral("problem-shown"),
                                     QStringLiteral("factor-given"), QStringLiteral("file-done"), QStringLiteral("finished")}));
        QVERIFY(bundle->entries[1]->entry.subject == bench.token);
        QVERIFY(bundle->entries[1]->entry.object == bench.half.server.sessions.at(bench.token).manifest.sm3());
        QCOMPARE(int(bundle->entries[4]->entry.code), wrong);
        QCOMPARE(bundle->entries[6]->entry.object, manifestOf(intent::Act::sign).files[0].sm3);
        QVERIFY(QFileInfo(bench.screens.evidence()->savedAs()).fileName().startsWith(QStringLiteral("hufu-evidence-") + caseId.left(8)));
        bench.screens.result()->close();
        QVERIFY(bench.shows(Screens::Home));
        QVERIFY(bench.screens.evidence()->caseId().isEmpty());

        // Of a failure likewise, under another case; where nothing can be written, that is said.
        QElapsedTimer since;
        since.start();
        Q_EMIT bench.screens.scan()->seen(QStringLiteral("HUFU:1:"), since);
        QVERIFY(bench.shows(Screens::Error));
        QVERIFY(!bench.screens.evidence()->caseId().isEmpty() && bench.screens.evidence()->caseId() != caseId);
        steps.clear();
        QVERIFY(saved(steps));
        QCOMPARE(steps, (QStringList{QStringLiteral("begun-on-phone"), QStringLiteral("failed")}));
        bench.screens.evidence()->setFolder(bench.screens.evidence()->savedAs() + QStringLiteral("/no-folder"));
        bench.screens.evidence()->save();
        QTRY_COMPARE(bench.screens.evidence()->problem(), 610);
    }

    void wrongPin_asksAgainAndTheRightOneSigns()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.type("928374");
        QTRY_VERIFY(bench.screens.page() == Screens::PinPad && bench.screens.pin()->problem() != 0);
        QCOMPARE(bench.screens.pin()->length(), 0);
        QCOMPARE(bench.screens.approve()->request().act, QStringLiteral("sign")); // what for, and how long still
        QVERIFY(bench.screens.approve()->secondsLeft() > 0 && bench.screens.approve()->secondsLeft() <= bench.screens.approve()->secondsTotal());
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
    }

    void connection_lostWhileTheRequestIsRead_isSaid_andTheTimeGoesOn()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.scan();
        QVERIFY(bench.shows(Screens::Approve));
        bool isSaid = false;
        connect(&bench.screens, &Screens::connectionChanged, this, [&] { isSaid = isSaid || bench.screens.reconnecting(); });
        QMetaObject::invokeMethod(bench.channel, &phone_app::Channel::closed, Qt::QueuedConnection);
        QTRY_VERIFY(isSaid);
        QVERIFY(bench.screens.page() == Screens::Approve);
        QVERIFY(bench.screens.approve()->secondsLeft() > 0);
        bench.screens.approve()->approve();
        QVERIFY(bench.shows(Screens::PinPad));
        QVERIFY(bench.screens.approve()->secondsLeft() > 0);
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
    }

    // To read the request again is not to refuse it: what was left out stays left out, what was typed of the PIN is gone.
    void back_fromThePin_isTheRequestAgain()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.token = bench.half.server.open(manifestOf(intent::Act::sign), {bench.content});
        QElapsedTimer since;
        since.start();
        Q_EMIT bench.screens.scan()->seen(QString::fromStdString(bench.half.server.frame(bench.token).text()), since);
        QVERIFY(bench.shows(Screens::Approve));
        QVERIFY(bench.screens.approve()->request().platformNew && bench.screens.approve()->request().deskNew);
        bench.screens.approve()->approve();
        QVERIFY(bench.shows(Screens::PinPad));
        bench.screens.pin()->press(7);
        bench.screens.pin()->cancel();
        QVERIFY(bench.shows(Screens::Approve));
        QCOMPARE(bench.screens.pin()->length(), 0);
        QVERIFY(bench.screens.approve()->secondsLeft() > 0);
        QVERIFY(!bench.half.server.sessions.at(bench.token).refused);
        bench.screens.approve()->approve();
        QVERIFY(bench.shows(Screens::PinPad));
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
        bench.screens.result()->close();
        QVERIFY(bench.shows(Screens::Home));
        // The second request of this computer for this platform is nothing new; there, too, who turns back may refuse.
        QVERIFY(bench.reachesThePin());
        QVERIFY(!bench.screens.approve()->request().platformNew && !bench.screens.approve()->request().deskNew);
        bench.screens.pin()->cancel();
        QVERIFY(bench.shows(Screens::Approve));
        bench.screens.approve()->refuse(phone_app::ApproveModel::Person);
        QVERIFY(bench.shows(Screens::Result));
        QVERIFY(bench.half.server.sessions.at(bench.token).refused);
    }

    // A phone that died at a request says so when it is started, as long as the computer may wait, and no longer than until the next one.
    void request_atWhichThePhoneDied_isToldAtTheNextStart()
    {
        for (const bool isLate : {false, true}) {
            Bench bench;
            QVERIFY(bench.half.activate());
            {
                phone::Approval flow(bench.half.environment);
                QCOMPARE(bench.half.claim(flow, bench.half.server.open(manifestOf(intent::Act::login))).show, phone::Show::approve);
            }
            bench.half.server.sessions.clear();
            if (isLate) bench.half.clock.advance(limits::kDecryptTimeMs);
            bench.run();
            QVERIFY(bench.shows(Screens::Home));
            QCOMPARE(int(bench.conductor->standing().history.first().code), 216);
            QCOMPARE(bench.screens.home()->undecided(), !isLate);
            QVERIFY(bench.reachesThePin());
            bench.type(kPin);
            QVERIFY(bench.shows(Screens::Result));
            bench.screens.result()->close();
            QVERIFY(bench.shows(Screens::Home));
            QVERIFY(!bench.screens.home()->undecided());
        }
    }

    void request_lookedAtAgainAfterThePhoneDied_isOneInTheHistory()
    {
        Bench bench;
        QVERIFY(bench.half.activate());
        const auto token = bench.half.server.open(manifestOf(intent::Act::login));
        for (int time = 0; time < 2; ++time) {
            phone::Approval flow(bench.half.environment);
            QCOMPARE(bench.half.claim(flow, token).show, phone::Show::approve);
            QCOMPARE(std::ranges::count(*bench.half.vault.history(), token, &vault::HistoryEntry::token), std::ptrdiff_t(1));
        }
    }

    // The history has the whole manifest that was approved.
    void history_ofAnApproval_hasItsManifest()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        const auto read = bench.screens.approve()->request();
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
        bench.screens.result()->close();
        QVERIFY(bench.shows(Screens::Home));
        const auto kept = bench.conductor->standing().history.first().shown;
        QCOMPARE(kept.act, QStringLiteral("sign"));
        QCOMPARE(kept.platformName, read.platformName);
        QCOMPARE(kept.company, read.company);
        QCOMPARE(kept.person, read.person);
        QCOMPARE(kept.form, QStringLiteral("bare"));
        QCOMPARE(kept.deskName, read.deskName);
        QCOMPARE(kept.files.size(), read.files.size());
        QVERIFY(!kept.company.isEmpty() && !kept.person.isEmpty());
    }

    void platform_ofAKnownNameAndAnotherNumber_isNew()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
        bench.screens.result()->close();
        QVERIFY(bench.shows(Screens::Home));
        auto other = manifestOf(intent::Act::login);
        other.platform.id += "-2";
        bench.token = bench.half.server.open(other);
        QElapsedTimer since;
        since.start();
        Q_EMIT bench.screens.scan()->seen(QString::fromStdString(bench.half.server.frame(bench.token).text()), since);
        QVERIFY(bench.shows(Screens::Approve));
        QVERIFY(bench.screens.approve()->request().platformNew);
        QVERIFY(!bench.screens.approve()->request().deskNew);
    }

    void refusal_asAnAttack_isSaidWithWhatToDo_andAPlainOneIsNot()
    {
        Bench bench;
        QVERIFY(bench.start());
        for (const auto reason : {phone_app::ApproveModel::NotMine, phone_app::ApproveModel::Person}) {
            bench.scan();
            QVERIFY(bench.shows(Screens::Approve));
            bench.screens.approve()->refuse(reason);
            QVERIFY(bench.shows(Screens::Result));
            QVERIFY(!bench.screens.result()->approved());
            QCOMPARE(bench.screens.result()->refusal(), reason == phone_app::ApproveModel::NotMine ? phone_app::ResultModel::Attack : phone_app::ResultModel::Told);
            bench.screens.result()->close();
            QVERIFY(bench.shows(Screens::Home));
        }
    }

    // Until a computer is enrolled home says that this comes next.
    void home_withoutAComputer_saysSo_data()
    {
        QTest::addColumn<bool>("enrolled");
        QTest::newRow("none") << false;
        QTest::newRow("one") << true;
    }
    void home_withoutAComputer_saysSo()
    {
        QFETCH(bool, enrolled);
        Bench bench;
        if (enrolled) bench.half.server.desks.items = {{{1}, "投标室", "", 5, false}};
        if (enrolled) bench.half.server.account.seatUntilMs = bench.half.clock.unixMs() + 1; // so that it shows when the server has answered
        QVERIFY(bench.start());
        const int cause = enrolled ? phone_app::HomeModel::SeatEnds : phone_app::HomeModel::DeskMissing;
        QTRY_COMPARE(bench.screens.home()->readiness().cause, cause);
        QTRY_COMPARE(bench.screens.home()->deskMissing(), !enrolled);
    }
    // What would stop an act is on home before one is tried, and leads to the way out of it.
    void home_ofAShieldThatCannot_saysWhy_data()
    {
        using wire::DeviceState;
        using phone_app::HomeModel;
        QTest::addColumn<wire::AccountState>("account");
        QTest::addColumn<int>("cause");
        QTest::addColumn<int>("page");
        constexpr std::int64_t kFar = 4'000'000'000'000;
        QTest::newRow("frozen") << wire::AccountState{DeviceState::frozen, 0, 10, 0, 0, kFar, 0, 0, {}} << int(HomeModel::Frozen) << int(Screens::Frozen);
        QTest::newRow("copied") << wire::AccountState{DeviceState::cloned, 0, 0, 0, 0, kFar, 0, 0, {}} << int(HomeModel::Copied) << int(Screens::Frozen);
        QTest::newRow("locked") << wire::AccountState{DeviceState::active, 6, 4, 290, 0, kFar, 0, 0, {}} << int(HomeModel::Locked) << int(Screens::Locked);
        QTest::newRow("revoked") << wire::AccountState{DeviceState::active, 10, 0, 0, 601, kFar, 0, 0, {}} << int(HomeModel::CertificateRevoked) << int(Screens::Diagnosis);
        QTest::newRow("seat over") << wire::AccountState{DeviceState::active, 10, 0, 0, 409, 5, 0, 0, {}} << int(HomeModel::SeatOver) << int(Screens::Diagnosis);
        QTest::newRow("no computer") << wire::AccountState{DeviceState::active, 10, 0, 0, 0, kFar, 0, 0, {}} << int(HomeModel::DeskMissing) << int(Screens::Desks);
    }
    void home_ofAShieldThatCannot_saysWhy()
    {
        QFETCH(wire::AccountState, account);
        QFETCH(int, cause);
        QFETCH(int, page);
        Bench bench;
        bench.half.server.account = account;
        QVERIFY(bench.start());
        QTRY_COMPARE(bench.screens.home()->readiness().cause, cause);
        bench.screens.home()->openReadiness();
        QVERIFY(bench.shows(static_cast<Screens::Page>(page)));
    }
    // The watch at home goes on again and again; not while the window is down.
    void watch_rests_whileNobodySeesIt()
    {
        Bench bench;
        QVERIFY(bench.half.activate());
        auto prober = std::make_unique<phone_app::Prober>([&bench](const vault::ServerLink &) { return std::make_unique<AwayChannel>(bench.looks); }, bench.half.clock);
        prober->setPauses(1, 1);
        bench.run(std::move(prober));
        QVERIFY(bench.shows(Screens::Home));
        QTRY_VERIFY(bench.looks >= 5);
        bench.conductor->setInSight(false);
        QTest::qWait(30); // a look that is under way ends
        const int before = bench.looks;
        QTest::qWait(100);
        QCOMPARE(bench.looks, before);
        bench.conductor->setInSight(true);
        QTRY_VERIFY(bench.looks >= before + 3);
    }
    // Before there is a shield, the people of the server that the link leads to; without a link nobody's.
    void help_ofAnActivationThatIsNotFinished_namesWhomToAsk()
    {
        const QString link = QStringLiteral("hufu://activate?host=shield.example.cn&port=8443&pin=%1&pin2=%2&code=%3").arg(QString(64, QLatin1Char('a')), QString(64, QLatin1Char('c')), QString(32, QLatin1Char('b')));
        for (const QString &known : {link, QString()}) {
            Bench bench;
            QStringList hosts;
            auto engine = std::make_unique<phone_app::Engine>(bench.half.environment, [&bench](const vault::ServerLink &) { return std::make_unique<DirectChannel>(bench.half); });
            phone_app::SupportLine line;
            line.send = [](const vault::ServerLink &, const QByteArray &, const phone_app::CaseSent &) {};
            line.ask = [&hosts](const vault::ServerLink &server, const phone_app::ContactsHeard &heard) {
                hosts << QString::fromStdString(server.host);
                heard(R"({"hotline":{"zh":"400-000-0000","en":"400-000-0000"},"hours":{"zh":"工作日","en":"working days"}})");
            };
            bench.conductor = std::make_unique<phone_app::Conductor>(bench.screens, std::move(engine), [] { return Bytes(); }, nullptr, nullptr, nullptr, line);
            bench.conductor->start(known);
            QVERIFY(bench.shows(Screens::Welcome));
            bench.screens.welcome()->openSupport();
            QVERIFY(bench.shows(Screens::Support));
            QCOMPARE(hosts, known.isEmpty() ? QStringList() : QStringList(QStringLiteral("shield.example.cn")));
            QCOMPARE(bench.screens.support()->contacts().size(), known.isEmpty() ? 0 : 2);
            // The people of another link's server while that activation runs; once the person has turned back from it, those of the one that goes on.
            const QString other = QString(link).replace(QStringLiteral("shield.example.cn"), QStringLiteral("other.example.cn"));
            bench.screens.leave();
            bench.screens.link()->submit(other);
            QVERIFY(bench.shows(Screens::PhoneNumber));
            hosts.clear();
            Q_EMIT bench.screens.welcome()->supportAsked();
            QCOMPARE(hosts, QStringList(QStringLiteral("other.example.cn")));
            bench.screens.leave();
            bench.screens.phoneNumber()->cancel();
            QVERIFY(bench.shows(Screens::Welcome));
            hosts.clear();
            bench.screens.welcome()->openSupport();
            QCOMPARE(hosts, QStringList(known.isEmpty() ? QStringLiteral("other.example.cn") : QStringLiteral("shield.example.cn")));
            bench.conductor.reset();
        }
    }
    void selfTest_asksForNameAndVersion_andHearsTheNewestAnswerAlone()
    {
        using D = phone_app::DiagnosisModel;
        using phone_app::Survey;
        Bench bench;
        QVERIFY(bench.start());
        QList<phone_app::SurveyDone> asked;
        bench.conductor->surveyWith([&asked](const vault::ServerLink &, const phone_app::SurveyDone &done) { asked << done; });
        D *model = bench.screens.diagnosis();
        const auto check = [model](D::Kind kind) { return model->checks().at(kind).value<phone_app::CheckView>(); };
        Q_EMIT bench.screens.centre()->placeAsked(phone_app::CentreModel::Diagnosis);
        QVERIFY(bench.shows(Screens::Diagnosis));
        QCOMPARE(asked.size(), 1);
        QVERIFY(model->running() && check(D::Name).state == D::Running);
        model->run();
        QCOMPARE(asked.size(), 2);
        asked[0]({Survey::Name::unknown, {}, 0, {}}); // to the one before
        QCOMPARE(check(D::Name).state, int(D::Running));
        asked[1]({Survey::Name::known, QStringLiteral("192.0.2.7"), 4, QStringLiteral("1.0.0")});
        QVERIFY(!model->running());
        QCOMPARE(check(D::Name).text, QStringLiteral("192.0.2.7"));
        QCOMPARE(check(D::ServerVersion).text, QStringLiteral("Hufu 1.0.0"));
    }
    // Somebody between who changes the answer is not believed, and a server of before says nothing.
    void home_whoseAccountNobodyVouchesFor_saysNothingOfIt()
    {
        Bench bench;
        bench.half.server.account = {wire::DeviceState::frozen, 0, 10, 0, 0, 0, 0, 0, {}};
        bench.half.server.onAnswer = [](Bytes &answer) {
            if (auto state = wire::decode<wire::AccountState>(answer)) {
                state->bar = 601;
                answer = wire::encode(*state);
            }
        };
        QVERIFY(bench.start());
        QTest::qWait(300);
        QCOMPARE(bench.screens.home()->readiness().cause, int(phone_app::HomeModel::Looking));
    }
    // From the page over the guard and the PIN to the server.
    void revocation_fromTheCertificatePage_isAnActUnderThePin()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.screens.centre()->open(phone_app::CentreModel::Certificate);
        QVERIFY(bench.shows(Screens::Certificate));
        bench.screens.shields()->askRevocation();
        QVERIFY(bench.shows(Screens::Revocation));
        bench.screens.shields()->revoke(QStringLiteral("nothing like it"));
        QTRY_VERIFY(bench.screens.shields()->numberWrong()); // the list of bids was never fetched here: a word is asked for
        QVERIFY(bench.screens.page() == Screens::Revocation);
        bench.screens.shields()->revoke(bench.conductor->standing().card.signSerial.right(4));
        QVERIFY(bench.shows(Screens::Approve));
        QCOMPARE(bench.screens.approve()->request().act, QStringLiteral("revoke"));
        bench.screens.approve()->approve();
        QVERIFY(bench.shows(Screens::PinPad));
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
        QCOMPARE(bench.screens.result()->act(), QStringLiteral("revoke"));
    }
    void linkPage_scan_readsTheCodeOfAnOtherPhone()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.screens.link()->show({}, 0, false);
        bench.screens.show(Screens::Link);
        bench.screens.link()->scan();
        QVERIFY(bench.shows(Screens::Scan) && bench.screens.scan()->forLink());
        bench.screens.scan()->cancel();
        QVERIFY(bench.shows(Screens::Link));
        bench.screens.link()->scan();
        Q_EMIT bench.screens.scan()->linkSeen(QStringLiteral("hufu://activate?code=1"));
        QVERIFY(bench.shows(Screens::Link));
        QCOMPARE(bench.screens.link()->text(), QStringLiteral("hufu://activate?code=1"));
    }

    void linkPage_pasteOfNothing_saysSo()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.screens.link()->show(QStringLiteral("hufu://act"), 0, false);
        bench.screens.show(Screens::Link);
        bench.screens.link()->paste();
        QTRY_COMPARE(bench.screens.link()->problem(), 210);
        QCOMPARE(bench.screens.link()->text(), QStringLiteral("hufu://act"));
    }
    // Each line of the self-test stands in it, the camera's too.
    void report_ofTheSelfTest_hasEachCheck()
    {
        Bench bench;
        QTemporaryDir folder;
        bench.screens.diagnosis()->setFolder(folder.path());
        QVERIFY(bench.start());
        bench.screens.centre()->open(phone_app::CentreModel::Diagnosis);
        QVERIFY(bench.shows(Screens::Diagnosis));
        bench.screens.diagnosis()->save();
        QFile file(bench.screens.diagnosis()->savedAs());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const QVariantList checks = bench.screens.diagnosis()->checks();
        QCOMPARE(text.count("\ncheck "), checks.size());
        QVERIFY(text.contains("\ncheck Camera: ") && text.contains("\ncheck Network: "));
    }

    void serverThatStops_showsWhyAndLeavesHomeBehind()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.half.server.onAnswer = [](Bytes &answer) {
            wire::EpochIs other;
            other.epoch = 77;
            if (wire::Envelope::split(answer)->type == wire::Type::chal) answer = wire::encode(other);
        };
        bench.scan();
        QVERIFY(bench.shows(Screens::Error));
        QCOMPARE(bench.screens.error()->code(), 308);
        bench.screens.error()->close();
        QVERIFY(bench.shows(Screens::Home));
    }

    // What failed is begun anew, and nothing else: an act of the phone by itself, a code at the page that scans.
    void tryAgain_beginsTheSameAct_data()
    {
        QTest::addColumn<QString>("act");
        for (const char *act : {"sign", "rehearseSign", "rehearseDecrypt", "vouch", "revoke"})
            QTest::newRow(act) << QString::fromLatin1(act);
    }
    void tryAgain_beginsTheSameAct()
    {
        QFETCH(QString, act);
        Bench bench;
        QVERIFY(bench.start());
        bench.failWith(508);
        if (act == QLatin1String("sign")) bench.scan();
        else if (act == QLatin1String("vouch")) bench.screens.next()->renewHere();
        else if (act == QLatin1String("revoke")) {
            bench.screens.centre()->open(phone_app::CentreModel::Certificate);
            QVERIFY(bench.shows(Screens::Certificate));
            bench.screens.shields()->askRevocation();
            bench.screens.shields()->revoke(bench.conductor->standing().card.signSerial.right(4));
        } else bench.screens.certificate()->rehearse(act == QLatin1String("rehearseDecrypt"));
        QVERIFY(bench.shows(Screens::Error));
        QCOMPARE(bench.screens.error()->code(), 508);
        QVERIFY(bench.screens.error()->retryPossible());
        bench.mend();
        bench.screens.error()->retry();
        if (act == QLatin1String("sign")) {
            QCOMPARE(bench.screens.page(), Screens::Scan);
            bench.scan();
        }
        QVERIFY(bench.shows(Screens::Approve));
        QCOMPARE(bench.screens.approve()->request().act, act);
    }
    // What another try cannot mend offers none.
    void tryAgain_isOfferedWhereItHelps_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("offered");
        for (const int code : {106, 214, 215, 307, 404, 407, 409, 600, 601, 606, 607, 609})
            QTest::newRow(qPrintable(QString::number(code))) << code << false;
        for (const int code : {202, 203, 204, 503, 506, 508})
            QTest::newRow(qPrintable(QString::number(code))) << code << true;
    }
    void tryAgain_isOfferedWhereItHelps()
    {
        QFETCH(int, code);
        QFETCH(bool, offered);
        Bench bench;
        QVERIFY(bench.start());
        bench.failWith(code);
        bench.scan();
        QVERIFY(bench.shows(Screens::Error));
        QCOMPARE(bench.screens.error()->code(), code);
        QCOMPARE(bench.screens.error()->retryPossible(), offered);
    }
    // A code that could not be sent before it grew too old is looked for again, by itself, as soon as the server is back.
    void scan_whileTheServerIsAway_goesOnAtThePageThatScans()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.there([&bench] { bench.half.server.down = true; });
        bench.scan();
        QTRY_VERIFY_WITH_TIMEOUT(bench.screens.reconnecting(), 5000);
        QCOMPARE(bench.screens.page(), Screens::Working);
        bench.there([&bench] {
            bench.half.clock.advance(8'000);
            bench.half.server.down = false;
        });
        QVERIFY(bench.shows(Screens::Scan));
        QVERIFY(bench.screens.scan()->onceMore() && bench.screens.scan()->problem() == 0);
        QVERIFY(!bench.screens.reconnecting());
        bench.scan();
        QVERIFY(bench.shows(Screens::Approve));
        bench.screens.scan()->open();
        QVERIFY(!bench.screens.scan()->onceMore());
    }

    void answerThatDoesNotBelongThere_isSaid_andNothingIsSigned()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.half.server.onAnswer = [](Bytes &answer) {
            auto chal = wire::decode<wire::Chal>(answer);
            if (!chal) return;
            chal->ctr += 1;
            answer = wire::encode(*chal);
        };
        bench.scan();
        QVERIFY(bench.shows(Screens::Error));
        QCOMPARE(bench.screens.error()->code(), 507);
        QVERIFY(std::find(bench.half.sent.begin(), bench.half.sent.end(), wire::Type::sign) == bench.half.sent.end());
    }

    void programThatEnds_whileAPinIsTyped_signsNothing()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.screens.pin()->press(7);
        bench.conductor.reset();
        bench.type("39154");
        QCoreApplication::processEvents();
        QVERIFY(bench.half.server.sessions.at(bench.token).signatures.empty());
        QVERIFY(bench.screens.page() == Screens::PinPad);
    }

    // Whoever looks at the list sees how each stands at its server now; of one whose server is not there what it said last.
    void list_ofShields_asksTheServersOfThoseNotInUse()
    {
        Pocket pocket;
        QVERIFY(pocket.first.activate() && pocket.second.activate());
        std::atomic<bool> away = false;
        int opensAway = 0; // of the worker; read while it waits
        Screens screens;
        auto engine = std::make_unique<phone_app::Engine>(
            pocket.first.environment,
            [&](const vault::ServerLink &server) {
                const std::size_t place = pocket.placeOf(server);
                return std::unique_ptr<phone_app::Channel>(away && place == 1 ? static_cast<phone_app::Channel *>(new AwayChannel(opensAway)) : new DirectChannel(pocket.half(place)));
            },
            &pocket);
        phone_app::Engine &asked = *engine;
        phone_app::Conductor conductor(screens, std::move(engine), [] { return Bytes(); }, nullptr, nullptr);
        conductor.start({});
        const auto shows = [&](Screens::Page page) { return QTest::qWaitFor([&] { return screens.page() == page; }, 20'000); };
        const auto cause = [&screens] { return screens.shields()->shields().at(1).value<phone_app::ShieldView>().cause; };
        const auto say = [&](const wire::AccountState &account) {
            QMetaObject::invokeMethod(&asked, [&] { pocket.second.server.account = account; }, Qt::BlockingQueuedConnection);
        };
        QVERIFY(shows(Screens::Home));
        QCOMPARE(cause(), 0);
        constexpr std::int64_t kFar = 4'000'000'000'000;
        const wire::AccountState fine{wire::DeviceState::active, 10, 0, 0, 0, kFar, 0, 0, {}};
        for (const auto &[account, told] : {std::pair(wire::AccountState{wire::DeviceState::frozen, 0, 10, 0, 0, kFar, 0, 0, {}}, int(phone_app::HomeModel::Frozen)),
                                            std::pair(wire::AccountState{wire::DeviceState::active, 10, 0, 0, 601, kFar, 0, 0, {}}, int(phone_app::HomeModel::CertificateRevoked))}) {
            say(account);
            screens.shields()->openList();
            QVERIFY(shows(Screens::Shields));
            QTRY_COMPARE(cause(), told);
            QVERIFY(screens.shields()->othersStopped());
            QCOMPARE(screens.shields()->shields().at(0).value<phone_app::ShieldView>().cause, 0);
            screens.shields()->close();
            QVERIFY(shows(Screens::Home));
        }
        say(fine);
        away = true;
        screens.shields()->openList();
        const auto tries = [&] {
            int opens = 0;
            QMetaObject::invokeMethod(&asked, [&] { opens = opensAway; }, Qt::BlockingQueuedConnection);
            return opens;
        };
        QTRY_VERIFY(tries() > 0);
        QCOMPARE(cause(), int(phone_app::HomeModel::CertificateRevoked));
        screens.shields()->close();
        away = false;
        const auto isAskedAnew = [&] {
            screens.shields()->openList();
            return cause() == 0;
        };
        QVERIFY(QTest::qWaitFor(isAskedAnew, 20'000));
    }
    // Nobody touches the phone: what an administrator does, and the day that turns, are on the page within a minute. Out of sight they wait.
    void home_inSight_looksAtTheAccountAndTheDayEachMinute()
    {
        Pocket pocket;
        QVERIFY(pocket.first.activate() && pocket.second.activate());
        Screens screens;
        auto engine = std::make_unique<phone_app::Engine>(
            pocket.first.environment, [&](const vault::ServerLink &server) { return std::make_unique<DirectChannel>(pocket.half(pocket.placeOf(server))); }, &pocket);
        phone_app::Engine &asked = *engine;
        phone_app::Conductor conductor(screens, std::move(engine), [] { return Bytes(); }, nullptr, nullptr,
                                       std::make_unique<phone_app::BidWatch>(*screens.bids(), pocket.first.clock));
        const auto say = [&](wire::DeviceState state) {
            QMetaObject::invokeMethod(&asked, [&] { pocket.first.server.account = {state, 10, 0, 0, 0, 4'000'000'000'000, 1, 0, {}}; }, Qt::BlockingQueuedConnection);
        };
        const auto isFrozen = [&] { return screens.home()->readiness().cause == phone_app::HomeModel::Frozen; };
        say(wire::DeviceState::active);
        conductor.start({});
        QVERIFY(QTest::qWaitFor([&] { return screens.page() == Screens::Home; }, 20'000));
        QTest::qWait(300); // home has looked around
        QVERIFY(!isFrozen());
        say(wire::DeviceState::frozen);
        pocket.first.clock.advance(phone_app::BidWatch::kFetchEveryMs);
        QVERIFY(QTest::qWaitFor(isFrozen, 20'000));

        conductor.setInSight(false);
        say(wire::DeviceState::active);
        pocket.first.clock.advance(phone_app::BidWatch::kFetchEveryMs);
        QTest::qWait(2 * phone_app::BidWatch::kTickMs + 500);
        QVERIFY(isFrozen());
        conductor.setInSight(true);
        QVERIFY(QTest::qWaitFor([&] { return !isFrozen(); }, 20'000));

        const int days = screens.home()->card().daysLeft;
        pocket.first.clock.advance(86'400'000);
        QVERIFY(QTest::qWaitFor([&] { return screens.home()->card().daysLeft == days - 1; }, 20'000));
    }

    // Of the company that is not in use, whose list was fetched behind the back of the one that is.
    void reminderOfAnotherShieldsBid_comes_andLeadsThere()
    {
        constexpr std::int64_t kHourMs = 3600'000;
        Pocket pocket;
        QVERIFY(pocket.first.activate() && pocket.second.activate());
        pocket.second.server.bids = pocket.bidOf(1, 10 * kHourMs, true);
        Screens screens;
        auto engine = std::make_unique<phone_app::Engine>(
            pocket.first.environment, [&](const vault::ServerLink &server) { return std::make_unique<DirectChannel>(pocket.half(pocket.placeOf(server))); }, &pocket);
        phone_app::Conductor conductor(screens, std::move(engine), [] { return Bytes(); }, nullptr, nullptr,
                                       std::make_unique<phone_app::BidWatch>(*screens.bids(), pocket.first.clock));
        conductor.start({});
        const auto shows = [&](Screens::Page page) { return QTest::qWaitFor([&] { return screens.page() == page; }, 20'000); };
        QVERIFY(shows(Screens::Home));
        QVERIFY(QTest::qWaitFor([&] { return conductor.standing().bids.size() == 2 && conductor.standing().bids.at(1).known.bids.size() == 1; }, 20'000));
        QVERIFY(!screens.bids()->reminderShown());
        QVERIFY(screens.bids()->bids().isEmpty());
        pocket.first.clock.advance(9 * kHourMs);
        conductor.timeJumped(9 * kHourMs);
        QVERIFY(QTest::qWaitFor([&] { return screens.bids()->reminderShown(); }, 20'000));
        QCOMPARE(screens.bids()->reminded().shield, 1);
        QCOMPARE(screens.shields()->otherLight(), int(phone_app::HomeModel::Red));
        screens.bids()->openReminded();
        QVERIFY(shows(Screens::Bid));
        QCOMPARE(pocket.lastUsed, std::size_t(1));
        QCOMPARE(screens.bids()->bid().number, QStringLiteral("ZB-2026-001"));
        QVERIFY(conductor.standing().shields.at(1).current);
        screens.bids()->close();
        QVERIFY(shows(Screens::Home));
    }

    // The PIN is on its way to the engine, or the engine at work with it.
    void programThatEnds_whileThePinIsUsed_leavesAPhoneThatSigns()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.type(kPin);
        bench.conductor.reset();
        bench.half.server.sessions.clear();
        bench.run();
        QVERIFY(bench.shows(Screens::Home));
        QVERIFY(bench.reachesThePin());
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
    }
};

QTEST_MAIN(TestConductor)
#include "test_conductor.moc"
