// A camera: frames, and where it has them a torch and a zoom.
#pragma once

#include "platform/eye/source.h"

namespace hufu::eye {

class Camera : public FrameSource {
public:
    virtual bool hasTorch() const = 0;
    virtual double zoomMost() const = 0; // times; 1: none
    virtual void setTorch(bool on) = 0;
    virtual void setZoom(double times) = 0; // from 1 to zoomMost()
};

// What a lens that shows times as much of the middle sees. In: times, at least 1.
QImage zoomed(const QImage &frame, double times);

// A desktop's stand-in looks at the screen or a part of it, which shines by itself: it has no torch. On the GUI thread.
class ScreenCamera final : public Camera {
public:
    static constexpr double kZoomMost = 4;

    void lookAt(const QRect &region) { m_region = region; } // a null rectangle is everything
    Result<QImage> next() override;
    bool hasTorch() const override { return false; }
    double zoomMost() const override { return kZoomMost; }
    void setTorch(bool) override {}
    void setZoom(double times) override { m_zoom = times; }

private:
    QRect m_region;
    double m_zoom = 1;
};

} // namespace hufu::eye
