#include "app/phone/models/scan_model.h"

#include "app/catalogue/catalogue.h"

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
    m_webAddress = false;
    m_screenVisible = true;
    m_timer.start();
    lookAtScreen();
}

void ScanModel::close()
{
    m_timer.stop();
    m_view = QImage(); // a picture of the screen is nobody's business afterwards
    Q_EMIT changed();
}

void ScanModel::showProblem(int code)
{
    m_problem = code;
    m_webAddress = false;
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
    read(m_view, since);
}

bool ScanModel::read(const QImage &picture, const QElapsedTimer &since)
{
    const auto text = m_eye.read(picture, kOurs);
    if (!text) return false;
    const QString seenText = QString::fromStdString(*text);
    if (!seenText.startsWith(QLatin1String(kOurs))) {
        m_problem = static_cast<int>(catalogue::Code::frameForeign);
        m_webAddress = seenText.startsWith(QLatin1String("http"), Qt::CaseInsensitive);
        Q_EMIT changed();
        return true;
    }
    m_timer.stop();
    Q_EMIT changed();
    Q_EMIT seen(seenText, since);
    return true;
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
    m_timer.stop();
    m_view = picture;
    m_problem = 0;
    m_webAddress = false;
    Q_EMIT changed();
    QElapsedTimer since;
    since.start();
    if (!read(picture, since)) showProblem(static_cast<int>(catalogue::Code::noCodeInImage));
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
