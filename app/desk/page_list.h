// Pages as people name them, "1-3,7".
#pragma once

#include "shield/intent/manifest.h"

#include <QStringList>
#include <vector>

namespace hufu::desk_app {

// In ascending order, from 1. Empty if text names none, or one beyond last.
inline std::vector<int> pagesOf(const QString &text, int last)
{
    std::vector<int> pages;
    if (last <= 0 || !intent::isPageList(text.toStdString(), static_cast<std::uint32_t>(last))) return pages;
    for (const QString &part : text.split(QLatin1Char(','))) {
        const auto ends = part.split(QLatin1Char('-'));
        for (int page = ends.front().toInt(); page <= ends.back().toInt(); ++page)
            pages.push_back(page);
    }
    return pages;
}

// The same the other way. In: pages in ascending order.
inline QString pageListOf(const std::vector<int> &pages)
{
    QString text;
    for (std::size_t i = 0; i < pages.size();) {
        std::size_t end = i;
        while (end + 1 < pages.size() && pages[end + 1] == pages[end] + 1)
            ++end;
        if (!text.isEmpty()) text += QLatin1Char(',');
        text += QString::number(pages[i]);
        if (end > i) text += QLatin1Char('-') + QString::number(pages[end]);
        i = end + 1;
    }
    return text;
}

} // namespace hufu::desk_app
