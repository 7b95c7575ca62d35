// Takes the desk link from a person, tries whether its server is there and is the one that the link means, and keeps it.
#pragma once

#include "app/desk/link.h"
#include "app/desk/models/link_model.h"
#include "app/desk/server.h"

namespace hufu::desk_app {

class LinkKeeper : public QObject {
    Q_OBJECT
public:
    static constexpr int kAnswerMs = 15'000;
    // One request (GET /healthz) to the server of a link. composition.cpp makes the real one.
    using LookAt = std::function<void(const DeskLink &, int waitMs, ServerDone)>;

    // In: file, where a link that is good is kept; its folder is made. What is refused changes nothing there.
    LinkKeeper(LinkModel &model, LookAt lookAt, QString file);

Q_SIGNALS:
    void taken(const QString &text);

private:
    void tryOut(const QString &text);
    bool keep(const QString &text) const;

    LinkModel &m_model;
    LookAt m_lookAt;
    QString m_file;
};

} // namespace hufu::desk_app
