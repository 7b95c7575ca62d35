// What the desk prepares from a file, and what it makes of the server's answer: each lie is found before
// anything is written.
#include "app/desk/errand.h"
#include "app/desk/link.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/x509/sm2_der.h"
#include "tests/support/fakes.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::desk_app;

static QString write(const QTemporaryDir &folder, const char *name, const QByteArray &content)
{
    QFile file(folder.filePath(QString::fromUtf8(name)));
    if (file.open(QIODevice::WriteOnly)) file.write(content);
    return file.fileName();
}

static Errand errandOf(ErrandKind kind, const QString &file, intent::Form form = intent::Form::cms)
{
    Errand errand;
    errand.kind = kind;
    errand.file = file;
    errand.out = file + QStringLiteral(".out");
    errand.form = form;
    return errand;
}

class TestErrand : public QObject {
    Q_OBJECT
private:
    ports::SystemRandom m_random;

private Q_SLOTS:
    void link_wellFormed_isRead()
    {
        const QString pin(64, QLatin1Char('a')), pin2(64, QLatin1Char('b'));
        const auto link = DeskLink::parse(
            QStringLiteral("hufu://desk?host=127.0.0.1&port=8443&pin=%1&pin2=%2").arg(pin, pin2));
        QVERIFY(link.has_value());
        QCOMPARE(link->host, QStringLiteral("127.0.0.1"));
        QCOMPARE(link->port, quint16(8443));
        QCOMPARE(link->pins.size(), std::size_t(2));
    }
    void link_anythingElse_isRefused_data()
    {
        QTest::addColumn<QString>("text");
        const QString pin(64, QLatin1Char('a'));
        QTest::newRow("empty") << QString();
        QTest::newRow("web") << QStringLiteral("https://desk?host=h&port=1&pin=") + pin;
        QTest::newRow("activation") << QStringLiteral("hufu://activate?host=h&port=1&pin=") + pin;
        QTest::newRow("no host") << QStringLiteral("hufu://desk?port=1&pin=") + pin;
        QTest::newRow("port 0") << QStringLiteral("hufu://desk?host=h&port=0&pin=") + pin;
        QTest::newRow("port too large") << QStringLiteral("hufu://desk?host=h&port=70000&pin=") + pin;
        QTest::newRow("no pin") << QStringLiteral("hufu://desk?host=h&port=1");
        QTest::newRow("short pin") << QStringLiteral("hufu://desk?host=h&port=1&pin=aa");
        QTest::newRow("bad second pin") << QStringLiteral("hufu://desk?host=h&port=1&pin=%1&pin2=x").arg(pin);
    }
    void link_anythingElse_isRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!DeskLink::parse(text).has_value());
    }
    void prepare_sign_namesTheFileByItsDigest()
    {
        QTemporaryDir folder;
        const QByteArray content(3 * 1024 * 1024 + 5, 'x');
        const auto prepared = prepare(errandOf(ErrandKind::sign, write(folder, "标书.pdf", content)), m_random);
        QVERIFY(prepared.value.has_value());
        const QJsonObject file = prepared.value->draft.value("files").toArray().at(0).toObject();
        QCOMPARE(file.value("name").toString(), QStringLiteral("标书.pdf"));
        QCOMPARE(file.value("size").toInteger(), content.size());
        QCOMPARE(file.value("sm3").toString().toStdString(), toHex(crypto::sm3(viewOf(content.toStdString()))));
        QVERIFY(prepared.value->tbs.empty()); // a CMS needs the digest only
    }
    void prepare_bareSignature_carriesTheFile()
    {
        QTemporaryDir folder;
        const auto prepared = prepare(
            errandOf(ErrandKind::sign, write(folder, "a.txt", "content"), intent::Form::bare), m_random);
        QVERIFY(prepared.value.has_value());
        QCOMPARE(prepared.value->tbs.front(), QByteArray("content"));
    }
    void prepare_badFiles_areRefused()
    {
        QTemporaryDir folder;
        QCOMPARE(prepare(errandOf(ErrandKind::sign, folder.filePath("none")), m_random).problem, 604);
        QCOMPARE(prepare(errandOf(ErrandKind::sign, folder.path()), m_random).problem, 604);
        const QString large = write(folder, "large", QByteArray(1024 * 1024 + 1, 'x'));
        QCOMPARE(prepare(errandOf(ErrandKind::sign, large, intent::Form::bare), m_random).problem, 605);
        QVERIFY(prepare(errandOf(ErrandKind::sign, large), m_random).value.has_value());
        QCOMPARE(
            prepare(errandOf(ErrandKind::open, write(folder, "text", "not a ciphertext")), m_random).problem,
            603);
        QCOMPARE(prepare(errandOf(ErrandKind::open, large), m_random).problem, 603);
        QCOMPARE(prepare(errandOf(ErrandKind::open, folder.filePath("none")), m_random).problem, 604);
    }
    void finish_answersThatAreNone_areRefusedAndNothingIsWritten_data()
    {
        QTest::addColumn<QJsonObject>("outcome");
        const QString login = QStringLiteral(
            R"({"act":"login","created":1800000000000,"flow":"desk","nonce":"00112233445566778899aabbccddeeff","platform":{"id":"p","name":"P"},"v":1})");
        QTest::newRow("empty") << QJsonObject();
        QTest::newRow("no manifest") << QJsonObject{{"manifest", "{}"},
                                                    {"signatures", QJsonArray{QString(128, '1')}}};
        QTest::newRow("another act") << QJsonObject{{"manifest", login},
                                                    {"signatures", QJsonArray{QString(128, '1')}}};
    }
    void finish_answersThatAreNone_areRefusedAndNothingIsWritten()
    {
        QFETCH(QJsonObject, outcome);
        QTemporaryDir folder;
        const Errand errand = errandOf(ErrandKind::sign, write(folder, "a.txt", "content"), intent::Form::bare);
        const auto prepared = prepare(errand, m_random);
        const auto finished = finish(errand, *prepared.value, outcome);
        QVERIFY(!finished.value.has_value());
        QVERIFY(finished.problem != 0);
        QVERIFY(!QFile::exists(errand.out));
    }
    void result_neverReplacesWhatIsThere()
    {
        QTemporaryDir folder;
        const crypto::Point point = crypto::mulBase(*crypto::Scalar::parse(m_random.bytes<32>("d")));
        const auto sealed = crypto::sm2Encrypt(point, viewOf("plain"), m_random);
        const auto der = x509::sm2CipherDer(*sealed);
        Errand errand = errandOf(
            ErrandKind::open,
            write(folder, "a.sm2", QByteArray(reinterpret_cast<const char *>(der->data()), qsizetype(der->size()))));
        errand.out = folder.filePath(QStringLiteral("标书.v1.pdf"));
        const auto prepared = prepare(errand, m_random);
        QVERIFY(prepared.value.has_value());

        intent::Manifest manifest;
        manifest.act = intent::Act::decrypt;
        manifest.desk = intent::Desk{{1}, "D", true};
        manifest.platform = {"p", "P"};
        manifest.files = {{"a.sm2", der->size(), crypto::sm3(*der), 0}};
        manifest.deskKey = prepared.value->boxKey->publicKey();
        const auto box = crypto::sealBox(*manifest.deskKey, viewOf("opened"), m_random);
        const Bytes text = manifest.encode();
        const QJsonObject outcome{{"manifest", QString::fromStdString(textOf(text))},
                                  {"sealed", QJsonArray{QString::fromStdString(toHex(*box))}}};

        const auto first = finish(errand, *prepared.value, outcome);
        QVERIFY(first.value.has_value());
        QCOMPARE(first.value->out, errand.out);
        QVERIFY(!first.value->renamed);
        write(folder, "标书.v1.pdf", "the person's own");
        const auto second = finish(errand, *prepared.value, outcome);
        QCOMPARE(second.value->out, folder.filePath(QStringLiteral("标书.v1 (2).pdf")));
        QVERIFY(second.value->renamed);
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("nowhere")), folder.filePath(QStringLiteral("标书.v1 (3).pdf"))));
        const auto third = finish(errand, *prepared.value, outcome);
        QCOMPARE(third.value->out, folder.filePath(QStringLiteral("标书.v1 (4).pdf")));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("nowhere"))));
        QFile kept(errand.out), written(second.value->out);
        QVERIFY(kept.open(QIODevice::ReadOnly) && written.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("the person's own"));
        QCOMPARE(written.readAll(), QByteArray("opened"));

        errand.out = folder.filePath(QStringLiteral("no/such/folder.pdf"));
        QCOMPARE(finish(errand, *prepared.value, outcome).problem, 610);
        QCOMPARE(prepare(errand, m_random).problem, 610); // nobody is asked to approve what could not be kept
    }
};

QTEST_GUILESS_MAIN(TestErrand)
#include "test_errand.moc"
