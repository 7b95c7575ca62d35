#include "app/shell/look.h"

#include <QFont>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QIcon>

namespace hufu::shell {

void prepareLook(QGuiApplication &app, const char *name)
{
    app.setApplicationName(QString::fromLatin1(name));
    app.setOrganizationName(QStringLiteral("Hufu"));
    app.setApplicationVersion(QStringLiteral(HUFU_VERSION));
    app.setWindowIcon(QIcon(QStringLiteral(":/qt/qml/Hufu/Controls/icons/hufu.svg")));
    QFont font = app.font();
    for (const char *family : {"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei"})
        if (QFontDatabase::hasFamily(QString::fromLatin1(family))) {
            font.setFamily(QString::fromLatin1(family));
            break;
        }
    app.setFont(font);
}

} // namespace hufu::shell
