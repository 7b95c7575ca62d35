// What the desk prepares from a file, and what it makes of the server's answer: each lie is found before
// anything is written.
#include "app/desk/bid_opening.h"
#include "app/desk/errand.h"
#include "app/desk/link.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/documents/enveloped.h"
#include "shield/intent/tbs.h"
#include "shield/x509/pem.h"
#include "shield/x509/sm2_der.h"
#include "tests/support/fakes.h"
#include "tests/support/pki.h"
#include "tests/support/small_disk.h"

#include <QDir>
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

// What the server would answer, had this person approved the first file of the draft.
static QJsonObject approvedBy(const tests::Pki &pki, const QJsonObject &draft)
{
    const QJsonObject file = draft["files"].toArray()[0].toObject();
    const QString form = draft["form"].toString();
    intent::Manifest manifest;
    manifest.act = intent::Act::sign;
    manifest.form = form == QLatin1String("cms-gmt") ? intent::Form::cmsGmt : intent::Form::cms;
    manifest.desk = intent::Desk{{1}, "D", true};
    manifest.platform = {"p", "P"};
    manifest.created = pki.nowMs;
    manifest.files = {{file["name"].toString().toStdString(), static_cast<std::uint64_t>(file["size"].toInteger()),
                       *fixedBytes<32>(*fromHex(file["sm3"].toString().toStdString())), 0}};
    const auto signature = pki.signKey.sign(*intent::buildTbs(manifest, 0));
    return {{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"certificate", QString::fromStdString(pki.sign.pem())},
            {"issuing", QString::fromStdString(pki.issuing.pem())}, {"signatures", QJsonArray{QString::fromStdString(toHex(concat({signature.r, signature.s})))}}};
}

static Bytes contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const std::string all = file.readAll().toStdString();
    return bytesOf(viewOf(all));
}

class TestErrand : public QObject {
    Q_OBJECT
private:
    ports::SystemRandom m_random;

private Q_SLOTS:
    // Each file of the draft names what the phone shall open, where the company of whoever opens asks for it.
    void opening_underAPolicyThatNamesCiphertexts_namesEach()
    {
        QTemporaryDir folder;
        const tests::Pki pki;
        const auto ciphertext = *crypto::sm2Encrypt(pki.encryptKey.point, viewOf(std::string_view("a key")), m_random);
        const Bytes der = *x509::sm2CipherDer(ciphertext);
        const auto prepared = prepare(errandOf(ErrandKind::open, write(folder, "key.der", QByteArray(reinterpret_cast<const char *>(der.data()), qsizetype(der.size())))), m_random);
        QVERIFY(prepared.value);
        const auto holder = [](const char *account, bool isNamed) { return QJsonObject{{"account", account}, {"namedCiphertext", isNamed}}; };
        const QString c1 = QString::fromStdString(toHex(*ciphertext.c1.encode()));
        const auto namedBy = [&](const QJsonArray &holders, const char *account = "") {
            Prepared opening = *prepared.value;
            opening.account = QLatin1String(account);
            if (nameCiphertexts(opening, holders) != 0) qFatal("too long");
            return std::pair(opening.draft["files"][0]["c1"].toString(), opening.account);
        };
        using Named = std::pair<QString, QString>;
        QVERIFY(namedBy({}) == Named());
        QVERIFY(namedBy({QJsonObject{{"account", "a"}}}) == Named()); // a server of before
        QVERIFY(namedBy({holder("a", true), holder("b", true)}) == Named(c1, QString()));
        // Of several companies: that of whoever is asked; nobody in particular: the first one is.
        QVERIFY(namedBy({holder("a", true), holder("b", false)}) == Named(c1, QStringLiteral("a")));
        QVERIFY(namedBy({holder("b", false), holder("a", true)}) == Named(QString(), QStringLiteral("b")));
        QVERIFY(namedBy({holder("a", true), holder("b", false)}, "b") == Named(QString(), QStringLiteral("b")));
        QVERIFY(namedBy({holder("b", false), holder("a", true)}, "a") == Named(c1, QStringLiteral("a")));
        // What is no opening stays as it is, and what does not fit into one approval is said.
        auto other = prepare(errandOf(ErrandKind::sign, write(folder, "a.pdf", "content")), m_random);
        const QJsonObject draft = other.value->draft;
        QCOMPARE(nameCiphertexts(*other.value, {holder("a", true)}), 0);
        QVERIFY(other.value->draft == draft);
        Prepared large = *prepared.value;
        QJsonObject file = large.draft["files"][0].toObject();
        file["name"] = QString(31'000, QLatin1Char('n'));
        large.draft["files"] = QJsonArray{file};
        QCOMPARE(nameCiphertexts(large, {holder("a", true)}), 619);
    }
    // A signature that finds no room leaves what was there, under that name and any other.
    void file_onADiskThatIsFull_staysAsItWas_andIsWrittenOnceThereIsRoom()
    {
        tests::SmallDisk disk;
        if (!disk.isHere()) return disk.run();
        const QTemporaryDir folder;
        const QString path = write(folder, "a.p7s", "old");
        const Bytes content(8192, 'x');
        disk.fill();
        QCOMPARE(writeWhole(path, content), 611);
        QCOMPARE(contentOf(path), bytesOf(viewOf(std::string_view("old"))));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{"a.p7s"});
        disk.give();
        QCOMPARE(writeWhole(path, content), 0);
        QCOMPARE(contentOf(path), content);
    }
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
    void digest_ofAFile_isOfAllItsPieces()
    {
        const QTemporaryDir folder;
        for (const int size : {0, 1, 1 << 20, (1 << 20) + 1, 5 << 19}) {
            QByteArray content(size, 'a');
            for (int i = 0; i < size; i += 1000)
                content[i] = static_cast<char>(i / 1000);
            const QString path = write(folder, "file", content);
            QByteArray whole;
            const auto digest = digestOf(path, &whole);
            QVERIFY(digest && digest->size == size && whole == content);
            QVERIFY(digest->sm3 == crypto::sm3(viewOf(content.toStdString())));
            QVERIFY(digestOf(path)->sm3 == digest->sm3);
        }
        QVERIFY(!digestOf(folder.filePath("none")));
        QVERIFY(!digestOf(folder.path()));
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
    void sign_ofSeveral_givesEachItsOwnSignature_butForWhatIsLeftOutOrUnreadable_data()
    {
        QTest::addColumn<bool>("bare");
        QTest::newRow("cms") << false;
        QTest::newRow("bare") << true;
    }
    void sign_ofSeveral_givesEachItsOwnSignature_butForWhatIsLeftOutOrUnreadable()
    {
        QFETCH(bool, bare);
        QTemporaryDir folder;
        const tests::Pki pki;
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.form = bare ? intent::Form::bare : intent::Form::cms;
        errand.out = folder.path();
        errand.files = {write(folder, "a.txt", "one"), folder.filePath(QStringLiteral("none")), write(folder, "b.txt", "two"), write(folder, "c.txt", "three")};
        const QString ending = bare ? QStringLiteral(".sig") : QStringLiteral(".p7s");
        write(folder, qPrintable(QStringLiteral("c.txt") + ending), "the person's own");
        const auto prepared = prepare(errand, m_random);
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->bids.size(), std::size_t{4});
        QCOMPARE(prepared.value->bids[1].problem, 604);
        QCOMPARE(prepared.value->tbs.size(), std::size_t(bare ? 3 : 0));
        const QJsonArray asked = prepared.value->draft["files"].toArray();
        QCOMPARE(asked.size(), 3);
        QCOMPARE(asked[1].toObject()["name"].toString(), QStringLiteral("b.txt"));

        intent::Manifest manifest;
        manifest.act = intent::Act::sign;
        manifest.form = errand.form;
        manifest.desk = intent::Desk{{1}, "D", true};
        manifest.platform = {"p", "P"};
        manifest.created = pki.nowMs;
        for (const char *content : {"one", "two", "three"})
            manifest.files.push_back({"x", 3, crypto::sm3(viewOf(std::string_view(content))), 0});
        QJsonArray signatures;
        for (std::size_t i = 0; i < 3; ++i) {
            const QByteArray *tbs = bare ? &prepared.value->tbs[i] : nullptr;
            const auto signature = pki.signKey.sign(tbs ? bytesOf(viewOf(tbs->toStdString())) : *intent::buildTbs(manifest, i));
            signatures.append(i == 1 ? QJsonValue() : QJsonValue(QString::fromStdString(toHex(concat({signature.r, signature.s})))));
        }
        QJsonObject outcome{{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"certificate", QString::fromStdString(pki.sign.pem())},
                            {"issuing", QString::fromStdString(pki.issuing.pem())}, {"signatures", signatures}};
        const auto finished = finish(errand, *prepared.value, outcome);
        QVERIFY(finished.value);
        QList<int> problems;
        for (const Bid &bid : finished.value->bids)
            problems << bid.problem;
        QCOMPARE(problems, (QList<int>{0, 604, 209, 0}));
        QCOMPARE(finished.value->bids[0].out, folder.filePath(QStringLiteral("a.txt") + ending));
        QCOMPARE(finished.value->bids[3].out, folder.filePath(QStringLiteral("c.txt (2)") + ending)); // what was there stays
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("b.txt") + ending)));
        for (const int i : {0, 3}) {
            QFile file(finished.value->bids[static_cast<std::size_t>(i)].out);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string bytes = file.readAll().toStdString();
            if (bare) {
                const auto der = x509::Sm2Signature::parse(viewOf(bytes));
                QVERIFY(der && pki.sign.publicKey().verify(viewOf(std::string_view(i == 0 ? "one" : "three")), der->raw()));
            } else {
                const auto cms = documents::Cms::parse(viewOf(bytes));
                QVERIFY(cms && cms->signers.front().attributes.messageDigest == crypto::sm3(viewOf(std::string_view(i == 0 ? "one" : "three"))));
            }
        }
        // One signature for another file is none.
        outcome["signatures"] = QJsonArray{signatures[2], QJsonValue(), signatures[0]};
        QCOMPARE(finish(errand, *prepared.value, outcome).problem, 602);
        const QByteArray half(600 * 1024, 'x');
        errand.files = {write(folder, "1", half), write(folder, "2", half), write(folder, "3", "small")};
        const auto large = prepare(errand, m_random);
        QCOMPARE(large.value->bids[1].problem, bare ? 651 : 0); // one message takes all of them
        QCOMPARE(large.value->bids[2].item, bare ? 1 : 2);
        errand.files = {folder.filePath(QStringLiteral("none")), folder.filePath(QStringLiteral("neither"))};
        QCOMPARE(prepare(errand, m_random).problem, 604);
        errand.out = folder.filePath(QStringLiteral("no/such"));
        QCOMPARE(prepare(errand, m_random).problem, 610);
    }
    void sign_underEitherStandard_besideOrAround_takesAColleaguesSignatureToo_data()
    {
        QTest::addColumn<bool>("gmt");
        QTest::addColumn<bool>("inside");
        QTest::newRow("GM/T 0010, beside") << true << false;
        QTest::newRow("GM/T 0010, around") << true << true;
        QTest::newRow("PKCS #7, beside") << false << false;
        QTest::newRow("PKCS #7, around") << false << true;
    }
    void sign_underEitherStandard_besideOrAround_takesAColleaguesSignatureToo()
    {
        QFETCH(bool, gmt);
        QFETCH(bool, inside);
        QTemporaryDir folder;
        const tests::Pki wang, li;
        const QString document = write(folder, "标书.txt", "content");
        Errand errand = errandOf(ErrandKind::sign, document, gmt ? intent::Form::cmsGmt : intent::Form::cms);
        errand.out = document + QStringLiteral(".p7s");
        errand.contentInside = inside;
        const auto prepared = prepare(errand, m_random);
        QVERIFY(prepared.value && !prepared.value->cosigned);
        const auto first = finish(errand, *prepared.value, approvedBy(wang, prepared.value->draft));
        QVERIFY(first.value);
        QCOMPARE(first.value->out, errand.out);
        const Bytes alone = contentOf(errand.out);
        const auto cms = documents::Cms::parse(alone);
        QVERIFY(cms && cms->dialect == (gmt ? documents::Dialect::gmt0010 : documents::Dialect::pkcs7));
        QCOMPARE(cms->content.has_value(), inside);

        QVERIFY(isSignatureFile(errand.out) && !isSignatureFile(document));
        Errand second = errandOf(ErrandKind::sign, errand.out); // whatever form the second one would choose
        second.out = errand.out;
        if (inside) QVERIFY(QFile::remove(document)); // nothing else is needed
        const auto added = prepare(second, m_random);
        QVERIFY(added.value && added.value->cosigned);
        QCOMPARE(added.value->draft["files"].toArray()[0].toObject()["name"].toString(), QStringLiteral("标书.txt"));
        QCOMPARE(added.value->draft["form"].toString(), gmt ? QStringLiteral("cms-gmt") : QStringLiteral("cms"));
        const auto both = finish(second, *added.value, approvedBy(li, added.value->draft));
        QVERIFY(both.value && both.value->renamed); // the first one's file is as it was
        QVERIFY(contentOf(errand.out) == alone);
        const auto two = documents::Cms::parse(contentOf(both.value->out));
        QVERIFY(two);
        QCOMPARE(two->signers.size(), std::size_t(2));
        for (const auto &signer : two->signers)
            QVERIFY(signer.certificate.publicKey().verify(signer.attributes.der, signer.signature.raw()));
        QCOMPARE(two->content.has_value(), inside);
    }
    void cosign_withoutTheDocumentThatWasSigned_isRefused()
    {
        QTemporaryDir folder;
        const tests::Pki pki;
        const QString document = write(folder, "a.txt", "content");
        Errand errand = errandOf(ErrandKind::sign, document, intent::Form::cmsGmt);
        errand.out = document + QStringLiteral(".p7s");
        const auto prepared = prepare(errand, m_random);
        QVERIFY(finish(errand, *prepared.value, approvedBy(pki, prepared.value->draft)).value);
        const Errand second = errandOf(ErrandKind::sign, errand.out);
        write(folder, "a.txt", "another");
        QCOMPARE(prepare(second, m_random).problem, 602);
        QVERIFY(QFile::remove(document));
        QCOMPARE(prepare(second, m_random).problem, 604);
        QVERIFY(!QFile::exists(second.out));
        const auto noCms = prepare(errandOf(ErrandKind::sign, write(folder, "b.p7s", "no signature")), m_random); // a file as any other
        QVERIFY(noCms.value && !noCms.value->cosigned);
    }
    void sign_around_aLargeFileOrOneThatChanged_isRefused()
    {
        QTemporaryDir folder;
        const tests::Pki pki;
        const QString document = write(folder, "a.txt", "content");
        Errand errand = errandOf(ErrandKind::sign, document, intent::Form::cmsGmt);
        errand.contentInside = true;
        const auto prepared = prepare(errand, m_random);
        write(folder, "a.txt", "changed"); // meanwhile
        QCOMPARE(finish(errand, *prepared.value, approvedBy(pki, prepared.value->draft)).problem, 612);
        QVERIFY(!QFile::exists(errand.out));
        QFile large(folder.filePath(QStringLiteral("large")));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize((15 << 20) + 1));
        errand.file = large.fileName();
        QCOMPARE(prepare(errand, m_random).problem, 651);
        errand.contentInside = false;
        QVERIFY(prepare(errand, m_random).value);
    }
    void opened_name_isWhatTheFileWasMadeOf()
    {
        QCOMPARE(openedName(QStringLiteral("/x/bid.pdf.p7m")), QStringLiteral("/x/bid.pdf"));
        QCOMPARE(openedName(QStringLiteral("/x/bid.P7M")), QStringLiteral("/x/bid"));
        QCOMPARE(openedName(QStringLiteral("/x/.p7m")), QStringLiteral("/x/.p7m.opened"));
        QCOMPARE(openedName(QStringLiteral("/x/bid.sm2")), QStringLiteral("/x/bid.sm2.opened"));
    }
    // Of others' software: the phone opens the wrapped key, and the content is opened here.
    void envelopedData_forThePerson_isOpened_data()
    {
        QTest::addColumn<bool>("gm");
        QTest::addColumn<bool>("pem");
        QTest::newRow("GM/T 0010") << true << false;
        QTest::newRow("PKCS #7") << false << false;
        QTest::newRow("PEM") << false << true;
    }
    void envelopedData_forThePerson_isOpened()
    {
        QFETCH(bool, gm);
        QFETCH(bool, pem);
        QTemporaryDir folder;
        const tests::Pki pki, other;
        const std::vector<x509::Certificate> recipients{other.encrypt, pki.encrypt};
        const auto der = documents::buildEnvelopedData(recipients, viewOf("the content"), gm ? documents::Dialect::gmt0010 : documents::Dialect::pkcs7, m_random);
        QVERIFY(der);
        const QByteArray bytes = pem ? QByteArray::fromStdString(x509::toPem("PKCS7", *der)) : QByteArray(reinterpret_cast<const char *>(der->data()), qsizetype(der->size()));
        const QString file = write(folder, "标书.txt.p7m", bytes);
        QVERIFY(isEnvelopedData(file));
        Errand errand = errandOf(ErrandKind::open, file);
        errand.out = openedName(file);
        const auto holder = [](const tests::Pki &of, const char *account) {
            return QJsonObject{{"account", account}, {"opening", QJsonArray{QString::fromStdString(of.encrypt.pem())}}};
        };
        const tests::Pki stranger;
        QCOMPARE(prepareEnvelopedData(errand, {holder(stranger, "s")}, m_random).problem, 606);
        QCOMPARE(prepareEnvelopedData(errand, {}, m_random).problem, 606);
        const auto prepared = prepareEnvelopedData(errand, {holder(stranger, "s"), holder(pki, "p"), holder(other, "o")}, m_random);
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->account, QStringLiteral("p"));
        QCOMPARE(prepared.value->others.size(), std::size_t{1});
        Errand chosen = errand;
        chosen.person = QStringLiteral("o");
        QCOMPARE(prepareEnvelopedData(chosen, {holder(pki, "p"), holder(other, "o")}, m_random).value->account, QStringLiteral("o"));

        intent::Manifest manifest;
        manifest.act = intent::Act::decrypt;
        manifest.desk = intent::Desk{{1}, "D", true};
        manifest.platform = {"p", "P"};
        const std::string wrapped = prepared.value->tbs.front().toStdString();
        manifest.files = {{"x", wrapped.size(), crypto::sm3(viewOf(wrapped)), 0}};
        manifest.deskKey = prepared.value->boxKey->publicKey();
        const auto sealedFor = [&](ByteView key) {
            return QJsonObject{{"manifest", QString::fromStdString(textOf(manifest.encode()))},
                               {"sealed", QJsonArray{QString::fromStdString(toHex(*crypto::sealBox(*manifest.deskKey, key, m_random)))}}};
        };
        const auto key = crypto::sm2Decrypt(pki.encryptKey.d, *x509::parseSm2Cipher(viewOf(wrapped)));
        QVERIFY(key);
        QCOMPARE(finish(errand, *prepared.value, sealedFor(key->expose().first(8))).problem, 603);
        QVERIFY(!QFile::exists(errand.out));
        const auto finished = finish(errand, *prepared.value, sealedFor(key->expose()));
        QVERIFY(finished.value);
        QCOMPARE(finished.value->out, folder.filePath(QStringLiteral("标书.txt")));
        QFile written(finished.value->out);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), QByteArray("the content"));
    }
    void envelopedData_thatIsNone_isRefused()
    {
        QTemporaryDir folder;
        const tests::Pki pki;
        QVERIFY(!isEnvelopedData(write(folder, "text", "not one")));
        QVERIFY(!isEnvelopedData(folder.filePath(QStringLiteral("none"))));
        const QJsonArray holders{QJsonObject{{"account", "p"}, {"opening", QJsonArray{QString::fromStdString(pki.encrypt.pem())}}}};
        const QString broken = write(folder, "broken.p7m", QByteArray::fromHex("3080060a2a811ccf55060104020300"));
        QVERIFY(isEnvelopedData(broken));
        QCOMPARE(prepareEnvelopedData(errandOf(ErrandKind::open, broken), holders, m_random).problem, 603);
        Errand nowhere = errandOf(ErrandKind::open, broken);
        nowhere.out = folder.filePath(QStringLiteral("no/such/file"));
        QCOMPARE(prepareEnvelopedData(nowhere, holders, m_random).problem, 610);
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
