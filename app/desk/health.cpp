#include "app/desk/health.h"

#include "app/catalogue/catalogue.h"

#include <QJsonArray>
#include <QPointer>

namespace hufu::desk_app {

using catalogue::Code;

Health::Health(StatusModel &model, Identity &identity, ports::Clock &clock, AskServer ask)
    : m_model(model), m_identity(identity), m_clock(clock), m_ask(std::move(ask)), m_timer(this)
{
    connect(&m_timer, &QTimer::timeout, this, &Health::tick);
    connect(&m_model, &StatusModel::lookAsked, this, &Health::look);
    m_timer.start(kTickMs);
}

void Health::tick()
{
    if (m_due || m_clock.monotonicMs() - m_lookedMs >= kLookEveryMs) look();
}

// The server's process is asked for its clock without a signature, which a wrong clock of ours would spoil.
void Health::look()
{
    if (m_looking) return;
    m_looking = true;
    m_due = false;
    m_lookedMs = m_clock.monotonicMs();
    m_ask("GET", QStringLiteral("/healthz"), {}, QByteArray(), kAnswerMs,
          [guard = QPointer<Health>(this), sentMs = m_lookedMs, sentUnixMs = m_clock.unixMs()](const ServerAnswer &answer) {
              if (guard) guard->answered(answer, sentMs, sentUnixMs);
          });
}

void Health::answered(const ServerAnswer &answer, std::int64_t sentMs, std::int64_t sentUnixMs)
{
    m_findings.looked = true;
    m_findings.problem = answer.good() ? 0 : answer.problem();
    m_findings.tookMs = m_clock.monotonicMs() - sentMs;
    m_findings.aheadMs.reset();
    const QJsonValue theirs = answer.json.value(QLatin1String("timeMs"));
    // The server read its clock about half-way.
    if (answer.good() && theirs.isDouble()) m_findings.aheadMs = sentUnixMs + m_findings.tookMs / 2 - static_cast<std::int64_t>(theirs.toDouble());
    if (!answer.good() || !m_identity.enrolled()) {
        m_looking = false;
        return tell();
    }
    askPeople();
}

void Health::askPeople()
{
    const QString path = QStringLiteral("/desk/v1/enrolment");
    const auto asked = desk::signRequest(m_identity.key(), "GET", path.toStdString(), m_clock.unixMs(), {});
    const Headers headers{{"Hufu-Desk", QByteArray::fromStdString(asked.desk)},
                          {"Hufu-Time", QByteArray::fromStdString(asked.time)},
                          {"Hufu-Signature", QByteArray::fromStdString(asked.signature)}};
    m_ask("GET", path, headers, QByteArray(), kAnswerMs, [guard = QPointer<Health>(this)](const ServerAnswer &answer) {
        if (guard) guard->peopleAnswered(answer);
    });
}

void Health::peopleAnswered(const ServerAnswer &answer)
{
    m_looking = false;
    const bool isDenied = answer.reached == Reached::yes && answer.status == 401 && answer.problem() == static_cast<int>(Code::deskUnknown);
    m_denials = isDenied ? m_denials + 1 : 0;
    if (answer.good()) {
        m_findings.people.clear();
        for (const QJsonValue &person : answer.json.value(QLatin1String("people")).toArray())
            m_findings.people << QStringLiteral("%1 · %2").arg(person[QLatin1String("name")].toString(), person[QLatin1String("company")].toString());
        m_findings.waits = m_findings.people.isEmpty() && answer.json.value(QLatin1String("waits")).toBool();
    }
    m_due = isDenied; // with the next tick, as another request
    if (m_denials >= kDenialsMost && m_identity.leave()) {
        m_denials = 0;
        m_due = false;
        m_findings.people.clear();
        m_findings.waits = false;
        m_model.setRemoved(true);
        Q_EMIT removed();
    }
    tell();
}

void Health::tell()
{
    using M = StatusModel;
    m_model.setServer(m_findings.problem == 0 ? M::Good : M::Bad, m_findings.problem, static_cast<double>(m_findings.tookMs));
    m_model.setClock(!m_findings.aheadMs ? M::NotKnown : m_findings.isClockWrong() ? M::Bad : M::Good, static_cast<double>(m_findings.aheadMs.value_or(0)) / 1000);
    m_model.setPeople(m_findings.people, m_findings.waits);
    Q_EMIT looked();
}

} // namespace hufu::desk_app
