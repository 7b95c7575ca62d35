#include "platform/archive/archive.h"

#include <zip.h>

#include <memory>

namespace hufu::archive {

namespace {

struct Free {
    void operator()(zip_source_t *source) const { zip_source_free(source); }
    void operator()(zip_t *archive) const { zip_discard(archive); }
};
using Source = std::unique_ptr<zip_source_t, Free>;
using Archive = std::unique_ptr<zip_t, Free>;

Result<void> add(zip_t *archive, const NamedFile &file)
{
    Source content(zip_source_buffer(archive, file.content.data(), file.content.size(), 0));
    if (!content || zip_file_add(archive, file.name.c_str(), content.get(), ZIP_FL_ENC_UTF_8) < 0) return Error(Errc::internal, "zip: a file");
    content.release(); // the archive's now
    return {};
}

} // namespace

Result<Bytes> zipped(const std::vector<NamedFile> &files)
{
    zip_error_t failure{};
    Source made(zip_source_buffer_create(nullptr, 0, 0, &failure));
    if (!made) return Error(Errc::internal, "zip: no memory");
    Archive archive(zip_open_from_source(made.get(), ZIP_TRUNCATE, &failure));
    if (!archive) return Error(Errc::internal, "zip: no archive");
    zip_source_keep(made.get()); // the archive frees its own at the end
    for (const NamedFile &file : files)
        HUFU_CHECK(add(archive.get(), file));
    if (zip_close(archive.get()) != 0) return Error(Errc::internal, "zip: close");
    archive.release();
    zip_stat_t size{};
    if (zip_source_stat(made.get(), &size) != 0 || zip_source_open(made.get()) != 0) return Error(Errc::internal, "zip: read");
    Bytes out(size.size);
    const bool isWhole = zip_source_read(made.get(), out.data(), size.size) == static_cast<zip_int64_t>(size.size);
    zip_source_close(made.get());
    if (!isWhole) return Error(Errc::internal, "zip: read");
    return out;
}

} // namespace hufu::archive
