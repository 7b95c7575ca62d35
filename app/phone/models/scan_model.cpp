#include "app/phone/models/scan_model.h"

#include "app/catalogue/catalogue.h"

#include <QPointer>

#include <algorithm>
#include <memory>

namespace hufu::phone_app {

static constexpr char kLink[] = "hufu://";

ScanModel::ScanModel(Eye eye, QObject *parent) : QObject(parent), m_eye(std::move(eye))
{
    m_timer.setInterval(kLookIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &ScanModel::lookAtScreen);
}

void ScanModel::open(bool forLink)
{
    m_forLink = forLink;
    m_onceMore = false;
    begin();
}

void ScanModel::openOnceMore()
{
    m_forLink = false;
    m_onceMore = true;
    begin();
}

void ScanModel::begin()
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
    if (m_torch) setTorch(false);
    if (m_zoom != 1) setZoom(1);
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
    if (text.startsWith(QLatin1String(kLink))) {
        ++m_looks;
        m_timer.stop();
        Q_EMIT changed();
        return Q_EMIT linkSeen(text);
    }
    if (m_forLink) return showProblem(static_cast<int>(catalogue::Code::activationUnknown));
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
        const double edge = (1 - 1 / m_zoom) / 2; // on each side, that the zoom leaves out
        m_region = QRectF(whole.x() + (edge + part.x() / m_zoom) * whole.width(), whole.y() + (edge + part.y() / m_zoom) * whole.height(),
                          part.width() / m_zoom * whole.width(), part.height() / m_zoom * whole.height())
                       .toAlignedRect();
        if (m_zoom != 1) setZoom(1); // the part is what was meant to be seen large
    }
    begin();
}

void ScanModel::lookAt(const QImage &picture)
{
    QElapsedTimer since;
    since.start();
    found(picture, m_eye.read(picture, m_forLink ? kLink : kOurs), since);
}

void ScanModel::found(const QImage &picture, const Result<std::string> &text, const QElapsedTimer &since)
{
    if (picture.isNull()) return showProblem(static_cast<int>(catalogue::Code::noCodeInImage));
    ++m_looks;
    m_timer.stop();
    m_view = picture;
    m_problem = 0;
    Q_EMIT changed();
    const quint64 looks = m_looks;
    if (text) judge(QString::fromStdString(*text), since);
    else showProblem(static_cast<int>(catalogue::Code::noCodeInImage));
    if (m_looks == looks && m_screenVisible) m_timer.start(); // it was none: the page looks on, as it says
}

void ScanModel::inspect(std::function<Result<QImage>()> source)
{
    struct Found {
        QImage picture;
        Result<std::string> text = Eye::shut();
    };
    const auto out = std::make_shared<Found>();
    QElapsedTimer since;
    since.start();
    m_eye.aside(
        [out, source = std::move(source), read = m_eye.read, prefix = m_forLink ? kLink : kOurs] {
            const auto picture = source();
            if (!picture) return;
            out->picture = *picture;
            out->text = read(*picture, prefix);
        },
        [self = QPointer(this), look = m_looks, out, since] {
            if (self && self->m_looks == look) self->found(out->picture, out->text, since);
        });
}

void ScanModel::setTorch(bool on)
{
    if (!m_eye.hasTorch) return;
    m_torch = on;
    m_eye.torch(on);
    Q_EMIT changed();
}

void ScanModel::setZoom(double times)
{
    m_zoom = std::clamp(times, 1.0, m_eye.zoomMost);
    m_eye.zoom(m_zoom);
    Q_EMIT changed();
}

void ScanModel::openPicture(const QUrl &file)
{
    inspect([open = m_eye.file, path = file.toLocalFile()] { return open(path); });
}

void ScanModel::dropPicture(const QByteArray &bytes)
{
    inspect([open = m_eye.bytes, bytes] { return open(bytes); });
}

// The clipboard belongs to this thread; what it holds may be read on another.
void ScanModel::paste()
{
    inspect([picture = m_eye.pasted()] { return picture; });
}

} // namespace hufu::phone_app
