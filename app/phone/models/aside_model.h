// A page that shows what is the same on every phone, and can only be left.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class AsideModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
public:
    using QObject::QObject;
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void closed();
};

} // namespace hufu::phone_app
