#include "app/phone/folder_shields.h"

#include "shield/phone/activation.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace hufu::phone_app {

static constexpr char kLast[] = "last-shield", kNotes[] = "notes", kGoing[] = "going";
static const QLatin1String kName("name"), kTone("tone"), kRemindedDays("remindedDays"), kRemindedOf("remindedOf");

FolderShields::FolderShields(std::filesystem::path folder, OpenBox openBox, DestroyElement destroyElement)
    : m_folder(std::move(folder)), m_openBox(std::move(openBox)), m_destroyElement(std::move(destroyElement))
{}

std::filesystem::path FolderShields::folderOf(std::size_t index) const
{
    return index == 0 ? m_folder : m_folder / ("shield-" + std::to_string(index + 1));
}

Result<FolderShields::Shield> FolderShields::openShield(std::size_t index)
{
    Shield shield;
    HUFU_TRY(box, m_openBox(folderOf(index)));
    shield.box = std::move(box);
    shield.vault = std::make_unique<vault::Vault>(*shield.box.store, *shield.box.element);
    return shield;
}

Result<void> FolderShields::open()
{
    std::error_code failure;
    do {
        HUFU_CHECK(add());
    } while (m_all.size() < kMost && std::filesystem::exists(folderOf(m_all.size()), failure));
    // A removal that was killed half-way. One that fails again stops no start: the next one goes on with it.
    for (std::size_t i = 0; i < m_all.size(); ++i)
        if (m_all[i].box.store->read(kGoing)) static_cast<void>(remove(i));
    return {};
}

Result<void> FolderShields::add()
{
    if (m_all.size() >= kMost) return Error(Errc::refused, "no more shields fit");
    HUFU_TRY(shield, openShield(m_all.size()));
    m_all.push_back(std::move(shield));
    return {};
}

std::size_t FolderShields::last() const
{
    const auto kept = m_all.front().box.store->read(kLast);
    return kept && kept->size() == 1 && kept->front() < m_all.size() ? kept->front() : 0;
}

void FolderShields::remember(std::size_t index)
{
    const auto place = static_cast<std::uint8_t>(index);
    if (index != last()) static_cast<void>(m_all.front().box.store->write(kLast, {&place, 1}));
}

ShieldNotes FolderShields::notes(std::size_t index) const
{
    ShieldNotes notes;
    const auto kept = m_all[index].box.store->read(kNotes);
    if (!kept) return notes;
    const QJsonObject object = QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char *>(kept->data()), static_cast<qsizetype>(kept->size()))).object();
    notes.name = object.value(kName).toString().toStdString();
    notes.tone = object.value(kTone).toInt(-1);
    notes.remindedDays = object.value(kRemindedDays).toInt();
    notes.remindedOf = object.value(kRemindedOf).toString().toStdString();
    return notes;
}

void FolderShields::keepNotes(std::size_t index, const ShieldNotes &notes)
{
    const QJsonObject object{{kName, QString::fromStdString(notes.name)},
                             {kTone, notes.tone},
                             {kRemindedDays, notes.remindedDays},
                             {kRemindedOf, QString::fromStdString(notes.remindedOf)}};
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    static_cast<void>(m_all[index].box.store->write(kNotes, {reinterpret_cast<const std::uint8_t *>(text.constData()), static_cast<std::size_t>(text.size())}));
}

// The mark first: whatever is killed after it is finished at the next start. Then the vault's own order. The mark goes as the last file,
// and the element's keys after it: without them the files that a failure left would say "damaged" and not "gone".
Result<void> FolderShields::remove(std::size_t index)
{
    Shield &shield = m_all[index];
    const std::uint8_t mark = 1;
    static_cast<void>(shield.box.store->write(kGoing, {&mark, 1})); // a full disk keeps no shield on the phone
    if (const auto erased = shield.vault->erase(); !erased) {
        // One that still works is not wiped at some later start, by then unexpected.
        const auto stage = phone::stageOf(*shield.vault);
        if (stage && *stage != phone::Stage::empty) static_cast<void>(shield.box.store->remove(kGoing));
        return erased;
    }
    HUFU_CHECK(shield.vault->writeDraft({}));
    HUFU_TRY(names, shield.box.store->list());
    for (const std::string &name : names)
        if (name != kLast && name != kGoing) HUFU_CHECK(shield.box.store->remove(name));
    const auto last = this->last();
    if (index == 0) HUFU_CHECK(shield.box.store->remove(kLast)); // a new element is made beside no file
    HUFU_CHECK(shield.box.store->remove(kGoing));
    HUFU_CHECK(m_destroyElement(folderOf(index)));
    HUFU_TRY(empty, openShield(index));
    shield = std::move(empty);
    if (last != 0) remember(last);
    return {};
}

} // namespace hufu::phone_app
