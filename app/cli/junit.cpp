#include "app/cli/junit.h"

#include <QXmlStreamWriter>
#include <algorithm>

namespace hufu::cli {

static QString secondsText(double seconds)
{
    return QString::number(seconds, 'f', 3);
}

QByteArray junitXml(const QString &suite, const QList<PlayedLine> &lines)
{
    double whole = 0;
    for (const PlayedLine &line : lines)
        whole += line.seconds;
    const auto count = [&lines](auto &&is) { return QString::number(std::count_if(lines.begin(), lines.end(), is)); };

    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("testsuite"));
    xml.writeAttribute(QStringLiteral("name"), suite);
    xml.writeAttribute(QStringLiteral("tests"), QString::number(lines.size()));
    xml.writeAttribute(QStringLiteral("failures"), count([](const PlayedLine &line) { return !line.failure.isEmpty(); }));
    xml.writeAttribute(QStringLiteral("errors"), QStringLiteral("0"));
    xml.writeAttribute(QStringLiteral("skipped"), count([](const PlayedLine &line) { return !line.played; }));
    xml.writeAttribute(QStringLiteral("time"), secondsText(whole));
    for (const PlayedLine &line : lines) {
        xml.writeStartElement(QStringLiteral("testcase"));
        xml.writeAttribute(QStringLiteral("classname"), suite);
        xml.writeAttribute(QStringLiteral("name"), line.name);
        xml.writeAttribute(QStringLiteral("time"), secondsText(line.seconds));
        if (!line.played) xml.writeEmptyElement(QStringLiteral("skipped"));
        if (!line.failure.isEmpty()) {
            xml.writeEmptyElement(QStringLiteral("failure"));
            xml.writeAttribute(QStringLiteral("message"), line.failure);
        }
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    return out;
}

} // namespace hufu::cli
