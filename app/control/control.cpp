#include "app/control/control.h"

#include "app/shell/language.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QQuickItem>
#include <QQuickWindow>

#include <algorithm>

namespace hufu::control {

static constexpr int kSizeLeast = 240, kSizeMost = 4'000; // pixels of a window's side
static constexpr int kWaitMostMs = 120'000;

static QQuickItem *findIn(QQuickItem *item, const QString &name)
{
    if (!item->isVisible()) return nullptr;
    if (item->objectName() == name) return item;
    const auto children = item->childItems();
    for (QQuickItem *child : children)
        if (QQuickItem *found = findIn(child, name)) return found;
    return nullptr;
}

// What a person can read there, from top to bottom as it was written.
static void collectTexts(const QQuickItem *item, QStringList &texts)
{
    if (!item->isVisible() || item->opacity() == 0) return;
    const QString text = item->inherits("QQuickText") ? item->property("text").toString().trimmed() : QString();
    if (!text.isEmpty()) texts << text;
    for (const QQuickItem *child : item->childItems())
        collectTexts(child, texts);
}

// Buttons that read so, and fields with this caption, on what can be seen.
static void collectReading(QQuickItem *item, const QString &says, QList<QQuickItem *> &buttons, QList<QQuickItem *> &fields)
{
    if (!item->isVisible() || item->opacity() == 0) return;
    const bool isButton = item->metaObject()->indexOfSignal("clicked()") >= 0;
    if (isButton && item->property("text").toString() == says) buttons << item;
    if (item->property("caption").toString() == says)
        if (auto *field = item->property("field").value<QQuickItem *>()) fields << field;
    for (QQuickItem *child : item->childItems())
        collectReading(child, says, buttons, fields);
}

Control::Control(QQuickWindow *window, shell::Language *language, QObject *parent)
    : QObject(parent), m_window(window), m_language(language), m_page([] { return QString(); })
{
    connect(&m_server, &QLocalServer::newConnection, this, &Control::accept);
    teach(QStringLiteral("click"), [this](const QJsonObject &request) {
        QString why;
        QQuickItem *item = meant(request, true, why);
        return item == nullptr ? Answer{false, why, {}} : click(item);
    });
    teach(QStringLiteral("type"), [this](const QJsonObject &request) { return type(request); });
    teach(QStringLiteral("read"), [this](const QJsonObject &request) { return readProperty(request); });
    teach(QStringLiteral("resize"), [this](const QJsonObject &request) { return resize(request); });
    teach(QStringLiteral("tap"), [this](const QJsonObject &request) { return tap(request); });
    teach(QStringLiteral("keys"), [this](const QJsonObject &request) { return keys(request); });
    teach(QStringLiteral("shot"), [this](const QJsonObject &request) { return shoot(request); });
    teach(QStringLiteral("record"), [this](const QJsonObject &) {
        if (!m_records) m_window->installEventFilter(this);
        m_records = true;
        m_acts = {};
        m_lastPage = m_page();
        return Answer();
    });
    teach(QStringLiteral("recorded"), [this](const QJsonObject &) {
        if (!m_records) return Answer::failed("nothing is recorded");
        Answer answer;
        answer.values.insert(QStringLiteral("acts"), std::exchange(m_acts, {}));
        return answer;
    });
    teach(QStringLiteral("page"), [this](const QJsonObject &) {
        Answer answer;
        answer.values.insert(QStringLiteral("page"), m_page());
        return answer;
    });
    teach(QStringLiteral("says"), [this](const QJsonObject &) {
        QStringList texts;
        collectTexts(m_window->contentItem(), texts);
        Answer answer;
        answer.values.insert(QStringLiteral("text"), texts.join(QLatin1Char('\n')));
        return answer;
    });
    teach(QStringLiteral("language"), [this](const QJsonObject &request) {
        const QString value = request.value(QLatin1String("value")).toString();
        if (!shell::Language::known(value)) return Answer::failed("no such language");
        m_language->choose(value);
        return Answer();
    });
    teach(QStringLiteral("quit"), [](const QJsonObject &) {
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
        return Answer();
    });
}

bool Control::listen(const QString &name)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(kClientsMax);
    return m_server.listen(name);
}

void Control::teach(const QString &word, Word meaning)
{
    m_words.insert(word, std::move(meaning));
}

void Control::accept()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::readyRead, this, [this, client] { readFrom(client); });
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        readFrom(client);
    }
}

void Control::readFrom(QLocalSocket *client)
{
    while (client->canReadLine()) {
        const auto json = QJsonDocument::fromJson(client->readLine(kLineMax));
        if (!json.isObject()) {
            answer(client, Answer::failed("not a JSON object"));
            continue;
        }
        const QJsonObject request = json.object();
        const QString word = request.value(QLatin1String("do")).toString();
        if (word == QLatin1String("waitPage")) {
            waitForPage(client, request);
        } else if (const auto meaning = m_words.constFind(word); meaning != m_words.constEnd()) {
            answer(client, (*meaning)(request));
        } else {
            answer(client, Answer::failed("no such word"));
        }
    }
    if (client->bytesAvailable() > kLineMax) client->abort();
}

void Control::answer(QLocalSocket *client, const Answer &given)
{
    QJsonObject json = given.values;
    json.insert(QStringLiteral("ok"), given.ok);
    if (!given.ok) json.insert(QStringLiteral("error"), given.error);
    client->write(QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n');
    client->flush();
}

void Control::waitForPage(QLocalSocket *client, const QJsonObject &request)
{
    const QString page = request.value(QLatin1String("page")).toString();
    if (m_page() == page) return answer(client, Answer());
    auto *timer = new QTimer(client);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, timer] {
        const auto it =
            std::find_if(m_waits.begin(), m_waits.end(), [&](const Wait &wait) { return wait.timer == timer; });
        if (it == m_waits.end()) return;
        const Wait wait = *it;
        m_waits.erase(it);
        Answer late = Answer::failed("another page is shown");
        late.values.insert(QStringLiteral("page"), m_page());
        if (wait.client) answer(wait.client, late);
        timer->deleteLater();
    });
    m_waits.append({client, page, timer});
    timer->start(std::clamp(request.value(QLatin1String("ms")).toInt(10'000), 0, kWaitMostMs));
}

void Control::pageMayHaveChanged()
{
    const QString page = m_page();
    if (m_records && page != m_lastPage) {
        keepTyped();
        note({{QStringLiteral("page"), page}});
        m_lastPage = page;
    }
    for (qsizetype i = m_waits.size() - 1; i >= 0; --i) {
        const Wait wait = m_waits.at(i);
        if (!wait.client) { // gone, and its timer with it
            m_waits.removeAt(i);
            continue;
        }
        if (wait.page != page) continue;
        m_waits.removeAt(i);
        wait.timer->deleteLater();
        answer(wait.client, Answer());
    }
}

QQuickItem *Control::find(const QString &name) const
{
    return name.isEmpty() ? nullptr : findIn(m_window->contentItem(), name);
}

QQuickItem *Control::meant(const QJsonObject &request, bool isButton, QString &why) const
{
    const QString says = request.value(QLatin1String("says")).toString();
    if (says.isEmpty()) {
        QQuickItem *named = find(request.value(QLatin1String("name")).toString());
        if (named == nullptr) why = QStringLiteral("no such control on this page");
        return named;
    }
    QList<QQuickItem *> buttons, fields;
    collectReading(m_window->contentItem(), says, buttons, fields);
    const QList<QQuickItem *> &found = isButton ? buttons : fields;
    if (found.size() == 1) return found.first();
    why = found.isEmpty() ? QStringLiteral("nothing on this page reads so") : QStringLiteral("more than one on this page reads so");
    return nullptr;
}

Answer Control::click(const QString &name)
{
    QQuickItem *item = find(name);
    return item == nullptr ? Answer::failed("no such control on this page") : click(item);
}

Answer Control::click(QQuickItem *item)
{
    if (!item->isEnabled()) return Answer::failed("the control is disabled");
    if (item->metaObject()->indexOfSignal("clicked()") < 0) return Answer::failed("not a button");
    noteClick(item);
    if (item->property("checkable").toBool()) {
        QMetaObject::invokeMethod(item, "toggle");
        QMetaObject::invokeMethod(item, "toggled");
    }
    QMetaObject::invokeMethod(item, "clicked");
    return {};
}

Answer Control::type(const QJsonObject &request)
{
    QString why;
    QQuickItem *item = meant(request, false, why);
    if (item == nullptr) return Answer{false, why, {}};
    if (!item->isEnabled() || item->property("readOnly").toBool())
        return Answer::failed("the control takes no text");
    const QString text = request.value(QLatin1String("text")).toString();
    if (!item->setProperty("text", text)) return Answer::failed("not a field");
    if (m_records) note({{QStringLiteral("type"), text}, {QStringLiteral("name"), item->objectName()}});
    return {};
}

Answer Control::readProperty(const QJsonObject &request)
{
    QQuickItem *item = find(request.value(QLatin1String("name")).toString());
    if (item == nullptr) return Answer::failed("no such control on this page");
    const QVariant value =
        item->property(request.value(QLatin1String("property")).toString().toUtf8().constData());
    if (!value.isValid()) return Answer::failed("no such property");
    Answer answer;
    answer.values.insert(QStringLiteral("value"), QJsonValue::fromVariant(value));
    return answer;
}

// --- recording: a page may be gone once its button was pressed, so acts are noted before they work -----------------

void Control::note(QJsonObject act)
{
    act.insert(QStringLiteral("atMs"), QDateTime::currentMSecsSinceEpoch());
    m_acts.append(act);
}

void Control::noteClick(QQuickItem *item)
{
    if (!m_records || item == nullptr) return;
    keepTyped();
    note({{QStringLiteral("click"), item->objectName()}});
}

void Control::keepTyped()
{
    if (m_typedIn) note({{QStringLiteral("type"), m_typed}, {QStringLiteral("name"), m_typedIn->objectName()}});
    m_typedIn = nullptr;
}

void Control::noteTyped()
{
    QQuickItem *item = m_window->activeFocusItem();
    while (item != nullptr && (item->objectName().isEmpty() || !item->property("text").isValid()))
        item = item->parentItem();
    if (item == nullptr || item->metaObject()->indexOfSignal("clicked()") >= 0) return;
    if (m_typedIn != item) keepTyped();
    m_typedIn = item;
    m_typed = item->property("text").toString();
}

static QQuickItem *buttonIn(QQuickItem *item, const QPointF &place)
{
    if (!item->isVisible() || !item->isEnabled()) return nullptr;
    auto children = item->childItems();
    std::ranges::stable_sort(children, std::greater<>(), &QQuickItem::z);
    for (QQuickItem *child : children)
        if (QQuickItem *found = buttonIn(child, place)) return found;
    const bool isButton = !item->objectName().isEmpty() && item->metaObject()->indexOfSignal("clicked()") >= 0;
    return isButton && item->contains(item->mapFromScene(place)) ? item : nullptr;
}

QQuickItem *Control::buttonAt(const QPointF &place) const
{
    return buttonIn(m_window->contentItem(), place);
}

bool Control::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        m_pressed = buttonAt(static_cast<QMouseEvent *>(event)->position());
    } else if (event->type() == QEvent::MouseButtonRelease) {
        if (m_pressed && m_pressed == buttonAt(static_cast<QMouseEvent *>(event)->position())) noteClick(m_pressed);
        m_pressed = nullptr;
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        QQuickItem *focus = m_window->activeFocusItem();
        const bool presses = key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter;
        QQuickItem *pad = key >= Qt::Key_0 && key <= Qt::Key_9 ? find(QStringLiteral("pinKey%1").arg(key - Qt::Key_0)) : presses ? find(QStringLiteral("pinSubmit")) : nullptr;
        if (pad != nullptr)
            noteClick(pad);
        else if (presses && focus != nullptr && !focus->objectName().isEmpty() && focus->metaObject()->indexOfSignal("clicked()") >= 0)
            noteClick(focus);
        else
            QMetaObject::invokeMethod(this, &Control::noteTyped, Qt::QueuedConnection); // once the key has worked
    }
    return QObject::eventFilter(watched, event);
}

// To the size of another device, or on its side.
Answer Control::resize(const QJsonObject &request)
{
    const int width = request.value(QLatin1String("width")).toInt(), height = request.value(QLatin1String("height")).toInt();
    if (std::min(width, height) < kSizeLeast || std::max(width, height) > kSizeMost) return Answer::failed("no such size");
    m_window->resize(width, height);
    return {};
}

// As a finger would: what is there decides what it does.
Answer Control::tap(const QJsonObject &request)
{
    const double x = request.value(QLatin1String("x")).toDouble(-1), y = request.value(QLatin1String("y")).toDouble(-1);
    if (x < 0 || x > 1 || y < 0 || y > 1) return Answer::failed("x and y are fractions of the window");
    const QPointF place(x * m_window->width(), y * m_window->height());
    const QPointF onScreen = m_window->mapToGlobal(place);
    for (const QEvent::Type type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        QMouseEvent event(type, place, onScreen, Qt::LeftButton, type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window, &event);
    }
    return {};
}

Answer Control::keys(const QJsonObject &request)
{
    const QString text = request.value(QLatin1String("text")).toString();
    if (text.isEmpty()) return Answer::failed("no text");
    for (const QChar one : text) {
        const bool erases = one == QLatin1Char('\b'), enters = one == QLatin1Char('\n');
        const int key = erases ? int{Qt::Key_Backspace} : enters ? int{Qt::Key_Return} : int{one.toUpper().unicode()};
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(type, key, Qt::NoModifier, erases || enters ? QString() : QString(one));
            QCoreApplication::sendEvent(m_window, &event);
        }
    }
    return {};
}

Answer Control::shoot(const QJsonObject &request, bool blank)
{
    QImage image = m_window->grabWindow();
    if (blank) image.fill(Qt::black);
    if (image.isNull() || !image.save(request.value(QLatin1String("file")).toString(), "PNG"))
        return Answer::failed("the picture cannot be written");
    return {};
}

} // namespace hufu::control
