// PDFs before they are stamped: their pages, the seals that may be used, and where each of them will stand.
#pragma once

#include <QImage>
#include <QObject>
#include <QSizeF>
#include <QStringList>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>
#include <set>
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
    bool riding = false; // goes across the edges of the document that is shown
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
    Q_PROPERTY(QString typed MEMBER typed)
    Q_PROPERTY(bool wrong MEMBER wrong)
public:
    int seal = 0;
    QString pages; // "3" or "1-2,7"
    double left = 0, top = 0;
    bool here = false;  // on the page that is shown
    QString typed;      // the pages as the person wrote them
    bool wrong = false; // which name none that there could be: pages are those that were named before
    bool operator==(const StampView &) const = default;
};

// One of the documents that are stamped by one approval.
struct StampDocumentView {
    Q_GADGET
    QML_VALUE_TYPE(stampDocumentView)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(int seals MEMBER seals)
    Q_PROPERTY(int problem MEMBER problem)
    Q_PROPERTY(bool shown MEMBER shown)
public:
    QString name;
    int seals = 0;      // how many are put on it
    int problem = 0;    // HF-nnn: it cannot be stamped; 0: it can
    bool shown = false; // its pages are
};

struct StampWish {
    struct Place {
        int seal = 0;
        std::vector<int> pages; // from 1
        double left = 0, top = 0;
    };
    struct Riding {
        int seal = 0;
        double top = 0;
    };
    struct Document {
        QString file;
        std::vector<Place> places;   // neither: it cannot be stamped, and its name shall be said
        std::vector<Riding> ridings; // across all pages
    };
    std::vector<Document> documents;
    bool electronic = false; // signed as GB/T 38540 does, each document under one seal
};

class StampModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList documents READ documents NOTIFY changed) // of stampDocumentView
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    // Of the document that is shown:
    Q_PROPERTY(QString file READ file NOTIFY changed) // its name
    Q_PROPERTY(int signatures READ signatures NOTIFY changed) // that it has already
    Q_PROPERTY(QVariantList seals READ seals NOTIFY changed)   // of stampSealView
    Q_PROPERTY(int count READ count NOTIFY changed)            // of pages
    Q_PROPERTY(int page READ page NOTIFY pageChanged)          // that is shown, from 1
    Q_PROPERTY(double pageWidth READ pageWidth NOTIFY pageChanged) // mm
    Q_PROPERTY(double pageHeight READ pageHeight NOTIFY pageChanged)
    Q_PROPERTY(QImage picture READ picture NOTIFY pictureChanged) // of the page; empty until it is drawn
    Q_PROPERTY(QVariantList stamps READ stamps NOTIFY changed)    // of stampView
    // Of all:
    Q_PROPERTY(bool mixed READ mixed NOTIFY changed)              // another person's seal was put beside one
    Q_PROPERTY(bool electronic READ electronic WRITE setElectronic NOTIFY changed) // GB/T 38540 instead of CMS
    Q_PROPERTY(bool tooMany READ tooMany NOTIFY changed)      // more than the one seal of an electronic signature, on one of them
    Q_PROPERTY(bool ready READ ready NOTIFY changed)          // each that can be stamped has a seal, and each seal its pages
    Q_PROPERTY(QString wrong READ wrong NOTIFY changed)       // the first with a list of pages that is wrong; empty: none
    Q_PROPERTY(QString bare READ bare NOTIFY changed)         // the first that has no seal yet; empty: none
    Q_PROPERTY(QString unfit READ unfit NOTIFY changed)       // the first that cannot be stamped; empty: none
public:
    static constexpr int kStampsMost = 32;
    static constexpr std::size_t kPlacesMost = 2000; // on all pages

    using QObject::QObject;
    QVariantList documents() const;
    bool loading() const;
    QString file() const;
    int signatures() const { return shown().signatures; }
    QVariantList seals() const;
    int count() const { return static_cast<int>(shown().pages.size()); }
    int page() const { return shown().page; }
    double pageWidth() const { return sizeOf(page()).width(); }
    double pageHeight() const { return sizeOf(page()).height(); }
    const QImage &picture() const { return m_picture; }
    QVariantList stamps() const;
    bool mixed() const { return m_mixed; }
    bool electronic() const { return m_electronic; }
    void setElectronic(bool yes);
    bool tooMany() const;
    bool ready() const;
    QString wrong() const { return firstOf(&Sheet::isWrong); }
    QString bare() const { return firstOf(&Sheet::isBare); }
    QString unfit() const { return firstOf(&Sheet::isUnfit); }

    void begin(const QStringList &files);
    void showSeals(std::vector<StampSealView> seals);
    // Of the document of that number; each is shown one way or the other.
    // In: pages, the size of each in millimetres; problem, HF-nnn.
    void showDocument(int document, std::vector<QSizeF> pages, int signatures);
    void showProblem(int document, int problem);
    void showPicture(const QString &path, int page, const QImage &picture);
    int holderOf(int seal) const { return m_seals.at(static_cast<std::size_t>(seal)).holder; }
    // HF-nnn of the first one, if none of the documents can be stamped; else 0.
    int problem() const;

    Q_INVOKABLE void choose(int document); // to be shown
    Q_INVOKABLE void drop(int document);   // unless it is the only one
    Q_INVOKABLE void goTo(int page);
    // With its middle at x, y on the page that is shown, wholly on it. Returns: false where it cannot be.
    Q_INVOKABLE bool place(int seal, double x, double y);
    Q_INVOKABLE void move(int stamp, double left, double top);
    // As a person types them, also by a Chinese input method ("１-３，7"). Until they are right nothing is stamped.
    // Returns: false if pages names none, or one that does not exist or is too small for it.
    Q_INVOKABLE bool setPages(int stamp, const QString &pages);
    Q_INVOKABLE void onAllPages(int stamp);
    // At the same place on the last, or the first, page of each of the other documents too, wherever it stands there.
    Q_INVOKABLE void onLastPages(int stamp) { onPagesOfAll(stamp, true); }
    Q_INVOKABLE void onFirstPages(int stamp) { onPagesOfAll(stamp, false); }
    Q_INVOKABLE void remove(int stamp);
    Q_INVOKABLE void setRiding(int seal, bool yes);
    Q_INVOKABLE void rideAll(int seal); // of each document that has two pages and more
    Q_INVOKABLE void stamp();
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void pageChanged();
    void pictureChanged();
    void pageAsked(const QString &path, int page);
    void stampAsked(const hufu::desk_app::StampWish &wish);
    void cancelled();

private:
    struct Sheet {
        QString path;
        std::vector<QSizeF> pages;
        std::vector<StampView> stamps;
        std::set<int> ridings; // seals
        int page = 1, signatures = 0, problem = 0;
        bool isKnown = false;
        bool isBare() const { return problem == 0 && stamps.empty() && ridings.empty(); }
        bool isWrong() const;
        bool isUnfit() const { return problem != 0; }
        QSizeF sizeOf(int number) const { return number >= 1 && number <= static_cast<int>(pages.size()) ? pages[static_cast<std::size_t>(number) - 1] : QSizeF(); }
    };
    QString firstOf(bool (Sheet::*is)() const) const; // its name
    const Sheet &shown() const;
    Sheet *shownSheet() { return m_sheets.empty() ? nullptr : &m_sheets[static_cast<std::size_t>(m_shown)]; }
    StampView *stampOf(int stamp);
    QSizeF sizeOf(int page) const { return shown().sizeOf(page); }
    bool mayUse(int seal) const;
    void onPagesOfAll(int stamp, bool last);
    static std::set<int> usedOn(const Sheet &sheet);
    StampWish::Document wishOf(const Sheet &sheet) const;
    void showOther();

    std::vector<StampSealView> m_seals;
    std::vector<Sheet> m_sheets;
    QImage m_picture;
    int m_shown = 0;
    bool m_mixed = false, m_electronic = false;
};

} // namespace hufu::desk_app
