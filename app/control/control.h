// A local socket through which a tester's script drives the program like a person: JSON lines in and out, one
// answer for each request. Off unless the program is started with --control.
//   {"do":"click","name":N}  {"do":"type","name":N,"text":T}  {"do":"read","name":N,"property":P}
//   {"do":"shot","file":PNG}: black where the phone's page forbids pictures and no tester lets them
//   {"do":"resize","width":W,"height":H}
//   {"do":"tap","x":X,"y":Y}: a finger there, in fractions of the window; {"do":"keys","text":T}: typed where the focus is, with
//   \b and \n as the keys they stand for
//   {"do":"record"}: from now on what is done in the window, by hand or through here, is kept; {"do":"recorded"}: "acts", and
//   forgets them: {"click":N}, {"type":TEXT,"name":N}, {"page":P}, each with atMs
//   {"do":"says"}: all that can be read in the window, a line each
//   {"do":"page"}  {"do":"waitPage","page":P,"ms":N}  {"do":"language","value":"en"}  {"do":"quit"}
// N is the objectName of a visible control. Of click and type, "says":T instead of the name: the one button that reads so, the one field
// with this caption, as a person finds them who sees nothing but the screen. Answers: {"ok":true,...} or {"ok":false,"error":"..."}.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QLocalServer>
#include <QMap>
#include <QPointer>
#include <QTimer>

#include <functional>

QT_FORWARD_DECLARE_CLASS(QQuickItem)
QT_FORWARD_DECLARE_CLASS(QQuickWindow)

namespace hufu::shell {
class Language;
}

namespace hufu::control {

struct Answer {
    bool ok = true;
    QString error;
    QJsonObject values;
    static Answer failed(const char *why) { return {false, QString::fromLatin1(why), {}}; }
};

class Control : public QObject {
    Q_OBJECT
public:
    using Word = std::function<Answer(const QJsonObject &)>;
    static constexpr int kLineMax = 64 * 1024;
    static constexpr int kClientsMax = 4;

    Control(QQuickWindow *window, shell::Language *language, QObject *parent = nullptr);

    // Only this user may connect. False: the name is taken or not possible.
    bool listen(const QString &name);
    // One more word, or another meaning of a common one.
    void teach(const QString &word, Word meaning);
    void setPageReader(std::function<QString()> reader) { m_page = std::move(reader); }
    void pageMayHaveChanged();

    // The control is visible and enabled, and is clicked.
    Answer click(const QString &name);
    // A picture of the window into the request's file; blank: black, of the same size.
    Answer shoot(const QJsonObject &request, bool blank = false);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void note(QJsonObject act);
    void noteClick(QQuickItem *item);
    void noteTyped(); // what the field with the focus holds
    void keepTyped(); // before the click that takes it
    QQuickItem *buttonAt(const QPointF &place) const;
    struct Wait {
        QPointer<QLocalSocket> client;
        QString page;
        QTimer *timer = nullptr;
    };

    void accept();
    void readFrom(QLocalSocket *client);
    void answer(QLocalSocket *client, const Answer &answer);
    void waitForPage(QLocalSocket *client, const QJsonObject &request);
    Answer type(const QJsonObject &request);
    Answer readProperty(const QJsonObject &request);
    Answer resize(const QJsonObject &request);
    Answer tap(const QJsonObject &request);
    Answer keys(const QJsonObject &request);
    QQuickItem *find(const QString &name) const;
    // The control that the request names, or says the words of; null: why says so.
    QQuickItem *meant(const QJsonObject &request, bool isButton, QString &why) const;
    Answer click(QQuickItem *item);

    QLocalServer m_server;
    QQuickWindow *m_window;
    shell::Language *m_language;
    QMap<QString, Word> m_words;
    std::function<QString()> m_page;
    QList<Wait> m_waits;
    bool m_records = false;
    QJsonArray m_acts;
    QString m_lastPage;
    QPointer<QQuickItem> m_pressed, m_typedIn;
    QString m_typed;
};

} // namespace hufu::control
