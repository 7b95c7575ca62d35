// The pages of the phone and the desk, as an expectation names them. They are written down because hufu knows neither program's
// models; test_script_word compares them with Screens::nameOf and DeskScreens::nameOf.
#pragma once

#include <QStringList>

namespace hufu::cli {

inline QStringList phonePages()
{
    return {"welcome", "link", "phoneNumber", "agreements", "identity", "pinChoose", "pinRepeat", "keys", "certificate", "home", "scan", "approve",
            "factor", "pinPad", "working", "result", "error", "locked", "frozen", "recover", "centre", "settings", "history", "historyEntry",
            "support", "diagnosis", "errors", "terms", "bids", "bid", "shields", "next", "shield", "removal", "desks", "revocation"};
}

// kDeskStarts: a page that is not there as a whole yet (app/desk/remote.cpp).
inline constexpr char kDeskStarts[] = "starting";
inline QStringList deskPages()
{
    return {"status", "seal", "qr", "outcome", "error", "sites", "stamp", "history", "record", "settings", "help", "diagnosis", kDeskStarts};
}

} // namespace hufu::cli
