#include "app/desk/sites.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

namespace hufu::desk_app {

static constexpr char kFile[] = "sites";

Sites::Sites(ports::DeviceStore &store) : m_store(store)
{
    const auto kept = store.read(kFile);
    if (!kept) return;
    const auto json = QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char *>(kept->data()), static_cast<qsizetype>(kept->size()))).object();
    // A refused site is kept with its turn; earlier programs wrote false.
    for (auto it = json.begin(); it != json.end() && m_words.size() < kMost + kRefusedMost; ++it)
        if ((it->isBool() || it->isDouble()) && Site::parse(it.key().toStdString())) m_words[it.key()] = {it->toBool() ? Standing::allowed : Standing::refused, it->toInteger()};
}

Sites::Standing Sites::standingOf(const QString &origin) const
{
    const auto it = m_words.find(origin);
    return it == m_words.end() ? Standing::unknown : it->second.standing;
}

std::map<QString, Sites::Standing> Sites::all() const
{
    std::map<QString, Standing> all;
    for (const auto &[origin, word] : m_words)
        all[origin] = word.standing;
    return all;
}

Result<void> Sites::set(const QString &origin, Standing standing)
{
    auto words = m_words;
    qint64 last = 0;
    for (const auto &[other, word] : words)
        last = std::max(last, word.turn);
    words[origin] = {standing, standing == Standing::refused ? last + 1 : 0};
    const auto count = [&words](Standing of) { return static_cast<std::size_t>(std::ranges::count_if(words, [of](const auto &entry) { return entry.second.standing == of; })); };
    if (count(Standing::allowed) > kMost) return Error(Errc::refused, "too many sites");
    while (count(Standing::refused) > kRefusedMost)
        words.erase(std::ranges::min_element(words, {}, [](const auto &entry) { return entry.second.standing == Standing::refused ? entry.second.turn : std::numeric_limits<qint64>::max(); }));
    return keep(std::move(words));
}

Result<void> Sites::remove(const QString &origin)
{
    auto words = m_words;
    words.erase(origin);
    return keep(std::move(words));
}

Result<void> Sites::keep(Words words)
{
    QJsonObject json;
    for (const auto &[origin, word] : words)
        json[origin] = word.standing == Standing::allowed ? QJsonValue(true) : QJsonValue(word.turn);
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    HUFU_CHECK(m_store.write(kFile, {reinterpret_cast<const std::uint8_t *>(text.constData()), static_cast<std::size_t>(text.size())}));
    m_words = std::move(words);
    return {};
}

} // namespace hufu::desk_app
