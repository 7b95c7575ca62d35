// The way to the same person's next keys: here, beside the old ones, or on a new phone, which reads a code from this one.
#pragma once

#include "app/phone/models/views.h"

#include <QImage>
#include <QObject>

namespace hufu::phone_app {

class NextModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(hufu::phone_app::CertificateView card READ card NOTIFY changed)
    Q_PROPERTY(int bids READ bids NOTIFY changed) // sealed ones that only this shield opens
    Q_PROPERTY(bool full READ full NOTIFY changed) // no further shield fits on this phone
    Q_PROPERTY(QImage code READ code NOTIFY codeChanged)
    Q_PROPERTY(bool vouched READ vouched NOTIFY codeChanged) // the code is there, for the new phone
public:
    using QObject::QObject;
    const CertificateView &card() const { return m_card; }
    int bids() const { return m_bids; }
    bool full() const { return m_full; }
    const QImage &code() const { return m_code; }
    bool vouched() const { return !m_code.isNull(); }
    void show(const CertificateView &card, int bids, bool full)
    {
        m_card = card;
        m_bids = bids;
        m_full = full;
        Q_EMIT changed();
        showCode(QImage());
    }
    // In: code, as secret as what it opens; null: none any more.
    void showCode(const QImage &code)
    {
        m_code = code;
        Q_EMIT codeChanged();
    }
    Q_INVOKABLE void renewHere() { Q_EMIT hereAsked(); }
    Q_INVOKABLE void moveOn() { Q_EMIT elsewhereAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void codeChanged();
    void hereAsked();
    void elsewhereAsked();
    void closed();

private:
    CertificateView m_card;
    int m_bids = 0;
    bool m_full = false;
    QImage m_code;
};

} // namespace hufu::phone_app
