// The phone's window with samples in place of flows: any page, as any person would have it.
#pragma once

#include "app/phone/screens.h"

#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

namespace hufu::sheet {

// How a person has set the phone.
struct Taste {
    QString language = QStringLiteral("zh_CN");
    bool dark = false, elder = false;
    int textPercent = 100;
};

class Stage {
public:
    // The window is not moved by animations: a picture of it shows where things end up.
    explicit Stage(const QSize &size = QSize(390, 780), const phone_app::Eye &eye = {});
    Stage(const Stage &) = delete;
    Stage &operator=(const Stage &) = delete;

    phone_app::Screens &screens() { return m_screens; }
    QQmlApplicationEngine &engine() { return m_engine; }
    QQuickWindow *window() { return m_window; } // nullptr: the window could not be made
    void set(const Taste &taste);
    void resize(const QSize &size);

    // A page's name is Screens::nameOf's, or one of a variant behind a dash.
    static QStringList pages();
    // Fills the samples and shows the page, laid out.
    void show(const QString &page);
    QImage grab();

    QQuickItem *find(const QString &name); // the visible item of this object name; nullptr: there is none
private:
    phone_app::Screens m_screens;
    QQmlApplicationEngine m_engine;
    QQuickWindow *m_window = nullptr;
};

} // namespace hufu::sheet
