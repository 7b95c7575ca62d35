#include "app/desk/sites.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace hufu::desk_app {

static constexpr char kFile[] = "sites";

Sites::Sites(ports::DeviceStore &store) : m_store(store)
{
    const auto kept = store.read(kFile);
    if (!kept) return;
    const auto json = QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char *>(kept->data()), static_cast<qsizetype>(kept->size()))).object();
    for (auto it = json.begin(); it != json.end() && m_sites.size() < kMost; ++it)
        if (it->isBool() && Site::parse(it.key().toStdString())) m_sites[it.key()] = it->toBool() ? Standing::allowed : Standing::refused;
}

Sites::Standing Sites::standingOf(const QString &origin) const
{
    const auto it = m_sites.find(origin);
    return it == m_sites.end() ? Standing::unknown : it->second;
}

Result<void> Sites::set(const QString &origin, Standing standing)
{
    auto sites = m_sites;
    sites[origin] = standing;
    if (sites.size() > kMost) return Error(Errc::refused, "too many sites");
    return keep(std::move(sites));
}

Result<void> Sites::remove(const QString &origin)
{
    auto sites = m_sites;
    sites.erase(origin);
    return keep(std::move(sites));
}

Result<void> Sites::keep(std::map<QString, Standing> sites)
{
    QJsonObject json;
    for (const auto &[origin, standing] : sites)
        json[origin] = standing == Standing::allowed;
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    HUFU_CHECK(m_store.write(kFile, {reinterpret_cast<const std::uint8_t *>(text.constData()), static_cast<std::size_t>(text.size())}));
    m_sites = std::move(sites);
    return {};
}

} // namespace hufu::desk_app
