#include "app/desk/server.h"

#include "app/catalogue/catalogue.h"

namespace hufu::desk_app {

int ServerAnswer::problem() const
{
    using catalogue::Code;
    if (reached == Reached::no) return static_cast<int>(Code::serverUnreachable);
    if (reached == Reached::mismatched) return static_cast<int>(Code::pinMismatch);
    const QString text = json.value(QLatin1String("code")).toString(); // "HF-205"
    bool number = false;
    const uint code = text.startsWith(QLatin1String("HF-")) ? text.mid(3).toUInt(&number) : 0;
    if (number && catalogue::codeOf(static_cast<std::uint16_t>(code))) return static_cast<int>(code);
    return static_cast<int>(Code::internal);
}

} // namespace hufu::desk_app
