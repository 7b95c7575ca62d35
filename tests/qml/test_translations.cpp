// Nothing that a person reads is left untranslated, in either language, and no text was forgotten when it was
// collected.
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

struct Message {
    QString context, source;
    QStringList forms;
    bool numerus = false, finished = false;
    QString key() const { return context + QLatin1Char('|') + source; }
};

static QList<Message> messagesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const auto name = xml.name();
        if (name == QLatin1String("name")) context = xml.readElementText();
        if (name == QLatin1String("message")) {
            messages.append({context,
                             {},
                             {},
                             xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes"),
                             false});
        } else if (name == QLatin1String("source")) {
            messages.last().source = xml.readElementText();
        } else if (name == QLatin1String("translation")) {
            messages.last().finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!messages.last().numerus) messages.last().forms << xml.readElementText();
        } else if (name == QLatin1String("numerusform")) {
            messages.last().forms << xml.readElementText();
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

static QSet<QString> placesOf(const QString &text)
{
    static const QRegularExpression kPlace(QStringLiteral("%(\\d|n)"));
    QSet<QString> places;
    for (auto it = kPlace.globalMatch(text); it.hasNext();)
        places << it.next().captured();
    return places;
}

class TestTranslations : public QObject {
    Q_OBJECT
private:
    const QString m_folder = QStringLiteral(HUFU_SOURCE "/qml/translations/");

private Q_SLOTS:
    // Where a file is chosen, BID.PDF is as good as bid.pdf, and a file of another name can be taken all the same.
    void filters_ofFileDialogs_takeCapitalsAndEverything()
    {
        static const QRegularExpression filters(QStringLiteral("nameFilters: ([^\\n]*)")), ending(QStringLiteral("\\*\\.(\\w+)"));
        int seen = 0;
        for (QDirIterator files(QStringLiteral(HUFU_SOURCE "/qml/Hufu"), {QStringLiteral("*.qml")}, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            if (text.contains(QLatin1String("FileDialog.SaveFile"))) continue; // nothing is looked for there
            for (auto it = filters.globalMatch(text); it.hasNext(); ++seen) {
                const QString list = it.next().captured(1);
                QVERIFY2(list.contains(QLatin1String("(*)")), qPrintable(file.fileName() + list));
                for (auto each = ending.globalMatch(list); each.hasNext();) {
                    const QString one = each.next().captured(1);
                    QVERIFY2(list.contains(QLatin1String("*.") + one.toLower()) && list.contains(QLatin1String("*.") + one.toUpper()), qPrintable(file.fileName() + list));
                }
            }
        }
        QVERIFY(seen >= 4);
        for (const Message &message : messagesOf(QStringLiteral(HUFU_SOURCE "/qml/translations/hufu_zh_CN.ts")))
            if (const auto from = message.source.indexOf(QLatin1String("(*.")); from >= 0) QVERIFY2(message.forms.value(0).endsWith(message.source.mid(from)), qPrintable(message.source));
    }
    void everyText_isTranslated_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("pluralForms");
        QTest::newRow("zh_CN") << QStringLiteral("hufu_zh_CN.ts") << 1;
        QTest::newRow("en") << QStringLiteral("hufu_en.ts") << 2;
    }
    void everyText_isTranslated()
    {
        QFETCH(QString, file);
        QFETCH(int, pluralForms);
        const auto messages = messagesOf(m_folder + file);
        QVERIFY(!messages.isEmpty());
        for (const Message &message : messages) {
            QVERIFY2(message.finished, qPrintable(message.key()));
            QCOMPARE(message.forms.size(), message.numerus ? pluralForms : 1);
            for (const QString &form : message.forms) {
                QVERIFY2(!form.trimmed().isEmpty(), qPrintable(message.key()));
                QSet<QString> places = placesOf(message.source);
                if (file == QLatin1String("hufu_en.ts")) places.remove(QStringLiteral("%n")); // "once"
                QVERIFY2(placesOf(form).contains(places), qPrintable(message.key()));
            }
        }
    }
    void chinese_containsNoEnglishSentence()
    {
        static const QRegularExpression kSentence(QStringLiteral("[a-z]{3,} [a-z]{3,} [a-z]{3,}"));
        for (const Message &message : messagesOf(m_folder + QStringLiteral("hufu_zh_CN.ts")))
            for (const QString &form : message.forms)
                QVERIFY2(!kSentence.match(form).hasMatch(), qPrintable(form));
    }
    // One word for each: what a person or an administrator approves is 批准; 同意 is for agreements.
    void chinese_approval_hasOneWord()
    {
        static const QRegularExpression kApproval(QStringLiteral("\\bapprov"), QRegularExpression::CaseInsensitiveOption);
        int seen = 0;
        for (const Message &message : messagesOf(m_folder + QStringLiteral("hufu_zh_CN.ts"))) {
            if (!kApproval.match(message.source).hasMatch()) continue;
            ++seen;
            for (const QString &form : message.forms)
                QVERIFY2(!form.contains(QStringLiteral("同意")), qPrintable(message.source));
        }
        QVERIFY(seen > 10);
    }
    void collection_isUpToDate()
    {
        QTemporaryDir folder;
        const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
        QProcess lupdate;
        lupdate.start(QStringLiteral(HUFU_LUPDATE),
                      {QStringLiteral("-silent"), QStringLiteral("-source-language"), QStringLiteral("en"),
                       QStringLiteral("-target-language"), QStringLiteral("zh_CN"),
                       QStringLiteral(HUFU_SOURCE "/qml"), QStringLiteral(HUFU_SOURCE "/app/phone"),
                       QStringLiteral(HUFU_SOURCE "/app/desk"), QStringLiteral(HUFU_SOURCE "/app/shell"),
                       QStringLiteral("-ts"), fresh});
        QVERIFY(lupdate.waitForFinished(60'000));
        QSet<QString> inCode, inFile;
        for (const Message &message : messagesOf(fresh))
            inCode << message.key();
        for (const Message &message : messagesOf(m_folder + QStringLiteral("hufu_zh_CN.ts")))
            inFile << message.key();
        QVERIFY(!inCode.isEmpty());
        const QSet<QString> forgotten = inCode - inFile, dead = inFile - inCode;
        QVERIFY2(forgotten.isEmpty(), qPrintable(QStringList(forgotten.values()).join(QLatin1Char('\n'))));
        QVERIFY2(dead.isEmpty(), qPrintable(QStringList(dead.values()).join(QLatin1Char('\n'))));
    }
    void qml_textOutsideQsTr_colourOrEffect_isNotThere()
    {
        // A text property whose value begins with a capital literal is a sentence that nobody can translate.
        static const QRegularExpression kBare(
            QStringLiteral("\\b(text|title|subtitle|caption|placeholder):\\s*\"[A-Z\\x{4e00}-\\x{9fff}]"));
        static const QRegularExpression kColour(QStringLiteral("\"#[0-9A-Fa-f]{3,8}\""));
        // What the software renderer does not draw.
        static const QRegularExpression kEffect(QStringLiteral("\\b(ShaderEffect|MultiEffect|OpacityMask|DropShadow|GraphicalEffects|QtQuick\\.(Effects|Particles))\\b|\\blayer\\."));
        QDirIterator files(QStringLiteral(HUFU_SOURCE "/qml"), {QStringLiteral("*.qml")}, QDir::Files,
                           QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString content = QString::fromUtf8(file.readAll());
            QVERIFY2(!kEffect.match(content).hasMatch(), qPrintable(file.fileName() + kEffect.match(content).captured()));
            QVERIFY2(!kBare.match(content).hasMatch(),
                     qPrintable(file.fileName() + kBare.match(content).captured()));
            if (!file.fileName().endsWith(QLatin1String("Theme.qml")))
                QVERIFY2(!kColour.match(content).hasMatch(), qPrintable(file.fileName()));
            ++seen;
        }
        QVERIFY(seen > 30);
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
