#include "app/cli/recording.h"

#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>

namespace hufu::cli {

namespace {

class Writer {
public:
    void take(const RecordedAct &done)
    {
        const QJsonObject &act = done.act;
        if (act.contains(QLatin1String("page"))) return turn(done.who, act[QLatin1String("page")].toString());
        const QString name = act[act.contains(QLatin1String("click")) ? QLatin1String("click") : QLatin1String("name")].toString();
        if (act.contains(QLatin1String("type"))) return typed(done.who, name, act[QLatin1String("type")].toString());
        if (name.startsWith(QLatin1String("pinKey"))) {
            m_digits += name.mid(6);
        } else if (name == QLatin1String("pinErase")) {
            m_digits.chop(1);
        } else if (name == QLatin1String("pinSubmit")) {
            expectPage(done.who);
            line({{QStringLiteral("pin"), std::exchange(m_digits, {})}});
            m_entered = true;
        } else {
            expectPage(done.who);
            line({{done.who, QJsonObject{{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), name}}}});
            m_lookedFor = name == QLatin1String("homeScan") ? m_lines.size() : 0;
        }
    }
    // The pages that are there at the end.
    QByteArray finish()
    {
        for (const QString &who : m_pages.keys())
            expectPage(who);
        return m_lines.join('\n') + '\n';
    }
    void line(const QJsonObject &object) { m_lines << QJsonDocument(object).toJson(QJsonDocument::Compact); }
    QList<QByteArray> &lines() { return m_lines; }

private:
    void turn(const QString &who, const QString &page)
    {
        m_pages.insert(who, page);
        if (who != QLatin1String("phone") || page == QLatin1String("scan")) return;
        // It left the scan page by itself: it has seen the code.
        if (m_lookedFor != 0 && m_lookedFor == m_lines.size()) {
            m_lines.removeLast();
            line({{QStringLiteral("scan"), QStringLiteral("desk")}});
        }
        m_lookedFor = 0;
    }
    void typed(const QString &who, const QString &name, const QString &text)
    {
        expectPage(who);
        static const QRegularExpression code(QStringLiteral("^[0-9]{6}$"));
        if ((name == QLatin1String("smsField") || name == QLatin1String("factorCode")) && code.match(text).hasMatch())
            return line({{QStringLiteral("sms"), QStringLiteral("type")}}); // another run has another code
        line({{who, QJsonObject{{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), name}, {QStringLiteral("text"), text}}}});
    }
    void expectPage(const QString &who)
    {
        const QString page = m_pages.take(who);
        if (page.isEmpty()) return;
        // The same page again after a PIN: it was refused, which has to be seen first.
        if (std::exchange(m_entered, false) && page == QLatin1String("pinPad"))
            line({{QStringLiteral("expect"), QJsonObject{{who, QStringLiteral("visible")}, {QStringLiteral("of"), QStringLiteral("pinProblem")}, {QStringLiteral("is"), true}}}});
        line({{QStringLiteral("expect"), QJsonObject{{who, QStringLiteral("page")}, {QStringLiteral("is"), page}}}});
    }

    QList<QByteArray> m_lines;
    QMap<QString, QString> m_pages; // not expected yet
    QString m_digits;
    qsizetype m_lookedFor = 0; // how many lines there were when it began to look for a code
    bool m_entered = false;    // a PIN, and nothing since
};

} // namespace

QByteArray scriptOf(const QString &title, const QString &start, const QList<RecordedAct> &acts)
{
    Writer writer;
    writer.lines() << "# " + title.simplified().toUtf8();
    writer.line({{QStringLiteral("start"), start}});
    for (const RecordedAct &act : acts)
        writer.take(act);
    return writer.finish();
}

} // namespace hufu::cli
