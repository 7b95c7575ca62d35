#include "app/desk/models/stamp_model.h"

#include "app/desk/page_list.h"

#include <QFileInfo>
#include <algorithm>
#include <set>

namespace hufu::desk_app {

QString StampModel::file() const
{
    return QFileInfo(m_path).fileName();
}

QVariantList StampModel::seals() const
{
    QVariantList list;
    for (const StampSealView &seal : m_seals)
        list.append(QVariant::fromValue(seal));
    return list;
}

QVariantList StampModel::stamps() const
{
    QVariantList list;
    for (StampView stamp : m_stamps) {
        const auto pages = pagesOf(stamp.pages, count());
        stamp.here = std::ranges::find(pages, m_page) != pages.end();
        list.append(QVariant::fromValue(stamp));
    }
    return list;
}

bool StampModel::ready() const
{
    if (m_loading || m_pages.empty() || tooMany()) return false;
    return !m_stamps.empty() || std::ranges::any_of(m_seals, &StampSealView::riding);
}

void StampModel::setElectronic(bool yes)
{
    m_electronic = yes;
    Q_EMIT changed();
}

bool StampModel::tooMany() const
{
    std::set<int> used;
    for (const StampView &stamp : m_stamps)
        used.insert(stamp.seal);
    for (std::size_t i = 0; i < m_seals.size(); ++i)
        if (m_seals[i].riding) used.insert(static_cast<int>(i));
    return m_electronic && used.size() > 1;
}

void StampModel::begin(const QString &path)
{
    m_path = path;
    m_seals.clear();
    m_pages.clear();
    m_stamps.clear();
    m_picture = {};
    m_page = 1;
    m_signatures = 0;
    m_loading = true;
    m_mixed = m_electronic = false;
    Q_EMIT changed();
    Q_EMIT pageChanged();
    Q_EMIT pictureChanged();
}

void StampModel::showSeals(std::vector<StampSealView> seals)
{
    m_seals = std::move(seals);
    m_loading = m_pages.empty();
    Q_EMIT changed();
}

void StampModel::showDocument(std::vector<QSizeF> pages, int signatures)
{
    m_pages = std::move(pages);
    m_signatures = signatures;
    m_loading = m_seals.empty();
    Q_EMIT changed();
    Q_EMIT pageChanged();
    Q_EMIT pageAsked(m_page);
}

void StampModel::showPicture(int page, const QImage &picture)
{
    if (page != m_page) return; // turned over meanwhile
    m_picture = picture;
    Q_EMIT pictureChanged();
}

QSizeF StampModel::sizeOf(int page) const
{
    return page >= 1 && page <= count() ? m_pages[static_cast<std::size_t>(page) - 1] : QSizeF();
}

void StampModel::goTo(int page)
{
    page = std::clamp(page, 1, std::max(1, count()));
    if (page == m_page) return;
    m_page = page;
    m_picture = {};
    Q_EMIT pageChanged();
    Q_EMIT pictureChanged();
    Q_EMIT changed();
    Q_EMIT pageAsked(page);
}

// One person signs: seals of two people are two acts.
bool StampModel::mayUse(int seal) const
{
    const int holder = m_seals[static_cast<std::size_t>(seal)].holder;
    const auto isAnothers = [holder](const StampSealView &other) { return other.holder != holder; };
    return std::ranges::none_of(m_stamps, [&](const StampView &stamp) { return isAnothers(m_seals[static_cast<std::size_t>(stamp.seal)]); }) &&
           std::ranges::none_of(m_seals, [&](const StampSealView &other) { return other.riding && isAnothers(other); });
}

QPointF StampModel::within(const StampSealView &seal, int page, QPointF corner) const
{
    const QSizeF size = sizeOf(page);
    return {std::clamp(corner.x(), 0.0, std::max(0.0, size.width() - seal.side)), std::clamp(corner.y(), 0.0, std::max(0.0, size.height() - seal.side))};
}

bool StampModel::place(int seal, double x, double y)
{
    if (seal < 0 || seal >= static_cast<int>(m_seals.size()) || count() == 0 || static_cast<int>(m_stamps.size()) >= kStampsMost) return false;
    const StampSealView &placed = m_seals[static_cast<std::size_t>(seal)];
    if (placed.side > pageWidth() || placed.side > pageHeight()) return false;
    m_mixed = !mayUse(seal);
    if (!m_mixed) {
        const QPointF corner = within(placed, m_page, {x - placed.side / 2, y - placed.side / 2});
        m_stamps.push_back({seal, QString::number(m_page), corner.x(), corner.y(), true});
    }
    Q_EMIT changed();
    return !m_mixed;
}

void StampModel::move(int stamp, double left, double top)
{
    if (stamp < 0 || stamp >= static_cast<int>(m_stamps.size())) return;
    StampView &moved = m_stamps[static_cast<std::size_t>(stamp)];
    QPointF corner(left, top);
    for (const int page : pagesOf(moved.pages, count()))
        corner = within(m_seals[static_cast<std::size_t>(moved.seal)], page, corner);
    moved.left = corner.x();
    moved.top = corner.y();
    Q_EMIT changed();
}

bool StampModel::setPages(int stamp, const QString &text)
{
    if (stamp < 0 || stamp >= static_cast<int>(m_stamps.size())) return false;
    StampView &changedOne = m_stamps[static_cast<std::size_t>(stamp)];
    const double side = m_seals[static_cast<std::size_t>(changedOne.seal)].side;
    const QString tidy = text.simplified().remove(QLatin1Char(' '));
    const auto pages = pagesOf(tidy, count());
    std::size_t all = pages.size();
    for (const StampView &other : m_stamps)
        if (&other != &changedOne) all += pagesOf(other.pages, count()).size();
    if (pages.empty() || all > kPlacesMost) return false;
    for (const int page : pages)
        if (sizeOf(page).width() < side || sizeOf(page).height() < side) return false;
    changedOne.pages = tidy;
    move(stamp, changedOne.left, changedOne.top); // onto the smallest of them
    return true;
}

void StampModel::onAllPages(int stamp)
{
    setPages(stamp, count() > 1 ? QStringLiteral("1-%1").arg(count()) : QStringLiteral("1"));
}

void StampModel::remove(int stamp)
{
    if (stamp < 0 || stamp >= static_cast<int>(m_stamps.size())) return;
    m_stamps.erase(m_stamps.begin() + stamp);
    m_mixed = false;
    Q_EMIT changed();
}

void StampModel::setRiding(int seal, bool yes)
{
    if (seal < 0 || seal >= static_cast<int>(m_seals.size()) || (yes && count() < 2)) return;
    StampSealView &rides = m_seals[static_cast<std::size_t>(seal)];
    m_mixed = yes && !mayUse(seal);
    rides.riding = yes && !m_mixed;
    Q_EMIT changed();
}

void StampModel::stamp()
{
    if (!ready()) return;
    StampWish wish;
    wish.file = m_path;
    wish.electronic = m_electronic;
    for (const StampView &stamp : m_stamps)
        wish.places.push_back({stamp.seal, pagesOf(stamp.pages, count()), stamp.left, stamp.top});
    double lowest = m_pages.front().height(); // of the edges that the pages share
    for (const QSizeF &size : m_pages)
        lowest = std::min(lowest, size.height());
    // One below the other along the edge, around its middle.
    double total = 0;
    for (const StampSealView &seal : m_seals)
        if (seal.riding) total += seal.side;
    double top = std::max(0.0, (lowest - total) / 2);
    for (std::size_t i = 0; i < m_seals.size(); ++i)
        if (m_seals[i].riding) {
            wish.ridings.push_back({static_cast<int>(i), top});
            top += m_seals[i].side;
        }
    Q_EMIT stampAsked(wish);
}

} // namespace hufu::desk_app
