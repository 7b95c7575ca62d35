// What the phone says of itself: the look at the server, the readiness light, the history as a table.
#include "app/catalogue/catalogue.h"
#include "app/phone/models/history_model.h"
#include "app/phone/request_view.h"
#include "app/phone/readiness.h"
#include "shield/wire/activation.h"
#include "tests/support/fakes.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using phone_app::HomeModel;
using phone_app::Probe;
using phone_app::Prober;

namespace {

class PlayedChannel final : public phone_app::Channel {
public:
    std::function<void(PlayedChannel &)> onOpen;
    int *sent = nullptr;
    void open() override
    {
        if (onOpen) onOpen(*this);
    }
    void send(const Bytes &) override { ++*sent; }
    void close() override {}
};

struct Bench {
    tests::ManualClock clock;
    int sent = 0, made = 0;
    std::function<void(PlayedChannel &)> onOpen;
    Prober prober{[this](const vault::ServerLink &) {
                      auto channel = std::make_unique<PlayedChannel>();
                      channel->onOpen = onOpen;
                      channel->sent = &sent;
                      ++made;
                      return channel;
                  },
                  clock};
    QList<Probe> seen;
    Bench()
    {
        QObject::connect(&prober, &Prober::looked, &prober, [this](const Probe &probe) { seen << probe; });
    }
};

phone_app::CertificateView card(int daysLeft)
{
    phone_app::CertificateView view;
    view.daysLeft = daysLeft;
    return view;
}

Probe probe(Probe::State state, std::int64_t skewMs = 0)
{
    Probe out;
    out.state = state;
    out.skewMs = skewMs;
    return out;
}

} // namespace

class TestHelp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reminder_isSaidOnceAtEachStep()
    {
        using phone_app::reminderOf;
        QCOMPARE(reminderOf(91, 0), 0);
        int told = 0;
        QList<int> said;
        for (int left = 400; left >= -3; --left)
            if (const int step = reminderOf(left, told); step != 0) {
                QCOMPARE(step, left); // on the day itself
                said << step;
                told = step;
            }
        QCOMPARE(said, QList<int>({90, 30, 15, 7, 3, 1}));
        QCOMPARE(reminderOf(12, 90), 15); // after weeks without the phone, the step that counts now
        QCOMPARE(reminderOf(12, 15), 0);
    }
    void look_greeting_tellsTheSkewAndSaysNothing()
    {
        Bench bench;
        bench.onOpen = [&](PlayedChannel &channel) {
            bench.clock.monotonic += 37;
            wire::Greeting greeting;
            greeting.serverMs = bench.clock.wall - 5000;
            Q_EMIT channel.received(wire::encode(greeting));
        };
        bench.prober.look({});
        QCOMPARE(bench.seen.size(), 1);
        QVERIFY(bench.seen.first().state == Probe::State::reached);
        QCOMPARE(bench.seen.first().skewMs, 5000);
        QCOMPARE(bench.seen.first().tookMs, 37);
        QCOMPARE(bench.sent, 0);
        QVERIFY(!bench.prober.isLooking());
    }
    void look_failures_areToldApart()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.closed(); };
        bench.prober.look({});
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.mismatched(); };
        bench.prober.look({});
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.received(Bytes{1, 2, 3}); };
        bench.prober.look({});
        QCOMPARE(bench.seen.size(), 3);
        QVERIFY(bench.seen[0].state == Probe::State::unreachable);
        QVERIFY(bench.seen[1].state == Probe::State::foreign);
        QVERIFY(bench.seen[2].state == Probe::State::foreign);
    }
    void watch_serverThatGoes_isToldAndThatItIsBackAgain()
    {
        Bench bench;
        bench.prober.setPauses(1, 1);
        bool isUp = true;
        PlayedChannel *last = nullptr;
        bench.onOpen = [&](PlayedChannel &channel) {
            last = &channel;
            if (!isUp) return Q_EMIT channel.closed();
            wire::Greeting greeting;
            greeting.serverMs = bench.clock.wall;
            Q_EMIT channel.received(wire::encode(greeting));
        };
        bench.prober.keepWatch(true);
        bench.prober.look({});
        QCOMPARE(bench.seen.size(), 1);
        QVERIFY(bench.seen.last().state == Probe::State::reached && !bench.prober.isLooking());
        isUp = false;
        Q_EMIT last->closed();
        QTRY_VERIFY(bench.seen.last().state == Probe::State::unreachable);
        isUp = true;
        QTRY_VERIFY(bench.seen.last().state == Probe::State::reached);
        QCOMPARE(bench.sent, 0);
        // A server that only ends who says nothing stays the one that is there.
        const auto before = bench.seen.size();
        Q_EMIT last->closed();
        QTRY_VERIFY(bench.seen.size() > before);
        QVERIFY(bench.seen.last().state == Probe::State::reached);
        // Nobody watches any more: nothing is looked at.
        bench.prober.keepWatch(false);
        const int made = bench.made;
        QTest::qWait(50);
        QCOMPARE(bench.made, made);
    }
    // A network that is gone ends no connection: the light does not wait for the next look to find that out.
    void watch_silence_isToldAtOnce()
    {
        Bench bench;
        PlayedChannel *last = nullptr;
        bench.onOpen = [&](PlayedChannel &channel) {
            last = &channel;
            Q_EMIT channel.received(wire::encode(wire::Greeting{}));
        };
        bench.prober.keepWatch(true);
        bench.prober.look({});
        QVERIFY(bench.seen.last().state == Probe::State::reached);
        Q_EMIT last->silent(true);
        QCOMPARE(bench.seen.size(), 2);
        QVERIFY(bench.seen.last().state == Probe::State::unreachable);
    }
    void look_silence_endsByItself()
    {
        QVERIFY(Prober::kPatienceMs <= 5000);
        Bench bench;
        bench.prober.setPatience(1);
        bench.prober.look({});
        bench.prober.look({}); // joins the first
        QCOMPARE(bench.made, 1);
        QTRY_COMPARE(bench.seen.size(), 1);
        QVERIFY(bench.seen.first().state == Probe::State::unreachable);
    }
    void readiness_causes_comeWorstFirst()
    {
        using phone_app::readinessOf;
        const Probe good = probe(Probe::State::reached), away = probe(Probe::State::unreachable);
        const auto cause = [](const phone_app::ReadinessView &view) { return view.cause; };
        constexpr std::int64_t kRoom = 1 << 30;
        QCOMPARE(cause(readinessOf(card(365), {}, good, kRoom)), int(HomeModel::Ready));
        QCOMPARE(readinessOf(card(365), {}, good, kRoom).light, int(HomeModel::Green));
        QCOMPARE(cause(readinessOf(card(365), {}, {}, kRoom)), int(HomeModel::Looking));
        QCOMPARE(cause(readinessOf(card(0), {}, away, kRoom)), int(HomeModel::ServerAway));
        QCOMPARE(cause(readinessOf(card(0), {}, probe(Probe::State::foreign), kRoom)), int(HomeModel::ServerForeign));
        QCOMPARE(cause(readinessOf(card(0), {}, good, kRoom)), int(HomeModel::CertificateOver));
        QCOMPARE(cause(readinessOf(card(0), {false, 30, true}, good, kRoom)), int(HomeModel::SignDestroyed));
        QCOMPARE(cause(readinessOf(card(365), {}, good, phone_app::kStorageLeast - 1)), int(HomeModel::StorageLow));
        QCOMPARE(cause(readinessOf(card(365), {}, good, -1)), int(HomeModel::Ready));
        QCOMPARE(cause(readinessOf(card(30), {}, good, kRoom)), int(HomeModel::CertificateEnds));
        QCOMPARE(cause(readinessOf(card(31), {}, good, kRoom)), int(HomeModel::Ready));
        QCOMPARE(cause(readinessOf(card(30), {true, 15, false}, good, kRoom)), int(HomeModel::PinWorn));
        const Probe late = probe(Probe::State::reached, -phone_app::kSkewMostMs - 1);
        QCOMPARE(cause(readinessOf(card(365), {}, late, kRoom)), int(HomeModel::ClockWrong));
        QCOMPARE(cause(readinessOf(card(365), {}, probe(Probe::State::reached, phone_app::kSkewMostMs), kRoom)),
                 int(HomeModel::Ready));
    }
    void readiness_ofTheAccount_saysEachCauseWithItsCode()
    {
        using phone_app::AccountView;
        using phone_app::readinessOf;
        using wire::DeviceState;
        const Probe good = probe(Probe::State::reached);
        AccountView fine;
        fine.isKnown = true;
        fine.tries = 10;
        fine.seatDaysLeft = 300;
        fine.desks = 1;
        const auto of = [&](auto change, const phone_app::CertificateView &shown = card(365)) {
            AccountView account = fine;
            change(account);
            return readinessOf(shown, {}, good, 1 << 30, {}, account);
        };
        const auto is = [](const phone_app::ReadinessView &view, HomeModel::Light light, HomeModel::Cause cause, int code) {
            return view.light == light && view.cause == cause && view.code == code;
        };
        QVERIFY(is(of([](AccountView &) {}), HomeModel::Green, HomeModel::Ready, 0));
        QVERIFY(is(of([](AccountView &a) { a.state = DeviceState::frozen; }), HomeModel::Red, HomeModel::Frozen, 302));
        QVERIFY(is(of([](AccountView &a) { a.state = DeviceState::cloned; }), HomeModel::Red, HomeModel::Copied, 303));
        QVERIFY(is(of([](AccountView &a) { a.state = DeviceState::destroyed; }), HomeModel::Red, HomeModel::SignDestroyed, 307));
        const auto locked = of([](AccountView &a) { a.lockedSeconds = 61; });
        QVERIFY(is(locked, HomeModel::Red, HomeModel::Locked, 301) && locked.value == 2); // minutes, begun ones too
        QVERIFY(is(of([](AccountView &a) { a.bar = 601; }), HomeModel::Red, HomeModel::CertificateRevoked, 601));
        QVERIFY(is(of([](AccountView &a) { a.bar = 409; }), HomeModel::Red, HomeModel::SeatOver, 409));
        QVERIFY(is(of([](AccountView &a) { a.bar = int(catalogue::Code::notAllowed); }), HomeModel::Red, HomeModel::Barred, int(catalogue::Code::notAllowed)));
        QVERIFY(is(of([](AccountView &a) { a.failures = 2; }), HomeModel::Green, HomeModel::Ready, 0));
        const auto few = of([](AccountView &a) { a.failures = 3, a.tries = 7; });
        QVERIFY(is(few, HomeModel::Amber, HomeModel::TriesFew, 300) && few.value == 7);
        const auto seat = of([](AccountView &a) { a.seatDaysLeft = 30; });
        QVERIFY(is(seat, HomeModel::Amber, HomeModel::SeatEnds, 0) && seat.value == 30);
        QVERIFY(is(of([](AccountView &a) { a.desks = 0; }), HomeModel::Grey, HomeModel::DeskMissing, 205));
        QVERIFY(is(of([](AccountView &a) { a.desks = 0, a.waiting = 1; }), HomeModel::Amber, HomeModel::DeskWaits, 205));
        // Former keys open only: their certificate, seat and computers are nobody's worry.
        auto former = card(365);
        former.former = true;
        QVERIFY(is(of([](AccountView &a) { a.bar = 409, a.desks = 0, a.seatDaysLeft = 0; }, former), HomeModel::Green, HomeModel::Ready, 0));
        QVERIFY(is(of([](AccountView &a) { a.state = DeviceState::frozen; }, former), HomeModel::Red, HomeModel::Frozen, 302));
        // What is not known is not said.
        QVERIFY(is(of([](AccountView &a) { a = {}; }), HomeModel::Green, HomeModel::Ready, 0));
    }
    // Of a shield that is not in use: what somebody has to help with, and nothing else.
    void stop_ofAnother_isWhatItsServerSaid_data()
    {
        using phone_app::AccountView;
        using phone_app::HomeModel;
        using wire::DeviceState;
        QTest::addColumn<AccountView>("account");
        QTest::addColumn<int>("cause");
        QTest::addColumn<int>("ofFormer");
        const auto of = [](DeviceState state, int bar, int lockedSeconds) {
            AccountView account;
            account.isKnown = true;
            account.state = state;
            account.bar = bar;
            account.lockedSeconds = lockedSeconds;
            return account;
        };
        const int none = 0;
        QTest::newRow("not asked") << AccountView() << none << none;
        QTest::newRow("fine") << of(DeviceState::active, 0, 0) << none << none;
        QTest::newRow("locked") << of(DeviceState::active, 0, 60) << none << none;
        QTest::newRow("frozen") << of(DeviceState::frozen, 0, 0) << int(HomeModel::Frozen) << int(HomeModel::Frozen);
        QTest::newRow("copied") << of(DeviceState::cloned, 0, 0) << int(HomeModel::Copied) << int(HomeModel::Copied);
        QTest::newRow("destroyed") << of(DeviceState::destroyed, 0, 0) << int(HomeModel::SignDestroyed) << none;
        QTest::newRow("revoked, and locked") << of(DeviceState::active, 601, 60) << int(HomeModel::CertificateRevoked) << none;
        QTest::newRow("no seat") << of(DeviceState::active, 409, 0) << int(HomeModel::SeatOver) << none;
    }
    void stop_ofAnother_isWhatItsServerSaid()
    {
        QFETCH(phone_app::AccountView, account);
        QFETCH(int, cause);
        QFETCH(int, ofFormer);
        phone_app::ShieldView shield;
        shield.daysLeft = 100;
        QCOMPARE(phone_app::stopOf(shield, account), cause);
        shield.former = true;
        QCOMPARE(phone_app::stopOf(shield, account), ofFormer);
    }
    void checks_unreachable_leaveTheRestUnknown()
    {
        using D = phone_app::DiagnosisModel;
        const auto checks = phone_app::checksOf(probe(Probe::State::unreachable), false, 1, 0);
        QCOMPARE(checks.size(), 8);
        for (int kind = 0; kind < checks.size(); ++kind)
            QCOMPARE(checks[kind].kind, kind);
        QCOMPARE(checks[D::Network].state, int(D::Bad));
        QCOMPARE(checks[D::Network].code, 500);
        QCOMPARE(checks[D::Pin].state, int(D::Unknown));
        QCOMPARE(checks[D::Clock].state, int(D::Unknown));
        QCOMPARE(checks[D::Storage].code, 504);
        QCOMPARE(phone_app::checksOf({}, true, -1, -1)[D::Network].state, int(D::Running));
    }
    void checks_sayWhatTheCameraSees_andWhichProgramThisIs()
    {
        using D = phone_app::DiagnosisModel;
        const auto camera = [](int width) { return phone_app::checksOf({}, false, -1, width)[D::Camera]; };
        QCOMPARE(camera(1280).state, int(D::Good));
        QCOMPARE(camera(1280).value, 1280.0);
        for (const int none : {0, -1}) {
            QCOMPARE(camera(none).state, int(D::Unknown)); // pictures are still read
            QCOMPARE(camera(none).code, 0);
        }
        const auto version = phone_app::checksOf({}, true, -1, -1)[D::Version];
        QCOMPARE(version.state, int(D::Good));
        QVERIFY(version.text.contains(QString::fromLatin1(qVersion())));
    }
    void checks_sayWhereTheServersNameLeads_andItsVersion()
    {
        using D = phone_app::DiagnosisModel;
        using phone_app::Survey;
        const auto checks = [](const Survey &survey, bool surveying = false) { return phone_app::checksOf({}, false, -1, -1, survey, surveying); };
        QCOMPARE(checks({})[D::Name].state, int(D::Unknown));
        QCOMPARE(checks({})[D::ServerVersion].state, int(D::Unknown));
        QCOMPARE(checks({}, true)[D::Name].state, int(D::Running));
        QCOMPARE(checks({}, true)[D::ServerVersion].state, int(D::Running));
        const auto known = checks({Survey::Name::known, QStringLiteral("192.0.2.7"), 12, QStringLiteral("1.2.3")});
        QCOMPARE(known[D::Name].state, int(D::Good));
        QVERIFY(known[D::Name].text == QStringLiteral("192.0.2.7") && known[D::Name].value == 12.0 && !known[D::Name].numeric);
        QCOMPARE(known[D::ServerVersion].text, QStringLiteral("Hufu 1.2.3"));
        const auto number = checks({Survey::Name::number, QStringLiteral("127.0.0.1"), 0, {}});
        QVERIFY(number[D::Name].state == int(D::Good) && number[D::Name].numeric && number[D::Name].code == 0);
        QCOMPARE(number[D::ServerVersion].state, int(D::Unknown)); // it did not say
        const auto nowhere = checks({Survey::Name::unknown, {}, 30, {}});
        QVERIFY(nowhere[D::Name].state == int(D::Bad) && nowhere[D::Name].code == 500);
    }
    void version_isReadFromTheHealthAnswer_andNothingElse()
    {
        using phone_app::versionIn;
        QCOMPARE(versionIn(R"({"status":"ok","timeMs":1,"version":"1.20.3"})"), QStringLiteral("1.20.3"));
        for (const char *none : {"", "[]", R"({"status":"ok"})", R"({"version":1})", R"({"version":""})", R"({"version":"1.0 <b>"})", R"({"version":"1.2.3.4.5"})"})
            QVERIFY2(versionIn(none).isEmpty(), none);
        QVERIFY(versionIn(QByteArray("{\"version\":\"") + QByteArray(41, '1') + "\"}").isEmpty());
    }
    void table_cells_areQuotedAndNoFormula()
    {
        phone_app::HistoryView entry;
        entry.at = QDateTime(QDate(2026, 11, 24), QTime(14, 32));
        entry.act = QStringLiteral("sign");
        entry.platform = QStringLiteral("=cmd|' /C calc'!A0");
        entry.summary = QStringLiteral("a \"b\", c.pdf");
        entry.code = 300;
        entry.desk = QStringLiteral("投标室");
        entry.certificate = QStringLiteral("0a");
        entry.session = QStringLiteral("0b");
        entry.manifest = QStringLiteral("0c");
        entry.compared = phone_app::HistoryModel::Missing;
        const QByteArray table = phone_app::HistoryModel::tableOf(phone_app::listOf(QList{entry}));
        QCOMPARE(table, QByteArray("\xEF\xBB\xBFtime,act,platform,project,files,result,code,computer,certificate,session,manifest,server\r\n"
                                   "\"2026-11-24T14:32:00\",\"sign\",\"'=cmd|' /C calc'!A0\",\"\",\"a \"\"b\"\", c.pdf\","
                                   "\"failed\",\"HF-300\",\"投标室\",\"0a\",\"0b\",\"0c\",\"missing\"\r\n"));
    }
    void entry_ofManyFiles_isFoundByEachAndWholeInTheTable()
    {
        phone_app::HistoryView entry;
        entry.summary = QStringLiteral("a.pdf");
        entry.project = QStringLiteral("Bridge SH-1");
        entry.desk = QStringLiteral("bid-room-3");
        entry.manifest = QStringLiteral("0c");
        QVERIFY(entry.shortened()); // its manifest is not kept: the first file's name alone
        QCOMPARE(entry.subjects(), QStringList{QStringLiteral("a.pdf")});
        entry.platformId = QStringLiteral("demo");
        phone_app::FileView first, second;
        first.name = QStringLiteral("a.pdf");
        second.name = QStringLiteral("b.pdf");
        entry.files = {QVariant::fromValue(first), QVariant::fromValue(second)};
        QVERIFY(!entry.shortened());
        for (const char *word : {"b.pdf", "Bridge", "bid-room-3", "0c"})
            QVERIFY2(entry.words().contains(QLatin1String(word)), word);
        const auto table = phone_app::HistoryModel::tableOf(phone_app::listOf(QList{entry}));
        QVERIFY(table.contains("\"Bridge SH-1\",\"a.pdf; b.pdf\",\"refused\""));
    }
    // Opened before its hour, by a slip or at somebody's asking: the phone knows the hour, whatever the desk says.
    void opening_beforeItsHour_isSaid_data()
    {
        QTest::addColumn<int>("which"); // of the two bids the request is for
        QTest::addColumn<int>("now");
        QTest::addColumn<int>("hour"); // that is shown; 0: none
        QTest::addColumn<bool>("early");
        QTest::newRow("a day before") << 1 << 100 << 1000 << true;
        QTest::newRow("in its hour") << 1 << 1000 << 1000 << false;
        QTest::newRow("both: the later one's") << 3 << 1500 << 2000 << true;
        QTest::newRow("a bid that the phone does not know") << 4 << 100 << 0 << false;
    }
    void opening_beforeItsHour_isSaid()
    {
        QFETCH(int, which);
        QFETCH(int, now);
        QFETCH(int, hour);
        QFETCH(bool, early);
        phone_app::WatchedBids watched;
        phone_app::RequestView request;
        request.act = QStringLiteral("decrypt");
        for (int i = 0; i < 3; ++i) {
            opening::Bid bid;
            bid.id.fill(static_cast<std::uint8_t>(i + 1));
            bid.openingMs = (i + 1) * 1000;
            if (i < 2) watched.known.bids.push_back(bid);
            phone_app::FileView file;
            file.envelope = QString::fromStdString(toHex(bid.id));
            if (which & (1 << i)) request.files << QVariant::fromValue(file);
        }
        const auto shown = phone_app::withHours(request, {watched}, now);
        QCOMPARE(shown.openingAt.isValid() ? shown.openingAt.toMSecsSinceEpoch() : 0, qint64(hour));
        QCOMPARE(shown.early, early);
        request.act = QStringLiteral("sign");
        QVERIFY(!phone_app::withHours(request, {watched}, now).early);
    }
    void history_savedWhereNothingCanBe_saysSo()
    {
        phone_app::HistoryModel model;
        model.show({phone_app::HistoryView()});
        QTemporaryDir folder;
        QFile blocks(folder.filePath(QStringLiteral("file")));
        QVERIFY(blocks.open(QIODevice::WriteOnly));
        model.setFolder(folder.filePath(QStringLiteral("file/none")));
        model.save();
        QCOMPARE(model.problem(), 610);
        QVERIFY(model.savedAs().isEmpty());
        model.setFolder(folder.filePath(QStringLiteral("documents"))); // is made
        QStringList names;
        for (int i = 0; i < 3; ++i) { // nothing is written over
            model.save();
            QCOMPARE(model.problem(), 0);
            QVERIFY(QFileInfo(model.savedAs()).fileName().startsWith(QStringLiteral("hufu-records-")) && !names.contains(model.savedAs()));
            names << model.savedAs();
        }
        for (const QString &name : names) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), phone_app::HistoryModel::tableOf(model.entries()));
        }
    }
    void entry_saved_isTheRecordAlone()
    {
        phone_app::HistoryModel model;
        QTemporaryDir folder;
        model.setFolder(folder.path());
        phone_app::HistoryView entry;
        model.look(entry);
        model.saveEntry(); // too little is kept of it
        QVERIFY(model.savedAs().isEmpty() && model.problem() == 0);
        entry.record = "{}";
        model.look(entry);
        model.saveEntry();
        QVERIFY(QFileInfo(model.savedAs()).fileName().startsWith(QStringLiteral("hufu-record-")));
        QFile file(model.savedAs());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("{}"));
        model.look(entry); // another visit
        QVERIFY(model.savedAs().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestHelp)
#include "test_help.moc"
