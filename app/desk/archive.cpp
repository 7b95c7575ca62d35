#include "app/desk/archive.h"

#include <zip.h>

#include <memory>

namespace hufu::desk_app {

namespace {

struct Free {
    void operator()(zip_source_t *source) const { zip_source_free(source); }
    void operator()(zip_t *archive) const { zip_discard(archive); }
};
using Source = std::unique_ptr<zip_source_t, Free>;
using Archive = std::unique_ptr<zip_t, Free>;

Result<void> add(zip_t *archive, const NamedBytes &file)
{
    Source content(zip_source_buffer(archive, file.second.constData(), static_cast<zip_uint64_t>(file.second.size()), 0));
    if (!content || zip_file_add(archive, file.first.toUtf8().constData(), content.get(), ZIP_FL_ENC_UTF_8) < 0) return Error(Errc::internal, "zip: a file");
    content.release(); // the archive's now
    return {};
}

} // namespace

Result<QByteArray> zipped(const QList<NamedBytes> &files)
{
    zip_error_t failure{};
    Source made(zip_source_buffer_create(nullptr, 0, 0, &failure));
    if (!made) return Error(Errc::internal, "zip: no memory");
    Archive archive(zip_open_from_source(made.get(), ZIP_TRUNCATE, &failure));
    if (!archive) return Error(Errc::internal, "zip: no archive");
    zip_source_keep(made.get()); // the archive frees its own at the end
    for (const NamedBytes &file : files)
        HUFU_CHECK(add(archive.get(), file));
    if (zip_close(archive.get()) != 0) return Error(Errc::internal, "zip: close");
    archive.release();
    zip_stat_t size{};
    if (zip_source_stat(made.get(), &size) != 0 || zip_source_open(made.get()) != 0) return Error(Errc::internal, "zip: read");
    QByteArray out(static_cast<qsizetype>(size.size), '\0');
    const bool isWhole = zip_source_read(made.get(), out.data(), size.size) == static_cast<zip_int64_t>(size.size);
    zip_source_close(made.get());
    if (!isWhole) return Error(Errc::internal, "zip: read");
    return out;
}

} // namespace hufu::desk_app
