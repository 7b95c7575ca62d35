#include "app/cli/tender.h"

#include <QFont>
#include <QPainter>
#include <QPdfWriter>

namespace hufu::cli {

bool writeTender(const QString &path, const QString &company, const QString &person)
{
    constexpr int kDots = 300, kPages = 3;
    QPdfWriter writer(path);
    writer.setTitle(QStringLiteral("投标文件"));
    writer.setResolution(kDots);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout::Millimeter);
    QPainter painter;
    if (!painter.begin(&writer)) return false;
    const int line = kDots / 3;
    const auto text = [&](int at, int points, const QString &words) {
        painter.setFont(QFont(QStringLiteral("Noto Sans CJK SC"), points));
        painter.drawText(QRect(0, at * line, writer.width(), 2 * line), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, words);
    };
    for (int page = 1; page <= kPages; ++page) {
        if (page > 1 && !writer.newPage()) return false;
        text(0, 22, page == 1 ? QStringLiteral("投标文件") : QStringLiteral("第 %1 部分").arg(page));
        text(3, 12, QStringLiteral("项目：办公桌椅采购，500 套，30 日内交付"));
        text(5, 12, QStringLiteral("Project: 500 desks, delivery within 30 days"));
        if (page == kPages) {
            text(17, 12, QStringLiteral("投标人（盖章）：%1").arg(company));
            text(19, 12, QStringLiteral("经办人：%1").arg(person));
        }
        text(27, 9, QStringLiteral("第 %1 页，共 %2 页").arg(page).arg(kPages));
    }
    return painter.end();
}

} // namespace hufu::cli
