#include "app/phone/models/views.h"

#include "platform/drawing/seal_picture.h"
#include "shield/intent/manifest.h"

#include <QHash>

namespace hufu::phone_app {

static constexpr int kDotsPerInch = 200; // some 300 pixels of a company's seal
static constexpr qsizetype kKeptMost = 32;

static QImage drawn(const SealUseView &seal)
{
    const auto kind = intent::sealKindOf(seal.kind.toStdString());
    if (!kind || seal.style < 1 || seal.style > 255) return {};
    const auto picture = drawing::SealPicture::draw({static_cast<documents::SealForm>(*kind), seal.name.toStdString(), seal.number.toStdString(), static_cast<std::uint8_t>(seal.style)});
    if (!picture) return {};
    const auto image = picture->image(kDotsPerInch);
    return image ? *image : QImage();
}

QImage SealUseView::picture() const
{
    static QHash<QStringList, QImage> kept; // the same few seals go onto each of many files
    const QStringList face{kind, name, number, QString::number(style)};
    if (const auto found = kept.constFind(face); found != kept.constEnd()) return *found;
    if (kept.size() >= kKeptMost) kept.clear();
    return *kept.insert(face, drawn(*this));
}

} // namespace hufu::phone_app
