#include "app/phone/models/scan_model.h"

#include "app/catalogue/catalogue.h"

#include <QPointer>

namespace hufu::phone_app {

static constexpr char kOurs[] = "HUFU:";

ScanModel::ScanModel(Eye eye, QObject *parent) : QObject(parent), m_eye(std::move(eye))
{
    m_timer.setInterval(kLookIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &ScanModel::lookAtScreen);
}

void ScanModel::open()
{
    m_problem = 0;
    m_screenVisible = true;
    m_timer.start();
    lookAtScreen();
}

void ScanModel::close()
{
    ++m_looks;
    m_timer.stop();
    m_view = QImage(); // a picture of the screen is nobody's business afterwards
    Q_EMIT changed();
}

void ScanModel::showProblem(int code)
{
    m_problem = code;
    Q_EMIT changed();
}

void ScanModel::lookAtScreen()
{
    QElapsedTimer since;
    since.start();
    auto screen = m_eye.screen(m_region);
    m_screenVisible = screen.has_value();
    if (!m_screenVisible) {
        m_timer.stop();
        m_view = QImage();
        Q_EMIT changed();
        return;
    }
    m_view = *screen;
    Q_EMIT changed();
    m_eye.look(m_view, [self = QPointer(this), look = m_looks, since](const Result<std::string> &text) {
        if (self && self->m_looks == look && text) self->judge(QString::fromStdString(*text), since);
    });
}

void ScanModel::judge(const QString &text, const QElapsedTimer &since)
{
    if (const auto foreign = catalogue::foreignOf(text.toStdString())) return showProblem(static_cast<int>(*foreign));
    ++m_looks;
    m_timer.stop();
    Q_EMIT changed();
    Q_EMIT seen(text, since);
}

void ScanModel::choosePart(const QRectF &part)
{
    if (part.isEmpty() || m_view.isNull()) {
        m_region = QRect();
    } else {
        const QRect whole = m_region.isNull() ? m_eye.everything() : m_region;
        m_region = QRectF(whole.x() + part.x() * whole.width(), whole.y() + part.y() * whole.height(),
                          part.width() * whole.width(), part.height() * whole.height())
                       .toAlignedRect();
    }
    open();
}

void ScanModel::lookAt(const QImage &picture)
{
    ++m_looks;
    m_timer.stop();
    m_view = picture;
    m_problem = 0;
    Q_EMIT changed();
    QElapsedTimer since;
    since.start();
    const auto text = m_eye.read(picture, kOurs);
    if (!text) return showProblem(static_cast<int>(catalogue::Code::noCodeInImage));
    judge(QString::fromStdString(*text), since);
}

void ScanModel::openPicture(const QUrl &file)
{
    lookAtResult(m_eye.file(file.toLocalFile()));
}

void ScanModel::dropPicture(const QByteArray &bytes)
{
    lookAtResult(m_eye.bytes(bytes));
}

void ScanModel::paste()
{
    lookAtResult(m_eye.pasted());
}

void ScanModel::lookAtResult(const Result<QImage> &picture)
{
    if (picture) return lookAt(*picture);
    showProblem(static_cast<int>(catalogue::Code::noCodeInImage));
}

} // namespace hufu::phone_app
