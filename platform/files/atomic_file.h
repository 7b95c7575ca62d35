// Files that are whole or not there: a crash leaves the old content or the new, never a part.
#pragma once

#include "shield/base/bytes.h"

#include <filesystem>

namespace hufu::files {

// Writes through a neighbour with the ending kTemporaryEnding: write, fsync, rename, fsync of the folder. Readable and
// writable by the owner alone (0600). Returns once the content is on disk; on an error the old content stands.
// Errors: unavailable (disk full, no permission, no such folder).
Result<void> writeAtomically(const std::filesystem::path &path, ByteView content);

// The whole file. Follows no symbolic link.
// Errors: notFound; badInput (longer than most); unavailable (no permission, not a plain file).
Result<Bytes> readWhole(const std::filesystem::path &path, std::size_t most);

// Removes a file durably; a missing one is no error. Errors: unavailable.
Result<void> removeDurably(const std::filesystem::path &path);

// The file is ours, plain, and closed to everyone else (no bit of group or others).
// Errors: notFound; refused.
Result<void> checkPrivate(const std::filesystem::path &path);

// Makes the folder if it is not there, and sees to it that only its owner gets in (0700).
// Errors: unavailable; refused (it is another user's).
Result<void> preparePrivateFolder(const std::filesystem::path &folder);

inline constexpr char kTemporaryEnding[] = "_new";

} // namespace hufu::files
