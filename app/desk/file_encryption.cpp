#include "app/desk/file_encryption.h"

#include "app/catalogue/catalogue.h"
#include "app/envelope/interchange.h"
#include "shield/x509/pem.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace hufu::desk_app {

using catalogue::Code;

static constexpr qint64 kCertificateMost = 64 * 1024; // bytes, as PEM

static Outcome<std::vector<x509::Certificate>> judged(std::vector<x509::Certificate> receivers, std::int64_t nowMs, const std::optional<x509::Trust> &trust = {})
{
    envelope::SealOrder order;
    order.recipients = std::move(receivers);
    order.nowMs = nowMs;
    order.trust = trust;
    auto good = envelope::judgedRecipients(order);
    if (!good) return {std::nullopt, static_cast<int>(good.problem())};
    return {std::move(*good), 0};
}

Outcome<x509::Certificate> receiverOf(const QString &path, std::int64_t nowMs, const std::optional<x509::Trust> &trust)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) return {std::nullopt, static_cast<int>(Code::fileUnreadable)};
    const QByteArray content = file.read(kCertificateMost);
    const auto der = x509::derOfFile(viewOf(std::string_view(content.constData(), static_cast<std::size_t>(content.size()))), "CERTIFICATE");
    auto certificate = der ? x509::Certificate::parse(*der) : Result<x509::Certificate>(der.error());
    if (!certificate) return {std::nullopt, static_cast<int>(Code::certificateInvalid)};
    auto good = judged({std::move(*certificate)}, nowMs, trust);
    if (!good.value) return {std::nullopt, good.problem};
    return {std::move(good.value->front()), 0};
}

QString nameOf(const x509::Certificate &receiver)
{
    const QString name = QString::fromStdString(receiver.subject().commonName), company = QString::fromStdString(receiver.subject().organization);
    return company.isEmpty() ? name : company + QStringLiteral(" · ") + name;
}

Outcome<Finished> encryptFiles(const Errand &errand, ports::Random &random, std::int64_t nowMs, const BidProgress &progress)
{
    if (const QFileInfo folder(errand.out); !folder.isDir() || !folder.isWritable()) return {std::nullopt, static_cast<int>(Code::fileUnwritable)};
    if (errand.files.isEmpty()) return {std::nullopt, static_cast<int>(Code::fileUnreadable)};
    const auto receivers = judged(errand.recipients, nowMs);
    if (!receivers.value) return {std::nullopt, receivers.problem};
    if (receivers.value->empty()) return {std::nullopt, static_cast<int>(Code::certificateInvalid)};
    envelope::SealOrder order;
    order.recipients = *receivers.value;
    order.nowMs = nowMs;
    const auto dialect = errand.form == intent::Form::cmsGmt ? documents::Dialect::gmt0010 : documents::Dialect::pkcs7;
    Finished finished;
    for (qsizetype i = 0; i < errand.files.size(); ++i) {
        if (progress && !progress(static_cast<int>(i * 100 / errand.files.size()))) return {std::nullopt, static_cast<int>(Code::cancelled)};
        Bid bid;
        bid.source = errand.files[i];
        order.source = bid.source.toStdString();
        const auto out = writableName(QDir(errand.out).filePath(QFileInfo(bid.source).fileName() + QStringLiteral(".p7m")), [&](const QString &candidate) {
            order.target = candidate.toStdString();
            const auto sealed = envelope::sealForOthers(order, dialect, random);
            return sealed ? 0 : static_cast<int>(sealed.problem());
        });
        bid.problem = out.problem;
        if (out.value) bid.out = *out.value;
        if (out.value && finished.out.isEmpty()) finished.out = bid.out;
        finished.bids.push_back(std::move(bid));
    }
    if (finished.out.isEmpty()) return noneOf<Finished>(finished.bids);
    return {std::move(finished), 0};
}

} // namespace hufu::desk_app
