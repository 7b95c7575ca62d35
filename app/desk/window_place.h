// Where the person has put the desk's window, kept over restarts.
#pragma once

#include <QObject>
#include <QRect>
#include <QSettings>
#include <QTimer>

QT_FORWARD_DECLARE_CLASS(QWindow)

namespace hufu::desk_app {

class WindowPlace : public QObject {
    Q_OBJECT
public:
    static constexpr int kCalmMs = 400; // a window that is being moved is not written at each step

    // Puts the window where the file says, if a part of that can still be seen, and keeps there where it goes from now on. The
    // window outlives this.
    WindowPlace(QWindow &window, const QString &file);
    ~WindowPlace() override;

private:
    void keep();

    QWindow &m_window;
    QSettings m_file;
    QTimer m_calm;
};

} // namespace hufu::desk_app
