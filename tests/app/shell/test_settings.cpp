// What a person chose about the screens, over a restart.
#include "app/shell/language.h"
#include "app/shell/settings.h"

#include <QFile>
#include <QGuiApplication>
#include <QPalette>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using hufu::shell::Language;
using hufu::shell::Settings;

class TestSettings : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString m_file;

private Q_SLOTS:
    void init()
    {
        m_file = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral("/settings.ini"));
    }

    void everyChoice_restarted_isKept()
    {
        {
            QQmlEngine engine;
            auto *settings = Settings::of(engine);
            settings->keepIn(m_file, Language::of(engine));
            settings->setAppearance(Settings::Dark);
            settings->setElder(true);
            settings->setTextPercent(150);
            settings->setMotion(false);
            settings->setShuffled(true);
            settings->setSpokenDigits(true);
            Language::of(engine)->choose(QStringLiteral("en"));
        }
        QQmlEngine engine;
        auto *settings = Settings::of(engine);
        QVERIFY(!settings->spokenDigits()); // who says nothing hears no digit
        QSignalSpy changed(settings, &Settings::changed);
        settings->keepIn(m_file, Language::of(engine));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(settings->appearance(), Settings::Dark);
        QVERIFY(settings->dark());
        QVERIFY(settings->elder());
        QCOMPARE(settings->textPercent(), 150);
        QVERIFY(!settings->motion());
        QVERIFY(settings->shuffled());
        QVERIFY(settings->spokenDigits());
        QCOMPARE(Language::of(engine)->name(), QStringLiteral("en"));
    }
    void damagedFile_read_leavesWhatWas()
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[General]\nappearance=9\ntextPercent=many\nlanguage=xx\n");
        file.close();
        QQmlEngine engine;
        auto *settings = Settings::of(engine);
        settings->keepIn(m_file, Language::of(engine));
        QCOMPARE(settings->appearance(), Settings::System);
        QCOMPARE(settings->textPercent(), 100);
        QCOMPARE(Language::of(engine)->name(), QString::fromLatin1(Language::kDefault));
    }
    void valueOutOfRange_set_changesNothing()
    {
        QQmlEngine engine;
        auto *settings = Settings::of(engine);
        QSignalSpy changed(settings, &Settings::changed);
        settings->setTextPercent(99);
        settings->setTextPercent(201);
        settings->setAppearance(static_cast<Settings::Appearance>(3));
        QVERIFY(changed.isEmpty());
        QCOMPARE(settings->textPercent(), 100);
    }
    void systemAppearance_darkWindow_isDark()
    {
        QQmlEngine engine;
        auto *settings = Settings::of(engine);
        QPalette palette = QGuiApplication::palette();
        const QPalette former = palette;
        palette.setColor(QPalette::Window, Qt::black);
        QSignalSpy changed(settings, &Settings::changed);
        QGuiApplication::setPalette(palette);
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(settings->dark());
        settings->setAppearance(Settings::Light);
        QVERIFY(!settings->dark());
        QGuiApplication::setPalette(former);
    }
    void of_askedTwice_isTheSameObject()
    {
        QQmlEngine engine;
        QCOMPARE(Settings::of(engine), Settings::of(engine));
        QCOMPARE(Settings::create(&engine, nullptr), Settings::of(engine));
    }
    void padDigits_shuffled_areAllThere()
    {
        QQmlEngine engine;
        auto *settings = Settings::of(engine);
        const QVariantList plain{1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
        QCOMPARE(settings->padDigits(), plain);
        settings->setShuffled(true);
        bool isMoved = false;
        for (int i = 0; i < 20; ++i) { // all twenty in order: once in 10!^20
            QVariantList drawn = settings->padDigits();
            isMoved = isMoved || drawn != plain;
            for (int digit = 0; digit < 10; ++digit)
                QCOMPARE(drawn.count(digit), 1);
        }
        QVERIFY(isMoved);
    }
};

QTEST_MAIN(TestSettings)
#include "test_settings.moc"
