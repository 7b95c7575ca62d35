// Large files: one that is read and may not change meanwhile, and one that gets its name only once it is whole.
#pragma once

#include "platform/files/descriptor.h"
#include "shield/base/bytes.h"

#include <filesystem>

namespace hufu::files {

// What can go wrong with files, as far as a person can do something else about it.
enum class Trouble : std::uint8_t {
    none = 0,
    unreadable, // not there, not permitted, not a plain file, or broken off
    unwritable, // no such folder, not permitted, or a medium that fails
    diskFull,
    changed,   // the file that is read was written to meanwhile
    exists,    // there is a file of this name, and it shall stay
    refused,   // the work on a chunk said no
    cancelled, // the caller did
};

class SourceFile {
public:
    // Trouble: unreadable.
    Trouble open(const std::filesystem::path &path);
    // Of a file that is open already. Trouble: unreadable.
    Trouble adopt(Descriptor file);

    std::uint64_t size() const { return m_stamp.size; }
    // All of into, from offset on. Trouble: unreadable; changed if the file ends before.
    Trouble read(std::uint64_t offset, std::span<std::uint8_t> into) const;
    // Whether the file is what it was when it was opened, by size and times. Trouble: changed.
    Trouble check() const;

private:
    struct Stamp {
        std::uint64_t size = 0;
        std::int64_t modifiedNs = 0, statusNs = 0;
        bool operator==(const Stamp &) const = default;
    };
    Result<Stamp> stamp() const;

    Descriptor m_file;
    Stamp m_stamp;
};

// Without a name until commit(), where the file system allows that; so a program that is killed leaves nothing, unless it is to be gone on
// with. Elsewhere under a name of its own beside the right one. Readable and writable by the owner alone (0600).
class FreshFile {
public:
    FreshFile() = default;
    FreshFile(const FreshFile &) = delete;
    FreshFile &operator=(const FreshFile &) = delete;
    ~FreshFile(); // what was not committed is gone

    // In: replace, whether a plain file of this name, or a link, is replaced; most, how much will be written; nameless, false for
    // tests of what is done where files without a name are not known. Trouble: exists; diskFull, at once rather
    // than after an hour; unwritable, also where a device, a pipe or a folder has the name.
    Trouble create(const std::filesystem::path &path, bool replace, std::uint64_t most, bool nameless = true);
    // As create(), but under the name part beside path, which a killed program leaves: what is there already of a former run is kept,
    // for the caller to judge. Where that name is another's, of a kind that others can write to, or taken by a run of now: as create().
    Trouble goOn(const std::filesystem::path &path, bool replace, std::uint64_t most, const std::string &part);
    // Removes what a killed program, or stay(), has left under that name; what goOn() would not take stays: it is another's, or a run of now has it.
    static void forget(const std::filesystem::path &part);
    // What goOn() found. Trouble: unreadable; then, and where it found nothing, there is nothing to go on with.
    Trouble former(SourceFile &into) const;
    // Under the name part it stays, for a later run to go on with. Without such a name it is gone like any other.
    void stay();
    // Trouble: diskFull, unwritable.
    Trouble write(std::uint64_t offset, ByteView bytes);
    // The content reaches the disk, then the name does. Trouble: exists, diskFull, unwritable.
    Trouble commit();

private:
    Trouble giveName();

    std::filesystem::path m_path, m_temporary; // m_temporary: empty while the file has no name
    bool m_replace = false, m_mayStay = false;
    Descriptor m_file;
};

} // namespace hufu::files
