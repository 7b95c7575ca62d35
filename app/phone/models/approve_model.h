// The request, whole: what the person reads, approves or refuses.
#pragma once

#include "app/phone/models/countdown.h"
#include "app/phone/models/views.h"

#include <set>

namespace hufu::phone_app {

class ApproveModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(hufu::phone_app::RequestView request READ request NOTIFY changed)
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY ticked)
    Q_PROPERTY(int secondsTotal READ secondsTotal NOTIFY ticked)
    Q_PROPERTY(int included READ included NOTIFY itemsChanged) // how many items are not refused
public:
    enum Reason { Person = 1, NotMine = 2, Suspicious = 3 };
    Q_ENUM(Reason)

    explicit ApproveModel(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_countdown, &Countdown::ticked, this, &ApproveModel::ticked);
    }
    const RequestView &request() const { return m_request; }
    int secondsLeft() const { return m_countdown.left(); }
    int secondsTotal() const { return m_countdown.total(); }
    int included() const
    {
        return static_cast<int>(m_request.files.size()) - static_cast<int>(m_refused.size());
    }
    Q_INVOKABLE bool isIncluded(int item) const { return item < 0 || !m_refused.contains(static_cast<std::size_t>(item)); }
    std::vector<std::size_t> refusedItems() const { return {m_refused.begin(), m_refused.end()}; }

    void show(const RequestView &request, qint64 millisecondsLeft)
    {
        m_request = request;
        m_refused.clear();
        m_countdown.start(millisecondsLeft);
        Q_EMIT changed();
        Q_EMIT itemsChanged();
    }
    void leave() { m_countdown.stop(); }
    // The same request again, after something was worked on.
    void goOn(qint64 millisecondsLeft)
    {
        const int total = m_countdown.total();
        m_countdown.start(millisecondsLeft, total);
    }
    Q_INVOKABLE void setIncluded(int item, bool yes)
    {
        if (item < 0 || item >= m_request.files.size()) return;
        if (yes)
            m_refused.erase(static_cast<std::size_t>(item));
        else
            m_refused.insert(static_cast<std::size_t>(item));
        Q_EMIT itemsChanged();
    }
    Q_INVOKABLE void approve() { Q_EMIT approved(); }
    Q_INVOKABLE void refuse(hufu::phone_app::ApproveModel::Reason reason) { Q_EMIT refused(reason); }
    void skip(qint64 milliseconds) { m_countdown.skip(milliseconds); }

Q_SIGNALS:
    void changed();
    void ticked();
    void itemsChanged();
    void approved();
    void refused(hufu::phone_app::ApproveModel::Reason reason);

private:
    RequestView m_request;
    std::set<std::size_t> m_refused;
    Countdown m_countdown;
};

} // namespace hufu::phone_app
