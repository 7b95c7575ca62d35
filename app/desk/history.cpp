#include "app/desk/history.h"

#include <QFileInfo>
#include <algorithm>

namespace hufu::desk_app {

namespace {

constexpr std::uint8_t kVersion = 3;
constexpr std::uint8_t kWithoutFolder = 1, kWithoutSenders = 2; // as it was kept before: read once more

QString nameOf(const QString &path)
{
    return QFileInfo(path).fileName().left(History::kNameMost);
}

QString folderOf(const QString &path)
{
    const QString folder = path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
    return folder.size() > History::kFolderMost ? QString() : folder;
}

void write(Writer &writer, const Record &record)
{
    const auto text = [&writer](const QString &value) { writer.text(value.toStdString()); };
    writer.u64(static_cast<std::uint64_t>(record.atMs)).u16(static_cast<std::uint16_t>(record.problem + 1));
    text(record.act);
    text(record.person);
    text(record.project);
    writer.u16(static_cast<std::uint16_t>(record.items.size()));
    for (const Record::Item &item : record.items) {
        writer.u16(static_cast<std::uint16_t>(item.problem));
        text(item.name);
        text(item.out);
        writer.u8(static_cast<std::uint8_t>(item.sender.standing));
        text(item.sender.name);
    }
    text(record.folder);
}

Result<Record> recordFrom(Reader &reader, std::uint8_t version)
{
    const auto text = [&reader] { return QString::fromStdString(reader.text()); };
    Record record;
    record.atMs = static_cast<std::int64_t>(reader.u64());
    record.problem = int{reader.u16()} - 1;
    record.act = text();
    record.person = text();
    record.project = text();
    for (std::size_t left = reader.u16(); left > 0 && reader.ok(); --left) {
        Record::Item item;
        item.problem = reader.u16();
        item.name = text();
        item.out = text();
        if (version > kWithoutSenders) {
            const std::uint8_t standing = reader.u8();
            if (standing > static_cast<std::uint8_t>(Sender::Standing::revoked)) return Error(Errc::badInput, "a sender of no kind");
            item.sender = {static_cast<Sender::Standing>(standing), text()};
        }
        record.items.append(item);
    }
    if (version > kWithoutFolder) record.folder = text();
    if (!reader.ok()) return Error(Errc::badInput, "a record that is cut off");
    return record;
}

// As many of the newest as there is room for.
Bytes encoded(QList<Record> &records)
{
    Writer body;
    std::uint16_t count = 0;
    for (const Record &record : records) {
        Writer one;
        write(one, record);
        if (count >= History::kMost || body.bytes().size() + one.bytes().size() > History::kBytesMost) break;
        body.raw(one.bytes());
        ++count;
    }
    records.resize(count);
    return Writer().u8(kVersion).u16(count).raw(body.bytes()).take();
}

} // namespace

Record recordOf(const Errand &errand, const Finished &finished, const QString &whose, int problem, std::int64_t nowMs)
{
    Record record;
    record.atMs = nowMs;
    record.act = actOf(errand.kind);
    record.person = (finished.signer.isEmpty() ? whose : finished.signer).left(History::kNameMost);
    record.problem = problem;
    if (errand.project) record.project = QString::fromStdString(errand.project->id).left(History::kNameMost);
    if (!finished.bids.empty()) {
        for (const Bid &bid : finished.bids)
            record.items.append({nameOf(bid.source), bid.problem == 0 ? nameOf(bid.out) : QString(), bid.problem, {bid.sender.standing, bid.sender.name.left(History::kNameMost)}});
        const auto first = std::ranges::find_if(finished.bids, [](const Bid &bid) { return bid.problem == 0; });
        if (first != finished.bids.end()) record.folder = folderOf(first->out);
        return record;
    }
    const bool isOpened = errand.kind == ErrandKind::open && problem == 0; // what carries no signature
    for (const QString &file : errand.files.isEmpty() ? QStringList{errand.file} : errand.files)
        if (!file.isEmpty()) record.items.append({nameOf(file), problem == 0 ? nameOf(finished.out) : QString(), 0, {isOpened ? Sender::Standing::nobody : Sender::Standing::notLookedAt, {}}});
    if (problem == 0) record.folder = folderOf(finished.out);
    return record;
}

Result<History> History::open(ports::DeviceStore &store)
{
    History history(store);
    const auto kept = store.read(kFile);
    if (!kept && kept.error().code == Errc::notFound) return history;
    if (!kept) return kept.error();
    Reader reader(*kept);
    const std::uint8_t version = reader.u8();
    if (version < kWithoutFolder || version > kVersion) return history;
    for (std::size_t left = reader.u16(); left > 0; --left) {
        auto record = recordFrom(reader, version);
        if (!record) break;
        history.m_records.append(std::move(*record));
    }
    return history;
}

Result<void> History::add(const Record &record)
{
    m_records.prepend(record);
    const Bytes bytes = encoded(m_records);
    return m_store->write(kFile, bytes);
}

Result<void> History::clear()
{
    HUFU_CHECK(m_store->remove(kFile));
    m_records.clear();
    return {};
}

} // namespace hufu::desk_app
