// Values that pages show: plain data, made by the engine, read by QML.
#pragma once

#include <QDateTime>
#include <QImage>
#include <QString>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

struct CertificateView {
    Q_GADGET
    QML_VALUE_TYPE(certificateView)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString company MEMBER company)
    Q_PROPERTY(QString creditCode MEMBER creditCode)
    Q_PROPERTY(QString issuer MEMBER issuer)
    Q_PROPERTY(QString signSerial MEMBER signSerial)
    Q_PROPERTY(QString encryptSerial MEMBER encryptSerial)
    Q_PROPERTY(QString signAlgorithm MEMBER signAlgorithm)
    Q_PROPERTY(QDateTime validFrom MEMBER validFrom)
    Q_PROPERTY(QDateTime validTo MEMBER validTo)
    Q_PROPERTY(int daysLeft MEMBER daysLeft)
    Q_PROPERTY(int tone MEMBER tone)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(bool former MEMBER former)
public:
    QString person, company, creditCode, issuer, signSerial, encryptSerial;
    QString signAlgorithm; // "SM2" or "Ed25519"; the encryption key is always of SM2
    QString label; // how the person calls the shield; else the company
    QDateTime validFrom, validTo;
    int daysLeft = 0;
    int tone = 0; // of its colour: which of the theme's
    bool former = false; // a newer one of the same person is active: these keys open only
};

// One of the phone's shields, in the list of them.
struct ShieldView {
    Q_GADGET
    QML_VALUE_TYPE(shieldView)
    Q_PROPERTY(int index MEMBER index)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(int tone MEMBER tone)
    Q_PROPERTY(QString company MEMBER company)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(int daysLeft MEMBER daysLeft)
    Q_PROPERTY(int bids MEMBER bids)
    Q_PROPERTY(int bidsLight MEMBER bidsLight)
    Q_PROPERTY(int cause MEMBER cause)
    Q_PROPERTY(bool damaged MEMBER damaged)
    Q_PROPERTY(bool fingers MEMBER fingers)
    Q_PROPERTY(bool active MEMBER active)
    Q_PROPERTY(bool current MEMBER current)
    Q_PROPERTY(bool former MEMBER former)
    Q_PROPERTY(int reminder MEMBER reminder)
public:
    int index = 0;
    QString name; // the person's own; empty: the company's stands for it
    int tone = 0; // of its colour
    QString company, person; // empty until the activation has told them
    int daysLeft = 0;
    int bids = 0;      // sealed ones that wait for this shield
    int bidsLight = 0; // HomeModel::Light of the worst of them; grey: none waits
    int cause = 0;        // HomeModel::Cause: as its server said when the list was shown, it could do nothing; 0: it said no such thing
    bool damaged = false; // its files cannot be read
    bool fingers = false; // a finger or face may stand for typing its PIN
    bool active = false, current = false;
    bool former = false; // a newer one of the same person is active: this one opens only
    int reminder = 0;    // its certificate ends within so many days, and it was not said yet; 0: nothing to say
    QString server, subject; // for whom it is, and where
    QString serial;          // of the sign certificate
    QDateTime since, until;  // of its certificate
    bool operator==(const ShieldView &) const = default;
};

// A seal that goes onto a file.
struct SealUseView {
    Q_GADGET
    QML_VALUE_TYPE(sealUseView)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString purpose MEMBER purpose)
    Q_PROPERTY(QString pages MEMBER pages)
    Q_PROPERTY(QString riding MEMBER riding)
    Q_PROPERTY(QImage picture READ picture)
public:
    // Drawn here of the words that are approved, by the code that draws it for the desk; coarse. Null: an older desk did not say what it
    // looks like, or no font here has its characters. On the GUI thread.
    QImage picture() const;

    QString kind; // company, legalPerson, finance, contract
    QString name, purpose, pages, riding;
    QString number; // below its star
    int style = 0;  // of its picture; 0: not said
};

struct FileView {
    Q_GADGET
    QML_VALUE_TYPE(fileView)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(double size MEMBER size)
    Q_PROPERTY(QString sm3 MEMBER sm3)
    Q_PROPERTY(int pages MEMBER pages)
    Q_PROPERTY(QString envelope MEMBER envelope)
    Q_PROPERTY(QVariantList seals MEMBER seals)
public:
    QString name;
    double size = 0; // octets
    QString sm3;
    int pages = 0; // 0: not known
    QString envelope; // of which sealed bid it is the key; empty: of none that is known
    QVariantList seals; // of sealUseView
};

// A request as the person reads it: the manifest, and what stands out of it.
struct RequestView {
    Q_GADGET
    QML_VALUE_TYPE(requestView)
    Q_PROPERTY(QString act MEMBER act)
    Q_PROPERTY(QString flow MEMBER flow)
    Q_PROPERTY(QString platformName MEMBER platformName)
    Q_PROPERTY(QString platformId MEMBER platformId)
    Q_PROPERTY(QString projectName MEMBER projectName)
    Q_PROPERTY(QString projectId MEMBER projectId)
    Q_PROPERTY(QString projectPackage MEMBER projectPackage)
    Q_PROPERTY(QStringList recipients MEMBER recipients) // of a bid that is sealed: who can open it
    Q_PROPERTY(QString soleReason MEMBER soleReason)     // and why one person alone
    Q_PROPERTY(QString company MEMBER company)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString form MEMBER form)
    Q_PROPERTY(QString deskName MEMBER deskName)
    Q_PROPERTY(QString deskId MEMBER deskId)
    Q_PROPERTY(QString network MEMBER network)
    Q_PROPERTY(QString digits MEMBER digits)
    Q_PROPERTY(bool deskKnown MEMBER deskKnown)
    Q_PROPERTY(bool smsWanted MEMBER smsWanted)
    Q_PROPERTY(bool livenessWanted MEMBER livenessWanted)
    Q_PROPERTY(QDateTime created MEMBER created)
    Q_PROPERTY(QDateTime deadline MEMBER deadline)
    Q_PROPERTY(QVariantList files MEMBER files)
    Q_PROPERTY(bool platformNew MEMBER platformNew)
    Q_PROPERTY(bool deskNew MEMBER deskNew)
    Q_PROPERTY(bool otherShield MEMBER otherShield)
    Q_PROPERTY(int tone MEMBER tone)
    Q_PROPERTY(int deadlineHours MEMBER deadlineHours)
    Q_PROPERTY(bool deadlineOver MEMBER deadlineOver)
    Q_PROPERTY(QDateTime openingAt MEMBER openingAt)
    Q_PROPERTY(bool early MEMBER early)
public:
    QStringList recipients;
    QString soleReason;
    QString act, flow, platformName, platformId, projectName, projectId, projectPackage, company, person;
    QString form, deskName, deskId, network, digits;
    bool deskKnown = false, smsWanted = false, livenessWanted = false;
    QDateTime created, deadline;
    QVariantList files; // of fileView
    bool platformNew = false; // no approval for this platform is in the phone's history
    bool deskNew = false;     // nor one for this computer, which the server knows, but that of its enrolment
    bool otherShield = false; // another of the phone's shields than the one that was shown answers for this computer
    int tone = -1;            // the shield's colour; -1: the phone has only one
    int deadlineHours = -1;   // whole hours until the deadline; -1: none, or over
    bool deadlineOver = false;
    QDateTime openingAt;      // of sealed bids that are opened: the last one's hour; none: not known
    bool early = false;       // that hour has not come
    bool operator==(const RequestView &) const = default;
};

// One line of the recent approvals.
struct HistoryView {
    Q_GADGET
    QML_VALUE_TYPE(historyView)
    Q_PROPERTY(QDateTime at MEMBER at)
    Q_PROPERTY(QString act MEMBER act)
    Q_PROPERTY(QString platform MEMBER platform)
    Q_PROPERTY(QString summary MEMBER summary)
    Q_PROPERTY(bool approved MEMBER approved)
    Q_PROPERTY(int code MEMBER code)
    Q_PROPERTY(QString desk MEMBER desk)
    Q_PROPERTY(QString project MEMBER project)
    Q_PROPERTY(QString certificate MEMBER certificate)
    Q_PROPERTY(QString session MEMBER session)
    Q_PROPERTY(QString manifest MEMBER manifest)
    Q_PROPERTY(QVariantList files MEMBER files) // of fileView
    Q_PROPERTY(hufu::phone_app::RequestView shown MEMBER shown) // the kept manifest; without a platform: none is kept
    Q_PROPERTY(int compared MEMBER compared)    // HistoryModel::Compared
    Q_PROPERTY(bool shortened READ shortened) // its list of files is not kept any more
    Q_PROPERTY(QString words READ words)      // all that it can be searched by and is no word of the act's
    Q_PROPERTY(bool provable READ provable)     // it can be saved for others to check
public:
    QDateTime at;
    QString act, platform, summary;
    bool approved = false;
    int code = 0;
    QString desk, project;
    QString platformId, deskId; // empty: the entry is older than these, or its manifest is not kept
    QString certificate, session, manifest; // serial number, token, SM3: hexadecimal; empty: the entry is older than these
    QVariantList files;
    RequestView shown;
    int compared = 0;
    QByteArray record; // as a file for others (app/phone/act_record.h); empty: too little is kept
    bool provable() const { return !record.isEmpty(); }
    bool shortened() const { return !manifest.isEmpty() && platformId.isEmpty(); }
    // The names of its files; of one whose manifest is not kept, the first one's.
    QStringList subjects() const
    {
        QStringList names;
        for (const QVariant &file : files)
            names << file.value<FileView>().name;
        return names.isEmpty() ? QStringList{summary} : names;
    }
    QString words() const { return (subjects() << platform << project << desk << certificate << session << manifest).join(QLatin1Char(' ')); }
};

// What the server has approved with the phone's keys, and the phone knows nothing of.
struct ForeignView {
    Q_GADGET
    QML_VALUE_TYPE(foreignView)
    Q_PROPERTY(QDateTime at MEMBER at)
    Q_PROPERTY(QString act MEMBER act)
    Q_PROPERTY(QString session MEMBER session)
    Q_PROPERTY(QString manifest MEMBER manifest)
public:
    QDateTime at;
    QString act; // empty: the record does not say
    QString session, manifest;
};

// The history beside the server's records.
struct RecordsView {
    Q_GADGET
    QML_VALUE_TYPE(recordsView)
    Q_PROPERTY(QDateTime comparedAt MEMBER comparedAt)
    Q_PROPERTY(bool broken MEMBER broken)
    Q_PROPERTY(bool unread MEMBER unread)
    Q_PROPERTY(QVariantList foreign MEMBER foreign) // of foreignView, the newest first
public:
    QDateTime comparedAt; // none: not yet
    bool broken = false;  // the server gave out another chain than before
    bool unread = false;
    QVariantList foreign;
};

struct AgreementView {
    Q_GADGET
    QML_VALUE_TYPE(agreementView)
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(int version MEMBER version)
public:
    QString id;
    int version = 0;
};

// What the person is urged to look after.
struct CareView {
    Q_GADGET
    QML_VALUE_TYPE(careView)
    Q_PROPERTY(bool pinChangeUrged MEMBER pinChangeUrged)
    Q_PROPERTY(int wrongPins MEMBER wrongPins) // since the last change
    Q_PROPERTY(bool signDestroyed MEMBER signDestroyed)
public:
    bool pinChangeUrged = false;
    int wrongPins = 0;
    bool signDestroyed = false;
};

// Whether an approval would go through now.
struct ReadinessView {
    Q_GADGET
    QML_VALUE_TYPE(readinessView)
    Q_PROPERTY(int light MEMBER light) // HomeModel::Light
    Q_PROPERTY(int cause MEMBER cause) // HomeModel::Cause
    Q_PROPERTY(int value MEMBER value) // days, wrong PINs or seconds, by cause
    Q_PROPERTY(int code MEMBER code)   // HF-nnn that explains it, 0: none
public:
    int light = 0, cause = 0, value = 0, code = 0;
};

// A list of values as QML reads it.
template <typename View> QVariantList listOf(const QList<View> &views)
{
    QVariantList out;
    for (const View &view : views)
        out << QVariant::fromValue(view);
    return out;
}

} // namespace hufu::phone_app
