#include "app/shell/catalogue_texts.h"

#include "app/catalogue/catalogue.h"
#include "app/shell/language.h"

#include <algorithm>

namespace hufu::shell {

static const catalogue::Entry &entryOf(int code)
{
    const auto known = catalogue::codeOf(static_cast<std::uint16_t>(code));
    return catalogue::entryOf(known.value_or(catalogue::Code::internal));
}

static bool english(const QString &language)
{
    return language == QLatin1String("en");
}

QList<int> CatalogueTexts::codes()
{
    QList<int> out;
    for (const auto &entry : catalogue::allEntries())
        out << static_cast<int>(entry.code);
    std::sort(out.begin(), out.end());
    return out;
}

QString CatalogueTexts::name(int code)
{
    return QString::fromStdString(catalogue::codeText(entryOf(code).code));
}

QString CatalogueTexts::title(int code, const QString &language)
{
    const auto &entry = entryOf(code);
    return english(language) ? plainQuotes(QString::fromStdString(entry.titleEn)) : QString::fromStdString(entry.titleZh);
}

QString CatalogueTexts::cause(int code, const QString &language)
{
    const auto &entry = entryOf(code);
    return english(language) ? plainQuotes(QString::fromStdString(entry.causeEn)) : QString::fromStdString(entry.causeZh);
}

QStringList CatalogueTexts::steps(int code, const QString &language)
{
    const auto &entry = entryOf(code);
    QStringList out;
    for (const auto &step : english(language) ? entry.stepsEn : entry.stepsZh)
        out << (english(language) ? plainQuotes(QString::fromStdString(step)) : QString::fromStdString(step));
    return out;
}

} // namespace hufu::shell
