// The window of a desk that has no link yet: what is pasted is tried before it is kept.
#include "app/desk/link_keeper.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu::desk_app;

namespace {

const QString kLink = QStringLiteral("hufu://desk?host=hufu.example&port=8443&pin=") + QString(64, QLatin1Char('7'));

struct Bench {
    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("config/hufu/desk-link"));
    QStringList asked;
    ServerDone pending;
    LinkModel model;
    LinkKeeper keeper{model,
                      [this](const DeskLink &link, int, ServerDone done) {
                          asked << link.host;
                          pending = std::move(done);
                      },
                      file};
    QSignalSpy taken{&keeper, &LinkKeeper::taken};

    void answer(Reached reached, int status)
    {
        ServerAnswer answer;
        answer.reached = reached;
        answer.status = status;
        std::exchange(pending, {})(answer);
    }
    QByteArray kept() const
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
};

} // namespace

class TestLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void link_whoseServerAnswers_isKeptAndGoneOnWith()
    {
        Bench bench;
        bench.model.offer(QStringLiteral("  ") + kLink + QLatin1Char('\n')); // as it is copied
        QVERIFY(bench.model.busy());
        bench.model.offer(kLink); // pressed again
        QCOMPARE(bench.asked, QStringList{QStringLiteral("hufu.example")});
        bench.answer(Reached::yes, 200);
        QVERIFY(!bench.model.busy() && bench.model.problem() == 0);
        QCOMPARE(bench.taken.size(), 1);
        QCOMPARE(bench.taken.first().first().toString(), kLink);
        QCOMPARE(bench.kept(), kLink.toUtf8() + '\n');
    }
    void link_thatIsNone_isRefusedUnasked()
    {
        Bench bench;
        for (const QString &text : {QString(), QStringLiteral("https://hufu.example"), kLink.left(kLink.size() - 1), QStringLiteral("hufu://activate?host=h&port=1")}) {
            bench.model.offer(text);
            QCOMPARE(bench.model.problem(), 728);
        }
        QVERIFY(bench.asked.isEmpty() && bench.taken.isEmpty() && bench.kept().isEmpty());
    }
    void link_whoseServerIsAwayOrAnother_isNotKept_data()
    {
        QTest::addColumn<int>("reached");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("problem");
        QTest::newRow("away") << int(Reached::no) << 0 << 500;
        QTest::newRow("another key") << int(Reached::mismatched) << 0 << 501;
        QTest::newRow("down") << int(Reached::yes) << 503 << 506;
    }
    void link_whoseServerIsAwayOrAnother_isNotKept()
    {
        QFETCH(int, reached);
        QFETCH(int, status);
        QFETCH(int, problem);
        Bench bench;
        bench.model.offer(kLink);
        bench.answer(static_cast<Reached>(reached), status);
        QCOMPARE(bench.model.problem(), problem);
        QVERIFY(!bench.model.busy() && bench.taken.isEmpty() && bench.kept().isEmpty());
        bench.model.offer(kLink); // and can be tried again
        bench.answer(Reached::yes, 200);
        QCOMPARE(bench.taken.size(), 1);
    }
    void link_thatCannotBeKept_isSaidSo()
    {
        Bench bench;
        QVERIFY(QDir().mkpath(bench.file)); // a folder stands there
        bench.model.offer(kLink);
        bench.answer(Reached::yes, 200);
        QCOMPARE(bench.model.problem(), 610);
        QVERIFY(bench.taken.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLink)
#include "test_link.moc"
