#include "app/desk/remote.h"

#include "app/catalogue/catalogue.h"

#include <QJsonArray>

namespace hufu::desk_app {

using control::Answer;

static QString textOf(const QJsonObject &request, const char *name)
{
    return request.value(QLatin1String(name)).toString();
}

static QList<QUrl> urlsOf(const QJsonObject &request)
{
    QList<QUrl> files;
    for (const QJsonValue &file : request.value(QLatin1String("files")).toArray())
        files.append(QUrl::fromLocalFile(file.toString()));
    return files;
}

static Answer taskOf(const Counter &counter)
{
    const TaskReport &report = counter.report();
    Answer answer;
    answer.values = {{QStringLiteral("state"), report.state},
                     {QStringLiteral("deskId"), QString::fromStdString(toHex(counter.identity().key().id()))},
                     {QStringLiteral("enrolled"), counter.identity().enrolled()},
                     {QStringLiteral("manifest"), report.finished.manifest},
                     {QStringLiteral("signature"), report.finished.signature},
                     {QStringLiteral("signer"), report.finished.signer},
                     {QStringLiteral("out"), report.finished.out}};
    QJsonArray bids;
    for (const Bid &bid : report.finished.bids)
        bids.append(QJsonObject{{QStringLiteral("envelope"), bid.source}, {QStringLiteral("out"), bid.out}, {QStringLiteral("problem"), bid.problem},
                                {QStringLiteral("standing"), nameOf(bid.sender.standing)}, {QStringLiteral("sender"), bid.sender.name}});
    if (!bids.isEmpty()) answer.values.insert(QStringLiteral("bids"), bids);
    if (report.code != 0)
        answer.values.insert(QStringLiteral("code"), QString::fromStdString(catalogue::codeText(
                                                         static_cast<catalogue::Code>(report.code))));
    return answer;
}

void teachDeskWords(control::Control &control, Composition &composition)
{
    DeskScreens &screens = composition.screens();
    Counter &counter = composition.counter();
    // The code's page counts as "qr" once there is a code on it, and the bid's as "seal" once it shows the colleagues: a
    // script goes on then.
    control.setPageReader([&screens] {
        const bool early = (screens.page() == DeskScreens::Qr && screens.qr()->stage() == QrModel::Starting) ||
                           (screens.page() == DeskScreens::Seal && screens.seal()->loading()) ||
                           (screens.page() == DeskScreens::Stamp && screens.stamp()->loading());
        return early ? QStringLiteral("starting") : DeskScreens::nameOf(screens.page());
    });
    QObject::connect(&screens, &DeskScreens::pageChanged, &control, &control::Control::pageMayHaveChanged);
    QObject::connect(screens.qr(), &QrModel::changed, &control, &control::Control::pageMayHaveChanged);
    QObject::connect(screens.stamp(), &StampModel::changed, &control, &control::Control::pageMayHaveChanged);
    QObject::connect(screens.seal(), &SealModel::changed, &control, &control::Control::pageMayHaveChanged);
    control.teach(QStringLiteral("enrol"), [&counter](const QJsonObject &request) {
        Errand errand;
        errand.kind = ErrandKind::enrol;
        errand.deskName = textOf(request, "name");
        if (errand.deskName.isEmpty()) return Answer::failed("a name is missing");
        counter.start(errand);
        return Answer();
    });
    control.teach(QStringLiteral("login"), [&counter](const QJsonObject &) {
        counter.start(Errand());
        return Answer();
    });
    control.teach(QStringLiteral("sign"), [&counter](const QJsonObject &request) {
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.file = textOf(request, "file");
        errand.out = textOf(request, "out");
        const QString form = textOf(request, "form");
        if (form != QLatin1String("bare") && form != QLatin1String("cms") && form != QLatin1String("cms-gmt"))
            return Answer::failed("form is bare, cms or cms-gmt");
        errand.form = form == QLatin1String("bare") ? intent::Form::bare : form == QLatin1String("cms") ? intent::Form::cms : intent::Form::cmsGmt;
        errand.contentInside = request.value(QLatin1String("inside")).toBool();
        for (const QJsonValue &file : request.value(QLatin1String("files")).toArray())
            errand.files.append(file.toString());
        if ((errand.file.isEmpty() && errand.files.isEmpty()) || errand.out.isEmpty()) return Answer::failed("file or out is missing");
        counter.start(errand);
        return Answer();
    });
    control.teach(QStringLiteral("open"), [&counter](const QJsonObject &request) {
        Errand errand;
        errand.kind = ErrandKind::open;
        errand.file = textOf(request, "file");
        errand.out = textOf(request, "out");
        if (errand.file.isEmpty() || errand.out.isEmpty()) return Answer::failed("file or out is missing");
        counter.start(errand);
        return Answer();
    });
    control.teach(QStringLiteral("openBids"), [&counter](const QJsonObject &request) {
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.out = textOf(request, "out");
        for (const QJsonValue &file : request.value(QLatin1String("files")).toArray())
            errand.files.append(file.toString());
        if (errand.files.isEmpty() || errand.out.isEmpty()) return Answer::failed("files or out is missing");
        counter.start(errand);
        return Answer();
    });
    control.teach(QStringLiteral("composeBid"), [&screens](const QJsonObject &request) {
        screens.status()->seal(urlsOf(request));
        return Answer();
    });
    control.teach(QStringLiteral("composeEncryption"), [&screens](const QJsonObject &request) {
        screens.status()->encrypt(urlsOf(request));
        return Answer();
    });
    control.teach(QStringLiteral("addReceivers"), [&screens](const QJsonObject &request) {
        screens.seal()->addReceivers(urlsOf(request));
        return Answer();
    });
    control.teach(QStringLiteral("composeStamp"), [&screens](const QJsonObject &request) {
        screens.status()->stamp(urlsOf(request));
        return Answer();
    });
    // With its middle there, in millimetres from the upper left corner of the page; on the first document, unless it is said on which.
    control.teach(QStringLiteral("placeStamp"), [&screens](const QJsonObject &request) {
        const auto number = [&request](const char *name) { return request.value(QLatin1String(name)).toDouble(); };
        screens.stamp()->choose(static_cast<int>(number("document")));
        screens.stamp()->goTo(static_cast<int>(number("page")));
        screens.stamp()->setElectronic(request.value(QLatin1String("electronic")).toBool());
        const bool placed = screens.stamp()->place(static_cast<int>(number("seal")), number("x"), number("y"));
        return placed ? Answer() : Answer::failed("the seal cannot stand there");
    });
    control.teach(QStringLiteral("addToBid"), [&screens](const QJsonObject &request) {
        screens.seal()->addFiles(urlsOf(request));
        return Answer();
    });
    control.teach(QStringLiteral("openForSite"), [&screens](const QJsonObject &request) {
        if (screens.site()->question() != SiteModel::Open) return Answer::failed("no site asks");
        screens.site()->openFiles(urlsOf(request));
        return Answer();
    });
    control.teach(QStringLiteral("site"), [&screens](const QJsonObject &) {
        static const char *const kQuestions[] = {"none", "access", "open"};
        Answer answer;
        answer.values = {{QStringLiteral("port"), screens.site()->port()},
                         {QStringLiteral("question"), QLatin1String(kQuestions[screens.site()->question()])},
                         {QStringLiteral("origin"), screens.site()->origin()}};
        return answer;
    });
    control.teach(QStringLiteral("task"), [&counter](const QJsonObject &) { return taskOf(counter); });
}

} // namespace hufu::desk_app
