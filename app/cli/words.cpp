#include "app/cli/words.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QFileInfo>
#include <cstdio>

namespace hufu::cli {

ByteView viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}

QString timeText(std::int64_t unixMs)
{
    return QDateTime::fromMSecsSinceEpoch(unixMs, Qt::UTC).toString(Qt::ISODate);
}

void explain(catalogue::Code code, const QString &about)
{
    const catalogue::Entry &entry = catalogue::entryOf(code);
    std::fprintf(stderr, "%s  %s\n", catalogue::codeText(code).c_str(), qUtf8Printable(about));
    std::fprintf(stderr, "  %s: %s\n  %s: %s\n", entry.titleZh.c_str(), entry.causeZh.c_str(), entry.titleEn.c_str(),
                 entry.causeEn.c_str());
    for (std::size_t i = 0; i < entry.stepsZh.size(); ++i)
        std::fprintf(stderr, "    %zu. %s\n       %s\n", i + 1, entry.stepsZh[i].c_str(), entry.stepsEn[i].c_str());
}

WordCheck::WordCheck(const QCommandLineParser &parser, bool isParsed)
{
    const QStringList unknown = parser.unknownOptionNames();
    m_isHelp = unknown.contains(QStringLiteral("help")) || unknown.contains(QStringLiteral("h"));
    const QString first = unknown.value(0);
    wrongIf(!unknown.isEmpty(), (first.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + first, QStringLiteral("没有这个选项"), QStringLiteral("there is no such option"));
    wrongIf(!isParsed, parser.errorText(), QStringLiteral("选项缺少值，或不该有值"), QStringLiteral("an option lacks its value, or takes none"));
}

void WordCheck::wrongIf(bool isWrong, const QString &word, const QString &zh, const QString &en)
{
    if (isWrong && m_line.isEmpty()) m_line = QStringLiteral("%1：%2 / %3\n").arg(word, zh, en);
}

int WordCheck::tell(const char *usage) const
{
    if (!m_isHelp) std::fputs(qUtf8Printable(m_line), stderr);
    std::fputs(usage, m_isHelp ? stdout : stderr);
    return m_isHelp ? kGood : kUsage;
}

std::optional<QByteArray> readFile(const QString &path, qint64 most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        explain(catalogue::Code::fileUnreadable, path);
        return std::nullopt;
    }
    // A device or a pipe has no size that could be trusted.
    if (!QFileInfo(path).isFile()) {
        explain(catalogue::Code::fileUnreadable, path);
        return std::nullopt;
    }
    if (file.size() > most) {
        explain(catalogue::Code::inputTooLarge, path);
        return std::nullopt;
    }
    const qint64 size = file.size();
    const QByteArray content = file.read(most + 1);
    if (file.error() != QFileDevice::NoError || content.size() < size) {
        explain(catalogue::Code::fileUnreadable, path);
        return std::nullopt;
    }
    if (content.size() > most) {
        explain(catalogue::Code::inputTooLarge, path);
        return std::nullopt;
    }
    return content;
}

std::unique_ptr<MappedFile> MappedFile::open(const QString &path)
{
    auto mapped = std::make_unique<MappedFile>();
    QFile &file = mapped->m_file;
    file.setFileName(path);
    if (QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly)) {
        const qint64 size = file.size();
        if (size == 0) return mapped; // nothing to map
        if (const uchar *bytes = file.map(0, size)) {
            mapped->m_view = ByteView(bytes, static_cast<std::size_t>(size));
            return mapped;
        }
    }
    explain(catalogue::Code::fileUnreadable, path);
    return nullptr;
}

} // namespace hufu::cli
