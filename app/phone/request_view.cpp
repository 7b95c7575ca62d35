#include "app/phone/request_view.h"

#include "shield/wire/activation.h"

#include <algorithm>

namespace hufu::phone_app {

static QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

static QString nameOf(intent::Flow flow)
{
    switch (flow) {
    case intent::Flow::desk:
        return QStringLiteral("desk");
    case intent::Flow::page:
        return QStringLiteral("page");
    case intent::Flow::phone:
        return QStringLiteral("phone");
    }
    return {};
}

static FileView viewOf(const intent::File &file)
{
    FileView view;
    view.name = textOf(file.name);
    view.size = static_cast<double>(file.size);
    view.sm3 = textOf(toHex(file.sm3));
    view.pages = static_cast<int>(file.pages);
    if (file.envelope) view.envelope = textOf(toHex(*file.envelope));
    for (const intent::SealUse &seal : file.seals) {
        const auto kind = intent::nameOf(seal.kind);
        view.seals << QVariant::fromValue(SealUseView{QString::fromUtf8(kind.data(), static_cast<int>(kind.size())), textOf(seal.name), textOf(seal.purpose),
                                                      textOf(seal.pages), textOf(seal.riding), textOf(seal.number), seal.style});
    }
    return view;
}

QVariantList filesOf(const intent::Manifest &manifest)
{
    QList<FileView> files;
    for (const intent::File &file : manifest.files)
        files << viewOf(file);
    return listOf(files);
}

RequestView viewOf(const intent::Manifest &manifest)
{
    RequestView view;
    view.act = QString::fromUtf8(intent::nameOf(manifest.act).data(),
                                 static_cast<int>(intent::nameOf(manifest.act).size()));
    view.flow = nameOf(manifest.flow);
    view.platformName = textOf(manifest.platform.name);
    view.platformId = textOf(manifest.platform.id);
    if (manifest.project) {
        view.projectName = textOf(manifest.project->name);
        view.projectId = textOf(manifest.project->id);
        view.projectPackage = textOf(manifest.project->package);
    }
    for (const std::string &recipient : manifest.recipients)
        view.recipients << textOf(recipient);
    view.soleReason = textOf(manifest.soleReason);
    view.company = textOf(manifest.company);
    view.person = textOf(manifest.person);
    if (manifest.form)
        view.form = *manifest.form == intent::Form::bare  ? QStringLiteral("bare")
                    : *manifest.form == intent::Form::ses ? QStringLiteral("ses")
                    : *manifest.form == intent::Form::cms ? QStringLiteral("cms")
                                                          : QStringLiteral("cms-gmt");
    if (manifest.desk) {
        view.deskName = textOf(manifest.desk->name);
        view.deskId = textOf(toHex(manifest.desk->id));
    }
    view.network = textOf(manifest.network);
    view.created = QDateTime::fromMSecsSinceEpoch(manifest.created);
    if (manifest.deadline) view.deadline = QDateTime::fromMSecsSinceEpoch(*manifest.deadline);
    view.files = filesOf(manifest);
    return view;
}

RequestView viewOf(const phone::Request &request, std::int64_t nowMs)
{
    RequestView view = viewOf(request.manifest);
    view.digits = textOf(request.digits);
    view.deskKnown = request.deskKnown;
    view.smsWanted = (request.factors & wire::factor::kSms) != 0;
    view.livenessWanted = (request.factors & wire::factor::kLiveness) != 0;
    if (const auto deadline = request.manifest.deadline) {
        const std::int64_t leftMs = *deadline - nowMs;
        view.deadlineOver = leftMs < 0;
        if (leftMs >= 0) view.deadlineHours = static_cast<int>(std::min<std::int64_t>(leftMs / 3'600'000, 1'000'000));
    }
    return view;
}

RequestView withHours(RequestView request, const QList<WatchedBids> &bids, std::int64_t nowMs)
{
    if (request.act != QLatin1String("decrypt")) return request;
    std::int64_t openingMs = 0;
    for (const QVariant &value : std::as_const(request.files))
        for (const WatchedBids &watched : bids)
            for (const opening::Bid &bid : watched.known.bids)
                if (value.value<FileView>().envelope == QString::fromStdString(toHex(bid.id))) openingMs = std::max(openingMs, bid.openingMs);
    if (openingMs == 0) return request;
    request.openingAt = QDateTime::fromMSecsSinceEpoch(openingMs);
    request.early = nowMs < openingMs;
    return request;
}

} // namespace hufu::phone_app
