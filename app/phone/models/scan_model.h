// The eye: looks at the screen or a part of it until it sees a code, or at one picture.
#pragma once

#include "app/phone/eye.h"

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QRect>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class ScanModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(QImage view READ view NOTIFY changed) // what the eye looks at
    Q_PROPERTY(bool watching READ watching NOTIFY changed)
    Q_PROPERTY(bool screenVisible READ screenVisible NOTIFY changed) // this system shows its screen to programs
    Q_PROPERTY(bool partial READ partial NOTIFY changed)             // a part of the screen was chosen
    Q_PROPERTY(int problem READ problem NOTIFY changed)              // HF-nnn, 0: none
    Q_PROPERTY(bool forLink READ forLink NOTIFY changed)
    Q_PROPERTY(bool onceMore READ onceMore NOTIFY changed) // the connection is back, and the code of before has grown too old meanwhile
    Q_PROPERTY(bool torchThere READ torchThere CONSTANT)
    Q_PROPERTY(bool torch READ torch NOTIFY changed)
    Q_PROPERTY(double zoomMost READ zoomMost CONSTANT) // times; 1: this camera does not zoom
    Q_PROPERTY(double zoom READ zoom NOTIFY changed)
public:
    static constexpr int kLookIntervalMs = 300;

    explicit ScanModel(Eye eye, QObject *parent = nullptr);
    const QImage &view() const { return m_view; }
    bool watching() const { return m_timer.isActive(); }
    bool screenVisible() const { return m_screenVisible; }
    bool partial() const { return !m_region.isNull(); }
    int problem() const { return m_problem; }
    bool forLink() const { return m_forLink; }
    bool onceMore() const { return m_onceMore; }
    bool torchThere() const { return m_eye.hasTorch; }
    bool torch() const { return m_torch; }
    double zoomMost() const { return m_eye.zoomMost; }
    double zoom() const { return m_zoom; }

    // The page is shown: looks at the screen. forLink: for a link that activates, which a phone without a shield is given as a code.
    void open(bool forLink = false);
    void openOnceMore(); // by itself, for the code that could not be sent in time
    void close(); // the page is left
    void showProblem(int code);
    void lookAt(const QImage &picture); // a still picture

    // In: part of view(), in fractions of it; an empty one is the whole screen again.
    Q_INVOKABLE void choosePart(const QRectF &part);
    Q_INVOKABLE void openPicture(const QUrl &file);
    Q_INVOKABLE void dropPicture(const QByteArray &bytes);
    Q_INVOKABLE void paste();
    Q_INVOKABLE void setTorch(bool on);
    Q_INVOKABLE void setZoom(double times); // a camera's own limit holds
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void seen(const QString &text, const QElapsedTimer &since); // a code of ours, and when it was there
    void linkSeen(const QString &text);
    void cancelled();

private:
    void begin();
    void lookAtScreen();
    // Says what is wrong with it, or hands it on.
    void judge(const QString &text, const QElapsedTimer &since);
    // Gets the picture and reads it, while the page goes on.
    void inspect(std::function<Result<QImage>()> source);
    void found(const QImage &picture, const Result<std::string> &text, const QElapsedTimer &since);

    Eye m_eye;
    QTimer m_timer;
    QImage m_view;
    QRect m_region;
    bool m_screenVisible = true, m_forLink = false, m_onceMore = false;
    quint64 m_looks = 0; // so that what was asked for before the page was left is not heard any more
    int m_problem = 0;
    bool m_torch = false;
    double m_zoom = 1;
};

} // namespace hufu::phone_app
