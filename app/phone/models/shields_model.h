// The companies and certificates on this phone: which one is used, one more, how each is called, and one that goes.
#pragma once

#include "app/phone/models/bid_view.h"

#include <QObject>

#include <algorithm>
#include <utility>

namespace hufu::phone_app {

class ShieldsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList shields READ shields NOTIFY changed) // of shieldView, those that are not empty
    Q_PROPERTY(bool full READ full NOTIFY changed)               // no more fits
    Q_PROPERTY(bool othersStopped READ othersStopped NOTIFY changed) // one that is not in use could sign nothing now: damaged, its certificate over, or stopped at its server
    Q_PROPERTY(int otherLight READ otherLight NOTIFY changed)    // HomeModel::Light of the worst bid that waits for one not in use
    Q_PROPERTY(hufu::phone_app::ShieldView shield READ shield NOTIFY shieldChanged) // that is described or removed
    Q_PROPERTY(int nameMost READ nameMost CONSTANT)                                 // characters
    Q_PROPERTY(QVariantList alone READ alone NOTIFY shieldChanged)                  // of bidView: sealed ones that it alone opens
    Q_PROPERTY(QVariantList shared READ shared NOTIFY shieldChanged)                // others can open these, too
    Q_PROPERTY(QVariantList elsewhere READ elsewhere NOTIFY shieldChanged)          // another one of this phone opens these
    Q_PROPERTY(QDateTime listedAt READ listedAt NOTIFY shieldChanged)               // when the list of bids was fetched; none: never
    Q_PROPERTY(QString word READ word NOTIFY shieldChanged)                         // to be typed, as the list is too old; empty: it is not
    Q_PROPERTY(bool numberWrong READ numberWrong NOTIFY answered)                   // it was not the one that is asked for
    Q_PROPERTY(bool fingersThere READ fingersThere NOTIFY shieldChanged)            // this phone reads them
    Q_PROPERTY(bool notRecognised READ notRecognised NOTIFY answered)               // so a finger does not stand for the PIN
    Q_PROPERTY(int problem READ problem NOTIFY answered)                            // HF-nnn: it could not be removed
public:
    static constexpr int kNameMost = 20;

    // What a removal would cost, or a phone that is given away with its keys.
    struct Risks {
        QList<BidView> alone, shared, elsewhere;
        QDateTime listedAt;
        QString word;
    };

    using QObject::QObject;
    const QVariantList &shields() const { return m_shields; }
    bool full() const { return m_full; }
    int otherLight() const { return m_otherLight; }
    bool othersStopped() const { return m_othersStopped; }
    const ShieldView &shield() const { return m_shield; }
    int nameMost() const { return kNameMost; }
    QVariantList alone() const { return listOf(m_risks.alone); }
    QVariantList shared() const { return listOf(m_risks.shared); }
    QVariantList elsewhere() const { return listOf(m_risks.elsewhere); }
    const QDateTime &listedAt() const { return m_risks.listedAt; }
    const QString &word() const { return m_risks.word; }
    bool numberWrong() const { return m_numberWrong; }
    bool fingersThere() const { return m_fingersThere; }
    bool notRecognised() const { return m_notRecognised; }
    int problem() const { return m_problem; }
    void setFingersThere(bool are)
    {
        if (std::exchange(m_fingersThere, are) != are) Q_EMIT shieldChanged();
    }
    void refuseFingers()
    {
        m_notRecognised = true;
        Q_EMIT answered();
    }
    // What is the same is not told again: a list that is made anew loses its place on the screen.
    void show(const QList<ShieldView> &shields, bool full)
    {
        if (m_all == shields && m_full == full) return;
        m_all = shields;
        m_shields = listOf(shields);
        m_full = full;
        m_otherLight = 0;
        m_othersStopped = false;
        for (const ShieldView &shield : shields) {
            if (!shield.current) m_otherLight = std::max(m_otherLight, shield.bidsLight);
            const bool isStopped = shield.damaged || (!shield.former && (shield.cause != 0 || (shield.active && shield.daysLeft <= 0)));
            m_othersStopped = m_othersStopped || (!shield.current && isStopped);
            if (shield.index == m_shield.index) m_shield = shield;
        }
        Q_EMIT changed();
        Q_EMIT shieldChanged();
    }
    // The one in use is there before its list is.
    void look(const ShieldView &shield)
    {
        m_shield = shield;
        answer(false, 0);
        showRisks({});
    }
    void showRisks(const Risks &risks)
    {
        m_risks = risks;
        Q_EMIT shieldChanged();
    }
    void answer(bool isNumberWrong, int problem)
    {
        m_numberWrong = isNumberWrong;
        m_notRecognised = false;
        m_problem = problem;
        Q_EMIT answered();
    }
    Q_INVOKABLE void choose(int index) { Q_EMIT chosen(index); }
    Q_INVOKABLE void add() { Q_EMIT addAsked(); }
    Q_INVOKABLE void openList() { Q_EMIT listAsked(); }
    Q_INVOKABLE void readReminder(int index, int days) { Q_EMIT reminderRead(index, days); }
    Q_INVOKABLE void open(const hufu::phone_app::ShieldView &shield)
    {
        look(shield);
        Q_EMIT shieldAsked();
    }
    Q_INVOKABLE void describe(const QString &name, int tone) { Q_EMIT described(m_shield.index, name, tone); }
    Q_INVOKABLE void letFingers(bool on)
    {
        answer(false, 0);
        Q_EMIT fingersAsked(m_shield.index, on);
    }
    Q_INVOKABLE void askRemoval() { Q_EMIT removalAsked(); }
    Q_INVOKABLE void askRemovalOfCurrent()
    {
        for (const ShieldView &shield : m_all)
            if (shield.current) look(shield);
        askRemoval();
    }
    // Of the one in use: its certificates, for good.
    Q_INVOKABLE void askRevocation()
    {
        for (const ShieldView &shield : m_all)
            if (shield.current) look(shield);
        Q_EMIT revocationAsked();
    }
    Q_INVOKABLE void revoke(const QString &typed) { Q_EMIT revokeAsked(typed); }
    Q_INVOKABLE void remove(const QString &typed) { Q_EMIT removeAsked(m_shield.index, typed); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void shieldChanged();
    void answered();
    void shieldAsked();
    void described(int shield, const QString &name, int tone);
    void fingersAsked(int shield, bool on);
    void removalAsked();
    void removeAsked(int shield, const QString &typed);
    void revocationAsked();
    void revokeAsked(const QString &typed);
    void chosen(int index);
    void addAsked();
    void listAsked();
    void reminderRead(int index, int days);
    void closed();

private:
    QList<ShieldView> m_all;
    QVariantList m_shields;
    ShieldView m_shield;
    Risks m_risks;
    int m_otherLight = 0, m_problem = 0;
    bool m_othersStopped = false;
    bool m_full = false, m_numberWrong = false, m_fingersThere = false, m_notRecognised = false;
};

} // namespace hufu::phone_app
