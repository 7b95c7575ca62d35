#include "app/desk/models/stamp_model.h"

#include "app/desk/page_list.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

namespace hufu::desk_app {

namespace {

// Wholly on a page of that size, as far as it has room there.
QPointF within(double side, const QSizeF &page, QPointF corner)
{
    return {std::clamp(corner.x(), 0.0, std::max(0.0, page.width() - side)), std::clamp(corner.y(), 0.0, std::max(0.0, page.height() - side))};
}

bool fits(double side, const QSizeF &page)
{
    return side <= page.width() && side <= page.height();
}

// A list of pages as it may be typed: with the wide digits and the signs of a Chinese input method, and any dash.
QString plainList(const QString &typed)
{
    QString plain = typed.normalized(QString::NormalizationForm_KC).simplified().remove(QLatin1Char(' '));
    plain.replace(QChar(0x3001), QLatin1Char(',')); // the comma of an enumeration
    static const QRegularExpression kDashes(QStringLiteral("[-~\\x{2010}-\\x{2014}\\x{2212}\\x{301C}]+")); // a Chinese dash is two signs long
    return plain.replace(kDashes, QStringLiteral("-"));
}

} // namespace

bool StampModel::Sheet::isWrong() const
{
    return std::ranges::any_of(stamps, &StampView::wrong);
}

QString StampModel::firstOf(bool (Sheet::*is)() const) const
{
    const auto found = std::ranges::find_if(m_sheets, is);
    return found == m_sheets.end() ? QString() : QFileInfo(found->path).fileName();
}

const StampModel::Sheet &StampModel::shown() const
{
    static const Sheet kNone;
    return m_sheets.empty() ? kNone : m_sheets[static_cast<std::size_t>(m_shown)];
}

StampView *StampModel::stampOf(int stamp)
{
    Sheet *sheet = shownSheet();
    return sheet != nullptr && stamp >= 0 && stamp < static_cast<int>(sheet->stamps.size()) ? &sheet->stamps[static_cast<std::size_t>(stamp)] : nullptr;
}

QVariantList StampModel::documents() const
{
    QVariantList list;
    for (const Sheet &sheet : m_sheets)
        list.append(QVariant::fromValue(StampDocumentView{QFileInfo(sheet.path).fileName(), static_cast<int>(usedOn(sheet).size()), sheet.problem, &sheet == &shown()}));
    return list;
}

QString StampModel::file() const
{
    return QFileInfo(shown().path).fileName();
}

bool StampModel::loading() const
{
    return m_seals.empty() || std::ranges::any_of(m_sheets, [](const Sheet &sheet) { return !sheet.isKnown; });
}

int StampModel::problem() const
{
    const bool isNone = std::ranges::all_of(m_sheets, [](const Sheet &sheet) { return sheet.isKnown && sheet.problem != 0; });
    return isNone && !m_sheets.empty() ? m_sheets.front().problem : 0;
}

QVariantList StampModel::seals() const
{
    QVariantList list;
    for (std::size_t i = 0; i < m_seals.size(); ++i) {
        StampSealView seal = m_seals[i];
        seal.riding = shown().ridings.contains(static_cast<int>(i));
        list.append(QVariant::fromValue(seal));
    }
    return list;
}

QVariantList StampModel::stamps() const
{
    QVariantList list;
    for (StampView stamp : shown().stamps) {
        const auto pages = pagesOf(stamp.pages, count());
        stamp.here = std::ranges::find(pages, page()) != pages.end();
        list.append(QVariant::fromValue(stamp));
    }
    return list;
}

bool StampModel::ready() const
{
    return !loading() && problem() == 0 && !tooMany() && wrong().isEmpty() && bare().isEmpty();
}

void StampModel::setElectronic(bool yes)
{
    m_electronic = yes;
    Q_EMIT changed();
}

std::set<int> StampModel::usedOn(const Sheet &sheet)
{
    std::set<int> used = sheet.ridings;
    for (const StampView &stamp : sheet.stamps)
        used.insert(stamp.seal);
    return used;
}

bool StampModel::tooMany() const
{
    return m_electronic && std::ranges::any_of(m_sheets, [](const Sheet &sheet) { return usedOn(sheet).size() > 1; });
}

void StampModel::begin(const QStringList &files)
{
    m_seals.clear();
    m_sheets.clear();
    for (const QString &file : files) {
        Sheet sheet;
        sheet.path = file;
        m_sheets.push_back(std::move(sheet));
    }
    m_shown = 0;
    m_mixed = m_electronic = false;
    showOther();
}

void StampModel::showSeals(std::vector<StampSealView> seals)
{
    m_seals = std::move(seals);
    Q_EMIT changed();
}

void StampModel::showDocument(int document, std::vector<QSizeF> pages, int signatures)
{
    Sheet &sheet = m_sheets.at(static_cast<std::size_t>(document));
    sheet.isKnown = true;
    sheet.pages = std::move(pages);
    sheet.signatures = signatures;
    const bool isFirst = shown().problem != 0; // what is shown has pages
    if (isFirst) m_shown = document;
    if (isFirst || document == m_shown) return showOther();
    Q_EMIT changed();
}

void StampModel::showProblem(int document, int problem)
{
    Sheet &sheet = m_sheets.at(static_cast<std::size_t>(document));
    sheet.isKnown = true;
    sheet.problem = problem;
    if (document == m_shown) {
        const auto good = std::ranges::find_if(m_sheets, [](const Sheet &other) { return !other.pages.empty(); });
        if (good != m_sheets.end()) m_shown = static_cast<int>(good - m_sheets.begin());
    }
    showOther();
}

void StampModel::showOther()
{
    m_picture = {};
    Q_EMIT changed();
    Q_EMIT pageChanged();
    Q_EMIT pictureChanged();
    if (count() > 0) Q_EMIT pageAsked(shown().path, page());
}

void StampModel::showPicture(const QString &path, int page, const QImage &picture)
{
    if (page != shown().page || path != shown().path) return; // turned over meanwhile
    m_picture = picture;
    Q_EMIT pictureChanged();
}

void StampModel::choose(int document)
{
    if (document < 0 || document >= static_cast<int>(m_sheets.size()) || document == m_shown || m_sheets[static_cast<std::size_t>(document)].pages.empty()) return;
    m_shown = document;
    m_mixed = false;
    showOther();
}

void StampModel::drop(int document)
{
    if (document < 0 || document >= static_cast<int>(m_sheets.size()) || m_sheets.size() < 2 || loading()) return;
    const bool isOther = document != m_shown;
    m_sheets.erase(m_sheets.begin() + document);
    if (document < m_shown || m_shown == static_cast<int>(m_sheets.size())) --m_shown;
    m_mixed = false;
    if (isOther) return Q_EMIT changed();
    const auto good = std::ranges::find_if(m_sheets, [](const Sheet &other) { return !other.pages.empty(); });
    if (shown().pages.empty() && good != m_sheets.end()) m_shown = static_cast<int>(good - m_sheets.begin());
    showOther();
}

void StampModel::goTo(int page)
{
    page = std::clamp(page, 1, std::max(1, count()));
    if (m_sheets.empty() || page == shown().page) return;
    shownSheet()->page = page;
    showOther();
}

// One person signs: seals of two people are two acts.
bool StampModel::mayUse(int seal) const
{
    const int holder = holderOf(seal);
    return std::ranges::all_of(m_sheets, [&](const Sheet &sheet) {
        const auto used = usedOn(sheet);
        return std::ranges::all_of(used, [&](int other) { return holderOf(other) == holder; });
    });
}

bool StampModel::place(int seal, double x, double y)
{
    if (seal < 0 || seal >= static_cast<int>(m_seals.size()) || count() == 0 || static_cast<int>(shown().stamps.size()) >= kStampsMost) return false;
    const double side = m_seals[static_cast<std::size_t>(seal)].side;
    if (!fits(side, sizeOf(page()))) return false;
    m_mixed = !mayUse(seal);
    if (!m_mixed) {
        const QPointF corner = within(side, sizeOf(page()), {x - side / 2, y - side / 2});
        shownSheet()->stamps.push_back({seal, QString::number(page()), corner.x(), corner.y(), true, QString::number(page())});
    }
    Q_EMIT changed();
    return !m_mixed;
}

void StampModel::move(int stamp, double left, double top)
{
    StampView *moved = stampOf(stamp);
    if (moved == nullptr) return;
    QPointF corner(left, top);
    for (const int page : pagesOf(moved->pages, count()))
        corner = within(m_seals[static_cast<std::size_t>(moved->seal)].side, sizeOf(page), corner);
    moved->left = corner.x();
    moved->top = corner.y();
    Q_EMIT changed();
}

bool StampModel::setPages(int stamp, const QString &text)
{
    StampView *changedOne = stampOf(stamp);
    if (changedOne == nullptr) return false;
    const double side = m_seals[static_cast<std::size_t>(changedOne->seal)].side;
    const QString tidy = plainList(text);
    const auto pages = pagesOf(tidy, count());
    std::size_t all = pages.size();
    for (const StampView &other : shown().stamps)
        if (&other != changedOne) all += pagesOf(other.pages, count()).size();
    changedOne->typed = text;
    changedOne->wrong = pages.empty() || all > kPlacesMost || !std::ranges::all_of(pages, [&](int page) { return fits(side, sizeOf(page)); });
    if (changedOne->wrong) {
        Q_EMIT changed();
        return false;
    }
    changedOne->pages = tidy;
    move(stamp, changedOne->left, changedOne->top); // onto the smallest of them
    return true;
}

void StampModel::onAllPages(int stamp)
{
    setPages(stamp, count() > 1 ? QStringLiteral("1-%1").arg(count()) : QStringLiteral("1"));
}

void StampModel::onPagesOfAll(int stamp, bool last)
{
    const StampView *found = stampOf(stamp);
    if (found == nullptr) return;
    const StampView as = *found;
    const double side = m_seals[static_cast<std::size_t>(as.seal)].side;
    for (Sheet &sheet : m_sheets) {
        const int page = last ? static_cast<int>(sheet.pages.size()) : 1;
        if (sheet.pages.empty() || !fits(side, sheet.sizeOf(page))) continue;
        const bool isHere = &sheet == shownSheet();
        // Of those that stand there already it takes the place of one of the same seal.
        auto it = isHere ? sheet.stamps.begin() + stamp : std::ranges::find(sheet.stamps, as.seal, &StampView::seal);
        if (it == sheet.stamps.end() && static_cast<int>(sheet.stamps.size()) >= kStampsMost) continue;
        if (it == sheet.stamps.end()) it = sheet.stamps.insert(it, as);
        const QPointF corner = within(side, sheet.sizeOf(page), {as.left, as.top});
        *it = {as.seal, QString::number(page), corner.x(), corner.y(), false, QString::number(page)};
    }
    Q_EMIT changed();
}

void StampModel::remove(int stamp)
{
    if (stampOf(stamp) == nullptr) return;
    shownSheet()->stamps.erase(shownSheet()->stamps.begin() + stamp);
    m_mixed = false;
    Q_EMIT changed();
}

void StampModel::setRiding(int seal, bool yes)
{
    if (seal < 0 || seal >= static_cast<int>(m_seals.size()) || count() == 0 || (yes && count() < 2)) return;
    m_mixed = yes && !mayUse(seal);
    if (yes && !m_mixed) shownSheet()->ridings.insert(seal);
    else shownSheet()->ridings.erase(seal);
    Q_EMIT changed();
}

void StampModel::rideAll(int seal)
{
    if (seal < 0 || seal >= static_cast<int>(m_seals.size())) return;
    m_mixed = !mayUse(seal);
    for (Sheet &sheet : m_sheets)
        if (!m_mixed && sheet.pages.size() > 1) sheet.ridings.insert(seal);
    Q_EMIT changed();
}

StampWish::Document StampModel::wishOf(const Sheet &sheet) const
{
    StampWish::Document out;
    out.file = sheet.path;
    if (sheet.pages.empty()) return out;
    for (const StampView &stamp : sheet.stamps)
        out.places.push_back({stamp.seal, pagesOf(stamp.pages, static_cast<int>(sheet.pages.size())), stamp.left, stamp.top});
    double lowest = sheet.pages.front().height(); // of the edges that the pages share
    for (const QSizeF &size : sheet.pages)
        lowest = std::min(lowest, size.height());
    // One below the other along the edge, around its middle.
    double total = 0;
    for (const int seal : sheet.ridings)
        total += m_seals[static_cast<std::size_t>(seal)].side;
    double top = std::max(0.0, (lowest - total) / 2);
    for (const int seal : sheet.ridings) {
        out.ridings.push_back({seal, top});
        top += m_seals[static_cast<std::size_t>(seal)].side;
    }
    return out;
}

void StampModel::stamp()
{
    if (!ready()) return;
    StampWish wish;
    wish.electronic = m_electronic;
    for (const Sheet &sheet : m_sheets)
        wish.documents.push_back(wishOf(sheet));
    Q_EMIT stampAsked(wish);
}

} // namespace hufu::desk_app
