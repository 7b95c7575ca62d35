// How the act ended, and where the result is.
#pragma once

#include <QFileInfo>
#include <QObject>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>
#include <algorithm>

namespace hufu::desk_app {

// How it went with one envelope.
struct BidView {
    Q_GADGET
    QML_VALUE_TYPE(bidView)
    Q_PROPERTY(QString envelope MEMBER envelope)
    Q_PROPERTY(QString file MEMBER file)   // what was written; empty if it stays shut
    Q_PROPERTY(int problem MEMBER problem) // HF-nnn; 0: opened
    Q_PROPERTY(QString whose MEMBER whose) // with HF-606: for whom the envelope is
    Q_PROPERTY(QString standing MEMBER standing) // of an opened one: nameOf(Sender::Standing); empty: not looked at
    Q_PROPERTY(QString sender MEMBER sender)     // and who has sealed it
public:
    QString envelope, file;
    int problem = 0;
    QString whose = {};
    bool isOfFile = false; // the problem: the same file would come to it again
    QString standing = {}, sender = {};
};

class OutcomeModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString act READ act NOTIFY changed)
    Q_PROPERTY(QString signer READ signer NOTIFY changed)
    Q_PROPERTY(QString file READ file NOTIFY changed)     // what was written; empty if nothing
    Q_PROPERTY(QString folder READ folder NOTIFY changed)  // where that is, and what else came of the act; empty if nothing
    Q_PROPERTY(QUrl address READ address NOTIFY changed)   // of the folder
    Q_PROPERTY(bool renamed READ renamed NOTIFY changed)  // since a file of the wished name was there
    Q_PROPERTY(QString detail READ detail NOTIFY changed) // the signature, hexadecimal; empty if none
    Q_PROPERTY(QVariantList bids READ bids NOTIFY changed) // of bidView; empty unless it was an act of several files
    Q_PROPERTY(int opened READ opened NOTIFY changed)      // how many of them
    Q_PROPERTY(int rest READ rest NOTIFY changed)          // how many of them are not done, and may be when they are tried again
    Q_PROPERTY(int unfit READ unfit NOTIFY changed)        // how many are not done, and would not be: another file is needed
public:
    using QObject::QObject;
    const QString &act() const { return m_act; }
    const QString &signer() const { return m_signer; }
    const QString &file() const { return m_file; }
    QString folder() const { return m_file.isEmpty() ? QString() : QFileInfo(m_file).absolutePath(); }
    QUrl address() const { return m_file.isEmpty() ? QUrl() : QUrl::fromLocalFile(folder()); }
    bool renamed() const { return m_renamed; }
    const QString &detail() const { return m_detail; }
    const QVariantList &bids() const { return m_bids; }
    int opened() const
    {
        return static_cast<int>(std::count_if(m_bids.begin(), m_bids.end(), [](const QVariant &bid) { return bid.value<BidView>().problem == 0; }));
    }
    int rest() const { return static_cast<int>(m_bids.size()) - opened() - unfit(); }
    int unfit() const
    {
        return static_cast<int>(std::count_if(m_bids.begin(), m_bids.end(), [](const QVariant &bid) { return bid.value<BidView>().isOfFile; }));
    }
    void show(const QString &act, const QString &signer, const QString &file, bool renamed,
              const QString &detail)
    {
        m_renamed = renamed;
        m_act = act;
        m_signer = signer;
        m_file = file;
        m_detail = detail;
        m_bids.clear();
        Q_EMIT changed();
    }
    void setBids(const QVariantList &bids)
    {
        m_bids = bids;
        Q_EMIT changed();
    }
    Q_INVOKABLE void askRest() { Q_EMIT restAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void restAsked();
    void closed();

private:
    QString m_act, m_signer, m_file, m_detail;
    bool m_renamed = false;
    QVariantList m_bids;
};

} // namespace hufu::desk_app
