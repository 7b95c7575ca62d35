// hufu state and hufu reset, through the real program, on a folder that stands for a simulation's.
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

class TestStateWords : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &content)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }
    int hufu(QStringList words, QByteArray *said = nullptr) const
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), words << QStringLiteral("--data") << m_folder.path());
        process.waitForFinished();
        if (said != nullptr) *said = process.readAllStandardOutput() + process.readAllStandardError();
        return process.exitCode();
    }

private Q_SLOTS:
    void init()
    {
        QDir(m_folder.path()).removeRecursively();
        write(QStringLiteral("server/ledger.db"), "one");
        write(QStringLiteral("phone/keys"), "secret");
        QFile::setPermissions(path(QStringLiteral("phone/keys")), QFile::ReadOwner | QFile::WriteOwner);
    }

    void state_savedAndLoaded_isAsBeforeWithItsPermissions()
    {
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        write(QStringLiteral("server/ledger.db"), "two");
        write(QStringLiteral("later"), "x");
        QVERIFY(QFile::remove(path(QStringLiteral("phone/keys"))));
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("load"), QStringLiteral("a")}), 0);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("one"));
        QCOMPARE(read(QStringLiteral("phone/keys")), QByteArray("secret"));
        QCOMPARE(read(QStringLiteral("later")), QByteArray("none"));
        QVERIFY(!(QFile::permissions(path(QStringLiteral("phone/keys"))) & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void state_savedAgain_replacesTheOldOne()
    {
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        write(QStringLiteral("server/ledger.db"), "two");
        QVERIFY(QFile::remove(path(QStringLiteral("phone/keys"))));
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("b")}), 0);
        QByteArray names;
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("list")}, &names), 0);
        QCOMPARE(names, QByteArray("a\nb\n"));
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("load"), QStringLiteral("a")}), 0);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("two"));
        QCOMPARE(read(QStringLiteral("phone/keys")), QByteArray("none"));
    }

    void reset_leavesTheSavedStatesAlone()
    {
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        QCOMPARE(hufu({QStringLiteral("reset")}), 0);
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{QStringLiteral("states")});
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("load"), QStringLiteral("a")}), 0);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("one"));
    }

    void state_thatIsNotThere_isRefusedAndNothingChanges()
    {
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("load"), QStringLiteral("a")}), 3);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("one"));
    }

    void state_thatCannotBeCopied_isRefusedAndNothingChanges()
    {
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        QVERIFY(QFile::link(QStringLiteral("/nowhere"), path(QStringLiteral("states/a/phone/lost"))));
        write(QStringLiteral("server/ledger.db"), "two");
        QByteArray said;
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("load"), QStringLiteral("a")}, &said), 1);
        QVERIFY2(said.startsWith("HF-610"), said);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("two"));
        QCOMPARE(read(QStringLiteral("phone/keys")), QByteArray("secret"));
        QCOMPARE(QDir(path(QStringLiteral("states"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{QStringLiteral("a")});
    }

    // Killed at its first rename, then at its second, until there is none left: the next start finds the one state or the other, whole.
    void state_killedAtEachRename_isWholeAtTheNextStart()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("a library that is loaded before the sanitizer's own");
#endif
        for (const char *word : {"load", "save"}) {
            int kills = 0;
            bool isDone = false, wasOld = false, wasNew = false;
            while (!isDone && kills < 20) {
                init();
                QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
                write(QStringLiteral("server/ledger.db"), "two");
                write(QStringLiteral("phone/keys"), "another secret");
                write(QStringLiteral("desk/key"), "x");
                qputenv("LD_PRELOAD", HUFU_DIES_AT_RENAME);
                qputenv("HUFU_DIES_AT", QByteArray::number(++kills));
                isDone = hufu({QStringLiteral("state"), QLatin1String(word), QStringLiteral("a")}) == 0;
                qunsetenv("LD_PRELOAD");
                // What starts next looks first.
                QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("b")}), 0);
                QCOMPARE(QDir(path(QStringLiteral("states"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), (QStringList{"a", "b"}));
                const QString where = QLatin1String(word) == QLatin1String("load") ? QString() : QStringLiteral("states/a/");
                const QList<QByteArray> there{read(where + QStringLiteral("server/ledger.db")), read(where + QStringLiteral("phone/keys")), read(where + QStringLiteral("desk/key"))};
                const QList<QByteArray> first{"one", "secret", "none"}, second{"two", "another secret", "x"};
                QVERIFY2(there == first || there == second, (QByteArray(word) + ' ' + QByteArray::number(kills) + ": " + there.join('|')).constData());
                (there == first ? wasOld : wasNew) = true;
            }
            QVERIFY(isDone && kills > 2 && wasOld && wasNew);
        }
    }

    // Moved half-way, and no rename works any more: nothing starts on the halves, and whoever asks is told, until they can be put together.
    void state_thatCannotBeMended_isRefusedAndNothingChanges()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("a library that is loaded before the sanitizer's own");
#endif
        const auto everything = [this] {
            QStringList all;
            QDirIterator files(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString file = files.next();
                all << QDir(m_folder.path()).relativeFilePath(file) + QLatin1Char('=') + QString::fromUtf8(read(QDir(m_folder.path()).relativeFilePath(file)));
            }
            all.sort();
            return all;
        };
        const auto failing = [this](int from, const QStringList &words, QByteArray *said) {
            qputenv("LD_PRELOAD", HUFU_DIES_AT_RENAME);
            qunsetenv("HUFU_DIES_AT");
            qputenv("HUFU_FAILS_FROM", QByteArray::number(from));
            const int code = hufu(words, said);
            qunsetenv("LD_PRELOAD");
            qunsetenv("HUFU_FAILS_FROM");
            return code;
        };
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        write(QStringLiteral("server/ledger.db"), "two");
        QByteArray said;
        QCOMPARE(failing(2, {QStringLiteral("state"), QStringLiteral("load"), QStringLiteral("a")}, &said), 1);
        QVERIFY2(said.startsWith("HF-610"), said);
        const QStringList before = everything();
        QVERIFY(!QFileInfo(path(QStringLiteral("server"))).isDir() || !QFileInfo(path(QStringLiteral("phone"))).isDir());
        for (const QStringList &words : {QStringList{"state", "save", "b"}, QStringList{"state", "load", "a"}, QStringList{"reset"}, QStringList{"sim"}, QStringList{"sim", "--panel"},
                                         QStringList{"emulator", "serve"}}) {
            QCOMPARE(failing(1, words, &said), 1);
            QVERIFY2(said.startsWith("HF-610") && said.contains("states"), said);
            QCOMPARE(everything(), before);
        }
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("b")}), 0);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("two"));
        QCOMPARE(read(QStringLiteral("phone/keys")), QByteArray("secret"));
    }

    void state_whileAPhoneOrDeskRuns_isRefusedAndNothingChanges()
    {
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        write(QStringLiteral("server/ledger.db"), "two");
        const QTemporaryDir elsewhere;
        QVERIFY(QFile::link(m_folder.path(), elsewhere.filePath(QStringLiteral("link"))));
        for (const auto &[name, data] : {std::pair("hufu-phone", "--data \"$0\"/phone"), std::pair("hufu-desk", "--data \"$0\"/phone"), std::pair("hufu-phone", "--data=\"$0\"/phone"),
                                         std::pair("hufu-phone", "--data phone"), std::pair("hufu-phone", "--data \"$1\"/link/phone")}) {
            QProcess program;
            program.setWorkingDirectory(m_folder.path());
            program.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("exec -a %1 sh -c 'echo ready; read x; true' %2").arg(QLatin1String(name), QLatin1String(data)), m_folder.path(), elsewhere.path()});
            QVERIFY(program.waitForReadyRead());
            for (const QStringList &words : {QStringList{"state", "load", "a"}, {"state", "save", "a"}, {"reset"}}) {
                QByteArray said;
                QCOMPARE(hufu(words, &said), 1);
                QVERIFY(said.startsWith("HF-104"));
            }
            program.closeWriteChannel();
            QVERIFY(program.waitForFinished());
        }
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("two"));
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("load"), QStringLiteral("a")}), 0);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("one"));
    }

    void state_whileAServerRuns_isRefusedAndNothingChanges()
    {
        QCOMPARE(hufu({QStringLiteral("state"), QStringLiteral("save"), QStringLiteral("a")}), 0);
        write(QStringLiteral("server/ledger.db"), "two");
        write(QStringLiteral("server/lock"), "");
        const int lock = ::open(qPrintable(path(QStringLiteral("server/lock"))), O_RDWR | O_CLOEXEC);
        QVERIFY(lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0);
        for (const QStringList &words : {QStringList{"state", "load", "a"}, {"state", "save", "a"}, {"reset"}}) {
            QByteArray said;
            QCOMPARE(hufu(words, &said), 1);
            QVERIFY(said.startsWith("HF-104"));
        }
        ::close(lock);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("two"));
    }

    void words_wrong_areSaid()
    {
        for (const QStringList &words : {QStringList{"state"}, {"state", "save"}, {"state", "save", "../a"}, {"state", "save", "a", "b"}, {"state", "save", ""},
                                         {"state", "forget", "a"}, {"state", "list", "a"}, {"reset", "a"}, {"emulator"}, {"emulator", "serve", "--port", "99999"}})
            QCOMPARE(hufu(words), 2);
        QCOMPARE(read(QStringLiteral("server/ledger.db")), QByteArray("one"));
    }
};

QTEST_GUILESS_MAIN(TestStateWords)
#include "test_state_words.moc"
