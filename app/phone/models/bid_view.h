// A sealed bid as pages show it.
#pragma once

#include "app/phone/models/views.h"

#include <QStringList>

namespace hufu::phone_app {

struct BidView {
    Q_GADGET
    QML_VALUE_TYPE(bidView)
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QString project MEMBER project)
    Q_PROPERTY(QString number MEMBER number)
    Q_PROPERTY(QString package MEMBER package)
    Q_PROPERTY(QString file MEMBER file)
    Q_PROPERTY(double size MEMBER size)
    Q_PROPERTY(QDateTime sealedAt MEMBER sealedAt)
    Q_PROPERTY(QDateTime openingAt MEMBER openingAt)
    Q_PROPERTY(QStringList recipients MEMBER recipients)
    Q_PROPERTY(QString soleReason MEMBER soleReason)
    Q_PROPERTY(bool own MEMBER own)
    Q_PROPERTY(bool mine MEMBER mine)
    Q_PROPERTY(bool awaited MEMBER awaited)
    Q_PROPERTY(int state MEMBER state)
    Q_PROPERTY(int light MEMBER light)
    Q_PROPERTY(int cause MEMBER cause)
    Q_PROPERTY(bool rehearsalDue MEMBER rehearsalDue)
    Q_PROPERTY(int shield MEMBER shield)
    Q_PROPERTY(QString shieldLabel MEMBER shieldLabel)
public:
    QString id; // hexadecimal; empty: no bid
    QString project, number, package, file;
    double size = 0; // octets
    QDateTime sealedAt, openingAt; // openingAt invalid: not known
    QStringList recipients; // who can open it
    QString soleReason;
    bool own = false;     // this person sealed it
    bool mine = false;    // this phone can open it
    bool awaited = false; // its opening may still come
    int state = 1;        // BidsModel::State
    int light = 0, cause = 0; // HomeModel::Light; BidsModel::Cause
    bool rehearsalDue = false;
    int shield = 0;      // whose bid it is, of the phone's shields
    QString shieldLabel; // its name, where it is not the one in use
    bool operator==(const BidView &) const = default;
};

} // namespace hufu::phone_app
