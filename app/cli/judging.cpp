#include "app/cli/judging.h"

#include "app/cli/words.h"

namespace hufu::cli {

bool appendCertificates(const QString &path, std::vector<x509::Certificate> &to)
{
    const auto file = readFile(path, 1 << 20);
    if (!file) return false;
    auto list = x509::Certificate::parsePemList(std::string_view(file->constData(), static_cast<std::size_t>(file->size())));
    if (!list) {
        auto one = x509::Certificate::parseAny(viewOf(*file));
        if (!one) {
            explain(catalogue::Code::fileUnknown, path + QStringLiteral("  (这里需要证书 / a certificate is wanted here)"));
            return false;
        }
        to.push_back(*one);
        return true;
    }
    to.insert(to.end(), list->begin(), list->end());
    return true;
}

std::optional<x509::Trust> readTrust(const QStringList &roots, const QStringList &chain, const QStringList &lists)
{
    x509::Trust trust;
    for (const QString &path : roots)
        if (!appendCertificates(path, trust.roots)) return std::nullopt;
    for (const QString &path : chain)
        if (!appendCertificates(path, trust.intermediates)) return std::nullopt;
    for (const QString &path : lists) {
        const auto file = readFile(path, 16 << 20);
        if (!file) return std::nullopt;
        auto list = x509::RevocationList::parseAny(viewOf(*file));
        if (!list) {
            explain(catalogue::Code::fileUnknown, path + QStringLiteral("  (这里需要吊销列表 / a revocation list is wanted here)"));
            return std::nullopt;
        }
        trust.revocations.push_back(*list);
    }
    return trust;
}

int failed(catalogue::Code code, const QString &about)
{
    explain(code, about);
    switch (code) {
    case catalogue::Code::fileUnreadable:
    case catalogue::Code::malformed:
    case catalogue::Code::fileUnknown:
        return kUnreadable;
    default:
        return kFailed;
    }
}

} // namespace hufu::cli
