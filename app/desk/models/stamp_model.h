// A PDF before it is stamped: its pages, the seals that may be used, and where each of them will stand.
#pragma once

#include <QImage>
#include <QObject>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>
#include <vector>

namespace hufu::desk_app {

// A seal that is granted to one of the desk's people.
struct StampSealView {
    Q_GADGET
    QML_VALUE_TYPE(stampSealView)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString purpose MEMBER purpose)
    Q_PROPERTY(QString project MEMBER project)
    Q_PROPERTY(QImage image MEMBER image)
    Q_PROPERTY(double side MEMBER side)
    Q_PROPERTY(bool riding MEMBER riding)
public:
    QString kind; // company, legalPerson, finance, contract
    QString name, person, purpose, project; // project: for this one alone; empty: any
    QImage image;
    double side = 0;     // mm, width and height
    bool riding = false; // goes across the edges
    int holder = 0;      // whose it is, of those who enrolled this desk
};

// A seal on some pages. Millimetres from the page's upper left corner.
struct StampView {
    Q_GADGET
    QML_VALUE_TYPE(stampView)
    Q_PROPERTY(int seal MEMBER seal)
    Q_PROPERTY(QString pages MEMBER pages)
    Q_PROPERTY(double left MEMBER left)
    Q_PROPERTY(double top MEMBER top)
    Q_PROPERTY(bool here MEMBER here)
public:
    int seal = 0;
    QString pages; // "3" or "1-2,7"
    double left = 0, top = 0;
    bool here = false; // on the page that is shown
    bool operator==(const StampView &) const = default;
};

struct StampWish {
    QString file;
    struct Place {
        int seal = 0;
        std::vector<int> pages; // from 1
        double left = 0, top = 0;
    };
    std::vector<Place> places;
    struct Riding {
        int seal = 0;
        double top = 0;
    };
    std::vector<Riding> ridings; // across all pages
    bool electronic = false;     // signed as GB/T 38540 does, under one seal
};

class StampModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString file READ file NOTIFY changed) // its name
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(int signatures READ signatures NOTIFY changed) // that it has already
    Q_PROPERTY(QVariantList seals READ seals NOTIFY changed)   // of stampSealView
    Q_PROPERTY(int count READ count NOTIFY changed)            // of pages
    Q_PROPERTY(int page READ page NOTIFY pageChanged)          // from 1
    Q_PROPERTY(double pageWidth READ pageWidth NOTIFY pageChanged)
    Q_PROPERTY(double pageHeight READ pageHeight NOTIFY pageChanged)
    Q_PROPERTY(QImage picture READ picture NOTIFY pictureChanged) // of the page; null while it is drawn
    Q_PROPERTY(QVariantList stamps READ stamps NOTIFY changed)    // of stampView
    Q_PROPERTY(bool mixed READ mixed NOTIFY changed)              // another person's seal was put beside one
    Q_PROPERTY(bool electronic READ electronic WRITE setElectronic NOTIFY changed) // GB/T 38540 instead of CMS
    Q_PROPERTY(bool tooMany READ tooMany NOTIFY changed)      // more than the one seal of an electronic signature
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
public:
    static constexpr int kStampsMost = 32;
    static constexpr std::size_t kPlacesMost = 2000; // on all pages

    using QObject::QObject;
    QString file() const;
    bool loading() const { return m_loading; }
    int signatures() const { return m_signatures; }
    QVariantList seals() const;
    int count() const { return static_cast<int>(m_pages.size()); }
    int page() const { return m_page; }
    double pageWidth() const { return sizeOf(m_page).width(); }
    double pageHeight() const { return sizeOf(m_page).height(); }
    const QImage &picture() const { return m_picture; }
    QVariantList stamps() const;
    bool mixed() const { return m_mixed; }
    bool electronic() const { return m_electronic; }
    void setElectronic(bool yes);
    bool tooMany() const;
    bool ready() const;

    void begin(const QString &path);
    void showSeals(std::vector<StampSealView> seals);
    // In: pages, the size of each in millimetres.
    void showDocument(std::vector<QSizeF> pages, int signatures);
    void showPicture(int page, const QImage &picture);
    int holderOf(int seal) const { return m_seals.at(static_cast<std::size_t>(seal)).holder; }

    Q_INVOKABLE void goTo(int page);
    // With its middle at x, y on the page that is shown, wholly on it. Returns: false where it cannot be.
    Q_INVOKABLE bool place(int seal, double x, double y);
    Q_INVOKABLE void move(int stamp, double left, double top);
    // Returns: false if pages names none, or one that does not exist or is too small for it.
    Q_INVOKABLE bool setPages(int stamp, const QString &pages);
    Q_INVOKABLE void onAllPages(int stamp);
    Q_INVOKABLE void remove(int stamp);
    Q_INVOKABLE void setRiding(int seal, bool yes);
    Q_INVOKABLE void stamp();
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void pageChanged();
    void pictureChanged();
    void pageAsked(int page);
    void stampAsked(const hufu::desk_app::StampWish &wish);
    void cancelled();

private:
    QSizeF sizeOf(int page) const;
    bool mayUse(int seal) const;
    QPointF within(const StampSealView &seal, int page, QPointF corner) const;

    QString m_path;
    std::vector<StampSealView> m_seals;
    std::vector<QSizeF> m_pages;
    std::vector<StampView> m_stamps;
    QImage m_picture;
    int m_page = 1, m_signatures = 0;
    bool m_loading = false, m_mixed = false, m_electronic = false;
};

} // namespace hufu::desk_app
