// The error catalogue for the screens.
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace hufu::shell {

class CatalogueTexts : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(Catalogue)
    QML_SINGLETON
public:
    // In: code, the number of HF-nnn; one that is not in the catalogue reads as HF-506. language, as
    // Language.name.
    Q_INVOKABLE static QList<int> codes(); // all there are, in order
    Q_INVOKABLE static QString name(int code);
    Q_INVOKABLE static QString title(int code, const QString &language);
    Q_INVOKABLE static QString cause(int code, const QString &language);
    Q_INVOKABLE static QStringList steps(int code, const QString &language);
};

} // namespace hufu::shell
