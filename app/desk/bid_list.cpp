#include "app/desk/bid_list.h"

#include "app/catalogue/catalogue.h"

#include <QPointer>

namespace hufu::desk_app {

BidList::BidList(BidListModel &model, Identity &identity, Journal &journal, ports::Clock &clock, AskServer ask)
    : m_model(model), m_identity(identity), m_journal(journal), m_clock(clock), m_ask(std::move(ask)), m_timer(this)
{
    connect(&m_timer, &QTimer::timeout, this, &BidList::tick);
    connect(&m_model, &BidListModel::withdrawalAsked, this, &BidList::withdraw);
    m_timer.start(kTickMs);
    m_model.setNow(m_clock.unixMs());
}

void BidList::ask(const QByteArray &method, const QString &path, const QByteArray &body, ServerDone done)
{
    const ByteView view(reinterpret_cast<const std::uint8_t *>(body.constData()), static_cast<std::size_t>(body.size()));
    const auto signed3 = desk::signRequest(m_identity.key(), method.toStdString(), path.toStdString(), m_clock.unixMs(), view);
    const Headers headers{{"Hufu-Desk", QByteArray::fromStdString(signed3.desk)},
                          {"Hufu-Time", QByteArray::fromStdString(signed3.time)},
                          {"Hufu-Signature", QByteArray::fromStdString(signed3.signature)}};
    m_ask(method, path, headers, body, kAnswerMs, [guard = QPointer<BidList>(this), done = std::move(done)](const ServerAnswer &answer) {
        if (guard) done(answer);
    });
}

void BidList::follow(const Health &health)
{
    connect(&health, &Health::looked, this, [this, &health] { m_model.setStanding(health.findings().problem != 0, health.findings().isClockWrong()); });
}

void BidList::fetch()
{
    if (m_fetching || !m_identity.enrolled()) return;
    m_fetching = m_everFetched = true;
    m_fetchedMs = m_clock.monotonicMs();
    ask("GET", QStringLiteral("/desk/v1/bids"), QByteArray(), [this](const ServerAnswer &answer) {
        m_fetching = false;
        if (answer.good()) return m_model.show(answer.json);
        if (answer.problem() == static_cast<int>(catalogue::Code::deskUnknown) || answer.status == 404) m_model.clear(); // nobody has enrolled this desk any more
        m_model.fail(answer.problem());
    });
}

// What the server takes for the wrong moment, of a bid that is still on the list, was handed in.
void BidList::withdraw(const QString &id)
{
    ask("POST", QStringLiteral("/desk/v1/bids/%1/withdrawal").arg(id), "{}", [this, id](const ServerAnswer &answer) {
        const bool isHandedIn = answer.problem() == static_cast<int>(catalogue::Code::wrongState);
        if (!answer.good()) m_model.keep(id, isHandedIn ? static_cast<int>(catalogue::Code::bidHandedIn) : answer.problem());
        fetch();
    });
}

void BidList::opened(const QStringList &ids)
{
    m_journal.addOpened(ids);
    tellOpened(ids);
}

void BidList::takeUp()
{
    tellOpened(m_journal.opened());
}

void BidList::tellOpened(const QStringList &ids)
{
    for (const QString &id : ids)
        add({{{"POST", QStringLiteral("/desk/v1/bids/%1/opening").arg(id)}}, std::nullopt, id});
    tell();
}

// The sessions first: once they are over nobody can approve them any more, and what was approved until then is on the list.
void BidList::undo(quint64 sealing, const QStringList &tokens, const QStringList &ids)
{
    News news{{}, sealing, {}};
    for (const QString &token : tokens)
        news.steps.append({"DELETE", QStringLiteral("/desk/v1/sessions/%1").arg(token)});
    for (const QString &id : ids)
        news.steps.append({"POST", QStringLiteral("/desk/v1/bids/%1/withdrawal").arg(id)});
    if (!news.steps.isEmpty()) add(std::move(news));
    tell();
}

void BidList::left()
{
    m_news.clear();
    m_left = 0;
    m_telling = false;
    ++m_leavings;
    m_model.clear();
}

void BidList::add(News news)
{
    m_news.append(std::move(news));
    ++m_left;
}

void BidList::tell()
{
    if (m_telling || !m_identity.enrolled()) return;
    m_left = m_news.size();
    tellNext();
}

// One at a time. What the server judges is told: it knows why it leaves a bid on the list (its hour has not come, it is none of its own).
// What it cannot judge now stands behind the others, and is told again with the next look.
void BidList::tellNext()
{
    if (m_news.isEmpty() || m_left <= 0) return;
    m_telling = true;
    const Step step = m_news.front().steps.front();
    ask(step.method, step.path, QByteArray(), [this, leavings = m_leavings](const ServerAnswer &answer) {
        if (leavings != m_leavings) return;
        m_telling = false;
        const bool isJudged = answer.reached == Reached::yes && answer.status < 500 && answer.status != 401 && answer.status != 429;
        if (!isJudged) {
            m_news.append(m_news.takeFirst());
            --m_left;
            return answer.reached == Reached::yes ? tellNext() : void();
        }
        m_news.front().steps.removeFirst();
        if (m_news.front().steps.isEmpty()) {
            const News told = m_news.takeFirst();
            --m_left;
            if (told.ends) Q_EMIT undone(*told.ends);
            if (!told.opened.isEmpty()) m_journal.removeOpened(told.opened);
        }
        if (m_news.isEmpty()) return fetch();
        tellNext();
    });
}

void BidList::tick()
{
    m_model.setNow(m_clock.unixMs());
    if (m_everFetched && m_clock.monotonicMs() - m_fetchedMs < kFetchEveryMs) return;
    tell();
    fetch();
}

} // namespace hufu::desk_app
