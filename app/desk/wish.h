// What a web page or a program asks of the desk over the loopback, as it came in: nothing in it is a path, and nothing in it
// signs. Who asks is its origin, which a browser writes and no page can choose.
#pragma once

#include "shield/base/bytes.h"

#include <QString>

#include <optional>

namespace hufu::desk_app {

struct Site {
    QString origin;
    bool isProgram = false; // tool://NAME: a program of this computer; it says its name itself

    // In: the header Origin. https://HOST[:PORT]; http:// for hosts of this computer alone; tool://NAME. Lower case, as browsers
    // write it. Errors: badInput for all else, "null" among it.
    static Result<Site> parse(std::string_view text);
};

struct Wish {
    enum class Act : std::uint8_t { seal, open };
    static constexpr std::size_t kBodyMax = 8 * 1024;

    Act act = Act::seal;
    QString projectId, projectName, package; // open: what the person is told to look for; may be empty
    std::optional<std::int64_t> openingMs;   // seal
    QString hint;                            // what the files are, for the person; may be empty

    // In: a JSON object with act, project {id, name, package}, openingMs, hint, and nothing else. Errors: badInput, also for texts
    // that a manifest would not take.
    static Result<Wish> parse(ByteView body);
};

} // namespace hufu::desk_app
